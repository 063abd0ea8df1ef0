"""Home Assistant actions: one for each question and command that offers itself as one."""

from functools import partial
from typing import Any

import probatio

from homeassistant.components.websocket_api.connection import current_connection
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.script import script_stack_cv

from ..access.policy import Interface, async_caller
from ..const import DOMAIN
from ..dispatch.caller_context import async_query_context
from ..dispatch.dispatcher import async_render, async_run
from ..dispatch.listener_entities import async_with_listeners
from ..dispatch.request_context import RequestContext
from ..questions.base.errors import QuestionError
from ..questions.base.operation import Operation
from ..questions.base.parameters import read_public
from ..runtime.error_translation import translated_errors
from .operations import ACTIONS


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    for operation in ACTIONS.values():
        hass.services.async_register(
            DOMAIN,
            operation.name,
            partial(_async_act, operation),
            supports_response=SupportsResponse.ONLY
            if operation.reads
            else SupportsResponse.OPTIONAL,
        )


async def _async_act(
    operation: Operation[Any, Any], call: ServiceCall
) -> ServiceResponse:
    """Run a question or command; where a response is wanted, return its data and speech.

    Raises Invalid for data that cannot be, as Home Assistant does where an action has a schema.
    """
    caller = await async_caller(call.hass, call.context, _interface_of(operation, call))
    context = RequestContext(call.hass, caller, async_query_context(call.hass, caller))
    try:
        named = async_with_listeners(operation, call.data, context)
        parameters = read_public(operation.declares, named)
    except QuestionError as err:
        raise probatio.Invalid(str(err), path=list(err.words.values())[:1]) from err
    with translated_errors():
        result = await async_run(operation, parameters, context)
    if not call.return_response:
        return None
    return (await async_render(operation, result, context)).data


@callback
def _interface_of(operation: Operation[Any, Any], call: ServiceCall) -> Interface:
    """Return WEBSOCKET where a page calls an action itself to show what only actions offer, else ACTION.

    What somebody calls by hand in Developer tools, what an automation calls and what a script calls is called by a
    script.
    """
    connection = current_connection.get()
    by_page = (
        operation.reads
        and not operation.has_speech
        and connection is not None
        and connection.user.id == call.context.user_id
        and not script_stack_cv.get()
    )
    return Interface.WEBSOCKET if by_page else Interface.ACTION
