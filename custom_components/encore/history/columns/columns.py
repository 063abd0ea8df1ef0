"""All plays as columns of numbers, for questions about any number of them: one immutable state of the store.

A play takes about 22 bytes. Rows are in the order of their start. Numbers of listeners, rooms, devices, tracks,
albums and artists are row ids of the store; 0 is none.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ..model import TopOf, Window

type Ids = NDArray[np.int32]
type Flags = NDArray[np.bool_]

_LAST_SECOND: Final = 0xFFFF_FFFF
_LATEST: Final = 4_096
"""In how many rows, the latest, what changed is looked for first."""


@dataclass(frozen=True, slots=True, eq=False)
class PlayColumns:
    """One row for each play."""

    seconds: NDArray[np.uint32]
    """The start, in whole seconds of UTC."""
    millis: NDArray[np.uint16]
    """What the start lies after its second."""
    play: Ids
    track: Ids
    ms_played: Ids
    listener: NDArray[Any]
    device: NDArray[Any]
    sources: NDArray[np.uint8]
    """Bits, `1 << source` for each."""
    skipped: NDArray[np.uint8]
    """2 where it was skipped, 1 where it was not, 0 where nobody knows."""

    def __len__(self) -> int:
        """Return the number of plays."""
        return len(self.seconds)

    def before(self, moment: int) -> int:
        """Return how many plays started before a moment in UTC milliseconds."""
        second, millis = divmod(max(moment, 0), 1000)
        if second > _LAST_SECOND:
            return len(self)
        bound = np.uint32(second)
        first, after = (
            int(np.searchsorted(self.seconds, bound, side))
            for side in ("left", "right")
        )
        return first + int(np.searchsorted(self.millis[first:after], millis))

    def rows(self, window: Window) -> slice:
        """Return where the plays lie that started in a window."""
        return slice(self.before(window.start), self.before(window.end))

    def replaced(self, ids: Ids, rows: Self) -> Self:
        """Return a state in which plays of some ids made way for rows (in order); this one stays as it is."""
        stale = self._places(ids)
        news = self.before(rows.first_start) if len(rows) else len(self)
        # What came before the first change is copied in one piece.
        same = min(int(stale[0]) if len(stale) else len(self), news)
        rest = np.delete(np.arange(same, len(self)), stale - same)
        starts = np.concatenate([self.starts(rest), rows.starts()])
        order = np.argsort(starts, kind="stable")

        def column(name: str) -> NDArray[Any]:
            old, new = getattr(self, name), getattr(rows, name)
            return _joined(old[:same], _joined(old[rest], new)[order])

        return type(self)(*(column(each.name) for each in fields(self)))

    def of_rows(self, rows: NDArray[np.int64]) -> Self:
        """Return some of the plays, by where they lie."""
        return type(self)(
            *(getattr(self, each.name).take(rows) for each in fields(self))
        )

    def _places(self, ids: Ids) -> NDArray[np.int64]:
        """Return where the plays of some ids lie, in order; ids that are not there are left out."""
        sought = np.unique(ids[ids <= self.play.max(initial=-1)])
        flags = flagged(sought, int(sought.max(initial=-1)) + 1)
        found: list[NDArray[np.int64]] = []
        missing, after, size = len(sought), len(self), _LATEST
        # What changes is nearly always among the latest.
        while missing and after:
            first = max(0, after - size)
            block = self.play[first:after]
            known = np.flatnonzero(block < len(flags))
            places = known[flags[block[known]]]
            found.append(places + first)
            missing -= len(places)
            after, size = first, size * 8
        return np.concatenate([*reversed(found), np.zeros(0, np.int64)])

    @property
    def first_start(self) -> int:
        """When the first play started, in UTC milliseconds; there must be one."""
        return int(self.seconds[0]) * 1000 + int(self.millis[0])

    def starts(self, rows: NDArray[Any] | slice = slice(None)) -> NDArray[np.int64]:
        """Return when the plays of some rows started, in UTC milliseconds."""
        return self.seconds[rows].astype(np.int64) * 1000 + self.millis[rows]


@dataclass(frozen=True, slots=True, eq=False)
class RoomColumns:
    """One row for each room that a play sounded in, however often it came back there; in the order of plays."""

    play: Ids
    room: Ids
    ms: NDArray[np.int32]
    """How long it sounded there."""
    since: NDArray[np.int64]
    """When it first sounded there, in milliseconds of UTC."""
    until: NDArray[np.int64]
    """When it last did."""

    def of_rows(self, rows: NDArray[np.int64]) -> Self:
        """Return some of the rows, by where they lie."""
        return type(self)(
            *(getattr(self, each.name).take(rows) for each in fields(self))
        )

    def replaced(self, ids: Ids, rows: Self) -> Self:
        """Return a state in which plays of some ids have the rooms of `rows` alone."""
        first, after = (
            np.searchsorted(self.play, np.sort(ids), side) for side in ("left", "right")
        )
        stale = [
            np.arange(*ends)
            for ends in zip(first.tolist(), after.tolist(), strict=True)
            if ends[0] < ends[1]
        ]
        remaining = [getattr(self, each.name) for each in fields(self)]
        if stale:
            remaining = [
                np.delete(column, np.concatenate(stale)) for column in remaining
            ]
        places = np.searchsorted(remaining[0], rows.play, "right")
        new = [getattr(rows, each.name) for each in fields(rows)]
        return type(self)(
            *(
                np.insert(column, places, more)
                for column, more in zip(remaining, new, strict=True)
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class TrackColumns:
    """What plays are counted by: kind, song, album and first artist at a track's id, and a row for each credit."""

    kind: NDArray[np.uint8]
    song: Ids
    """What the releases of a recording have in common."""
    album: Ids
    artist: Ids
    credited_track: Ids
    credited_artist: Ids

    def __len__(self) -> int:
        """Return one more than the highest id."""
        return len(self.kind)

    def of(self, thing: TopOf, number: int) -> Flags:
        """Return flags for the tracks of an artist, an album or a show, or for all releases of a track."""
        match thing:
            case TopOf.ARTISTS:
                credited = self.credited_track[self.credited_artist == number]
                return flagged(credited, len(self))
            case TopOf.ALBUMS:
                column = self.album
            case TopOf.SHOWS:
                column = self.artist
            case _:
                column, number = self.song, int(self.song[number])
        flags: Flags = column == number
        return flags

    def replaced(self, ids: Ids, rows: Self) -> Self:
        """Return a state in which tracks of some ids are as in `rows`, which has at least as many."""
        same = ~flagged(ids, len(self))

        def described(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
            column = new.copy()
            column[: len(old)][same] = old[same]
            return column

        others = ~_marked(self.credited_track, ids)
        return type(self)(
            described(self.kind, rows.kind),
            described(self.song, rows.song),
            described(self.album, rows.album),
            described(self.artist, rows.artist),
            _joined(self.credited_track[others], rows.credited_track),
            _joined(self.credited_artist[others], rows.credited_artist),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One state of the store. `generation` is higher for each later one."""

    generation: int
    plays: PlayColumns
    rooms: RoomColumns
    tracks: TrackColumns
    hidden: tuple[int, ...] = ()
    """The listeners whose plays were left out."""

    def hiding(self, listeners: tuple[int, ...]) -> Self:
        """Return the same state without the plays of some listeners, and the rooms of those."""
        if not listeners:
            return self
        leaving = _marked(self.plays.listener, np.array(listeners, np.int32))
        plays = self.plays.of_rows(np.flatnonzero(~leaving))
        theirs = _marked(self.rooms.play, self.plays.play[leaving])
        return replace(
            self,
            plays=plays,
            rooms=self.rooms.of_rows(np.flatnonzero(~theirs)),
            hidden=(*self.hidden, *listeners),
        )


def flagged(ids: NDArray[Any], size: int) -> Flags:
    """Return a flag for each number below `size`: whether it is one of the ids."""
    flags = np.zeros(size, np.bool_)
    flags[ids[ids < size]] = True
    return flags


def is_flagged(flags: Flags, number: int) -> bool:
    """Whether a number has a flag that is set."""
    return number < len(flags) and bool(flags[number])


def flags_at(flags: Flags, numbers: NDArray[Any]) -> Flags:
    """Return for each of some numbers whether it has a flag that is set."""
    known: Flags = numbers < len(flags)
    known[known] = flags[numbers[known]]
    return known


def _marked(column: NDArray[Any], ids: Ids) -> Flags:
    """Return for each row of a column whether it is one of the ids."""
    if not len(column) or not len(ids):
        return np.zeros(len(column), np.bool_)
    marked: Flags = flagged(ids, int(column.max()) + 1)[column]
    return marked


def _joined(first: NDArray[Any], then: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([first, then])
