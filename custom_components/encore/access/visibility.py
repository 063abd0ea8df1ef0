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

CONF_DEPARTED: Final = "departed"
"""In the data of the History entry, or of another while there is none: who may hear of listeners whose account is gone and whose history stayed."""


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
    """Return the keys of the listeners of whom nothing may be told to a user, or to whom nobody knows (None)."""
    told_to: dict[str, Iterable[str]] = {**async_users_of_departed(hass)}
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.data[CONF_KIND] == KIND_SPOTIFY:
            told_to.pop(listener_key(entry), None)
            if not is_visible(entry):
                told_to[listener_key(entry)] = _users(hass, entry)
    return frozenset(
        key for key, users in told_to.items() if user_id is None or user_id not in users
    )


@callback
def async_users_of_departed(hass: HomeAssistant) -> dict[str, list[str]]:
    """Return the users who may hear of listeners (by key) whose account is gone and whose history stayed private."""
    departed: dict[str, list[str]] = {}
    for entry in hass.config_entries.async_entries(DOMAIN):
        departed |= entry.data.get(CONF_DEPARTED, {})
    return departed


@callback
def async_departed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Note that the account of a listener goes, whose history stays as private as it was."""
    if not is_visible(entry):
        _note_departed(hass, entry, listener_key(entry), sorted(_users(hass, entry)))


@callback
def async_no_longer_departed(hass: HomeAssistant, listener: str) -> None:
    """Forget what was noted of a listener (by key): the account is back, or the history is gone."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        departed = {**entry.data.get(CONF_DEPARTED, {})}
        if departed.pop(listener, None) is not None:
            _keep_departed(hass, entry, departed)


@callback
def async_hand_over_departed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Let another entry keep what one that is removed knows of listeners whose account is gone."""
    departed = entry.data.get(CONF_DEPARTED, {})
    if departed and (keeper := _keeper(hass, entry)) is not None:
        _keep_departed(hass, keeper, departed | keeper.data.get(CONF_DEPARTED, {}))


def _note_departed(
    hass: HomeAssistant, gone: ConfigEntry, listener: str, users: list[str]
) -> None:
    if (keeper := _keeper(hass, gone)) is not None:
        departed = keeper.data.get(CONF_DEPARTED, {})
        _keep_departed(hass, keeper, {**departed, listener: users})


def _keeper(hass: HomeAssistant, gone: ConfigEntry) -> ConfigEntry | None:
    """Return the entry that keeps what is known of who departed: that of the history, else any but the one that goes."""
    history = async_history_entry(hass)
    others = (history, *hass.config_entries.async_entries(DOMAIN))
    return next((each for each in others if each and each is not gone), None)


def _keep_departed(
    hass: HomeAssistant, entry: ConfigEntry, departed: dict[str, list[str]]
) -> None:
    data = {**entry.data, CONF_DEPARTED: departed}
    hass.config_entries.async_update_entry(entry, data=data)


def _users(hass: HomeAssistant, entry: ConfigEntry) -> frozenset[str]:
    """Return the users who may hear of a listener that is not shown to all."""
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
