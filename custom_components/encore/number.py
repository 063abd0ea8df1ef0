"""Numbers of rooms: group volume, sound settings, sleep timer."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entities.room_numbers import async_add_room_numbers
from .sonos.household import SonosConfigEntry

# A speaker's own commands come in order already.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers of each room."""
    async_add_room_numbers(entry, async_add_entities)
