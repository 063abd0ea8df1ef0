"""Playlists, from making one to filtering what is answered of it; the caller asserts that all is as described."""

from base64 import b64encode

import aiohttp
import pytest

from simulator.spotify import SpotifySimulator
from simulator.spotify.covers import cover

from .conftest import Caller
from .test_endpoints import track_uris


async def test_a_playlist_from_first_to_last(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Made, filled, reordered, renamed, given a cover, emptied."""
    uris = track_uris(spotify, 4)
    made = await alva.call(
        "POST", "/me/playlists", body={"name": "Autumn", "public": False}, status=201
    )
    path = f"/playlists/{made['id']}"
    assert made["items"]["total"] == 0
    first = await alva.call("POST", f"{path}/items", body={"uris": uris}, status=201)

    async def order() -> list[str]:
        page = await alva.call("GET", f"{path}/items")
        return [one["item"]["uri"] for one in page["items"]]

    assert await order() == uris
    second = await alva.call(
        "PUT", f"{path}/items", body={"range_start": 0, "insert_before": 4}
    )
    assert second["snapshot_id"] != first["snapshot_id"]
    assert await order() == [*uris[1:], uris[0]]
    await alva.call("DELETE", f"{path}/items", body={"items": [{"uri": uris[2]}]})
    assert await order() == [uris[1], uris[3], uris[0]]
    await alva.call("PUT", path, body={"name": "Late autumn"}, status=200)
    assert (await alva.call("GET", path))["name"] == "Late autumn"
    mine = await alva.call("GET", "/me/playlists")
    assert made["id"] in [one["id"] for one in mine["items"]]
    await alva.call("PUT", f"{path}/items", body={"uris": []})
    assert await order() == []


async def test_a_playlist_gets_the_cover_that_was_uploaded(
    alva: Caller, spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """It is a JPEG, and only a JPEG is taken."""
    made = await alva.call("POST", "/me/playlists", body={"name": "Covered"})
    path = f"/playlists/{made['id']}/images"
    jpeg = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"
    await alva.call("PUT", path, jpeg=b64encode(jpeg).decode(), status=202)
    image = (await alva.call("GET", path))[0]
    async with session.get(image["url"]) as answer:
        assert answer.content_type == "image/jpeg"
        assert await answer.read() == jpeg
    await alva.call(
        "PUT", path, jpeg=b64encode(cover("a", 8)).decode(), status=400, sound=False
    )


async def test_a_playlist_of_somebody_else_shows_no_items(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Its name may be read; its items and changing it are forbidden."""
    made = await alva.as_person("ben").call(
        "POST", "/me/playlists", body={"name": "Ben's own"}
    )
    path = f"/playlists/{made['id']}"
    shown = await alva.call("GET", path)
    assert shown["name"] == "Ben's own"
    assert "items" not in shown
    await alva.refused(403, "GET", f"{path}/items")
    body = {"uris": track_uris(spotify, 1)}
    await alva.refused(403, "POST", f"{path}/items", body=body)


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ("total", {"total"}),
        ("total,limit", {"total", "limit"}),
        ("!items", {"href", "limit", "next", "offset", "previous", "total"}),
    ],
)
async def test_fields_choose_what_is_answered(
    alva: Caller, spotify: SpotifySimulator, fields: str, keys: set[str]
) -> None:
    """A filter names what is wanted, or what is not."""
    made = await alva.call("POST", "/me/playlists", body={"name": "Filtered"})
    path = f"/playlists/{made['id']}/items"
    await alva.call("POST", path, body={"uris": track_uris(spotify, 2)})
    page = await alva.call("GET", path, {"fields": fields}, sound=False)
    assert set(page) == keys


async def test_fields_reach_into_the_items(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Parentheses and dots go deeper; what makes no sense is refused."""
    made = await alva.call("POST", "/me/playlists", body={"name": "Filtered"})
    path = f"/playlists/{made['id']}/items"
    uris = track_uris(spotify, 1)
    await alva.call("POST", path, body={"uris": uris})
    fields = "items(item(uri,artists.name))"
    page = await alva.call("GET", path, {"fields": fields}, sound=False)
    track = next(iter(spotify.world.catalogue.tracks.values()))
    names = [{"name": artist.name} for artist in track.artists]
    assert page == {"items": [{"item": {"uri": uris[0], "artists": names}}]}
    await alva.refused(400, "GET", path, {"fields": "items(item("})
