"""Question: how much of what was played had been played before."""

from dataclasses import dataclass
from typing import Annotated, override

import numpy as np

from ..history.model import By, TopEntry, TopOf, Total
from ..history.queries.history_queries import HistoryQueries
from .answer import AnsweredTrack, WindowAnswer, entry_data, total_data, tracks_of_top
from .parameters import BY, LIMIT, LISTED, SPOKEN
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRateParameters(WindowParameters):
    """Whose plays, where, when, and how many of the most repeated to name."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRateAnswer(WindowAnswer):
    """How many plays were not the first of their item."""

    total: Total
    different: int
    """How many items were played."""
    repeats: int
    """The plays beyond the first of each."""
    repeated: tuple[TopEntry, ...]
    """What was played more than once, the most played first."""
    by: By
    limit: int | None

    @property
    def percent(self) -> int:
        """The share of plays that were repeats."""
        return round(100 * self.repeats / self.total.plays) if self.total.plays else 0

    @property
    def spoken(self) -> tuple[TopEntry, ...]:
        """What is named."""
        return self.repeated[: self.limit or SPOKEN]

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.repeated)

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "by": str(self.by),
            "total": total_data(self.total),
            "different": self.different,
            "repeats": self.repeats,
            "repeat_rate": round(self.repeats / self.total.plays, 4)
            if self.total.plays
            else None,
            "most_repeated": [entry_data(entry) for entry in self.repeated],
        }


class RepeatRate(Question[RepeatRateParameters, RepeatRateAnswer]):
    """The share of repeats among the plays of a window."""

    key = "repeat_rate"
    title = "Repeat rate"
    description = "Answers how much of what was played in a window had been played in it before, and what was repeated most."
    icon = "mdi:repeat"
    declares = RepeatRateParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: RepeatRateParameters,
        query_context: QueryContext,
    ) -> RepeatRateAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        plays = queries.select(when.window, **scope.filters)
        counts = plays.by(TopOf.TRACKS)
        total = plays.total()
        different = int(np.count_nonzero(counts.plays))
        again = counts.where(counts.plays > 1)
        return RepeatRateAnswer(
            scope=scope,
            when=when,
            total=total,
            different=different,
            repeats=total.plays - different,
            repeated=tuple(
                queries.ranked(TopOf.TRACKS, again, asked.by, asked.limit or LISTED)
            ),
            by=asked.by,
            limit=asked.limit,
        )
