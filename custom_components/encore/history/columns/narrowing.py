"""Which plays of a window pass some filters, in columns."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..model import COUNTED_FROM_MS, Kind
from .columns import Columns, Flags, flagged

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
