"""Favorites and Sonos playlists of a household, in the order of the Sonos app."""

import asyncio
from collections.abc import Callable
from functools import partial
import time
from typing import Final, final

from homeassistant.core import HomeAssistant, callback

from ...const import LOGGER
from ...runtime.supervision import async_cancel, attend
from ..errors import SonosError
from ..household_speakers import HouseholdSpeakers
from ..soco_speaker import SpeakerSoCo
from ..speaker import EVENTS_AGAIN_S
from ..xml_reading import Variables
from .directory import Listed, list_all

_MOST: Final = 1000


@final
class Favourites:
    """Follows the favourites and playlists. Everything here belongs to the event loop."""

    def __init__(
        self,
        hass: HomeAssistant,
        household: HouseholdSpeakers,
        changed: Callable[[], None],
    ) -> None:
        """Know none yet; events of the speakers trigger reading, and `changed` is called when there are others."""
        self.known: tuple[Listed, ...] = ()
        self.playlists: tuple[Listed, ...] = ()
        self._hass = hass
        self._household = household
        self._changed = changed
        self._version: str | None = None
        self._look_at = time.monotonic()
        self._reading: asyncio.Task[None] | None = None
        household.async_listen_service("ContentDirectory", self._event_received)

    @callback
    def async_look_if_due(self, *, is_subscribed: bool) -> None:
        """Read them, but not too often, where no events arrive (`is_subscribed`) or the last reading failed."""
        if (
            self._version is None or not is_subscribed
        ) and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + EVENTS_AGAIN_S
            zones = self._household.zones.values()
            if uid := next((zone.uid for zone in zones if zone.available), None):
                self._read(uid)

    async def async_close(self) -> None:
        """End what is under way."""
        await async_cancel(self._reading)

    def _event_received(self, uid: str, variables: Variables) -> None:
        versions = (
            variables.get("FavoritesUpdateID"),
            variables.get("SavedQueuesUpdateID"),
        )
        # RINCON_…,<number>: the number is the household's.
        version = ",".join((one or "").rpartition(",")[2] for one in versions)
        if versions[0] and version != self._version:
            self._version = version
            self._read(uid)

    def _read(self, uid: str) -> None:
        if self._reading is not None:
            self._reading.cancel()
        what = "encore: Sonos favourites"
        work = partial(self._async_read, uid)
        self._reading = attend(self._hass, what, work, again=True)

    async def _async_read(self, uid: str) -> None:
        try:
            found = await self._household.async_call(uid, _ask)
        except SonosError as err:
            LOGGER.debug("The favourites of Sonos are not known: %s", err)
            self._version = None
            return
        if found != (self.known, self.playlists):
            self.known, self.playlists = found
            self._changed()


def _ask(soco: SpeakerSoCo) -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """Return the favourites, and the playlists."""
    return tuple(list_all(soco, "FV:2", _MOST)), tuple(list_all(soco, "SQ:", _MOST))
