"""Question: which plays were there in a time range."""

from collections.abc import Iterable
from dataclasses import field, replace
from typing import Annotated, Final, override

from msgspec import UNSET, UnsetType

from ..history.model import (
    COUNTED_FROM_MS,
    By,
    Kind,
    Play,
    ThingOf,
    TopEntry,
    TopOf,
    Window,
)
from ..history.queries.filters import Filters
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.play_ids import PlayId
from .base.active_plays import (
    counts,
    known_by_now,
    newest_first,
    not_in_history,
    plays_under_way,
    sounded_at,
    total_with,
)
from .base.answer import (
    Amount,
    AnsweredPlay,
    AnsweredThing,
    AnsweredTrack,
    WindowAnswer,
    tracks_of_plays,
)
from .base.errors import BadParameter
from .base.parameters import LIMIT, LISTED, SPOKEN, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA, called
from .base.scope import Scope, WindowParameters
from .naming.named_items import TYPE, Named, ThingParameters, named_thing
from .when_heard import is_of

BEFORE: Final = Described(
    Form.TEXT,
    "Continues a previous answer: its value of next. The answer then has no total.",
    "1784061260000-5b6cc0a1",
    is_rare=True,
)
OF: Final = Described(
    Form.THING,
    "Only plays of this: the name of a track, an artist, an album, a show or an episode, or the URI of a track or episode.",
    "Ember",
)


class PlaysParameters(WindowParameters):
    """Whose plays, of what, where, when, from where on, and how many of them to name."""

    thing: Annotated[str | None, OF] = None
    type: Annotated[ThingOf | None, TYPE] = None
    before: Annotated[str | None, BEFORE] = None
    limit: Annotated[int | None, LIMIT] = None


class PlaysAnswer(WindowAnswer, kw_only=True):
    """How much was played, and what of it was the latest."""

    total: Amount | None
    """None where it goes on from an earlier answer."""
    plays: tuple[AnsweredPlay, ...]
    """The latest, or the latest before an earlier answer ended, newest first."""
    next: str | None
    """The id of the last of them, where there are others before."""
    thing: AnsweredThing | UnsetType = field(metadata=called("item"))
    """What it was asked about, if about one thing."""
    now: tuple[AnsweredPlay, ...] = field(default=(), metadata=NOT_DATA)
    """What is playing, also while it is too short to count."""
    kinds: frozenset[Kind] = field(default=frozenset(), metadata=NOT_DATA)
    """What kinds of play there were."""
    often: tuple[TopEntry, ...] = field(default=(), metadata=NOT_DATA)
    """The two most played artists, where one was heard more than once."""
    limit: int | None = field(metadata=NOT_DATA)
    named: Named | None = field(metadata=NOT_DATA)
    place: int | None = field(default=None, metadata=NOT_DATA)
    """Of that thing, among all of its sort in the window."""
    places: int | None = field(default=None, metadata=NOT_DATA)
    """How many there are of its sort."""
    by: By = field(default=By.PLAYS, metadata=NOT_DATA)

    @property
    def spoken(self) -> tuple[AnsweredPlay, ...]:
        """What is named beside what is playing: each item once, the latest first."""
        over = [play for play in reversed(self.plays) if play not in self.now]
        named = {play.uri: play for play in over}
        return tuple(reversed(named.values()))[: self.limit or SPOKEN]

    @property
    def all_named(self) -> bool:
        """Whether what is named and what is playing is all there was."""
        playing = sum(play in self.now for play in self.plays)
        return self.total is not None and self.total.plays == len(self.spoken) + playing

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_plays(self.plays)


class Plays(WindowQuestion[PlaysParameters, PlaysAnswer]):
    """The plays of a window: how many, how long, and the latest."""

    action = "get_plays"
    description = (
        "Returns the plays in a time period: how many, how long, and the latest ones."
    )
    usual_window = "last_24_hours"
    holds_tracks = True

    @override
    def answer_within(self, query: Query[PlaysParameters]) -> PlaysAnswer:
        queries, asked, query_context, scope, when = query
        limit = asked.limit or LISTED
        named = _named(queries, asked, scope, when.window)
        filters = scope.filters
        if named is not None:
            filters = {**filters, "tracks": queries.tracks_of(named.found)}
        sounding = [
            play
            for play in plays_under_way(query_context, scope)
            if named is None or is_of(play.item, named.found)
        ]
        under_way = [
            play
            for play in not_in_history(queries, sounding, scope)
            if play.started_at in when.window
        ]
        least = filters.get("min_ms", COUNTED_FROM_MS)
        counted = [play for play in under_way if play.ms_played >= least]
        if asked.before is None:
            over = queries.plays(when.window, limit=limit + 1, **filters)
        else:
            mark = _mark(asked.before)
            over = _played_before(queries, mark, when.window, filters, limit + 1)
            counted = [play for play in counted if play.started_at < mark.started_at]
        found = newest_first([*known_by_now(over, sounding), *counted])
        page = PlaysAnswer(
            scope=scope,
            when=when,
            total=None,
            plays=_answered(found[:limit], scope),
            next=PlayId.of(found[limit - 1]).text if len(found) > limit else None,
            thing=named.thing if named else UNSET,
            limit=asked.limit,
            named=named,
        )
        if asked.before is not None:
            return page
        total = queries.total(when.window, **filters)
        if total.plays == len(over):
            kinds = {play.item.kind for play in over}
        else:
            kinds = set(queries.kinds(when.window, **filters))
        now = query_context.clock.now
        place = None
        if named is not None and named.heard:
            place = queries.place_of(
                named.found, when.window, By.PLAYS, **scope.filters
            )
        often = queries.top(when.window, TopOf.ARTISTS, limit=2, **filters)
        return replace(
            page,
            total=Amount.of(
                total_with(
                    total, [play for play in counted if counts(play, scope)], scope
                )
            ),
            now=_answered(
                (
                    play
                    for play in newest_first(under_way)
                    if sounded_at(play, now, scope.filters["rooms"])
                ),
                scope,
            ),
            kinds=frozenset(kinds | {play.item.kind for play in counted}),
            often=tuple(entry for entry in often if entry.total.plays > 1),
            place=place.number if place else None,
            places=place.of if place else None,
        )


def _answered(plays: Iterable[Play], scope: Scope) -> tuple[AnsweredPlay, ...]:
    return tuple(AnsweredPlay.of(play, scope) for play in plays)


def _mark(text: str) -> PlayId:
    try:
        return PlayId.read(text)
    except ValueError as err:
        raise BadParameter("before") from err


def _named(
    queries: HistoryQueries, asked: PlaysParameters, scope: Scope, window: Window
) -> Named | None:
    """Return what the plays are to be of, None for anything. Raises UnknownThing."""
    if asked.thing is None:
        return None
    of = ThingParameters(thing=asked.thing, type=asked.type)
    return named_thing(queries, of, scope, window)


def _played_before(
    queries: HistoryQueries, mark: PlayId, window: Window, filters: Filters, limit: int
) -> list[Play]:
    """Return the plays of a window before that of an id, the newest first; if that is gone by now, all of its moment are among them."""
    if mark.started_at < window.start:
        return []
    if mark.started_at >= window.end:
        return queries.plays(window, limit=limit, **filters)
    at_once = queries.plays(Window(mark.started_at, mark.started_at + 1), **filters)
    ids = [PlayId.of(play) for play in at_once]
    left = at_once[ids.index(mark) + 1 :] if mark in ids else at_once
    earlier = Window(window.start, mark.started_at)
    return [*left, *queries.plays(earlier, limit=limit, **filters)]
