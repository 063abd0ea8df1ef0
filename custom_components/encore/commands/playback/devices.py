"""The commands that list Spotify Connect devices, and that move playback to one."""

from collections.abc import Sequence
from dataclasses import field
from typing import Annotated, Final, Self, override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import Described, Form
from ...questions.base.response import MERGED
from ...spotify.api.playback import ConnectDevice
from ...spotify.call_purpose import Priority
from ...spotify.device_choice import usable
from ...spotify.device_rooms import async_room_of_device
from ...spotify.errors import RestrictedDevice
from ...spotify.playback_transfer import async_transfer
from ..accounts import account_of
from ..cache_age import CacheAge
from ..errors import UnknownConnectDevice, listed
from ..exposure import require_exposed
from ..parameters import AccountParameters
from .playback_targets import area_meant, devices_called, hidden_speakers


class SeenDevice(Struct, frozen=True, kw_only=True):
    """A device, and the room that it is called after."""

    id: str | None
    name: str
    type: str
    room: str | None
    active: bool
    """Whether it is playing, or was last."""
    playable: bool
    """Whether it takes commands."""
    supports_volume: bool
    volume_percent: int | None

    @classmethod
    def of(cls, device: ConnectDevice, room: str | None) -> Self:
        """Return a device that an account sees."""
        return cls(
            id=device.id,
            name=device.name,
            type=device.type,
            room=room,
            active=device.active,
            playable=device.id is not None and not device.restricted,
            supports_volume=device.supports_volume,
            volume_percent=device.volume_percent,
        )


class DevicesResult(Result):
    """The devices of an account, the active one first, then by name."""

    listener: str
    devices: tuple[SeenDevice, ...]
    known: CacheAge = field(metadata=MERGED)

    @property
    def active(self) -> SeenDevice | None:
        """The device that is playing, or was last."""
        return next((each for each in self.devices if each.active), None)


class Devices(ReadCommand[AccountParameters, DevicesResult]):
    """Which devices Spotify Connect sees."""

    action = "get_devices"
    description = "Returns the Spotify Connect devices of an account, with their rooms, and which one plays."
    interfaces = NO_ACTION
    everyday = True

    @override
    async def async_run(
        self, asked: AccountParameters, context: RequestContext
    ) -> DevicesResult:
        account = account_of(context, asked.listener)
        seen = await account.gateway.async_recent_devices()
        devices = sorted(
            seen.value, key=lambda device: (not device.active, device.name.casefold())
        )
        return DevicesResult(
            account.listener.name,
            tuple(_seen(context, device) for device in devices),
            CacheAge.answered(context, seen),
        )


def _seen(context: RequestContext, device: ConnectDevice) -> SeenDevice:
    room = async_room_of_device(context.hass, device.name)
    return SeenDevice.of(device, room.name if room else None)


DEVICE: Final = Described(
    Form.DEVICE,
    "The name or ID of a Spotify Connect device, its area, or here for the room of the voice assistant.",
    "Kitchen",
)
PLAY: Final = Described(
    Form.FLAG, "Starts playback on the device, also if it was paused.", example=True
)


class TransferParameters(AccountParameters):
    """Whose playback, and where to."""

    device: Annotated[str, DEVICE]
    play: Annotated[bool, PLAY] = False


class TransferResult(Result):
    """Where the playback is now."""

    listener: str
    device: str
    device_id: str | None
    was_there: bool
    """Whether it was there before."""


class Transfer(SupervisedCommand[TransferParameters, TransferResult]):
    """Music that moves along."""

    action = "transfer_playback"
    description = "Moves the playback of a Spotify account to another Spotify Connect device, and checks that it arrived."
    repeatable = True
    everyday = True

    @override
    async def async_run(
        self, asked: TransferParameters, context: RequestContext
    ) -> TransferResult:
        account = account_of(context, asked.listener)
        require_exposed(context, account)
        await account.coordinator.async_require_control()
        hidden = hidden_speakers(context)
        seen = await account.gateway.async_devices(Priority.PERSON)
        devices = [each for each in seen if each.name.casefold() not in hidden]
        device = _named(context, asked.device, devices)
        if device.restricted or device.id is None:
            raise RestrictedDevice
        was_there = device.active
        if not was_there or asked.play:
            await account.coordinator.async_command(
                async_transfer(account.gateway, device, play=asked.play)
            )
        return TransferResult(account.listener.name, device.name, device.id, was_there)


def _named(
    context: RequestContext, name: str, devices: Sequence[ConnectDevice]
) -> ConnectDevice:
    """Return the device that is meant: by id, else by name, else the one of the area. Of namesakes the active one.

    Raises UnknownConnectDevice and UnknownHere.
    """
    area = area_meant(context, name)
    if not (found := devices_called(context.hass, devices, name, area)):
        known = listed({device.name for device in usable(devices)})
        raise UnknownConnectDevice(name=name, known=known)
    return max(found, key=lambda device: (not device.restricted, device.active))
