"""Form fields for whose account it is and who can see its history, when linking and in the options."""

from collections.abc import Mapping
from typing import Any, Final

import probatio

from homeassistant.components import persistent_notification
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.recorder.const import DOMAIN as RECORDER_DOMAIN
from homeassistant.components.recorder.services import SERVICE_PURGE_ENTITIES
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.http import current_request
from homeassistant.helpers.recorder import get_instance
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
)

from ..access.visibility import Sharing, person_of, shows_more, users_of
from ..const import CONF_PERSON, CONF_PRIVACY, CONF_SATELLITES, CONF_SHARED_WITH, DOMAIN
from ..errors import translated
from ..history.records.logged_events import EventKind
from ..runtime.error_translation import async_translated
from ..runtime.event_log_signals import async_log_event
from ..settings.history_entry import async_history_entry
from ..settings.options import choice

_SHARING: Final = (CONF_PERSON, CONF_PRIVACY, CONF_SHARED_WITH)

CONF_HIDE_NAME: Final = "hide_name"
CONF_PURGE: Final = "purge_recorded"

SHARING_ENDS: Final = probatio.Schema(
    {
        probatio.Required(CONF_PURGE, default=False): BooleanSelector(),
        probatio.Required(CONF_HIDE_NAME, default=False): BooleanSelector(),
    }
)
"""What is asked when the household no longer shares an account."""


def sharing_schema(privacy: Sharing = Sharing.HOUSEHOLD) -> probatio.Schema:
    """Return what is asked about an account, with the privacy that it has unless another is chosen."""
    return probatio.Schema(
        {
            probatio.Optional(CONF_PERSON): EntitySelector(
                EntitySelectorConfig(domain="person")
            ),
            probatio.Required(CONF_PRIVACY, default=privacy.value): choice(
                [
                    Sharing.HOUSEHOLD.value,
                    Sharing.PEOPLE.value,
                    Sharing.PRIVATE.value,
                ],
                "list",
                translation_key=CONF_PRIVACY,
            ),
            probatio.Optional(CONF_SHARED_WITH, default=list): EntitySelector(
                EntitySelectorConfig(domain="person", multiple=True)
            ),
            probatio.Optional(CONF_SATELLITES, default=list): EntitySelector(
                EntitySelectorConfig(domain="assist_satellite", multiple=True)
            ),
        }
    )


@callback
def sharing_error(hass: HomeAssistant, chosen: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with what was chosen, by the field; nothing where all is well.

    What is not shared with the household can only be told to users, so it has to be known which.
    """
    if chosen[CONF_PRIVACY] == Sharing.HOUSEHOLD:
        return {}
    if not users_of(hass, [chosen.get(CONF_PERSON)]):
        return {CONF_PERSON: "person_without_user"}
    named = chosen.get(CONF_SHARED_WITH, ())
    if chosen[CONF_PRIVACY] == Sharing.PEOPLE and not users_of(hass, named):
        return {CONF_SHARED_WITH: "person_without_user"}
    return {}


@callback
def changed_sharing_error(
    hass: HomeAssistant, entry: ConfigEntry, chosen: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with changed options of an account, by the field; nothing where all is well.

    Whoever manages Home Assistant may show less of a listener with a user. To show more is for that user alone.
    """
    if errors := sharing_error(hass, chosen):
        return errors
    own = users_of(hass, [entry.options.get(CONF_PERSON)])
    if not own or user_of_now() in own or not shows_more(hass, entry.options, chosen):
        return {}
    return {CONF_PRIVACY: "only_listener_shares_more"}


async def async_report_sharing(
    hass: HomeAssistant, entry: ConfigEntry, chosen: Mapping[str, Any]
) -> None:
    """Note that sharing changes, and tell the listener by a notice if it was somebody else who changed it."""
    before = entry.options
    if all(before.get(name) == chosen.get(name) for name in _SHARING):
        return
    privacy: str = chosen[CONF_PRIVACY]
    async_log_event(hass, EventKind.ENTRY, "sharing_changed", entry.title, privacy)
    user_id = user_of_now()
    if user_id in users_of(hass, [before.get(CONF_PERSON)]):
        return
    user = None if user_id is None else await hass.auth.async_get_user(user_id)
    said = translated(
        HomeAssistantError,
        "sharing_changed",
        account=entry.title,
        user=(user and user.name) or "Home Assistant",
    )
    persistent_notification.async_create(
        hass,
        await async_translated(hass, said),
        "Encore",
        f"{DOMAIN}_sharing_{entry.entry_id}",
    )


async def async_hide_name(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give an account, and its device, a title without a name."""
    unnamed = translated(HomeAssistantError, "account_without_name")
    title = await async_translated(hass, unnamed)
    hass.config_entries.async_update_entry(entry, title=title)
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        devices.async_update_device(device.id, name=title, name_by_user=None)


async def async_purge_recorded(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete what the recorder has kept of the entities of an account and of the history, states and statistics."""
    if RECORDER_DOMAIN not in hass.config.components:
        return
    history = async_history_entry(hass)
    entities = [
        entity.entity_id
        for each in (entry, history)
        if each is not None
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), each.entry_id
        )
    ]
    if not entities:
        return
    await hass.services.async_call(
        RECORDER_DOMAIN,
        SERVICE_PURGE_ENTITIES,
        {ATTR_ENTITY_ID: entities, "keep_days": 0},
        blocking=True,
    )
    get_instance(hass).async_clear_statistics(entities)


@callback
def user_of_now() -> str | None:
    """Return the id of the user whose request is being answered, if there is one."""
    request = current_request.get()
    user = None if request is None else request.get(KEY_HASS_USER)
    return None if user is None else str(user.id)


@callback
def person_of_now(hass: HomeAssistant) -> str | None:
    """Return the person (entity) of the user whose request is being answered, if there is one."""
    if (user_id := user_of_now()) is None:
        return None
    return person_of(hass, user_id)
