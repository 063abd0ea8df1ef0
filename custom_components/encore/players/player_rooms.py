"""The room of a player."""

from typing import Any

from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from ..const import DOMAIN
from ..history.model import Room
from ..spotify.device_rooms import async_area_called


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


@callback
def async_room_of_zone(hass: HomeAssistant, uid: str, name: str) -> Room:
    """Return in which room a Sonos speaker stands, by its uid and the name that it has in its household."""
    entity_id = er.async_get(hass).async_get_entity_id(MEDIA_PLAYER_DOMAIN, DOMAIN, uid)
    return async_room_of_speaker(hass, entity_id, uid, name)


@callback
def async_listen_places(hass: HomeAssistant, moved: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever a room may be another, or is called otherwise, until the returned function is called."""

    @callback
    def changed(event: Event[Any]) -> None:
        if event.event_type == ar.EVENT_AREA_REGISTRY_UPDATED or "area_id" in (
            event.data.get("changes") or ()
        ):
            moved()

    unlisten = [
        hass.bus.async_listen(kind, changed)
        for kind in (
            ar.EVENT_AREA_REGISTRY_UPDATED,
            dr.EVENT_DEVICE_REGISTRY_UPDATED,
            er.EVENT_ENTITY_REGISTRY_UPDATED,
        )
    ]

    @callback
    def stop() -> None:
        for each in unlisten:
            each()

    return stop
