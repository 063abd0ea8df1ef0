"""Stretches of listening: plays of one listener, or in one room, with no long silence between them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..columns.columns import Ids, PlayColumns
from ..columns.counts import Counts
from ..columns.selection import Selection

type Numbers = NDArray[np.int64]


class Per(StrEnum):
    """What a stretch has in common."""

    LISTENER = "listener"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches, those of one listener or room together: a row for each in all columns."""

    of: Numbers
    """The row id of the listener or room."""
    starts: Numbers
    """When the first play began, in milliseconds of UTC."""
    ends: Numbers
    """When the last to sound had sounded for as long as it did."""
    counts: Counts
    plays: Numbers
    """Where the plays are in the columns, stretch by stretch."""

    def __len__(self) -> int:
        """Return how many stretches there are."""
        return len(self.of)

    def rows_of(self, number: int) -> Numbers:
        """Return where the plays of one stretch are, in the order of their start."""
        begin = int(self.counts.plays[:number].sum())
        return self.plays[begin : begin + int(self.counts.plays[number])]


def stretches(
    selection: Selection, per: Per, gap_s: int, of: Collection[int]
) -> Stretches:
    """Return the stretches of listeners or rooms of some row ids; a silence of more than `gap_s` seconds ends one.

    A play is taken to sound from its start for as long as it was played. One that sounded in
    several rooms counts in each.
    """
    groups = _by_room(selection) if per is Per.ROOM else _by_listener(selection, of)
    found = [
        _of_one(selection.columns.plays, number, rows, sounded_ms, gap_s)
        for number, rows, sounded_ms in groups
        if number in of and len(rows)
    ]
    nothing = np.zeros(0, np.int64)

    def joined(columns: Iterable[Numbers]) -> Numbers:
        return np.concatenate([nothing, *columns])

    return Stretches(
        joined(each.of for each in found),
        joined(each.starts for each in found),
        joined(each.ends for each in found),
        Counts(
            joined(each.counts.plays for each in found),
            joined(each.counts.ms_played for each in found),
        ),
        joined(each.plays for each in found),
    )


def _of_one(
    plays: PlayColumns, number: int, rows: Numbers, sounded_ms: Ids, gap_s: int
) -> Stretches:
    """Return the stretches of the plays in some rows, which ascend, and each of which counts as long as it was played."""
    seconds, ms = plays.seconds[rows], plays.ms_played[rows]
    # Only a play that starts late enough after the one before can begin a stretch. There are few.
    may = np.flatnonzero(seconds[1:] - seconds[:-1] >= gap_s)
    may += 1
    may = np.concatenate([np.zeros(1, np.int64), may])
    ends = seconds * np.int64(1000)
    ends += plays.millis[rows]
    starts = ends[may]
    ends += ms
    # A long play may have gone on over those that began after it.
    ends = np.maximum.reduceat(ends, may)
    begins = np.ones(len(may), np.bool_)
    begins[1:] = starts[1:] - np.maximum.accumulate(ends)[:-1] > gap_s * 1000
    having = np.flatnonzero(begins)
    first = may[having]
    return Stretches(
        np.full(len(first), number, np.int64),
        starts[having],
        np.maximum.reduceat(ends, having),
        Counts(
            np.diff(first, append=len(rows)),
            np.add.reduceat(sounded_ms, first, dtype=np.int64),
        ),
        rows,
    )


def _by_listener(
    selection: Selection, listeners: Iterable[int]
) -> Iterator[tuple[int, Numbers, Ids]]:
    """Yield listeners, where their plays are in the columns, and how long each was played (ms)."""
    for number in listeners:
        rows = selection.rows_of(number)
        yield number, rows, selection.ms_at(rows)


def _by_room(selection: Selection) -> Iterator[tuple[int, Numbers, Ids]]:
    """Yield rooms, where the plays in them are in the columns, and how long each was played there (ms)."""
    places, rooms, sounded_ms = selection.in_rooms()
    # To sort numbers is several times as fast as to sort by two columns.
    size = max(1, len(selection))
    both = rooms.astype(np.int64) * size + places
    order = np.argsort(both)
    both, sounded_ms = both[order], sounded_ms[order]
    numbers = np.flatnonzero(np.bincount(rooms))
    ends = np.searchsorted(both, (numbers + 1) * size)
    row, begin = selection.rows, 0
    for number, end in zip(numbers.tolist(), ends.tolist(), strict=True):
        yield number, row[both[begin:end] % size], sounded_ms[begin:end]
        begin = end
