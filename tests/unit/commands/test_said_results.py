"""What is said in each language when a command was carried out, word for word as it was read by eye."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml

from custom_components.encore.language.speech import say_done

from .results_to_say import ASKING, ToSay, results

SAID: Final = Path(__file__).parent / "said"
LANGUAGES: Final = sorted(path.stem for path in SAID.glob("*.yaml"))
RESULTS: Final = list(results())


@cache
def _read(language: str) -> dict[str, dict[str, str]]:
    text = (SAID / f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = yaml.safe_load(text)
    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("each", RESULTS, ids=str)
def test_a_result_is_said_as_it_was_read(language: str, each: ToSay) -> None:
    """One and several, nothing at all, and odd names, in the words of the language."""
    query_context = replace(ASKING, language=language)
    expected = _read(language)[each.command][each.case]
    assert say_done(each.command, each.result, query_context) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_is_all_said(language: str) -> None:
    """No sentence stays in a file whose case is gone."""
    read = {
        f"{command}: {case}"
        for command, cases in _read(language).items()
        for case in cases
    }
    assert read == {str(each) for each in RESULTS}
