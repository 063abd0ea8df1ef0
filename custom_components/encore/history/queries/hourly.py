"""Totals for each hour, and which statistics rows have to be written.

Such rows cannot be taken away, and the sum of each is that of all before it: what changed in one hour changes all
sums from there on.
"""

from dataclasses import dataclass
from datetime import UTC
from typing import Final, Unpack

import numpy as np
from numpy.typing import NDArray

from ..columns.timelines import Step
from ..model import Total
from .filters import Filters
from .history_queries import HistoryQueries
from .visible_plays import EVER

type Numbers = NDArray[np.int64]

_NOT_THERE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Hourly:
    """The hours in which something began, counted from 1970 in UTC and ascending, and what began in each."""

    hours: Numbers
    plays: Numbers
    ms_played: Numbers

    def total(self) -> Total:
        """Return what began in all of them."""
        return Total(int(self.plays.sum()), int(self.ms_played.sum()))


def hourly(queries: HistoryQueries, **filters: Unpack[Filters]) -> Hourly:
    """Return what was played in each hour of UTC; a play counts in the hour in which it STARTED, as in any window."""
    found = queries.select(EVER, **filters).by_step(Step.HOUR, UTC)
    hours = found.starts.astype("M8[h]").astype(np.int64)
    return Hourly(hours, found.counts.plays, found.counts.ms_played)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A row for each of some hours, ascending: what it has, and what all up to it have together."""

    hours: Numbers
    values: Numbers
    sums: Numbers

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.hours)


def sums_of(hours: Numbers, values: Numbers) -> Sums:
    """Return the rows that hours with some values should have."""
    return Sums(hours, values, np.cumsum(values, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """What becomes of rows that were written."""

    after: Sums
    """All rows as they should be; an hour of which nothing is left has 0."""
    first: int
    """The first of them that is not as it was written, and from which on they can be written again."""
    changed: Numbers
    """Which of them have another value, or are new."""
    by: Numbers
    """By how much the values of those are more."""
    adjustable: bool
    """Whether all sums are right once each of those was added to the sums from its hour on."""
    emptied: bool
    """Whether an hour has nothing any more that had something."""

    def __len__(self) -> int:
        """Return how many rows have to be written, without adjustments."""
        return len(self.after) - self.first


def correction(correct: Sums, written: Sums) -> Correction:
    """Return what makes the rows that were written into those that are wanted."""
    hours = np.union1d(correct.hours, written.hours)
    values = np.zeros(len(hours), np.int64)
    values[np.searchsorted(hours, correct.hours)] = correct.values
    after = sums_of(hours, values)
    before, sums = np.full((2, len(hours)), _NOT_THERE, np.int64)
    there = np.searchsorted(hours, written.hours)
    before[there], sums[there] = written.values, written.sums
    differ = np.flatnonzero((before != values) | (sums != after.sums))
    changed = np.flatnonzero(before != values)
    by = values[changed] - np.maximum(before[changed], 0)
    added = np.zeros(len(hours), np.int64)
    added[changed] = by
    follows = (sums + np.cumsum(added) == after.sums)[there]
    return Correction(
        after,
        int(differ[0]) if len(differ) else len(hours),
        changed,
        by,
        adjustable=bool(follows.all()),
        emptied=bool(((before > 0) & (values == 0)).any()),
    )
