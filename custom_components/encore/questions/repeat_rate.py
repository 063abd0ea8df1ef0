"""Question: how much of what was played had been played before."""

from typing import Annotated, override

import numpy as np

from ..history.model import By, TopOf
from .base.answer import (
    Amount,
    AnsweredTrack,
    Entry,
    ListAnswer,
    entries_of,
    share,
    tracks_of_top,
)
from .base.parameters import BY, LIMIT, LISTED
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters


class RepeatRateParameters(WindowParameters):
    """Whose plays, where, when, and how many of the most repeated to name."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


class RepeatRateAnswer(ListAnswer, kw_only=True):
    """How many plays were not the first of their item."""

    listed = "most_repeated"

    by: By
    total: Amount
    different: int
    """How many items were played."""
    repeats: int
    """The plays beyond the first of each."""
    repeat_rate: float | None
    """The share of plays that were repeats."""
    most_repeated: tuple[Entry, ...]
    """What was played more than once, the most played first."""

    @property
    def percent(self) -> int:
        """The share of plays that were repeats."""
        return round(100 * self.repeats / self.total.plays) if self.total.plays else 0

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.most_repeated)


class RepeatRate(WindowQuestion[RepeatRateParameters, RepeatRateAnswer]):
    """The share of repeats among the plays of a window."""

    action = "get_repeat_rate"
    description = "Returns the share of repeated plays in a time period, and what was repeated most."
    holds_tracks = True

    @override
    def answer_within(self, query: Query[RepeatRateParameters]) -> RepeatRateAnswer:
        queries, asked, _, scope, when = query
        plays = queries.select(when.window, **scope.filters)
        counts = plays.by(TopOf.TRACKS)
        total = plays.total()
        different = int(np.count_nonzero(counts.plays))
        again = counts.where(counts.plays > 1)
        return RepeatRateAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=Amount.of(total),
            different=different,
            repeats=total.plays - different,
            repeat_rate=share(total.plays - different, total.plays),
            most_repeated=entries_of(
                queries.ranked(TopOf.TRACKS, again, asked.by, asked.limit or LISTED)
            ),
            limit=asked.limit,
        )
