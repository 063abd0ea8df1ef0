"""What a group played is kept as data, and goes on from where it was."""

import json
from typing import Any

from msgspec import convert, to_builtins
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.sonos.errors import (
    RestoreAirplay,
    RestoreListensElsewhere,
    RestoreNotLinked,
    RestoreQueueGone,
    RestoreRoomsAway,
)
from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.model import Source
from custom_components.encore.sonos.playback.snapshots import (
    Snapshot,
    async_restore,
    async_take,
)
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator
from simulator.sonos.connect import connect_id
from simulator.sonos.speaker import Speaker
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.sonos.conftest import BEDROOM, KITCHEN, call, state_of, until

from .conftest import on, play, queue


def through_json(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot after it was written and read."""
    return convert(json.loads(json.dumps(to_builtins(snapshot))), Snapshot)


async def test_a_queue_of_spotify_goes_on_where_it_was(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """Though somebody emptied it meanwhile; with place, position, order, crossfade and volume."""
    album = tracks[0].album.uri
    sonos.press("Kitchen", "spotify", uri=album)
    before = queue(kitchen.transport)
    sonos.press("Kitchen", "play", queue=2)
    sonos.press("Kitchen", "mode", mode="REPEAT_ALL")
    sonos.press("Kitchen", "crossfade")
    sonos.press("Kitchen", "volume", volume=31)
    sonos.press("Kitchen", "seek", secs=65)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.31)
    snapshot = await async_take(hass, household, kitchen.uid)
    assert snapshot.source is Source.SPOTIFY
    sonos.press("Kitchen", "clear_queue")
    sonos.press("Kitchen", "crossfade", on=False)
    sonos.press("Kitchen", "radio")
    sonos.press("Kitchen", "volume", volume=60)
    await async_restore(hass, household, through_json(snapshot))
    transport = kitchen.transport
    assert queue(transport) == before
    assert (transport.queue.index, transport.queue.mode) == (1, "REPEAT_ALL")
    assert transport.state in {"PLAYING", "TRANSITIONING"}
    assert abs(transport.position_s - 65) <= 5
    assert transport.crossfade
    assert kitchen.sound.volume == 31


async def test_a_queue_that_is_the_same_is_not_written_again(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """It is only gone back to."""
    sonos.press("Kitchen", "play", queue=3)
    snapshot = await async_take(hass, household, kitchen.uid)
    version = kitchen.transport.queue.version
    sonos.press("Kitchen", "radio")
    await async_restore(hass, household, snapshot)
    assert (on(kitchen.transport), kitchen.transport.queue.version) == ("Song 3", version)  # fmt: skip


async def test_radio_television_and_silence_come_back(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A station plays on, the TV too; what was paused is loaded and stays silent."""
    living_room = sonos.speaker("Living Room")
    sonos.press("Living Room", "radio", title="Night Waves")
    radio = await async_take(hass, household, living_room.uid)
    sonos.press("Living Room", "tv")
    television = await async_take(hass, household, living_room.uid)
    assert (radio.source, television.source) == (Source.RADIO, Source.TV)
    await async_restore(hass, household, through_json(radio))
    transport = living_room.transport
    await until(lambda: transport.state == "PLAYING")
    assert transport.radio is not None
    assert transport.radio.station.title == "Night Waves"
    await async_restore(hass, household, through_json(television))
    assert transport.uri == f"x-sonos-htastream:{living_room.uid}:spdif"

    sonos.press("Kitchen", "play", queue=2)
    kitchen = sonos.speaker("Kitchen")
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "seek", secs=20)
    sonos.press("Kitchen", "pause")
    paused = await async_take(hass, household, kitchen.uid, with_queue=False)
    sonos.press("Kitchen", "radio")
    await async_restore(hass, household, paused)
    assert (on(kitchen.transport), kitchen.transport.state) == ("Song 2", "STOPPED")
    assert kitchen.transport.position_s == 20


async def test_connect_goes_on_through_spotify(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """In its album, at its track and position, on the account that played it."""
    track = tracks[0]
    player.play(
        context_uri=track.album.uri,
        offset=track.uri,
        position_ms=70_000,
        device_id=connect_id(kitchen.uid),
    )
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    snapshot = await async_take(hass, household, kitchen.uid)
    assert snapshot.source is Source.SPOTIFY_CONNECT
    assert snapshot.connect is not None
    assert snapshot.connect.listener == alva.runtime_data.listener.key
    assert snapshot.connect.context_uri == track.album.uri
    sonos.press("Kitchen", "radio")
    assert not player.state or not player.state.is_playing
    await async_restore(hass, household, through_json(snapshot))
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (track.uri, True)
    assert state.context_uri == track.album.uri
    assert abs(kitchen.transport.position_s - 70) <= 5
    assert kitchen.transport.direct is not None


async def test_paused_connect_is_paused_there_again(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """Its track, in its album, at its position, and nobody hears how it got there."""
    track = tracks[0]
    player.play(
        context_uri=track.album.uri,
        offset=track.uri,
        position_ms=70_000,
        device_id=connect_id(kitchen.uid),
    )
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    player.pause()
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    snapshot = await async_take(hass, household, kitchen.uid)
    assert not snapshot.playing
    sonos.press("Kitchen", "radio")
    played = sounds_of(kitchen)
    await async_restore(hass, household, through_json(snapshot))
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (track.uri, False)
    assert state.context_uri == track.album.uri
    assert kitchen.transport.direct is not None
    assert kitchen.transport.state == "PAUSED_PLAYBACK"
    assert abs(kitchen.transport.position_s - 70) <= 1
    assert not kitchen.sound.mute
    assert played == []


async def test_a_paused_session_that_nobody_touched_is_left_alone(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    player: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Spotify is told nothing."""
    device = connect_id(kitchen.uid)
    player.play(uris=[tracks[0].uri], position_ms=30_000, device_id=device)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    player.pause()
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    snapshot = await async_take(hass, household, kitchen.uid)
    await async_restore(hass, household, snapshot)
    assert spotify.requests.count(endpoint="/v1/me/player/play") == 0
    assert kitchen.transport.state == "PAUSED_PLAYBACK"


async def test_a_paused_session_is_not_taken_from_where_its_account_plays_now(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """It is said, and she listens on."""
    bedroom = sonos.speaker("Bedroom")
    player.play(uris=[tracks[0].uri], device_id=connect_id(kitchen.uid))
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    player.pause()
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    snapshot = await async_take(hass, household, kitchen.uid)
    sonos.press("Kitchen", "radio")
    player.play(uris=[tracks[1].uri], device_id=connect_id(bedroom.uid))
    with pytest.raises(RestoreListensElsewhere):
        await async_restore(hass, household, snapshot)
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (tracks[1].uri, True)


def sounds_of(speaker: Speaker) -> list[str]:
    """Note from now on whatever a speaker shows as playing while it is not muted."""
    seen: list[str] = []
    show = speaker.transport.show_direct

    def noting(session: Any, uri: str, *rest: Any, **more: Any) -> None:
        show(session, uri, *rest, **more)
        if speaker.transport.state == "PLAYING" and not speaker.sound.mute:
            seen.append(uri)

    speaker.transport.show_direct = noting  # type: ignore[method-assign]
    return seen


async def test_a_session_of_nobody_known_cannot_come_back(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """A guest's Connect, and AirPlay; the volume does."""
    player.play(uris=[tracks[0].uri], device_id=connect_id(kitchen.uid))
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    volume = kitchen.sound.volume
    guests = await async_take(hass, household, kitchen.uid)
    assert guests.connect is None
    sonos.press("Kitchen", "airplay")
    phones = await async_take(hass, household, kitchen.uid)
    sonos.press("Kitchen", "radio")
    for snapshot, why in ((guests, RestoreNotLinked), (phones, RestoreAirplay)):
        sonos.press("Kitchen", "volume", volume=77)
        with pytest.raises(why):
            await async_restore(hass, household, snapshot)
        assert kitchen.sound.volume == volume


async def test_the_rooms_play_together_as_they_did(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """When it is asked for; otherwise the group of now plays what was kept."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    sonos.press("Kitchen", "play", queue=4)
    sonos.press("Bedroom", "volume", volume=11)
    await until(lambda: state_of(hass, BEDROOM).attributes["volume_level"] == 0.11)
    snapshot = await async_take(hass, household, sonos.speaker("Bedroom").uid)
    assert [room.uid for room in snapshot.rooms] == [
        kitchen.uid,
        sonos.speaker("Bedroom").uid,
    ]
    await call(hass, "join", "media_player.living_room", group_members=[KITCHEN])
    await call(hass, "unjoin", BEDROOM)
    sonos.press("Bedroom", "volume", volume=66)
    await async_restore(hass, household, snapshot, regroup=True)
    names = [speaker.name for speaker in kitchen.members]
    assert (kitchen.is_coordinator, sorted(names)) == (True, ["Bedroom", "Kitchen"])
    assert on(kitchen.transport) == "Song 4"
    assert sonos.speaker("Bedroom").sound.volume == 11


async def test_a_room_that_is_away_is_left_out(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The others come back."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    sonos.press("Kitchen", "play", queue=2)
    snapshot = await async_take(hass, household, kitchen.uid)
    sonos.press("Kitchen", "radio")
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    await async_restore(hass, household, snapshot, regroup=True)
    assert on(kitchen.transport) == "Song 2"


async def test_without_the_room_that_led_the_others_play_it(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The queue was kept. Without any of the rooms that is said."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    snapshot = await async_take(hass, household, kitchen.uid)
    sonos.press("Kitchen", "vanish")
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    await async_restore(hass, household, snapshot, regroup=True)
    bedroom = sonos.speaker("Bedroom")
    assert on(bedroom.transport) == "Song 2"
    await until(lambda: bedroom.transport.state == "PLAYING")
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    with pytest.raises(RestoreRoomsAway, match="Kitchen, Bedroom"):
        await async_restore(hass, household, snapshot)


async def test_volumes_are_asked_since_an_event_may_be_on_its_way(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """What was seen last may be the volume of an announcement."""
    kitchen.faults.events_to_lose = 9
    sonos.press("Kitchen", "volume", volume=37)
    snapshot = await async_take(hass, household, kitchen.uid)
    assert [(one.percent, one.muted) for one in snapshot.rooms] == [(37, False)]


async def test_addresses_with_spaces_are_queued_again(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Between those without, in their order."""
    for name in ("one.mp3", "number two.mp3", "three.mp3"):
        await play(hass, KITCHEN, f"http://127.0.0.1/{name}", enqueue="add")
    before = queue(kitchen.transport)
    sonos.press("Kitchen", "play", queue=6)
    snapshot = await async_take(hass, household, kitchen.uid)
    sonos.press("Kitchen", "clear_queue")
    await async_restore(hass, household, through_json(snapshot))
    assert queue(kitchen.transport) == before
    assert on(kitchen.transport) == "number two.mp3"


async def test_a_queue_that_was_not_stored_may_be_gone(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """Then nothing plays, and it is said."""
    sonos.press("Kitchen", "play", queue=2)
    snapshot = await async_take(hass, household, kitchen.uid, with_queue=False)
    sonos.press("Kitchen", "clear_queue")
    with pytest.raises(RestoreQueueGone):
        await async_restore(hass, household, snapshot)
