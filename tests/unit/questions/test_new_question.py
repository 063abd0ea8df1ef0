"""The skeleton of a question is whole: logic that can be imported, sentences of the three parts, a test with what all tests ask of it."""

import sys
import types
from typing import Any
from unittest.mock import patch

import yaml

from custom_components.encore.questions.base.question import Question
from script.new_question import skeleton


def _texts() -> tuple[str, str, str]:
    question, sentences, test = skeleton("loudest_days", "Loudest days").values()
    return question, sentences, test


def _module(name: str, text: str) -> Any:
    """Return a module of a text, by a name that its dataclasses look for."""
    module = types.ModuleType(name)
    module.__package__ = name.rpartition(".")[0]
    with patch.dict(sys.modules, {name: module}):
        exec(compile(text, name, "exec"), vars(module))  # noqa: S102  our own text
    return module


def test_each_file_is_named_after_the_question() -> None:
    """One of logic, one of sentences, one test."""
    assert [path.name for path in skeleton("loudest_days", "Loudest days")] == [
        "loudest_days.py",
        "loudest_days.yaml",
        "test_loudest_days.py",
    ]


def test_the_logic_is_a_question() -> None:
    """With the key and the title that were asked for."""
    text, _, _ = _texts()
    module = _module("custom_components.encore.questions.loudest_days", text)
    assert issubclass(module.LoudestDays, Question)
    assert (module.LoudestDays.key, module.LoudestDays.title) == (
        "loudest_days",
        "Loudest days",
    )


def test_the_sentences_are_asked_and_said() -> None:
    """By the words of the title."""
    _, text, _ = _texts()
    read = yaml.safe_load(text)
    assert read.keys() == {"triggers", "asked", "said"}
    assert all("loudest days" in each for each in read["triggers"] + read["asked"])


def test_the_test_has_what_all_tests_ask_of_it() -> None:
    """An example, sentences, choices and a check."""
    _, _, text = _texts()
    module = _module("tests.unit.questions.test_loudest_days", text)
    assert {"EXAMPLE", "SENTENCES", "CHOICES", "check"} <= vars(module).keys()
    assert len(module.SENTENCES) >= 5
