"""The commands of the sleep timer of a Sonos room's group."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Command, Result
from ...dispatch.request_context import RequestContext
from ...questions.base.parameters import Described, Form
from ...questions.base.response import Moment
from ...sonos.playback.sound_settings import LONGEST_SLEEP_MINUTES, Settings
from ...sonos.polling import ask_sleep_timer
from .sonos_rooms import RoomParameters, SonosRoom, names_of, room_of

MINUTES: Final = Described(
    Form.COUNT, "Minutes", "In how many minutes it falls silent.", 30, most=LONGEST_SLEEP_MINUTES
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SleepParameters(RoomParameters):
    """Which room, and when it falls silent."""

    minutes: Annotated[int, MINUTES]


@dataclass(frozen=True, slots=True)
class SleepResult(Result):
    """When the rooms fall silent; None while no timer is set."""

    rooms: tuple[str, ...]
    minutes_left: int
    ends: Moment | None


class ReadSleepTimer(Command[RoomParameters, SleepResult]):
    """When a room falls silent."""

    key = "sleep_timer"
    title = "Sleep timer"
    description = "Tells when a Sonos room and its group fall silent by the sleep timer, if it is set."
    icon = "mdi:bed-clock"
    declares = RoomParameters
    access_level = AccessLevel.INTERN
    reads = True
    stays_home = True

    @override
    async def async_run(
        self, asked: RoomParameters, context: RequestContext
    ) -> SleepResult:
        return await _async_result(context, room_of(context, asked.room))


class SetSleepTimer(Command[SleepParameters, SleepResult]):
    """Silence in a while."""

    key = "set_sleep_timer"
    title = "Set the sleep timer"
    description = "Lets a Sonos room and its group fall silent in some minutes."
    icon = "mdi:bed-clock"
    declares = SleepParameters
    access_level = AccessLevel.SUPERVISED
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: SleepParameters, context: RequestContext
    ) -> SleepResult:
        room = room_of(context, asked.room)
        settings = Settings(room.household, room.zone.uid)
        await settings.async_set_sleep_timer(asked.minutes)
        return await _async_result(context, room)


class ClearSleepTimer(Command[RoomParameters, SleepResult]):
    """Music without end."""

    key = "clear_sleep_timer"
    title = "Clear the sleep timer"
    description = "Lets a Sonos room and its group play on."
    icon = "mdi:bed-clock"
    declares = RoomParameters
    access_level = AccessLevel.SUPERVISED
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: RoomParameters, context: RequestContext
    ) -> SleepResult:
        room = room_of(context, asked.room)
        await Settings(room.household, room.zone.uid).async_set_sleep_timer(0)
        return await _async_result(context, room)


async def _async_result(context: RequestContext, room: SonosRoom) -> SleepResult:
    """Ask the speaker: its event may be on its way yet. Raises SonosError."""
    household, clock = room.household, context.query_context.clock
    left = await household.async_call_coordinator(room.zone.uid, ask_sleep_timer)
    rooms = names_of(household, household.topology.group_of(room.zone.uid))
    ends = Moment.at(clock, clock.now + left if left else None)
    return SleepResult(tuple(rooms), round((left or 0) / 60_000), ends)
