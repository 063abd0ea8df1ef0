"""Question: was more played in one time range than in another."""

from dataclasses import dataclass, field
from typing import Annotated, Final, override

from ..history.model import By, TopOf
from ..history.time_ranges.ranges import NamedWindow, resolve_window
from .base.answer import (
    Amount,
    AnsweredWindow,
    Entry,
    WindowAnswer,
    change_percent,
    entries_of,
)
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA
from .base.scope import WindowParameters
from .top import OF

COMPARED_WITH: Final = Described(
    Form.WINDOW,
    "Compared with",
    "The time period to compare with. Default: last_month.",
    "last_year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonParameters(WindowParameters):
    """Two windows, whose plays, where, and what tops of both to name."""

    compared_with: Annotated[str | None, COMPARED_WITH] = None
    of: Annotated[TopOf, OF] = TopOf.ARTISTS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonAnswer(WindowAnswer):
    """What two windows come to."""

    other: NamedWindow = field(metadata=NOT_DATA)
    compared_with: AnsweredWindow
    of: TopOf
    by: By
    total: Amount
    other_total: Amount
    change_percent: int | None
    top: tuple[Entry, ...]
    other_top: tuple[Entry, ...]


class Comparison(WindowQuestion[ComparisonParameters, ComparisonAnswer]):
    """Two windows beside each other."""

    key = "comparison"
    action = "get_comparison"
    title = "Comparison"
    description = "Compares two time periods: how much was played, and what was played most in both."
    icon = "mdi:scale-balance"
    usual_window = "this_month"

    @override
    def answer_within(self, query: Query[ComparisonParameters]) -> ComparisonAnswer:
        queries, asked, query_context, scope, when = query
        other = resolve_window(asked.compared_with or "last_month", query_context.clock)

        def top(of: NamedWindow) -> tuple[Entry, ...]:
            limit = asked.limit or LISTED
            return entries_of(
                queries.top(
                    of.window, asked.of, by=asked.by, limit=limit, **scope.filters
                )
            )

        total = queries.total(when.window, **scope.filters)
        other_total = queries.total(other.window, **scope.filters)

        return ComparisonAnswer(
            scope=scope,
            when=when,
            other=other,
            compared_with=AnsweredWindow.of(scope, other),
            of=asked.of,
            by=asked.by,
            total=Amount.of(total),
            other_total=Amount.of(other_total),
            change_percent=change_percent(total, other_total, asked.by),
            top=top(when),
            other_top=top(other),
        )
