"""Checks the access level of each question and command, and writes the audit log.

Records stay in the history for 90 days. Each is also fired as an event for the logbook, without its parameters.
What pages, cards and entities read to show it is counted by caller, question and hour instead, and fires no event.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.policy import AccessLevel, Caller, CallerKind, Interface
from ..access.visibility import async_viewers_of_removed, hidden_listeners
from ..const import DOMAIN
from ..history.errors import InvalidWindow
from ..history.records.audit_log import (
    Audited,
    Outcome,
    Reads,
    RequestType,
    note_audited,
)
from ..listeners.linked_listeners import listeners_of_user
from ..questions.base.errors import QuestionError
from ..runtime.store.write_buffer import SAVED_AFTER_S, WriteBuffer

EVENT_AUDITED: Final = f"{DOMAIN}_audited"

_COUNTED_WITHIN_S: Final = 300
"""So long counts may wait to be stored: entities ask every few seconds while something plays."""

_WITHIN: Final[ContextVar[str | None]] = ContextVar("within", default=None)
"""The context (by id) on whose behalf something is done that is noted already; "" for whoever's, None for nobody's.

What begins meanwhile inherits it, such as an automation that follows a change of state: that has a context of its own.
"""


@asynccontextmanager
async def async_audited(
    hass: HomeAssistant,
    caller: Caller,
    *,
    needs: AccessLevel,
    request_type: RequestType,
    what: str,
    values: Mapping[str, object],
    reads: bool = False,
    administrator: bool = False,
) -> AsyncIterator[None]:
    """Do something inside on behalf of a caller, and record what came of it, with the `values` that there are at the end.

    What only `reads` is counted where a page, a card or an entity shows it; where it fails, it is recorded without an
    event. Raises Unauthorized unless the caller has the access level that it `needs`, or is an `administrator`.
    """

    def require() -> None:
        caller.require(needs)
        if administrator:
            caller.require_administrator()

    if _WITHIN.get() in {"", caller.context.id}:
        require()
        yield
        return
    started, at = hass.loop.time(), dt_util.utcnow()
    outcome, reason = Outcome.FAILED, None
    within = _WITHIN.set(caller.context.id)
    try:
        require()
        yield
        outcome = Outcome.DONE
    except Unauthorized as err:
        outcome, reason = Outcome.REFUSED, err.permission
        raise
    except Exception as err:
        reason = _reason(err)
        raise
    finally:
        _WITHIN.reset(within)
        shown = reads and caller.model is None
        shown &= caller.is_entity or caller.interface is Interface.WEBSOCKET
        async_get_audit(hass).note(
            Audited(
                at=round(at.timestamp() * 1000),
                took_ms=round((hass.loop.time() - started) * 1000),
                caller=str(caller.kind),
                who=caller.satellite_id or caller.context.user_id,
                model=caller.model,
                door=str(caller.interface),
                deed=request_type,
                what=what,
                given=dict(values),
                outcome=outcome,
                reason=reason,
                counted=shown and outcome is Outcome.DONE,
            ),
            caller,
            logged=not shown or outcome is Outcome.REFUSED,
        )


@contextmanager
def unnoted() -> Iterator[None]:
    """Do something inside that was noted when it was asked for, such as an answer that is followed; it needs as much trust."""
    within = _WITHIN.set("")
    try:
        yield
    finally:
        _WITHIN.reset(within)


def _reason(error: Exception) -> str:
    """Return the key of an error."""
    if isinstance(error, (QuestionError, InvalidWindow)):
        return error.key
    if isinstance(error, HomeAssistantError) and error.translation_key:
        return error.translation_key
    return type(error).__name__


class Audit:
    """Buffers records until the history has stored them, and fires an event for each."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without a record."""
        self._hass = hass
        self.unstored = WriteBuffer[Audited](hass, "What was asked", note_audited)

    @callback
    def note(self, record: Audited, caller: Caller, *, logged: bool) -> None:
        """Buffer a record, and fire its event if it is to be `logged`."""
        within_s = _COUNTED_WITHIN_S if record.counted else SAVED_AFTER_S
        self.unstored.add(record, within_s)
        if not logged:
            return
        self._hass.bus.async_fire(
            EVENT_AUDITED,
            {
                "caller": record.caller,
                "who": record.who,
                "interface": record.door,
                "type": record.deed,
                "request": None
                if is_private(self._hass, record, None)
                else record.what,
                "outcome": record.outcome,
            },
            context=caller.context,
        )

    async def async_save(self) -> None:
        """Store what waits; what cannot be stored now is tried again with the next."""
        await self.unstored.async_save()


@singleton(HassKey[Audit](f"{DOMAIN}_audit"))
@callback
def async_get_audit(hass: HomeAssistant) -> Audit:
    """Return the audit of this instance."""
    return Audit(hass)


@callback
def is_private(
    hass: HomeAssistant, record: Audited | Reads, reader_id: str | None
) -> bool:
    """Whether what a record says is not for a user, or for everybody (None): a private listener asked."""
    if record.caller == CallerKind.SATELLITE or record.who is None:
        return False
    if reader_id is not None and record.who == reader_id:
        return False
    hidden = hidden_listeners(hass, reader_id)
    if any(one.key in hidden for one in listeners_of_user(hass, record.who)):
        return True
    viewers = async_viewers_of_removed(hass)
    return any(record.who in users for key, users in viewers.items() if key in hidden)


async def async_name_of(hass: HomeAssistant, record: Audited | Reads) -> str | None:
    """Return what the user or the satellite of a record is called."""
    if record.who is None:
        return None
    if record.caller == CallerKind.SATELLITE:
        entity = er.async_get(hass).async_get(record.who)
        return (entity.name or entity.original_name if entity else None) or record.who
    user = await hass.auth.async_get_user(record.who)
    return user.name if user else None
