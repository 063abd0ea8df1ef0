"""The platforms of each kind of entry."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..access.visibility import async_remove_shown, is_visible
from ..const import CONF_KIND, DOMAIN, KIND_HISTORY, KIND_SONOS, KIND_SPOTIFY

PLATFORMS: dict[str, list[Platform]] = {
    KIND_HISTORY: [
        Platform.CONVERSATION,
        Platform.EVENT,
        Platform.SENSOR,
        Platform.SWITCH,
    ],
    KIND_SPOTIFY: [
        Platform.BUTTON,
        Platform.CALENDAR,
        Platform.EVENT,
        Platform.MEDIA_PLAYER,
        Platform.SENSOR,
        Platform.SWITCH,
    ],
    KIND_SONOS: [
        Platform.BINARY_SENSOR,
        Platform.MEDIA_PLAYER,
        Platform.NUMBER,
        Platform.SENSOR,
        Platform.SWITCH,
    ],
}
"""What each kind of entry has entities of."""

_LOADED: HassKey[dict[str, list[Platform]]] = HassKey(f"{DOMAIN}_loaded")
"""What entries have entities of now, by their ids."""


async def async_load_platforms(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Set up what an entry has entities of; an account that is not shared with the household has none, any more."""
    kind = entry.data[CONF_KIND]
    if kind == KIND_SPOTIFY and not is_visible(entry):
        async_remove_shown(hass, entry)
        return
    # What is chosen by the time it is unloaded may be another.
    hass.data.setdefault(_LOADED, {})[entry.entry_id] = PLATFORMS[kind]
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS[kind])


async def async_unload_platforms(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Remove an entry's entities, and return whether that was possible."""
    loaded = hass.data.get(_LOADED, {}).get(entry.entry_id, [])
    if not await hass.config_entries.async_unload_platforms(entry, loaded):
        return False
    hass.data.get(_LOADED, {}).pop(entry.entry_id, None)
    return True
