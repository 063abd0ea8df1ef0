"""The action that returns the audit log to administrators."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..access.policy import CallerKind, async_caller
from ..const import DOMAIN
from ..dispatch.audit import async_get_audit, async_name_of, is_private
from ..history.queries.operational_queries import OperationalQueries
from ..history.records.audit_log import DAY_MS, Audited, Outcome, Reads, RequestType
from ..runtime.error_translation import translated_errors
from ..runtime.moments import iso
from ..runtime.number_validation import whole_number
from ..runtime.store.history_service import DATA_HISTORY

ACTION_AUDIT: Final = "audit"
ATTR_DAYS: Final = "days"
ATTR_LIMIT: Final = "limit"
ATTR_DEED: Final = "deed"
ATTR_OUTCOME: Final = "outcome"
ATTR_READS: Final = "reads"

_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(ATTR_DAYS, default=1): whole_number(1, 90),
        probatio.Optional(ATTR_LIMIT, default=100): whole_number(1, 1000),
        probatio.Optional(ATTR_DEED): probatio.Coerce(RequestType),
        probatio.Optional(ATTR_OUTCOME): probatio.Coerce(Outcome),
        probatio.Optional(ATTR_READS, default=False): cv.boolean,
    }
)


@callback
def async_register_audit(hass: HomeAssistant) -> None:
    """Register the action."""
    hass.services.async_register(
        DOMAIN,
        ACTION_AUDIT,
        _async_audit,
        schema=_SCHEMA,
        supports_response=SupportsResponse.ONLY,
    )


async def _async_audit(call: ServiceCall) -> ServiceResponse:
    """Return the newest records, and what was only counted where that is asked for; what private listeners asked is theirs to know.

    Raises Unauthorized unless an administrator asks.
    """
    hass, data = call.hass, call.data
    caller = await async_caller(hass, call.context)
    if caller.kind is not CallerKind.ADMINISTRATOR:
        raise Unauthorized(context=call.context, permission=ACTION_AUDIT)
    since = round(dt_util.utcnow().timestamp() * 1000) - data[ATTR_DAYS] * DAY_MS
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            await async_get_audit(hass).async_save()
            found, counted = await memory.async_look_up(partial(_known, since, data))
    reader = caller.user_id
    told: dict[str, Any] = {
        "records": [await _async_data(hass, one, reader) for one in found]
    }
    if data[ATTR_READS]:
        told["reads"] = [await _async_reads_data(hass, one, reader) for one in counted]
    return told


def _known(
    since: int, data: Mapping[str, Any], queries: OperationalQueries
) -> tuple[list[Audited], list[Reads]]:
    limit: int = data[ATTR_LIMIT]
    deed, outcome = data.get(ATTR_DEED), data.get(ATTR_OUTCOME)
    return (
        queries.audited(since, limit, deed=deed, outcome=outcome),
        queries.reads(since, limit, deed=deed, outcome=outcome),
    )


async def _async_data(
    hass: HomeAssistant, record: Audited, reader_id: str | None
) -> dict[str, Any]:
    private = is_private(hass, record, reader_id)
    return {
        "at": iso(record.at),
        "caller": record.caller,
        "name": await async_name_of(hass, record),
        "model": record.model,
        "door": record.door,
        "deed": str(record.deed),
        "what": None if private else record.what,
        "given": None if private else dict(record.given),
        "private": private,
        "outcome": str(record.outcome),
        "reason": record.reason,
        "took_ms": record.took_ms,
    }


async def _async_reads_data(
    hass: HomeAssistant, reads: Reads, reader_id: str | None
) -> dict[str, Any]:
    private = is_private(hass, reads, reader_id)
    return {
        "hour": iso(reads.hour),
        "caller": reads.caller,
        "name": await async_name_of(hass, reads),
        "door": reads.door,
        "deed": str(reads.deed),
        "what": None if private else reads.what,
        "private": private,
        "outcome": str(reads.outcome),
        "times": reads.times,
    }
