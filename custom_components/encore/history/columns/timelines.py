"""Counts by the hour, day, week, month or year, of the local calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .counts import Counts, summed_at

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


def with_more(
    timeline: Timeline,
    more: Sequence[tuple[datetime, int]],
    step: Step,
    first_weekday: int = 0,
) -> Timeline:
    """Return a timeline that counts more plays, each with its local start and how long (ms) it sounded."""
    if not more:
        return timeline
    unit = "M8[h]" if step is Step.HOUR else "M8[D]"
    moments = np.array([start.replace(tzinfo=None) for start, _ in more], unit)
    starts, places = np.unique(
        np.concatenate(
            [timeline.starts, begun(moments.astype("M8[s]"), step, first_weekday)]
        ),
        return_inverse=True,
    )
    before = timeline.counts
    plays = np.concatenate([before.plays, np.ones(len(more), np.int64)])
    ms = np.concatenate([before.ms_played, np.array([ms for _, ms in more], np.int64)])
    return Timeline(starts, summed_at(places, plays, ms, len(starts)))
