"""Which room a Spotify Connect device sounds in."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import area_registry as ar

from ..history.model import Room


@callback
def async_room_of_device(hass: HomeAssistant, device_name: str) -> Room | None:
    """Return the area whose name or alias is the device's name, whatever its case."""
    areas = ar.async_get(hass)
    area = areas.async_get_area_by_name(device_name)
    if area is None:
        area = next(iter(areas.async_get_areas_by_alias(device_name)), None)
    return None if area is None else Room(area.id, area.name)
