"""Things by name: which tracks, artists, albums, shows and episodes somebody may mean, with what was heard of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from .columns import Columns, Flags, Ids
from .model import Found, Kind, Thing, ThingOf, TopOf, Total
from .name_index import Fit, NameIndex
from .name_words import Named
from .ranking import highest, names_of
from .selection import Selection, folded

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
    """Some plays of all, by the tracks that they are of."""

    def __init__(self, columns: Columns, plays: Selection) -> None:
        """Take all columns, and some plays."""
        self.columns = columns
        self.by_track = plays.by_track
        self._plays = plays

    def ends(self, things: Iterable[Flags]) -> Iterator[tuple[int, int]]:
        """Yield the first and last start (UTC ms) of things, each flagged by its tracks; all were heard."""
        each = list(things)
        if not each:
            return
        first, last = self._plays.ends_of(np.logical_or.reduce(each))
        for flags in each:
            its_own = flags & (last > 0)
            yield int(first[its_own].min()), int(last[its_own].max())


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
    """The things of one sort that fit and were heard, counted by their tracks alone."""

    def __init__(self, of: ThingOf, fits: Sequence[Fit], heard: Heard) -> None:
        """Take how well tracks, artists and albums fit."""
        self.of = of
        tracks, things, self._fit = _fitting(of, fits, heard.columns)
        played = heard.by_track.plays[tracks] > 0
        played &= np.isin(heard.columns.tracks.kind[tracks], _KINDS[of])
        self._tracks, self._things = tracks[played], things[played]
        self._by_track = heard.by_track
        self._counts = folded(heard.by_track, self._tracks, self._things)
        scores = np.rint(self._fit[: len(self._counts.plays)] * _SCORES)
        self._ranks = scores.astype(np.int64) * _MOST_PLAYS + self._counts.plays

    def __len__(self) -> int:
        """Return how many there are."""
        return int(np.count_nonzero(self._counts.plays))

    def best(self, connection: Connection, limit: int) -> Iterator[_Candidate]:
        """Yield what may be among the best, all that are equal to the last of them included."""
        best = highest(self._counts, self._ranks, self._counts.ms_played, limit)
        rows = self._rows_of(best)
        names = names_of(connection, _NAMED_AS[self.of], rows.values())
        for number, row in rows.items():
            if row in names:
                yield _Candidate(
                    int(self._ranks[number]),
                    float(self._fit[number]),
                    self.of,
                    row,
                    names[row],
                    self._counts.of(number),
                )

    def _rows_of(self, things: NDArray[np.int64]) -> dict[int, int]:
        """Return the row ids of some things: of a song that of the release that was played most."""
        if self.of not in _SONGS:
            return {number: number for number in things.tolist()}
        places = np.flatnonzero(np.isin(self._things, things))
        songs, tracks = self._things[places], self._tracks[places]
        # Of several rows for one song, the last is kept.
        order = np.lexsort((-tracks, self._by_track.plays[tracks]))
        return dict(zip(songs[order].tolist(), tracks[order].tolist(), strict=True))


def _fitting(
    of: ThingOf, fits: Sequence[Fit], columns: Columns
) -> tuple[NDArray[np.int64], Ids, Fit]:
    """Return the tracks of things of one sort that fit, the thing of each, and how well things fit, at their ids."""
    tracks = columns.tracks
    if of is ThingOf.ARTIST:
        fit = fits[Named.ARTIST]
        credited = np.flatnonzero(fit.take(tracks.credited_artist) > 0)
        return (
            tracks.credited_track[credited].astype(np.int64),
            tracks.credited_artist[credited],
            fit,
        )
    if of in _SONGS:
        # A song fits as well as the best of its releases.
        column = tracks.song
        fit = np.zeros(int(column.max(initial=0)) + 1, np.float32)
        fitting = np.flatnonzero(fits[Named.TRACK] > 0)
        np.maximum.at(fit, column[fitting], fits[Named.TRACK][fitting])
    elif of is ThingOf.ALBUM:
        column, fit = tracks.album, fits[Named.ALBUM]
    else:
        column, fit = tracks.artist, fits[Named.ARTIST]
    # What is newer than the names does not fit yet, nor does what has no number.
    newest = len(fit) - 1
    having = np.flatnonzero((fit.take(column, mode="clip") > 0) & (column <= newest))
    return having, column[having], fit
