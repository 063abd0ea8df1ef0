"""Which speakers stand where: the demo's home, one with all kinds of speakers, and as many as wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

STEREO_RIGHT: Final = "RF,RF"
_STEREO_LEFT: Final = "LF,LF"
_SOUNDBAR: Final = "LF,RF"


@dataclass(frozen=True, slots=True)
class SpeakerPlace:
    """Where a speaker stands, and what it is."""

    name: str
    address: str
    model_number: str = "S39"
    model: str = "Sonos Era 100"
    has_battery: bool = False
    channel: str = ""
    """Set, the speaker is bonded to the last one before it without a channel: `RF,RF` makes the two a
    stereo pair, `LR`, `RR` and `SW` are satellites of a soundbar."""
    first_address: str = ""
    """Set, it is the speaker that once was there: it gets another address, and its uid stays."""


HOME: Final = (
    SpeakerPlace("Kitchen", "127.0.0.11"),
    SpeakerPlace("Bedroom", "127.0.0.12"),
    SpeakerPlace("Living Room", "127.0.0.13", "S14", "Sonos Beam"),
)
"""Three rooms of one speaker each."""

BIG_HOME: Final = (
    *HOME,
    SpeakerPlace("Living Room", "127.0.0.14", "S22", "Sonos One SL", channel="LR"),
    SpeakerPlace("Living Room", "127.0.0.15", "S22", "Sonos One SL", channel="RR"),
    SpeakerPlace("Living Room", "127.0.0.16", "S20", "Sonos Sub", channel="SW"),
    SpeakerPlace("Study", "127.0.0.17"),
    SpeakerPlace("Study", "127.0.0.18", channel=STEREO_RIGHT),
    SpeakerPlace("Bath", "127.0.0.19", "S27", "Sonos Roam", has_battery=True),
)
"""Five rooms of nine speakers: a soundbar with satellites, a stereo pair, and one with a battery."""


def many_rooms(count: int, network: str = "127.0.32") -> tuple[SpeakerPlace, ...]:
    """Return up to 254 rooms of one speaker each, on a network of their own."""
    return tuple(
        SpeakerPlace(f"Room {number}", f"{network}.{number}")
        for number in range(1, count + 1)
    )


def moved_to(
    network: str, places: Sequence[SpeakerPlace], *, same_speakers: bool = False
) -> tuple[SpeakerPlace, ...]:
    """Return the same places on another network such as `127.0.1`, so that two homes stand side by side.

    With `same_speakers` it is one home, whose speakers got other addresses.
    """
    return tuple(
        replace(
            place,
            address=f"{network}.{place.address.rpartition('.')[2]}",
            first_address=place.address if same_speakers else "",
        )
        for place in places
    )


def channel_maps(
    places: Sequence[SpeakerPlace], uids: Sequence[str]
) -> list[tuple[dict[str, str], bool]]:
    """Return the bonds of the places: channels by uid, the visible speaker first, and whether it is a soundbar's."""
    maps: list[tuple[dict[str, str], bool]] = []
    visible = ""
    for place, uid in zip(places, uids, strict=True):
        if not place.channel:
            visible = uid
            continue
        is_theatre = place.channel != STEREO_RIGHT
        if not maps or visible not in maps[-1][0]:
            first = _SOUNDBAR if is_theatre else _STEREO_LEFT
            maps.append(({visible: first}, is_theatre))
        maps[-1][0][uid] = place.channel
    return maps
