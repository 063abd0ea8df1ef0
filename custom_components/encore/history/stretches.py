"""Stretches of listening: plays of one listener, or in one room, with no long silence between them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .columns import Ids
from .selection import Counts, Selection

_APART: Final = 1 << 43
"""Milliseconds, more than any time has: sets the times of one group apart from those of the next."""

type Times = NDArray[np.int64]


class Per(StrEnum):
    """What a stretch has in common."""

    LISTENER = "listener"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches in no order that matters: a row for each in all columns."""

    of: NDArray[Any]
    """The row id of the listener or room."""
    starts: Times
    """When the first play began, in milliseconds of UTC."""
    ends: Times
    """When the last had sounded for as long as it did."""
    counts: Counts
    plays: Ids
    """The row ids of the plays, stretch by stretch."""
    first: NDArray[np.int64]
    """Where each stretch begins in `plays`."""

    def __len__(self) -> int:
        """Return how many stretches there are."""
        return len(self.starts)

    def plays_of(self, number: int) -> list[int]:
        """Return the row ids of the plays of one stretch, in the order of their start."""
        begin = int(self.first[number])
        ids: list[int] = self.plays[
            begin : begin + int(self.counts.plays[number])
        ].tolist()
        return ids


def stretches(
    selection: Selection, per: Per, gap_ms: int, only: frozenset[int] | None = None
) -> Stretches:
    """Return the stretches of some plays; a silence longer than `gap_ms` ends one.

    A play is taken to sound from its start for as long as it was played. One that sounded in
    several rooms counts in each. `only` are the row ids of listeners or rooms, if not all of them.
    """
    of, places = _by_room(selection) if per is Per.ROOM else _by_listener(selection)
    if only is not None:
        wanted = np.isin(of, list(only))
        of, places = of[wanted], places[wanted]
    ms = selection.ms_played[places].astype(np.int64)
    starts = selection.starts[places]
    # Groups follow each other: times that only rise make one group's first play far from the last.
    starts += np.cumsum(np.diff(of, prepend=of[:1]) != 0) * _APART
    ends = starts + ms
    first = _first(starts, ends, gap_ms)
    counts = Counts(np.diff(first, append=len(starts)), _each(np.add, ms, first))
    return Stretches(
        of[first],
        starts[first] % _APART,
        _each(np.maximum, ends, first) % _APART,
        counts,
        selection.play[places],
        first,
    )


def _first(starts: Times, ends: Times, gap_ms: int) -> NDArray[np.int64]:
    """Return where stretches begin, among plays whose starts ascend."""
    if not len(starts):
        return np.empty(0, np.int64)
    # Only a play that starts late enough after the one before can begin one. There are few.
    may = np.flatnonzero(np.diff(starts) > gap_ms) + 1
    may = np.concatenate([np.zeros(1, np.int64), may])
    heard_until = np.maximum.accumulate(np.maximum.reduceat(ends, may))
    does = np.ones(len(may), np.bool_)
    # A long play may have gone on over those that began after it.
    does[1:] = starts[may[1:]] - heard_until[:-1] > gap_ms
    return may[does]


def _each(fold: np.ufunc, column: Times, first: NDArray[np.int64]) -> Times:
    return fold.reduceat(column, first) if len(first) else column[:0]


def _by_listener(selection: Selection) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return listeners and the places of their plays, in this order."""
    listener = selection.listener
    places = np.argsort(listener, kind="stable")
    return listener[places], places


def _by_room(selection: Selection) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return rooms and the places of the plays in them, in this order."""
    places, rooms = selection.in_rooms()
    # To sort numbers is several times as fast as to sort by two columns.
    size = max(1, len(selection))
    both = np.sort(rooms.astype(np.int64) * size + places)
    return both // size, both % size
