"""Question: a listener's year in review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, override

import numpy as np
from numpy.typing import NDArray

from ..history.columns.selection import Selection
from ..history.columns.timelines import Step, Timeline
from ..history.model import By, Kind, Play, TopEntry, TopOf, Total, Window
from ..history.queries.filters import Filters
from ..history.queries.highlights import (
    Stretch,
    artists_first_played,
    longest_stretch,
    most_in_a_day,
)
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.local_clock import Clock
from ..history.time_ranges.ranges import resolve_window
from .answer import (
    AnsweredTrack,
    WindowAnswer,
    entry_data,
    play_data,
    total_data,
    tracks_of_top,
)
from .parameters import BY, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import KINDS, WhoParameters, scope_of
from .sessions import GAP_MINUTES
from .streaks import Streak, streaks_of
from .taste import EACH, NAMED, TOPS, counted

YEAR: Final = Described(
    Form.COUNT,
    "Year",
    "Which year; if left out the one under way, and in January the one before.",
    2025,
    most=2100,
    least=1970,
)
_AGES_OF: Final = 50
"""How many of the most played artists the time goes by that favourites have been known."""
_YEAR_MS: Final = 365.2425 * 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class YearParameters(WhoParameters):
    """Which year, whose and where, what tops go by, and how many to name."""

    year: Annotated[int | None, YEAR] = None
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH] = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month with plays, and the track that was played most in it."""

    first: date
    total: Total
    track: TopEntry | None


@dataclass(frozen=True, slots=True)
class DayOfTrack:
    """The track that was played most on one day."""

    day: date
    track: TopEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAnswer(WindowAnswer):
    """A year in review."""

    year: int
    by: By
    total: Total
    kinds: dict[Kind, Total]
    days: int
    """Local days on which something began."""
    tops: dict[TopOf, tuple[TopEntry, ...]]
    different: dict[TopOf, int]
    months: tuple[Month, ...]
    biggest_day: tuple[date, Total] | None
    """The one with the most plays or minutes; of equal ones the first."""
    streak: Streak | None
    session: Stretch | None
    first_play: Play | None
    repeated: DayOfTrack | None
    new_artists: int
    """Those never heard before the year."""
    new_favourite: TopEntry | None
    """The new artist that was played most."""
    known_years: float | None
    """For how long, at the end of the year, its most played artists had been known: half of them longer, half shorter."""
    before: Window
    """The year before; while the year is under way, only as far as this day."""
    total_before: Total

    @property
    def top_month(self) -> Month | None:
        """The one with the most plays or minutes; of equal ones the first."""
        return max(self.months, key=lambda each: self._size(each.total), default=None)

    @property
    def change_percent(self) -> int | None:
        """By how much more (or, below zero, less) was played than the year before."""
        now, then = self._size(self.total), self._size(self.total_before)
        return round(100 * (now - then) / then) if then else None

    def _size(self, total: Total) -> int:
        return total.plays if self.by is By.PLAYS else total.ms_played

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.tops.get(TopOf.TRACKS, ()))

    @override
    def as_data(self) -> dict[str, object]:
        top_month = self.top_month
        return {
            **self.about,
            "year": self.year,
            "by": str(self.by),
            "total": total_data(self.total),
            "kinds": {
                str(name): total_data(self.kinds[kind])
                for name, kind in KINDS.items()
                if kind in self.kinds
            },
            "days": self.days,
            "different": {str(of): count for of, count in self.different.items()},
            "top": {
                str(of): [entry_data(entry) for entry in top]
                for of, top in self.tops.items()
                if top
            },
            "months": [_month_data(month) for month in self.months],
            "top_month": f"{top_month.first:%Y-%m}" if top_month else None,
            "biggest_day": self.biggest_day
            and {
                "date": self.biggest_day[0].isoformat(),
                **total_data(self.biggest_day[1]),
            },
            "longest_streak": self.streak
            and {
                "first": self.streak.first.isoformat(),
                "last": self.streak.last.isoformat(),
                "days": self.streak.days,
            },
            "longest_session": self.session
            and {
                "start": self.scope.iso(self.session.start),
                "end": self.scope.iso(self.session.end),
                **total_data(self.session.total),
            },
            "first_play": self.first_play and play_data(self.first_play, self.scope),
            "most_repeated_in_a_day": self.repeated
            and {
                "date": self.repeated.day.isoformat(),
                **entry_data(self.repeated.track),
            },
            "new_artists": self.new_artists,
            "new_favourite": self.new_favourite and entry_data(self.new_favourite),
            "favourites_known_years": self.known_years,
            "before": {
                "start": self.scope.iso(self.before.start),
                "end": self.scope.iso(self.before.end),
                **total_data(self.total_before),
            },
            "change_percent": self.change_percent,
        }


class Year(Question[YearParameters, YearAnswer]):
    """A year in review."""

    key = "year"
    title = "Year in review"
    description = "Looks back on a year: how much, the favourites, each month, the biggest day, the longest streak and session, what was new, and how it compares with the year before."
    icon = "mdi:party-popper"
    declares = YearParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: YearParameters,
        query_context: QueryContext,
    ) -> YearAnswer:
        clock, by, limit = query_context.clock, asked.by, asked.limit or NAMED
        year = asked.year or _year_meant(clock)
        when = resolve_window(str(year), clock)
        window, scope = when.window, scope_of(queries, asked, query_context)
        filters = scope.filters
        before = _before(year, window, clock)
        until = Window(0, window.end)
        first_heard = artists_first_played(queries.select(until, **filters))
        total_before = queries.total(before, **filters)
        plays = queries.select(window, **filters)
        counts = {of: counted(plays, of, filters) for of in TOPS}
        artists = counts[TopOf.ARTISTS]
        new = artists.where(first_heard[: len(artists.plays)] >= window.start)
        first_play = queries.plays(window, limit=1, newest_first=False, **filters)
        days = plays.by_day(clock.zone)
        return YearAnswer(
            scope=scope,
            when=when,
            year=year,
            by=by,
            total=plays.total(),
            kinds=plays.by_kind(),
            days=len(days.starts),
            tops={of: tuple(queries.ranked(of, counts[of], by, limit)) for of in TOPS},
            different={
                of: int(np.count_nonzero(each.plays)) for of, each in counts.items()
            },
            months=tuple(_months(queries, plays, asked, clock, filters)),
            biggest_day=_biggest(days, by),
            streak=max(
                streaks_of(days.starts.astype("M8[D]")),
                key=lambda streak: streak.days,
                default=None,
            ),
            session=longest_stretch(plays, GAP_MINUTES * 60, queries.listeners_by_id()),
            first_play=next(iter(first_play), None),
            repeated=_repeated(queries, plays, clock),
            new_artists=int(np.count_nonzero(new.plays)),
            new_favourite=next(iter(queries.ranked(TopOf.ARTISTS, new, by, 1)), None),
            known_years=_known_years(
                queries.ranked_by_id(TopOf.ARTISTS, artists, by, _AGES_OF),
                first_heard,
                min(window.end, clock.now),
            ),
            before=before,
            total_before=total_before,
        )


def _year_meant(clock: Clock) -> int:
    """Return the year that is meant where none is named."""
    return clock.today.year - (clock.today.month == 1)


def _before(year: int, window: Window, clock: Clock) -> Window:
    """Return the year before, or as much of it as is over of a year."""
    start = clock.instant(date(year - 1, 1, 1))
    return Window(start, min(window.start, start + clock.now - window.start))


def _months(
    queries: HistoryQueries,
    plays: Selection,
    asked: YearParameters,
    clock: Clock,
    filters: Filters,
) -> Iterator[Month]:
    """Yield the months with plays, in order."""
    found = plays.by_step(Step.MONTH, clock.zone)
    for number, start in enumerate(found.starts.astype("M8[D]").tolist()):
        after = start.replace(
            year=start.year + start.month // 12, month=start.month % 12 + 1
        )
        top = queries.top(
            clock.span(start, after), TopOf.TRACKS, by=asked.by, limit=1, **filters
        )
        yield Month(start, found.counts.of(number), next(iter(top), None))


def _biggest(days: Timeline, by: By) -> tuple[date, Total] | None:
    """Return the day with the most plays or minutes; of equal ones the first."""
    if not len(days.starts):
        return None
    sizes = days.counts.plays if by is By.PLAYS else days.counts.ms_played
    most = int(sizes.argmax())
    return days.starts[most].item().date(), days.counts.of(most)


def _repeated(
    queries: HistoryQueries, plays: Selection, clock: Clock
) -> DayOfTrack | None:
    most = most_in_a_day(plays, clock.zone)
    if most is None:
        return None
    named = queries.names_of(TopOf.TRACKS, [most.track]).get(most.track)
    # It may have been stored during this very question.
    return named and DayOfTrack(most.day, TopEntry(*named, most.total))


def _known_years(
    favourites: Iterable[tuple[int, TopEntry]],
    first_heard: NDArray[np.int64],
    until: int,
) -> float | None:
    """Return for how many years half of some artists had been known at a moment (UTC ms)."""
    ages = [until - int(first_heard[number]) for number, _ in favourites]
    return round(float(np.median(ages)) / _YEAR_MS, 1) if ages else None


def _month_data(month: Month) -> dict[str, object]:
    return {
        "month": f"{month.first:%Y-%m}",
        **total_data(month.total),
        "top_track": month.track and entry_data(month.track),
    }
