"""The action that writes a listener's history into a file."""

from pathlib import Path
from typing import Final

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..access.account_listener import async_listener
from ..access.policy import AccessLevel, Caller, async_caller
from ..const import DOMAIN
from ..dispatch.ask_question import async_asking
from ..dispatch.audit import audited_action
from ..history.exports.exporter import ExportFormat, ToExport
from ..history.model import Listener
from ..history.queries.history_queries import HistoryQueries
from ..listeners.linked_listeners import listener_zones, visible_accounts
from ..listeners.listener_groups import refuse_group
from ..questions.parameters import LONGEST_TEXT
from ..questions.query_context import QueryContext
from ..questions.scope import WindowParameters, scope_of
from ..runtime.error_translation import translated_errors
from ..runtime.jobs import DATA_JOBS
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.allowed_paths import async_require_allowed

ACTION_EXPORT: Final = "export_history"

ATTR_FORMAT: Final = "format"
ATTR_LISTENER: Final = "listener"
ATTR_OVERWRITE: Final = "overwrite"
ATTR_PATH: Final = "path"

EXPORT_SCHEMA: Final = probatio.Schema(
    {
        probatio.Exclusive(ATTR_CONFIG_ENTRY_ID, "whose"): cv.string,
        probatio.Exclusive(ATTR_LISTENER, "whose"): probatio.All(
            cv.string, probatio.Length(min=1, max=LONGEST_TEXT)
        ),
        probatio.Required(ATTR_PATH): cv.string,
        probatio.Optional(ATTR_FORMAT, default=ExportFormat.JSON): probatio.Coerce(
            ExportFormat
        ),
        probatio.Optional(ATTR_OVERWRITE, default=False): cv.boolean,
    }
)


@callback
def async_register_export(hass: HomeAssistant) -> None:
    """Register the action."""
    hass.services.async_register(
        DOMAIN,
        ACTION_EXPORT,
        audited_action(ACTION_EXPORT, AccessLevel.AUTONOMOUS, _async_export),
        schema=EXPORT_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )


async def _async_export(call: ServiceCall) -> ServiceResponse:
    """Write the history of a listener into a file, and say what that came to."""
    hass, data = call.hass, call.data
    caller = await async_caller(hass, call.context)
    path: str = data[ATTR_PATH]
    await async_require_allowed(hass, path)
    with translated_errors():
        listener = await _async_whose(call, caller)
        exported = await hass.data[DATA_JOBS].async_export(
            ToExport(
                listener,
                Path(path),
                data[ATTR_FORMAT],
                dict(listener_zones(hass)).get(listener, dt_util.DEFAULT_TIME_ZONE),
                overwrite=data[ATTR_OVERWRITE],
            )
        )
    if not call.return_response:
        return None
    return {
        ATTR_PATH: path,
        "plays": exported.plays,
        "bytes": exported.bytes,
        "cancelled": exported.cancelled,
    }


async def _async_whose(call: ServiceCall, caller: Caller) -> Listener:
    """Return the listener of an account, or who is called by a name: the history may reach further than the accounts."""
    hass, data = call.hass, call.data
    if name := data.get(ATTR_LISTENER):
        query_context = async_asking(hass, caller)
        memory = hass.data[DATA_HISTORY]
        async with memory.async_held():
            return await memory.async_ask(
                lambda queries: _named(queries, name, query_context),
                hidden=query_context.withheld,
            )
    for entry in visible_accounts(hass, caller.user_id):
        if entry.entry_id == data.get(ATTR_CONFIG_ENTRY_ID):
            return async_listener(hass, entry)
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="not_an_account"
    )


def _named(queries: HistoryQueries, name: str, query_context: QueryContext) -> Listener:
    scope = scope_of(queries, WindowParameters(listener=name), query_context)
    refuse_group(scope)
    if len(scope.listeners) != 1 or scope.assumed:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="export_ambiguous"
        )
    return scope.listeners[0]
