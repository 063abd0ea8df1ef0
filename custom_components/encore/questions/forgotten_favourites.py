"""Question: what was played a lot once, and not for a long time."""

from dataclasses import field
from typing import Annotated, Final, override

import numpy as np

from ..history.columns.ranking import KINDS_RANKED
from ..history.model import By, TopOf, Window
from ..history.time_ranges.local_clock import back
from .base.answer import Entry, RankingAnswer
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA, Moment, called
from .base.scope import WindowParameters
from .top import OF

AT_LEAST: Final = Described(
    Form.COUNT,
    "Minimum plays of a favorite in the time period. Default: 10.",
    10,
    most=10_000,
)
QUIET_DAYS: Final = Described(
    Form.COUNT, "Days without a play until now. Default: 180.", 180, most=36_500
)
FAVOURITE_FROM: Final = 10
FORGOTTEN_AFTER: Final = 180


class ForgottenFavouritesParameters(WindowParameters):
    """Whose favourites, of when and where, what makes one, what makes it forgotten, and how many to name."""

    of: Annotated[TopOf, OF] = TopOf.TRACKS
    by: Annotated[By, BY] = By.PLAYS
    at_least: Annotated[int | None, AT_LEAST] = None
    quiet_days: Annotated[int | None, QUIET_DAYS] = None
    limit: Annotated[int | None, LIMIT] = None


class ForgottenFavourite(
    Entry,
    frozen=True,
    kw_only=True,
    rename={"plays": "play_count", "last_heard": "last_played"},
):
    """An entry of the window's top, and when it was last heard."""

    last_heard: Moment


class ForgottenFavouritesAnswer(RankingAnswer, kw_only=True):
    """What was loved in the window and has been quiet since, the most loved first."""

    listed = "forgotten_favourites"

    at_least: int = field(metadata=called("minimum_plays"))
    quiet_days: int = field(metadata=called("days_without_plays"))
    favourites: int = field(metadata=called("favorite_count"))
    """How many things had enough plays, forgotten or not."""
    forgotten: int = field(metadata=called("forgotten_count"))
    forgotten_favourites: tuple[ForgottenFavourite, ...] = field(
        metadata=called("forgotten_favorites")
    )
    anything: bool = field(metadata=NOT_DATA)
    """Whether the window has any play at all."""


class ForgottenFavourites(
    WindowQuestion[ForgottenFavouritesParameters, ForgottenFavouritesAnswer]
):
    """The things with many plays in the window and none of late, by the same filters."""

    action = "get_forgotten_favorites"
    description = "Returns what was played a lot in a time period and hasn't been played for a long time."
    holds_tracks = True

    @override
    def answer_within(
        self, query: Query[ForgottenFavouritesParameters]
    ) -> ForgottenFavouritesAnswer:
        queries, asked, query_context, scope, when = query
        at_least = asked.at_least or FAVOURITE_FROM
        quiet_days = asked.quiet_days or FORGOTTEN_AFTER
        filters = scope.filters
        kinds = filters.get("kinds") or KINDS_RANKED.get(asked.of)
        late = Window(
            back(query_context.clock, quiet_days, "day"), query_context.clock.now
        )
        lately = queries.select(late, **filters).by(asked.of, kinds)
        plays = queries.select(when.window, **filters)
        songs = asked.of is TopOf.TRACKS
        loved = plays.by_song(kinds) if songs else plays.by(asked.of, kinds)
        favourite = loved.plays >= at_least
        heard = lately.played(len(favourite))
        if songs:
            heard = plays.songs_of(heard)
        forgotten = favourite & ~heard
        found = queries.ranked_by_id(
            asked.of, loved.where(forgotten), asked.by, asked.limit or LISTED
        )
        until = max(when.window.end, query_context.clock.now)
        if when.window != Window(0, until):
            plays = queries.select(Window(0, until), **filters)
        last = plays.last_of(asked.of, [number for number, _ in found], kinds)
        return ForgottenFavouritesAnswer(
            scope=scope,
            when=when,
            of=asked.of,
            by=asked.by,
            at_least=at_least,
            quiet_days=quiet_days,
            favourites=int(np.count_nonzero(favourite)),
            forgotten=int(np.count_nonzero(forgotten)),
            forgotten_favourites=tuple(
                ForgottenFavourite.ranked(
                    entry, last_heard=Moment.at(scope.clock, last[number])
                )
                for number, entry in found
            ),
            limit=asked.limit,
            anything=bool(favourite.any())
            or queries.total(when.window, **scope.filters).plays > 0,
        )
