"""Listening sessions as calendar events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ..history.columns.columns import Columns
from ..history.columns.selection import Selection
from ..history.merge.merge_rows import LONGEST_MS
from ..history.model import Listener, Play, Room, TopOf, Total, Window
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.listening_sessions import Per, Stretches, stretches
from ..history.queries.visible_plays import EVER
from .base.active_plays import STILL_MS, counted_under_way
from .base.query_context import QueryContext
from .base.scope import Scope
from .naming.listener_choice import Who
from .sessions import GAP_MINUTES

MOST: Final = 1_000
"""How many sessions of a window are told at the most, the latest."""

NAMED: Final = 3
"""How many of what was heard most are named."""

_REACH_MS: Final = LONGEST_MS + GAP_MINUTES * 60_000
"""How far before a session a play may begin that belongs to it."""

_AROUND_MS: Final = 2 * _REACH_MS

LASTS_MS: Final = 180_000
"""How long goes on what does not tell when it ends."""


@dataclass(frozen=True, slots=True)
class Listened:
    """One session."""

    start: int
    """When the first play began, in UTC milliseconds."""
    end: int
    """When the last one fell silent, or is expected to."""
    total: Total
    rooms: tuple[str, ...]
    most: tuple[tuple[str, int], ...]
    """The artists and shows that were heard longest, with how many plays; none where only a station or an input sounded."""
    others: bool
    """Whether there were more of them."""


@dataclass(slots=True)
class _Heard:
    """What is known of a session so far."""

    start: int
    end: int
    total: Total = Total(0, 0)
    rooms: set[Room] = field(default_factory=set)
    ms: Counter[str] = field(default_factory=Counter)
    """By artist or show."""
    plays: Counter[str] = field(default_factory=Counter)

    def add(self, by: str, ms: int) -> None:
        """Count a play of an artist or a show."""
        self.ms[by] += ms
        self.plays[by] += 1

    def add_under_way(self, play: Play, now: int) -> None:
        """Count a play under way; it is expected to go on to its end where it sounds `now` (UTC ms)."""
        if play.item.artists:
            self.add(play.item.artists[0], play.ms_played)
        self.rooms |= {span.room for span in play.rooms}
        self.total += Total(1, play.ms_played)
        self.end = max(self.end, _end_of(play, now))

    def listened(self) -> Listened:
        """Return the session."""
        most = sorted(self.ms, key=lambda by: (-self.ms[by], by))
        return Listened(
            self.start,
            self.end,
            self.total,
            tuple(sorted({room.name for room in self.rooms})),
            tuple((by, self.plays[by]) for by in most[:NAMED]),
            len(most) > NAMED,
        )


def listened(
    queries: HistoryQueries,
    query_context: QueryContext,
    listener: Listener,
    window: Window = EVER,
    most: int = MOST,
) -> tuple[Listened, ...]:
    """Return the sessions of a listener that a window touches, whole, in order, the latest of them; that of what is under way too."""
    if listener.key in query_context.hidden:
        return ()
    chosen, found = _stretches(queries, listener, window)
    scope = Scope(Who.NAMED, (listener,), clock=query_context.clock)
    now = sorted(
        counted_under_way(queries, query_context, scope, EVER),
        key=lambda play: play.started_at,
    )
    ends = found.ends.copy()
    goes_on = bool(now and len(found)) and (
        now[0].started_at <= int(ends[-1]) + GAP_MINUTES * 60_000
    )
    until = max((_end_of(play, query_context.clock.now) for play in now), default=0)
    if goes_on:
        ends[-1] = max(int(ends[-1]), until)
    touched = np.flatnonzero((found.starts < window.end) & (ends > window.start))
    numbers = touched[-most:].tolist()
    sessions = _heard(queries, chosen.columns, found, numbers)
    if goes_on and numbers and numbers[-1] == len(found) - 1:
        latest = [sessions[-1]]
    elif now and now[0].started_at < window.end and until > window.start:
        latest = [] if goes_on else [_Heard(now[0].started_at, until)]
        sessions += latest
    else:
        latest = []
    for session in latest:
        for play in now:
            session.add_under_way(play, query_context.clock.now)
    return tuple(session.listened() for session in sessions[-most:])


def _stretches(
    queries: HistoryQueries, listener: Listener, window: Window
) -> tuple[Selection, Stretches]:
    """Return plays among which all sessions are whole that a window touches, and their stretches; the last of all among them."""
    ids = [
        number
        for number, each in queries.listeners_by_id().items()
        if each.key == listener.key
    ]
    around = Window(window.start - _AROUND_MS, window.end + _AROUND_MS)
    for within in (around, EVER):
        chosen = queries.select(within, listeners=(listener.key,))
        found = stretches(chosen, Per.LISTENER, GAP_MINUTES * 60, ids)
        touched = (found.starts < window.end) & (found.ends > window.start)
        first = found.starts[touched].min(initial=window.start)
        last = found.ends[touched].max(initial=window.end)
        # Nothing that begins beyond, however long it is, can reach these.
        if first - within.start > _REACH_MS and within.end - last > _REACH_MS:
            break
    return chosen, found


def _heard(
    queries: HistoryQueries, columns: Columns, found: Stretches, numbers: Sequence[int]
) -> list[_Heard]:
    """Return what the history has of some sessions."""
    rows = [found.rows_of(number) for number in numbers]
    plays = [columns.plays.play[each].tolist() for each in rows]
    rooms = queries.rooms_of({play for each in plays for play in each})
    artists = [
        columns.tracks.artist[columns.plays.track[each]].tolist() for each in rows
    ]
    names = queries.names_of(
        TopOf.ARTISTS, {by for each in artists for by in each} - {0}
    )
    sessions: list[_Heard] = []
    for place, number in enumerate(numbers):
        session = _Heard(
            int(found.starts[number]), int(found.ends[number]), found.counts.of(number)
        )
        for play in plays[place]:
            session.rooms |= rooms.get(play, set())
        sounded = columns.plays.ms_played[rows[place]].tolist()
        for by, ms in zip(artists[place], sounded, strict=True):
            if by in names:
                session.add(names[by][0], ms)
        sessions.append(session)
    return sessions


def _end_of(play: Play, now: int) -> int:
    """Return when a play under way is expected to be over; one that is paused is, for now."""
    if play.ended_at + STILL_MS < now:
        return play.ended_at
    length = play.item.duration_ms
    left = LASTS_MS if length is None else length - play.ms_played
    return play.ended_at + max(left, 0)
