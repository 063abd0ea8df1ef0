"""What the test of a question with files of its own (`script/new-question`) brings to the tests of all questions.

`sentences/en/KEY.yaml` makes `test_KEY.py` here such a test: the house, every interface, docs/questions and the oracle
ask what it names.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from custom_components.encore.language.sentence_files import (
    ANSWERS,
    DEFAULT_LANGUAGE,
    own_files,
)
from custom_components.encore.questions.all_questions import QUESTIONS

if TYPE_CHECKING:
    from tests.integration.questions.oracle import Case, Oracle


class OwnTest(Protocol):
    """The names that the test of one question has."""

    EXAMPLE: dict[str, Any]
    """What every interface asks, and a page in docs/questions shows with its answer."""
    SENTENCES: dict[str, dict[str, Any]]
    """How people ask, with the values that they mean; docs/questions/sentences.md lists them."""
    CHOICES: dict[str, list[Any]]
    """Values of parameters of its own, from which the oracle draws."""
    check: Callable[[Oracle, Case, dict[str, Any]], bool]
    """Fails unless an answer as data is what plain SQL finds; returns whether there was anything to find."""


def _own_tests() -> dict[str, OwnTest]:
    keys = [each.key for each in own_files(ANSWERS, DEFAULT_LANGUAGE)]
    return {
        key: cast("OwnTest", import_module(f"{__package__}.test_{key}")) for key in keys
    }


OWN_TESTS: Final = _own_tests()
"""By the key of the question."""
NEEDED: Final = {
    key: {
        each.name: own.EXAMPLE[each.name]
        for each in QUESTIONS[key].parameters
        if each.required
    }
    for key, own in OWN_TESTS.items()
}
"""What each of them cannot be asked without."""
