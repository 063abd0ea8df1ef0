"""Phonetic index of names, for misheard ones."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from ..columns.columns import Ids
from .phonetics import coarse, is_distinctive, sounds_of
from .spoken_words import spoken

SAME_SOUND: Final = 0.5
ALIKE: Final = 0.4
"""The sound is another one only in what is misheard first."""

_AT_ONCE: Final = 5_000
"""Words that are turned into sounds at once; other threads run in between."""
_LEAST: Final = 3
"""Sounds of a whole name that is found by them."""
_CONSONANTS: Final = 3
"""Of a word that is found by what sounds nearly so."""
_WHOLE_CONSONANTS: Final = 4
"""Of a whole name that is found by what sounds nearly so."""
_FORGIVEN: Final = ((7, 2), (0, 1))
"""From how many sounds on how many may be others."""
_ARTICLE: Final = "the"
"""Is not always said before a name."""
_WAYS: Final = 8
"""In so many ways a whole name is said at the most."""

type Sounds = tuple[str, ...]
"""How something sounds, in each way in which it is said."""
type Hashes = NDArray[np.int64]


type Numbers = range | NDArray[np.int64]
"""Words by their place in the alphabetical order."""


class WordMatch(NamedTuple):
    """Words that one that was asked for may mean, and how close they come to it."""

    closeness: float
    words: Numbers


class Sequences(NamedTuple):
    """The names of a table, as the numbers of their words."""

    rows: Ids
    """Row id of each name."""
    lengths: Ids
    """How many words each name has."""
    words: Ids
    """The words of the first name, then of the next."""


class _Wholes(NamedTuple):
    """Whole names by their sounds, a row for each way in which one is said."""

    rows: Ids
    exact: Hashes
    coarse: Hashes
    """0 for what is too short to be known by so little."""


class NameSounds:
    """The sounds of some names."""

    def __init__(self, words: Sequence[str], names: Iterable[Sequences]) -> None:
        """Take all words and, by their numbers, the names of tracks, artists and albums."""
        ways = [
            way for some in batched(words, _AT_ONCE) for way in sounds_of_words(some)
        ]
        self._wholes = [_wholes(words, ways, some) for some in names]
        sounds = list(chain.from_iterable(ways))
        of = np.repeat(np.arange(len(words)), [*map(len, ways)])
        by = np.array([hash(coarse(sound)) for sound in sounds], np.int64)
        order = np.argsort(by, kind="stable")
        self._coarse, self._of = by[order], of[order]
        self._sounds = [sounds[place] for place in order.tolist()]

    def matching(self, sounds: Sounds) -> Iterator[WordMatch]:
        """Yield the words that sound like one, the least close first."""
        same: list[int] = []
        alike: list[int] = []
        for sound in sounds:
            rough = coarse(sound)
            by = hash(rough)
            forgiven = next(wrong for least, wrong in _FORGIVEN if len(sound) >= least)
            if not is_distinctive(rough, _CONSONANTS):
                forgiven = 0
            for place in range(
                np.searchsorted(self._coarse, by, "left"),
                np.searchsorted(self._coarse, by, "right"),
            ):
                wrong = OSA.distance(sound, self._sounds[place])
                if wrong <= forgiven:
                    (alike if wrong else same).append(place)
        for closeness, places in ((ALIKE, alike), (SAME_SOUND, same)):
            if places:
                yield WordMatch(closeness, self._of[places])

    def called(self, table: int, sounds: Sounds) -> tuple[Ids, Ids]:
        """Return the row ids of the names that sound nearly so as a whole, and those that sound just so."""
        wholes = self._wholes[table]
        alike = [by for sound in sounds if (by := _by_coarse(sound))]
        same = [hash(sound) for sound in sounds if len(sound) >= _LEAST]
        return (
            wholes.rows[np.isin(wholes.coarse, alike)],
            wholes.rows[np.isin(wholes.exact, same)],
        )


def sounds_of_words(words: Sequence[str]) -> list[Sounds]:
    """Return how each of some words sounds, the most usual way first; nothing for what is in other letters."""
    phrases = [spoken(word) for word in words]
    sounds = iter(sounds_of(chain.from_iterable(phrases)))
    each_way = (dict.fromkeys(next(sounds) for _ in each) for each in phrases)
    return [tuple(filter(None, ways)) for ways in each_way]


def sounds_of_name(words: Sequence[str], ways: Sequence[Sounds]) -> Sounds:
    """Return how a name sounds as a whole; nothing if one of its words is in other letters."""
    if len(words) > 1 and words[0] == _ARTICLE:
        ways = ways[1:]
    if not all(ways):
        return ()
    most = max(map(len, ways), default=0)
    return tuple(
        "".join(way[number if number < len(way) else 0] for way in ways)
        for number in range(min(most, _WAYS))
    )


def _wholes(words: Sequence[str], ways: Sequence[Sounds], names: Sequences) -> _Wholes:
    rows, exact, by_coarse = array("i"), array("q"), array("q")
    numbers = names.words.tolist()
    first = 0
    for row, length in zip(names.rows.tolist(), names.lengths.tolist(), strict=True):
        its_own = numbers[first : first + length]
        first += length
        for sound in sounds_of_name(
            [words[number] for number in its_own[:2]],
            [ways[number] for number in its_own],
        ):
            if len(sound) >= _LEAST:
                rows.append(row)
                exact.append(hash(sound))
                by_coarse.append(_by_coarse(sound))
    return _Wholes(
        np.array(rows, np.int32),
        np.array(exact, np.int64),
        np.array(by_coarse, np.int64),
    )


def _by_coarse(sound: str) -> int:
    """Return what a whole name is known by if vowels are misheard, 0 where that is too little."""
    rough = coarse(sound)
    return hash(rough) if is_distinctive(rough, _WHOLE_CONSONANTS) else 0
