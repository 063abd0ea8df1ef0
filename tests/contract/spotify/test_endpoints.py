"""Every endpoint that lives, asked as described, answers as described; the caller asserts both."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from openapi_core import OpenAPI
import pytest
import yaml

from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Thing

from .conftest import Caller, description_file

MINUTE_MS = 60_000


def track_uris(spotify: SpotifySimulator, number: int) -> list[str]:
    """Return the URIs of some tracks."""
    return [
        track.uri for track in list(spotify.world.catalogue.tracks.values())[:number]
    ]


async def test_every_described_endpoint_is_served(
    spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """Without a token each says 401, so it exists; with a trailing slash too, as spotipy writes some."""
    described = yaml.safe_load(description_file().read_text(encoding="utf-8"))["paths"]
    assert len(described) == 40
    for path, operations in described.items():
        address = path.replace("{playlist_id}", "{id}").replace("{id}", "0" * 22)
        for method in operations:
            for slash in ("", "/"):
                url = f"{spotify.url}/v1{address}{slash}"
                async with session.request(method, url) as answer:
                    assert answer.status == 401, (method, path)


async def test_the_player_from_nothing_to_a_playing_context(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """204 while nothing plays; then state, queue and devices agree, and time passes."""
    assert await alva.call("GET", "/me/player", status=204) is None
    assert await alva.call("GET", "/me/player/currently-playing", status=204) is None
    album = next(
        album
        for album in spotify.world.catalogue.albums.values()
        if len(album.track_ids) > 3
    )
    devices = (await alva.call("GET", "/me/player/devices"))["devices"]
    speaker = next(one for one in devices if not one["is_restricted"])
    await alva.call(
        "PUT",
        "/me/player/play",
        {"device_id": speaker["id"]},
        body={"context_uri": album.uri, "offset": {"position": 1}, "position_ms": 500},
        status=204,
    )
    spotify.clock.advance(1_000)
    state = await alva.call("GET", "/me/player")
    assert state["item"]["id"] == album.track_ids[1]
    assert state["progress_ms"] == 1_500
    assert state["is_playing"] is True
    assert state["context"]["uri"] == album.uri
    assert state["device"]["id"] == speaker["id"]
    assert state["actions"] == {"disallows": {"resuming": True}}
    current = await alva.call("GET", "/me/player/currently-playing")
    assert current["item"] == state["item"]
    queue = await alva.call("GET", "/me/player/queue")
    assert queue["currently_playing"]["id"] == album.track_ids[1]
    assert queue["queue"][0]["id"] == album.track_ids[2]


async def test_every_command_of_the_player(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Each answers 204 and shows in the state."""
    one, two, three, queued = track_uris(spotify, 4)

    async def state() -> dict[str, Any]:
        shown: dict[str, Any] = await alva.call("GET", "/me/player")
        return shown

    devices = (await alva.call("GET", "/me/player/devices"))["devices"]
    first, second = [device["id"] for device in devices if not device["is_restricted"]][
        :2
    ]
    await alva.call(
        "PUT", "/me/player/play", {"device_id": first}, body={"uris": [one, two, three]}
    )
    await alva.call("PUT", "/me/player/pause")
    assert (await state())["is_playing"] is False
    await alva.call("PUT", "/me/player/play")
    assert (await state())["is_playing"] is True
    await alva.call("POST", "/me/player/queue", {"uri": queued})
    await alva.call("POST", "/me/player/next")
    assert (await state())["item"]["uri"] == queued
    await alva.call("POST", "/me/player/next")
    assert (await state())["item"]["uri"] == two
    await alva.call("POST", "/me/player/previous")
    assert (await state())["item"]["uri"] == one
    await alva.call("PUT", "/me/player/seek", {"position_ms": 30_000})
    assert (await state())["progress_ms"] == 30_000
    await alva.call("PUT", "/me/player/volume", {"volume_percent": 17})
    assert (await state())["device"]["volume_percent"] == 17
    for mode in ("track", "context", "off"):
        await alva.call("PUT", "/me/player/repeat", {"state": mode})
        assert (await state())["repeat_state"] == mode
    for word in ("true", "false"):
        await alva.call("PUT", "/me/player/shuffle", {"state": word})
        assert (await state())["shuffle_state"] is (word == "true")
    await alva.call("PUT", "/me/player", body={"device_ids": [second]})
    assert (await state())["device"]["id"] == second


async def test_an_episode_is_null_for_who_does_not_ask_for_episodes(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Only `additional_types=episode` brings it, with its show and, with the scope, the resume point."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    spotify.world.player("alva").play(uris=[episode.uri])
    state = await alva.call("GET", "/me/player")
    assert state["currently_playing_type"] == "episode"
    assert state["item"] is None
    state = await alva.call("GET", "/me/player", {"additional_types": "track,episode"})
    assert state["item"]["show"]["name"] == episode.show.name
    assert "resume_point" in state["item"]
    ben = alva.as_person("alva", ["user-read-playback-state"])
    state = await ben.call("GET", "/me/player", {"additional_types": "episode"})
    assert "resume_point" not in state["item"]


async def test_a_chapter_plays_as_an_episode(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Its URI looks like an episode's, its book like a show."""
    chapter = next(iter(spotify.world.catalogue.chapters.values()))
    spotify.world.player("alva").play(uris=[chapter.uri])
    state = await alva.call("GET", "/me/player", {"additional_types": "episode"})
    assert state["item"]["type"] == "episode"
    assert state["item"]["show"]["uri"] == chapter.audiobook.uri


async def test_a_private_session_shows_on_the_device(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """The API tells that the session is private."""
    player = spotify.world.player("alva")
    player.private_session(True)
    player.play(uris=track_uris(spotify, 1))
    state = await alva.call("GET", "/me/player")
    assert state["device"]["is_private_session"] is True


async def test_recently_played_pages_back_to_the_beginning(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Pages meet without a gap or an overlap, newest first, and agree with the ledger."""
    seen: list[tuple[str, str]] = []
    query: dict[str, str | int] = {"limit": 20}
    for _ in range(100):
        page = await alva.call("GET", "/me/player/recently-played", query)
        seen += [(one["played_at"], one["track"]["uri"]) for one in page["items"]]
        if page["next"] is None:
            break
        assert page["cursors"]["before"] in page["next"]
        query = {"limit": 20, "before": page["cursors"]["before"]}
    moments = [moment for moment, _ in seen]
    assert len(seen) > 40
    assert moments == sorted(set(moments), reverse=True)
    truth = {one.uri for one in spotify.world.ledger.played("alva")}
    assert {uri for _, uri in seen} <= truth
    newest = await alva.call(
        "GET", "/me/player/recently-played", {"after": 1, "limit": 50}
    )
    oldest_first = sorted(one["played_at"] for one in newest["items"])
    assert oldest_first[0] == moments[-1]


async def test_recently_played_is_empty_with_null_cursors(alva: Caller) -> None:
    """Nothing is newer than the newest."""
    page = await alva.call("GET", "/me/player/recently-played", {"limit": 1})
    after = int(page["cursors"]["after"])
    page = await alva.call("GET", "/me/player/recently-played", {"after": after})
    assert page["items"] == []
    assert page["cursors"] is None
    assert page["next"] is None


async def test_what_just_played_is_in_recently_played(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """With its context, near its end."""
    track = next(iter(spotify.world.catalogue.tracks.values()))
    spotify.world.player("alva").play(context_uri=track.album.uri)
    spotify.clock.advance(track.duration_ms + MINUTE_MS)
    page = await alva.call("GET", "/me/player/recently-played", {"limit": 1})
    first = spotify.world.ledger.played("alva")[-1]
    assert page["items"][0]["track"]["uri"] == first.uri
    assert page["items"][0]["context"]["uri"] == track.album.uri


async def test_every_thing_of_the_catalogue(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """One of each kind, and the lists below them."""
    catalogue = spotify.world.catalogue
    for path, things in (
        ("/tracks", catalogue.tracks),
        ("/albums", catalogue.albums),
        ("/artists", catalogue.artists),
        ("/shows", catalogue.shows),
        ("/episodes", catalogue.episodes),
        ("/audiobooks", catalogue.audiobooks),
        ("/chapters", catalogue.chapters),
    ):
        for thing_id in list(things)[:3]:
            thing = await alva.call("GET", f"{path}/{thing_id}", {"market": "SE"})
            assert thing["id"] == thing_id
    for path, things in (
        ("/albums/{}/tracks", catalogue.albums),
        ("/artists/{}/albums", catalogue.artists),
        ("/shows/{}/episodes/", catalogue.shows),
        ("/audiobooks/{}/chapters", catalogue.audiobooks),
    ):
        page = await alva.call("GET", path.format(next(iter(things))), {"limit": 2})
        assert page["items"]
        assert page["limit"] == 2


async def test_pages_lead_to_each_other(
    alva: Caller, spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """`next` and `previous` are addresses that answer."""
    show_id = next(iter(spotify.world.catalogue.shows))
    first = await alva.call("GET", f"/shows/{show_id}/episodes", {"limit": 1})
    assert first["previous"] is None
    headers = {"Authorization": f"Bearer {alva.token}"}
    async with session.get(first["next"], headers=headers) as answer:
        second = await answer.json()
    assert second["offset"] == 1
    assert second["items"] != first["items"]
    async with session.get(second["previous"], headers=headers) as answer:
        assert (await answer.json())["items"] == first["items"]


async def test_search_finds_what_is_there(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """All kinds at once, five each by default."""
    artist = next(iter(spotify.world.catalogue.artists.values()))
    kinds = "album,artist,playlist,track,show,episode,audiobook"
    found = await alva.call("GET", "/search", {"q": artist.name, "type": kinds})
    assert artist.uri in [one["uri"] for one in found["artists"]["items"]]
    assert set(found) == {f"{kind}s" for kind in kinds.split(",")}
    assert found["tracks"]["limit"] == 5
    page = await alva.call(
        "GET", "/search", {"q": "a", "type": "track", "limit": 10, "offset": 10}
    )
    assert len(page["tracks"]["items"]) == 10


async def test_saving_and_removing(alva: Caller, spotify: SpotifySimulator) -> None:
    """What is saved is contained and listed, until it is removed."""
    catalogue = spotify.world.catalogue
    kinds: tuple[Mapping[str, Thing], ...] = (
        catalogue.tracks,
        catalogue.albums,
        catalogue.shows,
        catalogue.episodes,
        catalogue.artists,
        catalogue.audiobooks,
    )
    things = [next(iter(kind.values())).uri for kind in kinds]
    query = {"uris": ",".join(things)}
    await alva.call("PUT", "/me/library", query, status=200)
    assert await alva.call("GET", "/me/library/contains", query) == [True] * 6
    for path, name, uri in (
        ("/me/tracks", "track", things[0]),
        ("/me/albums", "album", things[1]),
        ("/me/shows", "show", things[2]),
        ("/me/episodes", "episode", things[3]),
        ("/me/audiobooks", "audiobook", things[5]),
    ):
        page = await alva.call("GET", path)
        assert page["items"][0][name]["uri"] == uri
    followed = await alva.call("GET", "/me/following", {"type": "artist"})
    assert things[4] in [one["uri"] for one in followed["artists"]["items"]]
    await alva.call("DELETE", "/me/library", query, status=200)
    assert await alva.call("GET", "/me/library/contains", query) == [False] * 6


async def test_followed_artists_page_by_cursor(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Following the cursor visits each once."""
    artists = list(spotify.world.catalogue.artists.values())[:5]
    uris = ",".join(artist.uri for artist in artists)
    await alva.call("PUT", "/me/library", {"uris": uris})
    seen: list[str] = []
    query: dict[str, str | int] = {"type": "artist", "limit": 2}
    while True:
        page = (await alva.call("GET", "/me/following", query))["artists"]
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["cursors"]["after"]
    assert len(seen) == len(set(seen)) == page["total"]
    assert {artist.id for artist in artists} <= set(seen)


@pytest.mark.parametrize("time_range", ["short_term", "medium_term", "long_term"])
async def test_top_of_a_range(alva: Caller, time_range: str) -> None:
    """Tracks and artists, most heard first."""
    for kind in ("tracks", "artists"):
        page = await alva.call("GET", f"/me/top/{kind}", {"time_range": time_range})
        assert page["items"]


async def test_images_are_pictures(
    alva: Caller, spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """Every cover is a PNG of the size that the answer says, always the same."""
    track = await alva.call(
        "GET", f"/tracks/{next(iter(spotify.world.catalogue.tracks))}"
    )
    for image in track["album"]["images"]:
        async with session.get(image["url"]) as answer:
            assert answer.status == 200
            assert answer.content_type == "image/png"
            png = await answer.read()
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(png[16:20]) == image["width"]
        async with session.get(image["url"]) as answer:
            assert await answer.read() == png


def test_the_description_forbids_what_is_gone(description: OpenAPI) -> None:
    """No schema lets a deprecated property through, so no answer here has one."""
    schemas = yaml.safe_load(description_file().read_text(encoding="utf-8"))[
        "components"
    ]["schemas"]
    for name, removed in (
        ("TrackObject", "popularity"),
        ("TrackObject", "preview_url"),
        ("ArtistObject", "genres"),
        ("PrivateUserObject", "product"),
        ("PlaylistObject", "tracks"),
        ("PlaylistTrackObject", "track"),
    ):
        assert schemas[name]["properties"][removed] == {"not": {}}
