"""Throttles refreshes without losing a change."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..const import DOMAIN
from .supervision import async_attempt


@final
class ThrottledRefresh:
    """Refreshes at once after a request, and then at most every `every_s` seconds.

    A request during a refresh leads to another refresh. Home Assistant's `Debouncer` drops a request whose cooldown ends
    while the call before it still runs.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        every_s: float,
        refresh: Callable[[], Awaitable[None]],
        name: str,
    ) -> None:
        """Request nothing yet; `name` is the refresh's in the log and among the tasks."""
        self._hass = hass
        self._every_s = every_s
        self._refresh = refresh
        self._name = f"{DOMAIN} {name}"
        self._requested = False
        self._is_shut_down = False
        self._task: asyncio.Task[None] | None = None
        self._cooldown: CALLBACK_TYPE | None = None
        self._lock = asyncio.Lock()

    @callback
    def async_request(self) -> None:
        """Request a refresh."""
        self._requested = True
        self._start()

    async def async_refresh_now(self) -> None:
        """Refresh now, after the refresh that is running, if any."""
        async with self._lock:
            await self._refresh()

    @callback
    def async_shutdown(self) -> None:
        """Start no further refresh; one that is running is not awaited."""
        self._is_shut_down = True
        if self._cooldown is not None:
            self._cooldown()
            self._cooldown = None

    @callback
    def _start(self) -> None:
        if self._is_shut_down or self._task is not None or self._cooldown is not None:
            return
        self._requested = False
        self._task = self._hass.async_create_background_task(
            async_attempt(self._hass, self._name, self.async_refresh_now),
            self._name,
            eager_start=False,
        )
        self._task.add_done_callback(self._done)

    @callback
    def _done(self, _task: asyncio.Task[None]) -> None:
        self._task = None
        if not self._is_shut_down:
            job = HassJob(self._cooled_down, self._name, cancel_on_shutdown=True)
            self._cooldown = async_call_later(self._hass, self._every_s, job)

    @callback
    def _cooled_down(self, _now: datetime) -> None:
        self._cooldown = None
        if self._requested:
            self._start()
