"""The favourites of a household: what the Sonos app shows first, in its order."""

import asyncio
from collections.abc import Callable
from functools import partial
import time
from typing import TYPE_CHECKING, final

from homeassistant.core import HomeAssistant, callback

from ..const import LOGGER
from ..supervision import async_cancel, async_supervise
from .asking import ask_favourites
from .errors import SonosError
from .model import Favourite
from .reading import Variables
from .speaker import EVENTS_AGAIN_S

if TYPE_CHECKING:
    from .household import Household


@final
class Favourites:
    """Follows the favourites. Everything here belongs to the event loop."""

    def __init__(
        self, hass: HomeAssistant, household: Household, changed: Callable[[], None]
    ) -> None:
        """Know none yet; events of the speakers tell when to look, and `changed` is called when there are others."""
        self.known: tuple[Favourite, ...] = ()
        self._hass = hass
        self._household = household
        self._changed = changed
        self._version: str | None = None
        self._look_at = time.monotonic()
        self._reading: asyncio.Task[None] | None = None
        household.async_listen_service("ContentDirectory", self._heard)

    @callback
    def async_look_if_due(self, *, told: bool) -> None:
        """Look, but not too often, where no event tells (`told`) which there are or the last look failed."""
        if (self._version is None or not told) and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + EVENTS_AGAIN_S
            zones = self._household.zones.values()
            if uid := next((zone.uid for zone in zones if zone.available), None):
                self._read(uid)

    async def async_close(self) -> None:
        """End what is under way."""
        await async_cancel(self._reading)

    def _heard(self, uid: str, said: Variables) -> None:
        known = said.get("FavoritesUpdateID")
        # RINCON_…,<number>: the number is the household's.
        if known and (version := known.rpartition(",")[2]) != self._version:
            self._version = version
            self._read(uid)

    def _read(self, uid: str) -> None:
        if self._reading is not None:
            self._reading.cancel()
        what = "encore: Sonos favourites"
        self._reading = self._hass.async_create_background_task(
            async_supervise(self._hass, what, partial(self._async_read, uid)), what
        )

    async def _async_read(self, uid: str) -> None:
        try:
            known = await self._household.async_call(uid, ask_favourites)
        except SonosError as err:
            LOGGER.debug("The favourites of Sonos are not known: %s", err)
            self._version = None
            return
        if known != self.known:
            self.known = known
            self._changed()
