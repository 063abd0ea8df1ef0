"""The command that lists Spotify Connect devices."""

from dataclasses import dataclass
from typing import override

from ...access.policy import AccessLevel
from ...spotify.api.playback import ConnectDevice
from ...spotify.device_rooms import async_room_of_device
from ..accounts import account_of
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """A device, and the room that it is called after."""

    device: ConnectDevice
    room: str | None

    @property
    def playable(self) -> bool:
        """Whether it takes commands."""
        return self.device.id is not None and not self.device.restricted

    def as_data(self) -> dict[str, object]:
        """Return the device as JSON can carry it; `playable` says whether it takes commands."""
        device = self.device
        return {
            "id": device.id,
            "name": device.name,
            "type": device.type,
            "room": self.room,
            "active": device.active,
            "playable": self.playable,
            "supports_volume": device.supports_volume,
            "volume_percent": device.volume_percent,
        }


@dataclass(frozen=True, slots=True)
class DevicesResult(Result):
    """The devices of an account, the active one first, then by name."""

    listener: str
    devices: tuple[SeenDevice, ...]
    known: CacheAge

    @property
    def active(self) -> SeenDevice | None:
        """The device that is playing, or was last."""
        return next((each for each in self.devices if each.device.active), None)

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "devices": [each.as_data() for each in self.devices],
            **self.known.as_data(),
        }


class Devices(Command[AccountParameters, DevicesResult]):
    """Which devices Spotify Connect sees."""

    key = "devices"
    title = "Devices"
    description = "Tells which Spotify Connect devices an account sees now, in which room, and which of them plays."
    icon = "mdi:speaker-multiple"
    declares = AccountParameters
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    async def async_run(
        self, asked: AccountParameters, command_context: CommandContext
    ) -> DevicesResult:
        account = account_of(command_context, asked.listener)
        seen = await account.gateway.async_devices_of_late()
        devices = sorted(
            seen.value, key=lambda device: (not device.active, device.name.casefold())
        )
        return DevicesResult(
            account.listener.name,
            tuple(_seen(command_context, device) for device in devices),
            CacheAge.answered(command_context, seen),
        )


def _seen(command_context: CommandContext, device: ConnectDevice) -> SeenDevice:
    room = async_room_of_device(command_context.hass, device.name)
    return SeenDevice(device, room.name if room else None)
