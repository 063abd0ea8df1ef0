"""What the parts of a household need of its speakers, and of the household."""

from collections.abc import Sequence
from typing import Protocol

from .sound import Sound
from .tracks import SonosTrack
from .transport import Transport


class Member(Protocol):
    """A speaker, as the parts of its household see it."""

    name: str
    uid: str
    sound: Sound
    transport: Transport
    system_version: int
    boot_sequence: int

    @property
    def location(self) -> str:
        """The URL that the household reports."""

    @property
    def more_info(self) -> str:
        """What the speaker reports beside its settings."""

    @property
    def coordinator(self) -> Member:
        """The speaker that leads its group."""

    @property
    def members(self) -> Sequence[Member]:
        """The visible speakers of its group."""

    def change_volume(self, percent: int) -> None:
        """Turn the volume at the speaker."""

    def sound_changed(self) -> None:
        """Notify subscribers of how the speaker and its group sound."""

    def notify(self, *services: str) -> None:
        """Send the state of some services to their subscribers."""


class Home(Protocol):
    """A household, as its alarms and its shelf see it."""

    spotify_service_type: int

    @property
    def speakers(self) -> Sequence[Member]:
        """All speakers of the household."""

    def everyone(self, *services: str) -> None:
        """Notify the subscribers of some services on every speaker."""

    def topology_changed(self) -> None:
        """Notify every subscriber of the groups."""

    def resolve(self, uri: str, metadata: str) -> list[SonosTrack]:
        """Return what an enqueued URI stands for."""
