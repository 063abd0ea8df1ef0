"""Announcements are heard where they are wanted, as loud as wanted, and what they interrupt goes on."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import BadVolume, OnlyFilesAreAnnounced
from custom_components.encore.sonos.errors import SonosRefused
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
    for volume in (-1, 101, "loud", True):
        with pytest.raises(BadVolume):
            await play(hass, KITCHEN, BELL, announce=True, extra={"volume": volume})


async def test_events_that_do_not_arrive_do_not_make_it_endless(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:  # fmt: skip
    """It is asked whether the bell has ended."""
    sonos.press("Kitchen", "play", queue=2)
    sonos.press("Kitchen", "mute_events")
    async with asyncio.timeout(8):
        await play(hass, KITCHEN, BELL, announce=True)
    assert on(kitchen.transport) == "Song 2"
