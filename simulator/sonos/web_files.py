"""Files on the web, fetched by the speaker that is to play them."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Final

import aiohttp

from .transport import Transport

_ANSWERS_WITHIN: Final = aiohttp.ClientTimeout(total=10)
_BYTES_A_SECOND: Final = 16_000
WEB_SCHEMES: Final = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a speaker was given for an address. `status` is 0 where nobody answered."""

    url: str
    status: int
    content_type: str = ""
    body: bytes = b""

    @property
    def is_audio(self) -> bool:
        """Whether a speaker can play it."""
        return self.status == 200 and self.content_type.startswith("audio/")

    @property
    def duration_s(self) -> float:
        """How long it sounds, taken for an MP3 of 128 kbit/s."""
        return len(self.body) / _BYTES_A_SECOND


class WebFiles:
    """Fetches what speakers play from the web, once that is switched on; until then each is taken to be there."""

    def __init__(self) -> None:
        """Begin switched off."""
        self.is_on = False
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, transport: Transport, fetched: list[Fetched]) -> None:
        """Fetch what a transport is about to play, if it is a file on the web, and add it to `fetched`."""
        stream = transport.stream
        if not self.is_on or stream is None or not stream.uri.startswith(WEB_SCHEMES):
            return
        task = asyncio.create_task(self._fetch(transport, fetched, stream.uri))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all that is under way."""
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _fetch(
        self, transport: Transport, fetched: list[Fetched], url: str
    ) -> None:
        try:
            async with (
                aiohttp.ClientSession(timeout=_ANSWERS_WITHIN) as http,
                http.get(url) as response,
            ):
                body = await response.read()
                file = Fetched(url, response.status, response.content_type, body)
        except aiohttp.ClientError, TimeoutError:
            file = Fetched(url, 0)
        fetched.append(file)
        duration_s = file.duration_s if file.is_audio else None
        transport.opened(url, duration_s)
