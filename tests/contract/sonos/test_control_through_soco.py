"""SoCo controls the simulated household as it does a real one."""

import asyncio
import datetime as dt
import json

import pytest
import requests
from soco import SoCo
from soco.alarms import Alarm, get_alarms
from soco.exceptions import SoCoSlaveException, SoCoUPnPException
from soco.plugins.sharelink import ShareLinkPlugin
from soco.snapshot import Snapshot

from simulator.sonos import SonosSimulator
from simulator.sonos.household import HOUSEHOLD_ID
from simulator.spotify.player import Player, PlayerState
from simulator.spotify.world import SpotifyWorld

from .conftest import HERE, reported, until


def is_playing(zone: SoCo) -> bool:
    """Whether SoCo sees a zone play."""
    return (
        str(zone.get_current_transport_info()["current_transport_state"]) == "PLAYING"
    )


async def settled(zone: SoCo) -> None:
    """Wait until the transition to PLAYING is over."""
    async with asyncio.timeout(5):
        while not await reported(is_playing, zone):
            await asyncio.sleep(0.02)


async def test_a_speaker_says_who_it_is(kitchen: SoCo, sonos: SonosSimulator) -> None:
    """Name, uid, household and visibility are what SoCo needs to know a speaker again."""

    def identity() -> tuple[object, ...]:
        return (
            kitchen.player_name,
            kitchen.uid,
            kitchen.household_id,
            kitchen.is_visible,
            kitchen.is_coordinator,
        )

    assert await reported(identity) == (
        "Kitchen",
        sonos.speaker("Kitchen").uid,
        HOUSEHOLD_ID,
        True,
        True,
    )
    info = await reported(kitchen.get_speaker_info)
    assert info["model_name"] == "Sonos Era 100"
    assert None not in info.values()


async def test_the_household_knows_all_its_zones(kitchen: SoCo) -> None:
    """Three speakers, each in a group of its own."""
    assert await reported(
        lambda: (len(kitchen.all_zones), len(kitchen.all_groups))
    ) == (
        3,
        3,
    )


async def test_playing_pausing_and_seeking(kitchen: SoCo) -> None:
    """The transport goes through TRANSITIONING to PLAYING, skips, jumps and pauses."""
    await reported(kitchen.play)
    await settled(kitchen)
    assert (await reported(kitchen.get_current_track_info))["title"] == "Song 1"
    await reported(kitchen.next)
    assert (await reported(kitchen.get_current_track_info))["title"] == "Song 2"
    await reported(kitchen.previous)
    await reported(kitchen.seek, "0:01:00")
    assert (await reported(kitchen.get_current_track_info))["position"] in (
        "0:01:00",
        "0:01:01",
    )
    await reported(kitchen.pause)
    state = (await reported(kitchen.get_current_transport_info))[
        "current_transport_state"
    ]
    assert state == "PAUSED_PLAYBACK"


async def test_a_track_ends_and_the_next_begins(
    kitchen: SoCo, sonos: SonosSimulator
) -> None:
    """The queue plays on by itself, and stops at its end."""
    transport = sonos.speaker("Kitchen").transport
    await reported(kitchen.play)
    await settled(kitchen)
    sonos.household.clock.advance(152_000)
    assert (await reported(kitchen.get_current_track_info))["title"] == "Song 2"
    sonos.household.clock.advance(3_600_000)
    assert transport.state == "STOPPED"


async def test_modes_and_sound(kitchen: SoCo) -> None:
    """Shuffle, repeat, crossfade, volume, mute and tone are kept."""

    def change() -> None:
        kitchen.shuffle = True
        kitchen.repeat = True
        kitchen.cross_fade = True
        kitchen.volume = 33
        kitchen.mute = True
        kitchen.bass = 4
        kitchen.treble = -3
        kitchen.loudness = False

    def read() -> tuple[object, ...]:
        return (
            kitchen.play_mode,
            kitchen.cross_fade,
            kitchen.volume,
            kitchen.mute,
            kitchen.bass,
            kitchen.treble,
            kitchen.loudness,
        )

    await reported(change)
    assert await reported(read) == ("SHUFFLE", True, 33, True, 4, -3, False)
    assert await reported(kitchen.set_relative_volume, -3) == 30
    assert await reported(kitchen.ramp_to_volume, 20) == 8


async def test_a_member_follows_its_coordinator(kitchen: SoCo, bedroom: SoCo) -> None:
    """A member names its coordinator, and refuses what only a coordinator may do with 800."""
    await reported(bedroom.join, kitchen)
    assert await reported(lambda: bedroom.group.coordinator) is kitchen
    info = await reported(bedroom.get_current_track_info)
    assert info["uri"] == f"x-rincon:{kitchen.uid}"
    with pytest.raises(SoCoSlaveException):
        await reported(bedroom.play)
    with pytest.raises(SoCoUPnPException) as refused:
        await reported(bedroom.avTransport.Play, [("InstanceID", 0), ("Speed", 1)])
    assert refused.value.error_code == "800"


async def test_group_volume_keeps_proportions(kitchen: SoCo, bedroom: SoCo) -> None:
    """Half as loud a group is half as loud in every room."""
    await reported(bedroom.join, kitchen)

    def volumes() -> tuple[int, int, int]:
        kitchen.volume, bedroom.volume = 20, 40
        before = kitchen.group.volume
        kitchen.group.volume = 15
        return before, kitchen.volume, bedroom.volume

    assert await reported(volumes) == (30, 10, 20)


async def test_a_leaving_coordinator_hands_on_what_plays(
    kitchen: SoCo, bedroom: SoCo
) -> None:
    """The next member goes on; the one that left has lost its queue."""
    await reported(kitchen.play)
    await settled(kitchen)
    await reported(bedroom.join, kitchen)
    await reported(kitchen.unjoin)
    assert await reported(lambda: bedroom.group.coordinator) is bedroom
    assert await reported(is_playing, bedroom)
    assert await reported(lambda: (kitchen.queue_size, bedroom.queue_size)) == (0, 4)


async def test_party_mode_groups_every_room(kitchen: SoCo) -> None:
    """All rooms join."""
    await reported(kitchen.partymode)
    assert await reported(lambda: len(kitchen.group.members)) == 3


async def test_a_share_link_enqueues_spotify(
    kitchen: SoCo, world: SpotifyWorld
) -> None:
    """A link to a track enqueues one, a link to an album all of it, with Sonos' own URIs."""
    track = world.catalogue.playable(next(iter(world.catalogue.tracks.values())).uri)
    album = next(iter(world.catalogue.albums.values()))
    links = ShareLinkPlugin(kitchen)
    await reported(kitchen.clear_queue)
    track_id = track.uri.rsplit(":", 1)[-1]
    link = f"https://open.spotify.com/track/{track_id}?si=x"
    assert await reported(links.add_share_link_to_queue, link) == 1
    assert await reported(links.add_share_link_to_queue, album.uri) == 2
    assert await reported(lambda: kitchen.queue_size) == 1 + len(album.track_ids)
    await reported(kitchen.play_from_queue, 0)
    await settled(kitchen)
    info = await reported(kitchen.get_current_track_info)
    assert info["title"] == track.name
    assert info["uri"].startswith("x-sonos-spotify:spotify%3Atrack%3A")


async def test_spotify_of_another_region_is_refused(
    kitchen: SoCo, sonos: SonosSimulator
) -> None:
    """Error 800 says that Spotify is not linked in this household."""
    sonos.household.spotify_service_type = 3079
    with pytest.raises(SoCoUPnPException) as refused:
        await reported(
            kitchen.avTransport.AddURIToQueue,
            [
                ("InstanceID", 0),
                ("EnqueuedURI", "spotify:track:4aaaAAAAAAAAAAAAAAAA01"),
                ("EnqueuedURIMetaData", "SA_RINCON2311_X_#Svc2311-0-Token"),
                ("DesiredFirstTrackNumberEnqueued", 0),
                ("EnqueueAsNext", 0),
            ],
        )
    assert refused.value.error_code == "800"


async def test_the_queue_is_edited(kitchen: SoCo) -> None:
    """Tracks are moved, removed and added."""
    move = [
        ("InstanceID", 0),
        ("StartingIndex", 1),
        ("NumberOfTracks", 1),
        ("InsertBefore", 3),
        ("UpdateID", 0),
    ]
    await reported(kitchen.avTransport.ReorderTracksInQueue, move)
    titles = await reported(lambda: [track.title for track in kitchen.get_queue()])
    assert titles == ["Song 2", "Song 1", "Song 3", "Song 4"]
    await reported(kitchen.remove_from_queue, 0)
    await reported(kitchen.add_uri_to_queue, "http://127.0.0.1/x/clip.mp3")
    titles = await reported(lambda: [track.title for track in kitchen.get_queue()])
    assert titles == ["Song 1", "Song 3", "Song 4", "clip.mp3"]


async def test_radio_tv_and_line_in(kitchen: SoCo, living_room: SoCo) -> None:
    """Each source is recognised as what it is; radio cannot be skipped; only a soundbar has a TV."""
    favourites = await reported(kitchen.music_library.get_sonos_favorites)
    assert [favourite.title for favourite in favourites] == ["Low Tide", "Harbour FM"]
    radio = favourites[1]
    await reported(
        lambda: kitchen.play_uri(
            radio.reference.get_uri(), radio.resource_meta_data, title="Harbour FM"
        )
    )
    assert await reported(lambda: kitchen.is_playing_radio)
    assert (await reported(kitchen.get_current_media_info))["channel"] == "Harbour FM"
    with pytest.raises(SoCoUPnPException) as refused:
        await reported(kitchen.next)
    assert refused.value.error_code == "701"
    await reported(kitchen.switch_to_line_in)
    assert await reported(lambda: kitchen.is_playing_line_in)
    await reported(living_room.switch_to_tv)
    assert await reported(lambda: living_room.is_playing_tv)
    with pytest.raises(SoCoUPnPException):
        await reported(kitchen.switch_to_tv)


async def test_library_playlists_and_alarms(kitchen: SoCo) -> None:
    """What the household keeps can be listed, added to and removed."""
    assert (await reported(kitchen.get_sonos_playlists))[0].title == "Sunday"
    assert await reported(lambda: len(kitchen.music_library.get_tracks())) == 12
    assert await reported(lambda: len(kitchen.music_library.get_albums())) == 3
    alarm = Alarm(kitchen, start_time=dt.time(6, 30))
    await reported(alarm.save)
    assert len(await reported(get_alarms, kitchen)) == 2
    await reported(alarm.remove)
    assert len(await reported(get_alarms, kitchen)) == 1


async def test_sleep_timer(kitchen: SoCo) -> None:
    """The timer counts down and can be cleared."""
    await reported(kitchen.set_sleep_timer, 600)
    assert await reported(kitchen.get_sleep_timer) in (599, 600)
    await reported(kitchen.set_sleep_timer, None)
    assert await reported(kitchen.get_sleep_timer) is None


async def test_only_a_soundbar_has_night_mode(kitchen: SoCo, living_room: SoCo) -> None:
    """SoCo sees None where the setting does not exist."""

    def night() -> tuple[object, object]:
        living_room.night_mode = True
        return kitchen.night_mode, living_room.night_mode

    assert await reported(night) == (None, True)


async def test_a_snapshot_restores_a_queue(kitchen: SoCo) -> None:
    """After an announcement the queue goes on where it was."""
    await reported(kitchen.play_from_queue, 1)
    await settled(kitchen)
    snapshot = Snapshot(kitchen)
    await reported(snapshot.snapshot)
    await reported(
        lambda: kitchen.play_uri("http://127.0.0.1/x/ding.mp3", title="Ding")
    )
    await reported(snapshot.restore)
    await settled(kitchen)
    info = await reported(kitchen.get_current_track_info)
    assert info["playlist_position"] == "2"


@pytest.mark.parametrize(
    ("hook", "refused"),
    [
        ({"action": "Play", "code": 714}, SoCoUPnPException),
        ({"action": "Play", "code": 800, "times": 2}, SoCoUPnPException),
    ],
)
async def test_an_injected_fault_reaches_soco(
    kitchen: SoCo,
    hook: dict[str, object],
    refused: type[Exception],
) -> None:
    """A test can make any action fail."""
    await reported(post, "fail", hook)
    with pytest.raises(refused) as fault:
        await reported(kitchen.play)
    assert str(hook["code"]) in str(fault.value)


async def test_upnp_switched_off_is_403(kitchen: SoCo) -> None:
    """The setting in the Sonos app locks everybody out."""
    await reported(post, "upnp_off", {})
    with pytest.raises(requests.HTTPError) as locked:
        await reported(lambda: kitchen.volume)
    assert locked.value.response is not None
    assert locked.value.response.status_code == 403
    await reported(post, "upnp_on", {})
    assert await reported(lambda: kitchen.volume) == 20


async def test_a_speaker_without_power_drops_connections(
    kitchen: SoCo, sonos: SonosSimulator
) -> None:
    """It is back when its time is over."""
    await reported(post, "offline", {"secs": 60})
    with pytest.raises(requests.ConnectionError):
        await reported(lambda: kitchen.volume)
    sonos.household.clock.advance(61_000)
    assert await reported(lambda: kitchen.volume) == 20


def post(hook: str, values: dict[str, object]) -> None:
    """Call a hook of the kitchen."""
    requests.post(
        f"http://{HERE}.11:1400/__sim__/{hook}", data=json.dumps(values), timeout=5
    ).raise_for_status()


async def test_spotify_connect_shows_the_track_in_its_resource(
    kitchen: SoCo, sonos: SonosSimulator, world: SpotifyWorld
) -> None:
    """Music started by Connect moves the speaker; its URI names the session, `res` the track."""
    album = next(
        one for one in world.catalogue.albums.values() if len(one.track_ids) > 2
    )
    tracks = world.catalogue.tracks_of(album)
    device_id = connect_device_id(sonos, world, "Kitchen")
    player = world.player("alva")
    player.play(context_uri=album.uri, device_id=device_id)
    await until(lambda: sonos.speaker("Kitchen").transport.direct is not None)
    assert await reported(lambda: kitchen.music_source) == "SPOTIFY_CONNECT"
    info = await reported(kitchen.get_current_track_info)
    assert info["title"] == tracks[0].name
    assert info["artist"] == tracks[0].artist_names[0]
    uid = sonos.speaker("Kitchen").uid
    assert info["uri"].startswith(f"x-sonos-vli:{uid}:2,spotify:")
    assert f">x-sonos-spotify:{tracks[0].uri}?" in info["metadata"]


async def test_the_speakers_buttons_move_spotify(
    kitchen: SoCo, sonos: SonosSimulator, world: SpotifyWorld
) -> None:
    """Skip, pause and volume at the speaker are Spotify's too, and Spotify's volume is the speaker's."""
    album = next(
        one for one in world.catalogue.albums.values() if len(one.track_ids) > 2
    )
    tracks = world.catalogue.tracks_of(album)
    player = world.player("alva")
    player.play(
        context_uri=album.uri, device_id=connect_device_id(sonos, world, "Kitchen")
    )
    await reported(kitchen.next)
    assert played_by(player).item.uri == tracks[1].uri
    await reported(kitchen.pause)
    assert not played_by(player).is_playing
    player.volume(41)
    assert await reported(lambda: kitchen.volume) == 41


async def test_playing_something_else_ends_the_connect_session(
    kitchen: SoCo, sonos: SonosSimulator, world: SpotifyWorld
) -> None:
    """The queue of the speaker takes over, and Spotify has stopped."""
    album = next(iter(world.catalogue.albums.values()))
    player = world.player("alva")
    player.play(
        context_uri=album.uri, device_id=connect_device_id(sonos, world, "Kitchen")
    )
    await reported(kitchen.play_from_queue, 0)
    await settled(kitchen)
    assert (await reported(kitchen.get_current_track_info))["title"] == "Song 1"
    assert player.state is None or not player.state.is_playing


def played_by(player: Player) -> PlayerState:
    """Return what a player plays; it must play something."""
    assert player.state is not None
    return player.state


def connect_device_id(sonos: SonosSimulator, world: SpotifyWorld, room: str) -> str:
    """Return the Connect device that is a room's speaker."""
    return next(
        device.id for device in world.player("alva").devices if device.name == room
    )
