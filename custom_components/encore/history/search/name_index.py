"""All names of the store by their words: which tracks, artists and albums a text may mean, and how well it fits.

A name fits when it has the words that were asked for, or words that begin with them; those of a track or album may
also be its artist's, but for one. Short words may be missing beside longer ones: “the Eagles” go without. Where spelling
is forgiven, words may be a letter or two off. Where only the sound is asked for, they are spelt as they may, and set apart
elsewhere: “coal play” is Coldplay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..columns.columns import Flags, Ids, TrackColumns
from .name_sounds import (
    ALIKE,
    SAME_SOUND,
    Sounds,
    WordMatch,
    sounds_of_name,
    sounds_of_words,
)
from .name_words import EXACT, Named, NameWords
from .normalization import words_of

type Fit = NDArray[np.float32]
"""How well each row of a table fits, at its id: 1 is the very name, 0 does not."""

MOST_WORDS: Final = 16
"""What is asked for beyond that is not looked at."""

_NOT_WHOLE: Final = 0.9
"""How well a name fits at best that says more than was asked for."""
_BY_ARTIST: Final = 0.4
"""The weight of a word that only the artist's name has."""

_SHORT: Final = 3
"""Letters of a word that may be missing, and that is not found by its sound alone."""

_JOINED: Final = 6
"""Letters of two words that are taken for one, a letter or two off."""

_SOUNDING: Final = 0.2
"""How well a name fits at best by its sound: less than any by its spelling, be that a letter off and half its artist's."""
_SOUNDING_ALIKE: Final = 0.1
"""How well a name fits that sounds nearly so as a whole."""


class Manner(Enum):
    """How a name has to fit, the closest first: what is further off is looked for only where nothing is closer."""

    SPELT = auto()
    MISSPELT = auto()
    SOUNDING = auto()


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """One state of the names."""

    base: NameWords
    recent: NameWords
    """Of names that came or changed since."""
    outdated: Ids
    """The tracks with outdated names in `base`."""
    album_artist: Ids
    """At an album's id."""

    def called(self, text: str) -> Iterator[tuple[Named, Ids]]:
        """Yield the rows of each table that are called exactly so, but for case, accents and punctuation."""
        for names in (self.base, self.recent):
            for named in Named:
                rows = names.called(named, text)
                yield named, self._current(names, named, rows)

    def fitting(
        self, text: str, tracks: TrackColumns, manner: Manner = Manner.SPELT
    ) -> tuple[Fit, ...]:
        """Return how well each track, artist and album fits a text."""
        sizes = self._sizes(tracks)
        matching = _Matching(sizes, tracks, self.album_artist)
        words = self._words(text)
        longest = max(map(len, words), default=0)
        query_word = _query_words(words, manner)
        for one in query_word:
            matching.add(
                one.word,
                self._closeness(one, sizes),
                optional=len(one.word) <= _SHORT < longest,
            )
        fitting = matching.fitting()
        if manner is Manner.SOUNDING:
            whole = sounds_of_name(words, [one.sounds for one in query_word])
            for fit in fitting:
                np.multiply(fit, np.float32(_SOUNDING), out=fit)
            self._fit_sounds(fitting, whole)
        for names in (self.base, self.recent):
            for named, fit in zip(Named, fitting, strict=True):
                rows = self._current(names, named, names.called(named, text))
                fit[rows[rows < len(fit)]] = 1
        return fitting

    def prepare(self) -> None:
        """Work out how names sound, which the first that is misheard would wait for."""
        _ = self.base.sounds

    def _fit_sounds(self, fitting: Sequence[Fit], sounds: Sounds) -> None:
        """Raise how well those names fit that sound so as a whole."""
        for names in (self.base, self.recent):
            for named, fit in zip(Named, fitting, strict=True):
                called = names.sounds.called(named, sounds)
                for score, found in zip(
                    (_SOUNDING_ALIKE, _SOUNDING), called, strict=True
                ):
                    rows = self._current(names, named, found)
                    rows = rows[rows < len(fit)]
                    fit[rows] = np.maximum(fit[rows], np.float32(score))

    def _current(self, names: NameWords, named: Named, rows: Ids) -> Ids:
        """Return those of some rows with current names."""
        if names is self.base and named is Named.TRACK:
            return np.setdiff1d(rows, self.outdated)
        return rows

    def _sizes(self, tracks: TrackColumns) -> tuple[int, ...]:
        """Return one more than the highest ids; the tracks, which may be newer or older, count by themselves."""
        artists, albums = (
            max(self.base.after(named), self.recent.after(named))
            for named in (Named.ARTIST, Named.ALBUM)
        )
        credited = int(tracks.credited_artist.max(initial=0)) + 1
        return len(tracks), max(artists, credited), len(self.album_artist)

    def _words(self, text: str) -> list[str]:
        """Return the words of a text; what punctuation joins is one where a name has it so."""
        words: list[str] = []
        for parts in words_of(text):
            joined = "".join(parts)
            known = joined in self.base or joined in self.recent
            words += [joined] if known else parts
        return words[:MOST_WORDS]

    def _closeness(
        self, query_word: _QueryWord, sizes: Sequence[int]
    ) -> tuple[Fit, ...]:
        """Return how close the names of each table come to one word, by the closest of theirs."""
        closeness = tuple(np.zeros(size, np.float32) for size in sizes)
        for names in (self.base, self.recent):
            for matches in query_word.matches(names):
                for named, column in zip(Named, closeness, strict=True):
                    rows = names.having(named, matches.words)
                    rows = rows[rows < len(column)]
                    column[rows] = np.maximum(
                        column[rows], np.float32(matches.closeness)
                    )
            if names is self.base:
                outdated = self.outdated[self.outdated < sizes[Named.TRACK]]
                closeness[Named.TRACK][outdated] = 0
        return closeness


class Fits:
    """How well the names of one state fit one text, worked out once for each manner."""

    def __init__(self, names: NameIndex, tracks: TrackColumns, text: str) -> None:
        """Take the text. Nothing is looked for yet."""
        self.names = names
        self.tracks = tracks
        self.text = text
        self._by_manner: dict[Manner, tuple[Fit, ...]] = {}

    def __iter__(self) -> Iterator[tuple[Fit, ...]]:
        """Yield how well each track, artist and album fits, in each manner in which anything does, the closest first."""
        for manner in Manner:
            if manner not in self._by_manner:
                fitting = self.names.fitting(self.text, self.tracks, manner)
                self._by_manner[manner] = (
                    fitting if any(fit.any() for fit in fitting) else ()
                )
            if self._by_manner[manner]:
                yield self._by_manner[manner]


class _QueryWord(NamedTuple):
    """A word that is asked for: how it may be spelt, and for a sound also how it was played."""

    word: str
    misspelt: bool = False
    sounds: Sounds = ()
    joined: tuple[_QueryWord, ...] = ()
    """The word and the one before or after it, as one."""

    def matches(self, names: NameWords) -> Iterator[WordMatch]:
        """Yield which of some names' words may be meant."""
        yield from names.matches(self.word, misspelt=self.misspelt)
        if len(self.word) > _SHORT:
            yield from names.sounds.matching(self.sounds) if self.sounds else ()
        for one in self.joined:
            for matches in one.matches(names):
                # As one word it was not said: it counts for no more than a sound.
                exact = matches.closeness == EXACT
                yield WordMatch(SAME_SOUND if exact else ALIKE, matches.words)


def _query_words(words: Sequence[str], manner: Manner) -> list[_QueryWord]:
    """Return the words that are asked for in some manner."""
    if manner is not Manner.SOUNDING:
        return [_QueryWord(word, manner is Manner.MISSPELT) for word in words]
    ways = sounds_of_words(words)
    pairs = [
        _QueryWord(
            "".join(pair),
            misspelt=sum(map(len, pair)) >= _JOINED,
            sounds=sounds_of_name(pair, two),
        )
        for pair, two in zip(pairwise(words), pairwise(ways), strict=True)
    ]
    return [
        _QueryWord(word, True, way, tuple(pairs[max(place - 1, 0) : place + 1]))
        for place, (word, way) in enumerate(zip(words, ways, strict=True))
    ]


class _Sums(NamedTuple):
    """For each row of a table: how close it is to all words, has it all, and is one its own name's."""

    closeness: Fit
    complete: Flags
    own: Flags


class _Matching:
    """Adds up, word by word, how close names come to a text."""

    def __init__(
        self, sizes: Sequence[int], tracks: TrackColumns, album_artist: Ids
    ) -> None:
        """Begin without a word."""
        self._tracks = tracks
        self._album_artist = album_artist
        self._letters = 0
        self._sums = tuple(
            _Sums(
                np.zeros(size, np.float32),
                np.ones(size, np.bool_),
                np.zeros(size, np.bool_),
            )
            for size in sizes
        )

    def add(self, word: str, closeness: Sequence[Fit], *, optional: bool) -> None:
        """Add how close names come to one more word."""
        self._letters += len(word)
        tracks, artists, albums = closeness
        by_artist = artists * np.float32(_BY_ARTIST)
        with_artists = (
            np.maximum(tracks, self._by_artist(by_artist)),
            artists,
            np.maximum(albums, by_artist[self._album_artist]),
        )
        for sums, own, column in zip(self._sums, closeness, with_artists, strict=True):
            np.add(sums.closeness, column * np.float32(len(word)), out=sums.closeness)
            np.logical_or(sums.own, own > 0, out=sums.own)
            if not optional:
                np.logical_and(sums.complete, column > 0, out=sums.complete)

    def fitting(self) -> tuple[Fit, ...]:
        """Return how well each row fits."""
        scale = np.float32(_NOT_WHOLE / max(self._letters, 1))
        return tuple(
            sums.closeness * (sums.complete & sums.own) * scale for sums in self._sums
        )

    def _by_artist(self, closeness: Fit) -> Fit:
        """Return for each track how close the closest of its artists comes."""
        column = np.zeros(len(self._tracks), np.float32)
        credited = closeness[self._tracks.credited_artist]
        close = np.flatnonzero(credited > 0)
        np.maximum.at(column, self._tracks.credited_track[close], credited[close])
        return column
