"""What is exposed to an assistant in Home Assistant (Settings → Voice assistants → Expose)."""

from typing import Final

from homeassistant.components.conversation.const import DOMAIN as CONVERSATION
from homeassistant.components.homeassistant.const import DATA_EXPOSED_ENTITIES
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER
from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er

from ..access.policy import Interface
from ..const import CONF_ACCOUNT_ID, DOMAIN
from ..dispatch.request_context import RequestContext
from ..spotify.account import SpotifyAccount
from .errors import NotExposed

_ASSISTS: Final = frozenset({Interface.SENTENCE, Interface.INTENT, Interface.TOOL})
"""The interfaces of assistants: sentences, the home's own sentences, and language models."""


@callback
def is_exposed(context: RequestContext, entity_id: str | None) -> bool:
    """Whether a player may be controlled through the caller's interface; what has no entity cannot be hidden either."""
    hass = context.hass
    if entity_id is None or context.caller.interface not in _ASSISTS:
        return True
    if DATA_EXPOSED_ENTITIES not in hass.data:
        return True
    return async_should_expose(hass, CONVERSATION, entity_id)


@callback
def require_exposed(context: RequestContext, account: SpotifyAccount) -> None:
    """Raise NotExposed where an assistant is told to control the playback of an account whose player is hidden from it."""
    entity_id = er.async_get(context.hass).async_get_entity_id(
        MEDIA_PLAYER, DOMAIN, account.coordinator.config_entry.data[CONF_ACCOUNT_ID]
    )
    if not is_exposed(context, entity_id):
        raise NotExposed(name=account.listener.name)
