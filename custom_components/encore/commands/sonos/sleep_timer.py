"""The command that sets the sleep timer of a Sonos room's group."""

from typing import Annotated, Final, override

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.parameters import Described, Form
from ...questions.base.response import Moment
from ...sonos.playback.controls import LONGEST_SLEEP_MINUTES, Controls
from ...sonos.polling import ask_sleep_timer
from .sonos_rooms import RoomParameters, SonosRoom, names_of, room_of

MINUTES: Final = Described(
    Form.COUNT, "When the music stops, in minutes. 0 turns the timer off.", 30, least=0, most=LONGEST_SLEEP_MINUTES
)  # fmt: skip


class SleepParameters(RoomParameters):
    """Which room, and when it falls silent."""

    minutes: Annotated[int, MINUTES]


class SleepResult(Result):
    """When the rooms fall silent; None while no timer is set."""

    rooms: tuple[str, ...]
    minutes_left: int
    ends: Moment | None


class SetSleepTimer(SupervisedCommand[SleepParameters, SleepResult]):
    """Silence in a while."""

    description = "Stops the music in a Sonos room and its group after some minutes, or turns the timer off."
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: SleepParameters, context: RequestContext
    ) -> SleepResult:
        room = room_of(context, asked.room)
        controls = Controls(room.household, room.zone.uid)
        await controls.async_set_sleep_timer(asked.minutes)
        return await _async_result(context, room)


async def _async_result(context: RequestContext, room: SonosRoom) -> SleepResult:
    """Ask the speaker: its event may be on its way yet. Raises SonosError."""
    household, clock = room.household, context.query_context.clock
    left = await household.async_call_coordinator(room.zone.uid, ask_sleep_timer)
    rooms = names_of(household, household.topology.group_of(room.zone.uid))
    ends = Moment.at(clock, clock.now + left if left else None)
    return SleepResult(tuple(rooms), round((left or 0) / 60_000), ends)
