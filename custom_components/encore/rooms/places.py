"""Which room a player stands in."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from ..history.model import Room
from ..spotify.rooms import async_area_called


@callback
def async_room_of_entity(hass: HomeAssistant, entity_id: str) -> Room:
    """Return the area of an entity, else of its device, else the entity itself as a room."""
    area_id = None
    if (entity := er.async_get(hass).async_get(entity_id)) is not None:
        area_id = entity.area_id
        if area_id is None and entity.device_id is not None:
            device = dr.async_get(hass).async_get(entity.device_id)
            area_id = device.area_id if device else None
    if area_id and (area := ar.async_get(hass).async_get_area(area_id)) is not None:
        return Room(area.id, area.name)
    state = hass.states.get(entity_id)
    return Room(entity_id, state.name if state else entity_id)


@callback
def async_room_of_speaker(
    hass: HomeAssistant, entity_id: str | None, uid: str, name: str
) -> Room:
    """Return the area of a speaker's entity, else the one that is called as the speaker is, else the speaker itself."""
    if entity_id is not None:
        room = async_room_of_entity(hass, entity_id)
        if room.key != entity_id:
            return room
    return async_area_called(hass, name) or Room(uid, name)
