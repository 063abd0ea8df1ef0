"""Sensors of the whole history: size, coverage, API calls."""

from datetime import datetime
import math
from typing import Any, Final, final, override

from homeassistant.components.sensor import SensorEntity
from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfInformation
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_change
from homeassistant.util import dt as dt_util

from ..access.account_listener import listener_key
from ..const import LOGGER
from ..history.database.size import MEGABYTE, in_whole_megabytes
from ..history.errors import HistoryError
from ..listeners.linked_listeners import visible_accounts
from ..questions.coverage import CoverageAnswer
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import attend
from ..spotify.budget import Budget, async_get_budget
from ..spotify.budget.call_counts import Usage
from .answer_sensor import AnswerSensor, AnswerSensorDescription, always
from .base_entities import HISTORY_DEVICE, HistoryEntity, history_device
from .entity_answers import Asked, EntityAnswers
from .room_history_sensors import RoomsOfHistory

COVERED_WINDOW: Final = "last_30_days"

PLAYS: Final = AnswerSensorDescription(
    key="plays",
    translation_key="plays",
    entity_category=EntityCategory.DIAGNOSTIC,
    state_class=SensorStateClass.MEASUREMENT,
    asks=Asked.of("listening_time", window="all_time"),
    shows=lambda answer: answer.total.plays,
)


def _percent(answer: CoverageAnswer) -> float:
    """Return the share that is covered with one decimal, rounded down: 100 is all of it."""
    return math.floor(answer.covered * 1000) / 10


def _gaps(answer: CoverageAnswer) -> dict[str, Any]:
    return {
        "time_range": COVERED_WINDOW,
        "hours_covered": answer.hours.covered,
        "gap_count": answer.gap_count,
    }


COVERAGE: Final = AnswerSensorDescription(
    key="coverage",
    translation_key="coverage",
    entity_category=EntityCategory.DIAGNOSTIC,
    native_unit_of_measurement=PERCENTAGE,
    state_class=SensorStateClass.MEASUREMENT,
    asks=Asked.of("coverage", window=COVERED_WINDOW, limit=1),
    shows=_percent,
    attributes=_gaps,
)


async def async_add_history_sensors(
    hass: HomeAssistant,
    entry: ConfigEntry,
    answers: EntityAnswers,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of the history, and those of rooms that are not Sonos's."""
    budget = await async_get_budget(hass)
    sensors = [
        AnswerSensor(
            answers,
            description,
            always(description.asks),
            f"{HISTORY_DEVICE}_{description.key}",
            history_device(),
        )
        for description in (PLAYS, COVERAGE)
    ]
    async_add_entities(
        [*sensors, TotalCallsSensor(entry, budget), StoreSizeSensor(entry)]
    )
    RoomsOfHistory(hass, entry, answers, async_add_entities).async_start()


@final
class StoreSizeSensor(HistoryEntity, SensorEntity):
    """How much room the history takes; asked for now and then, in steps that tell of no single play."""

    _attr_translation_key = "store_size"
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_device_class = SensorDeviceClass.DATA_SIZE
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_native_unit_of_measurement = UnitOfInformation.MEGABYTES
    _attr_suggested_display_precision = 0

    @override
    async def async_added_to_hass(self) -> None:
        """Ask for the first time; nobody waits for it."""
        self.async_schedule_update_ha_state(force_refresh=True)

    async def async_update(self) -> None:
        """Ask the store for its size; it is unknown while the store cannot be asked."""
        memory = self.hass.data[DATA_HISTORY]
        if not memory.is_held:
            return
        try:
            async with memory.async_held():
                size = await memory.async_look_up(lambda queries: queries.store_bytes())
        except HistoryError as err:
            LOGGER.debug("The size of the history is not known: %s", err)
            self._attr_available = False
            return
        self._attr_available = True
        self._attr_native_value = in_whole_megabytes(size) // MEGABYTE


class CallsSensor(SensorEntity):
    """Calls to Spotify since midnight."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    # It changes with each call, and each account has one of its own.
    _attr_entity_registry_enabled_default = False
    _attr_state_class = SensorStateClass.TOTAL
    _usage: Usage

    @override
    async def async_added_to_hass(self) -> None:
        """Follow each call, and begin again at midnight."""
        await super().async_added_to_hass()
        self.async_on_remove(self._usage.subscribe(self.async_write_ha_state))
        self.async_on_remove(
            async_track_time_change(
                self.hass, self._new_day, hour=0, minute=0, second=0
            )
        )

    @property
    @override
    def last_reset(self) -> datetime:
        """When the day began."""
        return dt_util.start_of_local_day()

    @callback
    def _new_day(self, _now: datetime) -> None:
        self.async_write_ha_state()


@final
class TotalCallsSensor(HistoryEntity, CallsSensor):
    """Calls since midnight of all accounts that are shared with the household."""

    _attr_translation_key = "house_calls"

    def __init__(self, entry: ConfigEntry, budget: Budget) -> None:
        """Place the sensor on the device of the history."""
        super().__init__(entry)
        self._attr_unique_id = f"{HISTORY_DEVICE}_calls"
        self._usage = budget.usage

    @override
    async def async_added_to_hass(self) -> None:
        """Follow each call, and read those before this start."""
        await super().async_added_to_hass()
        what = f"{self.entity_id} asks first"
        attend(self.hass, what, self._async_load, self._entry)

    async def _async_load(self) -> None:
        """Take up what was counted before this start."""
        await self._usage.async_load()
        self.async_write_ha_state()

    @property
    @override
    def native_value(self) -> int:
        """Calls since midnight, local."""
        midnight = round(self.last_reset.timestamp() * 1000)
        return sum(
            sum(self._usage.calls_of(listener_key(account), midnight).values())
            for account in visible_accounts(self.hass, None)
        )
