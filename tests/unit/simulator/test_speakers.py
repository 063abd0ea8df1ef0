"""Speakers as Connect devices: both worlds move together."""

import asyncio
from typing import override

import pytest

from simulator.clock import SimulatedClock
from simulator.connect import ConnectState
from simulator.spotify.errors import BadValue, RestrictionViolated
from simulator.spotify.music import Album
from simulator.spotify.world import SpotifyWorld


class Speaker:
    """A speaker that writes down what it is told."""

    type = "Speaker"
    is_restricted = False
    volume_percent = 30

    def __init__(self, name: str) -> None:
        """Have a name, and an id made of it."""
        self.name = name
        self.id = name.lower()
        self.states: list[ConnectState | None] = []
        self.volumes: list[int] = []

    def connect_changed(self, state: ConnectState | None) -> None:
        """Write down a state."""
        self.states.append(state)

    def connect_volume(self, percent: int) -> None:
        """Write down a volume."""
        self.volumes.append(percent)

    @property
    def last(self) -> ConnectState:
        """What it plays by the last state it was told."""
        assert self.states
        state = self.states[-1]
        assert state is not None
        return state


def test_speaker_is_a_device_of_premium_people(world: SpotifyWorld) -> None:
    """Everyone with Premium sees it, the free account does not."""
    world.attach_device(Speaker("Kitchen"))
    assert [device.name for device in world.player("alva").devices][-1] == "Kitchen"
    assert "kitchen" not in [device.id for device in world.player("cleo").devices]


def test_a_speaker_gets_what_plays(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """Start, next track, pause and seek each arrive with item and position."""
    kitchen = Speaker("Kitchen")
    world.attach_device(kitchen)
    first, second = world.catalogue.tracks_of(album)[:2]
    player = world.player("alva")
    world.remote("alva").play(context_uri=album.uri, device_id="kitchen")
    assert (kitchen.last.uri, kitchen.last.is_playing, kitchen.last.position_ms) == (
        first.uri,
        True,
        0,
    )
    assert (
        kitchen.last.person,
        kitchen.last.volume_percent,
        kitchen.last.context_uri,
    ) == ("alva", 30, album.uri)
    assert kitchen.last.image == f"/image/{first.image_id}"
    clock.advance(first.duration_ms)
    assert (kitchen.last.title, kitchen.last.at_ms) == (second.name, clock.now_ms())
    player.seek(9_000)
    assert kitchen.last.position_ms == 9_000
    player.pause()
    assert not kitchen.last.is_playing


async def test_next_track_comes_without_anyone_looking(album: Album) -> None:
    """On a running loop the end of a track fires by itself, and the speaker hears of the next one."""
    clock = SimulatedClock(speed=20_000)
    world = SpotifyWorld(7, clock, past_days=0)
    second = asyncio.Event()

    class Listening(Speaker):
        @override
        def connect_changed(self, state: ConnectState | None) -> None:
            if state is not None and state.uri.endswith(album.track_ids[1]):
                second.set()

    world.attach_device(Listening("Kitchen"))
    clock.attach()
    world.player("alva").play(context_uri=album.uri, device_id="kitchen")
    async with asyncio.timeout(20):
        await second.wait()
    clock.detach()
    first = world.catalogue.tracks[album.track_ids[0]]
    assert world.ledger.played("alva")[0].ms_played == first.duration_ms


def test_buttons_of_the_speaker_move_spotify(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """Pause, resume, next, previous and seek at the speaker happen in the player, and in the ledger."""
    kitchen = Speaker("Kitchen")
    buttons = world.attach_device(kitchen)
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id="kitchen")
    clock.advance(5_000)
    buttons.pause()
    buttons.pause()
    assert player.state is not None and not player.state.is_playing
    buttons.resume()
    buttons.next()
    buttons.seek(3_000)
    assert (player.state.item.id, player.state.progress_ms) == (
        album.track_ids[1],
        3_000,
    )
    buttons.previous()
    buttons.shuffle(True)
    buttons.repeat("context")
    assert kitchen.last.uri.endswith(album.track_ids[0])
    assert (kitchen.last.shuffle, kitchen.last.repeat) == (True, "context")
    assert [row.device_name for row in world.ledger.played("alva")] == ["Kitchen"]


def test_buttons_without_a_session_are_refused(
    world: SpotifyWorld, album: Album
) -> None:
    """Nobody plays on it: the speaker must do it itself."""
    buttons = world.attach_device(Speaker("Kitchen"))
    world.player("alva").play(context_uri=album.uri)
    for press in (buttons.pause, buttons.resume, buttons.next, buttons.previous):
        with pytest.raises(RestrictionViolated):
            press()


def test_volume_goes_both_ways(world: SpotifyWorld, album: Album) -> None:
    """Set in Spotify the speaker hears it; turned at the speaker Spotify shows it, without an echo."""
    kitchen = Speaker("Kitchen")
    buttons = world.attach_device(kitchen)
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id="kitchen")
    player.volume(55)
    assert kitchen.volumes == [55]
    buttons.volume_changed(20)
    assert kitchen.volumes == [55]
    assert player.state is not None and player.state.device.volume_percent == 20
    with pytest.raises(BadValue):
        buttons.volume_changed(120)


def test_leaving_a_speaker_reports_it(world: SpotifyWorld, album: Album) -> None:
    """After a transfer the old speaker is free and the new one plays."""
    kitchen, den = Speaker("Kitchen"), Speaker("Den")
    world.attach_device(kitchen)
    world.attach_device(den)
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id="kitchen")
    player.transfer("den")
    assert kitchen.states[-1] is None
    assert den.last.is_playing


def test_another_person_takes_the_speaker_over(
    world: SpotifyWorld, album: Album
) -> None:
    """Ben starts on the speaker that Alva uses: hers stops, and the speaker only ever hears of Ben."""
    kitchen = Speaker("Kitchen")
    world.attach_device(kitchen)
    world.player("alva").play(context_uri=album.uri, device_id="kitchen")
    world.player("ben").play(context_uri=album.uri, device_id="kitchen", offset=1)
    assert kitchen.last.person == "ben"
    assert None not in kitchen.states
    assert world.player("alva").state is None


def test_released_speaker_ends_the_session_silently(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """The radio goes on at the speaker: Spotify stops there and sends nothing back."""
    kitchen = Speaker("Kitchen")
    buttons = world.attach_device(kitchen)
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id="kitchen")
    clock.advance(4_000)
    reported = len(kitchen.states)
    buttons.released()
    assert player.state is None
    assert len(kitchen.states) == reported
    assert world.ledger.played("alva")[0].ms_played == 4_000


def test_detached_speaker_is_gone(world: SpotifyWorld, album: Album) -> None:
    """It is no device any more, and its player rests."""
    buttons = world.attach_device(Speaker("Kitchen"))
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id="kitchen")
    buttons.detach()
    assert player.state is None
    assert all(device.id != "kitchen" for device in player.devices)


def test_who_loses_a_speaker_in_mid_track_hears_nothing_more(
    world: SpotifyWorld,
) -> None:
    """The end of the track that was on never comes."""
    world.attach_device(Speaker("Kitchen"))
    start = world.clock.now_ms()
    uris = [track.uri for track in world.catalogue.tracks.values()][:2]
    for person in ("alva", "ben"):
        world.player(person).play(uris=uris, device_id="kitchen")
        world.clock.advance(60_000)
    world.clock.advance(3_600_000)
    (row,) = world.ledger.played("alva", start)
    assert row.ms_played == 60_000
