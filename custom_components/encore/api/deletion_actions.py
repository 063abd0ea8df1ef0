"""The actions that delete plays, undo a deletion, list deletions, and allow a re-import."""

from collections.abc import Collection
from typing import Any, Final

import probatio

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

from ..access.policy import AccessLevel, async_caller
from ..access.visibility import hidden_listeners
from ..const import DOMAIN
from ..dispatch.ask_question import async_asking
from ..dispatch.audit import audited_action
from ..history.deletion.deletion_jobs import Asked, lift
from ..history.errors import ForgettingRefused, Unforgettable
from ..history.model import Total
from ..history.queries.history_queries import HistoryQueries
from ..history.records.audit_log import RequestType
from ..history.records.deletion_rules import UNDO_MS, Forgetting, Rule, Why
from ..listeners.housekeeping import async_get_housekeeping
from ..listeners.listener_groups import refuse_group
from ..questions.naming.listener_choice import asking_about
from ..questions.parameters import LONGEST_TEXT
from ..questions.query_context import QueryContext
from ..questions.scope import KINDS, HeardKind, WindowParameters, scope_of, window_of
from ..runtime.error_translation import translated_errors
from ..runtime.number_validation import whole_number
from ..runtime.store.history_service import DATA_HISTORY, HistoryService
from .play_details import known_play

ACTION_FORGET: Final = "forget"
ACTION_UNDO: Final = "undo_forget"
ACTION_LIFT: Final = "lift_forget"
ACTION_FORGOTTEN: Final = "forgotten"

ATTR_ID: Final = "id"
ATTR_KEEP_AWAY: Final = "keep_away"
ATTR_DRY_RUN: Final = "dry_run"
ATTR_CONFIRM: Final = "confirm"
ATTR_KIND: Final = "kind"
ATTR_PLAYS: Final = "plays"
MOST_PLAYS: Final = 100
"""How many plays can be named at once."""
UNCONFIRMED_PLAYS: Final = 20
"""How many plays go without a confirmation."""

_WHEN: Final = ("window", "start_time", "end_time")
_WHO_AND_WHERE: Final = ("listener", "room")
_WHAT: Final = ("track", "artist", "album", "show")

_text: Final = probatio.All(cv.string, probatio.Length(min=1, max=LONGEST_TEXT))

FORGET_SCHEMA: Final = probatio.Schema(
    {
        **{
            probatio.Optional(name): _text for name in (*_WHEN, *_WHO_AND_WHERE, *_WHAT)
        },
        probatio.Optional(ATTR_KIND): probatio.In(list(HeardKind)),
        probatio.Optional(ATTR_PLAYS): probatio.All(
            cv.ensure_list, [_text], probatio.Length(min=1, max=MOST_PLAYS)
        ),
        probatio.Required(ATTR_KEEP_AWAY, default=True): cv.boolean,
        probatio.Required(ATTR_DRY_RUN, default=False): cv.boolean,
        probatio.Required(ATTR_CONFIRM, default=False): cv.boolean,
    }
)
NO_FIELDS: Final = probatio.Schema({})
ID_SCHEMA: Final = probatio.Schema({probatio.Required(ATTR_ID): whole_number(0)})


@callback
def async_register_forgetting(hass: HomeAssistant) -> None:
    """Register the actions."""
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    for action, answer, schema, responds, deed in (
        (ACTION_FORGET, _async_forget, FORGET_SCHEMA, optional, RequestType.COMMAND),
        (ACTION_UNDO, _async_undo, ID_SCHEMA, optional, RequestType.COMMAND),
        (ACTION_LIFT, _async_lift, ID_SCHEMA, optional, RequestType.COMMAND),
        (ACTION_FORGOTTEN, _async_forgotten, NO_FIELDS, only, RequestType.QUESTION),
    ):
        hass.services.async_register(
            DOMAIN,
            action,
            audited_action(action, AccessLevel.AUTONOMOUS, answer, deed),
            schema=schema,
            supports_response=responds,
        )


async def _async_forget(call: ServiceCall) -> ServiceResponse:
    """Forget what is named, or count what that would take. Raises ServiceValidationError for many plays that are not confirmed."""
    hass, data = call.hass, call.data
    caller = await async_caller(hass, call.context)
    query_context = async_asking(hass, caller)
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            wanted, would_go = await memory.async_ask(
                lambda queries: _asked_and_count(queries, data, query_context),
                hidden=query_context.withheld,
            )
            if would_go is None:
                would_go = await memory.async_look_up(
                    lambda queries: queries.forgettable(
                        wanted.rule, hidden=query_context.withheld
                    )
                )
            if data[ATTR_DRY_RUN]:
                return {
                    ATTR_DRY_RUN: True,
                    **_counted(would_go),
                    "needs_confirm": would_go.plays > UNCONFIRMED_PLAYS,
                }
            if would_go.plays > UNCONFIRMED_PLAYS and not data[ATTR_CONFIRM]:
                raise ServiceValidationError(
                    translation_domain=DOMAIN,
                    translation_key="forget_unconfirmed",
                    translation_placeholders={
                        "plays": str(would_go.plays),
                        "most": str(UNCONFIRMED_PLAYS),
                    },
                )
            asked = wanted._replace(
                at=now(), by=call.context.user_id, keep_away=data[ATTR_KEEP_AWAY]
            )
            forgotten = await memory.async_run(lambda history: history.forget(asked))
            await async_get_housekeeping(hass).async_plan_purge()
    return {
        ATTR_DRY_RUN: False,
        **_counted(would_go if query_context.withheld else forgotten.taken),
        "undo_id": forgotten.id,
        "undo_until": _iso(forgotten.asked_at + UNDO_MS),
        "undo": {"action": f"{DOMAIN}.{ACTION_UNDO}", "data": {ATTR_ID: forgotten.id}},
    }


async def _async_undo(call: ServiceCall) -> ServiceResponse:
    """Bring back what was forgotten within the last hour."""
    hass = call.hass
    withheld = hidden_listeners(hass, call.context.user_id)
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            await _async_require_told(memory, call.data[ATTR_ID], withheld)
            undone = await memory.async_run(
                lambda history: history.undo_forget(
                    call.data[ATTR_ID], now(), call.context.user_id
                )
            )
    return _taken(undone, withheld)


async def _async_lift(call: ServiceCall) -> ServiceResponse:
    """Let in from now on what was kept away."""
    hass = call.hass
    withheld = hidden_listeners(hass, call.context.user_id)
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            await _async_require_told(memory, call.data[ATTR_ID], withheld)
            lifted = await memory.async_run(
                lambda history: history.write(
                    lambda connection, ingest: lift(
                        connection,
                        ingest,
                        call.data[ATTR_ID],
                        now(),
                        call.context.user_id,
                    )
                )
            )
    return _recorded(lifted, withheld)


async def _async_forgotten(call: ServiceCall) -> ServiceResponse:
    """Tell all that was forgotten, and who asked for it; not of whom the caller may not hear."""
    hass = call.hass
    withheld = hidden_listeners(hass, call.context.user_id)
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            kept = await memory.async_look_up(
                lambda queries: queries.forgettings(hidden=withheld)
            )
    return {"forgotten": [_recorded(one, withheld) for one in kept]}


def now() -> int:
    """Return this moment in UTC milliseconds."""
    return round(dt_util.utcnow().timestamp() * 1000)


async def _async_require_told(
    memory: HistoryService, number: int, withheld: frozenset[str]
) -> None:
    """Raise ForgettingRefused, as for no record, for the number of one of which the caller may not hear."""
    kept = await memory.async_look_up(
        lambda queries: queries.forgettings(hidden=withheld)
    )
    if all(one.id != number for one in kept):
        raise ForgettingRefused(Unforgettable.UNKNOWN, str(number))


def _taken(kept: Forgetting, withheld: Collection[str]) -> dict[str, Any]:
    """Return what a record took, as far as that says nothing of whom the caller may not hear of."""
    listener = kept.rule.listener
    if listener in withheld or (listener is None and withheld):
        return {"plays": None, "minutes": None}
    return _counted(kept.taken)


def _asked_and_count(
    queries: HistoryQueries, data: dict[str, Any], query_context: QueryContext
) -> tuple[Asked, Total | None]:
    """Return what the fields of an action amount to, and what it would take, if that is known by now: for plays that are named."""
    if ATTR_PLAYS in data:
        return _named(queries, data)
    return Asked(_rule(queries, data, query_context), query_context.clock.now), None


def _named(queries: HistoryQueries, data: dict[str, Any]) -> tuple[Asked, Total]:
    """Return the plays that are named by their ids as what is to be forgotten. Raises UnknownPlay."""
    if any(data.get(name) for name in (*_WHEN, *_WHO_AND_WHERE, *_WHAT, ATTR_KIND)):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="forget_plays_alone"
        )
    plays = [known_play(queries, each) for each in dict.fromkeys(data[ATTR_PLAYS])]
    whose = {play.listener.key for play in plays}
    rule = Rule(named=True, listener=whose.pop() if len(whose) == 1 else None)
    asked = Asked(rule, 0, why=Why.NAMED, plays=tuple(play.id for play in plays))
    return asked, Total(len(plays), sum(play.ms_played for play in plays))


def _rule(
    queries: HistoryQueries, data: dict[str, Any], query_context: QueryContext
) -> Rule:
    """Return the rule that the fields of an action amount to, names looked up."""
    asked = WindowParameters(
        **{name: data.get(name) for name in (*_WHEN, *_WHO_AND_WHERE)}
    )
    query_context = asking_about(queries, asked, query_context)
    scope = scope_of(queries, asked, query_context)
    refuse_group(scope)
    if scope.devices or len(scope.listeners) > 1 or scope.assumed:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="forget_ambiguous"
        )
    window = None
    if any(data.get(name) for name in _WHEN):
        window = window_of(asked, query_context, "").window
    kind = data.get(ATTR_KIND)
    return Rule(
        listener=scope.listeners[0].key if scope.listeners else None,
        room=scope.rooms[0].key if scope.rooms else None,
        start=window.start if window else None,
        end=window.end if window else None,
        kind=KINDS[HeardKind(kind)] if kind else None,
        track=data.get("track"),
        artist=data.get("artist"),
        album=data.get("album"),
        show=data.get("show"),
    )


def _counted(total: Total) -> dict[str, Any]:
    return {"plays": total.plays, "minutes": round(total.ms_played / 60_000)}


def _recorded(kept: Forgetting, withheld: Collection[str]) -> dict[str, Any]:
    """Return a record as JSON can carry it."""
    rule = kept.rule
    return {
        ATTR_ID: kept.id,
        "listener": rule.listener,
        "room": rule.room,
        "start": _iso(rule.start),
        "end": _iso(rule.end),
        **{name: getattr(rule, name) for name in _WHAT},
        ATTR_KIND: next(
            (str(name) for name, kind in KINDS.items() if kind is rule.kind), None
        ),
        "why": str(kept.why),
        ATTR_KEEP_AWAY: kept.keep_away,
        **_taken(kept, withheld),
        "asked_at": _iso(kept.asked_at),
        "asked_by": kept.asked_by,
        "undo_until": _iso(kept.purge_at),
        "undone_at": _iso(kept.undone_at),
        "lifted_at": _iso(kept.lifted_at),
        "removed_at": _iso(kept.purged_at),
    }


def _iso(moment: int | None) -> str | None:
    if moment is None:
        return None
    local = dt_util.as_local(dt_util.utc_from_timestamp(moment / 1000))
    return local.isoformat(timespec="seconds")
