"""Question: which listening sessions were there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, override

import numpy as np

from ..history.model import By, Listener, Room, Total
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.listening_sessions import Per, Stretches, stretches
from .answer import WindowAnswer, total_data
from .parameters import BY, LIMIT, LISTED, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import Scope, WindowParameters, scope_of, window_of

GAP: Final = Described(
    Form.COUNT,
    "Gap",
    "How many minutes of silence end a session; 30 if left out.",
    30,
    most=1_440,
)
PER: Final = Described(
    Form.CHOICE,
    "Per",
    "Whose sessions: each listener's (if left out), or each room's.",
    "room",
)
GAP_MINUTES: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsParameters(WindowParameters):
    """Whose plays, where, when, what a session is, and how many to name."""

    per: Annotated[Per, PER] = Per.LISTENER
    gap: Annotated[int | None, GAP] = None
    by: Annotated[By, BY] = By.MINUTES
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True)
class Session:
    """Plays of one listener, or in one room, with no long silence between them."""

    of: Listener | Room
    start: int
    """When the first play began, in UTC milliseconds."""
    end: int
    """When the last one fell silent."""
    total: Total
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsAnswer(WindowAnswer):
    """The sessions of a window."""

    per: Per
    gap: int
    """Minutes of silence that end a session."""
    by: By
    total: Total
    """Of all sessions; per room, a play counts for each room that it sounded in."""
    sessions: int
    longest: Session | None
    """The one with the most minutes or plays; of equal ones the first."""
    latest: tuple[Session, ...]
    """The last begun first."""
    anything: bool
    """Whether the window has any play, in a room or not."""

    @property
    def average(self) -> Total:
        """The mean of plays and of time."""
        count = max(1, self.sessions)
        return Total(
            round(self.total.plays / count), round(self.total.ms_played / count)
        )

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "per": str(self.per),
            "gap": self.gap,
            "by": str(self.by),
            "total": total_data(self.total),
            "sessions": self.sessions,
            "average": total_data(self.average) if self.sessions else None,
            "longest": self._data(self.longest) if self.longest else None,
            "latest": [self._data(session) for session in self.latest],
        }

    def _data(self, session: Session) -> dict[str, object]:
        return {
            str(self.per): session.of.name,
            "start": self.scope.iso(session.start),
            "end": self.scope.iso(session.end),
            **total_data(session.total),
            "rooms": [room.name for room in session.rooms],
        }


class Sessions(Question[SessionsParameters, SessionsAnswer]):
    """Stretches of listening, split by silence."""

    key = "sessions"
    title = "Sessions"
    description = "Answers in which sessions something was played in a window: how many, how long on average, the longest, and the latest."
    icon = "mdi:sofa-single"
    declares = SessionsParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: SessionsParameters,
        query_context: QueryContext,
    ) -> SessionsAnswer:
        when = window_of(asked, query_context, default="this_week")
        scope = scope_of(queries, asked, query_context)
        gap = asked.gap or GAP_MINUTES
        known: Mapping[int, Listener | Room] = (
            queries.rooms_by_id()
            if asked.per is Per.ROOM
            else queries.listeners_by_id()
        )
        plays = queries.select(when.window, **scope.filters)
        found = stretches(plays, asked.per, gap * 60, _of(scope, asked.per, known))

        longest = _longest(found, asked.by, known)
        latest = _latest(found, asked.limit or LISTED, known)
        numbers = latest if longest is None else [longest, *latest]
        ids = {
            one: plays.columns.plays.play[found.rows_of(one)].tolist()
            for one in numbers
        }
        rooms = queries.rooms_of({play for some in ids.values() for play in some})

        def session(number: int) -> Session:
            heard_in = {room for play in ids[number] for room in rooms.get(play, ())}
            return Session(
                known[int(found.of[number])],
                int(found.starts[number]),
                int(found.ends[number]),
                found.counts.of(number),
                tuple(sorted(heard_in, key=lambda room: (room.name, room.key))),
            )

        return SessionsAnswer(
            scope=scope,
            when=when,
            per=asked.per,
            gap=gap,
            by=asked.by,
            total=found.counts.total(),
            sessions=len(found),
            longest=None if longest is None else session(longest),
            latest=tuple(session(number) for number in latest),
            anything=len(plays) > 0,
        )


def _of(scope: Scope, per: Per, known: Mapping[int, Listener | Room]) -> frozenset[int]:
    """Return the row ids of whose sessions are asked for: plays in a room may have sounded in others as well."""
    asked = scope.rooms if per is Per.ROOM else scope.listeners
    keys = {each.key for each in asked}
    return frozenset(
        number for number, each in known.items() if not keys or each.key in keys
    )


def _longest(
    found: Stretches, by: By, known: Mapping[int, Listener | Room]
) -> int | None:
    """Return the one with the most; of equal ones the first begun."""
    if not len(found):
        return None
    first, then = found.counts.plays, found.counts.ms_played
    if by is By.MINUTES:
        first, then = then, first
    equal: list[int] = np.flatnonzero(first == first.max()).tolist()
    return min(
        equal,
        key=lambda number: (
            -then[number],
            found.starts[number],
            known[int(found.of[number])].name,
        ),
    )


def _latest(
    found: Stretches, limit: int, known: Mapping[int, Listener | Room]
) -> list[int]:
    """Return those begun last, the last first."""
    starts = found.starts
    if len(starts) > limit:
        may = np.flatnonzero(starts >= np.partition(starts, -limit)[-limit])
    else:
        may = np.arange(len(starts))
    return sorted(
        may.tolist(),
        key=lambda number: (-starts[number], known[int(found.of[number])].name),
    )[:limit]
