"""Pictures of what was heard, through Home Assistant: for those who may hear of it, and nothing but pictures."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus

from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import Connection

from custom_components.encore.const import ENV_API_URL
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.records.artist_pictures import (
    MissingPicture,
    learn_picture,
)
from custom_components.encore.media import pictures
from custom_components.encore.media.pictures import CACHE_BYTES, MOST_BYTES, is_spotifys
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from tests.unit.questions.house import BEN, NEWS, heard, song

from .test_history_options import choose
from .test_visibility import Share, share

__all__ = ["share"]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)

pytestmark = pytest.mark.usefixtures("loopback", "house")


class PictureHost:
    """A host of pictures, on this machine."""

    def __init__(self) -> None:
        """Give nothing at first."""
        self.gives: dict[str, web.Response] = {}
        self.asked: list[str] = []
        self.hangs_up: set[str] = set()
        self.server: TestServer

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return str(self.server.make_url(path))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Give what is there."""
        self.asked.append(request.path)
        if request.path in self.hangs_up:
            assert request.transport is not None
            request.transport.close()
        parameters = self.gives[request.path]
        return web.Response(
            body=parameters.body, status=parameters.status, headers=parameters.headers
        )


@pytest.fixture
async def host(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[PictureHost]:
    """Run a host of pictures, which stands for Spotify's."""
    host = PictureHost()
    app = web.Application()
    app.router.add_get("/{path}", host.answer)
    host.server = TestServer(app)
    await host.server.start_server(access_log=None)
    monkeypatch.setenv(ENV_API_URL, host.url("/v1/"))
    yield host
    await host.server.close()


type Show = Callable[[str, web.Response], Awaitable[str]]


@pytest.fixture
def show(hass: HomeAssistant, house: MockConfigEntry, host: PictureHost) -> Show:
    """Return a way to let Ben hear a song whose cover is what the host gives; it returns the song's URI."""

    async def show(title: str, parameters: web.Response) -> str:
        path = f"/{title}"
        host.gives[path] = parameters
        item = replace(song(title, "Kite Season"), image_url=host.url(path))
        day = f"2026-07-10 {len(host.gives):02}:00"
        await hass.data[DATA_HISTORY].async_append([heard(BEN, item, day)])
        return item.uri

    return show


def png() -> web.Response:
    """Return a picture."""
    return web.Response(body=PNG, content_type="image/png")


async def test_a_cover_comes_through_home_assistant_and_is_fetched_once(
    hass_client: ClientSessionGenerator, show: Show, host: PictureHost
) -> None:
    """Whoever looks asks Home Assistant alone."""
    uri = await show("Moss", png())
    client = await hass_client()
    for _ in range(2):
        answer = await client.get("/api/encore/picture", params={"uri": uri})
        assert answer.status == HTTPStatus.OK
        assert answer.content_type == "image/png"
        assert answer.headers["Cache-Control"].startswith("private")
        assert await answer.read() == PNG
    assert host.asked == ["/Moss"]


async def test_an_artist_has_a_picture_by_name(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    show: Show,
    host: PictureHost,
) -> None:
    """It is the one that Spotify gave."""
    await show("Moss", png())

    def learn(connection: Connection, _ingest: Ingest) -> None:
        ((number,),) = connection.exec_driver_sql(
            "SELECT id FROM artist WHERE name = 'Kite Season'"
        )
        wanted = MissingPicture(number, "Kite Season", 1)
        learn_picture(connection, wanted, host.url("/Moss"), 1)

    await hass.data[DATA_HISTORY].async_write(learn)
    client = await hass_client()
    for artist, status in (("Kite Season", 200), ("Nobody", 204), ("", 204)):
        answer = await client.get("/api/encore/picture", params={"artist": artist})
        assert answer.status == status


async def test_an_artist_without_a_picture_has_the_cover_of_what_was_played(
    hass_client: ClientSessionGenerator,
    show: Show,
    share: Share,
    host: PictureHost,
) -> None:
    """To those who may hear of it alone."""
    await show("Moss", png())
    client = await hass_client()
    for artist, status in (("Kite Season", 200), ("The Harbours", 204)):
        answer = await client.get("/api/encore/picture", params={"artist": artist})
        assert answer.status == status, artist
    assert host.asked == ["/Moss"]
    share("ben", "private")
    answer = await client.get("/api/encore/picture", params={"artist": "Kite Season"})
    assert answer.status == HTTPStatus.NO_CONTENT


async def test_an_album_and_a_show_have_the_cover_of_what_was_played_of_them(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    show: Show,
    share: Share,
    host: PictureHost,
) -> None:
    """By their names, an album by its artist's too; to those who may hear of it alone."""
    await show("Moss", png())
    host.gives["/news"] = png()
    episode = replace(
        NEWS,
        uri="spotify:episode:late",
        artists=("The Late Post",),
        image_url=host.url("/news"),
    )
    await hass.data[DATA_HISTORY].async_append(
        [heard(BEN, episode, "2026-07-11 08:00", seconds=600)]
    )
    moss = {"album": "Collected", "artist": "Kite Season"}
    news = {"show": "The Late Post"}
    client = await hass_client()
    for asked, status in (
        (moss, HTTPStatus.OK),
        (news, HTTPStatus.OK),
        ({**moss, "artist": "The Harbours"}, HTTPStatus.NO_CONTENT),
        ({"album": "Collected"}, HTTPStatus.NO_CONTENT),
        ({"show": "Kite Season"}, HTTPStatus.NO_CONTENT),
    ):
        answer = await client.get("/api/encore/picture", params=asked)
        assert answer.status == status, asked
    assert host.asked == ["/Moss", "/news"]
    share("ben", "private")
    for asked in (moss, news):
        answer = await client.get("/api/encore/picture", params=asked)
        assert answer.status == HTTPStatus.NO_CONTENT


async def test_who_may_not_hear_of_a_play_sees_no_picture_of_it(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_admin_user: MockUser,
    show: Show,
    share: Share,
    host: PictureHost,
) -> None:
    """It is as if there were none: that there is one would tell that it was heard."""
    uri = await show("Moss", png())
    stranger = await hass_client_no_auth()
    asked = {"uri": uri}
    answer = await stranger.get("/api/encore/picture", params=asked)
    assert answer.status == HTTPStatus.UNAUTHORIZED
    share("ben", "private")
    alva = await hass_client()
    answer = await alva.get("/api/encore/picture", params=asked)
    assert answer.status == HTTPStatus.NO_CONTENT
    answer = await alva.get("/api/encore/picture", params={"uri": "spotify:track:no"})
    assert answer.status == HTTPStatus.NO_CONTENT
    assert not host.asked


@pytest.mark.parametrize(
    "parameters",
    [
        web.Response(text="<script>alert(1)</script>", content_type="text/html"),
        web.Response(body=b"<svg/>", content_type="image/svg+xml"),
        web.Response(body=bytes(MOST_BYTES + 1), content_type="image/png"),
        web.Response(status=302, headers={"Location": "/elsewhere"}),
        web.Response(status=500),
    ],
    ids=["a page", "what could run", "too much", "elsewhere", "an error"],
)
async def test_what_is_no_picture_is_not_passed_on(
    hass_client: ClientSessionGenerator,
    show: Show,
    host: PictureHost,
    parameters: web.Response,
) -> None:
    """Whatever the host gives; nothing else is fetched in its place."""
    uri = await show("Moss", parameters)
    client = await hass_client()
    answer = await client.get("/api/encore/picture", params={"uri": uri})
    assert answer.status == HTTPStatus.NO_CONTENT
    assert host.asked == ["/Moss"]


async def test_a_host_that_is_gone_is_no_error(
    hass_client: ClientSessionGenerator, show: Show, host: PictureHost
) -> None:
    """There is no picture then, and it is tried again later."""
    uri = await show("Moss", png())
    client = await hass_client()
    await host.server.close()
    answer = await client.get("/api/encore/picture", params={"uri": uri})
    assert answer.status == HTTPStatus.NO_CONTENT


@pytest.mark.parametrize("rest_s", [60, 0])
async def test_what_has_no_picture_is_not_asked_for_at_every_look(
    hass_client: ClientSessionGenerator,
    show: Show,
    host: PictureHost,
    monkeypatch: pytest.MonkeyPatch,
    rest_s: int,
) -> None:
    """A list of a hundred lines is drawn again and again; after a while it is tried anew, and others are asked for meanwhile."""
    monkeypatch.setattr(pictures, "_REST_S", rest_s)
    uri, other = (
        await show("Moss", web.Response(status=404)),
        await show("Fern", png()),
    )
    client = await hass_client()
    for _ in range(3):
        answer = await client.get("/api/encore/picture", params={"uri": uri})
        assert answer.status == HTTPStatus.NO_CONTENT
    assert host.asked.count("/Moss") == (1 if rest_s else 3)
    answer = await client.get("/api/encore/picture", params={"uri": other})
    assert answer.status == HTTPStatus.OK


@pytest.mark.parametrize("rest_s", [60, 0])
async def test_nobody_waits_for_a_host_that_hangs_up_again_and_again(
    hass_client: ClientSessionGenerator,
    show: Show,
    host: PictureHost,
    monkeypatch: pytest.MonkeyPatch,
    rest_s: int,
) -> None:
    """After three times in a row nothing is fetched for a while, which one that comes begins anew; what is kept still comes."""
    monkeypatch.setattr(pictures, "_REST_S", rest_s)
    client = await hass_client()

    async def look(uri: str) -> int:
        answer = await client.get("/api/encore/picture", params={"uri": uri})
        await answer.read()
        return answer.status

    saved, *hung_up, other, last = [
        await show(each, png())
        for each in ("Moss", "Fern", "Reed", "Sedge", "Ivy", "Oak")
    ]
    host.hangs_up = {"/Fern", "/Reed", "/Sedge"}
    for uri in hung_up[:2]:
        assert await look(uri) == HTTPStatus.NO_CONTENT
    assert await look(saved) == HTTPStatus.OK
    for uri in hung_up[:2]:
        assert await look(uri) == HTTPStatus.NO_CONTENT
    assert await look(other) == HTTPStatus.OK
    for uri in hung_up:
        assert await look(uri) == HTTPStatus.NO_CONTENT
    assert await look(last) == (HTTPStatus.NO_CONTENT if rest_s else HTTPStatus.OK)
    assert await look(saved) == HTTPStatus.OK
    assert host.asked.count("/Oak") == (0 if rest_s else 1)


async def test_an_address_that_is_not_spotifys_is_never_asked(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    house: MockConfigEntry,
    show: Show,
    host: PictureHost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An export that somebody made up may name a device of the home, which Home Assistant could reach and they could not."""
    uri = await show("Moss", png())
    monkeypatch.delenv(ENV_API_URL)
    client = await hass_client()
    for chosen in ("home_assistant", "spotify"):
        await choose(hass, house, "shown", {"pictures": chosen})
        answer = await client.get("/api/encore/picture", params={"uri": uri})
        assert answer.status == HTTPStatus.NO_CONTENT
    assert not host.asked


@pytest.mark.parametrize(
    ("address", "spotifys"),
    [
        ("https://i.scdn.co/image/ab67616d0000b273", True),
        ("https://image-cdn-ak.spotifycdn.com/image/ab67", True),
        ("http://i.scdn.co/image/ab67616d0000b273", False),
        ("https://notscdn.co/image", False),
        ("https://scdn.co.example/image", False),
        ("https://i.scdn.co@192.168.1.1/image", False),
        ("http://127.0.0.1:8123/api/", False),
        ("http://[::1]/", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("/api/states", False),
        ("", False),
    ],
)
def test_spotifys_pictures_are_known_by_their_host(
    address: str, spotifys: bool
) -> None:
    """Whatever else an address holds."""
    assert is_spotifys(address) is spotifys


async def test_no_more_is_stored_than_memory_has_room_for(
    hass_client: ClientSessionGenerator, show: Show, host: PictureHost
) -> None:
    """What was looked at longest ago is fetched again."""
    big = web.Response(body=bytes(MOST_BYTES), content_type="image/png")
    uris = [
        await show(f"Moss{number}", big)
        for number in range(CACHE_BYTES // MOST_BYTES + 1)
    ]
    client = await hass_client()
    for uri in (*uris, uris[0], uris[-1]):
        await (await client.get("/api/encore/picture", params={"uri": uri})).read()
    assert host.asked.count("/Moss0") == 2
    assert host.asked.count(f"/Moss{len(uris) - 1}") == 1


async def test_browsers_may_learn_where_spotify_has_it(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    house: MockConfigEntry,
    show: Show,
    host: PictureHost,
) -> None:
    """By option, and then Home Assistant fetches none."""
    uri = await show("Moss", png())
    await choose(hass, house, "shown", {"pictures": "spotify"})
    client = await hass_client()
    answer = await client.get("/api/encore/picture", params={"uri": uri})
    assert await answer.json() == {"address": host.url("/Moss")}
    assert not host.asked
