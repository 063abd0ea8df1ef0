"""What `play_media` plays and queues: one thing or a list, by URI, link, id or a folder of Encore's own."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.playback.playback_request import PLAYED_AT_ONCE
from custom_components.encore.commands.playback.queue_items import QUEUED_AT_ONCE
from custom_components.encore.history.records.saved_library import LibrarySection
from custom_components.encore.spotify.errors import NotFound, Unavailable
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.people import ResumePoint
from simulator.spotify.player import Player
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, set_up
from tests.integration.spotify.playing import call, seen


@pytest.fixture
def player(spotify: SpotifySimulator) -> Player:
    """Return Alva's player, as her own hands use it."""
    return spotify.world.player("alva")


@pytest.fixture
async def playing(
    alva: MockConfigEntry, player: Player, tracks: list[Track], later: Later
) -> Track:
    """Let something long be on, seen by Encore; return it."""
    player.play(uris=[tracks[-1].uri])
    player.repeat("track")
    await seen(alva, later)
    return tracks[-1]


async def play(hass: HomeAssistant, media_id: str, **data: Any) -> None:
    """Ask for media on Alva's player."""
    await call(hass, "play_media", **{"media_content_type": "music", "media_content_id": media_id, **data})  # fmt: skip


def on(player: Player) -> str:
    """Return the URI of what is on."""
    assert player.state is not None
    return player.state.item.uri


def coming(player: Player, count: int) -> list[str]:
    """Return the URIs of what plays next."""
    return [item.uri for item in player.coming(count)]


@pytest.mark.parametrize("between", [" ", "\n", ", ", ",", "\r\n"])
async def test_a_list_of_tracks_plays_in_its_order(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track], between: str
) -> None:  # fmt: skip
    """Links, URIs and ids in one text, as people paste them."""
    texts = [
        tracks[0].uri,
        f"https://open.spotify.com/intl-de/track/{tracks[1].id}?si=1",
        tracks[2].id,
    ]
    await play(hass, between.join(texts))
    assert on(player) == tracks[0].uri
    assert coming(player, 2) == [tracks[1].uri, tracks[2].uri]


async def test_an_id_is_what_its_type_says(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track]
) -> None:
    """An album by its id and the type album; without a type that tells, it is refused."""
    album = tracks[0].album
    await play(hass, album.id, media_content_type="album")
    assert player.state is not None
    assert player.state.context_uri == album.uri
    with pytest.raises(ServiceValidationError, match="isn’t a Spotify URI"):
        await play(hass, album.id, media_content_type="video")


async def test_an_album_within_a_list_plays_all_its_tracks(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, player: Player, tracks: list[Track]
) -> None:  # fmt: skip
    """Spotify takes either one context or a list of singles."""
    album = next(
        album
        for album in spotify.world.catalogue.albums.values()
        if 2 < len(album.track_ids) < 20 and tracks[0].id not in album.track_ids
    )
    await play(hass, f"{tracks[0].uri} {album.uri}")
    assert on(player) == tracks[0].uri
    expected = [f"spotify:track:{track_id}" for track_id in album.track_ids]
    assert coming(player, len(expected)) == expected


@pytest.mark.parametrize("enqueue", ["add", "next"])
async def test_an_album_is_queued_track_by_track(
    hass: HomeAssistant, playing: Track, spotify: SpotifySimulator, player: Player, enqueue: str
) -> None:  # fmt: skip
    """In its order, behind what plays."""
    album = next(
        album
        for album in spotify.world.catalogue.albums.values()
        if 2 < len(album.track_ids) < 15
    )
    await play(hass, album.uri, enqueue=enqueue)
    expected = [f"spotify:track:{track_id}" for track_id in album.track_ids]
    assert coming(player, len(expected)) == expected
    assert on(player) == playing.uri


@pytest.mark.parametrize("enqueue", ["play", "replace"])
async def test_play_and_replace_play_at_once(
    hass: HomeAssistant, playing: Track, player: Player, tracks: list[Track], enqueue: str
) -> None:  # fmt: skip
    """Whatever is on."""
    await play(hass, tracks[0].album.uri, enqueue=enqueue)
    assert player.state is not None
    assert player.state.context_uri == tracks[0].album.uri


async def test_what_is_queued_while_nothing_is_on_is_played(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track]
) -> None:
    """All of it, in its order."""
    await play(hass, f"{tracks[0].uri},{tracks[1].uri}", enqueue="add")
    assert on(player) == tracks[0].uri
    assert coming(player, 1) == [tracks[1].uri]


async def test_what_cannot_be_queued_is_refused_before_anything_is(
    hass: HomeAssistant, playing: Track, spotify: SpotifySimulator, player: Player, tracks: list[Track]
) -> None:  # fmt: skip
    """An artist, a show, more than is taken at once."""
    catalogue = spotify.world.catalogue
    artist, show = tracks[0].artists[0], next(iter(catalogue.shows.values()))
    for uri in (artist.uri, show.uri):
        with pytest.raises(ServiceValidationError, match="added to Spotify’s queue"):
            await play(hass, uri, enqueue="add")
    many = " ".join([tracks[0].uri] * (QUEUED_AT_ONCE + 1))
    with pytest.raises(ServiceValidationError, match=f"at most {QUEUED_AT_ONCE}"):
        await play(hass, many, enqueue="add")
    with pytest.raises(ServiceValidationError, match=f"at most {PLAYED_AT_ONCE}"):
        await play(hass, " ".join([tracks[0].uri] * (PLAYED_AT_ONCE + 1)))
    world = spotify.world
    playlist = world.playlists_of("alva")[0]
    uris = [track.uri for track in list(catalogue.tracks.values())[:60]]
    world.playlists.replace(
        playlist.id, world.people["alva"].id, uris, now_ms=spotify.clock.now_ms()
    )
    spotify.requests.clear()
    with pytest.raises(ServiceValidationError, match=f"more than {QUEUED_AT_ONCE}"):
        await play(hass, playlist.uri, enqueue="add")
    assert spotify.requests.count(method="POST") == 0


async def test_what_was_queued_before_a_failure_is_reported(
    hass: HomeAssistant, playing: Track, spotify: SpotifySimulator, player: Player, tracks: list[Track]
) -> None:  # fmt: skip
    """The person knows what to do again."""
    uris = [track.uri for track in tracks[:4]]
    removed = "spotify:track:0000000000000000000000"
    with pytest.raises(
        HomeAssistantError, match="Only 2 of 4 were added to the queue"
    ) as reported:
        await play(hass, " ".join([*uris[:2], removed, uris[3]]), enqueue="add")
    assert "Spotify can’t find this item" in str(reported.value)
    assert coming(player, 2) == uris[:2]
    with pytest.raises(NotFound):
        await play(hass, f"{removed} {uris[0]}", enqueue="add")


async def test_a_device_that_went_to_rest_is_woken_by_what_is_queued(
    hass: HomeAssistant, playing: Track, spotify: SpotifySimulator, player: Player, tracks: list[Track]
) -> None:  # fmt: skip
    """Only Spotify knows that nothing is on any more."""
    spotify.faults.add(Fault(FaultKind.NO_ACTIVE_DEVICE, match="/v1/me/player/queue", method="POST"))  # fmt: skip
    await play(hass, f"{tracks[0].uri} {tracks[1].uri}", enqueue="add")
    assert on(player) == tracks[0].uri
    assert coming(player, 1) == [tracks[1].uri]


async def test_an_episode_goes_on_where_it_was_left(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player
) -> None:  # fmt: skip
    """Unless told otherwise, and from the start once it was heard to its end."""
    await set_up(hass, await link("alva", "control", ["user-read-playback-position"]))
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    points = spotify.world.library("alva").resume_points

    async def begins_at(**data: Any) -> int:
        await play(hass, episode.uri, media_content_type="episode", **data)
        assert player.state is not None
        assert player.state.item.uri == episode.uri
        return player.state.progress_ms

    points[episode.id] = ResumePoint(600_000, fully_played=False)
    assert await begins_at() == 600_000
    assert await begins_at(extra={"position": 0}) == 0
    assert await begins_at(extra={"position": 90.5}) == 90_500
    points[episode.id] = ResumePoint(600_000, fully_played=True)
    assert await begins_at() == 0
    for odd in (-1, "later", True, 1e9):
        with pytest.raises(ServiceValidationError, match="seconds from the start"):
            await begins_at(extra={"position": odd})


async def test_an_episode_goes_on_where_it_was_known_to_be_while_spotify_does_not_tell(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player
) -> None:  # fmt: skip
    """And a chapter, of which the player's words tell nothing; from the start what counts as finished."""
    reads = ["user-read-playback-position", "user-library-read"]
    entry = await set_up(hass, await link("alva", "control", reads))
    catalogue, library = spotify.world.catalogue, spotify.world.library("alva")
    show = catalogue.shows[next(iter(library.shows))]
    first, second = catalogue.episodes_of(show)[:2]
    points = library.resume_points
    points[first.id] = ResumePoint(600_000, fully_played=False)
    points[second.id] = ResumePoint(600_000, fully_played=True)
    await entry.runtime_data.library.async_read_podcasts()
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/episodes/*", times=None))
    for episode, position in ((first, 600_000), (second, 0)):
        await play(hass, episode.uri)
        assert player.state is not None
        assert player.state.item.uri == episode.uri
        assert player.state.progress_ms == position


async def test_without_the_permission_an_episode_begins_at_its_start(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    player: Player,
    issue_registry: ir.IssueRegistry,
) -> None:
    """No call is made in vain; a notice offers to ask for it, and nobody who declined is asked again."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    await play(hass, episode.uri)
    assert on(player) == episode.uri
    assert spotify.requests.count(endpoint="/v1/episodes/*") == 0
    assert not list(alva.async_get_active_flows(hass, {"reauth"}))
    assert issue_registry.async_get_issue(
        "encore", f"resume_points_unknown_{alva.entry_id}"
    )


async def test_books_and_chapters_are_played_by_the_words_of_the_player(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player
) -> None:  # fmt: skip
    """It knows shows and episodes alone."""
    await set_up(hass, await link("alva", "control", ["user-read-playback-position"]))
    book = next(iter(spotify.world.catalogue.audiobooks.values()))
    await play(hass, f"https://open.spotify.com/audiobook/{book.id}")
    assert player.state is not None
    assert player.state.context_uri == f"spotify:show:{book.id}"
    chapter = book.chapter_ids[1]
    await play(hass, f"spotify:chapter:{chapter}")
    assert player.state.item.id == chapter


async def test_a_folder_of_encores_own_is_played(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, player: Player, tracks: list[Track]
) -> None:  # fmt: skip
    """What the listener heard last, say; one that is empty says so."""
    await play(hass, "encore:recently_played")
    recent = spotify.world.ledger.played("alva")
    assert on(player) in {row.uri for row in recent}
    with pytest.raises(ServiceValidationError, match="nothing to play at encore:forg"):
        await play(hass, "encore:forgotten_favourites")


async def test_liked_songs_are_played_as_a_list(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player
) -> None:  # fmt: skip
    """The newest first."""
    await set_up(hass, await link("alva", "control", ["user-library-read"]))
    await play(hass, "encore:liked_songs")
    liked = [f"spotify:track:{one}" for one in spotify.world.library("alva").tracks]
    assert on(player) == liked[0]
    assert coming(player, 49) == liked[1:50]


@pytest.mark.parametrize(
    "media_id",
    [
        "encore:liked_songs",
        "spotify:collection",
        "spotify:user:alva:collection",
        "open.spotify.com/collection/tracks",
    ],
)
async def test_liked_songs_are_played_beyond_a_page_where_the_library_is_stored(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player, media_id: str
) -> None:  # fmt: skip
    """With no more calls; what was liked since stands first."""
    entry = await set_up(hass, await link("alva", "control", ["user-library-read"]))
    await entry.runtime_data.library.async_read(LibrarySection.TRACKS)
    library = spotify.world.library("alva")
    new = next(each for each in spotify.world.catalogue.tracks.values() if not library.contains(each.uri))  # fmt: skip
    library.save(new.uri, spotify.clock.now_ms())
    liked = [f"spotify:track:{one}" for one in library.tracks]
    assert len(liked) > 100
    spotify.requests.clear()
    await play(hass, media_id)
    assert on(player) == liked[0] == new.uri
    assert coming(player, len(liked) - 1) == liked[1:]
    assert spotify.requests.count(endpoint="/v1/me/tracks") == 1
    await seen(entry, later)
    await play(hass, media_id, enqueue="add")
    assert spotify.requests.count(endpoint="/v1/me/player/queue") == 50


async def test_liked_songs_play_while_spotify_does_not_tell_them(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator, player: Player
) -> None:  # fmt: skip
    """As they are kept; where they never were, the failure is told."""
    entry = await set_up(hass, await link("alva", "control", ["user-library-read"]))
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/me/tracks", times=4))
    with pytest.raises(Unavailable):
        await play(hass, "spotify:collection")
    spotify.faults.clear()
    await entry.runtime_data.library.async_read(LibrarySection.TRACKS)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/me/tracks", times=None))
    await play(hass, "spotify:collection")
    liked = [f"spotify:track:{one}" for one in spotify.world.library("alva").tracks]
    assert on(player) == liked[0]
