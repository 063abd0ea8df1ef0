"""Calls to one speaker: in the executor, one at a time, with timeouts and named errors."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ..runtime.wait_uncancelled import async_wait_uncancelled
from .errors import FAILURES, SonosError, SonosRefused, as_sonos_error
from .soco_speaker import TIMEOUT_S, SpeakerSoCo

ENQUEUE_TIMEOUT_S: Final = 30
"""For what may take a speaker long, such as enqueuing a long playlist or leaving a group."""
PING_TIMEOUT_S: Final = 1


class Calls:
    """The one way to a speaker. A call gets SoCo's object, and must not store it."""

    def __init__(self, hass: HomeAssistant, soco: SpeakerSoCo, name: str) -> None:
        """Take SoCo's object; `name` is what errors call the speaker."""
        self._hass = hass
        self._lock = asyncio.Lock()
        self._under_way: asyncio.Future[Any] | None = None
        self.soco = soco
        self.name = name

    async def async_call[T](
        self,
        call: Callable[[SpeakerSoCo], T],
        timeout_s: float = TIMEOUT_S,
        refusals: Mapping[str, type[SonosRefused]] | None = None,
    ) -> T:
        """Return what `call` returns, each request of which has `timeout_s`; `refusals` as in `as_sonos_error`. Raises SonosError."""
        async with self._lock:
            soco = self.soco

            def run() -> T:
                soco.timeout_s = timeout_s
                return call(soco)

            try:
                under_way = self._hass.async_add_executor_job(run)
                self._under_way = under_way
                return await async_wait_uncancelled(under_way)
            except (SonosError, *FAILURES) as err:
                raise as_sonos_error(err, self.name, refusals) from err

    async def async_close(self) -> None:
        """Wait for a call that was cancelled, so that nothing is sent after; but not for long."""
        if self._under_way is not None:
            await asyncio.wait((self._under_way,), timeout=PING_TIMEOUT_S)
