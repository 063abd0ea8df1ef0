"""Runs commands as interfaces do."""

from collections.abc import Mapping

from custom_components.encore.access.policy import Caller
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.dispatch.dispatcher import async_dispatch, async_render
from custom_components.encore.dispatch.request_context import RequestContext
from custom_components.encore.language.answering import Response
from custom_components.encore.questions.base.query_context import QueryContext
from homeassistant.core import HomeAssistant


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
