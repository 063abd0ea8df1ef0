"""spotipy itself against the simulator: every method that still lives, and every one that does not."""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import re
from typing import Any, Final

import pytest
import requests
import spotipy

from simulator.spotify import SpotifySimulator

from .conftest import ALL_SCOPES

# Methods without a request of their own, and those that cannot make one (they raise before).
OWN: Final = {"next", "previous", "set_auth", "auth_manager"}
BROKEN: Final = {
    "category_playlists",
    "playlist_is_following",
    "user_playlist_is_following",
    "user_playlist_tracks",
}

SOME: Final = "4iV5W9uYEdYUVa79Axb7Rh"
GONE: Final[dict[str, tuple[Any, ...]]] = {
    "albums": ([SOME],),
    "artist_related_artists": (SOME,),
    "artist_top_tracks": (SOME,),
    "artists": ([SOME],),
    "audio_analysis": (SOME,),
    "audio_features": ([SOME],),
    "available_markets": (),
    "categories": (),
    "category": ("c",),
    "current_user_saved_episodes_contains": ([SOME],),
    "current_user_unfollow_playlist": (SOME,),
    "episodes": ([SOME],),
    "featured_playlists": (),
    "get_audiobooks": ([SOME],),
    "new_releases": (),
    "recommendation_genre_seeds": (),
    "recommendations": ([SOME],),
    "shows": ([SOME],),
    "tracks": ([SOME],),
    "user": ("u",),
    "user_playlist_create": ("u", "n"),
    "user_playlist_remove_specific_occurrences_of_tracks": (
        "u",
        SOME,
        [{"uri": SOME, "positions": [0]}],
    ),
    "user_playlist_unfollow": ("u", SOME),
    "user_playlists": ("u",),
}


pytestmark = [
    # spotipy's own notices about methods that are called here on purpose.
    pytest.mark.filterwarnings(f"ignore:{notice}")
    for notice in ("You should use", "You're using", "Searching multiple markets")
]


class Thread:
    """The thread in which spotipy lives, as in Home Assistant's executor."""

    def __init__(self, client: spotipy.Spotify) -> None:
        """Start no thread yet."""
        self._client = client
        self._executor = ThreadPoolExecutor(1)

    async def run[T](self, talk: Callable[[Any], T]) -> T:
        """Run a talk with the client in the thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, talk, self._client)

    def end(self) -> None:
        """End the thread."""
        self._executor.shutdown()


@pytest.fixture
def thread(spotify: SpotifySimulator) -> Generator[Thread]:
    """Return spotipy as Alva, without retries, towards the simulator."""
    token = spotify.accounts.authorize("alva", ALL_SCOPES)["access_token"]
    session = requests.Session()
    client = spotipy.Spotify(auth=token, requests_session=session)
    client.prefix = f"{spotify.url}/v1/"
    thread = Thread(client)
    yield thread
    thread.end()
    session.close()


async def test_the_profile_and_the_catalogue(
    thread: Thread, spotify: SpotifySimulator
) -> None:
    """One of each kind, lists and search."""
    catalogue = spotify.world.catalogue
    track, album = (
        next(iter(catalogue.tracks.values())),
        next(iter(catalogue.albums.values())),
    )
    artist, show = (
        next(iter(catalogue.artists.values())),
        next(iter(catalogue.shows.values())),
    )
    episode = next(iter(catalogue.episodes.values()))
    book = next(iter(catalogue.audiobooks.values()))

    def talk(client: Any) -> None:
        account_id = spotify.world.people["alva"].account_id
        assert client.me() == client.current_user()
        assert client.me()["account_id"] == account_id
        assert client.track(track.uri)["name"] == track.name
        assert client.album(album.id)["name"] == album.name
        tracks = client.album_tracks(album.id)
        assert tracks["total"] == len(album.track_ids)
        assert client.artist(artist.id)["name"] == artist.name
        assert client.artist_albums(artist.id, limit=10)["items"]
        assert client.show(show.id)["total_episodes"] == len(show.episode_ids)
        page = client.show_episodes(show.id, limit=1)
        assert client.previous(client.next(page)) == page
        assert client.episode(episode.id)["show"]["name"] == episode.show.name
        assert client.get_audiobook(book.id)["authors"]
        assert client.get_audiobook_chapters(book.id)["items"]
        assert client.search(artist.name, type="artist")["artists"]["items"]
        markets = client.search_markets(artist.name, type="artist", markets=["SE"])
        assert markets["SE"]["artists"]["items"]

    await thread.run(talk)


async def test_playing(thread: Thread, spotify: SpotifySimulator) -> None:
    """From nothing over every command to the queue and what was played."""
    uris = [track.uri for track in list(spotify.world.catalogue.tracks.values())[:3]]

    def talk(client: Any) -> None:
        assert client.current_playback() is None
        assert client.currently_playing() is None
        devices = client.devices()["devices"]
        first, second = [one["id"] for one in devices if not one["is_restricted"]][:2]
        client.start_playback(device_id=first, uris=uris)
        assert client.current_playback()["item"]["uri"] == uris[0]
        assert client.currently_playing()["is_playing"]
        assert client.current_user_playing_track()["item"]["uri"] == uris[0]
        client.pause_playback()
        client.start_playback()
        client.next_track()
        client.previous_track()
        client.seek_track(2_000)
        client.volume(33)
        client.repeat("context")
        client.shuffle(True)
        client.shuffle(False)
        client.add_to_queue(uris[2])
        assert client.queue()["queue"][0]["uri"] == uris[2]
        client.transfer_playback(second)
        state = client.current_playback()
        assert state["device"]["id"] == second
        assert state["progress_ms"] == 2_000
        assert state["repeat_state"] == "context"
        client.volume(34, device_id=first)
        assert client.current_user_recently_played()["items"]
        older = client.current_user_recently_played(limit=1)["cursors"]["before"]
        assert client.current_user_recently_played(before=older)["items"]
        assert client.current_user_top_artists()["items"]
        assert client.current_user_top_tracks(time_range="short_term")["items"]

    await thread.run(talk)


async def test_the_library(thread: Thread, spotify: SpotifySimulator) -> None:
    """Saving, following, asking and listing."""
    catalogue = spotify.world.catalogue
    track, album, show, episode, artist = (
        next(iter(kind))
        for kind in (
            catalogue.tracks,
            catalogue.albums,
            catalogue.shows,
            catalogue.episodes,
            catalogue.artists,
        )
    )
    ben = spotify.world.people["ben"].id

    def talk(client: Any) -> None:
        client.current_user_saved_tracks_add([track])
        assert client.current_user_saved_tracks_contains([track]) == [True]
        assert client.current_user_saved_items([f"spotify:track:{track}"]) == [True]
        assert client.current_user_saved_tracks()["items"][0]["track"]["id"] == track
        client.current_user_saved_tracks_delete([track])
        assert client.current_user_saved_tracks_contains([track]) == [False]
        client.current_user_saved_albums_add([album])
        assert client.current_user_saved_albums_contains([album]) == [True]
        assert client.current_user_saved_albums()["items"][0]["album"]["id"] == album
        client.current_user_saved_albums_delete([album])
        client.current_user_saved_shows_add([show])
        assert client.current_user_saved_shows_contains([show]) == [True]
        assert client.current_user_saved_shows()["items"][0]["show"]["id"] == show
        client.current_user_saved_shows_delete([show])
        client.current_user_saved_episodes_add([episode])
        saved = client.current_user_saved_episodes()["items"]
        assert saved[0]["episode"]["id"] == episode
        client.current_user_saved_episodes_delete([episode])
        client.user_follow_artists([artist])
        assert client.current_user_following_artists([artist]) == [True]
        followed = client.current_user_followed_artists(limit=50)["artists"]["items"]
        assert artist in [one["id"] for one in followed]
        client.user_unfollow_artists([artist])
        assert client.current_user_following_artists([artist]) == [False]
        client.user_follow_users([ben])
        assert client.current_user_following_users([ben]) == [True]
        client.user_unfollow_users([ben])

    await thread.run(talk)


async def test_playlists(thread: Thread, spotify: SpotifySimulator) -> None:
    """Making, reading, changing, filling and following them."""
    uris = [track.uri for track in list(spotify.world.catalogue.tracks.values())[:4]]
    ben = spotify.world.people["ben"]
    bens = spotify.world.playlists.create(ben.id, ben.display_name, "Ben's")

    def talk(client: Any) -> None:
        me = client.me()["id"]
        made = client.current_user_playlist_create("Ours", description="Two of us")
        one = made["id"]
        mine = [playlist["id"] for playlist in client.current_user_playlists()["items"]]
        assert one in mine

        def order() -> list[str]:
            return [
                entry["item"]["uri"] for entry in client.playlist_items(one)["items"]
            ]

        client.playlist_replace_items(one, uris)
        assert order() == uris
        client.playlist_reorder_items(one, 0, 4)
        assert order() == [*uris[1:], uris[0]]
        client.playlist_remove_all_occurrences_of_items(one, [uris[1]])
        client.playlist_remove_specific_occurrences_of_items(
            one, [{"uri": uris[2], "positions": [0]}]
        )
        assert order() == [uris[3], uris[0]]
        client.playlist_change_details(one, name="Still ours")
        assert client.playlist(one)["name"] == "Still ours"
        assert client.user_playlist(me, one)["name"] == "Still ours"
        client.user_playlist_change_details(me, one, name="Ours again")
        client.user_playlist_replace_tracks(me, one, uris)
        client.user_playlist_reorder_tracks(me, one, 0, 2)
        client.user_playlist_remove_all_occurrences_of_tracks(me, one, [uris[3]])
        assert client.playlist_tracks(one, fields="total") == {"total": 3}
        client.playlist_upload_cover_image(one, b64encode(b"\xff\xd8\xff\xd9"))
        assert client.playlist_cover_image(one)[0]["url"]
        client.current_user_follow_playlist(bens.id)
        client.user_playlist_follow_playlist(ben.id, bens.id)

    await thread.run(talk)


async def test_a_bare_array_of_items_is_refused(
    thread: Thread, spotify: SpotifySimulator
) -> None:
    """Its own ways to add items send one; the description wants an object, which works."""
    uri = next(iter(spotify.world.catalogue.tracks.values())).uri

    def talk(client: Any) -> None:
        me = client.me()["id"]
        made = client.current_user_playlist_create("Ours")["id"]
        with pytest.raises(spotipy.SpotifyException, match="Error parsing JSON"):
            client.playlist_add_items(made, [uri])
        with pytest.raises(spotipy.SpotifyException, match="Error parsing JSON"):
            client.user_playlist_add_tracks(me, made, [uri])
        with pytest.raises(spotipy.SpotifyException, match="Error parsing JSON"):
            client.user_playlist_add_episodes(me, made, [SOME])
        client._post(f"playlists/{made}/items", payload={"uris": [uri]})
        assert client.playlist_items(made)["total"] == 1

    await thread.run(talk)


async def test_what_is_gone_is_forbidden(thread: Thread) -> None:
    """Each dead method raises a 403."""

    def talk(client: Any) -> None:
        for name, arguments in GONE.items():
            with pytest.raises(spotipy.SpotifyException) as refused:
                getattr(client, name)(*arguments)
            assert refused.value.http_status == 403, name
            assert "Forbidden" in refused.value.msg

    await thread.run(talk)


async def test_an_expired_token_names_itself(
    thread: Thread, spotify: SpotifySimulator
) -> None:
    """It raises the 401 with Spotify's words; so does a free account's command with its reason."""
    spotify.accounts.expire_access("alva")

    def talk(client: Any) -> spotipy.SpotifyException:
        with pytest.raises(spotipy.SpotifyException) as refused:
            client.me()
        return refused.value

    error = await thread.run(talk)
    assert error.http_status == 401
    assert "The access token expired" in error.msg


def test_no_method_of_spotipy_is_forgotten() -> None:
    """Every public method is called above, is gone, or cannot make a request; a new release may add one."""
    public = {
        name
        for name, method in vars(spotipy.Spotify).items()
        if not name.startswith("_") and callable(method)
    }
    called = set(re.findall(r"\bclient\.(\w+)\(", Path(__file__).read_text("utf-8")))
    assert not public - called - GONE.keys() - BROKEN - OWN
