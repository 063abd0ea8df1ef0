"""Numbers of rooms: group volume, sound settings, sleep timer."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entities.optional_room_entity import async_add_as_offered
from .entities.room_numbers import (
    GROUP_VOLUME,
    OF_THE_SPEAKER,
    SLEEP_NUMBER,
    GroupVolume,
    RoomNumber,
    SleepTimerNumber,
)
from .sonos.household import SonosConfigEntry

# A speaker's own commands come in order already.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers of each room."""
    offers = [
        *((RoomNumber, each) for each in OF_THE_SPEAKER),
        (GroupVolume, GROUP_VOLUME),
        (SleepTimerNumber, SLEEP_NUMBER),
    ]
    async_add_as_offered(entry, async_add_entities, offers)
