"""Throttles refreshes without losing a change."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import InitVar, dataclass, field
from typing import final

from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN
from .planned_call import PlannedCall
from .supervision import attend


@final
@dataclass(eq=False)
class ThrottledRefresh:
    """Refreshes at once after a request, and then at most every `every_s` seconds.

    A request during a refresh leads to another refresh. Home Assistant's `Debouncer` drops a request whose cooldown ends
    while the call before it still runs.

    `name` is the refresh's in the log and among the tasks.
    """

    _hass: HomeAssistant
    _every_s: float
    _refresh: Callable[[], Awaitable[None]]
    name: InitVar[str]
    _requested: bool = field(default=False, init=False)
    _is_shut_down: bool = field(default=False, init=False)
    _task: asyncio.Task[None] | None = field(default=None, init=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self, name: str) -> None:
        """Make what is made of the rest."""
        self._name = f"{DOMAIN} {name}"
        self._cooldown = PlannedCall(self._hass, self._cooled_down)

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
        self._cooldown.cancel()

    @callback
    def _start(self) -> None:
        if self._is_shut_down or self._task or self._cooldown.is_planned:
            return
        self._requested = False
        self._task = attend(
            self._hass, self._name, self.async_refresh_now, eager_start=False
        )
        self._task.add_done_callback(self._done)

    @callback
    def _done(self, _task: asyncio.Task[None]) -> None:
        self._task = None
        if not self._is_shut_down:
            self._cooldown.plan(self._every_s)

    @callback
    def _cooled_down(self) -> None:
        if self._requested:
            self._start()
