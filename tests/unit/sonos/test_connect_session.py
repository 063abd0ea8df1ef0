"""A session goes on where it was, or in its room, whatever Spotify calls that now."""

from custom_components.encore.sonos.playback.connect_session import (
    ConnectSession,
    device_for,
)
from custom_components.encore.spotify.api.playback import ConnectDevice

SESSION = ConnectSession("alva", "Kitchen", "spotify:track:a", device_id="k")


def device(
    name: str, device_id: str | None = "x", *, restricted: bool = False
) -> ConnectDevice:
    """Return a device as Spotify tells of it."""
    return ConnectDevice(
        id=device_id, name=name, type="Speaker", active=False, restricted=restricted
    )


def test_its_own_device_counts_before_its_name() -> None:
    """Two may have one name, and a group has another than its room."""
    own = device("Kitchen + 1", "k")
    assert device_for([device("Kitchen"), own], SESSION, "Kitchen") is own


def test_a_device_of_its_name_counts_before_that_of_the_room() -> None:
    """Whatever the capitals."""
    named, room = device("KITCHEN", "n"), device("Bedroom", "r")
    assert device_for([room, named], SESSION, "Bedroom") is named
    assert device_for([room], SESSION, "Bedroom") is room


def test_a_room_that_leads_a_group_is_found_by_its_name() -> None:
    """Not a room whose name only begins the same."""
    group = device("Kitchen + 2")
    assert device_for([device("Kitchenette"), group], SESSION, "Kitchen") is group
    assert device_for([device("Kitchenette")], SESSION, "Kitchen") is None


def test_what_takes_no_commands_does_not_count() -> None:
    """Spotify lists it all the same."""
    able = device("Kitchen", "n")
    unable = [device("Kitchen", None), device("Kitchen", "k", restricted=True)]
    assert device_for([*unable, able], SESSION, "Kitchen") is able
    assert device_for(unable, SESSION, "Kitchen") is None
