"""Question: which listening sessions were there."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Final, override

from msgspec import UNSET, UnsetType
import numpy as np

from ..history.model import By, Listener, Room, Total
from ..history.queries.listening_sessions import Per, Stretches, stretches
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA, KeyedName, Moment
from .base.scope import Scope, WindowParameters

GAP: Final = Described(
    Form.COUNT, "Minutes without music that end a session. Default: 30.", 30, most=1_440
)
PER: Final = Described(
    Form.CHOICE,
    "Sessions of each listener or each room. Default: listener.",
    "room",
    title="Group by",
)
GAP_MINUTES: Final = 30


class SessionsParameters(WindowParameters):
    """Whose plays, where, when, what a session is, and how many to name."""

    per: Annotated[Per, PER] = Per.LISTENER
    gap: Annotated[int | None, GAP] = None
    by: Annotated[By, BY] = By.MINUTES
    limit: Annotated[int | None, LIMIT] = None


class Session(Amount, frozen=True, kw_only=True):
    """Plays of one listener, or in one room, with no long silence between them."""

    listener: KeyedName | UnsetType = UNSET
    room: KeyedName | UnsetType = UNSET
    start: Moment
    """When the first play began."""
    end: Moment
    """When the last one fell silent."""
    rooms: tuple[str, ...]

    @property
    def subject(self) -> KeyedName:
        """Whose it is, or in which room it was."""
        subject = self.room if self.listener is UNSET else self.listener
        assert subject is not UNSET
        return subject


class SessionsAnswer(WindowAnswer, kw_only=True):
    """The sessions of a window."""

    per: Per
    gap: int
    """Minutes of silence that end a session."""
    by: By
    total: Amount
    """Of all sessions; per room, a play counts for each room that it sounded in."""
    sessions: int
    average: Amount | None
    """The mean of plays and of time; None without a session."""
    longest: Session | None
    """The one with the most minutes or plays; of equal ones the first."""
    latest: tuple[Session, ...]
    """The last begun first."""
    anything: bool = field(metadata=NOT_DATA)
    """Whether the window has any play, in a room or not."""


class Sessions(WindowQuestion[SessionsParameters, SessionsAnswer]):
    """Stretches of listening, split by silence."""

    action = "get_sessions"
    title = "Listening sessions"
    description = "Returns the listening sessions in a time period: their number, average length, the longest, and the latest."
    usual_window = "this_week"

    @override
    def answer_within(self, query: Query[SessionsParameters]) -> SessionsAnswer:
        queries, asked, _, scope, when = query
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
            of = {str(asked.per): KeyedName.of(known[int(found.of[number])])}
            in_order = sorted(heard_in, key=lambda room: (room.name, room.key))
            return Session.of(
                found.counts.of(number),
                **of,
                start=Moment.at(scope.clock, int(found.starts[number])),
                end=Moment.at(scope.clock, int(found.ends[number])),
                rooms=tuple(room.name for room in in_order),
            )

        total, count = found.counts.total(), len(found)
        average = None
        if count:
            average = Amount.of(
                Total(round(total.plays / count), round(total.ms_played / count))
            )

        return SessionsAnswer(
            scope=scope,
            when=when,
            per=asked.per,
            gap=gap,
            by=asked.by,
            total=Amount.of(total),
            sessions=count,
            average=average,
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
