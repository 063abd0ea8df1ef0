"""The plays of a time range as something to replay: with rooms and volumes, and why one cannot be replayed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from msgspec import UNSET, Struct, UnsetType

from ...dispatch.request_context import RequestContext
from ...history.model import COUNTED_FROM_MS, Kind, Play, Room, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.time_ranges.ranges import NamedWindow
from ...questions.base.active_plays import (
    known_by_now,
    not_in_history,
    plays_under_way,
    sounded_at,
)
from ...questions.base.answer import AnsweredPlay
from ...questions.base.query_context import QueryContext
from ...questions.base.response import Moment
from ...questions.base.scope import Scope, WindowParameters, scope_of, window_of
from ...questions.naming.listener_choice import asking_about
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.api.share_links import Link, read_link
from ..errors import NothingToReplay, TooManyAtOnce

MOST: Final = 500
"""How many plays are taken: an evening has a hundred."""
TOGETHER_MS: Final = 15_000
"""Rooms that began so shortly after one another began together."""
HEARD_OUT_MS: Final = 12_000
"""What was left so near its end was not interrupted: crossfade lasts up to 12 s."""


class Missing(StrEnum):
    """Why something cannot be heard again."""

    NO_LINK = "no_link"
    """Only its names are known: a file of somebody's own, or what a station or another service called it."""
    RADIO = "radio"
    """The address of the station is not known, or it cannot stand among other things."""
    TELEVISION = "television"
    LINE_IN = "line_in"
    ACCOUNT_AWAY = "account_away"
    """The account that it would be played through is not connected, or Spotify does not answer."""
    REFUSED = "refused"
    """The speaker, or the music service, would not take it: mostly it is gone from there."""


_MISSING: Final = {
    Kind.RADIO: Missing.RADIO,
    Kind.TELEVISION: Missing.TELEVISION,
    Kind.LINE_IN: Missing.LINE_IN,
}


@dataclass(frozen=True, slots=True)
class RoomThen:
    """A room in which something sounded, and how loud it was when it began there (percent), if that is known."""

    room: Room
    percent: int | None


@dataclass(frozen=True, slots=True)
class ReplayItem:
    """A play to be heard again, from a position (ms) on, or why it cannot be."""

    play: Play
    missing: Missing | None = None
    begin_ms: int = 0

    @classmethod
    def of(cls, play: Play) -> ReplayItem:
        """Return a play as far as it says by itself whether it can be heard again."""
        link = read_link(play.item.uri)
        if link is not None and link.is_single:
            return cls(play)
        return cls(play, _MISSING.get(play.item.kind, Missing.NO_LINK))

    @property
    def link(self) -> Link:
        """What Spotify calls it, where it is not missing."""
        link = read_link(self.play.item.uri)
        assert link is not None
        return link

    @property
    def list_uri(self) -> str | None:
        """The album, playlist or show that it was played from, where that is known."""
        played_from = read_link(self.play.context_uri or "")
        lists = {"album", "playlist", "show"}
        return played_from.uri if played_from and played_from.kind in lists else None

    @property
    def was_interrupted(self) -> bool:
        """Whether it was not heard to its end, as far as its length tells."""
        duration = self.play.item.duration_ms
        heard = self.play.ms_played
        return duration is not None and heard < duration - HEARD_OUT_MS


class VolumeThen(Struct, frozen=True, kw_only=True):
    """How loud a room was from a moment on, in percent."""

    at: Moment
    volume: int


class RoomSpanThen(Struct, frozen=True, kw_only=True):
    """When a play sounded in a room, and how loud."""

    room: str
    start: Moment
    end: Moment
    volumes: tuple[VolumeThen, ...]


class ReplayedPlay(AnsweredPlay, frozen=True, kw_only=True):
    """A play, its rooms over time, where it begins, and why it is not heard again, if so."""

    rooms_then: tuple[RoomSpanThen, ...]
    begins_at_seconds: int
    reason: Missing | UnsetType

    @classmethod
    def of_replay(cls, again: ReplayItem, scope: Scope) -> Self:
        """Return a play as the result of a replay has it."""
        play, clock = again.play, scope.clock
        rooms = tuple(
            RoomSpanThen(
                room=span.room.name,
                start=Moment.at(clock, span.start),
                end=Moment.at(clock, span.end),
                volumes=tuple(
                    VolumeThen(at=Moment.at(clock, each.at), volume=each.percent)
                    for each in play.volumes
                    if each.room.key == span.room.key
                    and span.start <= each.at < max(span.end, span.start + 1)
                ),
            )
            for span in play.rooms
        )
        return cls.of(
            play,
            scope,
            rooms_then=rooms,
            begins_at_seconds=round(again.begin_ms / 1000),
            reason=again.missing or UNSET,
        )


@dataclass(frozen=True, slots=True)
class PastPlays:
    """What sounded in a window, the earliest first."""

    scope: Scope
    when: NamedWindow
    things: tuple[ReplayItem, ...]

    @property
    def first(self) -> Play:
        """The first play that can be heard again, or at all."""
        able = [each.play for each in self.things if each.missing is None]
        return able[0] if able else self.things[0].play

    @property
    def rooms_then(self) -> tuple[RoomThen, ...]:
        """The rooms in which the first one began, those that were asked about first."""
        asked = frozenset(room.key for room in self.scope.rooms)
        return rooms_then(self.first, asked, self.when.window)


async def async_past_plays(
    context: RequestContext, asked: WindowParameters, *, interrupted: bool
) -> PastPlays:
    """Return what sounded in a window; `interrupted` is what was cut short last alone, from where it was.

    Raises NothingToReplay, TooManyAtOnce, and as questions do.
    """

    def read(queries: HistoryQueries) -> tuple[PastPlays, int]:
        under_way = tuple(queries.visible_under_way(context.query_context.under_way))
        known = replace(context.query_context, under_way=under_way)
        query_context = asking_about(queries, asked, known)
        when = window_of(asked, query_context, default="last_24_hours")
        scope = scope_of(queries, asked, query_context)
        if interrupted and scope.min_ms is None:
            scope = replace(scope, min_ms=0)
        plays = _plays(queries, scope, when.window, query_context)
        if interrupted:
            keys = scope.filters["rooms"]
            plays = [each for each in plays if not _sounds(each, query_context, keys)]
            things = _interrupted(map(ReplayItem.of, plays))
            return PastPlays(scope, when, things), 0
        too_many = 0
        if len(plays) > MOST:
            total = queries.total(when.window, **scope.filters).plays
            too_many = max(total, len(plays))
        return PastPlays(scope, when, tuple(map(ReplayItem.of, plays))), too_many

    memory = context.hass.data[DATA_HISTORY]
    async with memory.async_held():
        heard, too_many = await memory.async_ask(
            read, hidden=context.query_context.hidden
        )
    if too_many:
        raise TooManyAtOnce(count=str(too_many), most=str(MOST))
    if not heard.things:
        raise NothingToReplay
    return heard


def rooms_then(
    play: Play, asked: Collection[str], window: Window
) -> tuple[RoomThen, ...]:
    """Return the rooms in which a play sounded when it began in the rooms of some keys, or at all, these first.

    What had begun before the window counts from its start on.
    """
    spans = [span for span in play.rooms if span.end > window.start]
    there = [span.start for span in spans if span.room.key in asked]
    began = min(there or [span.start for span in spans], default=0)
    moment = max(began, window.start)
    together = [
        span
        for span in spans
        if span.start <= moment + TOGETHER_MS and moment < span.end
    ]
    rooms = {span.room.key: span.room for span in together}
    return tuple(
        RoomThen(room, _percent(play, room, moment))
        for room in sorted(
            rooms.values(), key=lambda room: (room.key not in asked, room.key)
        )
    )


def _percent(play: Play, room: Room, moment: int) -> int | None:
    """Return how loud a room was at a moment (UTC ms) of a play, or first after it."""
    levels = [each for each in play.volumes if each.room.key == room.key]
    before = [each.percent for each in levels if each.at <= moment]
    return before[-1] if before else levels[0].percent if levels else None


def _plays(
    queries: HistoryQueries, scope: Scope, window: Window, query_context: QueryContext
) -> list[Play]:
    """Return what sounded in a window, also what is under way, the earliest first; one more than MOST at the most."""
    sounding = plays_under_way(query_context, scope)
    over = queries.sounded_in(window, limit=MOST + 1, **scope.filters)
    least = COUNTED_FROM_MS if scope.min_ms is None else scope.min_ms
    now = [
        play
        for play in not_in_history(queries, sounding, scope)
        if play.ms_played >= least
        and play.started_at < window.end
        and play.ended_at > window.start
    ]
    both = [*known_by_now(over, sounding), *now]
    return sorted(both, key=lambda play: play.started_at)[: MOST + 1]


def _sounds(
    play: Play, query_context: QueryContext, rooms: Collection[str] | None
) -> bool:
    return play.under_way and sounded_at(play, query_context.clock.now, rooms)


def _interrupted(things: Iterable[ReplayItem]) -> tuple[ReplayItem, ...]:
    """Return what was cut short last, from where it was; nothing where nothing was, or it cannot be heard again."""
    able: Sequence[ReplayItem] = [each for each in things if each.missing is None]
    if not able or not able[-1].was_interrupted:
        return ()
    return (replace(able[-1], begin_ms=able[-1].play.ms_played),)
