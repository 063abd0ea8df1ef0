"""Things by name: which tracks, artists, albums, shows and episodes somebody may mean, with what was heard of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import Connection

from .columns import Columns, Flags
from .model import Found, Kind, Thing, ThingOf, TopOf, Total
from .name_index import Fit, NameIndex
from .name_words import Named
from .ranking import highest, names_of
from .selection import Counts, Selection

_NAMED_AS: Final = {
    ThingOf.TRACK: TopOf.TRACKS,
    ThingOf.ARTIST: TopOf.ARTISTS,
    ThingOf.ALBUM: TopOf.ALBUMS,
    ThingOf.SHOW: TopOf.SHOWS,
    ThingOf.EPISODE: TopOf.TRACKS,
}
_SPOKEN: Final = (Kind.EPISODE, Kind.CHAPTER)
_KINDS: Final = {
    ThingOf.TRACK: (Kind.TRACK,),
    ThingOf.ARTIST: (Kind.TRACK,),
    ThingOf.ALBUM: (Kind.TRACK,),
    ThingOf.SHOW: _SPOKEN,
    ThingOf.EPISODE: _SPOKEN,
}
"""What kinds of play are plays of a thing: a presenter who also sings is two things."""
_SONGS: Final = frozenset({ThingOf.TRACK, ThingOf.EPISODE})
_ORDER: Final = tuple(ThingOf)
_SCORES: Final = 1000
"""Names whose score differs by less fit as well."""
_MOST_PLAYS: Final = 1 << 40


def find(
    connection: Connection,
    heard: Heard,
    names: NameIndex,
    text: str,
    *,
    of: Collection[ThingOf],
    limit: int,
) -> Found:
    """Return the things among some plays that a text may mean: by how well they fit, then plays, then time.

    What is spelt almost so is found only where nothing is spelt so.
    """
    columns = heard.columns
    for misspelt in (False, True):
        fits = names.fitting(text, columns.tracks, misspelt=misspelt)
        fitting = [_Fitting(each, fits, heard) for each in _ORDER if each in of]
        if any(fitting):
            break
    candidates = (each for sort in fitting for each in sort.best(connection, limit))
    best = sorted(candidates, key=lambda each: each.order)[:limit]
    ends = heard.ends(_belonging(columns, each.of, each.number) for each in best)
    things = tuple(
        Thing(each.of, each.number, *each.named, each.score, each.total, first, last)
        for each, (first, last) in zip(best, ends, strict=True)
    )
    return Found(things, {each.of: len(each) for each in fitting if each})


def tracks_of(columns: Columns, thing: Thing) -> tuple[int, ...]:
    """Return the row ids of the tracks whose plays are plays of a thing."""
    return tuple(np.flatnonzero(_belonging(columns, thing.of, thing.id)).tolist())


def _belonging(columns: Columns, of: ThingOf, number: int) -> Flags:
    """Return for each track whether it belongs to a thing."""
    flags = columns.tracks.of(_NAMED_AS[of], number)
    for kind in {*Kind} - {*_KINDS[of]}:
        flags &= columns.tracks.kind != kind
    return flags


class Heard:
    """How often and how long things were heard among some plays."""

    def __init__(self, columns: Columns, plays: Selection) -> None:
        """Take all columns, and some plays."""
        self.columns = columns
        self._plays = plays

    def counts(self, of: ThingOf) -> Counts:
        """Return the counts of things at their ids, of songs at that of the release that was played most."""
        if of not in _SONGS:
            return self._plays.by(_NAMED_AS[of], _KINDS[of])
        kind = self.columns.tracks.kind
        return self._by_song.where(np.isin(kind, _KINDS[of]))

    @cached_property
    def _by_song(self) -> Counts:
        return self._plays.by_song()

    def ends(self, things: Iterable[Flags]) -> Iterator[tuple[int, int]]:
        """Yield the first and last start (UTC ms) of things, each flagged by its tracks; all were heard."""
        each = list(things)
        if not each:
            return
        tracks, starts = self._plays.of_tracks(np.logical_or.reduce(each))
        for flags in each:
            its_own = starts[flags[tracks]]
            yield int(its_own[0]), int(its_own[-1])


class _Candidate(NamedTuple):
    """A thing that may be among the best."""

    rank: int
    score: float
    of: ThingOf
    number: int
    named: tuple[str, str, str | None]
    total: Total

    @property
    def order(self) -> tuple[Any, ...]:
        """What comes before what."""
        name, artist, _ = self.named
        return (
            -self.rank,
            -self.total.ms_played,
            name,
            artist,
            _ORDER.index(self.of),
            self.number,
        )


class _Fitting:
    """The things of one sort that fit and were heard."""

    def __init__(self, of: ThingOf, fits: Sequence[Fit], heard: Heard) -> None:
        """Take how well tracks, artists and albums fit."""
        self.of = of
        self._counts = heard.counts(of)
        self._fit = np.zeros(len(self._counts.plays), np.float32)
        if of in _SONGS:
            fit = _of_songs(heard.columns, fits[Named.TRACK])
        else:
            fit = fits[Named.ALBUM if of is ThingOf.ALBUM else Named.ARTIST]
        size = min(len(fit), len(self._fit))
        self._fit[:size] = fit[:size]
        self._fit *= self._counts.plays > 0
        scores = np.rint(self._fit * _SCORES).astype(np.int64)
        self._ranks = scores * _MOST_PLAYS + self._counts.plays

    def __len__(self) -> int:
        """Return how many there are."""
        return int(np.count_nonzero(self._fit))

    def best(self, connection: Connection, limit: int) -> Iterator[_Candidate]:
        """Yield what may be among the best, all that are equal to the last of them included."""
        fitting = self._counts.where(self._fit > 0)
        ids = highest(fitting, self._ranks, self._counts.ms_played, limit).tolist()
        names = names_of(connection, _NAMED_AS[self.of], ids)
        for number, named in names.items():
            yield _Candidate(
                int(self._ranks[number]),
                float(self._fit[number]),
                self.of,
                number,
                named,
                self._counts.of(number),
            )


def _of_songs(columns: Columns, fit: Fit) -> Fit:
    """Return how well songs fit, at each of their releases: as well as the best of these."""
    song = columns.tracks.song
    by_song = np.zeros(int(song.max(initial=0)) + 1, np.float32)
    fitting = np.flatnonzero(fit)
    np.maximum.at(by_song, song[fitting], fit[fitting])
    of_songs: Fit = by_song[song]
    return of_songs
