"""Question: which tracks, artists, albums, shows, rooms or sources were played most."""

from dataclasses import replace
from typing import Annotated, Final, override

from ..history.model import By, TopOf
from .base.active_plays import counted_under_way, total_with
from .base.answer import Amount, Entry, RankingAnswer
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters

OF: Final = Described(
    Form.CHOICE,
    "What to rank: tracks, artists, albums, shows, rooms or sources.",
    "artists",
    title="Category",
)


class TopParameters(WindowParameters):
    """What is ranked, whose, where, when, and how many places to name."""

    of: Annotated[TopOf, OF] = TopOf.TRACKS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


class TopPlace(
    Entry, frozen=True, kw_only=True, rename={"plays": "play_count", "place": "rank"}
):
    """An entry, and its place, the first of which is 1."""

    place: int


class TopAnswer(RankingAnswer, kw_only=True):
    """The most played, first to last."""

    listed = "top"

    total: Amount
    """Of the whole window."""
    top: tuple[TopPlace, ...]


class Top(WindowQuestion[TopParameters, TopAnswer]):
    """The top of a window, by plays or minutes."""

    action = "get_top"
    title = "Top list"
    description = "Returns the tracks, artists, albums, shows, rooms or sources played most in a time period."
    holds_tracks = True

    @override
    def answer_within(self, query: Query[TopParameters]) -> TopAnswer:
        queries, asked, query_context, scope, when = query
        under_way = counted_under_way(queries, query_context, scope, when.window)
        entries = queries.top(
            when.window,
            asked.of,
            by=asked.by,
            limit=asked.limit or LISTED,
            beside=under_way,
            **scope.filters,
        )
        if not entries and (kinds := queries.kinds(when.window, **scope.filters)):
            scope = replace(scope, other_kinds=frozenset(kinds))
        return TopAnswer(
            scope=scope,
            when=when,
            of=asked.of,
            by=asked.by,
            total=Amount.of(
                total_with(
                    queries.total(when.window, **scope.filters), under_way, scope
                )
            ),
            top=tuple(
                TopPlace.ranked(entry, place=place)
                for place, entry in enumerate(entries, start=1)
            ),
            limit=asked.limit,
        )
