"""The command that lists Spotify Connect devices."""

from dataclasses import dataclass, field
from typing import override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION
from ...questions.base.response import MERGED
from ...spotify.api.playback import ConnectDevice
from ...spotify.device_rooms import async_room_of_device
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters


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


@dataclass(frozen=True, slots=True)
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
    icon = "mdi:speaker-multiple"
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
    return SeenDevice(
        id=device.id,
        name=device.name,
        type=device.type,
        room=room.name if room else None,
        active=device.active,
        playable=device.id is not None and not device.restricted,
        supports_volume=device.supports_volume,
        volume_percent=device.volume_percent,
    )
