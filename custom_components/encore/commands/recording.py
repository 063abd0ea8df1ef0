"""The commands that pause and resume the recording of a listener or of rooms."""

from collections.abc import Sequence
from typing import Annotated, Final, override

from sqlalchemy import Connection

from ..access.policy import AccessLevel
from ..dispatch.command import Result, SupervisedCommand
from ..dispatch.request_context import RequestContext
from ..history.deletion.room_pauses import RoomPause, pause_room, resume_room
from ..history.ingest.ingest import Ingest
from ..history.model import Listener, Room
from ..history.time_ranges.ahead import end_ahead, moment_after, moment_ahead
from ..history.time_ranges.local_clock import Clock
from ..questions.base.errors import BadParameter, UnknownRoom
from ..questions.base.parameters import Described, Form
from ..questions.base.response import Moment
from ..questions.base.scope import WindowParameters, scope_of
from ..questions.naming.listener_choice import EVERYONE
from ..questions.naming.names import names_of
from ..runtime.store.history_service import DATA_HISTORY
from .accounts import own_account_of, own_listener_of
from .parameters import AccountParameters

UNTIL: Final = Described(
    Form.TEXT,
    "When recording resumes: a time, a date and time, tomorrow, monday. Default: when you resume it.",
    "tomorrow",
)
DURING: Final = Described(
    Form.TEXT,
    "Recording resumes when this time period is over: tonight, this_evening, today, this_weekend.",
    "tonight",
    title="Time period",
)
DURATION: Final = Described(
    Form.TEXT, "How long recording pauses: 30_minutes, 2_hours, 3_days.", "2_hours"
)
ROOMS: Final = Described(
    Form.ROOM,
    "Only in this room or these rooms: areas, or here for the room of the voice assistant. Of everyone, unless a listener is chosen.",
    "bedroom",
)


class RecordingParameters(AccountParameters):
    """Whose recording, or that of which rooms."""

    room: Annotated[str | tuple[str, ...] | None, ROOMS] = None


class RecordingResult(Result):
    """Whether a listener, or a room, is recorded now."""

    listener: str | None
    """None for everyone in a room."""
    recording: bool
    changed: bool
    """Whether it was otherwise before."""
    until: Moment | None = None
    """When the pause ends by itself."""
    rooms: tuple[str, ...] = ()
    """Where; empty for everywhere."""


class PauseParameters(RecordingParameters):
    """Whose recording, or that of which rooms, and until when: at most one of the times."""

    until: Annotated[str | None, UNTIL] = None
    window: Annotated[str | None, DURING] = None
    duration: Annotated[str | None, DURATION] = None


class Pause(SupervisedCommand[PauseParameters, RecordingResult]):
    """From now on nothing is remembered."""

    action = "pause_recording"
    description = "Pauses the recording of a listener or of rooms, until it is resumed or for a time. What is played meanwhile isn't fetched later."
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: PauseParameters, context: RequestContext
    ) -> RecordingResult:
        clock = context.query_context.clock
        until = _until(asked, clock)
        if rooms := await _async_rooms(context, asked):
            return await _async_pause_rooms(context, asked, rooms, until)
        account = own_account_of(context, asked.listener)
        collector = account.collector
        before = collector.paused, collector.paused_until
        await collector.async_pause(until)
        return RecordingResult(
            account.listener.name,
            recording=False,
            changed=before != (True, until),
            until=Moment.at(clock, until),
        )


class Resume(SupervisedCommand[RecordingParameters, RecordingResult]):
    """From now on it is remembered again."""

    action = "resume_recording"
    description = "Resumes the recording of a listener or of rooms."
    adds = True
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: RecordingParameters, context: RequestContext
    ) -> RecordingResult:
        if rooms := await _async_rooms(context, asked):
            return await _async_resume_rooms(context, asked, rooms)
        account = own_account_of(context, asked.listener)
        before = account.collector.paused
        await account.collector.async_resume()
        return RecordingResult(account.listener.name, recording=True, changed=before)


async def _async_rooms(
    context: RequestContext, asked: RecordingParameters
) -> tuple[Room, ...]:
    """Return the rooms that are meant; none where none is named.

    Raises UnknownRoom, for the name of a player alone as well, and UnknownHere.
    """
    query_context = context.query_context
    if not asked.room:
        return ()
    scope = await context.hass.data[DATA_HISTORY].async_ask(
        lambda queries: scope_of(
            queries, WindowParameters(room=asked.room, listener=EVERYONE), query_context
        ),
        hidden=query_context.hidden,
    )
    if not scope.rooms:
        raise UnknownRoom(scope.devices[0].name, names_of(query_context.rooms))
    return scope.rooms


def _listener_in_rooms(context: RequestContext, name: str | None) -> Listener | None:
    """Return the listener to whom a pause of rooms applies, None for everyone.

    Without a name it is everyone, but for a user below the access level *Full* the user. Raises Unauthorized, and as
    `own_listener_of`.
    """
    user_id = context.context.user_id
    trusted = context.caller.access_level >= AccessLevel.AUTONOMOUS
    if name == EVERYONE or (name is None and (user_id is None or trusted)):
        if user_id is not None:
            context.caller.require(AccessLevel.AUTONOMOUS)
        return None
    return own_listener_of(context, name)


async def async_room_pauses(context: RequestContext) -> list[RoomPause]:
    """Return the pauses of rooms, but for those of listeners hidden from the caller."""
    now, hidden = context.query_context.clock.now, context.query_context.hidden
    pauses = await context.hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.room_pauses(now)
    )
    return [one for one in pauses if one.listener not in hidden]


async def _async_pause_rooms(
    context: RequestContext,
    asked: PauseParameters,
    rooms: Sequence[Room],
    until: int | None,
) -> RecordingResult:
    listener = _listener_in_rooms(context, asked.listener)
    key = listener.key if listener else None
    clock, user_id = context.query_context.clock, context.caller.user_id
    pauses = [RoomPause(room.key, key, until) for room in rooms]
    history = context.hass.data[DATA_HISTORY]
    async with history.async_held():
        changed = await history.async_write(
            lambda connection, ingest: [
                pause_room(connection, ingest, one, clock.now, user_id)
                for one in pauses
            ]
        )
    return RecordingResult(
        listener.name if listener else None,
        recording=False,
        changed=any(changed),
        until=Moment.at(clock, until),
        rooms=tuple(room.name for room in rooms),
    )


def _until(asked: PauseParameters, clock: Clock) -> int | None:
    """Return when (UTC ms) the pause ends. Raises BadParameter for two times, and UnknownWindow for none that lies ahead."""
    times = (asked.until, asked.window, asked.duration)
    if sum(each is not None for each in times) > 1:
        raise BadParameter("until")
    if asked.until is not None:
        return moment_ahead(asked.until, clock)
    if asked.window is not None:
        return end_ahead(asked.window, clock)
    if asked.duration is not None:
        return moment_after(asked.duration, clock)
    return None


async def _async_resume_rooms(
    context: RequestContext, asked: RecordingParameters, rooms: Sequence[Room]
) -> RecordingResult:
    """End the pauses of rooms: those of one listener, or all.

    Raises Unauthorized where a pause applies to everyone and the caller may only change their own.
    """
    listener = _listener_in_rooms(context, asked.listener)
    keys = {room.key for room in rooms}
    pauses = [one for one in await async_room_pauses(context) if one.room in keys]
    if listener is not None:
        if any(one.listener is None for one in pauses):
            # It would go on for everyone.
            context.caller.require(AccessLevel.AUTONOMOUS)
        pauses = [one for one in pauses if one.listener == listener.key]
    now, history = context.query_context.clock.now, context.hass.data[DATA_HISTORY]

    def resume(connection: Connection, ingest: Ingest) -> None:
        for one in pauses:
            resume_room(connection, ingest, one, now)

    async with history.async_held():
        await history.async_write(resume)
    return RecordingResult(
        listener.name if listener else None,
        recording=True,
        changed=bool(pauses),
        rooms=tuple(room.name for room in rooms),
    )
