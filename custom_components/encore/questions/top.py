"""Question: which tracks, artists, albums, shows, rooms or sources were played most."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.model import By, TopEntry, TopOf, Total
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.ranges import NamedWindow
from .active_plays import counted_under_way, total_with
from .answer import Answer, AnsweredTrack, entry_data, total_data, tracks_of_top
from .parameters import BY, LIMIT, LISTED, SPOKEN, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_data, window_of

OF: Final = Described(
    Form.CHOICE,
    "Of",
    "What to rank: tracks, artists, albums, shows, rooms or sources.",
    "artists",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopParameters(WindowParameters):
    """What is ranked, whose, where, when, and how many places to name."""

    of: Annotated[TopOf, OF] = TopOf.TRACKS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopAnswer(Answer):
    """The most played, first to last."""

    when: NamedWindow
    of: TopOf
    by: By
    entries: tuple[TopEntry, ...]
    total: Total
    """Of the whole window."""
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
            "window": window_data(self.scope, self.when),
            **self.scope.as_data(),
            "of": str(self.of),
            "by": str(self.by),
            "total": total_data(self.total),
            "top": [
                {"place": place, **entry_data(entry)}
                for place, entry in enumerate(self.entries, start=1)
            ],
        }


class Top(Question[TopParameters, TopAnswer]):
    """The top of a window, by plays or minutes."""

    key = "top"
    title = "Top of a window"
    description = "Answers which tracks, artists, albums, shows, rooms or sources were played most in a window."
    icon = "mdi:podium-gold"
    declares = TopParameters
    holds_tracks = True

    @override
    def answer(
        self, queries: HistoryQueries, asked: TopParameters, query_context: QueryContext
    ) -> TopAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        under_way = counted_under_way(queries, query_context, scope, when.window)
        entries = queries.top(
            when.window,
            asked.of,
            by=asked.by,
            limit=asked.limit or LISTED,
            beside=under_way,
            **scope.filters,
        )
        return TopAnswer(
            scope=scope,
            when=when,
            of=asked.of,
            by=asked.by,
            entries=tuple(entries),
            total=total_with(
                queries.total(when.window, **scope.filters), under_way, scope
            ),
            limit=asked.limit,
        )
