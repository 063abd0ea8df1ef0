"""Question: what was played for the first time."""

from typing import Annotated, Final, override

import numpy as np

from ..history.model import By, TopOf, Window
from .base.answer import Amount, Entry, RankingAnswer, entries_of
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.scope import WindowParameters

OF_NEW: Final = Described(
    Form.CHOICE,
    "What was new: tracks, artists, albums, shows, rooms or sources.",
    "artists",
    title="Category",
)


class DiscoveriesParameters(WindowParameters):
    """What was new, for whom, where, when, and how many to name."""

    of: Annotated[TopOf, OF_NEW] = TopOf.ARTISTS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


class DiscoveriesAnswer(RankingAnswer, kw_only=True):
    """What had no play before the window, the most played in it first."""

    listed = "discoveries"

    total: Amount
    """Of the whole window."""
    new: int
    different: int
    """How many things were played, the new ones among them."""
    discoveries: tuple[Entry, ...]


class Discoveries(WindowQuestion[DiscoveriesParameters, DiscoveriesAnswer]):
    """The things whose first play, of those that pass the filters, lies in the window."""

    action = "get_discoveries"
    description = "Returns what was played for the first time in a time period."
    usual_window = "this_month"
    holds_tracks = True

    @override
    def answer_within(self, query: Query[DiscoveriesParameters]) -> DiscoveriesAnswer:
        queries, asked, _, scope, when = query
        filters = scope.filters
        total = queries.total(when.window, **filters)
        now, before = (
            queries.select(each, **filters).ranked_for(asked.of, filters["kinds"])
            for each in (when.window, Window(0, when.window.start))
        )
        new = now.where(~before.played(len(now.plays)))
        return DiscoveriesAnswer(
            scope=scope,
            when=when,
            of=asked.of,
            by=asked.by,
            total=Amount.of(total),
            new=int(np.count_nonzero(new.plays)),
            different=int(np.count_nonzero(now.plays)),
            discoveries=entries_of(
                queries.ranked(asked.of, new, asked.by, asked.limit or LISTED)
            ),
            limit=asked.limit,
        )
