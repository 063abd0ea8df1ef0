"""A person's player, which really plays: by the clock, on a device, through a context and a queue.

These are the person's own hands: no Premium and no active device is needed (the phone is picked up).
The Web API's rules (`NotPremium`, `NoActiveDevice`, `RestrictedDevice`) are in `remote.Remote`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .devices import Device
from .music import Playable


class Repeat(StrEnum):
    """What happens at the end."""

    OFF = "off"
    TRACK = "track"
    CONTEXT = "context"


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


class Player:
    """The player of one person."""

    @property
    def state(self) -> PlayerState | None:
        """The player now; None while no device is active (15 minutes after a pause the device rests)."""
        raise NotImplementedError

    @property
    def devices(self) -> list[Device]:
        """All devices of the person, shared speakers among them."""
        raise NotImplementedError

    @property
    def active_device(self) -> Device | None:
        """The device that plays or was paused lately."""
        raise NotImplementedError

    @property
    def private(self) -> bool:
        """Whether a private session is on. Set with `private_session`."""
        raise NotImplementedError

    def coming(self, limit: int = 20) -> list[Playable]:
        """What plays next: the queue first, then the context."""
        raise NotImplementedError

    def play(
        self,
        *,
        uris: Sequence[str] | None = None,
        context_uri: str | None = None,
        offset: int | str | None = None,
        position_ms: int = 0,
        device_id: str | None = None,
    ) -> None:
        """Play items or a context, from an offset (a place, or an item's URI); resume when neither is given.

        Raises `UnknownThing`, `UnknownDevice`, `BadValue`.
        """
        raise NotImplementedError

    def pause(self) -> None:
        """Pause. Raises `RestrictionViolated` when nothing plays."""
        raise NotImplementedError

    def resume(self, device_id: str | None = None) -> None:
        """Go on, or start again what was heard last. Raises `RestrictionViolated` when it already plays."""
        raise NotImplementedError

    def next(self) -> None:
        """Skip to the next item; stops at the end of a context (autoplay is off)."""
        raise NotImplementedError

    def previous(self) -> None:
        """Go back one item; start over at the first."""
        raise NotImplementedError

    def seek(self, position_ms: int) -> None:
        """Move within the item; past its end is the next item. Raises `BadValue("position_ms")` below 0."""
        raise NotImplementedError

    def volume(self, percent: int, device_id: str | None = None) -> None:
        """Set a device's volume. Raises `BadValue("volume_percent")`, `RestrictionViolated` where it has none."""
        raise NotImplementedError

    def shuffle(self, on: bool) -> None:
        """Shuffle what is still to come, or put it back in order."""
        raise NotImplementedError

    def repeat(self, mode: Repeat | str) -> None:
        """`off`, `track` or `context`. Raises `BadValue("state")`."""
        raise NotImplementedError

    def queue(self, uri: str) -> None:
        """Add an item to the queue. Raises `UnknownThing`."""
        raise NotImplementedError

    def transfer(self, device_id: str, *, play: bool | None = None) -> None:
        """Move playback to another device; `play` None keeps playing or paused as it was."""
        raise NotImplementedError

    def private_session(self, on: bool) -> None:
        """Begin or end a private session; what is heard in it is not in recently played."""
        raise NotImplementedError
