"""What a person says about whose an account is and who may hear of it: when it is linked, and in its options."""

from typing import Any

import probatio

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import current_request
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from .const import CONF_PERSON, CONF_PRIVACY, CONF_SATELLITES, CONF_SHARED_WITH
from .privacy import ATTR_USER_ID, Privacy, users_of


def sharing_schema(privacy: Privacy = Privacy.HOUSEHOLD) -> probatio.Schema:
    """Return what is asked about an account, with the privacy that it has unless another is chosen."""
    return probatio.Schema(
        {
            probatio.Optional(CONF_PERSON): EntitySelector(
                EntitySelectorConfig(domain="person")
            ),
            probatio.Required(CONF_PRIVACY, default=privacy.value): SelectSelector(
                SelectSelectorConfig(
                    options=[
                        Privacy.HOUSEHOLD.value,
                        Privacy.PEOPLE.value,
                        Privacy.PRIVATE.value,
                    ],
                    mode=SelectSelectorMode.LIST,
                    translation_key=CONF_PRIVACY,
                )
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
def sharing_error(hass: HomeAssistant, chosen: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with what was chosen, by the field; nothing where all is well.

    What is not shared with the household can only be told to users, so it has to be known which.
    """
    if chosen[CONF_PRIVACY] == Privacy.HOUSEHOLD:
        return {}
    if not users_of(hass, [chosen.get(CONF_PERSON)]):
        return {CONF_PERSON: "person_without_user"}
    named = chosen.get(CONF_SHARED_WITH, ())
    if chosen[CONF_PRIVACY] == Privacy.PEOPLE and not users_of(hass, named):
        return {CONF_SHARED_WITH: "person_without_user"}
    return {}


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
    for state in hass.states.async_all("person"):
        if state.attributes.get(ATTR_USER_ID) == user_id:
            return state.entity_id
    return None
