"""Question: on which weekday is most listened."""

from typing import Annotated, override

from ..history.model import By, Total
from ..history.time_ranges.ranges import WEEKDAYS, NamedWindow
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY
from .base.question import Query, WindowQuestion
from .base.response import Minutes
from .base.scope import Scope, WindowParameters


class WeekdaysParameters(WindowParameters):
    """Whose plays, where, when, and what is counted."""

    by: Annotated[By, BY] = By.MINUTES


class Weekday(
    Amount,
    frozen=True,
    kw_only=True,
    rename={"plays": "play_count", "minutes_a_day": "minutes_per_day"},
):
    """What began on one weekday, by the clock of the home."""

    days: int
    """How many such days the recorded part of the time range has."""
    minutes_a_day: Minutes

    @property
    def average_plays(self) -> int:
        """The plays on one such day, in whole plays."""
        return round(self.plays / self.days) if self.days else 0


class NamedWeekday(Weekday, frozen=True, kw_only=True):
    """A weekday by its name."""

    weekday: str

    @property
    def number(self) -> int:
        """Monday is 0."""
        return WEEKDAYS.index(self.weekday)


class WeekdaysAnswer(WindowAnswer, kw_only=True):
    """The seven weekdays, in the order of the home's weeks."""

    by: By
    total: Amount
    weekdays: dict[str, Weekday]
    most: NamedWeekday | None
    """The weekday with the most; of equal ones the first."""


class Weekdays(WindowQuestion[WeekdaysParameters, WeekdaysAnswer]):
    """How much is listened on Mondays, on Tuesdays, and so on."""

    action = "get_weekdays"
    title = "Days of the week"
    description = (
        "Returns how much was played on each weekday, in total and on an average day."
    )

    @override
    def answer_within(self, query: Query[WeekdaysParameters]) -> WeekdaysAnswer:
        queries, asked, query_context, scope, when = query
        plays = queries.select(when.window, **scope.filters)
        hours = plays.hours_of_week(query_context.clock.zone)
        played, ms = (
            counted.reshape(7, 24).sum(axis=1)
            for counted in (hours.plays, hours.ms_played)
        )
        counts = days_in(when, scope)

        def weekday[W: Weekday](kind: type[W], day: int, **others: str) -> W:
            days = counts[day]
            return kind.of(
                Total(int(played[day]), int(ms[day])),
                days=days,
                minutes_a_day=Minutes.of(round(int(ms[day]) / days) if days else 0),
                **others,
            )

        most = int((played if asked.by is By.PLAYS else ms).argmax())
        first = scope.clock.first_weekday
        return WeekdaysAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=Amount.of(plays.total()),
            weekdays={
                WEEKDAYS[day]: weekday(Weekday, day)
                for day in (*range(first, 7), *range(first))
            },
            most=weekday(NamedWeekday, most, weekday=WEEKDAYS[most])
            if len(plays)
            else None,
        )


def days_in(when: NamedWindow, scope: Scope) -> list[int]:
    """Return how often each weekday, Monday first, occurs from when the record begins until now at most."""
    clock = scope.clock
    start = max(when.window.start, scope.recorded_from or 0)
    end = min(when.window.end, clock.now + 1)
    if start >= end:
        return [0] * 7
    first, last = (clock.local(moment).date() for moment in (start, end - 1))
    untils = ((weekday - first.weekday()) % 7 for weekday in range(7))
    return [((last - first).days - until) // 7 + 1 for until in untils]
