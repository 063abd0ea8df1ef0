"""The sleep timer of a room's group as a number and a sensor."""

from datetime import datetime
from typing import Final, final, override

from homeassistant.components.number.const import NumberMode
from homeassistant.components.sensor.const import SensorDeviceClass
from homeassistant.const import UnitOfTime
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..sonos.household import Household
from ..sonos.model import Zone
from ..sonos.playback.sound_settings import LONGEST_SLEEP_MINUTES, Settings
from .room_numbers import RoomNumber, RoomNumberDescription
from .room_sensors import RoomSensorDescription

_MINUTE_MS: Final = 60_000


def sleeps_at(household: Household, zone: Zone) -> int:
    """Return when the sleep timer of a zone's group is over, UTC ms; 0 while it is not set."""
    return zone.sleeps_at or 0


def _to_the_second(sleeps_at: int) -> datetime | None:
    """Return the end of a timer as finely as speakers count."""
    return dt_util.utc_from_timestamp(round(sleeps_at / 1000)) if sleeps_at else None


SLEEP_NUMBER: Final = RoomNumberDescription(
    key="sleep_timer",
    translation_key="sleep_timer",
    native_unit_of_measurement=UnitOfTime.MINUTES,
    native_min_value=0,
    native_max_value=LONGEST_SLEEP_MINUTES,
    mode=NumberMode.BOX,
    value=sleeps_at,
    set_to=Settings.async_set_sleep_timer,
)
SLEEP_END: Final = RoomSensorDescription(
    key="sleep_timer_end",
    translation_key="sleep_timer_end",
    device_class=SensorDeviceClass.TIMESTAMP,
    value=sleeps_at,
    state=_to_the_second,
)


@final
class SleepTimerNumber(RoomNumber):
    """Minutes until the group falls silent; 0 for no timer."""

    _next_minute: CALLBACK_TYPE | None = None

    @property
    @override
    def native_value(self) -> int:
        """Minutes that are left, the last one begun."""
        now = dt_util.utcnow().timestamp() * 1000
        return max(0, -int((now - (self.zone.sleeps_at or 0)) // _MINUTE_MS))

    @override
    async def async_added_to_hass(self) -> None:
        """Count the minutes while the timer runs."""
        await super().async_added_to_hass()
        self.async_on_remove(self._stop_counting)

    @override
    def _read(self) -> None:
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
