"""The question: for how long was something played in a window."""

from dataclasses import dataclass
from datetime import date
from typing import override

from ..history.model import Kind, Total
from ..history.recall import Recall
from .answer import WindowAnswer, total_data
from .asking import Asking
from .registry import Question
from .scope import KINDS, WindowParameters, scope_of, window_of


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
        self, recall: Recall, asked: WindowParameters, asking: Asking
    ) -> ListeningTimeAnswer:
        when = window_of(asked, asking, default="today")
        scope = scope_of(recall, asked, asking)
        plays = recall.select(when.window, **scope.filters)
        days = plays.by_day(asking.clock.zone)
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
            total=plays.total(),
            kinds=plays.by_kind(),
            days=len(days.starts),
            longest_day=longest,
        )
