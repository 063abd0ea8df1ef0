"""The listeners of linked accounts, their Home Assistant users and their time zones."""

from collections.abc import Collection
from datetime import tzinfo
from typing import Final

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.account_listener import async_listener, listener_key
from ..access.policy import Caller
from ..access.visibility import hidden_listeners, users_of
from ..const import (
    CONF_BIRTHDAY,
    CONF_PERSON,
    CONF_SATELLITES,
    CONF_TIME_ZONE,
    DOMAIN,
    KIND_SPOTIFY,
)
from ..history.model import Listener
from ..history.time_ranges.birthdays import Birthday
from ..settings.history_entry import entries_of
from ..spotify.account import SpotifyAccount, SpotifyConfigEntry

_ZONES: Final[HassKey[dict[str, tzinfo]]] = HassKey(f"{DOMAIN}_zones")
"""Time zones by the entry of the account; reading one takes the disk."""


@callback
def account_entries(hass: HomeAssistant) -> list[ConfigEntry]:
    """Return the entries of all linked accounts, loaded or not."""
    return entries_of(hass, KIND_SPOTIFY)


@callback
def loaded_accounts(hass: HomeAssistant) -> list[SpotifyAccount]:
    """Return the linked accounts that are connected now."""
    entries: list[SpotifyConfigEntry] = account_entries(hass)
    return [
        entry.runtime_data
        for entry in entries
        if entry.state is ConfigEntryState.LOADED
    ]


@callback
def linked_listeners(hass: HomeAssistant) -> tuple[Listener, ...]:
    """Return the listeners of all linked accounts."""
    return tuple(async_listener(hass, entry) for entry in account_entries(hass))


@callback
def listeners_of(hass: HomeAssistant, caller: Caller) -> tuple[Listener, ...]:
    """Return the listeners that a caller is: those whose person the user is, or of whom the satellite is."""
    if caller.satellite_id is not None:
        return tuple(
            async_listener(hass, entry)
            for entry in account_entries(hass)
            if caller.satellite_id in entry.options.get(CONF_SATELLITES, ())
        )
    return listeners_of_user(hass, caller.user_id)


@callback
def listeners_of_user(hass: HomeAssistant, user_id: str | None) -> tuple[Listener, ...]:
    """Return the listeners that a user is: those whose account belongs to the user's person."""
    if user_id is None:
        return ()
    return tuple(
        async_listener(hass, entry)
        for entry in account_entries(hass)
        if user_id in users_of(hass, [entry.options.get(CONF_PERSON)])
    )


@callback
def visible_accounts(hass: HomeAssistant, user_id: str | None) -> list[ConfigEntry]:
    """Return the entries of the accounts with listeners visible to a user, or to an unknown caller (None)."""
    hidden = hidden_listeners(hass, user_id)
    return [
        entry for entry in account_entries(hass) if listener_key(entry) not in hidden
    ]


async def async_read_zone(hass: HomeAssistant, entry: ConfigEntry) -> tzinfo | None:
    """Read and return the time zone that was chosen for an account, if one was; what is none counts as the home's."""
    zones = hass.data.setdefault(_ZONES, {})
    zones.pop(entry.entry_id, None)
    if name := entry.options.get(CONF_TIME_ZONE):
        if (zone := await dt_util.async_get_time_zone(name)) is not None:
            zones[entry.entry_id] = zone
    return zones.get(entry.entry_id)


@callback
def visible_birthdays(
    hass: HomeAssistant, hidden: Collection[str]
) -> tuple[tuple[Listener, Birthday], ...]:
    """Return the birthdays in the options of accounts, without those of hidden listeners (by key)."""
    return tuple(
        (async_listener(hass, entry), Birthday.read(entry.options[CONF_BIRTHDAY]))
        for entry in account_entries(hass)
        if CONF_BIRTHDAY in entry.options and listener_key(entry) not in hidden
    )


@callback
def listener_zones(hass: HomeAssistant) -> tuple[tuple[Listener, tzinfo], ...]:
    """Return the time zones of the listeners that do not live by the home's."""
    zones = hass.data.get(_ZONES, {})
    return tuple(
        (async_listener(hass, entry), zones[entry.entry_id])
        for entry in account_entries(hass)
        if entry.entry_id in zones
    )
