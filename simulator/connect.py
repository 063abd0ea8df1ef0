"""The seam between the two simulators: a speaker as a Spotify Connect device.

The Sonos side implements `ConnectDevice` and calls `world.attach_device(device)`; it gets a `ConnectRemote`.
Starting playback on one side then moves both.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ConnectState:
    """What Spotify plays on a speaker. `position_ms` is the position at `at_ms` (simulated UTC milliseconds)."""

    person: str
    """The key of the person who plays."""
    uri: str
    title: str
    artists: tuple[str, ...]
    album: str
    duration_ms: int
    image: str
    """The path of the cover on the Spotify simulator, `/image/<id>`."""
    position_ms: int
    is_playing: bool
    shuffle: bool
    repeat: str
    """`off`, `track` or `context`."""
    context_uri: str | None
    volume_percent: int
    at_ms: int


class ConnectDevice(Protocol):
    """A speaker that Spotify can play on."""

    @property
    def id(self) -> str:
        """The Connect device id, stable."""

    @property
    def name(self) -> str:
        """The name people see."""

    @property
    def type(self) -> str:
        """`Speaker`, `TV`, …: Spotify's word."""

    @property
    def is_restricted(self) -> bool:
        """Whether the Web API may not control it."""

    @property
    def volume_percent(self) -> int:
        """Its volume when it is attached."""

    def connect_changed(self, state: ConnectState | None) -> None:
        """Playback on it changed; None when Spotify no longer plays on it. Called in the loop, must not block."""

    def connect_volume(self, percent: int) -> None:
        """Spotify set its volume."""


class ConnectRemote(Protocol):
    """The speaker's buttons. Without a Spotify session on the speaker they raise `RestrictionViolated`."""

    def pause(self) -> None:
        """Pause."""

    def resume(self) -> None:
        """Go on."""

    def next(self) -> None:
        """Skip to the next item."""

    def previous(self) -> None:
        """Go back one item."""

    def seek(self, ms: int) -> None:
        """Move within the item."""

    def shuffle(self, on: bool) -> None:
        """Shuffle or not."""

    def repeat(self, mode: str) -> None:
        """Repeat `off`, `track` or `context`."""

    def volume_changed(self, percent: int) -> None:
        """Somebody turned the speaker's volume: Spotify shows it."""

    def move_to(self, device_id: str) -> None:
        """Go on at another of the attached speakers."""

    def released(self) -> None:
        """End Spotify's session: the speaker plays something else. No callback comes back."""

    def detach(self) -> None:
        """Take the speaker off the network: who plays on it pauses."""
