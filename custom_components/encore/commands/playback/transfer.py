"""The command that transfers playback to another device."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Command, Result
from ...dispatch.request_context import RequestContext
from ...questions.base.parameters import Described, Form
from ...spotify.api.playback import ConnectDevice
from ...spotify.call_purpose import Priority
from ...spotify.device_choice import usable
from ...spotify.errors import RestrictedDevice
from ...spotify.playback_transfer import async_transfer
from ..accounts import account_of
from ..errors import UnknownConnectDevice, listed
from ..exposure import require_exposed
from ..parameters import AccountParameters
from .playback_targets import area_meant, devices_called, hidden_speakers

DEVICE: Final = Described(
    Form.DEVICE,
    "Device",
    "The name or ID of a Spotify Connect device, its area, or here for the room of the voice assistant.",
    "Kitchen",
)
PLAY: Final = Described(
    Form.FLAG,
    "Play",
    "Starts playback on the device, also if it was paused.",
    example=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferParameters(AccountParameters):
    """Whose playback, and where to."""

    device: Annotated[str, DEVICE]
    play: Annotated[bool, PLAY] = False


@dataclass(frozen=True, slots=True)
class TransferResult(Result):
    """Where the playback is now."""

    listener: str
    device: str
    device_id: str | None
    was_there: bool
    """Whether it was there before."""


class Transfer(Command[TransferParameters, TransferResult]):
    """Music that moves along."""

    action = "transfer_playback"
    description = "Moves the playback of a Spotify account to another Spotify Connect device, and checks that it arrived."
    icon = "mdi:transfer-right"
    access_level = AccessLevel.SUPERVISED
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
