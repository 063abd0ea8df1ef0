"""Sensors of a room, such as the battery of a portable speaker."""

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
