"""Playlists and libraries: what people may change."""

from collections.abc import Sequence

from hypothesis import given, strategies as st
import pytest

from simulator.spotify.errors import BadValue, NotOwner, UnknownThing
from simulator.spotify.invention import invent_catalogue
from simulator.spotify.playlists import Playlist, Playlists
from simulator.spotify.top import top_artists, top_tracks
from simulator.spotify.world import SpotifyWorld

from .conftest import NOW_MS

CATALOGUE = invent_catalogue(7)
URIS = [track.uri for track in CATALOGUE.tracks.values()][:8]


def made(count: int = 5) -> tuple[Playlists, Playlist]:
    """Return playlists with one of `count` tracks, owned by ada."""
    playlists = Playlists(CATALOGUE)
    playlist = playlists.create("ada", "Ada", "Mine")
    playlists.add(playlist.id, "ada", URIS[:count], now_ms=NOW_MS)
    return playlists, playlist


def uris(playlist: Playlist) -> Sequence[str]:
    """Return the URIs of a playlist in order."""
    return [entry.item.uri for entry in playlist.entries]


def test_items_are_added_removed_and_replaced() -> None:
    """Every change gives a new snapshot id."""
    playlists, playlist = made(2)
    snapshots = {playlist.snapshot_id}
    snapshots.add(
        playlists.add(playlist.id, "ada", [URIS[2]], position=0, now_ms=NOW_MS)
    )
    assert uris(playlist) == [URIS[2], URIS[0], URIS[1]]
    snapshots.add(playlists.remove(playlist.id, "ada", [URIS[0]]))
    assert uris(playlist) == [URIS[2], URIS[1]]
    snapshots.add(playlists.replace(playlist.id, "ada", URIS[4:6], now_ms=NOW_MS))
    assert uris(playlist) == URIS[4:6]
    assert len(snapshots) == 4


@given(st.integers(0, 4), st.integers(1, 5), st.integers(0, 5))
def test_reordering_moves_the_range_before_the_place(
    start: int, length: int, before: int
) -> None:
    """The range ends up before what stood at the place, and the rest keeps its order."""
    playlists, playlist = made(5)
    if start + length > 5:
        with pytest.raises(BadValue):
            playlists.reorder(
                playlist.id,
                "ada",
                range_start=start,
                insert_before=before,
                range_length=length,
            )
        return
    playlists.reorder(
        playlist.id, "ada", range_start=start, insert_before=before, range_length=length
    )
    moved = URIS[start : start + length]
    rest_before = [
        uri for place, uri in enumerate(URIS[:5]) if uri not in moved and place < before
    ]
    rest_after = [
        uri
        for place, uri in enumerate(URIS[:5])
        if uri not in moved and place >= before
    ]
    assert uris(playlist) == [*rest_before, *moved, *rest_after]


def test_strangers_may_not_change_or_read() -> None:
    """Only the owner changes a playlist, and reads its items in development mode."""
    playlists, playlist = made()
    with pytest.raises(NotOwner):
        playlists.add(playlist.id, "bob", [URIS[0]], now_ms=NOW_MS)
    with pytest.raises(NotOwner):
        playlists.change(playlist.id, "bob", name="Bob's")
    assert not playlists.may_read_items(playlist, "bob")


def test_collaborators_may_change_items_and_not_details() -> None:
    """A collaborative playlist is private, and everyone who has it adds to it."""
    playlists, playlist = made()
    with pytest.raises(BadValue):
        playlists.change(playlist.id, "ada", collaborative=True)
    playlists.change(
        playlist.id,
        "ada",
        collaborative=True,
        public=False,
        name="Ours",
        description="x",
    )
    playlists.add(playlist.id, "bob", [URIS[7]], now_ms=NOW_MS)
    assert playlist.entries[-1].added_by == "bob"
    assert (playlist.name, playlist.description) == ("Ours", "x")
    with pytest.raises(NotOwner):
        playlists.change(playlist.id, "bob", name="Bob's")


def test_unknown_and_impossible_requests_are_refused() -> None:
    """Unknown ids, empty names, places outside, items that are none."""
    playlists, playlist = made()
    with pytest.raises(UnknownThing):
        playlists.get("none")
    with pytest.raises(BadValue):
        playlists.create("ada", "Ada", "")
    with pytest.raises(BadValue):
        playlists.create("ada", "Ada", "Both", public=True, collaborative=True)
    with pytest.raises(BadValue):
        playlists.add(playlist.id, "ada", URIS[:1], position=9, now_ms=NOW_MS)
    with pytest.raises(BadValue):
        playlists.reorder(playlist.id, "ada", range_start=0, insert_before=9)
    with pytest.raises(UnknownThing):
        playlists.add(playlist.id, "ada", ["spotify:track:none"], now_ms=NOW_MS)
    assert uris(playlist) == URIS[:5]


def test_library_keeps_each_kind_on_its_shelf(world: SpotifyWorld) -> None:
    """Saving puts newest first; a book is told from a show although their URIs look alike."""
    library = world.library("alva")
    book = next(
        book
        for book in CATALOGUE.audiobooks.values()
        if book.id not in library.audiobooks
    )
    show = next(
        show for show in CATALOGUE.shows.values() if show.id not in library.shows
    )
    for thing in (book, show):
        assert not library.contains(thing.uri)
        library.save(thing.uri, NOW_MS)
        assert library.contains(thing.uri)
    assert next(iter(library.audiobooks)) == book.id
    assert next(iter(library.shows)) == show.id
    library.save(show.uri, NOW_MS + 1)
    assert library.shows[show.id] == NOW_MS
    library.remove(show.uri)
    library.remove(show.uri)
    assert not library.contains(show.uri)
    with pytest.raises(BadValue):
        library.save("spotify:planet:mars", NOW_MS)


def test_everyone_owns_and_follows_playlists(world: SpotifyWorld) -> None:
    """Own ones, a collaborative one, and some of others; changing one world leaves the next alone."""
    for key, person in world.people.items():
        playlists = world.playlists_of(key)
        assert {playlist.owner_id == person.id for playlist in playlists} == {
            True,
            False,
        }
        assert any(playlist.collaborative for playlist in playlists)
    first = world.playlists_of("alva")[0]
    before = len(first.entries)
    first.entries.clear()
    fresh = SpotifyWorld(7, world.clock, past_days=0)
    assert len(fresh.playlists.get(first.id).entries) == before


def test_top_lists_count_what_was_played(lived_world: SpotifyWorld) -> None:
    """The first place was heard at least as often as any other in that range; private sessions do not count."""
    played = lived_world.ledger.played("alva")
    since = NOW_MS - 28 * 86_400_000
    counted = [
        row
        for row in played
        if row.started_at >= since
        and row.kind == "track"
        and row.ms_played >= 30_000
        and not row.private
    ]
    tracks = top_tracks(CATALOGUE, played, NOW_MS, "short_term")
    often = [sum(row.uri == track.uri for row in counted) for track in tracks]
    assert often == sorted(often, reverse=True)
    assert often[0] == max(
        sum(row.uri == other.uri for row in counted) for other in counted
    )
    artists = top_artists(CATALOGUE, played, NOW_MS, "long_term")
    assert len(artists) == 100
    assert artists != top_artists(CATALOGUE, played, NOW_MS, "short_term")
    with pytest.raises(BadValue):
        top_tracks(CATALOGUE, played, NOW_MS, "always")
