"""The player: what each command does, and what the ledger then holds."""

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify.deck import RESTS_AFTER_MS
from simulator.spotify.errors import (
    BadValue,
    NoActiveDevice,
    NotPremium,
    RestrictedDevice,
    RestrictionViolated,
    UnknownDevice,
    UnknownThing,
)
from simulator.spotify.music import Album
from simulator.spotify.player import PlayerState
from simulator.spotify.world import SpotifyWorld


def playing(world: SpotifyWorld, key: str = "alva") -> PlayerState:
    """Return the state of a player that has one."""
    state = world.player(key).state
    assert state is not None
    return state


def test_progress_follows_the_clock(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """Half a minute later it is half a minute further."""
    world.player("alva").play(context_uri=album.uri)
    clock.advance(30_000)
    state = playing(world)
    assert state.progress_ms == 30_000
    assert state.is_playing
    assert state.context_uri == album.uri
    assert state.item.id == album.track_ids[0]


def test_end_of_track_leads_to_the_next_and_to_the_ledger(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """A track that ends is a row with its whole length, and the next one begins at that moment."""
    start = clock.now_ms()
    first, second = (
        world.catalogue.tracks[track_id] for track_id in album.track_ids[:2]
    )
    world.player("alva").play(context_uri=album.uri)
    clock.advance(first.duration_ms + 1_000)
    state = playing(world)
    assert (state.item, state.progress_ms) == (second, 1_000)
    (row,) = world.ledger.played("alva")
    assert (row.uri, row.started_at, row.ended_at, row.ms_played) == (
        first.uri,
        start,
        start + first.duration_ms,
        first.duration_ms,
    )
    assert (row.reason_start, row.reason_end, row.skipped) == (
        "clickrow",
        "trackdone",
        False,
    )
    assert row.context_uri == album.uri


def test_pause_stops_time_for_the_item(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """A pause counts in the interval and not in what was heard."""
    player = world.player("alva")
    player.play(context_uri=album.uri)
    clock.advance(10_000)
    player.pause()
    clock.advance(60_000)
    assert playing(world).progress_ms == 10_000
    player.resume()
    clock.advance(5_000)
    player.next()
    (row,) = world.ledger.played("alva")
    assert row.ms_played == 15_000
    assert row.ended_at - row.started_at == 75_000


def test_skip_is_recorded_as_a_skip(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """Next and previous end a row by hand, with their reasons on both sides."""
    player = world.player("alva")
    player.play(context_uri=album.uri)
    clock.advance(4_000)
    player.next()
    clock.advance(3_000)
    player.previous()
    clock.advance(1_000)
    assert playing(world).item.id == album.track_ids[0]
    player.play(uris=[world.catalogue.tracks[album.track_ids[3]].uri])
    rows = world.ledger.played("alva")
    assert [
        (row.ms_played, row.skipped, row.reason_start, row.reason_end) for row in rows
    ] == [
        (4_000, True, "clickrow", "fwdbtn"),
        (3_000, True, "fwdbtn", "backbtn"),
        (1_000, True, "backbtn", "endplay"),
    ]


def test_music_stops_at_the_end_of_the_context(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """Autoplay is off: after the last track the player waits at the first."""
    tracks = world.catalogue.tracks_of(album)
    world.player("alva").play(context_uri=album.uri)
    clock.advance(sum(track.duration_ms for track in tracks) + 1)
    state = playing(world)
    assert not state.is_playing
    assert (state.item, state.progress_ms) == (tracks[0], 0)
    assert [row.uri for row in world.ledger.played("alva")] == [
        track.uri for track in tracks
    ]


def test_repeat_context_begins_again(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """After the last track comes the first."""
    tracks = world.catalogue.tracks_of(album)
    player = world.player("alva")
    player.repeat("context")
    player.play(context_uri=album.uri, offset=len(tracks) - 1)
    clock.advance(tracks[-1].duration_ms + 1)
    assert playing(world).item == tracks[0]
    assert playing(world).is_playing


def test_repeat_track_stays_until_it_is_skipped(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """One track again and again; next leaves it all the same."""
    first, second = world.catalogue.tracks_of(album)[:2]
    player = world.player("alva")
    player.play(context_uri=album.uri)
    player.repeat("track")
    clock.advance(first.duration_ms * 3 + 1)
    assert playing(world).item == first
    assert len(world.ledger.played("alva")) == 3
    player.next()
    assert playing(world).item == second


def test_queue_goes_first_and_then_the_context_goes_on(
    world: SpotifyWorld, album: Album
) -> None:
    """A queued item plays next; after it the album goes on where it was."""
    tracks = world.catalogue.tracks_of(album)
    other = next(
        track for track in world.catalogue.tracks.values() if track.album is not album
    )
    player = world.player("alva")
    player.play(context_uri=album.uri)
    player.queue(other.uri)
    assert player.coming(2) == [other, tracks[1]]
    player.next()
    assert playing(world).item == other
    player.next()
    assert playing(world).item == tracks[1]


def test_shuffle_keeps_the_item_and_plays_each_once(
    world: SpotifyWorld, album: Album
) -> None:
    """Shuffling leaves what sounds alone and goes through all the rest in another order."""
    tracks = world.catalogue.tracks_of(album)
    player = world.player("alva")
    player.play(context_uri=album.uri)
    player.shuffle(True)
    rest = player.coming(50)
    assert playing(world).item == tracks[0]
    assert rest != tracks[1:]
    assert sorted(track.id for track in rest) == sorted(
        track.id for track in tracks[1:]
    )
    player.shuffle(False)
    assert player.coming(50) == tracks[1:]


def test_offset_is_a_place_or_a_uri(world: SpotifyWorld, album: Album) -> None:
    """Both forms of offset begin there; one that is not in the context is refused."""
    tracks = world.catalogue.tracks_of(album)
    player = world.player("alva")
    player.play(context_uri=album.uri, offset=2, position_ms=7_000)
    assert (playing(world).item, playing(world).progress_ms) == (tracks[2], 7_000)
    player.play(context_uri=album.uri, offset=tracks[4].uri)
    assert playing(world).item == tracks[4]
    for offset in (99, -1, "spotify:track:elsewhere"):
        with pytest.raises(BadValue):
            player.play(context_uri=album.uri, offset=offset)
    assert playing(world).item == tracks[4]


def test_seek_moves_and_past_the_end_is_the_next(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """What is heard counts by the clock, not by the position."""
    tracks = world.catalogue.tracks_of(album)
    player = world.player("alva")
    player.play(context_uri=album.uri)
    player.seek(tracks[0].duration_ms - 2_000)
    clock.advance(2_000)
    assert playing(world).item == tracks[1]
    assert world.ledger.played("alva")[0].ms_played == 2_000
    player.seek(tracks[1].duration_ms)
    assert playing(world).item == tracks[2]
    with pytest.raises(BadValue):
        player.seek(-1)


def test_transfer_takes_the_item_along(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """The other device goes on at the same place, and each device has its own row."""
    player = world.player("alva")
    phone, laptop = player.devices[:2]
    player.play(context_uri=album.uri)
    clock.advance(20_000)
    player.transfer(laptop.id)
    clock.advance(1_000)
    state = playing(world)
    assert (state.device, state.progress_ms, state.is_playing) == (laptop, 21_000, True)
    player.pause()
    player.transfer(phone.id)
    assert not playing(world).is_playing
    rows = world.ledger.played("alva")
    assert [(row.device_name, row.ms_played, row.reason_end) for row in rows] == [
        (phone.name, 20_000, "remote"),
        (laptop.name, 1_000, "remote"),
    ]


def test_paused_device_rests_after_a_while(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """After a quarter of an hour no device is active, and a resume goes on at the old place."""
    player = world.player("alva")
    player.play(context_uri=album.uri)
    clock.advance(12_000)
    player.pause()
    clock.advance(RESTS_AFTER_MS)
    assert player.state is None
    assert world.ledger.played("alva")[0].ms_played == 12_000
    player.resume()
    assert playing(world).progress_ms == 12_000


def test_resume_out_of_the_blue_plays_what_was_played_last(
    lived_world: SpotifyWorld,
) -> None:
    """Without anything loaded it is the last item of the ledger."""
    last = lived_world.ledger.played("ben")[-1]
    lived_world.player("ben").play()
    assert playing(lived_world, "ben").item.uri == last.uri


def test_episode_goes_on_where_it_was_left(
    world: SpotifyWorld, clock: SimulatedClock
) -> None:
    """Episodes have a resume point, which a position overrides."""
    show = next(iter(world.catalogue.shows.values()))
    episode = world.catalogue.episodes_of(show)[0]
    player = world.player("alva")
    player.play(uris=[episode.uri])
    clock.advance(90_000)
    player.next()
    assert world.library("alva").resume_points[episode.id].position_ms == 90_000
    player.play(uris=[episode.uri])
    assert playing(world).progress_ms == 90_000
    player.play(uris=[episode.uri], position_ms=0)
    clock.advance(episode.duration_ms + 1)
    assert world.library("alva").resume_points[episode.id].fully_played


def test_pause_and_resume_in_the_wrong_state_are_refused(
    world: SpotifyWorld, album: Album
) -> None:
    """As Spotify does, pausing the paused and resuming the playing is an error."""
    player = world.player("alva")
    for command in (player.pause, player.next, player.previous, player.resume):
        with pytest.raises(RestrictionViolated):
            command()
    player.play(context_uri=album.uri)
    with pytest.raises(RestrictionViolated):
        player.resume()
    player.pause()
    with pytest.raises(RestrictionViolated):
        player.pause()


def test_unknown_things_are_refused_and_change_nothing(
    world: SpotifyWorld, album: Album
) -> None:
    """A bad URI, context, device, position or mode leaves the music alone."""
    player = world.player("alva")
    player.play(context_uri=album.uri)
    before = player.state
    track = world.catalogue.tracks[album.track_ids[0]]
    with pytest.raises(UnknownThing):
        player.play(uris=["spotify:track:0000000000000000000000"])
    with pytest.raises(UnknownThing):
        player.play(context_uri="spotify:album:0000000000000000000000")
    with pytest.raises(UnknownThing):
        player.queue("spotify:album:x")
    with pytest.raises(BadValue):
        player.play(context_uri=track.uri)
    with pytest.raises(BadValue):
        player.play(uris=[])
    with pytest.raises(BadValue):
        player.play(uris=[track.uri], position_ms=-1)
    with pytest.raises(UnknownDevice):
        player.play(uris=[track.uri], device_id="nowhere")
    with pytest.raises(BadValue):
        player.repeat("sometimes")
    with pytest.raises(BadValue):
        player.volume(101)
    assert player.state == before


def test_web_api_has_rules_that_hands_have_not(
    world: SpotifyWorld, album: Album
) -> None:
    """The remote wants Premium, an active device, and one that may be controlled."""
    with pytest.raises(NotPremium):
        world.remote("cleo").play(context_uri=album.uri)
    remote, player = world.remote("alva"), world.player("alva")
    phone, laptop, television = player.devices
    with pytest.raises(NoActiveDevice):
        remote.play(context_uri=album.uri)
    with pytest.raises(RestrictedDevice):
        remote.transfer(television.id, play=True)
    with pytest.raises(UnknownDevice):
        remote.volume(20, "nowhere")
    remote.play(context_uri=album.uri, device_id=laptop.id)
    with pytest.raises(RestrictionViolated):
        remote.next(phone.id)
    remote.volume(20, phone.id)
    assert (phone.volume_percent, laptop.volume_percent) == (20, 45)
    player.transfer(television.id)
    with pytest.raises(RestrictedDevice):
        remote.pause()
    world.player("cleo").play(context_uri=album.uri)
    assert playing(world, "cleo").is_playing


def test_private_session_marks_what_is_played(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """What sounds when it begins is private too."""
    player = world.player("alva")
    player.play(context_uri=album.uri)
    clock.advance(5_000)
    player.private_session(True)
    clock.advance(5_000)
    player.next()
    player.private_session(False)
    assert player.private is False
    assert world.ledger.played("alva")[0].private
