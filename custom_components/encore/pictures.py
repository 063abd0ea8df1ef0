"""Pictures of what was heard: fetched by Home Assistant, so that whoever looks asks nobody outside, or their addresses."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from aiohttp import ClientError, ClientTimeout, StreamReader, web

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from .const import DOMAIN, LOGGER
from .history.errors import HistoryError
from .history.model import TopOf
from .history.recall import Recall
from .history.told_recall import ToldRecall
from .history_entry import async_history_options
from .memory import DATA_MEMORY
from .policy import Door, Maturity, async_caller
from .privacy import withheld_from

CONF_PICTURES: Final = "pictures"

MOST_BYTES: Final = 1 << 20
"""What a picture may have; Spotify's have a tenth of it at the most."""
KEPT_BYTES: Final = 16 << 20
"""What is kept of pictures in memory, those that were looked at last."""
_TOGETHER: Final = 6
"""How many are fetched at once, as by a browser."""
_TIMEOUT: Final = ClientTimeout(total=10)
_A_WEEK_S: Final = 7 * 86_400
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What is passed on: nothing that could run."""


class PicturesFrom(StrEnum):
    """Where browsers get pictures."""

    HOME_ASSISTANT = "home_assistant"
    SPOTIFY = "spotify"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came."""

    content: bytes
    media_type: str


class PictureView(HomeAssistantView):
    """Gives the picture of something that was heard, to whoever may hear of it."""

    url = f"/api/{DOMAIN}/picture"
    name = f"api:{DOMAIN}:picture"

    def __init__(self) -> None:
        """Begin without pictures."""
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._fetching: dict[str, asyncio.Task[Picture | None]] = {}
        self._places = asyncio.Semaphore(_TOGETHER)

    async def get(self, request: web.Request) -> web.Response:
        """Return the picture of a Spotify URI (`uri`), or by name of an album (`album` and `artist`), a show (`show`) or an artist (`artist`, whose latest cover stands for a picture that Spotify has not told yet); nothing where there is none to show: browsers complain of what is not found."""
        hass = request.app[KEY_HASS]
        caller = await async_caller(hass, self.context(request), Door.HTTP)
        caller.require(Maturity.INTERN)
        try:
            address = await _async_address(
                hass, request.query, withheld_from(hass, caller.user_id)
            )
        except HistoryError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if address is None:
            return web.Response(status=HTTPStatus.NO_CONTENT)
        options = async_history_options(hass)
        if options.get(CONF_PICTURES) == PicturesFrom.SPOTIFY:
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
        if address in self._kept:
            self._kept.move_to_end(address)
            return self._kept[address]
        if (fetching := self._fetching.get(address)) is None:
            fetching = hass.async_create_background_task(
                self._async_fetch(hass, address), "Encore fetches a picture"
            )
            self._fetching[address] = fetching
            fetching.add_done_callback(lambda _: self._fetching.pop(address, None))
        picture = await asyncio.shield(fetching)
        if picture is not None:
            self._keep(address, picture)
        return picture

    async def _async_fetch(self, hass: HomeAssistant, address: str) -> Picture | None:
        session = async_get_clientsession(hass)
        try:
            async with (
                self._places,
                session.get(
                    address, timeout=_TIMEOUT, allow_redirects=False
                ) as response,
            ):
                media_type = response.content_type
                if response.status != HTTPStatus.OK or media_type not in _SHOWN:
                    return None
                content = await _async_at_most(response.content, MOST_BYTES)
        except (ClientError, TimeoutError) as err:
            LOGGER.debug("A picture could not be fetched: %s", type(err).__name__)
            return None
        return None if content is None else Picture(content, media_type)

    @callback
    def _keep(self, address: str, picture: Picture) -> None:
        self._kept[address] = picture
        self._kept.move_to_end(address)
        size = sum(len(each.content) for each in self._kept.values())
        while size > KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            size -= len(gone.content)


async def _async_address(
    hass: HomeAssistant, query: Mapping[str, str], withheld: frozenset[str]
) -> str | None:
    """Return where the picture is that is asked for. Raises HistoryError."""
    uri, artist = query.get("uri"), query.get("artist")
    album, show = query.get("album"), query.get("show")

    def look(recall: Recall) -> str | None:
        told = ToldRecall.of(recall, withheld)
        if uri:
            return told.covers([uri]).get(uri)
        if album:
            uris = told.with_covers(TopOf.ALBUMS, album, artist or "")
        elif show:
            uris = told.with_covers(TopOf.SHOWS, show)
        elif not artist:
            return None
        elif picture := told.pictures([artist]).get(artist):
            return picture
        else:
            uris = told.with_covers(TopOf.ARTISTS, artist)
        covers = told.covers(uris)
        return next((covers[each] for each in uris if each in covers), None)

    memory = hass.data[DATA_MEMORY]
    async with memory.async_held():
        key = (_async_address, uri, artist, album, show, withheld)
        return await memory.async_ask(look, key=key)


async def _async_at_most(content: StreamReader, most: int) -> bytes | None:
    """Return all of a content, None where it is longer."""
    read = bytearray()
    async for part in content.iter_chunked(1 << 16):
        read += part
        if len(read) > most:
            return None
    return bytes(read)
