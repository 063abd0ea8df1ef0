"""A player's state as others see it, and what the players of a household share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .devices import Device
from .music import Playable
from .people import Person
from .program import Repeat

if TYPE_CHECKING:
    from .player import Player


@dataclass(frozen=True, slots=True)
class PlayerState:
    """The player at one moment."""

    device: Device
    item: Playable
    progress_ms: int
    is_playing: bool
    context_uri: str | None
    shuffle: bool
    repeat: Repeat
    private: bool
    changed_at: int
    """When play, pause, skip, seek or a new item last changed it (UTC milliseconds)."""
    at_ms: int
    """The moment this was taken (UTC milliseconds)."""


class Stage(Protocol):
    """What the players of a household share."""

    def speakers(self, person: Person) -> list[Device]:
        """Return the speakers a person may play on."""

    def claim(self, device: Device, player: Player) -> None:
        """Take a device for one player: whoever plays on it stops."""

    def context_items(self, context_uri: str) -> list[Playable]:
        """Return what a context plays. Raises `UnknownThing`, `BadValue("context_uri")`."""

    def player_changed(self, player: Player) -> None:
        """Pass on that a player's state changed."""

    def volume_changed(self, device: Device) -> None:
        """Pass on that Spotify set a device's volume."""
