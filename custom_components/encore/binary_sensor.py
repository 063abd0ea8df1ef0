"""Binary sensors of rooms: whether a portable speaker charges."""

from typing import Final, final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import (
    DOMAIN as BINARY_SENSOR_DOMAIN,
    BinarySensorDeviceClass,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entities.optional_room_entity import RoomDetail, async_add_as_offered
from .sonos.household import Household, SonosConfigEntry
from .sonos.model import Zone

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

CHARGING: Final = BinarySensorEntityDescription(
    key="charging",
    device_class=BinarySensorDeviceClass.BATTERY_CHARGING,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a sensor for each battery."""
    async_add_as_offered(
        entry, async_add_entities, [(CHARGING, _charging, ChargingSensor)]
    )


def _charging(household: Household, zone: Zone) -> bool | None:
    return zone.battery.charging if zone.battery else None


@final
class ChargingSensor(RoomDetail[bool], BinarySensorEntity):
    """On while the battery of a speaker is fed."""

    domain = BINARY_SENSOR_DOMAIN

    def __init__(self, household: Household, uid: str) -> None:
        """Place the sensor on the speaker's device."""
        super().__init__(household, uid, CHARGING, _charging)

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is fed."""
        return self.told
