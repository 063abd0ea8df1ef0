"""Work that changes give reason for, done soon after them and not too often."""

from collections.abc import Awaitable, Callable
from typing import final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.debounce import Debouncer

from .const import LOGGER


@final
class Soon:
    """Does work after changes: at once, and from then on at most every so many seconds.

    A change while the work goes on has it done again, however long it takes; a `Debouncer` alone takes any call for good.
    """

    def __init__(
        self, hass: HomeAssistant, every_s: float, work: Callable[[], Awaitable[None]]
    ) -> None:
        """Begin without a change."""
        self._work = work
        self._changed = False
        self._debouncer = Debouncer(
            hass,
            LOGGER,
            cooldown=every_s,
            immediate=True,
            function=self._async_work,
            background=True,
        )

    @callback
    def changed(self) -> None:
        """Have the work done."""
        self._changed = True
        self._debouncer.async_schedule_call()

    async def async_now(self) -> None:
        """Do it now, or once what goes on is done."""
        async with self._debouncer.async_lock():
            await self._async_work()

    @callback
    def stop(self) -> None:
        """Begin no work any more."""
        self._debouncer.async_shutdown()

    async def _async_work(self) -> None:
        self._changed = False
        await self._work()
        if self._changed:
            self._debouncer.async_schedule_call()
