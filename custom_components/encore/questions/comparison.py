"""Question: was more played in one time range than in another."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.model import By, TopEntry, TopOf, Total
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.ranges import NamedWindow, resolve_window
from .answer import WindowAnswer, entry_data, total_data
from .parameters import BY, LIMIT, LISTED, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_data, window_of
from .top import OF

COMPARED_WITH: Final = Described(
    Form.WINDOW,
    "Compared with",
    "The window to compare with, by its name: last_month if left out.",
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

    other: NamedWindow
    of: TopOf
    by: By
    total: Total
    other_total: Total
    top: tuple[TopEntry, ...]
    other_top: tuple[TopEntry, ...]

    @property
    def percent(self) -> int | None:
        """By how much the first is more (or, below zero, less) than the other; None if that is empty."""
        mine, others = (
            total.plays if self.by is By.PLAYS else total.ms_played
            for total in (self.total, self.other_total)
        )
        return round(100 * (mine - others) / others) if others else None

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "compared_with": window_data(self.scope, self.other),
            "of": str(self.of),
            "by": str(self.by),
            "total": total_data(self.total),
            "other_total": total_data(self.other_total),
            "change_percent": self.percent,
            "top": [entry_data(entry) for entry in self.top],
            "other_top": [entry_data(entry) for entry in self.other_top],
        }


class Comparison(Question[ComparisonParameters, ComparisonAnswer]):
    """Two windows beside each other."""

    key = "comparison"
    title = "Comparison"
    description = "Answers whether more was played in one window than in another, and what was played most in both."
    icon = "mdi:scale-balance"
    declares = ComparisonParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: ComparisonParameters,
        query_context: QueryContext,
    ) -> ComparisonAnswer:
        when = window_of(asked, query_context, default="this_month")
        other = resolve_window(asked.compared_with or "last_month", query_context.clock)
        scope = scope_of(queries, asked, query_context)

        def top(of: NamedWindow) -> tuple[TopEntry, ...]:
            limit = asked.limit or LISTED
            return tuple(
                queries.top(
                    of.window, asked.of, by=asked.by, limit=limit, **scope.filters
                )
            )

        return ComparisonAnswer(
            scope=scope,
            when=when,
            other=other,
            of=asked.of,
            by=asked.by,
            total=queries.total(when.window, **scope.filters),
            other_total=queries.total(other.window, **scope.filters),
            top=top(when),
            other_top=top(other),
        )
