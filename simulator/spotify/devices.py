"""The Spotify Connect devices of a person, and speakers that the household shares."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceType(StrEnum):
    """Spotify's words for kinds of device."""

    COMPUTER = "Computer"
    SMARTPHONE = "Smartphone"
    SPEAKER = "Speaker"
    TV = "TV"


@dataclass(slots=True)
class Device:
    """One device as the API shows it. Volume is the only thing that changes."""

    id: str
    """40 hexadecimal digits, as Spotify's are."""
    name: str
    type: str
    """A `DeviceType`, or another word of Spotify's."""
    platform: str
    """What the export writes in `platform`."""
    is_restricted: bool = False
    supports_volume: bool = True
    volume_percent: int = 50
