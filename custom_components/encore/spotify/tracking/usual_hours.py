"""The usual hours of a listener, learned from their plays."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, Self, final

import numpy as np
from numpy.typing import NDArray

from ...history.columns.timelines import THURSDAY
from ...history.model import Window
from ...history.queries.history_queries import HistoryQueries
from ...history.time_ranges.utc_offsets import offsets_of

type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]

DAY_MS: Final = 86_400_000
LEARNED_FROM_MS: Final = 8 * 7 * DAY_MS
"""Older habits don't count."""
LEAST_DAYS: Final = 7
"""A listener with fewer days of plays has no usual hours yet."""
WAKING_HOURS: Final = range(7, 23)
"""What is taken to be usual until then, on each day, by the listener's clock."""

USUAL_FROM: Final = 0.3
"""An hour is usual where there was music in this share of its days."""
BEGINS_FROM: Final = 0.05
"""A beginning is expected in a slot around which this many of them were in the mean."""
SLOTS_AN_HOUR: Final = 8
"""In no more slots of any hour: looks at all of them would take more calls than an hour has."""
SESSION_GAP_S: Final = 15 * 60
"""After a silence of this length, a play begins a session."""

_ALL_DAYS: Final = 2
"""All days together count as much as this many days of a weekday: a few weeks say little of a Monday."""
_ALL_BEGINNINGS: Final = 12
"""The same for when sessions begin, of which a weekday has few."""

_BESIDE: Final = 3

_HOUR_S: Final = 3600
_DAY_S: Final = 86_400
_SLOT_S: Final = 300
_HOURS: Final = 24
_SLOTS: Final = 288


@final
@dataclass(frozen=True, slots=True, eq=False)
class UsualHours:
    """What is usual in a local week, which begins on Monday at midnight."""

    zone: tzinfo
    hours: Flags
    """For each of 7 × 24 hours, whether listening is usual."""
    begins: Flags
    """For each of 7 × 288 slots of five minutes, whether a session usually begins there."""
    learned: bool = True
    """False where too little is known of the listener."""

    @classmethod
    def unknown(cls, zone: tzinfo) -> Self:
        """Return what is taken to be usual of somebody of whom nothing is known: waking hours."""
        hours = np.zeros((7, _HOURS), np.bool_)
        hours[:, WAKING_HOURS.start : WAKING_HOURS.stop] = True
        return cls(zone, hours.ravel(), np.zeros(7 * _SLOTS, np.bool_), learned=False)

    def at(self, moment: int) -> bool:
        """Whether a moment (UTC ms) is in an hour in which listening is usual."""
        return bool(self.hours[self._second(moment) // _HOUR_S])

    def begins_at(self, moment: int) -> bool:
        """Whether sessions usually begin around a moment (UTC ms)."""
        return bool(self.begins[self._second(moment) // _SLOT_S])

    def begins_within(self, moment: int, most: int) -> int:
        """Return how long after a moment (UTC ms) sessions usually begin, `most` (ms) if not sooner."""
        step = _SLOT_S * 1000
        into = self._second(moment) % _SLOT_S * 1000
        for after in range(step - into, most, step):
            if self.begins_at(moment + after):
                return after
        return most

    def expected_within(self, moment: int, span: int) -> int:
        """Return for how long of a span after a moment (both ms) sessions usually begin, to five minutes."""
        step = _SLOT_S * 1000
        return sum(
            step for after in range(0, span, step) if self.begins_at(moment + after)
        )

    def hour_began(self, moment: int) -> int:
        """Return when the local hour of a moment began (both UTC ms)."""
        return moment - self._second(moment) % _HOUR_S * 1000 - moment % 1000

    def _second(self, moment: int) -> int:
        """Return the second of the local week."""
        second = _local(np.array([moment // 1000], np.int64), self.zone)
        return int(second[0] + THURSDAY * _DAY_S) % (7 * _DAY_S)


def learn_usual_hours(
    queries: HistoryQueries, listener: str, zone: tzinfo, now: int
) -> UsualHours:
    """Learn what is usual for a listener (by key) from their plays of the weeks before `now` (UTC ms)."""
    plays = queries.select(Window(now - LEARNED_FROM_MS, now), listeners=[listener])
    starts = plays.starts // 1000
    return usual_hours(starts, starts + plays.ms_played // 1000, zone, now // 1000)


def usual_hours(starts: Numbers, ends: Numbers, zone: tzinfo, now: int) -> UsualHours:
    """Learn what is usual from when plays started and ended, ascending, and what time it is: all in seconds of UTC."""
    if not len(starts):
        return UsualHours.unknown(zone)
    starts_here, ends_here = _local(starts, zone), _local(ends, zone)
    first = int(starts_here[0]) // _DAY_S
    # Today is not over; what it has counts.
    days = int(_local(np.array([now], np.int64), zone)[0]) // _DAY_S - first + 1
    if days < LEAST_DAYS:
        return UsualHours.unknown(zone)
    played = np.zeros((days, _HOURS), np.bool_)
    for moments in (starts_here, np.maximum(ends_here - 1, starts_here)):
        hours = moments // _HOUR_S - first * _HOURS
        played.ravel()[np.clip(hours, 0, played.size - 1)] = True
    weekdays = (np.arange(first, first + days) + THURSDAY) % 7
    usual = _by_weekday(played.astype(float), weekdays, _ALL_DAYS) >= USUAL_FROM
    begun = np.zeros((days, _SLOTS))
    silent_before = np.ones(len(starts), np.bool_)
    silent_before[1:] = starts[1:] - np.maximum.accumulate(ends)[:-1] >= SESSION_GAP_S
    slots = starts_here[silent_before] // _SLOT_S - first * _SLOTS
    np.add.at(begun.ravel(), np.clip(slots, 0, begun.size - 1), 1)
    begins = _expected(_by_weekday(begun, weekdays, _ALL_BEGINNINGS))
    return UsualHours(zone, usual.ravel(), begins)


def _by_weekday(
    of_days: NDArray[np.float64], weekdays: Numbers, all_days: int
) -> NDArray[np.float64]:
    """Return the mean of each column for each weekday, drawn towards that of all days as if there were that many more of them."""
    means = np.zeros((7, of_days.shape[1]))
    everyday = of_days.mean(axis=0)
    for weekday in range(7):
        those = of_days[weekdays == weekday]
        means[weekday] = (those.sum(axis=0) + all_days * everyday) / (
            len(those) + all_days
        )
    return means


def _expected(begun: NDArray[np.float64]) -> Flags:
    """Return the slots of a week in which a beginning is expected: the likeliest first, as many as fit into any hour."""
    week = begun.ravel()
    # Habits are not punctual: the slots beside one count too.
    near = np.sum([np.roll(week, by) for by in range(-_BESIDE, _BESIDE + 1)], axis=0)
    expected = np.zeros(len(week), np.bool_)
    an_hour = _SLOTS // _HOURS
    for slot in np.argsort(-near, kind="stable"):
        if near[slot] < BEGINS_FROM:
            break
        around = np.arange(slot - an_hour + 1, slot + an_hour) % len(week)
        chosen = np.cumsum(expected[around])
        # Of all hours that have this slot, the fullest one.
        hours = chosen[an_hour - 1 :] - np.concatenate(([0], chosen[: an_hour - 1]))
        expected[slot] = hours.max() < SLOTS_AN_HOUR
    return expected


def _local(seconds: Numbers, zone: tzinfo) -> Numbers:
    """Return seconds of UTC as seconds of local time."""
    since, ahead = offsets_of(zone)
    local: Numbers = seconds + ahead[np.searchsorted(since, seconds, "right") - 1]
    return local
