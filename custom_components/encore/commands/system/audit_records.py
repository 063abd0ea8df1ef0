"""The command that returns the audit log to administrators."""

from typing import Annotated, Any, Final, override

from homeassistant.core import HomeAssistant

from ...dispatch.audit import async_get_audit, async_name_of, is_private
from ...dispatch.command import Data, DataQuestion
from ...dispatch.request_context import RequestContext
from ...history.queries.operational_queries import OperationalQueries
from ...history.records.audit_log import DAY_MS, Audited, Outcome, Reads, RequestType
from ...questions.base.operation import ON_PAGES
from ...questions.base.parameters import Described, Form, Parameters
from ...runtime.moments import iso, now_ms
from ...runtime.store.history_service import DATA_HISTORY
from ..parameters import limit_of

DAYS: Final = Described(
    Form.COUNT,
    "Number of days. Default: today. Records are kept for 90 days.",
    7,
    most=90,
)
LIMIT: Final = limit_of("", 100, 100, 1000)
DEED: Final = Described(
    Form.FILTER, "Only questions, or only commands.", "command", list_name="deed"
)
OUTCOME: Final = Described(
    Form.FILTER, "Only what was done, refused, or failed.", "refused"
)
READS: Final = Described(
    Form.FLAG,
    "Also return how often pages, cards and entities read something, by hour and caller.",
    example=True,
)


class AuditParameters(Parameters):
    """Which records, and how many."""

    days: Annotated[int, DAYS] = 1
    limit: Annotated[int, LIMIT] = 100
    deed: Annotated[RequestType | None, DEED] = None
    outcome: Annotated[Outcome | None, OUTCOME] = None
    reads: Annotated[bool, READS] = False


class GetAuditLog(DataQuestion[AuditParameters]):
    """The newest records, and the counts where they are asked for; what private listeners asked is for them alone."""

    description = "Returns who requested what, newest first, with the interface, the result and the reason. Requests of private listeners have no content. For administrators."
    interfaces = ON_PAGES
    administrators_only = True

    @override
    async def async_run(self, asked: AuditParameters, context: RequestContext) -> Data:
        hass, reader = context.hass, context.caller.user_id
        since = now_ms() - asked.days * DAY_MS

        def look_up(
            queries: OperationalQueries,
        ) -> tuple[list[Audited], list[Reads]]:
            limit, deed, outcome = asked.limit, asked.deed, asked.outcome
            return (
                queries.audited(since, limit, deed=deed, outcome=outcome),
                queries.reads(since, limit, deed=deed, outcome=outcome),
            )

        history = hass.data[DATA_HISTORY]
        async with history.async_held():
            await async_get_audit(hass).async_save()
            found, counted = await history.async_look_up(look_up)
        data: dict[str, Any] = {
            "records": [await _async_data(hass, one, reader) for one in found]
        }
        if asked.reads:
            data["reads"] = [await _async_data(hass, one, reader) for one in counted]
        return Data(data)


async def _async_data(
    hass: HomeAssistant, record: Audited | Reads, reader_id: str | None
) -> dict[str, Any]:
    private = is_private(hass, record, reader_id)
    data = {
        "caller": record.caller,
        "name": await async_name_of(hass, record),
        "interface": record.door,
        "type": str(record.deed),
        "request": None if private else record.what,
        "private": private,
        "outcome": str(record.outcome),
    }
    if isinstance(record, Reads):
        return {**data, "hour": iso(record.hour), "times": record.times}
    return {
        **data,
        "at": iso(record.at),
        "model": record.model,
        "parameters": None if private else dict(record.given),
        "reason": record.reason,
        "duration_ms": record.took_ms,
    }
