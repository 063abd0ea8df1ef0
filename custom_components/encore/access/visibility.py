"""Sharing and visibility: a listener is private unless shared with the household or with named people."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from homeassistant.components.person import ATTR_USER_ID, Person
from homeassistant.components.person.const import DOMAIN as PERSON_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_component import EntityComponent

from ..const import (
    CONF_KIND,
    CONF_PERSON,
    CONF_PRIVACY,
    CONF_SHARED_WITH,
    DOMAIN,
    KIND_SPOTIFY,
)
from ..settings.history_entry import async_history_entry
from .account_listener import listener_key

CONF_REMOVED_ACCOUNTS: Final = "departed"
"""In the data of the History entry, or of another while there is none: the users who may see the listeners of removed accounts with their history kept."""


class Sharing(StrEnum):
    """With whom a listener shares their history, and whatever shows what they play."""

    PRIVATE = "private"
    """With nobody."""
    HOUSEHOLD = "household"
    """With everybody who may ask; voice satellites, automations and dashboards included."""
    PEOPLE = "people"
    """With some persons, as users of Home Assistant."""


@callback
def sharing_of(entry: ConfigEntry) -> Sharing:
    """Return with whom the listener of an account shares."""
    return Sharing(entry.options.get(CONF_PRIVACY, Sharing.PRIVATE))


@callback
def is_visible(entry: ConfigEntry) -> bool:
    """Whether an account has entities: Home Assistant shows those to everyone."""
    return sharing_of(entry) is Sharing.HOUSEHOLD


@callback
def async_remove_shown(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remove what Home Assistant shows of an account that was shared with the household, and is not now."""
    entities = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
        entities.async_remove(entity.entity_id)
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        devices.async_remove_device(device.id)


@callback
def hidden_listeners(hass: HomeAssistant, user_id: str | None) -> frozenset[str]:
    """Return the keys of the listeners that are hidden from a user, or from an unknown caller (None)."""
    viewers: dict[str, Iterable[str]] = {**async_viewers_of_removed(hass)}
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.data[CONF_KIND] == KIND_SPOTIFY:
            viewers.pop(listener_key(entry), None)
            if not is_visible(entry):
                viewers[listener_key(entry)] = _users(hass, entry)
    return frozenset(
        key for key, users in viewers.items() if user_id is None or user_id not in users
    )


@callback
def async_viewers_of_removed(hass: HomeAssistant) -> dict[str, list[str]]:
    """Return the users who may see the private listeners of removed accounts, by the listeners' keys."""
    removed: dict[str, list[str]] = {}
    for entry in hass.config_entries.async_entries(DOMAIN):
        removed |= entry.data.get(CONF_REMOVED_ACCOUNTS, {})
    return removed


@callback
def async_note_removed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Record that a listener's account is removed; its history stays as private as it was."""
    if not is_visible(entry) and (keeper := _keeper(hass, entry)) is not None:
        removed = keeper.data.get(CONF_REMOVED_ACCOUNTS, {})
        users = sorted(_users(hass, entry))
        _save_removed(hass, keeper, {**removed, listener_key(entry): users})


@callback
def async_forget_removed(hass: HomeAssistant, listener: str) -> None:
    """Drop the record of a listener (by key) with a removed account: the account is back, or the history deleted."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        removed = {**entry.data.get(CONF_REMOVED_ACCOUNTS, {})}
        if removed.pop(listener, None) is not None:
            _save_removed(hass, entry, removed)


@callback
def async_hand_over_removed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Copy what a removed entry records of listeners of removed accounts to another entry."""
    removed = entry.data.get(CONF_REMOVED_ACCOUNTS, {})
    if removed and (keeper := _keeper(hass, entry)) is not None:
        _save_removed(
            hass, keeper, removed | keeper.data.get(CONF_REMOVED_ACCOUNTS, {})
        )


def _keeper(hass: HomeAssistant, leaving: ConfigEntry) -> ConfigEntry | None:
    """Return the entry that stores the listeners of removed accounts: History's, else any but the one being removed."""
    history = async_history_entry(hass)
    others = (history, *hass.config_entries.async_entries(DOMAIN))
    return next((each for each in others if each and each is not leaving), None)


def _save_removed(
    hass: HomeAssistant, entry: ConfigEntry, removed: dict[str, list[str]]
) -> None:
    data = {**entry.data, CONF_REMOVED_ACCOUNTS: removed}
    hass.config_entries.async_update_entry(entry, data=data)


def _users(hass: HomeAssistant, entry: ConfigEntry) -> frozenset[str]:
    """Return the users who may see a listener that is not shared with the household."""
    return _audience(hass, entry.options) or frozenset()


def _audience(hass: HomeAssistant, options: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the users to whom the options of an account show its listener; None for everybody."""
    privacy = Sharing(options.get(CONF_PRIVACY, Sharing.PRIVATE))
    if privacy is Sharing.HOUSEHOLD:
        return None
    persons = [options.get(CONF_PERSON)]
    if privacy is Sharing.PEOPLE:
        persons += options.get(CONF_SHARED_WITH, ())
    return frozenset(users_of(hass, persons))


@callback
def shows_more(
    hass: HomeAssistant, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Whether options of an account show its listener to somebody to whom they did not."""
    seen_by, shown_to = _audience(hass, before), _audience(hass, after)
    if seen_by is None:
        return False
    return shown_to is None or bool(shown_to - seen_by)


@callback
def users_of(hass: HomeAssistant, persons: Iterable[str | None]) -> list[str]:
    """Return the users that some persons (entities) are; a person may be none."""
    users = (_user_of(hass, person) for person in persons if person)
    return [user for user in users if user]


@callback
def person_of(hass: HomeAssistant, user_id: str) -> str | None:
    """Return the person (entity) that a user is."""
    persons = hass.data[PERSON_DOMAIN][2].entities if PERSON_DOMAIN in hass.data else ()
    return next(
        (
            each.entity_id
            for each in persons
            if _user_of(hass, each.entity_id) == user_id
        ),
        None,
    )


@callback
def _user_of(hass: HomeAssistant, person: str) -> str | None:
    """Return the user that a person is, as the person integration has it: anybody can set a state."""
    if PERSON_DOMAIN not in hass.data:
        return None
    persons: EntityComponent[Person] = hass.data[PERSON_DOMAIN][2]
    if (entity := persons.get_entity(person)) is None:
        return None
    user_id: str | None = (entity.extra_state_attributes or {}).get(ATTR_USER_ID)
    return user_id
