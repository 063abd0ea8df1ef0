"""The Web API's remote control of a player, with the rules that the person's own hands do not have."""

from collections.abc import Sequence

from .player import Repeat


class Remote:
    """The player's commands as the Web API allows them: same names, an optional `device_id` on each.

    Every command raises `NotPremium` for a free account, `UnknownDevice` for a device id nobody has,
    `NoActiveDevice` when none is named and none active, `RestrictedDevice`, and what `Player` raises.
    """

    def play(
        self,
        *,
        uris: Sequence[str] | None = None,
        context_uri: str | None = None,
        offset: int | str | None = None,
        position_ms: int = 0,
        device_id: str | None = None,
    ) -> None:
        """See `Player.play`."""
        raise NotImplementedError

    def pause(self, device_id: str | None = None) -> None:
        """See `Player.pause`."""
        raise NotImplementedError

    def next(self, device_id: str | None = None) -> None:
        """See `Player.next`."""
        raise NotImplementedError

    def previous(self, device_id: str | None = None) -> None:
        """See `Player.previous`."""
        raise NotImplementedError

    def seek(self, position_ms: int, device_id: str | None = None) -> None:
        """See `Player.seek`."""
        raise NotImplementedError

    def volume(self, percent: int, device_id: str | None = None) -> None:
        """See `Player.volume`."""
        raise NotImplementedError

    def shuffle(self, on: bool, device_id: str | None = None) -> None:
        """See `Player.shuffle`."""
        raise NotImplementedError

    def repeat(self, mode: Repeat | str, device_id: str | None = None) -> None:
        """See `Player.repeat`."""
        raise NotImplementedError

    def queue(self, uri: str, device_id: str | None = None) -> None:
        """See `Player.queue`."""
        raise NotImplementedError

    def transfer(self, device_id: str, *, play: bool | None = None) -> None:
        """See `Player.transfer`; needs no active device."""
        raise NotImplementedError
