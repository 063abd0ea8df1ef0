"""Which plays of a window pass some filters, in columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Flags, flagged
from .model import COUNTED_FROM_MS, Kind


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters by the store's row ids; None is no filter. `sources` are bits, `1 << source` for each."""

    listeners: tuple[int, ...] | None = None
    rooms: tuple[int, ...] | None = None
    devices: tuple[int, ...] | None = None
    kinds: tuple[Kind, ...] | None = None
    tracks: tuple[int, ...] | None = None
    sources: int | None = None
    min_ms: int = COUNTED_FROM_MS


def passing(columns: Columns, rows: slice, asked: Narrowing) -> Flags | None:
    """Return a flag for each row of the window, or None where all pass."""
    plays = columns.plays
    passing: Flags | None = None

    def require(flags: Flags) -> None:
        nonlocal passing
        passing = flags if passing is None else passing & flags

    if asked.min_ms > 0:
        require(plays.ms_played[rows] >= asked.min_ms)
    for column, ids in (
        (plays.listener, asked.listeners),
        (plays.device, asked.devices),
    ):
        if ids is not None:
            require(one_of(column[rows], ids))
    if asked.sources is not None:
        require((plays.sources[rows] & np.uint8(asked.sources)) != 0)
    if asked.kinds is not None:
        kind = columns.tracks.kind
        require(one_of(kind, asked.kinds)[plays.track[rows]])
    if asked.tracks is not None:
        tracks = flagged(np.array(asked.tracks, np.int64), len(columns.tracks))
        require(tracks[plays.track[rows]])
    if asked.rooms is not None:
        rooms = columns.rooms
        sounded = rooms.play[one_of(rooms.room, asked.rooms)]
        highest = int(plays.play[rows].max(initial=0))
        require(flagged(sounded, highest + 1)[plays.play[rows]])
    return passing


def one_of(column: NDArray[Any], ids: tuple[int, ...]) -> Flags:
    """Return for each row of a column whether it is one of few numbers."""
    flags = np.zeros(len(column), np.bool_)
    for number in ids:
        flags |= column == number
    return flags
