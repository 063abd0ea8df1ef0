"""Question: what was played on this day in other years."""

from calendar import isleap
from dataclasses import field
from datetime import date
from typing import Annotated, Final, override

from ..history.columns.ranking import KINDS_RANKED
from ..history.errors import UnknownWindow
from ..history.model import By, TopOf, Total, Window
from ..history.time_ranges.local_clock import DAY, Clock
from ..history.time_ranges.ranges import resolve_window
from .base.answer import (
    AnsweredPlay,
    AnsweredTrack,
    DayAmount,
    Entry,
    WindowAnswer,
    entries_of,
    tracks_of_top,
)
from .base.parameters import BY, SPOKEN, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA
from .base.scope import WindowParameters

DATE: Final = Described(
    Form.WINDOW,
    "The day, in any year: a date, or a name such as july_14 or yesterday. Default: today.",
    "december_24",
)
EACH_YEAR: Final = Described(
    Form.COUNT, "Maximum number of tracks for each year. Default: 3.", 5, most=100
)
NAMED: Final = 3


class OnThisDayParameters(WindowParameters):
    """Which day, in which window's years, whose plays and where."""

    date: Annotated[str | None, DATE] = None
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH_YEAR] = None


class DayOfYear(DayAmount, frozen=True, kw_only=True):
    """One such day on which something was played."""

    first: AnsweredPlay | None
    top: tuple[Entry, ...]


class OnThisDayAnswer(WindowAnswer, kw_only=True):
    """The same day of several years, the latest first."""

    month: int
    day: int
    by: By
    years: tuple[DayOfYear, ...]
    date: date = field(metadata=NOT_DATA)
    """The day that was asked for, in the year in which it was found."""
    anything: bool = field(metadata=NOT_DATA)
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


class OnThisDay(WindowQuestion[OnThisDayParameters, OnThisDayAnswer]):
    """A day in each year of the window, as far as it is over."""

    action = "get_on_this_day"
    title = "Plays on this day"
    description = "Returns what was played on this or another day in past years: how much, the top tracks, and the first play."
    holds_tracks = True

    @override
    def answer_within(self, query: Query[OnThisDayParameters]) -> OnThisDayAnswer:
        queries, asked, query_context, scope, when = query
        day = _day(asked.date, query_context.clock)
        filters = scope.filters
        kinds = filters.get("kinds") or KINDS_RANKED[TopOf.TRACKS]
        found: list[tuple[date, Total, int]] = []
        tops: list[tuple[Entry, ...]] = []
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
            tops.append(entries_of(entry for _, entry in ranked))
        firsts = {
            play.id: AnsweredPlay.of(play, scope)
            for play in queries.plays_of([n for *_, n in found])
        }
        return OnThisDayAnswer(
            scope=scope,
            when=when,
            month=day.month,
            day=day.day,
            date=day,
            by=asked.by,
            years=tuple(
                DayOfYear.of(total, date=each, first=firsts.get(first), top=top)
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
