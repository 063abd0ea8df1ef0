"""Whose the linked accounts are: listeners, and the users they belong to."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .const import CONF_KIND, CONF_PERSON, DOMAIN, KIND_SPOTIFY
from .history.model import Listener
from .spotify.account import async_listener

ATTR_USER_ID = "user_id"
"""Attribute of a person entity: the user that the person is."""


@callback
def account_entries(hass: HomeAssistant) -> list[ConfigEntry]:
    """Return the entries of all linked accounts, loaded or not."""
    return [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data[CONF_KIND] == KIND_SPOTIFY
    ]


@callback
def linked_listeners(hass: HomeAssistant) -> tuple[Listener, ...]:
    """Return the listeners of all linked accounts."""
    return tuple(async_listener(hass, entry) for entry in account_entries(hass))


@callback
def listeners_of_user(hass: HomeAssistant, user_id: str | None) -> tuple[Listener, ...]:
    """Return the listeners that a user is: those whose account belongs to the user's person."""
    if user_id is None:
        return ()
    return tuple(
        async_listener(hass, entry)
        for entry in account_entries(hass)
        if (person := hass.states.get(entry.options.get(CONF_PERSON, ""))) is not None
        and person.attributes.get(ATTR_USER_ID) == user_id
    )
