"""The sleep timer of a group."""

import asyncio
from collections.abc import Callable
from typing import Final, final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..runtime.moments import now_ms
from ..runtime.planned_call import PlannedCall
from ..runtime.supervision import async_cancel, attend
from .calls import Calls
from .errors import SonosError
from .polling import ask_sleep_timer

_SAME_WITHIN_MS: Final = 2_000
"""Speakers count whole seconds; two ends this near each other are the same."""


@final
class SleepTimer:
    """Events report only that it was set or cleared (`r:SleepTimerGeneration`), so what is left is polled."""

    def __init__(
        self, hass: HomeAssistant, calls: Calls, changed: Callable[[], None]
    ) -> None:
        """Take the way to the speaker; `changed` is called when the timer is set, cleared or over."""
        self.ends: int | None = None
        """When it is over, UTC ms; None while it is not set."""
        self._hass = hass
        self._calls = calls
        self._changed = changed
        self._generation: str | None = None
        self._poll: asyncio.Task[None] | None = None
        self._again = False
        self._over = PlannedCall(hass, self._ended)

    @callback
    def async_counted(self, generation: str | None) -> None:
        """Take how often the timer was set or cleared; another number makes what is left be asked."""
        if generation is None or generation == self._generation:
            return
        never = self._generation is None and generation == "0"
        self._generation = generation
        if not never:
            self.async_ask()

    @callback
    def async_ask(self) -> None:
        """Ask soon what is left; what cannot be asked now is asked at the next change."""
        self._again = True
        if self._poll is None or self._poll.done():
            what = "encore: the sleep timer of a Sonos speaker"
            self._poll = attend(self._hass, what, self._async_ask)

    async def async_read(self) -> None:
        """Ask what is left. Raises SonosError."""
        left_ms = await self._calls.async_call(ask_sleep_timer)
        now = now_ms()
        self._take(now + left_ms if left_ms else None)

    async def async_close(self) -> None:
        """End what is under way."""
        self._over.cancel()
        await async_cancel(self._poll)

    async def _async_ask(self) -> None:
        while self._again:
            self._again = False
            try:
                await self.async_read()
            except SonosError as err:
                LOGGER.debug("%s does not report its sleep timer: %s", self._calls.name, err)  # fmt: skip
                return

    def _take(self, ends: int | None) -> None:
        if ends is not None and self.ends is not None:
            if abs(ends - self.ends) <= _SAME_WITHIN_MS:
                return
        if ends == self.ends:
            return
        self.ends = ends
        self._over.cancel()
        if ends is not None:
            left_s = ends / 1000 - dt_util.utcnow().timestamp()
            self._over.plan(max(left_s, 0))
        self._changed()

    @callback
    def _ended(self) -> None:
        self._take(None)
