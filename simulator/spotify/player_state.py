"""A player's state as others see it."""

from dataclasses import dataclass

from .devices import Device
from .music import Playable
from .program import Repeat


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
