"""Question: what was played on this day in other years."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, override

from ..history.columns.ranking import KINDS_RANKED
from ..history.errors import UnknownWindow
from ..history.model import By, Play, TopEntry, TopOf, Total, Window
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.local_clock import DAY, Clock
from ..history.time_ranges.ranges import resolve_window
from .answer import (
    AnsweredTrack,
    WindowAnswer,
    entry_data,
    play_data,
    total_data,
    tracks_of_top,
)
from .parameters import BY, SPOKEN, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of

DATE: Final = Described(
    Form.WINDOW,
    "Date",
    "Which day, whatever its year: today if left out, else a date or a name such as july_14 or yesterday.",
    "december_24",
)
EACH_YEAR: Final = Described(
    Form.COUNT,
    "Limit",
    "How many tracks to name of each year; 3 if left out.",
    5,
    most=100,
)
NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThisDayParameters(WindowParameters):
    """Which day, in which window's years, whose plays and where."""

    date: Annotated[str | None, DATE] = None
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH_YEAR] = None


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """One such day on which something was played."""

    day: date
    total: Total
    first: Play | None
    top: tuple[TopEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThisDayAnswer(WindowAnswer):
    """The same day of several years, the latest first."""

    day: date
    """The day that was asked for, in the year in which it was found."""
    by: By
    years: tuple[DayOfYear, ...]
    anything: bool
    """Whether the window has any play at all."""

    @property
    def spoken(self) -> tuple[DayOfYear, ...]:
        """What is told."""
        return self.years[:SPOKEN]

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(
            TopOf.TRACKS, (entry for year in self.years for entry in year.top)
        )

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "month": self.day.month,
            "day": self.day.day,
            "by": str(self.by),
            "years": [
                {
                    "date": each.day.isoformat(),
                    **total_data(each.total),
                    "first": play_data(each.first, self.scope) if each.first else None,
                    "top": [entry_data(entry) for entry in each.top],
                }
                for each in self.years
            ],
        }


class OnThisDay(Question[OnThisDayParameters, OnThisDayAnswer]):
    """A day in each year of the window, as far as it is over."""

    key = "on_this_day"
    title = "On this day"
    description = "Answers what was listened to on this day, or another, in earlier years: how much, what most, and what first."
    icon = "mdi:calendar-star"
    declares = OnThisDayParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: OnThisDayParameters,
        query_context: QueryContext,
    ) -> OnThisDayAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        day = _day(asked.date, query_context.clock)
        filters = scope.filters
        kinds = filters.get("kinds") or KINDS_RANKED[TopOf.TRACKS]
        found: list[tuple[date, Total, int]] = []
        tops: list[tuple[TopEntry, ...]] = []
        for each, window in _years(
            day, when.window, scope.recorded_from, query_context.clock
        ):
            plays = queries.select(window, **filters)
            if not len(plays):
                continue
            found.append((each, plays.total(), int(plays.play[0])))
            ids, counts = plays.few_by_track(kinds)
            ranked = queries.ranked_by_id(
                TopOf.TRACKS, counts, asked.by, asked.limit or NAMED, ids
            )
            tops.append(tuple(entry for _, entry in ranked))
        firsts = {play.id: play for play in queries.plays_of([n for *_, n in found])}
        return OnThisDayAnswer(
            scope=scope,
            when=when,
            day=day,
            by=asked.by,
            years=tuple(
                DayOfYear(each, total, firsts.get(first), top)
                for (each, total, first), top in zip(found, tops, strict=True)
            ),
            anything=bool(found) or queries.total(when.window, **filters).plays > 0,
        )


def _day(asked: str | None, clock: Clock) -> date:
    """Return the latest day of a name. Raises UnknownWindow for what is no whole day."""
    if asked is None:
        return clock.today
    named = resolve_window(asked, clock)
    day = clock.local(named.window.start).date()
    if clock.span(day, day + DAY) != named.window:
        raise UnknownWindow(asked)
    return day


def _years(
    day: date, within: Window, recorded_from: int | None, clock: Clock
) -> list[tuple[date, Window]]:
    """Return such days that are over, as far as they lie in a window, the latest first."""
    if recorded_from is None:
        return []
    days = (
        date(year, day.month, day.day)
        for year in range(clock.today.year, clock.local(recorded_from).year - 1, -1)
        if (day.month, day.day) != (2, 29) or isleap(year)
    )
    found = []
    for each in days:
        whole = clock.span(each, each + DAY)
        part = Window(max(whole.start, within.start), min(whole.end, within.end))
        if each < clock.today and part.start < part.end:
            found.append((each, part))
    return found
