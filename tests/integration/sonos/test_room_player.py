"""The players of rooms show what the speakers do, and do what is asked."""

import asyncio
from dataclasses import replace

import pytest

from custom_components.encore.sonos.errors import UnknownSonosSource
from custom_components.encore.sonos.household import Household
from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature as Feature,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceNotSupported
from homeassistant.util import dt as dt_util
from simulator.sonos import SonosSimulator
from simulator.sonos.radio import NO_SONGS

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


async def test_shuffle_and_repeat_set_in_a_row_both_count(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Though the room has not told of the first before the second."""
    kitchen = sonos.speaker("Kitchen")
    kitchen.faults.events_to_lose = 9
    await call(hass, "shuffle_set", KITCHEN, shuffle=True)
    await call(hass, "repeat_set", KITCHEN, repeat="all")
    assert kitchen.transport.queue.mode == "SHUFFLE"


async def test_every_turn_of_a_knob_counts(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Though the room has not told of one before the next; it ends at the loudest."""
    kitchen = sonos.speaker("Kitchen")
    kitchen.faults.events_to_lose = 9
    await asyncio.gather(*(call(hass, "volume_up", KITCHEN) for _ in range(5)))
    assert kitchen.sound.volume == 30
    await asyncio.gather(*(call(hass, "volume_down", KITCHEN) for _ in range(3)))
    assert kitchen.sound.volume == 24
    sonos.press("Kitchen", "volume", volume=99)
    await call(hass, "volume_up", KITCHEN)
    assert kitchen.sound.volume == 100


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


async def test_what_is_offered_goes_with_what_sounds(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """No track can be skipped, sought in or shuffled on TV, line-in and radio; with the queue back on, it can."""
    in_a_list = (
        Feature.NEXT_TRACK
        | Feature.PREVIOUS_TRACK
        | Feature.SEEK
        | Feature.SHUFFLE_SET
        | Feature.REPEAT_SET
    )

    def offered(entity_id: str = LIVING_ROOM) -> Feature:
        return Feature(state_of(hass, entity_id).attributes["supported_features"])

    always = Feature.PLAY | Feature.PAUSE | Feature.STOP | Feature.VOLUME_SET
    await call(hass, "select_source", LIVING_ROOM, source="TV")
    await until(lambda: state_of(hass, LIVING_ROOM).attributes.get("source") == "TV")
    assert not offered() & in_a_list
    assert offered() & always == always
    with pytest.raises(ServiceNotSupported):
        await call(hass, "media_next_track", LIVING_ROOM)
    await call(hass, "media_pause", LIVING_ROOM)
    await until(lambda: state_of(hass, LIVING_ROOM).state == "idle")
    sonos.press("Living Room", "line_in")
    await until(
        lambda: state_of(hass, LIVING_ROOM).attributes.get("source") == "Line-in"
    )
    assert not offered() & in_a_list
    sonos.press("Living Room", "radio")
    await until(lambda: state_of(hass, LIVING_ROOM).attributes.get("media_channel"))
    assert not offered() & in_a_list
    sonos.press("Living Room", "airplay")
    await until(
        lambda: state_of(hass, LIVING_ROOM).attributes.get("source") == "AirPlay"
    )
    assert offered() & in_a_list == Feature.NEXT_TRACK | Feature.PREVIOUS_TRACK | Feature.SEEK  # fmt: skip
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    assert offered(KITCHEN) & in_a_list == in_a_list


async def test_a_fixed_volume_is_not_offered(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A line-out leaves it to the amplifier."""
    volume = Feature.VOLUME_SET | Feature.VOLUME_STEP | Feature.VOLUME_MUTE

    def offered() -> Feature:
        return Feature(state_of(hass, BEDROOM).attributes["supported_features"])

    assert offered() & volume == volume
    bedroom = sonos.speaker("Bedroom")
    bedroom.sound.fixed = True
    bedroom.sound_changed()
    await until(lambda: not offered() & volume)


async def test_the_place_in_the_queue_is_shown_while_it_plays(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The first is 1; a radio has none."""
    sonos.press("Kitchen", "play", queue=3)
    await until(lambda: state_of(hass, KITCHEN).attributes.get("queue_position") == 3)
    assert state_of(hass, KITCHEN).attributes["queue_size"] == 4
    await call(hass, "media_next_track", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).attributes.get("queue_position") == 4)
    sonos.press("Kitchen", "radio")
    await until(lambda: state_of(hass, KITCHEN).attributes.get("media_channel"))
    assert "queue_position" not in state_of(hass, KITCHEN).attributes
    assert "queue_size" not in state_of(hass, KITCHEN).attributes


def position_of(hass: HomeAssistant, entity_id: str) -> float | None:
    """Return where a track is now, in seconds, by what a player shows."""
    state = state_of(hass, entity_id)
    if (position := state.attributes.get("media_position")) is None:
        return None
    if state.state != "playing":
        return float(position)
    at = state.attributes["media_position_updated_at"]
    return float(position + (dt_util.utcnow() - at).total_seconds())


def shows(hass: HomeAssistant, entity_id: str, seconds: float) -> bool:
    """Whether a player shows that the track is there, as finely as speakers count."""
    position = position_of(hass, entity_id)
    return position is not None and abs(position - seconds) < 2


async def test_the_position_is_right_after_seek_pause_and_regrouping(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Also sought while paused; whoever joins shows it, and who takes the music over goes on from there."""
    transport = sonos.speaker("Kitchen").transport
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "media_seek", KITCHEN, seek_position=70)
    await until(lambda: shows(hass, KITCHEN, transport.position_s))
    assert shows(hass, KITCHEN, 70)
    await call(hass, "media_pause", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    assert shows(hass, KITCHEN, transport.position_s)
    await call(hass, "media_seek", KITCHEN, seek_position=20)
    await until(lambda: shows(hass, KITCHEN, 20))
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await until(lambda: shows(hass, BEDROOM, 20))
    await call(hass, "media_play", BEDROOM)
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    assert shows(hass, BEDROOM, transport.position_s)
    assert shows(hass, KITCHEN, transport.position_s)
    await call(hass, "unjoin", KITCHEN)
    heir = sonos.speaker("Bedroom").transport
    await until(lambda: shows(hass, BEDROOM, heir.position_s))
    assert heir.position_s >= 20
    assert state_of(hass, BEDROOM).attributes["queue_position"] == 2
    assert "media_position" not in state_of(hass, KITCHEN).attributes


async def test_a_favourite_that_nothing_can_play_is_no_source(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Such as a page of a music service; one of the same name that plays is chosen."""
    await until(lambda: len(household.favourites.known) == 2)
    station = sonos.household.shelf.favourites[1]
    for place, title in enumerate(("New releases", station.title), 7):
        page = replace(station, id=f"FV:2/{place}", title=title, uri="", upnp_class="object.itemobject.item.sonos-favorite")  # fmt: skip
        sonos.household.shelf.favour(page)
    await until(lambda: len(household.favourites.known) == 4)
    assert "New releases" not in state_of(hass, KITCHEN).attributes["source_list"]
    await call(hass, "select_source", KITCHEN, source=station.title)
    await until(lambda: state_of(hass, KITCHEN).attributes.get("media_channel"))
    with pytest.raises(UnknownSonosSource):
        await call(hass, "select_source", KITCHEN, source="New releases")


async def test_inputs_and_favourites_are_sources(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The soundbar has a TV; every room has the favourites and the playlists."""
    await until(lambda: len(household.favourites.known) == 2)
    assert state_of(hass, LIVING_ROOM).attributes["source_list"] == [
        "TV",
        "Low Tide",
        "Harbour FM",
        "Sunday",
    ]
    await call(hass, "select_source", LIVING_ROOM, source="TV")
    await until(lambda: state_of(hass, LIVING_ROOM).attributes.get("source") == "TV")
    assert state_of(hass, LIVING_ROOM).state == "idle"
    sonos.press("Living Room", "tv")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    await call(hass, "select_source", KITCHEN, source="Harbour FM")
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("source") == "Harbour FM"
    )
    assert (
        state_of(hass, KITCHEN).attributes["media_channel"]
        == "Harbour FM • The Morning Tide"
    )


async def test_sonos_playlists_are_sources(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Behind the favourites, as they come and go; one that is a favourite too is there once."""
    await until(lambda: len(household.favourites.known) == 2)
    shelf, tracks = sonos.household.shelf, sonos.speaker("Kitchen").transport.queue
    shelf.save_queue("Party", tracks.tracks[:3])
    shelf.save_queue("Low Tide", tracks.tracks[:1])
    await until(lambda: len(household.favourites.playlists) == 3)
    assert state_of(hass, KITCHEN).attributes["source_list"] == [
        "Low Tide",
        "Harbour FM",
        "Sunday",
        "Party",
    ]
    await call(hass, "select_source", KITCHEN, source="Party")
    await until(lambda: state_of(hass, KITCHEN).attributes.get("source") == "Party")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    assert state_of(hass, KITCHEN).attributes["queue_size"] == 3
    shelf.destroy(
        next(key for key, one in shelf.saved_queues.items() if one.title == "Party")
    )
    await until(
        lambda: "Party" not in state_of(hass, KITCHEN).attributes["source_list"]
    )


@pytest.mark.parametrize("instead", NO_SONGS)
async def test_what_is_no_song_has_no_artist(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, instead: str
) -> None:
    """Neither an advert nor a programme, of which the times are nobody's name; the song before is over."""
    sonos.press("Kitchen", "radio", title="Night Waves")
    await until(
        lambda: (
            state_of(hass, KITCHEN).attributes.get("media_artist") == "Dockside Trio"
        )
    )
    sonos.press("Kitchen", "stream_title", instead=instead)
    await until(
        lambda: (
            state_of(hass, KITCHEN).attributes.get("media_artist") != "Dockside Trio"
        )
    )
    assert "media_artist" not in state_of(hass, KITCHEN).attributes
    shown = state_of(hass, KITCHEN).attributes
    assert shown["media_title"] == "Night Waves"
    is_programme = instead == "programme"
    assert shown["media_channel"] == (
        "Night Waves • Artworks" if is_programme else "Night Waves"
    )


async def test_a_stopped_station_is_idle(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Pausing stops it, for it does not go on where it was; Home Assistant's own Sonos calls that paused."""
    sonos.press("Kitchen", "radio", title="Night Waves")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "media_pause", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    assert state_of(hass, KITCHEN).attributes["media_channel"] == "Night Waves"
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
