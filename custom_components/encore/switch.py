"""Switches: recording of accounts and rooms, and room settings."""

from typing import Any, cast, final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .commands.pause import Pause
from .commands.resume import Resume
from .const import CONF_KIND, KIND_HISTORY, KIND_SONOS
from .entities.alarm_switch import async_add_alarm_switches
from .entities.base_entities import SpotifyAccountEntity
from .entities.optional_room_entity import async_add_as_offered
from .entities.recording_switch import RoomRecordingSwitch
from .entities.room_switches import SWITCHES, RoomSwitch
from .sonos.household import SonosConfigEntry
from .spotify.account import SpotifyAccount, SpotifyConfigEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry | SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switch of an account or of the history, or those of rooms and alarms."""
    if entry.data[CONF_KIND] == KIND_HISTORY:
        async_add_entities([RoomRecordingSwitch(entry)])
        return
    if entry.data[CONF_KIND] == KIND_SONOS:
        household_entry = cast("SonosConfigEntry", entry)
        offers = [(RoomSwitch, each) for each in SWITCHES]
        async_add_as_offered(household_entry, async_add_entities, offers)
        async_add_alarm_switches(hass, household_entry, async_add_entities)
        return
    account_entry = cast("SpotifyConfigEntry", entry)
    async_add_entities([RecordingSwitch(account_entry.runtime_data)])


@final
class RecordingSwitch(SpotifyAccountEntity, SwitchEntity):
    """On while the listener is recorded."""

    _attr_translation_key = "recording"
    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, account: SpotifyAccount) -> None:
        """Name the switch after its account."""
        super().__init__(account.coordinator)
        self._collector = account.collector

    @property
    @override
    def is_on(self) -> bool:
        """Whether the listener is recorded."""
        return not self._collector.paused

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Record again from now on."""
        await self._async_run(Resume())

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Record nothing from now on."""
        await self._async_run(Pause())
