"""Sensors of a room: the battery of a portable speaker, and the end of the sleep timer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, final, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.components.sensor.const import (
    DOMAIN as SENSOR_DOMAIN,
    SensorDeviceClass,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory
from homeassistant.util import dt as dt_util

from .optional_room_entity import RoomDescription, RoomDetail


@dataclass(frozen=True, kw_only=True)
class RoomSensorDescription(SensorEntityDescription, RoomDescription):
    """A sensor that a room has."""

    state: Callable[[Any], int | datetime | None] = lambda value: value
    """From the value to the state."""


BATTERY: Final = RoomSensorDescription(
    key="battery",
    device_class=SensorDeviceClass.BATTERY,
    entity_category=EntityCategory.DIAGNOSTIC,
    native_unit_of_measurement=PERCENTAGE,
    state_class=SensorStateClass.MEASUREMENT,
    value=lambda _, zone: zone.battery.percent if zone.battery else None,
)


def _to_the_second(sleeps_at: int) -> datetime | None:
    """Return the end of a timer as finely as speakers count."""
    return dt_util.utc_from_timestamp(round(sleeps_at / 1000)) if sleeps_at else None


SLEEP_END: Final = RoomSensorDescription(
    key="sleep_timer_end",
    translation_key="sleep_timer_end",
    device_class=SensorDeviceClass.TIMESTAMP,
    value=lambda _, zone: zone.sleeps_at or 0,
    state=_to_the_second,
)


@final
class RoomSensor(RoomDetail[int], SensorEntity):
    """One value of a room, as a sensor."""

    domain = SENSOR_DOMAIN
    entity_description: RoomSensorDescription

    @property
    @override
    def native_value(self) -> int | datetime | None:
        """What the description makes of the value."""
        value = self.current
        return None if value is None else self.entity_description.state(value)
