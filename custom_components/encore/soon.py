"""Work that changes give reason for, done soon after them and not too often."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .const import DOMAIN
from .supervision import async_attempt


@final
class Soon:
    """Does work after changes: at once, and from then on at most every so many seconds.

    A change while the work goes on has it done again, however long it takes. Home Assistant's `Debouncer` would take the
    call that goes on for good.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        every_s: float,
        work: Callable[[], Awaitable[None]],
        what: str,
    ) -> None:
        """Begin without a change; `what` names the work in the log."""
        self._hass = hass
        self._every_s = every_s
        self._work = work
        self._name = f"{DOMAIN} {what}"
        self._changed = False
        self._stopped = False
        self._task: asyncio.Task[None] | None = None
        self._rest: CALLBACK_TYPE | None = None
        self._lock = asyncio.Lock()

    @callback
    def changed(self) -> None:
        """Have the work done."""
        self._changed = True
        self._begin()

    async def async_now(self) -> None:
        """Do it now, or once what goes on is done."""
        async with self._lock:
            await self._work()

    @callback
    def stop(self) -> None:
        """Begin no work any more; what goes on is not waited for."""
        self._stopped = True
        if self._rest is not None:
            self._rest()
            self._rest = None

    @callback
    def _begin(self) -> None:
        if self._stopped or self._task is not None or self._rest is not None:
            return
        self._changed = False
        self._task = self._hass.async_create_background_task(
            async_attempt(self._hass, self._name, self.async_now),
            self._name,
            eager_start=False,
        )
        self._task.add_done_callback(self._done)

    @callback
    def _done(self, _task: asyncio.Task[None]) -> None:
        self._task = None
        if not self._stopped:
            job = HassJob(self._rested, self._name, cancel_on_shutdown=True)
            self._rest = async_call_later(self._hass, self._every_s, job)

    @callback
    def _rested(self, _now: datetime) -> None:
        self._rest = None
        if self._changed:
            self._begin()
