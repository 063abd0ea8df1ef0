"""Question: how much was played in each hour, day, week, month or year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, override

from ..history.columns.timelines import Step, with_more
from ..history.model import By, Total
from ..history.queries.history_queries import HistoryQueries
from .active_plays import began_and_sounded, counted_under_way, total_with
from .answer import WindowAnswer, total_data
from .parameters import BY, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of

STEP: Final = Described(
    Form.CHOICE, "Step", "What to count by: hour, day, week, month or year.", "month"
)
STEPS: Final = Described(
    Form.COUNT,
    "Limit",
    "How many steps to return, the latest; 366 if left out.",
    12,
    most=10_000,
)
RETURNED: Final = 366

_LENGTHS: Final = {
    Step.HOUR: len("2026-07-14T22:00"),
    Step.DAY: len("2026-07-14"),
    Step.WEEK: len("2026-07-14"),
    Step.MONTH: len("2026-07"),
    Step.YEAR: len("2026"),
}
"""How much of an ISO 8601 date with its time names a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineParameters(WindowParameters):
    """Whose plays, where, when, and in which steps."""

    step: Annotated[Step, STEP] = Step.DAY
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, STEPS] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineAnswer(WindowAnswer):
    """The steps in which something was played, the latest last."""

    step: Step
    by: By
    total: Total
    """Of the whole window."""
    steps: tuple[tuple[datetime, Total], ...]
    """When each begins by the wall clock, without a zone, and what was played in it."""
    busiest: tuple[datetime, Total] | None
    """The one of all with the most plays or minutes; of equal ones the first."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "step": str(self.step),
            "by": str(self.by),
            "total": total_data(self.total),
            "steps": [self._step(*each) for each in self.steps],
            "busiest": self._step(*self.busiest) if self.busiest else None,
        }

    def _step(self, start: datetime, total: Total) -> dict[str, object]:
        return {"start": start.isoformat()[: _LENGTHS[self.step]], **total_data(total)}


class Timeline(Question[TimelineParameters, TimelineAnswer]):
    """The plays of a window in steps."""

    key = "timeline"
    title = "Timeline"
    description = "Answers how much was played in each hour, day, week, month or year of a window."
    icon = "mdi:chart-timeline-variant"
    declares = TimelineParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: TimelineParameters,
        query_context: QueryContext,
    ) -> TimelineAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        plays = queries.select(when.window, **scope.filters)
        clock = query_context.clock
        under_way = counted_under_way(queries, query_context, scope, when.window)
        found = with_more(
            plays.by_step(asked.step, clock.zone, clock.first_weekday),
            began_and_sounded(under_way, scope, clock),
            asked.step,
            clock.first_weekday,
        )
        counts = found.counts

        def steps(some: slice) -> tuple[tuple[datetime, Total], ...]:
            columns = (found.starts, counts.plays, counts.ms_played)
            return tuple(
                (start, Total(plays, ms))
                for start, plays, ms in zip(
                    *(column[some].tolist() for column in columns), strict=True
                )
            )

        size = len(found.starts)
        counted = counts.plays if asked.by is By.PLAYS else counts.ms_played
        most = int(counted.argmax()) if size else 0
        first = max(0, size - (asked.limit or RETURNED))
        return TimelineAnswer(
            scope=scope,
            when=when,
            step=asked.step,
            by=asked.by,
            total=total_with(plays.total(), under_way, scope),
            steps=steps(slice(first, size)),
            busiest=steps(slice(most, most + 1))[0] if size else None,
        )
