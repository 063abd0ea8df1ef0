"""The Web API's remote control of a player, with the rules that the person's own hands do not have."""

from collections.abc import Sequence

from .devices import Device
from .errors import NoActiveDevice, NotPremium, RestrictedDevice, RestrictionViolated
from .player import Player, Repeat


class Remote:
    """The player's commands as the Web API allows them: same names, an optional `device_id` on each.

    Every command raises `NotPremium` for a free account, `UnknownDevice` for a device id nobody has,
    `NoActiveDevice` when none is named and none active, `RestrictedDevice`, and what `Player` raises.
    """

    def __init__(self, player: Player) -> None:
        """Control this player."""
        self._player = player

    def play(
        self,
        *,
        uris: Sequence[str] | None = None,
        context_uri: str | None = None,
        offset: int | str | None = None,
        position_ms: int | None = None,
        device_id: str | None = None,
    ) -> None:
        """See `Player.play`; a device that is named becomes the active one."""
        device = self._allowed(device_id)
        self._player.play(
            uris=uris,
            context_uri=context_uri,
            offset=offset,
            position_ms=position_ms,
            device_id=device.id,
        )

    def pause(self, device_id: str | None = None) -> None:
        """See `Player.pause`."""
        self._active(device_id)
        self._player.pause()

    def next(self, device_id: str | None = None) -> None:
        """See `Player.next`."""
        self._active(device_id)
        self._player.next()

    def previous(self, device_id: str | None = None) -> None:
        """See `Player.previous`."""
        self._active(device_id)
        self._player.previous()

    def seek(self, position_ms: int, device_id: str | None = None) -> None:
        """See `Player.seek`."""
        self._active(device_id)
        self._player.seek(position_ms)

    def volume(self, percent: int, device_id: str | None = None) -> None:
        """See `Player.volume`; any device may be named."""
        device = self._allowed(device_id)
        self._player.volume(percent, device.id)

    def shuffle(self, on: bool, device_id: str | None = None) -> None:
        """See `Player.shuffle`."""
        self._active(device_id)
        self._player.shuffle(on)

    def repeat(self, mode: Repeat | str, device_id: str | None = None) -> None:
        """See `Player.repeat`."""
        self._active(device_id)
        self._player.repeat(mode)

    def queue(self, uri: str, device_id: str | None = None) -> None:
        """See `Player.queue`."""
        self._active(device_id)
        self._player.queue(uri)

    def transfer(self, device_id: str, *, play: bool | None = None) -> None:
        """See `Player.transfer`; needs no active device."""
        self._allowed(device_id)
        self._player.transfer(device_id, play=play)

    def _allowed(self, device_id: str | None) -> Device:
        """Return the device that a command is for, when the Web API may control it."""
        if not self._player.person.premium:
            raise NotPremium
        device = (
            self._player.active_device
            if device_id is None
            else self._player.device(device_id)
        )
        if device is None:
            raise NoActiveDevice
        if device.is_restricted:
            raise RestrictedDevice
        return device

    def _active(self, device_id: str | None) -> None:
        """Refuse a command to a device other than the active one: nothing plays there."""
        device = self._allowed(device_id)
        active = self._player.active_device
        if active is None:
            raise NoActiveDevice
        if device is not active:
            raise RestrictionViolated
