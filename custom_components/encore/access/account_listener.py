"""The listener of a Spotify account."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import CONF_ACCOUNT_ID, CONF_DISPLAY_NAME, CONF_PERSON, KIND_SPOTIFY
from ..history.model import Listener


@callback
def listener_key(entry: ConfigEntry) -> str:
    """Return the key under which the history has the listener of an account."""
    return f"{KIND_SPOTIFY}:{entry.data[CONF_ACCOUNT_ID]}"


@callback
def async_listener(hass: HomeAssistant, entry: ConfigEntry) -> Listener:
    """Return who listens on an account, by the name of the person chosen for it."""
    return Listener(
        listener_key(entry),
        _name_of(hass, entry.options.get(CONF_PERSON)) or entry.data[CONF_DISPLAY_NAME],
    )


def _name_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return a person's name; at start the registry knows it before there is a state."""
    if person is None:
        return None
    if registered := er.async_get(hass).async_get(person):
        return registered.name or registered.original_name
    state = hass.states.get(person)
    return state.name if state else None
