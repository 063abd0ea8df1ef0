"""Question: for how long was something played."""

from collections.abc import Sequence
from dataclasses import field
from typing import override

from ..history.columns.timelines import Step, with_more
from ..history.model import Kind, Play, Total
from .base.active_plays import began_and_sounded, counted_under_way, total_with
from .base.answer import Amount, DayAmount, WindowAnswer, by_kind
from .base.question import Query, WindowQuestion
from .base.response import called
from .base.scope import KindFilter, Scope, WindowParameters


class ListeningTimeAnswer(WindowAnswer, kw_only=True):
    """How long it sounded: in all, by kind, and on how many days."""

    total: Amount
    kinds: dict[KindFilter, Amount]
    days: int
    """Local days on which something began."""
    minutes_a_day: int = field(metadata=called("minutes_per_day"))
    longest_day: DayAmount | None
    """The day with the most time."""


class ListeningTime(WindowQuestion[WindowParameters, ListeningTimeAnswer]):
    """The time that the plays of a window sounded."""

    action = "get_listening_time"
    description = (
        "Returns the listening time in a time period: in total, by type, and by day."
    )
    usual_window = "today"

    @override
    def answer_within(self, query: Query[WindowParameters]) -> ListeningTimeAnswer:
        queries, asked, query_context, scope, when = query
        plays = queries.select(when.window, **scope.filters)
        under_way = counted_under_way(queries, query_context, scope, when.window)
        days = with_more(
            plays.by_day(query_context.clock.zone),
            began_and_sounded(under_way, scope, query_context.clock),
            Step.DAY,
        )
        longest = None
        if len(days.starts):
            most = int(days.counts.ms_played.argmax())
            longest = DayAmount.of(
                days.counts.of(most), date=days.starts[most].item().date()
            )
        total = total_with(plays.total(), under_way, scope)
        count = len(days.starts)
        return ListeningTimeAnswer(
            scope=scope,
            when=when,
            total=Amount.of(total),
            kinds=by_kind(_with_under_way(plays.by_kind(), under_way, scope)),
            days=count,
            minutes_a_day=round(total.ms_played / 60_000 / count) if count else 0,
            longest_day=longest,
        )


def _with_under_way(
    kinds: dict[Kind, Total], under_way: Sequence[Play], scope: Scope
) -> dict[Kind, Total]:
    """Return the totals of kinds together with plays under way; a kind that is missing is left out."""
    among = {
        play.item.kind: kinds.get(play.item.kind, Total(0, 0)) for play in under_way
    }
    return kinds | {
        kind: total_with(
            total, [play for play in under_way if play.item.kind is kind], scope
        )
        for kind, total in among.items()
    }
