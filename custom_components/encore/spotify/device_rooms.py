"""The room of a Spotify Connect device."""

from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from ..history.model import Room


@callback
def async_area_called(hass: HomeAssistant, text: str) -> Room | None:
    """Return the area with this id, name or alias, in any case."""
    areas = ar.async_get(hass)
    area = areas.async_get_area(text) or areas.async_get_area_by_name(text)
    if area is None:
        area = next(iter(areas.async_get_areas_by_alias(text)), None)
    return None if area is None else Room(area.id, area.name)


@callback
def async_room_of_device(hass: HomeAssistant, device_name: str) -> Room | None:
    """Return the area that a device is called after; else the one where Home Assistant has a device or player of its name.

    A player that was put into an area of its own is there, wherever its device is. Of namesakes in several areas nobody knows which is meant.
    """
    if room := async_area_called(hass, device_name):
        return room
    wanted_name = device_name.casefold()
    players = [
        entity
        for entity in er.async_get(hass).entities.values()
        if entity.area_id
        and entity.domain == MEDIA_PLAYER
        and not entity.disabled
        and wanted_name in _names_of(hass, entity)
    ]
    elsewhere = {player.device_id for player in players}
    area_ids = {player.area_id for player in players if player.area_id} | {
        device.area_id
        for device in dr.async_get(hass).devices
        if device.area_id
        and not device.disabled
        and device.id not in elsewhere
        and (device.name_by_user or device.name or "").casefold() == wanted_name
    }
    area = ar.async_get(hass).async_get_area(area_ids.pop()) if len(area_ids) == 1 else None  # fmt: skip
    return None if area is None else Room(area.id, area.name)


def _names_of(hass: HomeAssistant, entity: er.RegistryEntry) -> set[str]:
    """Return what a player is called, casefolded: by its state, which may begin with its device, and by its person."""
    state = hass.states.get(entity.entity_id)
    names = (state.name if state else entity.original_name, entity.name)
    return {name.casefold() for name in names if name}
