"""Counts by the hour, day, week, month or year, of the local calendar."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .counts import Counts

THURSDAY: Final = 3
"""The weekday of 1970-01-01; Monday is 0."""


class Step(StrEnum):
    """What a timeline counts by."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each step with plays begins by the wall clock (ascending), and its counts."""

    starts: NDArray[np.datetime64]
    counts: Counts


def begun(
    moments: NDArray[np.datetime64], step: Step, first_weekday: int
) -> NDArray[np.datetime64]:
    """Return when the steps began that local moments lie in."""
    match step:
        case Step.MONTH | Step.YEAR:
            unit = "M8[M]" if step is Step.MONTH else "M8[Y]"
            return moments.astype(unit).astype("M8[s]")
        case Step.WEEK:
            days = moments.astype("M8[D]")
            weekdays = (days.astype(np.int64) + THURSDAY - first_weekday) % 7
            return (days - weekdays).astype("M8[s]")
        case _:
            return moments
