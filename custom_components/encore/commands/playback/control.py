"""The commands that pause, resume, skip and set the volume of an account's player or a Sonos room."""

from enum import StrEnum
from typing import Annotated, Final, override

from msgspec import UNSET, UnsetType

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import Described, Form
from ...sonos.playback.controls import Controls
from ..accounts import account_of
from ..exposure import require_exposed
from ..parameters import AccountParameters
from ..sonos.sonos_rooms import room_of

ROOM: Final = Described(
    Form.DEVICE,
    "A Sonos room: an area, a speaker, or here for the room of the voice assistant. Default: what the Spotify account plays.",
    "Kitchen",
)
DO: Final = Described(
    Form.CHOICE,
    "Pause, go on with what was paused, or skip to the next or the previous.",
    "pause",
)
VOLUME: Final = Described(Form.COUNT, "How loud, in percent.", 25, most=100, least=0)


class Control(StrEnum):
    """What can be done with what plays."""

    PAUSE = "pause"
    GO_ON = "go_on"
    NEXT = "next"
    PREVIOUS = "previous"


class PlayerParameters(AccountParameters):
    """What plays: an account's music, or that of a room."""

    room: Annotated[str | None, ROOM] = None


class ControlParameters(PlayerParameters):
    """What is to be done."""

    do: Annotated[Control, DO]


class VolumeParameters(PlayerParameters):
    """How loud it is to be."""

    volume: Annotated[int, VOLUME]


class Controlled(Result, kw_only=True):
    """What was done, and with whose music or with which room's."""

    room: str | UnsetType = UNSET
    listener: str | UnsetType = UNSET
    done: Control | UnsetType = UNSET
    volume: int | UnsetType = UNSET

    @property
    def in_room(self) -> bool:
        """Whether it is a room's."""
        return self.room is not UNSET

    @property
    def of(self) -> object:
        """The room or the listener."""
        return self.room if self.in_room else self.listener


class ControlPlayback(SupervisedCommand[ControlParameters, Controlled]):
    """What the buttons of a player do."""

    key = "control"
    title = "Control playback"
    description = "Pauses what an account plays at Spotify or what a Sonos room plays, goes on with it, or skips to the next or the previous."
    interfaces = NO_ACTION

    @override
    async def async_run(
        self, asked: ControlParameters, context: RequestContext
    ) -> Controlled:
        if asked.room is not None:
            room = room_of(context, asked.room)
            controls = Controls(room.household, room.zone.uid)
            await {
                Control.PAUSE: controls.async_pause,
                Control.GO_ON: controls.async_play,
                Control.NEXT: controls.async_next,
                Control.PREVIOUS: controls.async_previous,
            }[asked.do]()
            return Controlled(room=room.name, done=asked.do)
        account = account_of(context, asked.listener)
        require_exposed(context, account)
        command = {
            Control.PAUSE: account.gateway.async_pause,
            Control.GO_ON: account.coordinator.async_play,
            Control.NEXT: account.gateway.async_next,
            Control.PREVIOUS: account.gateway.async_previous,
        }[asked.do]
        await account.coordinator.async_command(command())
        return Controlled(listener=account.listener.name, done=asked.do)


class SetVolume(SupervisedCommand[VolumeParameters, Controlled]):
    """Louder, or not so loud."""

    title = "Set the volume"
    description = (
        "Sets how loud the device is on which an account plays, or a Sonos room."
    )
    interfaces = NO_ACTION
    repeatable = True

    @override
    async def async_run(
        self, asked: VolumeParameters, context: RequestContext
    ) -> Controlled:
        if asked.room is not None:
            room = room_of(context, asked.room)
            controls = Controls(room.household, room.zone.uid)
            await controls.async_set_volume(asked.volume)
            return Controlled(room=room.name, volume=asked.volume)
        account = account_of(context, asked.listener)
        require_exposed(context, account)
        await account.coordinator.async_command(
            account.gateway.async_set_volume(asked.volume)
        )
        return Controlled(listener=account.listener.name, volume=asked.volume)
