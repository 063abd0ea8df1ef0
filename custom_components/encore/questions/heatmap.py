"""Question: at which hours of the week was something played."""

from dataclasses import dataclass
from typing import Annotated, override

import numpy as np

from ..history.model import By, Total
from ..history.time_ranges.ranges import WEEKDAYS
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapParameters(WindowParameters):
    """Whose plays, where, when, and what is counted."""

    by: Annotated[By, BY] = By.PLAYS


class BusiestHour(Amount, frozen=True, kw_only=True):
    """The hour of the week with the most plays or minutes; of equal ones the first."""

    weekday: str
    hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapAnswer(WindowAnswer):
    """The 168 hours of a week, by the clock of the home."""

    by: By
    total: Amount
    hours: dict[str, list[int]]
    """Plays or minutes that began in each hour of the day, by weekday, in the order of a week."""
    busiest: BusiestHour | None

    @property
    def busiest_hour(self) -> int | None:
        """The busiest hour of the week; Monday at midnight is 0."""
        if (busiest := self.busiest) is None:
            return None
        return WEEKDAYS.index(busiest.weekday) * 24 + busiest.hour


class Heatmap(WindowQuestion[HeatmapParameters, HeatmapAnswer]):
    """When in the week plays begin."""

    key = "heatmap"
    action = "get_heatmap"
    title = "Hours of the week"
    description = (
        "Returns at which hours of the week something was played, by weekday and hour."
    )
    icon = "mdi:grid"

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
            total = Total(int(hours.plays[most]), int(hours.ms_played[most]))
            busiest = BusiestHour.of(
                total, weekday=WEEKDAYS[most // 24], hour=most % 24
            )
        return HeatmapAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=Amount.of(plays.total()),
            hours={day: days[day] for day in (*WEEKDAYS[first:], *WEEKDAYS[:first])},
            busiest=busiest,
        )
