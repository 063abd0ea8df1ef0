"""The plays of a window that pass some filters, as columns."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, Self

import numpy as np
from numpy.typing import NDArray

from ..model import COUNTED_FROM_MS, Kind, Window
from .columns import Columns, Flags, Ids, TrackColumns, flagged

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters by the store's row ids; None is no filter. `sources` are bits, `1 << source` for each."""

    listeners: tuple[int, ...] | None = None
    rooms: tuple[int, ...] | None = None
    devices: tuple[int, ...] | None = None
    kinds: tuple[Kind, ...] | None = None
    tracks: tuple[int, ...] | None = None
    television: bool = False
    sources: int | None = None
    min_ms: int = COUNTED_FROM_MS


def passing(columns: Columns, rows: slice, narrowing: Narrowing) -> Flags | None:
    """Return a flag for each row of the window, or None where all pass."""
    plays = columns.plays
    passing: Flags | None = None

    def require(flags: Flags) -> None:
        nonlocal passing
        passing = flags if passing is None else passing & flags

    if narrowing.min_ms > 0:
        require(plays.ms_played[rows] >= narrowing.min_ms)
    for column, ids in (
        (plays.listener, narrowing.listeners),
        (plays.device, narrowing.devices),
    ):
        if ids is not None:
            require(one_of(column[rows], ids))
    if narrowing.sources is not None:
        require((plays.sources[rows] & np.uint8(narrowing.sources)) != 0)
    if narrowing.kinds is not None:
        kind = columns.tracks.kind
        require(one_of(kind, narrowing.kinds)[plays.track[rows]])
    elif not narrowing.television:
        for number in np.flatnonzero(columns.tracks.kind == Kind.TELEVISION):
            require(plays.track[rows] != number)
    if narrowing.tracks is not None:
        tracks = flagged(np.array(narrowing.tracks, np.int64), len(columns.tracks))
        require(tracks[plays.track[rows]])
    if narrowing.rooms is not None:
        rooms = columns.rooms
        sounded = rooms.play[one_of(rooms.room, narrowing.rooms)]
        highest = int(plays.play[rows].max(initial=0))
        require(flagged(sounded, highest + 1)[plays.play[rows]])
    return passing


def sounded_in(
    columns: Columns, window: slice, rooms: tuple[int, ...]
) -> NDArray[np.int32]:
    """Return for each row of a window how long it sounded in any of some rooms (ms), 0 where it did not.

    Where rooms sounded together, their time counts once, and never more than its play. It is exact for rooms
    that did not come back to a play.
    """
    plays, play_rooms = columns.plays, columns.rooms
    numbers = plays.play[window]
    size = int(numbers.max(initial=0)) + 1
    there = one_of(play_rooms.room, rooms) & (play_rooms.play < size)
    of = play_rooms.play[there]
    ms = np.bincount(of, weights=play_rooms.ms[there], minlength=size)
    if len(rooms) > 1:
        since, until = np.full(size, _NEVER), np.zeros(size, np.int64)
        np.minimum.at(since, of, play_rooms.since[there])
        np.maximum.at(until, of, play_rooms.until[there])
        ms = np.minimum(ms, np.maximum(until - since, 0))
    return np.minimum(ms[numbers], plays.ms_played[window]).astype(np.int32)


def one_of(column: NDArray[Any], ids: tuple[int, ...]) -> Flags:
    """Return for each row of a column whether it is one of few numbers."""
    flags = np.zeros(len(column), np.bool_)
    for number in ids:
        flags |= column == number
    return flags


_DENSE: Final = 3
"""Where more than one in so many plays pass, counting all and leaving out is quicker than picking them."""


class ChosenPlays:
    """Some plays, in the order of their start."""

    def __init__(
        self,
        columns: Columns,
        rows: slice,
        chosen: Flags | None,
        window_ms: Ids | None = None,
        counted: dict[Hashable, Any] | None = None,
    ) -> None:
        """Take the rows of a window, or those that are flagged among them.

        `window_ms` is how long (ms) each row of the window counts, if not as long as its play sounded; `counted` is
        what was counted of the same plays before.
        """
        self.columns = columns
        """What they are selected from."""
        self._rows = rows
        self._chosen = chosen
        self._sounded_ms = window_ms
        self._counted: dict[Hashable, Any] = {} if counted is None else counted
        self._size: int = (
            rows.stop - rows.start if chosen is None else int(np.count_nonzero(chosen))
        )

    @classmethod
    def of_window(cls, columns: Columns, window: Window, narrowing: Narrowing) -> Self:
        """Select the plays that started in a window; of some rooms, each counts as long as it sounded there."""
        rows = columns.plays.rows(window)
        window_ms = (
            None
            if narrowing.rooms is None
            else sounded_in(columns, rows, narrowing.rooms)
        )
        return cls(columns, rows, passing(columns, rows, narrowing), window_ms)

    @property
    def cached(self) -> tuple[Flags | None, Ids | None, dict[Hashable, Any]]:
        """What, with the columns and the rows of the window, makes the same plays again: which pass, how long each counts, and what is counted of them by then."""
        return self._chosen, self._sounded_ms, self._counted

    def only(self, tracks: Flags) -> Self:
        """Return those plays that are of flagged tracks."""
        theirs: Flags
        if self._chosen is not None and not self._dense:
            theirs = np.zeros(len(self._chosen), np.bool_)
            theirs[self._places[tracks.take(self.track)]] = True
            return type(self)(self.columns, self._rows, theirs, self._sounded_ms)
        theirs = tracks.take(self.columns.plays.track[self._rows])
        if self._chosen is not None:
            theirs &= self._chosen
        return type(self)(self.columns, self._rows, theirs, self._sounded_ms)

    def __len__(self) -> int:
        """Return how many plays there are."""
        return self._size

    @property
    def tracks(self) -> TrackColumns:
        """What all tracks are, at their ids."""
        return self.columns.tracks

    @cached_property
    def seconds(self) -> NDArray[np.uint32]:
        """When each started, in seconds of UTC."""
        return self._column(self.columns.plays.seconds)

    @cached_property
    def track(self) -> Ids:
        """What each was of."""
        return self._column(self.columns.plays.track)

    @cached_property
    def ms_played(self) -> Ids:
        """How long each sounded, in the rooms that were asked for if any were."""
        ms = self._window_ms
        return ms if self._chosen is None else ms.take(self._places)

    @property
    def _window_ms(self) -> Ids:
        """The same for each row of the window."""
        if self._sounded_ms is not None:
            return self._sounded_ms
        return self.columns.plays.ms_played[self._rows]

    @cached_property
    def play(self) -> Ids:
        """The row id of each."""
        return self._column(self.columns.plays.play)

    @property
    def rows(self) -> NDArray[np.int64]:
        """Where each is in the columns."""
        if self._chosen is None:
            return np.arange(self._rows.start, self._rows.stop)
        rows: NDArray[np.int64] = self._places + self._rows.start
        return rows

    def rows_of(self, listener: int) -> NDArray[np.int64]:
        """Return where those of a listener are in the columns."""
        flags = self.columns.plays.listener[self._rows] == listener
        if self._chosen is not None:
            flags &= self._chosen
        rows = np.flatnonzero(flags)
        rows += self._rows.start
        return rows

    def ms_at(self, rows: NDArray[np.int64]) -> Ids:
        """Return how long each of some rows of the columns sounded, which lie in the window."""
        ms: Ids = self._window_ms[rows - self._rows.start]
        return ms

    @property
    def starts(self) -> NDArray[np.int64]:
        """When each started, in milliseconds of UTC."""
        starts = self.seconds * np.int64(1000)
        starts += self._column(self.columns.plays.millis)
        return starts

    def ends(self, limit: int, *, newest_first: bool = True) -> Ids:
        """Return the row ids of the newest or the oldest plays, with all that began with the last of them.

        `limit` is at least 1.
        """
        plays, (first, after) = self.columns.plays, (self._rows.start, self._rows.stop)
        size = 4 * limit + 64
        while True:
            size = min(size, after - first)
            begin = after - size if newest_first else first
            rows = self._passing_rows(slice(begin, begin + size))
            if newest_first:
                rows = rows[::-1]
            starts = plays.starts(rows)
            beyond = np.zeros(0, np.bool_)
            if len(rows) > limit:
                last = starts[limit - 1]
                beyond = starts < last if newest_first else starts > last
            if size == after - first or beyond.any():
                found: Ids = plays.play[rows[~beyond] if len(beyond) else rows]
                return found
            size *= 8

    def _passing_rows(self, rows: slice) -> NDArray[np.int64]:
        """Return the numbers of the rows, of some of the window's, that pass."""
        passing = np.arange(rows.start, rows.stop)
        if self._chosen is None:
            return passing
        first = self._rows.start
        return passing[self._chosen[rows.start - first : rows.stop - first]]

    @property
    def _dense(self) -> bool:
        """Whether most plays of the window pass."""
        return self._size * _DENSE > len(self.columns.plays.play[self._rows])

    def _column(self, column: NDArray[Any]) -> NDArray[Any]:
        rows = column[self._rows]
        return rows if self._chosen is None else rows.take(self._places)

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Where the chosen rows are among those of the window; quicker to take than flags are."""
        assert self._chosen is not None
        return np.flatnonzero(self._chosen)


def counted_once[S: ChosenPlays, **P, T](
    count: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Have something counted once of the plays that were chosen; nobody may change what comes of it."""

    @wraps(count)
    def counted(plays: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known, key = plays.cached[2], (count.__name__, *args, *kwargs.items())
        # Two threads may count the same at once, with one result.
        if (found := known.get(key)) is None:
            found = known[key] = count(plays, *args, **kwargs)
        result: T = found
        return result

    return counted
