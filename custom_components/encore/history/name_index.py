"""All names of the store by their words: which tracks, artists and albums a text may mean, and how well it fits.

A name fits when it has the words that were asked for, or words that begin with them; those of a track or album may
also be its artist's, but for one. Short words may be missing beside longer ones: “the Eagles” go without. Where spelling
is forgiven, words may be a letter or two off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import Flags, Ids, TrackColumns
from .name_words import Named, NameWords
from .words import words_of

type Fit = NDArray[np.float32]
"""How well each row of a table fits, at its id: 1 is the very name, 0 does not."""

MOST_WORDS: Final = 16
"""What is asked for beyond that is not looked at."""

_NOT_WHOLE: Final = 0.9
"""How well a name fits at best that says more than was asked for."""
_BY_ARTIST: Final = 0.4
"""How much of its closeness a word keeps that only the artist's name has."""

_SHORT: Final = 3
"""Letters of a word that may be missing."""


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """One state of the names."""

    base: NameWords
    recent: NameWords
    """Of names that came or changed since."""
    outdated: Ids
    """The tracks whose names in `base` are no longer theirs."""
    album_artist: Ids
    """At an album's id."""

    def __contains__(self, text: str) -> bool:
        """Whether something is called exactly so, but for case, accents and punctuation."""
        return any(
            len(names.called(named, text))
            for names in (self.base, self.recent)
            for named in Named
        )

    def fitting(
        self, text: str, tracks: TrackColumns, *, misspelt: bool = False
    ) -> tuple[Fit, ...]:
        """Return how well each track, artist and album fits a text."""
        sizes = self._sizes(tracks)
        matching = _Matching(sizes, tracks, self.album_artist)
        words = self._words(text)
        longest = max(map(len, words), default=0)
        for word in words:
            closeness = self._closeness(word, sizes, misspelt)
            matching.add(word, closeness, optional=len(word) <= _SHORT < longest)
        fitting = matching.fitting()
        for names in (self.base, self.recent):
            for named, fit in zip(Named, fitting, strict=True):
                rows = names.called(named, text)
                if names is self.base and named is Named.TRACK:
                    rows = np.setdiff1d(rows, self.outdated)
                fit[rows[rows < len(fit)]] = 1
        return fitting

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
        self, word: str, sizes: Sequence[int], misspelt: bool
    ) -> tuple[Fit, ...]:
        """Return how close the names of each table come to one word, by the closest of theirs."""
        closeness = tuple(np.zeros(size, np.float32) for size in sizes)
        for names in (self.base, self.recent):
            for meant in names.meant(word, misspelt=misspelt):
                for named, column in zip(Named, closeness, strict=True):
                    rows = names.having(named, meant.words)
                    column[rows[rows < len(column)]] = meant.closeness
            if names is self.base:
                outdated = self.outdated[self.outdated < sizes[Named.TRACK]]
                closeness[Named.TRACK][outdated] = 0
        return closeness


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
