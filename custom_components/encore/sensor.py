"""Sensors of accounts, rooms and the history."""

from datetime import datetime, timedelta
from typing import Any, cast, final, override

from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_KIND, KIND_HISTORY, KIND_SONOS
from .entities.base_entities import SpotifyAccountEntity
from .entities.entity_answers import async_get_answers
from .entities.history_sensors import CallsSensor, async_add_history_sensors
from .entities.listener_sensors import listener_sensors
from .entities.optional_room_entity import async_add_as_offered
from .entities.room_history_sensors import async_add_sonos_room_answers
from .entities.room_sensors import BATTERY, SLEEP_END, RoomSensor
from .sonos.household import SonosConfigEntry
from .spotify.account import SpotifyAccount, SpotifyConfigEntry
from .spotify.budget import Budget, async_get_budget
from .spotify.budget.restrictions import in_the_way

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

# Of the size of the store; nothing else is polled.
SCAN_INTERVAL = timedelta(hours=1)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry | SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of an account, those of the history, or those of a household's rooms."""
    answers = async_get_answers(hass)
    if entry.data[CONF_KIND] == KIND_HISTORY:
        await async_add_history_sensors(hass, entry, answers, async_add_entities)
        return
    if entry.data[CONF_KIND] == KIND_SONOS:
        household_entry = cast("SonosConfigEntry", entry)
        offers = [(RoomSensor, SLEEP_END), (RoomSensor, BATTERY)]
        async_add_as_offered(household_entry, async_add_entities, offers)
        async_add_sonos_room_answers(hass, household_entry, answers, async_add_entities)
        return
    account_entry = cast("SpotifyConfigEntry", entry)
    budget = await async_get_budget(hass)
    async_add_entities(
        [
            ApiCallsSensor(account_entry.runtime_data, budget),
            *listener_sensors(account_entry, answers),
        ]
    )


@final
class ApiCallsSensor(SpotifyAccountEntity, CallsSensor):
    """Calls to Spotify since midnight."""

    _attr_translation_key = "api_calls"
    # Each call changes them; what they were is kept by the action.
    _unrecorded_attributes = frozenset({MATCH_ALL})

    def __init__(self, account: SpotifyAccount, budget: Budget) -> None:
        """Show what an account was called for."""
        super().__init__(account.coordinator)
        self._allowance = account.allowance
        self._budget = budget
        self._usage = budget.usage

    @property
    @override
    def native_value(self) -> int:
        """Calls since midnight, local."""
        return sum(self._allowance.today.values())

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """What the calls were for, and what is in the way of more."""
        return {
            "by_purpose": self._allowance.today,
            "daily_budget": self._allowance.budget or None,
            "background_paused": self._allowance.spent,
            **in_the_way(self._budget),
        }

    @callback
    @override
    def _new_day(self, _now: datetime) -> None:
        self._allowance.review()
        super()._new_day(_now)
