"""Sensors of a room: end of its sleep timer, battery of a portable speaker."""

from typing import Final, final, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.components.sensor.const import (
    DOMAIN as SENSOR_DOMAIN,
    SensorDeviceClass,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Zone
from .optional_room_entity import RoomDetail, async_add_as_offered
from .room_sleep_timer import SLEEP_END, SleepTimerEnd, sleeps_at

BATTERY: Final = SensorEntityDescription(
    key="battery",
    device_class=SensorDeviceClass.BATTERY,
    entity_category=EntityCategory.DIAGNOSTIC,
    native_unit_of_measurement=PERCENTAGE,
    state_class=SensorStateClass.MEASUREMENT,
)


@callback
def async_add_room_sensors(
    entry: SonosConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the sensors of each room there is, and of each that comes."""
    async_add_as_offered(
        entry,
        async_add_entities,
        [(SLEEP_END, sleeps_at, SleepTimerEnd), (BATTERY, _percent, BatterySensor)],
    )


def _percent(household: Household, zone: Zone) -> int | None:
    return zone.battery.percent if zone.battery else None


@final
class BatterySensor(RoomDetail[int], SensorEntity):
    """How full a battery is."""

    domain = SENSOR_DOMAIN

    def __init__(self, household: Household, uid: str) -> None:
        """Place the sensor on the speaker's device."""
        super().__init__(household, uid, BATTERY, _percent)

    @property
    @override
    def native_value(self) -> int | None:
        """Percent."""
        return self.told
