"""Question: on which weekday is most listened."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, override

from ..history.model import By, Total
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.ranges import WEEKDAYS, NamedWindow
from .answer import WindowAnswer, total_data
from .parameters import BY
from .query_context import QueryContext
from .registry import Question
from .scope import Scope, WindowParameters, scope_of, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdaysParameters(WindowParameters):
    """Whose plays, where, when, and what is counted."""

    by: Annotated[By, BY] = By.MINUTES


@dataclass(frozen=True, slots=True)
class Weekday:
    """What began on one weekday, by the clock of the home."""

    number: int
    """Monday is 0."""
    total: Total
    days: int
    """How many such days the recorded part of the time range has."""

    @property
    def average_ms(self) -> int:
        """The time on one such day, in milliseconds."""
        return round(self.total.ms_played / self.days) if self.days else 0

    @property
    def average_plays(self) -> int:
        """The plays on one such day, in whole plays."""
        return round(self.total.plays / self.days) if self.days else 0

    def as_data(self) -> dict[str, object]:
        """Return its sums, and what one such day has of them."""
        return {
            **total_data(self.total),
            "days": self.days,
            "minutes_a_day": round(self.average_ms / 60_000),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdaysAnswer(WindowAnswer):
    """The seven weekdays, Monday first."""

    by: By
    total: Total
    weekdays: tuple[Weekday, ...]

    @property
    def most(self) -> Weekday | None:
        """The weekday with the most; of equal ones the first."""
        if not self.total.plays:
            return None
        return max(self.weekdays, key=self._counted)

    def _counted(self, day: Weekday) -> int:
        return day.total.plays if self.by is By.PLAYS else day.total.ms_played

    @override
    def as_data(self) -> dict[str, object]:
        first = self.scope.clock.first_weekday
        days = (*self.weekdays[first:], *self.weekdays[:first])
        most = self.most
        return {
            **self.about,
            "by": str(self.by),
            "total": total_data(self.total),
            "weekdays": {WEEKDAYS[each.number]: each.as_data() for each in days},
            "most": most and {"weekday": WEEKDAYS[most.number], **most.as_data()},
        }


class Weekdays(Question[WeekdaysParameters, WeekdaysAnswer]):
    """How much is listened on Mondays, on Tuesdays, and so on."""

    key = "weekdays"
    title = "Days of the week"
    description = (
        "Answers on which weekday most was played: how much on each in all and a day."
    )
    icon = "mdi:calendar-week"
    declares = WeekdaysParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: WeekdaysParameters,
        query_context: QueryContext,
    ) -> WeekdaysAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        plays = queries.select(when.window, **scope.filters)
        hours = plays.hours_of_week(query_context.clock.zone)
        played, ms = (
            counted.reshape(7, 24).sum(axis=1)
            for counted in (hours.plays, hours.ms_played)
        )
        return WeekdaysAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=plays.total(),
            weekdays=tuple(
                Weekday(day, Total(int(played[day]), int(ms[day])), count)
                for day, count in enumerate(_days(when, scope))
            ),
        )


def _days(when: NamedWindow, scope: Scope) -> list[int]:
    """Return how often each weekday, Monday first, occurs from when the record begins until now at most."""
    clock = scope.clock
    start = max(when.window.start, scope.recorded_from or 0)
    end = min(when.window.end, clock.now + 1)
    if start >= end:
        return [0] * 7
    first, last = (clock.local(moment).date() for moment in (start, end - 1))
    return [_count(first, last, weekday) for weekday in range(7)]


def _count(first: date, last: date, weekday: int) -> int:
    """Return how often a weekday occurs from one date to another, both included."""
    until_first = (weekday - first.weekday()) % 7
    return ((last - first).days - until_first) // 7 + 1
