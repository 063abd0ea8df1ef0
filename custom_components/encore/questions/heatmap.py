"""Question: at which hours of the week was something played."""

from dataclasses import dataclass
from typing import Annotated, override

import numpy as np
from numpy.typing import NDArray

from ..history.model import By, Total
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.ranges import WEEKDAYS
from .answer import WindowAnswer, total_data
from .parameters import BY
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapParameters(WindowParameters):
    """Whose plays, where, when, and what is counted."""

    by: Annotated[By, BY] = By.PLAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatmapAnswer(WindowAnswer):
    """The 168 hours of a week, by the clock of the home."""

    by: By
    total: Total
    plays: NDArray[np.int64]
    """Plays that began in each hour; Monday at midnight is first."""
    ms_played: NDArray[np.int64]

    @property
    def busiest(self) -> int | None:
        """The hour of the week with the most; of equal ones the first."""
        if not self.total.plays:
            return None
        counted = self.plays if self.by is By.PLAYS else self.ms_played
        return int(counted.argmax())

    @override
    def as_data(self) -> dict[str, object]:
        counted = self.plays
        if self.by is By.MINUTES:
            counted = np.rint(self.ms_played / 60_000).astype(np.int64)
        first = self.scope.clock.first_weekday
        days = dict(zip(WEEKDAYS, counted.reshape(7, 24).tolist(), strict=True))
        return {
            **self.about,
            "by": str(self.by),
            "total": total_data(self.total),
            "hours": {day: days[day] for day in (*WEEKDAYS[first:], *WEEKDAYS[:first])},
            "busiest": self._hour(self.busiest),
        }

    def _hour(self, hour: int | None) -> dict[str, object] | None:
        if hour is None:
            return None
        total = Total(int(self.plays[hour]), int(self.ms_played[hour]))
        return {
            "weekday": WEEKDAYS[hour // 24],
            "hour": hour % 24,
            **total_data(total),
        }


class Heatmap(Question[HeatmapParameters, HeatmapAnswer]):
    """When in the week plays begin."""

    key = "heatmap"
    title = "Hours of the week"
    description = (
        "Answers at which hours of the week something was played, as weekday by hour."
    )
    icon = "mdi:grid"
    declares = HeatmapParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: HeatmapParameters,
        query_context: QueryContext,
    ) -> HeatmapAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        plays = queries.select(when.window, **scope.filters)
        hours = plays.hours_of_week(query_context.clock.zone)
        return HeatmapAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=plays.total(),
            plays=hours.plays,
            ms_played=hours.ms_played,
        )
