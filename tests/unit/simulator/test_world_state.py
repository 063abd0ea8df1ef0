"""A world that is saved and started again is the same world."""

import json
from pathlib import Path

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify.errors import UnknownThing
from simulator.spotify.music import Album, Kind
from simulator.spotify.world import SpotifyWorld

from .conftest import NOW_MS


def started(folder: Path, *, later_ms: int = 0) -> SpotifyWorld:
    """Start a world on a state dir."""
    return SpotifyWorld(
        7, SimulatedClock(speed=0, start_ms=NOW_MS + later_ms), folder, past_days=5
    )


def test_everything_comes_back(tmp_path: Path, album: Album) -> None:
    """Ledger, library, playlists, player and time are as they were."""
    world = started(tmp_path)
    before = world.ledger.played("alva")
    assert len(before) > 20
    player = world.player("alva")
    player.volume(33)
    player.shuffle(True)
    player.play(context_uri=album.uri)
    player.queue(f"spotify:track:{album.track_ids[2]}")
    world.clock.advance(300_000)
    playlist = world.playlists.create(
        world.people["alva"].id, "Alva", "Nytt", public=False
    )
    world.playlists.add(
        playlist.id,
        playlist.owner_id,
        [f"spotify:track:{album.track_ids[0]}"],
        now_ms=NOW_MS,
    )
    world.library("alva").save(playlist.uri, world.clock.now_ms())
    state, coming, played = player.state, player.coming(), world.ledger.played("alva")
    assert state is not None
    world.save()

    again = started(tmp_path)
    restored = again.player("alva").state
    assert again.clock.now_ms() >= world.clock.now_ms()
    assert again.ledger.played("alva") == played
    assert len(played) > len(before)
    assert restored is not None
    assert (restored.item, restored.progress_ms, restored.device) == (
        state.item,
        state.progress_ms,
        state.device,
    )
    assert not restored.is_playing
    assert again.player("alva").coming() == coming
    assert again.playlists.get(playlist.id) == playlist
    assert again.playlists_of("alva")[0] == playlist
    assert again.library("alva") == world.library("alva")


def test_restart_in_the_middle_of_a_track_loses_no_sound(
    tmp_path: Path, album: Album
) -> None:
    """What was heard before the stop and after it is one row."""
    world = started(tmp_path)
    world.player("ben").play(context_uri=album.uri)
    world.clock.advance(40_000)
    world.save()
    again = started(tmp_path, later_ms=600_000)
    again.player("ben").resume()
    again.clock.advance(10_000)
    again.player("ben").next()
    row = again.ledger.played("ben")[-1]
    assert (row.started_at, row.ms_played) == (NOW_MS, 50_000)


def test_rows_are_on_disk_without_a_save(tmp_path: Path, album: Album) -> None:
    """A killed simulator has lost nothing that was over; a line cut short is dropped."""
    world = started(tmp_path)
    world.player("ben").play(context_uri=album.uri)
    world.clock.advance(8_000)
    world.player("ben").next()
    file = tmp_path / "ledger" / "ben.jsonl"
    with file.open("a", encoding="utf-8") as lines:
        lines.write('["spotify:track:')
    again = started(tmp_path)
    assert again.ledger.played("ben")[-1].ms_played == 8_000
    assert all(
        json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()
    )
    assert again.clock.now_ms() >= NOW_MS + 8_000


def test_late_asked_past_is_the_one_of_the_first_start(tmp_path: Path) -> None:
    """A restart days later does not fill the days between with invention."""
    expected = SpotifyWorld(
        7, SimulatedClock(speed=0, start_ms=NOW_MS), past_days=5
    ).ledger.played("dara")
    started(tmp_path)
    assert started(tmp_path, later_ms=3 * 86_400_000).ledger.played("dara") == expected


def test_people_are_who_the_tests_need() -> None:
    """Two Premium accounts, a free one, and one outside the allowlist; ids differ from account ids."""
    people = SpotifyWorld(
        7, SimulatedClock(speed=0, start_ms=NOW_MS), past_days=0
    ).people
    assert list(people) == ["alva", "ben", "cleo", "dara"]
    assert [person.premium for person in people.values()] == [True, True, False, True]
    assert [person.allowlisted for person in people.values()] == [
        True,
        True,
        True,
        False,
    ]
    assert (
        len(
            {person.account_id for person in people.values()}
            | {person.id for person in people.values()}
        )
        == 8
    )


def test_person_is_found_by_user_id(world: SpotifyWorld) -> None:
    """By id, or not at all."""
    assert world.person_by_id(world.people["ben"].id).key == "ben"
    with pytest.raises(UnknownThing):
        world.person_by_id("nobody")


def test_contexts_play_what_they_hold(world: SpotifyWorld, album: Album) -> None:
    """Album, artist, playlist, show, audiobook and one's saved tracks can be played."""
    catalogue = world.catalogue
    playlist = world.playlists_of("alva")[0]
    show, book = (
        next(iter(catalogue.shows.values())),
        next(iter(catalogue.audiobooks.values())),
    )
    assert [item.id for item in world.context_items(album.uri)] == list(album.track_ids)
    assert [item.id for item in world.context_items(show.uri)] == list(show.episode_ids)
    assert [item.id for item in world.context_items(book.uri)] == list(book.chapter_ids)
    assert world.context_items(playlist.uri) == [
        entry.item for entry in playlist.entries
    ]
    assert {
        item.artist_names[0] for item in world.context_items(album.artists[0].uri)
    } == {album.artists[0].name}
    assert [
        item.id for item in world.context_items(world.people["alva"].collection_uri)
    ] == list(world.library("alva").tracks)
    for context_uri in (
        "spotify:playlist:none",
        "spotify:user:nobody:collection",
        "spotify:album:none",
        "nonsense",
    ):
        with pytest.raises(UnknownThing):
            world.context_items(context_uri)


def test_search_finds_public_playlists_only(world: SpotifyWorld) -> None:
    """A private playlist stays private."""
    hidden = next(playlist for playlist in world.playlists if not playlist.public)
    shown = next(playlist for playlist in world.playlists if playlist.public)
    assert shown in world.search(shown.name, [Kind.PLAYLIST])[Kind.PLAYLIST]
    assert hidden not in world.search(hidden.name, [Kind.PLAYLIST])[Kind.PLAYLIST]
