"""The players of rooms show what the speakers do, and do what is asked."""

from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, LIVING_ROOM, call, state_of, until


async def test_every_room_has_a_player(
    hass: HomeAssistant, household: Household
) -> None:
    """Named after the room, idle while nothing plays."""
    assert [state_of(hass, one).state for one in (BEDROOM, LIVING_ROOM)] == ["idle"] * 2
    assert state_of(hass, KITCHEN).name == "Kitchen"
    assert state_of(hass, KITCHEN).attributes["group_members"] == [KITCHEN]


async def test_what_plays_is_shown(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Title, artist, album, length and position, pushed by the speaker."""
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await until(lambda: "media_position" in state_of(hass, KITCHEN).attributes)
    shown = state_of(hass, KITCHEN).attributes
    assert shown["media_title"] == "Song 1"
    assert shown["media_artist"] == "Band 1"
    assert shown["media_album_name"] == "Album 1"
    assert shown["media_duration"] == 151
    assert shown["media_position"] == 0


async def test_the_transport_is_controlled(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Play, skip, go back, seek, pause, stop."""
    transport = sonos.speaker("Kitchen").transport
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "media_next_track", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).attributes["media_title"] == "Song 2")
    await call(hass, "media_seek", KITCHEN, seek_position=70)
    await until(lambda: state_of(hass, KITCHEN).attributes["media_position"] == 70)
    await call(hass, "media_previous_track", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).attributes["media_title"] == "Song 1")
    await call(hass, "media_pause", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    assert transport.state == "PAUSED_PLAYBACK"
    await call(hass, "media_stop", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "idle")


async def test_volume_is_each_rooms_own(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Set here, turned there, muted."""
    await call(hass, "volume_set", KITCHEN, volume_level=0.33)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.33)
    assert sonos.speaker("Kitchen").sound.volume == 33
    assert sonos.speaker("Bedroom").sound.volume == 20
    sonos.speaker("Bedroom").change_volume(41)
    sonos.speaker("Bedroom").sound_changed()
    await until(lambda: state_of(hass, BEDROOM).attributes["volume_level"] == 0.41)
    await call(hass, "volume_mute", BEDROOM, is_volume_muted=True)
    await until(lambda: state_of(hass, BEDROOM).attributes["is_volume_muted"])


async def test_shuffle_and_repeat_are_set_apart(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Sonos has one mode for both."""
    await call(hass, "shuffle_set", KITCHEN, shuffle=True)
    await until(lambda: state_of(hass, KITCHEN).attributes["shuffle"])
    await call(hass, "repeat_set", KITCHEN, repeat="one")
    await until(lambda: state_of(hass, KITCHEN).attributes["repeat"] == "one")
    assert sonos.speaker("Kitchen").transport.queue.mode == "SHUFFLE_REPEAT_ONE"


async def test_a_room_joins_mid_track_and_leaves(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A member shows what its coordinator plays, and may be the one that is commanded."""
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "join", KITCHEN, group_members=[BEDROOM, LIVING_ROOM])
    members = state_of(hass, LIVING_ROOM).attributes["group_members"]
    assert members[0] == KITCHEN
    assert set(members) == {KITCHEN, BEDROOM, LIVING_ROOM}
    assert state_of(hass, BEDROOM).attributes["media_title"] == "Song 1"
    await call(hass, "media_next_track", BEDROOM)
    await until(lambda: state_of(hass, BEDROOM).attributes["media_title"] == "Song 2")
    await call(hass, "unjoin", BEDROOM)
    assert state_of(hass, BEDROOM).attributes["group_members"] == [BEDROOM]
    assert state_of(hass, BEDROOM).state == "idle"
    assert state_of(hass, LIVING_ROOM).state == "playing"


async def test_inputs_and_favourites_are_sources(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The soundbar has a TV; every room has the favourites."""
    await until(lambda: len(household.favourites.known) == 2)
    assert state_of(hass, LIVING_ROOM).attributes["source_list"] == [
        "TV",
        "Low Tide",
        "Harbour FM",
    ]
    await call(hass, "select_source", LIVING_ROOM, source="TV")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    assert state_of(hass, LIVING_ROOM).attributes["source"] == "TV"
    await call(hass, "select_source", KITCHEN, source="Harbour FM")
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("source") == "Harbour FM"
    )
    assert state_of(hass, KITCHEN).attributes["media_channel"] == "Harbour FM"
