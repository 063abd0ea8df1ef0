"""Adds active plays to answers; the history has only finished ones."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from ...history.merge.field_resolution import rooms_rank
from ...history.model import COUNTED_FROM_MS, HOUSEHOLD, Kind, Play, Total, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.top_with_active_plays import around, is_same, sounded_for
from ...history.time_ranges.local_clock import Clock
from .query_context import QueryContext
from .scope import Scope

STILL_MS: Final = 5_000
"""What was heard out this shortly ago is still what is playing: what follows it is seen a moment later."""


def plays_under_way(query_context: QueryContext, scope: Scope) -> list[Play]:
    """Return the plays under way of the listeners, rooms and players that a question is about."""
    asked = scope.filters
    return [
        play
        for play in query_context.under_way
        if (asked["listeners"] is None or play.listener.key in asked["listeners"])
        and (asked["rooms"] is None or _stretches(play, asked["rooms"]))
        and (
            asked["devices"] is None
            or (play.device is not None and play.device.key in asked["devices"])
        )
        and (asked["kinds"] is None or play.item.kind in asked["kinds"])
        and (asked["sources"] is None or not play.sources.isdisjoint(asked["sources"]))
    ]


def not_in_history(
    queries: HistoryQueries, plays: Iterable[Play], scope: Scope
) -> list[Play]:
    """Return the plays under way that the history does not have by now, as far as a question sees it."""
    seen = scope.filters
    seen["min_ms"] = 0
    return [
        play for play in plays if not_among([play], queries.plays(around(play), **seen))
    ]


def counted_under_way(
    queries: HistoryQueries, query_context: QueryContext, scope: Scope, window: Window
) -> list[Play]:
    """Return the plays under way that count in a window, beside those of the history: also one that is paused or stopped."""
    sounding = not_in_history(queries, plays_under_way(query_context, scope), scope)
    return [
        play for play in sounding if play.started_at in window and counts(play, scope)
    ]


def counts(play: Play, scope: Scope) -> bool:
    """Whether a play under way counts by now: a short one does not, nor a television where no kind is asked for."""
    asked = scope.filters
    if play.item.kind is Kind.TELEVISION and asked["kinds"] is None:
        return False
    return play.ms_played >= asked.get("min_ms", COUNTED_FROM_MS)


def total_with(total: Total, under_way: Iterable[Play], scope: Scope) -> Total:
    """Return a total of the history together with plays under way that count."""
    rooms = scope.filters["rooms"]
    heard = [sounded_for(play, rooms) for play in under_way]
    return total + Total(len(heard), sum(heard))


def began_and_sounded(
    under_way: Iterable[Play], scope: Scope, clock: Clock
) -> list[tuple[datetime, int]]:
    """Return when plays under way began by the wall clock, and how long (ms) each counts."""
    rooms = scope.filters["rooms"]
    return [
        (clock.local(play.started_at), sounded_for(play, rooms)) for play in under_way
    ]


def known_by_now(plays: Iterable[Play], under_way: Collection[Play]) -> list[Play]:
    """Return plays of the history with what else is known of those that a source has not told to their end: rooms, listener."""
    return [
        next((_joined(play, each) for each in under_way if is_same(play, each)), play)
        for play in plays
    ]


def not_among(plays: Iterable[Play], known: Iterable[Play]) -> list[Play]:
    """Return the plays under way that are none of the known ones."""
    known = list(known)
    return [play for play in plays if not any(is_same(play, each) for each in known)]


def still_stored(queries: HistoryQueries, play: Play) -> bool:
    """Whether the history has a play that was told once, as somebody's or anybody's, and may tell it."""
    return any(
        is_same(play, each)
        or (each.started_at, each.item.uri) == (play.started_at, play.item.uri)
        for each in queries.plays(around(play), min_ms=0)
    )


def sounded_at(play: Play, moment: int, rooms: Collection[str] | None) -> bool:
    """Whether a play under way sounded at a moment (UTC ms), in rooms of these keys if any are given."""
    still = STILL_MS if play.skipped is False else 0
    return any(start <= moment <= end + still for start, end in _stretches(play, rooms))


def newest_first(plays: Iterable[Play]) -> list[Play]:
    """Return plays in the order in which `HistoryQueries` returns them."""
    return sorted(
        plays, key=lambda play: (-play.started_at, play.stored_under, play.item.uri)
    )


def _stretches(play: Play, rooms: Collection[str] | None) -> list[tuple[int, int]]:
    """Return when a play sounded in some rooms, or from when until when at all."""
    if rooms is None:
        return [(play.started_at, play.ended_at)]
    return [(span.start, span.end) for span in play.rooms if span.room.key in rooms]


def _joined(play: Play, other: Play) -> Play:
    nobody = play.listener.key == HOUSEHOLD
    nearer = rooms_rank(other.sources) < rooms_rank(play.sources)
    return replace(
        play,
        listener=other.listener if nobody else play.listener,
        stored_of=play.listener if nobody else None,
        rooms=other.rooms if other.rooms and (nearer or not play.rooms) else play.rooms,
        device=play.device or other.device,
    )
