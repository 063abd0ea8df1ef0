"""What deletion commands take and return in common: the record of a deletion."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any, Final

from ...dispatch.request_context import RequestContext
from ...history.errors import ForgettingRefused, Unforgettable
from ...history.model import Total
from ...history.records.deletion_rules import Forgetting
from ...questions.base.parameters import Described, Form
from ...questions.base.scope import KINDS
from ...runtime.moments import iso
from ...runtime.store.history_service import DATA_HISTORY

ID: Final = Described(
    Form.COUNT,
    "Deletion ID",
    "The number of the deletion.",
    3,
    most=1_000_000_000,
)
NAMES: Final = ("track", "artist", "album", "show")
"""By which names a rule can be about something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionParameters:
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
