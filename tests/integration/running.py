"""Runs commands as interfaces do."""

from collections.abc import Mapping
from typing import Any

from custom_components.encore.access.policy import Caller, Interface, async_caller
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.dispatch.dispatcher import (
    async_dispatch,
    async_render,
    async_respond,
)
from custom_components.encore.dispatch.request_context import RequestContext
from custom_components.encore.language.answering import Response
from custom_components.encore.questions.base.query_context import QueryContext
from homeassistant.core import Context, HomeAssistant


async def async_command(
    hass: HomeAssistant,
    key: str,
    values: Mapping[str, object],
    query_context: QueryContext,
    caller: Caller,
) -> Response:
    """Return the rendered result of a command; its errors come as they are raised."""
    context = RequestContext(hass, caller, query_context)
    result = await async_dispatch(COMMANDS[key], values, context)
    return await async_render(COMMANDS[key], result, context)


async def async_act(
    hass: HomeAssistant, name: str, context: Context | None = None, /, **data: object
) -> dict[str, Any]:
    """Return the response of an action; what is none, as tools run it, but on behalf of who calls actions."""
    if hass.services.has_service(DOMAIN, name):
        response = await hass.services.async_call(
            DOMAIN, name, data, blocking=True, return_response=True, context=context
        )
        assert response is not None
        return response
    [command] = (each for each in COMMANDS if each.name == name)
    caller = await async_caller(hass, context or Context(), Interface.ACTION)
    request = RequestContext(hass, caller, async_query_context(hass, caller))
    return await async_respond(command, data, request)
