"""Question: which plays were there in a time range."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.model import (
    COUNTED_FROM_MS,
    By,
    Kind,
    Place,
    Play,
    ThingOf,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from ..history.queries.filters import Filters
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.play_ids import PlayId
from ..history.time_ranges.ranges import NamedWindow
from .active_plays import (
    counts,
    known_by_now,
    newest_first,
    not_in_history,
    plays_under_way,
    sounded_at,
    total_with,
)
from .answer import Answer, AnsweredTrack, play_data, total_data, tracks_of_plays
from .errors import BadParameter
from .naming.named_items import TYPE, Named, ThingParameters, named_thing, thing_data
from .parameters import LIMIT, LISTED, SPOKEN, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import Scope, WindowParameters, scope_of, window_data, window_of
from .when_heard import is_of

BEFORE: Final = Described(
    Form.TEXT,
    "Before",
    "Go on where an answer ended: what it gave as next. The total is then left out.",
    "1784061260000-5b6cc0a1",
)
OF: Final = Described(
    Form.THING,
    "Thing",
    "Only plays of this: the name of a track, an artist, an album, a show or an episode, or the URI of a track or episode.",
    "Ember",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaysParameters(WindowParameters):
    """Whose plays, of what, where, when, from where on, and how many of them to name."""

    thing: Annotated[str | None, OF] = None
    type: Annotated[ThingOf | None, TYPE] = None
    before: Annotated[str | None, BEFORE] = None
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaysAnswer(Answer):
    """How much was played, and what of it was the latest."""

    when: NamedWindow
    total: Total | None
    """None where it goes on from an earlier answer."""
    plays: tuple[Play, ...]
    """The latest, or the latest before an earlier answer ended, newest first."""
    more: bool
    """Whether there are others before these."""
    now: tuple[Play, ...]
    """What is playing, also while it is too short to count."""
    kinds: frozenset[Kind]
    """What kinds of play there were."""
    often: tuple[TopEntry, ...]
    """The two most played artists, where one was heard more than once."""
    limit: int | None
    named: Named | None = None
    """What it was asked about, if about one thing."""
    place: Place | None = None
    """Of that thing, among all of its sort in the window."""
    by: By = By.PLAYS

    @property
    def spoken(self) -> tuple[Play, ...]:
        """What is named beside what is playing: each item once, the latest first."""
        over = [play for play in reversed(self.plays) if play not in self.now]
        named = {play.item.uri: play for play in over}
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

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "window": window_data(self.scope, self.when),
            **self.scope.as_data(),
            "total": self.total and total_data(self.total),
            "plays": [play_data(play, self.scope) for play in self.plays],
            "next": PlayId.of(self.plays[-1]).text if self.more else None,
            **({"thing": thing_data(self.named.thing)} if self.named else {}),
        }


class Plays(Question[PlaysParameters, PlaysAnswer]):
    """The plays of a window: how many, how long, and the latest."""

    key = "plays"
    title = "What was played"
    description = (
        "Answers what was listened to in a window: how much, and the latest plays."
    )
    icon = "mdi:playlist-music"
    declares = PlaysParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: PlaysParameters,
        query_context: QueryContext,
    ) -> PlaysAnswer:
        when = window_of(asked, query_context, default="last_24_hours")
        scope = scope_of(queries, asked, query_context)
        limit = asked.limit or LISTED
        named = _named(queries, asked, scope, when.window)
        filters = scope.filters
        if named is not None:
            filters = {**filters, "tracks": queries.tracks_of(named.thing)}
        sounding = [
            play
            for play in plays_under_way(query_context, scope)
            if named is None or is_of(play.item, named.thing)
        ]
        under_way = [
            play
            for play in not_in_history(queries, sounding, scope)
            if play.started_at in when.window
        ]
        least = filters.get("min_ms", COUNTED_FROM_MS)
        counted = [play for play in under_way if play.ms_played >= least]
        if asked.before is not None:
            mark = _mark(asked.before)
            over = known_by_now(
                _played_before(queries, mark, when.window, filters, limit + 1), sounding
            )
            earlier = [play for play in counted if play.started_at < mark.started_at]
            found = newest_first([*over, *earlier])
            return PlaysAnswer(
                scope=scope,
                when=when,
                total=None,
                plays=tuple(found[:limit]),
                more=len(found) > limit,
                now=(),
                kinds=frozenset(),
                often=(),
                limit=asked.limit,
                named=named,
            )
        over = queries.plays(when.window, limit=limit + 1, **filters)
        total = queries.total(when.window, **filters)
        if total.plays == len(over):
            kinds = {play.item.kind for play in over}
        else:
            kinds = set(queries.kinds(when.window, **filters))
        found = newest_first([*known_by_now(over, sounding), *counted])
        now = query_context.clock.now
        often = queries.top(when.window, TopOf.ARTISTS, limit=2, **filters)
        return PlaysAnswer(
            scope=scope,
            when=when,
            total=total_with(
                total, [play for play in counted if counts(play, scope)], scope
            ),
            plays=tuple(found[:limit]),
            more=len(found) > limit,
            now=tuple(
                play
                for play in newest_first(under_way)
                if sounded_at(play, now, scope.filters["rooms"])
            ),
            kinds=frozenset(kinds | {play.item.kind for play in counted}),
            often=tuple(entry for entry in often if entry.total.plays > 1),
            limit=asked.limit,
            named=named,
            place=queries.place_of(named.thing, when.window, By.PLAYS, **scope.filters)
            if named is not None and named.heard
            else None,
        )


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
) -> Sequence[Play]:
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
