"""Binary sensors of rooms: whether a portable speaker charges."""

from dataclasses import dataclass
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

from .entities.optional_room_entity import (
    RoomDescription,
    RoomDetail,
    async_add_as_offered,
)
from .sonos.household import SonosConfigEntry

# Nothing is fetched for them.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoomBinarySensorDescription(BinarySensorEntityDescription, RoomDescription):
    """A binary sensor that a room has."""


CHARGING: Final = RoomBinarySensorDescription(
    key="charging",
    device_class=BinarySensorDeviceClass.BATTERY_CHARGING,
    entity_category=EntityCategory.DIAGNOSTIC,
    value=lambda _, zone: zone.battery.charging if zone.battery else None,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a sensor for each battery."""
    async_add_as_offered(entry, async_add_entities, [(ChargingSensor, CHARGING)])


@final
class ChargingSensor(RoomDetail[bool], BinarySensorEntity):
    """On while the battery of a speaker is fed."""

    domain = BINARY_SENSOR_DOMAIN
    entity_description: RoomBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is fed."""
        return self.current
