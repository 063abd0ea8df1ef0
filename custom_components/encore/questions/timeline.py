"""Question: how much was played in each hour, day, week, month or year."""

from dataclasses import field
from datetime import datetime
from typing import Annotated, Final, override

from ..history.columns.timelines import Step, with_more
from ..history.model import By
from .base.active_plays import began_and_sounded, counted_under_way, total_with
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA, Minutes
from .base.scope import WindowParameters

STEP: Final = Described(
    Form.CHOICE,
    "What to count by: hour, day, week, month or year.",
    "month",
    title="Interval",
)
STEPS: Final = Described(
    Form.COUNT,
    "Maximum number of steps; the latest are returned. Default: 366.",
    12,
    most=10_000,
)
RETURNED: Final = 366
SAID: Final = 6
"""How many steps are said one by one; where there are more, the panel shows them."""
_SAID: Final = frozenset({Step.DAY, Step.MONTH, Step.YEAR})
"""Those with a name of their own."""

_LENGTHS: Final = {
    Step.HOUR: len("2026-07-14T22:00"),
    Step.DAY: len("2026-07-14"),
    Step.WEEK: len("2026-07-14"),
    Step.MONTH: len("2026-07"),
    Step.YEAR: len("2026"),
}
"""How much of an ISO 8601 date with its time names a step."""


class TimelineParameters(WindowParameters):
    """Whose plays, where, when, and in which steps."""

    step: Annotated[Step, STEP] = Step.DAY
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, STEPS] = None


class StepAmount(Amount, frozen=True, kw_only=True):
    """What was played in one step."""

    start: str
    """When it begins by the wall clock, in ISO 8601 as far as that names the step."""


class TimelineAnswer(WindowAnswer, kw_only=True):
    """The steps in which something was played, the latest last."""

    step: Step
    by: By
    total: Amount
    """Of the whole window."""
    steps: tuple[StepAmount, ...]
    busiest: StepAmount | None
    """The one of all with the most plays or minutes; of equal ones the first."""
    busiest_start: datetime | None = field(metadata=NOT_DATA)
    """When it begins by the wall clock, without a zone."""
    said_starts: tuple[datetime, ...] = field(metadata=NOT_DATA)
    """When each of the steps begins, where there are several, and few enough to be said."""


class Timeline(WindowQuestion[TimelineParameters, TimelineAnswer]):
    """The plays of a window in steps."""

    action = "get_timeline"
    description = "Returns how much was played in each hour, day, week, month or year of a time period."

    @override
    def answer_within(self, query: Query[TimelineParameters]) -> TimelineAnswer:
        queries, asked, query_context, scope, when = query
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

        def steps(some: slice) -> tuple[StepAmount, ...]:
            columns = (found.starts, counts.plays, counts.ms_played)
            length = _LENGTHS[asked.step]
            return tuple(
                StepAmount(
                    plays=plays,
                    minutes=Minutes.of(ms),
                    start=start.isoformat()[:length],
                )
                for start, plays, ms in zip(
                    *(column[some].tolist() for column in columns), strict=True
                )
            )

        size = len(found.starts)
        counted = counts.plays if asked.by is By.PLAYS else counts.ms_played
        most = int(counted.argmax()) if size else 0
        first = max(0, size - (asked.limit or RETURNED))
        some = slice(first, size)
        return TimelineAnswer(
            scope=scope,
            when=when,
            step=asked.step,
            by=asked.by,
            total=Amount.of(total_with(plays.total(), under_way, scope)),
            steps=steps(some),
            busiest=steps(slice(most, most + 1))[0] if size else None,
            busiest_start=found.starts[most].item() if size else None,
            said_starts=tuple(found.starts[some].tolist())
            if asked.step in _SAID and 1 < size - first <= SAID
            else (),
        )
