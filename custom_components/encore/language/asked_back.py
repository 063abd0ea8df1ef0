"""What is asked back where a sentence has two meanings that are close, and which of them a reply takes."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from .reader.spoken_words import read_words
from .reader.tokens import folded, joined, tokens_of
from .understood import AskBack, Understood

_SMALL: Final = 2
"""Letters of a word that says nothing of what is meant."""


def say_asked_back(ask_back: AskBack, language: str) -> str:
    """Return the question which of two is meant. Reads the disk once."""
    words = read_words(language)
    called: Mapping[str, str] = words["meanings"]
    return str(words["asked_back"]).format(
        first=called[ask_back.first.question], second=called[ask_back.second.question]
    )


def replied(text: str, language: str, ask_back: AskBack) -> Understood | None:
    """Return the one of two that a reply takes: "the second", or in words of its own; None where it takes neither."""
    words = _plain(text)
    first, second = (
        _ways(language)[name] for name in ("first_of_two", "second_of_two")
    )
    if words in first:
        return ask_back.first
    if words in second:
        return ask_back.second
    called: Mapping[str, Any] = read_words(language)["meanings"]
    said = _content(words)
    one, other = (
        len(said & _content(_plain(str(called[each.question]))))
        for each in (ask_back.first, ask_back.second)
    )
    if one == other or len(said) > 2 * max(one, other):
        return None
    return ask_back.first if one > other else ask_back.second


@cache
def _ways(language: str) -> dict[str, frozenset[str]]:
    words = read_words(language)
    return {
        name: frozenset(_plain(each) for each in words[name])
        for name in ("first_of_two", "second_of_two")
    }


def _plain(text: str) -> str:
    return joined(tokens_of(folded(text), {}))


def _content(words: str) -> set[str]:
    return {word for word in words.split() if len(word) > _SMALL}
