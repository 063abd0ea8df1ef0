"""Ranks results of a name search: history, library, Spotify."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from ...history.search.normalization import words_of
from ..api.items import SpotifyThing

_LIKELY: Final = ("track", "artist", "album", "playlist", "show", "episode")
"""Of what Spotify finds of each kind, the kind that is meant by a name that several have."""
_OPTIONAL: Final = 3
"""Letters of a word that a name may go without, as in a search of the history."""


class Closeness(IntEnum):
    """How a name fits a text."""

    OTHERWISE = 0
    """It is spelt otherwise."""
    NEARLY = 1
    """It has the words of the text, but for short ones."""
    WORDS = 2
    """It has all words of the text."""
    NAME = 3
    """It is the very name."""


class FoundIn(StrEnum):
    """Where a thing was found."""

    LINK = "link"
    """It was named by its URI or share link."""
    HISTORY = "history"
    LIBRARY = "library"
    SPOTIFY = "spotify"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a text may mean; the history knows artists, albums and shows without their URI."""

    kind: str
    name: str
    by: str
    uri: str | None
    found_in: FoundIn

    def is_same(self, other: Candidate | SpotifyThing) -> bool:
        """Whether it is another's namesake of its kind and, as far as both are known, by the same first maker."""
        if self.kind != other.kind or words_in(self.name) != words_in(other.name):
            return False
        makers = [words_in(each.by.split(", ", maxsplit=1)[0]) for each in (self, other)]  # fmt: skip
        return self.kind == "artist" or not all(makers) or makers[0] == makers[1]

    def closeness(self, text: str) -> Closeness:
        """Return how its name fits a text."""
        return closeness(text, self.name, self.by)


def closeness(text: str, name: str, by: str = "") -> Closeness:
    """Return how a name fits a text; somebody who names an artist (`by`) as well says them both."""
    query_words, own = words_in(text), words_in(name)
    if query_words == own:
        return Closeness.NAME
    known_words = {*own, *words_in(by)}
    missing = [
        each
        for each in query_words
        if not any(word.startswith(each) for word in known_words)
    ]
    if not missing:
        return Closeness.WORDS
    few = len(missing) < len(query_words) and all(
        len(each) <= _OPTIONAL for each in missing
    )
    return Closeness.NEARLY if few else Closeness.OTHERWISE


def in_order(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates by how well they fit; those that fit alike stay in their order."""
    return sorted(candidates, key=lambda each: -each.closeness(text))


def most_likely(text: str, things: Sequence[SpotifyThing]) -> SpotifyThing | None:
    """Return what is meant by a text among what Spotify found, each kind in Spotify's order.

    The first of a kind that is called exactly so; else the first track; else the first of all.
    """
    first: dict[str, SpotifyThing] = {}
    for thing in things:
        first.setdefault(thing.kind, thing)
    firsts = [first[kind] for kind in _LIKELY if kind in first]
    called_so = (each for each in firsts if is_name(text, each))
    return next(called_so, firsts[0] if firsts else None)


def is_name(text: str, thing: SpotifyThing) -> bool:
    """Whether a text is the very name of a thing."""
    return words_in(thing.name) == words_in(text)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text, without case, accents and punctuation."""
    return tuple(part for word in words_of(text) for part in word)
