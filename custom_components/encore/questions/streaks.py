"""Question: on how many days in a row was something played."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, override

import numpy as np
from numpy.typing import NDArray

from ..history.model import Total
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.local_clock import DAY
from .answer import WindowAnswer, total_data
from .parameters import LIMIT, LISTED
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of

_ONE_DAY: Final = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class StreaksParameters(WindowParameters):
    """Whose plays, where, when, and how many of the longest streaks to name."""

    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True)
class Streak:
    """Local days in a row on which something began."""

    first: date
    days: int

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.first + (self.days - 1) * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class StreaksAnswer(WindowAnswer):
    """The longest streaks, and the one that goes on."""

    total: Total
    days: int
    """All days on which something began."""
    longest: tuple[Streak, ...]
    """The longest first, of equal ones the earliest."""
    current: Streak | None
    """The one that reaches until today or yesterday."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "total": total_data(self.total),
            "days": self.days,
            "current": _data(self.current) if self.current else None,
            "streaks": [_data(streak) for streak in self.longest],
        }


class Streaks(Question[StreaksParameters, StreaksAnswer]):
    """Days in a row with a play."""

    key = "streaks"
    title = "Streaks"
    description = "Answers on how many days in a row something was played in a window."
    icon = "mdi:fire"
    declares = StreaksParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: StreaksParameters,
        query_context: QueryContext,
    ) -> StreaksAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        plays = queries.select(when.window, **scope.filters)
        days = plays.by_day(query_context.clock.zone).starts.astype("M8[D]")
        streaks = streaks_of(days)
        longest = sorted(streaks, key=lambda streak: -streak.days)
        current = None
        if streaks and streaks[-1].last >= query_context.clock.today - DAY:
            current = streaks[-1]
        return StreaksAnswer(
            scope=scope,
            when=when,
            total=plays.total(),
            days=len(days),
            longest=tuple(longest[: asked.limit or LISTED]),
            current=current,
        )


def streaks_of(days: NDArray[np.datetime64]) -> list[Streak]:
    """Return the streaks of some days, which are in order, from the earliest to the latest."""
    begins = np.flatnonzero(np.diff(days, prepend=days[:1] - 2 * _ONE_DAY) != _ONE_DAY)
    lengths = np.diff(begins, append=len(days))
    return [
        Streak(days[begin].item(), int(length))
        for begin, length in zip(begins, lengths, strict=True)
    ]


def _data(streak: Streak) -> dict[str, object]:
    return {
        "first": streak.first.isoformat(),
        "last": streak.last.isoformat(),
        "days": streak.days,
    }
