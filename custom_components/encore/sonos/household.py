"""A Sonos household: its speakers, and what they have in common: groups, alarms, favorites and announcements."""

from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .event_listener import EventListener
from .household_speakers import HouseholdSpeakers
from .playback.alarms import Alarms
from .playback.announcements import Announcing
from .playback.favorites import Favourites
from .playback.grouping import Grouping
from .polling import FoundHousehold

type SonosConfigEntry = ConfigEntry[Household]


class Household(HouseholdSpeakers):
    """One household while its entry is loaded. Everything here belongs to the event loop."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: SonosConfigEntry,
        found: FoundHousehold,
        listener: EventListener,
    ) -> None:
        """Take the household as it was found; nothing is sent yet."""
        super().__init__(hass, entry, found, listener)
        self.grouping = Grouping(self)
        self.announcing = Announcing(hass, self)
        self.alarms = Alarms(hass, self)
        self.favourites = Favourites(hass, self, self._notify_all)

    @override
    async def _async_close_shared(self) -> None:
        await self.alarms.async_close()
        await self.favourites.async_close()

    @override
    def _reconcile(self) -> None:
        if not self._is_subscribed_somewhere("AlarmClock") or not self.alarms.is_read:
            self.alarms.async_look()
        self.favourites.async_look_if_due(
            is_subscribed=self._is_subscribed_somewhere("ContentDirectory")
        )
