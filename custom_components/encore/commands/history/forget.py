"""The command that deletes plays."""

from dataclasses import replace
from typing import Annotated, Final, override

from ...const import DOMAIN
from ...dispatch.command import Data, DataCommand
from ...dispatch.request_context import RequestContext
from ...history.deletion.deletion_jobs import ForgetRequest
from ...history.model import Total
from ...history.queries.history_queries import HistoryQueries
from ...history.records.deletion_rules import UNDO_MS, Rule, Why
from ...listeners.listener_groups import refuse_group
from ...questions.base.parameters import (
    END,
    KIND,
    START,
    WINDOW,
    Described,
    Form,
    Parameters,
)
from ...questions.base.query_context import QueryContext
from ...questions.base.scope import KindFilter, WindowParameters, scope_of, window_of
from ...questions.naming.listener_choice import asking_about
from ...questions.naming.named_items import named_play
from ...runtime.moments import iso
from ...runtime.store.history_service import DATA_HISTORY
from ..errors import ForgetAmbiguous, ForgetPlaysAlone, ForgetUnconfirmed
from .deletion_records import NAMES, async_delete, async_total, rule_about, total_data

MOST_PLAYS: Final = 100
"""How many plays can be named at once."""
UNCONFIRMED_PLAYS: Final = 20
"""How many plays are deleted without a confirmation."""

WHEN: Final = replace(
    WINDOW, description="The time period in which they started, by name or date."
)
FROM: Final = replace(
    START, description="The start of the time period, instead of its name."
)
TO: Final = replace(END, description="The end of the time period.")
LISTENER: Final = Described(Form.TEXT, "Only plays of this listener, by name.", "Alva")
ROOM: Final = Described(
    Form.DEVICE,
    "Only plays in this room. A play is deleted everywhere, also if it continued in other rooms.",
    "Kitchen",
)
TRACK: Final = Described(
    Form.TEXT,
    "The title or the Spotify URI of a track or an episode. All releases of a song are the same song.",
    "Slow Rivers",
)
ARTIST: Final = Described(Form.TEXT, "The name of an artist.", "Ilse Vann")
ALBUM: Final = Described(Form.TEXT, "The name of an album.", "Low Water")
SHOW: Final = Described(
    Form.TEXT,
    "The name of a podcast or an audiobook.",
    "Daily Dial",
    title="Podcast",
)
PLAYS: Final = Described(
    Form.PLAY,
    "Only the plays with these IDs, from an answer. Can't be combined with other fields.",
    "1784052060000-969b48f3",
    most=MOST_PLAYS,
    title="Play IDs",
)
OF_KIND: Final = replace(
    KIND,
    description="Only plays of this type.",
    example="podcast",
)
KEEP_AWAY: Final = Described(
    Form.FLAG,
    "Keeps the plays deleted when they are imported or synced again.",
    example=True,
    title="Block re-import",
)
DRY_RUN: Final = Described(
    Form.FLAG, "Only returns how many plays would be deleted.", example=True
)
CONFIRM: Final = Described(
    Form.FLAG,
    "Confirms deleting more than 20 plays. Without it, nothing is deleted, and an error shows how many there are.",
    example=True,
)


class ForgetParameters(Parameters):
    """Which plays, by a rule or by their ids."""

    window: Annotated[str | None, WHEN] = None
    start_time: Annotated[str | None, FROM] = None
    end_time: Annotated[str | None, TO] = None
    listener: Annotated[str | None, LISTENER] = None
    room: Annotated[str | None, ROOM] = None
    track: Annotated[str | None, TRACK] = None
    artist: Annotated[str | None, ARTIST] = None
    album: Annotated[str | None, ALBUM] = None
    show: Annotated[str | None, SHOW] = None
    play_ids: Annotated[tuple[str, ...] | None, PLAYS] = None
    kind: Annotated[KindFilter | None, OF_KIND] = None
    keep_away: Annotated[bool, KEEP_AWAY] = True
    dry_run: Annotated[bool, DRY_RUN] = False
    confirm: Annotated[bool, CONFIRM] = False

    @property
    def has_window(self) -> bool:
        """Whether a time range is given, by name or by its ends."""
        return bool(self.window or self.start_time or self.end_time)

    @property
    def has_rule(self) -> bool:
        """Whether anything but ids of plays is given."""
        others = (self.listener, self.room, self.kind)
        names = (getattr(self, name) for name in NAMES)
        return self.has_window or any((*others, *names))


class DeletePlays(DataCommand[ForgetParameters]):
    """Plays are hidden at once, and removed when the deletion can no longer be undone."""

    description = "Hides plays at once, and deletes them permanently an hour later. They are not imported or synced again. Needs at least one filter. For administrators."

    @override
    async def async_run(self, asked: ForgetParameters, context: RequestContext) -> Data:
        query_context = context.query_context
        hidden = query_context.hidden
        history = context.hass.data[DATA_HISTORY]
        async with history.async_held():
            deletion, total = await history.async_ask(
                lambda queries: _deletion(queries, asked, query_context), hidden=hidden
            )
            total = await async_total(context, deletion, total)
            if asked.dry_run:
                return Data(
                    {
                        "preview": True,
                        **total_data(total),
                        "needs_confirm": total.plays > UNCONFIRMED_PLAYS,
                    }
                )
            if total.plays > UNCONFIRMED_PLAYS and not asked.confirm:
                raise ForgetUnconfirmed(
                    plays=str(total.plays), most=str(UNCONFIRMED_PLAYS)
                )
            deletion = deletion._replace(keep_away=asked.keep_away)
            deleted = await async_delete(context, deletion)
        return Data(
            {
                "preview": False,
                **total_data(total if hidden else deleted.taken),
                "undo_id": deleted.id,
                "undo_until": iso(deleted.asked_at + UNDO_MS),
                "undo": {
                    "action": f"{DOMAIN}.undo_deletion",
                    "data": {"id": deleted.id},
                },
            }
        )


def _deletion(
    queries: HistoryQueries, asked: ForgetParameters, query_context: QueryContext
) -> tuple[ForgetRequest, Total | None]:
    """Return what is to be deleted, and how much that is where it is known by now: for plays by their ids."""
    if asked.play_ids is None:
        return ForgetRequest(
            _rule(queries, asked, query_context), query_context.clock.now
        ), None
    if asked.has_rule:
        raise ForgetPlaysAlone
    plays = [named_play(queries, each) for each in dict.fromkeys(asked.play_ids)]
    listeners = {play.listener.key for play in plays}
    rule = Rule(named=True, listener=listeners.pop() if len(listeners) == 1 else None)
    ids = tuple(play.id for play in plays)
    total = Total(len(plays), sum(play.ms_played for play in plays))
    return ForgetRequest(rule, 0, why=Why.NAMED, plays=ids), total


def _rule(
    queries: HistoryQueries, asked: ForgetParameters, query_context: QueryContext
) -> Rule:
    """Return the rule that the parameters amount to, names looked up."""
    about = WindowParameters(
        window=asked.window,
        start_time=asked.start_time,
        end_time=asked.end_time,
        listener=asked.listener,
        room=asked.room,
    )
    query_context = asking_about(queries, about, query_context)
    scope = scope_of(queries, about, query_context)
    refuse_group(scope)
    if scope.devices or len(scope.listeners) > 1 or scope.assumed:
        raise ForgetAmbiguous
    window = window_of(about, query_context, "").window if asked.has_window else None
    names = {name: getattr(asked, name) for name in NAMES}
    return replace(rule_about(scope, window, asked.kind), **names)
