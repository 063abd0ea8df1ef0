"""Lets entities stand for listeners: a person, or an entity of an account, such as its media player."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback, valid_entity_id
from homeassistant.helpers import entity_registry as er

from ..access.account_listener import async_listener
from ..const import CONF_PERSON
from ..listeners.linked_listeners import visible_accounts
from ..questions.base.operation import Operation
from ..questions.base.parameters import Form
from .request_context import RequestContext

_LISTENERS: Final = frozenset({Form.LISTENER, Form.ACCOUNT})


@callback
def async_with_listeners(
    operation: Operation[Any, Any],
    values: Mapping[str, object],
    context: RequestContext,
) -> dict[str, object]:
    """Return values under public names, with the names of listeners in the place of their entities.

    An entity of an account that the caller may not know of stays: nobody has its name.
    """
    named = dict(values)
    for each in operation.parameters:
        value = named.get(each.public_name)
        is_listener = each.described.form in _LISTENERS or each.name == "listener"
        if is_listener and isinstance(value, (str, list, tuple)):
            named[each.public_name] = _named(value, context)
    return named


def _named(value: str | list[Any] | tuple[Any, ...], context: RequestContext) -> object:
    if not isinstance(value, str):
        return [
            _named(each, context) if isinstance(each, str) else each for each in value
        ]
    entity_id = value.strip()
    if not valid_entity_id(entity_id):
        return value
    return _listener_of(context.hass, entity_id, context.caller.user_id) or value


def _listener_of(
    hass: HomeAssistant, entity_id: str, user_id: str | None
) -> str | None:
    registered = er.async_get(hass).async_get(entity_id)
    for entry in visible_accounts(hass, user_id):
        is_person = entry.options.get(CONF_PERSON) == entity_id
        if is_person or (
            registered is not None and registered.config_entry_id == entry.entry_id
        ):
            return async_listener(hass, entry).name
    return None
