"""The commands that list deletions, undo them, and allow a re-import."""

from dataclasses import dataclass, replace
from typing import Annotated, Final, override

from ...dispatch.command import Data, DataCommand, DataQuestion, NoParameters
from ...dispatch.request_context import RequestContext
from ...history.deletion.deletion_jobs import lift
from ...questions.base.operation import ON_PAGES
from ...runtime.moments import now_ms
from ...runtime.store.history_service import DATA_HISTORY
from .deletion_records import (
    ID,
    DeletionParameters,
    async_require_visible,
    record_data,
    taken_data,
)

UNDO_ID: Final = replace(
    ID, description="The undo_id that encore.delete_plays returned."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoParameters:
    """Which deletion."""

    id: Annotated[int, UNDO_ID]


class UndoDeletion(DataCommand[UndoParameters]):
    """Plays that were deleted within the last hour come back."""

    description = (
        "Restores plays that were deleted within the last hour. For administrators."
    )
    icon = "mdi:undo"

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

    title = "Allow re-import"
    description = "Allows deleted plays to be imported or fetched again. They do not come back by themselves; import them again. For administrators."
    icon = "mdi:lock-open-outline"
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
    icon = "mdi:clipboard-text-clock-outline"
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
