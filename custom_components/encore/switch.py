"""Switches: recording of accounts and rooms, and room settings."""

from typing import cast, final, override

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .commands.recording import Pause, Resume
from .const import CONF_KIND, CONF_RECORD_ROOMS, KIND_HISTORY, KIND_SONOS
from .entities.alarm_switch import async_add_alarm_switches
from .entities.base_entities import CommandSwitch, HistoryEntity, SpotifyAccountEntity
from .entities.optional_room_entity import async_add_as_offered
from .entities.room_switches import SWITCHES, RoomSwitch
from .players.tracking_lifecycle import async_room_collectors
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
class RecordingSwitch(SpotifyAccountEntity, CommandSwitch):
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
    async def _async_turn(self, *, on: bool) -> None:
        if on:
            await self._async_run(Resume())
        else:
            await self._async_run(Pause())


@final
class RoomRecordingSwitch(HistoryEntity, CommandSwitch):
    """On while it is recorded what speakers and observed players play."""

    _attr_should_poll = False
    _attr_translation_key = "room_recording"
    _attr_entity_category = EntityCategory.CONFIG

    @property
    @override
    def is_on(self) -> bool:
        """Whether rooms are recorded."""
        return bool(self._entry.options.get(CONF_RECORD_ROOMS, True))

    @override
    async def _async_turn(self, *, on: bool) -> None:
        """Keep it among the options, which reloads nothing; what was played until now counts. Raises Unauthorized."""
        async with self._audited(for_all=True, **{CONF_RECORD_ROOMS: on}):
            self.hass.config_entries.async_update_entry(
                self._entry,
                options={**self._entry.options, CONF_RECORD_ROOMS: on},
            )
            for collector in async_room_collectors(self.hass):
                collector.async_changed()
            self.async_write_ha_state()
