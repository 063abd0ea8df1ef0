"""The sleep timer of a room's group as a number and a sensor."""

from datetime import datetime
from typing import Final, final, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription
from homeassistant.components.number.const import DOMAIN as NUMBER_DOMAIN, NumberMode
from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.components.sensor.const import (
    DOMAIN as SENSOR_DOMAIN,
    SensorDeviceClass,
)
from homeassistant.const import UnitOfTime
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..sonos.household import Household
from ..sonos.model import Zone
from ..sonos.playback.sound_settings import LONGEST_SLEEP_MINUTES, Settings
from .optional_room_entity import RoomDetail

SLEEP_NUMBER: Final = NumberEntityDescription(
    key="sleep_timer",
    translation_key="sleep_timer",
    native_unit_of_measurement=UnitOfTime.MINUTES,
    native_min_value=0,
    native_max_value=LONGEST_SLEEP_MINUTES,
    mode=NumberMode.BOX,
)
SLEEP_END: Final = SensorEntityDescription(
    key="sleep_timer_end",
    translation_key="sleep_timer_end",
    device_class=SensorDeviceClass.TIMESTAMP,
)
_MINUTE_MS: Final = 60_000


def sleeps_at(household: Household, zone: Zone) -> int:
    """Return when the sleep timer of a zone's group is over, UTC ms; 0 while it is not set."""
    return zone.sleeps_at or 0


def minutes_left(household: Household, zone: Zone) -> int:
    """Return how many minutes are left of the sleep timer, the last one begun; 0 while it is not set."""
    now = dt_util.utcnow().timestamp() * 1000
    return max(0, -int((now - (zone.sleeps_at or 0)) // _MINUTE_MS))


@final
class SleepTimerNumber(RoomDetail[int], NumberEntity):
    """Minutes until the group falls silent; 0 for no timer."""

    domain = NUMBER_DOMAIN

    def __init__(self, household: Household, uid: str) -> None:
        """Show nothing until the timer is set."""
        super().__init__(household, uid, SLEEP_NUMBER, sleeps_at)
        self._settings = Settings(household, uid)
        self._next_minute: CALLBACK_TYPE | None = None

    @property
    @override
    def native_value(self) -> int:
        """Minutes that are left."""
        return minutes_left(self.household, self.zone)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the timer, or clear it with 0."""
        await self._async_command(self._settings.async_set_sleep_timer(round(value)))

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the timer, and count the minutes while it runs."""
        await super().async_added_to_hass()

        @callback
        def changed(before: Zone | None, after: Zone) -> None:
            if self._is_news(before, after):
                self._count()

        self.async_on_remove(self.household.async_listen(changed))
        self.async_on_remove(self._stop_counting)
        self._count()

    @callback
    def _count(self) -> None:
        """Show what is left again when it is a minute less."""
        self._stop_counting()
        if self.zone.sleeps_at is not None and (left := self.native_value):
            at = self.zone.sleeps_at - (left - 1) * _MINUTE_MS
            self._next_minute = async_track_point_in_utc_time(
                self.hass, self._minute_over, dt_util.utc_from_timestamp(at / 1000)
            )

    @callback
    def _minute_over(self, _now: datetime) -> None:
        self._next_minute = None
        self.async_write_ha_state()
        self._count()

    @callback
    def _stop_counting(self) -> None:
        if self._next_minute is not None:
            self._next_minute()
            self._next_minute = None


@final
class SleepTimerEnd(RoomDetail[int], SensorEntity):
    """When the group falls silent; unknown while no timer is set."""

    domain = SENSOR_DOMAIN

    def __init__(self, household: Household, uid: str) -> None:
        """Place the sensor on the speaker's device."""
        super().__init__(household, uid, SLEEP_END, sleeps_at)

    @property
    @override
    def native_value(self) -> datetime | None:
        """The end, to the second: that is how finely speakers count."""
        if self.zone.sleeps_at is None:
            return None
        return dt_util.utc_from_timestamp(round(self.zone.sleeps_at / 1000))
