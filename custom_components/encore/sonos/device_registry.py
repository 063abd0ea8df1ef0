"""Registers the household and its speakers as devices."""

from typing import final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN
from .model import SpeakerInfo


@callback
def async_household_device(
    hass: HomeAssistant, entry: ConfigEntry, household_id: str
) -> str:
    """Return the id of the device that stands for a household."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, household_id)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer="Sonos",
        name=entry.title,
    )
    return device.id


@final
class SpeakerDevices:
    """Updates the devices of speakers with their names and firmware."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry of the household; its entities make the devices."""
        self._hass = hass
        self._entry = entry
        self._described: dict[str, tuple[str, SpeakerInfo]] = {}

    @callback
    def async_describe(self, uid: str, name: str, info: SpeakerInfo) -> None:
        """Update the device of a speaker with its name and firmware."""
        known = self._described.get(uid)
        self._described[uid] = name, info
        if known == (name, info):
            return
        registry = dr.async_get(self._hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, uid), self._entry.entry_id
        )
        if device is not None:
            registry.async_update_device(
                device.id,
                name=name,
                model=info.model.removeprefix("Sonos "),
                model_id=info.model_number,
                serial_number=info.serial_number,
                sw_version=info.software_version,
                hw_version=info.hardware_version,
            )
