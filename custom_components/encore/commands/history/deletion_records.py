"""Records of deletions: what deletion commands take and return in common, and those that list and undo deletions, and allow a re-import."""

from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, Final, override

from ...dispatch.command import Data, DataCommand, DataQuestion, NoParameters
from ...dispatch.request_context import RequestContext
from ...history.deletion.deletion_jobs import ForgetRequest, lift
from ...history.errors import ForgettingRefused, Unforgettable
from ...history.model import Total, Window
from ...history.records.deletion_rules import Forgetting, Rule
from ...listeners.housekeeping import async_get_housekeeping
from ...questions.base.operation import ON_PAGES
from ...questions.base.parameters import Described, Form, Parameters
from ...questions.base.scope import KINDS, KindFilter, Scope
from ...runtime.moments import iso, now_ms
from ...runtime.store.history_service import DATA_HISTORY

ID: Final = Described(
    Form.COUNT,
    "The number of the deletion.",
    3,
    most=1_000_000_000,
    title="Deletion ID",
)
NAMES: Final = ("track", "artist", "album", "show")
"""By which names a rule can be about something."""


class DeletionParameters(Parameters):
    """Which deletion."""

    id: Annotated[int, ID]


async def async_require_visible(context: RequestContext, number: int) -> None:
    """Raise ForgettingRefused, as for no record, for the number of a deletion that is hidden from the caller."""
    hidden = context.query_context.hidden
    known = await context.hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.forgettings(hidden=hidden)
    )
    if all(one.id != number for one in known):
        raise ForgettingRefused(Unforgettable.UNKNOWN, str(number))


async def async_total(
    context: RequestContext, request: ForgetRequest, known: Total | None
) -> Total:
    """Return how much a deletion is about: what is known of that, else what the history says of its rule."""
    hidden = context.query_context.hidden
    if known is not None:
        return known
    return await context.hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.forgettable(request.rule, hidden=hidden)
    )


async def async_delete(context: RequestContext, request: ForgetRequest) -> Forgetting:
    """Delete plays on behalf of the caller, and return the record of it."""
    request = request._replace(at=now_ms(), by=context.caller.user_id)
    deleted = await context.hass.data[DATA_HISTORY].async_run(
        lambda store: store.forget(request)
    )
    await async_get_housekeeping(context.hass).async_plan_purge()
    return deleted


def rule_about(scope: Scope, window: Window | None, kind: KindFilter | None) -> Rule:
    """Return the rule of a deletion that is about a scope and a window."""
    return Rule(
        listener=scope.listeners[0].key if scope.listeners else None,
        room=scope.rooms[0].key if scope.rooms else None,
        start=window.start if window else None,
        end=window.end if window else None,
        kind=KINDS[kind] if kind else None,
    )


def total_data(total: Total) -> dict[str, Any]:
    """Return how much was deleted, as JSON can carry it."""
    return {"play_count": total.plays, "minutes": round(total.ms_played / 60_000)}


def taken_data(deletion: Forgetting, hidden: Collection[str]) -> dict[str, Any]:
    """Return how much a deletion took, as far as that says nothing of listeners (by key) hidden from the caller."""
    listener = deletion.rule.listener
    if listener in hidden or (listener is None and hidden):
        return {"play_count": None, "minutes": None}
    return total_data(deletion.taken)


def record_data(deletion: Forgetting, hidden: Collection[str]) -> dict[str, Any]:
    """Return the record of a deletion as JSON can carry it; how much it took as `taken_data` does."""
    rule = deletion.rule
    return {
        "id": deletion.id,
        "listener": rule.listener,
        "room": rule.room,
        "start": iso(rule.start),
        "end": iso(rule.end),
        **{name: getattr(rule, name) for name in NAMES},
        "kind": next(
            (str(name) for name, kind in KINDS.items() if kind is rule.kind), None
        ),
        "reason": str(deletion.why),
        "block_reimport": deletion.keep_away,
        **taken_data(deletion, hidden),
        "requested_at": iso(deletion.asked_at),
        "requested_by": deletion.asked_by,
        "undo_until": iso(deletion.purge_at),
        "undone_at": iso(deletion.undone_at),
        "reimport_allowed_at": iso(deletion.lifted_at),
        "removed_at": iso(deletion.purged_at),
    }


UNDO_ID: Final = replace(
    ID, description="The undo_id that encore.delete_plays returned."
)


class UndoParameters(Parameters):
    """Which deletion."""

    id: Annotated[int, UNDO_ID]


class UndoDeletion(DataCommand[UndoParameters]):
    """Plays that were deleted within the last hour come back."""

    description = (
        "Restores plays that were deleted within the last hour. For administrators."
    )

    @override
    async def async_run(self, asked: UndoParameters, context: RequestContext) -> Data:
        history = context.hass.data[DATA_HISTORY]
        user_id = context.caller.user_id
        async with history.async_held():
            await async_require_visible(context, asked.id)
            undone = await history.async_run(
                lambda store: store.undo_forget(asked.id, now_ms(), user_id)
            )
        return Data(taken_data(undone, context.query_context.hidden))


class AllowReimport(DataCommand[DeletionParameters]):
    """What was deleted may be imported again."""

    description = "Allows deleted plays to be imported or fetched again. They do not come back by themselves; import them again. For administrators."
    interfaces = ON_PAGES

    @override
    async def async_run(
        self, asked: DeletionParameters, context: RequestContext
    ) -> Data:
        history = context.hass.data[DATA_HISTORY]
        user_id = context.caller.user_id
        async with history.async_held():
            await async_require_visible(context, asked.id)
            lifted = await history.async_run(
                lambda store: store.write(
                    lambda connection, ingest: lift(
                        connection, ingest, asked.id, now_ms(), user_id
                    )
                )
            )
        return Data(record_data(lifted, context.query_context.hidden))


class GetDeletions(DataQuestion[NoParameters]):
    """All deletions, but for those of listeners who are hidden from the caller."""

    description = "Returns all deletions: the rule, who requested it and when, the number of plays, and the result. For administrators."
    interfaces = ON_PAGES

    @override
    async def async_run(self, asked: NoParameters, context: RequestContext) -> Data:
        hidden = context.query_context.hidden
        history = context.hass.data[DATA_HISTORY]
        async with history.async_held():
            deletions = await history.async_look_up(
                lambda queries: queries.forgettings(hidden=hidden)
            )
        return Data({"deletions": [record_data(one, hidden) for one in deletions]})
