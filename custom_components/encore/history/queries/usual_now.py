"""What is usually played at this hour of this weekday."""

from datetime import datetime, tzinfo
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..columns.columns import Flags
from ..columns.counts import Counts, counted_at
from ..columns.selection import HOURS_OF_WEEK, Selection
from ..columns.timelines import THURSDAY
from ..time_ranges.utc_offsets import offsets_of

NEAR_HOURS: Final = 1
"""So many hours before and after belong to an hour: habits are not punctual."""
ENOUGH: Final = 5
"""Different tracks that make a habit."""


def usual(plays: Selection, zone: tzinfo, local: datetime) -> Counts:
    """Return how often each track was played around a local time: on its weekday, where that are too few on any day, else ever."""
    hours = _hours_of_week(plays, zone)
    this = local.weekday() * 24 + local.hour
    for period in (HOURS_OF_WEEK, 24):
        near = _apart(hours, this, period) <= NEAR_HOURS
        if len(np.unique(plays.track[near])) >= ENOUGH:
            return _counted(plays, near)
    return _counted(plays, np.ones(len(plays), np.bool_))


def _hours_of_week(plays: Selection, zone: tzinfo) -> NDArray[np.int64]:
    """Return the local hour of the week in which each began; Monday at midnight is 0."""
    since, ahead = offsets_of(zone)
    seconds = plays.seconds.astype(np.int64)
    local = seconds + ahead[np.searchsorted(since, seconds, "right") - 1]
    hours: NDArray[np.int64] = (local // 3600 + 24 * THURSDAY) % HOURS_OF_WEEK
    return hours


def _apart(hours: NDArray[np.int64], this: int, period: int) -> NDArray[np.int64]:
    """Return how many hours lie between, either way round."""
    half = period // 2
    apart: NDArray[np.int64] = np.abs((hours - this + half) % period - half)
    return apart


def _counted(plays: Selection, chosen: Flags) -> Counts:
    return counted_at(plays.track[chosen], plays.ms_played[chosen], len(plays.tracks))
