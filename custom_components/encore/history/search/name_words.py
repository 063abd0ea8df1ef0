"""The words that some names are made of, in alphabetical order, and which names have them."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
import re
import threading
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from ..columns.columns import Ids
from .name_sounds import NameSounds, Numbers, Sequences, WordMatch
from .normalization import words_of

EXACT: Final = 1.0
BEGUN: Final = 0.9
"""The word begins with what was asked for."""
MISSPELT: Final = (0.75, 0.6)
"""One letter is missing, too many, another, or swapped with its neighbour; two are."""

_FORGIVEN: Final = ((8, 2), (4, 1))
"""From how many letters on how many may be wrong."""
_NEARLY_CACHED: Final = 32
"""Words with cached almost equal spellings."""
_LAST: Final = chr(0x10FFFF)
_FOR_LETTERS: Final = re.compile(r"(?<=\w)[!@$]+(?=\w)")
"""Signs that stand for letters: P!nk, Ke$ha, A$AP."""
_AS_LETTERS: Final = str.maketrans("!@$", "ias")


class Named(IntEnum):
    """What has a name: the rows of three tables."""

    TRACK = 0
    ARTIST = 1
    ALBUM = 2


class NameWords:
    """The words of some names."""

    def __init__(self, names: Iterable[Iterable[tuple[int, str]]]) -> None:
        """Take the row ids and names of tracks, artists and albums, in the order of `Named`."""
        found: dict[str, int] = {}
        taken = [_taken_apart(some, found) for some in names]
        self._words = _sorted(found)
        places = np.empty(len(found), np.int32)
        places[[found[word] for word in self._words]] = np.arange(len(found))
        self._having = [each.having(places) for each in taken]
        self._wholes = [(each.rows, each.wholes) for each in taken]
        self._sequences = [
            Sequences(each.rows, each.lengths, places[each.words]) for each in taken
        ]
        # A word that is looked for is looked for again, with others and by its sound.
        self._nearly = lru_cache(_NEARLY_CACHED)(lambda word: tuple(self._near(word)))
        self._sounds: NameSounds | None = None
        self._listening = threading.Lock()
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            by_length[len(word)].append(number)
        self._by_length = {
            length: ([self._words[number] for number in numbers], np.array(numbers))
            for length, numbers in by_length.items()
        }

    def __contains__(self, word: str) -> bool:
        """Whether a name has a word."""
        number = bisect_left(self._words, word)
        return number < len(self._words) and self._words[number] == word

    @property
    def sounds(self) -> NameSounds:
        """How the names sound, worked out when it is first asked for: that caller waits for it."""
        with self._listening:
            if self._sounds is None:
                self._sounds = NameSounds(self._words, self._sequences)
            return self._sounds

    def after(self, named: Named) -> int:
        """Return one more than the highest row id of a table."""
        rows, _ = self._wholes[named]
        return int(rows.max(initial=-1)) + 1

    def matches(self, word: str, *, misspelt: bool) -> Iterator[WordMatch]:
        """Yield what a word may mean, the least close first."""
        if misspelt:
            yield from self._nearly(word)
        first = bisect_left(self._words, word)
        yield WordMatch(
            BEGUN, range(first, bisect_left(self._words, word + _LAST, first))
        )
        if word in self:
            yield WordMatch(EXACT, range(first, first + 1))

    def having(self, named: Named, words: Numbers) -> Ids:
        """Return the row ids of the names that have one of some words; a name may be there twice."""
        rows, ends = self._having[named]
        if isinstance(words, range):
            return rows[ends[words.start] : ends[words.stop]]
        return np.concatenate(
            [rows[:0], *(rows[ends[word] : ends[word + 1]] for word in words)]
        )

    def called(self, named: Named, name: str) -> Ids:
        """Return the row ids of the names that are the same, however their words are set apart."""
        rows, wholes = self._wholes[named]
        same: Ids = rows[wholes == _whole(words_of(name))]
        return same

    def _near(self, word: str) -> Iterator[WordMatch]:
        """Yield the words that are spelt almost so, the least close first."""
        forgiven = next((wrong for least, wrong in _FORGIVEN if len(word) >= least), 0)
        near: list[list[NDArray[np.int64]]] = [[] for _ in range(forgiven)]
        for length in range(len(word) - forgiven, len(word) + forgiven + 1):
            if forgiven and length in self._by_length:
                words, numbers = self._by_length[length]
                (wrong,) = cdist(
                    [word],
                    words,
                    scorer=OSA.distance,
                    score_cutoff=forgiven,
                    dtype=np.uint8,
                )
                for by, those in enumerate(near, start=1):
                    those.append(numbers[wrong == by])
        for closeness, those in reversed([*zip(MISSPELT, near, strict=False)]):
            if those:
                yield WordMatch(closeness, np.concatenate(those))


class _Taken(NamedTuple):
    """Names that were taken apart: a place for each in `rows`, `wholes` and `lengths`, and for each word in the others."""

    rows: Ids
    wholes: NDArray[np.int64]
    lengths: Ids
    words: Ids
    also_of: Ids
    """Row ids of the names that are found by a further word, each in `also`."""
    also: Ids

    def having(self, places: Ids) -> tuple[Ids, NDArray[np.int64]]:
        """Return row ids by word, and where those of each word begin and end, for words that got places."""
        of = np.append(np.repeat(self.rows, self.lengths), self.also_of)
        numbers = places[np.append(self.words, self.also)]
        ends = np.cumsum(np.bincount(numbers, minlength=len(places)))
        return of[np.argsort(numbers, kind="stable")], np.append(0, ends)


def _taken_apart(names: Iterable[tuple[int, str]], found: dict[str, int]) -> _Taken:
    """Take names apart into words, by the numbers that these have in `found` or get there."""
    rows, wholes, lengths, numbers = array("i"), array("q"), array("i"), array("i")
    also_of, also = array("i"), array("i")
    for row, name in names:
        words = words_of(name)
        rows.append(row)
        wholes.append(_whole(words))
        before = len(numbers)
        for parts in words:
            for part in parts:
                numbers.append(found.setdefault(part, len(found)))
        lengths.append(len(numbers) - before)
        for word in _also(name, words):
            also_of.append(row)
            also.append(found.setdefault(word, len(found)))
    return _Taken(
        np.array(rows, np.int32),
        np.array(wholes, np.int64),
        np.array(lengths, np.int32),
        np.array(numbers, np.int32),
        np.array(also_of, np.int32),
        np.array(also, np.int32),
    )


def _also(name: str, words: Iterable[tuple[str, ...]]) -> list[str]:
    """Return further words that a name is found by: those that punctuation parts as one, and P!nk as pink."""
    also = ["".join(parts) for parts in words if len(parts) > 1]
    # Only what is parted has a sign within.
    if also and _FOR_LETTERS.search(name):
        spelt = words_of(name.translate(_AS_LETTERS))
        also += ["".join(parts) for parts in spelt]
    return also


def _whole(words: Iterable[tuple[str, ...]]) -> int:
    """Return what distinguishes a whole name from others, within this process."""
    return hash("".join(part for parts in words for part in parts))


def _sorted(words: Iterable[str]) -> list[str]:
    """Return words in alphabetical order, sorted in pieces between which other threads run."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        by_first[word[0]].append(word)
    return [word for first in sorted(by_first) for word in sorted(by_first[first])]
