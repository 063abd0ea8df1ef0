"""Question: on how many days in a row was something played."""

from datetime import date
from typing import Annotated, Final, override

from msgspec import Struct
import numpy as np
from numpy.typing import NDArray

from ..history.time_ranges.local_clock import DAY
from .base.answer import Amount, WindowAnswer
from .base.parameters import LIMIT, LISTED
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters

_ONE_DAY: Final = np.timedelta64(1, "D")


class StreaksParameters(WindowParameters):
    """Whose plays, where, when, and how many of the longest streaks to name."""

    limit: Annotated[int | None, LIMIT] = None


class Streak(Struct, frozen=True, kw_only=True):
    """Local days in a row on which something began."""

    first: date
    last: date
    days: int


class StreaksAnswer(WindowAnswer, kw_only=True):
    """The longest streaks, and the one that goes on."""

    total: Amount
    days: int
    """All days on which something began."""
    current: Streak | None
    """The one that reaches until today or yesterday."""
    streaks: tuple[Streak, ...]
    """The longest first, of equal ones the earliest."""


class Streaks(WindowQuestion[StreaksParameters, StreaksAnswer]):
    """Days in a row with a play."""

    action = "get_streaks"
    title = "Listening streaks"
    description = (
        "Returns the days in a row on which something was played in a time period."
    )

    @override
    def answer_within(self, query: Query[StreaksParameters]) -> StreaksAnswer:
        queries, asked, query_context, scope, when = query
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
            total=Amount.of(plays.total()),
            days=len(days),
            current=current,
            streaks=tuple(longest[: asked.limit or LISTED]),
        )


def streaks_of(days: NDArray[np.datetime64]) -> list[Streak]:
    """Return the streaks of some days, which are in order, from the earliest to the latest."""
    begins = np.flatnonzero(np.diff(days, prepend=days[:1] - 2 * _ONE_DAY) != _ONE_DAY)
    lengths = np.diff(begins, append=len(days))
    return [
        Streak(
            first=days[begin].item(),
            last=days[begin + length - 1].item(),
            days=int(length),
        )
        for begin, length in zip(begins, lengths, strict=True)
    ]
