"""Question: what was played for the first time."""

from dataclasses import dataclass
from typing import Annotated, Final, override

import numpy as np

from ..history.columns.ranking import KINDS_RANKED
from ..history.model import By, TopEntry, TopOf, Total, Window
from ..history.queries.history_queries import HistoryQueries
from .answer import AnsweredTrack, WindowAnswer, entry_data, total_data, tracks_of_top
from .parameters import BY, LIMIT, LISTED, SPOKEN, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of

OF_NEW: Final = Described(
    Form.CHOICE,
    "Of",
    "What was new: tracks, artists, albums, shows, rooms or sources.",
    "artists",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveriesParameters(WindowParameters):
    """What was new, for whom, where, when, and how many to name."""

    of: Annotated[TopOf, OF_NEW] = TopOf.ARTISTS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveriesAnswer(WindowAnswer):
    """What had no play before the window, the most played in it first."""

    of: TopOf
    by: By
    total: Total
    """Of the whole window."""
    new: int
    different: int
    """How many things were played, the new ones among them."""
    entries: tuple[TopEntry, ...]
    limit: int | None

    @property
    def spoken(self) -> tuple[TopEntry, ...]:
        """What is named."""
        return self.entries[: self.limit or SPOKEN]

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(self.of, self.entries)

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "of": str(self.of),
            "by": str(self.by),
            "total": total_data(self.total),
            "new": self.new,
            "different": self.different,
            "discoveries": [entry_data(entry) for entry in self.entries],
        }


class Discoveries(Question[DiscoveriesParameters, DiscoveriesAnswer]):
    """The things whose first play, of those that pass the filters, lies in the window."""

    key = "discoveries"
    title = "Discoveries"
    description = "Answers what was heard for the first time in a window."
    icon = "mdi:compass-outline"
    declares = DiscoveriesParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: DiscoveriesParameters,
        query_context: QueryContext,
    ) -> DiscoveriesAnswer:
        when = window_of(asked, query_context, default="this_month")
        scope = scope_of(queries, asked, query_context)
        filters = scope.filters
        total = queries.total(when.window, **filters)
        kinds = KINDS_RANKED.get(asked.of) if filters["kinds"] is None else None
        now = queries.select(when.window, **filters).by(asked.of, kinds)
        before = queries.select(Window(0, when.window.start), **filters).by(
            asked.of, kinds
        )
        # Both count all things that the store knows, or all up to their last.
        known = np.zeros(len(now.plays), np.bool_)
        both = min(len(now.plays), len(before.plays))
        known[:both] = before.plays[:both] > 0
        new = now.where(~known)
        return DiscoveriesAnswer(
            scope=scope,
            when=when,
            of=asked.of,
            by=asked.by,
            total=total,
            new=int(np.count_nonzero(new.plays)),
            different=int(np.count_nonzero(now.plays)),
            entries=tuple(
                queries.ranked(asked.of, new, asked.by, asked.limit or LISTED)
            ),
            limit=asked.limit,
        )
