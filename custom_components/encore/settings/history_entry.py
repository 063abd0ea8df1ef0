"""The History config entry and its options."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_translations

from ..const import CONF_KIND, DOMAIN, KIND_HISTORY


@callback
def entries_of(hass: HomeAssistant, kind: str) -> list[ConfigEntry]:
    """Return the entries of a kind, loaded or not."""
    entries = hass.config_entries.async_entries(DOMAIN)
    return [entry for entry in entries if entry.data[CONF_KIND] == kind]


@callback
def async_history_entry(hass: HomeAssistant) -> ConfigEntry | None:
    """Return the History entry, loaded or not; None while there is none."""
    return next(iter(entries_of(hass, KIND_HISTORY)), None)


@callback
def async_history_options(hass: HomeAssistant) -> dict[str, Any]:
    """Return what was chosen about the history; nothing while it has no entry."""
    entry = async_history_entry(hass)
    return dict(entry.options) if entry is not None else {}


async def async_history_title(hass: HomeAssistant) -> str:
    """Return what the History entry is called in Home Assistant's language, until somebody renames it."""
    texts = await async_get_translations(hass, hass.config.language, "device", {DOMAIN})
    return texts[f"component.{DOMAIN}.device.{KIND_HISTORY}.name"]
