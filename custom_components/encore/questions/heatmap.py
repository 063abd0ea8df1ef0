"""Question: at which hours of the week was something played."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, override

import numpy as np
from numpy.typing import NDArray

from ..history.columns.counts import Counts
from ..history.model import By
from ..history.time_ranges.ranges import WEEKDAYS
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY, Described, Form
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters
from .weekdays import days_in

_HOURS: Final = np.arange(7 * 24)
"""Of a week; Monday at midnight is 0."""
_WEEKEND: Final = 5
"""The first day of a weekend; Monday is 0."""
_PARTS: Final = {
    "morning": (5, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (0, 5),
}
"""Hours of the parts of a day; unlike the time ranges of these names, none overlaps another."""


class HeatmapStep(StrEnum):
    """What the hours of a week are summed up to."""

    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    WEEKDAY_OR_WEEKEND = "weekday_or_weekend"


STEP: Final = Described(
    Form.CHOICE,
    "What to compare: hours of the day, parts of the day, or weekdays with weekends. Default: each hour of the week.",
    "part_of_day",
    title="Compare",
)


class HeatmapParameters(WindowParameters):
    """Whose plays, where, when, and what is counted."""

    by: Annotated[By, BY] = By.PLAYS
    step: Annotated[HeatmapStep | None, STEP] = None


class PartOfWeek(Amount, frozen=True, kw_only=True):
    """What began in the hours of one part, such as the evenings of a week."""

    part: str
    """An hour of the day (0 to 23), or the name of the part."""
    days: int
    """On how many days, of those that are recorded, the part was."""

    @property
    def plays_a_day(self) -> int:
        """The plays on one such day, in whole plays."""
        return round(self.plays / max(self.days, 1))

    @property
    def ms_a_day(self) -> int:
        """How long was played on one such day, in ms."""
        return round(self.ms_played / max(self.days, 1))


class BusiestHour(Amount, frozen=True, kw_only=True):
    """The hour of the week with the most plays or minutes; of equal ones the first."""

    weekday: str
    hour: int


class HeatmapAnswer(WindowAnswer, kw_only=True):
    """The 168 hours of a week, by the clock of the home."""

    by: By
    total: Amount
    hours: dict[str, list[int]]
    """Plays or minutes that began in each hour of the day, by weekday, in the order of a week."""
    busiest: BusiestHour | None
    step: HeatmapStep | None
    parts: tuple[PartOfWeek, ...]
    """The sums that were asked for, the one with the most on a day first; of equal ones the earlier."""

    @property
    def busiest_hour(self) -> int | None:
        """The busiest hour of the week; Monday at midnight is 0."""
        if (busiest := self.busiest) is None:
            return None
        return WEEKDAYS.index(busiest.weekday) * 24 + busiest.hour


class Heatmap(WindowQuestion[HeatmapParameters, HeatmapAnswer]):
    """When in the week plays begin."""

    action = "get_heatmap"
    title = "Listening by hour"
    description = (
        "Returns at which hours of the week something was played, by weekday and hour."
    )

    @override
    def answer_within(self, query: Query[HeatmapParameters]) -> HeatmapAnswer:
        queries, asked, query_context, scope, when = query
        plays = queries.select(when.window, **scope.filters)
        hours = plays.hours_of_week(query_context.clock.zone)
        counted = sizes = hours.plays
        if asked.by is By.MINUTES:
            sizes = hours.ms_played
            counted = np.rint(sizes / 60_000).astype(np.int64)
        days = dict(zip(WEEKDAYS, counted.reshape(7, 24).tolist(), strict=True))
        first = scope.clock.first_weekday
        busiest = None
        if len(plays):
            most = int(sizes.argmax())
            busiest = BusiestHour.of(
                hours.of(most), weekday=WEEKDAYS[most // 24], hour=most % 24
            )
        return HeatmapAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=Amount.of(plays.total()),
            hours={day: days[day] for day in (*WEEKDAYS[first:], *WEEKDAYS[:first])},
            busiest=busiest,
            step=asked.step,
            parts=()
            if asked.step is None
            else _parts(asked.step, asked.by, hours, days_in(when, scope)),
        )


def _parts(
    step: HeatmapStep, by: By, hours: Counts, days: list[int]
) -> tuple[PartOfWeek, ...]:
    """Return the sums of the parts of a week."""

    def part(name: str, within: NDArray[np.bool_]) -> PartOfWeek:
        total = hours.where(within).total()
        seen = set((_HOURS[within] // 24).tolist())
        return PartOfWeek.of(total, part=name, days=sum(days[day] for day in seen))

    parts = [part(name, within) for name, within in _within(step).items()]
    return tuple(sorted(parts, key=lambda each: -each.size(by) / max(each.days, 1)))


def _within(step: HeatmapStep) -> Mapping[str, NDArray[np.bool_]]:
    """Return which hours of a week belong to each part."""
    hour = _HOURS % 24
    match step:
        case HeatmapStep.HOUR:
            return {str(each): hour == each for each in range(24)}
        case HeatmapStep.PART_OF_DAY:
            return {
                name: (hour >= first) & (hour < after)
                for name, (first, after) in _PARTS.items()
            }
        case HeatmapStep.WEEKDAY_OR_WEEKEND:
            weekend = _HOURS // 24 >= _WEEKEND
            return {"weekday": ~weekend, "weekend": weekend}
