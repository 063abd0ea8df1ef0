"""Announcements are heard where they are wanted, as loud as wanted, and what they interrupt goes on."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import BadVolume, OnlyFilesAreAnnounced
from custom_components.encore.sonos.errors import SonosCannotPlay, SonosRefused
from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator
from simulator.sonos.connect import connect_id
from simulator.sonos.speaker import Speaker
from simulator.sonos.tracks import SonosTrack
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.sonos.conftest import (
    BEDROOM,
    KITCHEN,
    LIVING_ROOM,
    call,
    state_of,
    until,
)

from .conftest import on, play, queue

BELL = "http://127.0.0.1/bell.mp3"
GATE = "http://127.0.0.1/gate.mp3"
LAUNDRY = "http://127.0.0.1/laundry.mp3"


@pytest.fixture(autouse=True)
def short(sonos: SonosSimulator) -> None:
    """Let what is announced take half a second."""
    sonos.household.web_track_s = 0.5


def loads(speaker: Speaker) -> list[str]:
    """Note every URI that a speaker is told to load from now on."""
    seen: list[str] = []
    load = speaker.transport.load_track

    def noting(uri: str, metadata: str, track: SonosTrack) -> None:
        seen.append(uri)
        load(uri, metadata, track)

    speaker.transport.load_track = noting  # type: ignore[method-assign]
    return seen


def volumes_at_loading(speaker: Speaker) -> list[tuple[str, int]]:
    """Note how loud a speaker is whenever it is told to load something, with the scheme of that."""
    noted: list[tuple[str, int]] = []
    transport = speaker.transport
    load_track, load_queue = transport.load_track, transport.load_queue

    def load(uri: str, metadata: str, track: SonosTrack) -> None:
        noted.append((uri.partition(":")[0], speaker.sound.volume))
        load_track(uri, metadata, track)

    def own_queue(uri: str, metadata: str) -> None:
        noted.append((uri.partition(":")[0], speaker.sound.volume))
        load_queue(uri, metadata)

    transport.load_track = load  # type: ignore[method-assign]
    transport.load_queue = own_queue  # type: ignore[method-assign]
    return noted


async def test_a_queue_of_spotify_goes_on_after_the_bell(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """At its track and position; the bell was as loud as asked for, and muted rooms hear it."""
    sonos.press("Kitchen", "spotify", uri=tracks[0].album.uri)
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "seek", secs=40)
    sonos.press("Kitchen", "mute")
    before = (queue(kitchen.transport), on(kitchen.transport))
    await until(lambda: state_of(hass, KITCHEN).attributes["is_volume_muted"])
    ringing = hass.async_create_task(
        play(hass, KITCHEN, BELL, announce=True, extra={"volume": 55})
    )
    await until(lambda: kitchen.transport.uri == BELL)
    assert (kitchen.sound.volume, kitchen.sound.mute) == (55, False)
    await ringing
    assert (queue(kitchen.transport), on(kitchen.transport)) == before
    await until(lambda: kitchen.transport.state == "PLAYING")
    assert abs(kitchen.transport.position_s - 40) <= 5
    assert (kitchen.sound.volume, kitchen.sound.mute) == (20, True)


async def test_radio_and_television_go_on(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Whatever is on."""
    transport = sonos.speaker("Living Room").transport
    sonos.press("Living Room", "radio", title="Night Waves")
    await play(hass, LIVING_ROOM, BELL, announce=True)
    assert transport.radio is not None
    assert transport.radio.station.title == "Night Waves"
    sonos.press("Living Room", "tv")
    await play(hass, LIVING_ROOM, BELL, announce=True)
    assert transport.uri.startswith("x-sonos-htastream:")


async def test_connect_goes_on_through_spotify(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    player: Player,
    tracks: list[Track],
) -> None:
    """At its track and position, in its album."""
    track = tracks[0]
    player.play(
        context_uri=track.album.uri,
        offset=track.uri,
        position_ms=50_000,
        device_id=connect_id(kitchen.uid),
    )
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await play(hass, KITCHEN, BELL, announce=True)
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (track.uri, True)
    assert state.context_uri == track.album.uri
    assert abs(kitchen.transport.position_s - 50) <= 5


async def test_only_addressed_rooms_of_a_group_hear_it_and_once(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Two rooms that are told the same are told it together; the third is silent for as long."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM, LIVING_ROOM])
    sonos.press("Kitchen", "play", queue=3)
    seen = loads(kitchen)
    ringing = asyncio.gather(
        play(hass, BEDROOM, BELL, announce=True, extra={"volume": 44}),
        play(hass, LIVING_ROOM, BELL, announce=True),
    )
    await until(lambda: kitchen.transport.uri == BELL)
    sounds = [
        (one.sound.volume, one.sound.mute)
        for one in map(sonos.speaker, ("Kitchen", "Bedroom", "Living Room"))
    ]
    assert sounds == [(20, True), (44, False), (20, False)]
    await ringing
    assert seen == [BELL]
    assert on(kitchen.transport) == "Song 3"
    assert len(kitchen.members) == 3
    assert {(one.sound.volume, one.sound.mute) for one in kitchen.members} == {
        (20, False)
    }


async def test_what_somebody_starts_meanwhile_stays(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Only the volume goes back."""
    sonos.household.web_track_s = 30
    sonos.press("Kitchen", "play", queue=3)
    ringing = hass.async_create_task(
        play(hass, KITCHEN, BELL, announce=True, extra={"volume": 60})
    )
    await until(lambda: kitchen.transport.state == "PLAYING" and kitchen.transport.uri == BELL)  # fmt: skip
    await until(lambda: state_of(hass, KITCHEN).attributes.get("media_title") == "bell.mp3")  # fmt: skip
    sonos.press("Kitchen", "radio")
    await ringing
    assert kitchen.transport.radio is not None
    assert kitchen.sound.volume == 20


async def test_one_that_cannot_be_played_leaves_all_as_it_was(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The error is told, and the music goes on; what is no file and no percentage is refused before."""
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "fail", action="SetAVTransportURI", code=714)
    with pytest.raises(SonosRefused):
        await play(hass, KITCHEN, BELL, announce=True, extra={"volume": 70})
    assert (on(kitchen.transport), kitchen.sound.volume) == ("Song 2", 20)
    await until(lambda: kitchen.transport.state == "PLAYING")
    with pytest.raises(OnlyFilesAreAnnounced):
        await play(hass, KITCHEN, "spotify:track:6trkAAAAAAAAAAAAAAAA01", announce=True)
    for volume in (-1, 101, 0.4, "loud", True):
        with pytest.raises(BadVolume):
            await play(hass, KITCHEN, BELL, announce=True, extra={"volume": volume})


async def test_two_at_once_follow_each_other_and_then_the_music_goes_on(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Not for a moment between them; each as loud as it is to be, and the room as loud as it was."""
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "seek", secs=40)
    seen, loud = loads(kitchen), volumes_at_loading(kitchen)
    await asyncio.gather(
        play(hass, KITCHEN, BELL, announce=True, extra={"volume": 60}),
        play(hass, KITCHEN, GATE, announce=True),
        play(hass, KITCHEN, LAUNDRY, announce=True, extra={"volume": 35}),
    )
    assert seen == [BELL, GATE, LAUNDRY]
    assert loud == [("http", 60), ("http", 20), ("http", 35), ("x-rincon-queue", 20)]
    assert on(kitchen.transport) == "Song 2"
    await until(lambda: kitchen.transport.state == "PLAYING")
    assert abs(kitchen.transport.position_s - 40) <= 5
    assert kitchen.sound.volume == 20


async def test_one_that_fails_keeps_the_next_from_nothing(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Each is told what came of its own."""
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "fail", action="SetAVTransportURI", code=714)
    seen = loads(kitchen)
    outcomes = await asyncio.gather(
        play(hass, KITCHEN, BELL, announce=True),
        play(hass, KITCHEN, GATE, announce=True),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes] == [SonosCannotPlay, type(None)]
    assert seen == [GATE]
    assert on(kitchen.transport) == "Song 2"


async def test_one_that_waits_goes_where_its_room_went_meanwhile(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The room is not torn out of the group that it joined while it waited for another announcement."""
    sonos.household.web_track_s = 2
    bedroom = sonos.speaker("Bedroom")
    first = hass.async_create_task(play(hass, BEDROOM, BELL, announce=True))
    await until(lambda: bedroom.transport.uri == BELL)
    second = hass.async_create_task(play(hass, BEDROOM, GATE, announce=True))
    seen = loads(kitchen)
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await asyncio.wait_for(asyncio.gather(first, second, return_exceptions=True), 15)
    assert seen == [GATE]
    assert {one.name for one in kitchen.members} == {"Kitchen", "Bedroom"}
    assert not bedroom.sound.mute
    assert not kitchen.sound.mute


async def test_where_nothing_plays_nothing_plays_afterwards(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """An empty room is silent again, what was paused is where it was, and what had never been loaded is not."""
    bedroom = sonos.speaker("Bedroom")
    await play(hass, BEDROOM, BELL, announce=True)
    assert (bedroom.transport.state, queue(bedroom.transport)) == ("STOPPED", [])
    assert bedroom.transport.on_queue
    sonos.press("Kitchen", "play", queue=3)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "seek", secs=30)
    sonos.press("Kitchen", "pause")
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    await play(hass, KITCHEN, BELL, announce=True)
    assert (on(kitchen.transport), kitchen.transport.position_s) == ("Song 3", 30)
    assert kitchen.transport.state != "PLAYING"


async def test_paused_connect_is_paused_again(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    player: Player,
    tracks: list[Track],
) -> None:
    """So that play on the speaker goes on with it."""
    device = connect_id(kitchen.uid)
    player.play(uris=[tracks[0].uri], position_ms=50_000, device_id=device)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    player.pause()
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    await play(hass, KITCHEN, BELL, announce=True)
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    await call(hass, "media_play", KITCHEN)
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (tracks[0].uri, True)
    assert abs(kitchen.transport.position_s - 50) <= 5


async def test_events_that_do_not_arrive_do_not_make_it_endless(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:  # fmt: skip
    """It is asked whether the bell has ended."""
    sonos.press("Kitchen", "play", queue=2)
    sonos.press("Kitchen", "mute_events")
    async with asyncio.timeout(8):
        await play(hass, KITCHEN, BELL, announce=True)
    assert on(kitchen.transport) == "Song 2"
