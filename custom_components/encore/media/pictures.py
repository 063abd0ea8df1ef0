"""Serves cover images through Home Assistant, so that browsers ask nobody outside."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from aiohttp import ClientError, ClientResponse, ClientTimeout, StreamReader, web
from yarl import URL

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..access.policy import AccessLevel, Interface, async_caller
from ..access.visibility import hidden_listeners
from ..const import DOMAIN, LOGGER, spotify_api_url
from ..history.errors import HistoryError
from ..history.model import TopOf
from ..history.queries.history_queries import HistoryQueries
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.history_entry import async_history_options
from ..settings.options import CONF_PICTURES, PicturesFrom

PICTURE_URL: Final = f"/api/{DOMAIN}/picture"

MOST_BYTES: Final = 1 << 20
"""What a picture may have; Spotify's have a tenth of it at the most."""
CACHE_BYTES: Final = 16 << 20
"""Bytes of pictures that are cached in memory, those that were looked at last."""
_TOGETHER: Final = 6
"""How many are fetched at once, as by a browser."""
_TIMEOUT: Final = ClientTimeout(total=10)
_A_WEEK_S: Final = 7 * 86_400
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What is passed on: nothing that could run."""
_HOSTS: Final = ("scdn.co", "spotifycdn.com")
"""Where Spotify has its pictures: at these hosts and below."""
_REST_S: Final = 60
"""How long nothing is fetched while Spotify's hosts cannot be reached, and what was no picture is not fetched again."""
_FAILURES: Final = 3
"""So many in a row, and they count as out of reach."""
_MOST_REFUSED: Final = 1_000
"""Of how many addresses it is known that there is no picture."""


BY_NAME: Final = {
    "artist": TopOf.ARTISTS,
    "album": TopOf.ALBUMS,
    "show": TopOf.SHOWS,
}
"""What the history knows by its name alone."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """What a picture is of: a thing by its URI, else an artist, album or show by name."""

    kind: str
    """A word of Spotify's (track, episode, artist …), or what else was played (radio …)."""
    name: str
    by: str = ""
    uri: str | None = None
    """Spotify's; None for what it cannot play, and for artists, albums and shows."""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Pictured | None:
        """Parse the query of a request for a picture; None where it names nothing."""
        if uri := query.get("uri"):
            return Pictured("", "", uri=uri)
        artist = query.get("artist") or ""
        if album := query.get("album"):
            return Pictured("album", album, artist)
        if show := query.get("show"):
            return Pictured("show", show)
        return Pictured("artist", artist) if artist else None

    @property
    def query(self) -> dict[str, str]:
        """The query by which its picture is asked for."""
        if self.uri is not None:
            return {"uri": self.uri}
        match self.kind:
            case "album":
                return {"album": self.name, "artist": self.by}
            case "show":
                return {"show": self.name}
        return {"artist": self.name}


def picture_addresses(
    queries: HistoryQueries, items: Sequence[Pictured], most: int | None = None
) -> list[str | None]:
    """Return where the pictures are, None for none that the caller may see.

    The latest cover of an artist, album or show stands for it; of covers at the `most` so many are looked at for each.
    """
    portraits = queries.pictures({each.name for each in items if each.kind == "artist"})
    found: list[list[str]] = []
    for each in items:
        if each.uri is not None:
            found.append([each.uri])
        elif of := BY_NAME.get(each.kind):
            found.append(queries.with_covers(of, each.name, each.by)[:most])
        else:
            found.append([])
    covers = queries.covers({uri for uris in found for uri in uris})
    return [
        (portraits.get(each.name) if each.kind == "artist" else None)
        or next((covers[uri] for uri in uris if uri in covers), None)
        for each, uris in zip(items, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came."""

    content: bytes
    media_type: str


class PictureView(HomeAssistantView):
    """Returns the picture of something that was played, to callers who may see that."""

    url = PICTURE_URL
    name = f"api:{DOMAIN}:picture"

    def __init__(self) -> None:
        """Begin without pictures."""
        self._cached: OrderedDict[str, Picture] = OrderedDict()
        self._fetching: dict[str, asyncio.Task[Picture | None]] = {}
        self._places = asyncio.Semaphore(_TOGETHER)
        self._refused: OrderedDict[str, float] = OrderedDict()
        """Until when (by the loop's clock) an address is not asked again, the oldest first."""
        self._failures = 0
        self._rests_until = 0.0

    async def get(self, request: web.Request) -> web.Response:
        """Return the picture of what the query names (see `Pictured.read`); nothing where there is none to show: browsers complain of what is not found."""
        hass = request.app[KEY_HASS]
        caller = await async_caller(hass, self.context(request), Interface.HTTP)
        caller.require(AccessLevel.INTERN)
        try:
            address = await _async_address(
                hass, request.query, hidden_listeners(hass, caller.user_id)
            )
        except HistoryError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if address is None or not is_spotifys(address):
            return web.Response(status=HTTPStatus.NO_CONTENT)
        if pictures_from(hass) is PicturesFrom.SPOTIFY:
            return self.json({"address": address})
        picture = await self._async_picture(hass, address)
        if picture is None:
            return web.Response(status=HTTPStatus.NO_CONTENT)
        return web.Response(
            body=picture.content,
            content_type=picture.media_type,
            headers={
                "Cache-Control": f"private, max-age={_A_WEEK_S}",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _async_picture(self, hass: HomeAssistant, address: str) -> Picture | None:
        """Return the picture of an address, fetched once for all who want it at the same time."""
        if address in self._cached:
            self._cached.move_to_end(address)
            return self._cached[address]
        if (fetching := self._fetching.get(address)) is None:
            if self._is_refused(address, hass.loop.time()):
                return None
            fetching = hass.async_create_background_task(
                self._async_fetch(hass, address), "Encore fetches a picture"
            )
            self._fetching[address] = fetching
            fetching.add_done_callback(lambda _: self._fetching.pop(address, None))
        picture = await asyncio.shield(fetching)
        if picture is not None:
            self._cache(address, picture)
        return picture

    def _is_refused(self, address: str, now: float) -> bool:
        """Whether nothing is to be expected of an address yet, so that nobody waits for it; `now` is by the loop's clock."""
        return now < max(self._rests_until, self._refused.get(address, 0.0))

    async def _async_fetch(self, hass: HomeAssistant, address: str) -> Picture | None:
        session = async_get_clientsession(hass)
        async with self._places:
            if self._is_refused(address, hass.loop.time()):
                return None
            try:
                async with session.get(
                    address, timeout=_TIMEOUT, allow_redirects=False
                ) as response:
                    picture = await _async_read(response)
            except (ClientError, TimeoutError) as err:
                LOGGER.debug("A picture could not be fetched: %s", type(err).__name__)
                self._failures += 1
                if self._failures >= _FAILURES:
                    self._rests_until = hass.loop.time() + _REST_S
                return None
        self._failures = 0
        if picture is None:
            self._refused[address] = hass.loop.time() + _REST_S
            if len(self._refused) > _MOST_REFUSED:
                self._refused.popitem(last=False)
        return picture

    @callback
    def _cache(self, address: str, picture: Picture) -> None:
        self._cached[address] = picture
        self._cached.move_to_end(address)
        size = sum(len(each.content) for each in self._cached.values())
        while size > CACHE_BYTES:
            _, evicted = self._cached.popitem(last=False)
            size -= len(evicted.content)


def is_spotifys(address: str) -> bool:
    """Whether an address is one of Spotify's pictures.

    An export may name any other, which is not to make Home Assistant, or a browser, ask for it.
    """
    try:
        url = URL(address)
        if url.origin() == URL(spotify_api_url()).origin():
            return True  # also where another service stands for Spotify on this machine
    except ValueError:
        return False
    host = url.host or ""
    return url.scheme == "https" and any(
        host == one or host.endswith(f".{one}") for one in _HOSTS
    )


@callback
def pictures_from(hass: HomeAssistant) -> PicturesFrom:
    """Return where browsers are to get pictures."""
    chosen = async_history_options(hass).get(CONF_PICTURES)
    return PicturesFrom(chosen or PicturesFrom.HOME_ASSISTANT)


@callback
def async_shown_at(
    hass: HomeAssistant, address: str | None, item: Pictured
) -> str | None:
    """Return where a browser gets the picture at an address: there, or by option from Home Assistant.

    None where there is none that may be shown.
    """
    if address is None or not is_spotifys(address):
        return None
    if pictures_from(hass) is PicturesFrom.SPOTIFY:
        return address
    return f"{PICTURE_URL}?{urlencode(item.query)}"


async def _async_address(
    hass: HomeAssistant, query: Mapping[str, str], hidden: frozenset[str]
) -> str | None:
    """Return where the picture is that is asked for. Raises HistoryError."""
    if (item := Pictured.read(query)) is None:
        return None

    def look(queries: HistoryQueries) -> str | None:
        [address] = picture_addresses(queries, [item])
        return address

    history = hass.data[DATA_HISTORY]
    async with history.async_held():
        return await history.async_ask(look, hidden=hidden, key=(_async_address, item))


async def _async_read(response: ClientResponse) -> Picture | None:
    """Return the picture of a response; None where it has none."""
    media_type = response.content_type
    if response.status != HTTPStatus.OK or media_type not in _SHOWN:
        return None
    content = await _async_at_most(response.content, MOST_BYTES)
    return None if content is None else Picture(content, media_type)


async def _async_at_most(content: StreamReader, most: int) -> bytes | None:
    """Return all of a content, None where it is longer."""
    read = bytearray()
    async for part in content.iter_chunked(1 << 16):
        read += part
        if len(read) > most:
            return None
    return bytes(read)
