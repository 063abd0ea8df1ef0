"""Question: for how long was something played."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import override

from ..history.columns.timelines import Step, with_more
from ..history.model import Kind, Play, Total
from ..history.queries.history_queries import HistoryQueries
from .active_plays import began_and_sounded, counted_under_way, total_with
from .answer import WindowAnswer, total_data
from .query_context import QueryContext
from .registry import Question
from .scope import KINDS, Scope, WindowParameters, scope_of, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningTimeAnswer(WindowAnswer):
    """How long it sounded: in all, by kind, and on how many days."""

    total: Total
    kinds: dict[Kind, Total]
    days: int
    """Local days on which something began."""
    longest_day: tuple[date, Total] | None
    """The day with the most time."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "total": total_data(self.total),
            "kinds": {
                str(name): total_data(self.kinds[kind])
                for name, kind in KINDS.items()
                if kind in self.kinds
            },
            "days": self.days,
            "minutes_a_day": round(self.total.ms_played / 60_000 / self.days)
            if self.days
            else 0,
            "longest_day": {
                "date": self.longest_day[0].isoformat(),
                **total_data(self.longest_day[1]),
            }
            if self.longest_day
            else None,
        }


class ListeningTime(Question[WindowParameters, ListeningTimeAnswer]):
    """The time that the plays of a window sounded."""

    key = "listening_time"
    title = "Listening time"
    description = "Answers for how long something was played in a window: in all, by kind, and by day."
    icon = "mdi:timer-music-outline"
    declares = WindowParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: WindowParameters,
        query_context: QueryContext,
    ) -> ListeningTimeAnswer:
        when = window_of(asked, query_context, default="today")
        scope = scope_of(queries, asked, query_context)
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
            longest = (
                days.starts[most].item().date(),
                Total(int(days.counts.plays[most]), int(days.counts.ms_played[most])),
            )
        return ListeningTimeAnswer(
            scope=scope,
            when=when,
            total=total_with(plays.total(), under_way, scope),
            kinds=_by_kind(plays.by_kind(), under_way, scope),
            days=len(days.starts),
            longest_day=longest,
        )


def _by_kind(
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
