"""Playlists as the gateway reads and changes them, against the simulated Spotify."""

from collections.abc import Sequence

import pytest

from custom_components.encore.history.model import Item
from custom_components.encore.history.records.saved_library import LibrarySection
from custom_components.encore.spotify.api.playlists import (
    PlaylistEntry,
    Playlists,
    read_entries,
    read_playlist,
)
from custom_components.encore.spotify.auth.scopes import PLAYLISTS
from custom_components.encore.spotify.errors import CommandRefused, NotFound
from custom_components.encore.spotify.library.library_reader import LibraryReader
from custom_components.encore.spotify.library.sections import read_section
from simulator.spotify import SpotifySimulator
from simulator.spotify.playlists import Playlist as SimulatedPlaylist

from .conftest import OpenGateway
from .test_library_reader import every


@pytest.fixture
def playlists(open_gateway: OpenGateway) -> Playlists:
    """Return Alva's playlists."""
    return Playlists(open_gateway(more=PLAYLISTS))


@pytest.fixture
def reader(open_gateway: OpenGateway) -> LibraryReader:
    """Return the reader of Alva's library."""
    return LibraryReader(open_gateway(more=PLAYLISTS))


def tracks(spotify: SpotifySimulator, count: int) -> list[str]:
    """Return URIs of different tracks."""
    return [
        track.uri for track in list(spotify.world.catalogue.tracks.values())[:count]
    ]


def simulated(spotify: SpotifySimulator, playlist_id: str) -> SimulatedPlaylist:
    """Return a playlist as it is at Spotify."""
    return spotify.world.playlists.get(playlist_id)


def content(spotify: SpotifySimulator, playlist_id: str) -> list[str]:
    """Return what is in a playlist at Spotify."""
    return [entry.item.uri for entry in simulated(spotify, playlist_id).entries]


def uris(entries: Sequence[PlaylistEntry]) -> list[str | None]:
    """Return what was read of a playlist."""
    return [entry.item.uri if entry.item else None for entry in entries]


async def test_all_playlists_are_read_over_pages(
    playlists: Playlists, reader: LibraryReader, spotify: SpotifySimulator
) -> None:
    """Also more than one answer holds."""
    for number in range(60):
        await playlists.async_create(f"Number {number}")
    there = spotify.world.playlists_of("alva")
    found = [row.item for row in await every(reader, LibrarySection.PLAYLISTS)]
    assert [each.uri for each in found] == [each.uri for each in there]
    assert [each.parts for each in found] == [len(each.entries) for each in there]
    assert {each.by for each in found} > {"Alva Lindqvist"}


async def test_a_playlist_is_made_private_unless_it_is_to_be_seen(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """With its description; it is empty."""
    made = await playlists.async_create("Summer", description="Our top")
    there = simulated(spotify, made.id)
    assert (there.name, there.description, there.public) == ("Summer", "Our top", False)
    assert (made.items, made.public) == (0, False)
    seen = await playlists.async_create("Seen", public=True)
    assert simulated(spotify, seen.id).public


async def test_many_items_are_added_in_several_requests_in_their_order(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """At the end, and at a place."""
    wanted = tracks(spotify, 260)
    made = await playlists.async_create("Long")
    snapshot = await playlists.async_add(made.id, wanted[:10])
    assert snapshot == simulated(spotify, made.id).snapshot_id
    await playlists.async_add(made.id, wanted[10:240])
    await playlists.async_add(made.id, wanted[240:], position=5)
    expected = [*wanted[:5], *wanted[240:], *wanted[5:240]]
    assert content(spotify, made.id) == expected
    assert uris((await playlists.async_entries(made.id)).value) == expected
    assert uris((await playlists.async_entries(made.id, 70)).value) == expected[:70]


async def test_a_playlist_is_replaced_as_a_whole(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """By more than a request takes, by fewer, and by nothing."""
    wanted = tracks(spotify, 250)
    made = await playlists.async_create("Changing")
    for some in (wanted, wanted[100:103], []):
        snapshot = await playlists.async_replace(made.id, some)
        assert content(spotify, made.id) == some
        assert snapshot == simulated(spotify, made.id).snapshot_id


async def test_items_are_moved_and_removed(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """Removing takes every occurrence; more than a request takes go in several."""
    a, b, c = tracks(spotify, 3)
    made = await playlists.async_create("Mixed")
    await playlists.async_add(made.id, [a, b, c, a])
    await playlists.async_reorder(made.id, start=0, before=3, length=2)
    assert content(spotify, made.id) == [c, a, b, a]
    await playlists.async_remove(made.id, [a])
    assert content(spotify, made.id) == [c, b]
    many = tracks(spotify, 230)
    await playlists.async_replace(made.id, many)
    snapshot = await playlists.async_remove(made.id, many[:220])
    assert content(spotify, made.id) == many[220:]
    assert snapshot == simulated(spotify, made.id).snapshot_id


async def test_details_change_one_by_one(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """What is not given stays."""
    made = await playlists.async_create("Old", description="As it was")
    await playlists.async_change(made.id, name="New")
    there = simulated(spotify, made.id)
    assert (there.name, there.description) == ("New", "As it was")
    await playlists.async_change(made.id, description="As it is", public=True)
    assert (there.name, there.description, there.public) == ("New", "As it is", True)
    assert (await playlists.async_get(made.id)).name == "New"


async def test_an_unfollowed_playlist_is_no_longer_the_persons(
    playlists: Playlists, reader: LibraryReader
) -> None:
    """By the endpoint that still lives."""
    made = await playlists.async_create("Gone")
    await playlists.async_unfollow(made.id)
    rows = await every(reader, LibrarySection.PLAYLISTS)
    assert made.uri not in {row.item.uri for row in rows}


async def test_what_others_keep_to_themselves_is_refused(
    playlists: Playlists, open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Its name may be read, what is in it may not; and a playlist that is none is not found."""
    theirs = await Playlists(open_gateway("ben", more=PLAYLISTS)).async_create("Ben's")
    assert (await playlists.async_get(theirs.id)).items is None
    with pytest.raises(CommandRefused):
        await playlists.async_entries(theirs.id)
    with pytest.raises(CommandRefused):
        await playlists.async_add(theirs.id, tracks(spotify, 1))
    with pytest.raises(NotFound):
        await playlists.async_get("0" * 22)


async def test_episodes_are_items_too(
    playlists: Playlists, spotify: SpotifySimulator
) -> None:
    """A playlist may hold both."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    made = await playlists.async_create("Both")
    await playlists.async_add(made.id, [*tracks(spotify, 1), episode.uri])
    entries = (await playlists.async_entries(made.id)).value
    assert uris(entries) == [*tracks(spotify, 1), episode.uri]
    item = entries[1].item
    assert isinstance(item, Item)
    assert item.artists == (episode.show.name,)


def test_a_playlist_is_read_as_far_as_it_can_be() -> None:
    """Null and missing fields, rows that are null, entries that are gone, and the shape before 2026."""
    assert read_playlist({"id": None}) is None
    bare = read_playlist({"id": "37i9dQZF1DX", "name": None, "owner": None})
    assert bare is not None
    assert (bare.name, bare.owner, bare.items) == ("37i9dQZF1DX", None, None)
    answer = {"items": [None, {"id": "a", "name": "A"}], "total": 2}
    page = read_section(LibrarySection.PLAYLISTS, answer)
    assert [each.item.name for each in page.things] == ["A"]
    assert (page.rows, page.total) == (2, 2)
    track = {"type": "track", "uri": "spotify:track:a", "name": "A"}
    rows = [{"item": None}, {"track": track}, {"item": {"type": "poem"}}, None]
    entries = read_entries({"items": rows}, 50).things
    assert uris(entries) == [None, "spotify:track:a", None, None]
    assert [entry.place for entry in entries] == [50, 51, 52, 53]
    assert read_entries({"items": None}, 0).things == ()
