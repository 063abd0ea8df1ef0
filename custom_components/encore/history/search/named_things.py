"""Search for tracks, artists, albums, shows and episodes by name, with their plays."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..columns.columns import Columns, Flags, Ids, flagged
from ..columns.counts import Counts, folded
from ..columns.ranking import highest, names_of
from ..columns.selection import Selection
from ..model import By, Found, Kind, Place, Thing, ThingOf, TopOf, Total
from .name_index import Fit, Fits
from .name_words import Named

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
"""Names with scores that differ by less fit equally."""
_MOST_PLAYS: Final = 1 << 40


def find(
    connection: Connection,
    named: Fits,
    columns: Columns,
    plays: Selection,
    *,
    of: Collection[ThingOf],
    limit: int,
) -> Found:
    """Return the things among some plays that may be meant: by how well they fit, then plays, then time.

    What is spelt almost so is found only where nothing is spelt so, and what only sounds so where nothing is even that.
    """
    size = len(columns.tracks)
    for fits in named:
        sorts = [_Fitting(each, fits, columns) for each in _ORDER if each in of]
        theirs = plays.only(flagged(_joined(sort.tracks for sort in sorts), size))
        if len(theirs):
            break
    else:
        return Found((), {})
    for sort in sorts:
        sort.count(theirs.by_track)
    candidates = (each for sort in sorts for each in sort.best(connection, limit))
    best = sorted(candidates, key=lambda each: each.order)[:limit]
    tracks = [_belonging(columns, each.of, each.row) for each in best]
    first, last = theirs.only(flagged(_joined(tracks), size)).ends_by_track()
    things = []
    for each, its_own in zip(best, tracks, strict=True):
        played = its_own[last[its_own] > 0]
        ends = int(first[played].min()), int(last[played].max())
        things.append(
            Thing(each.of, each.row, *each.named, each.score, each.total, *ends)
        )
    counts = {sort.of: len(sort) for sort in sorts}
    if len(best) < limit:
        # These are all, but for what the connection does not know yet.
        counts = {of: sum(each.of is of for each in best) for of in counts}
    return Found(tuple(things), {of: count for of, count in counts.items() if count})


def tracks_of(columns: Columns, thing: Thing) -> tuple[int, ...]:
    """Return the row ids of the tracks that count as a thing."""
    return tuple(_belonging(columns, thing.of, thing.id).tolist())


def place_of(plays: Selection, thing: Thing, by: By) -> Place:
    """Return which place a thing has among all of its sort that some plays are of; equal ones share it."""
    of, kinds = _NAMED_AS[thing.of], _KINDS[thing.of]
    counts = plays.by_song(kinds) if thing.of in _SONGS else plays.by(of, kinds)
    first, then = counts.plays, counts.ms_played
    mine, others = thing.total.plays, thing.total.ms_played
    if by is By.MINUTES:
        first, then, mine, others = then, first, others, mine
    above = (first > mine) | ((first == mine) & (then > others))
    return Place(int(np.count_nonzero(above)) + 1, int(np.count_nonzero(counts.plays)))


def _belonging(columns: Columns, of: ThingOf, row: int) -> NDArray[np.int64]:
    """Return the row ids of the tracks that belong to a thing."""
    tracks = np.flatnonzero(columns.tracks.of(_NAMED_AS[of], row))
    return tracks[_of_kinds(columns, of, tracks)]


def _of_kinds(columns: Columns, of: ThingOf, tracks: NDArray[np.int64]) -> Flags:
    """Return for each of some tracks whether its plays may be plays of things of a sort."""
    return flagged(np.array(_KINDS[of]), max(Kind) + 1)[columns.tracks.kind[tracks]]


def _joined(some: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.empty(0, np.int64), *some])


class _Candidate(NamedTuple):
    """A thing that may be among the best."""

    rank: int
    score: float
    of: ThingOf
    row: int
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
            self.row,
        )


class _Fitting:
    """The things of one sort that fit and were played, counted by their tracks alone."""

    def __init__(self, of: ThingOf, fits: Sequence[Fit], columns: Columns) -> None:
        """Take how well tracks, artists and albums fit. Nothing is counted yet."""
        self.of = of
        tracks, things, self._fit = _fitting(of, fits, columns)
        of_kinds = _of_kinds(columns, of, tracks)
        self.tracks, self._things = tracks[of_kinds], things[of_kinds]

    def count(self, by_track: Counts) -> None:
        """Take how often and how long each track was played."""
        self._by_track = by_track
        self._counts = folded(by_track, self.tracks, self._things)
        scores = np.rint(self._fit[: len(self._counts.plays)] * _SCORES)
        self._ranks = scores.astype(np.int64) * _MOST_PLAYS + self._counts.plays

    def __len__(self) -> int:
        """Return how many were played."""
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
        songs, tracks = self._things[places], self.tracks[places]
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
