"""Question: a listener's year in review."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date
from typing import Annotated, Final, override

import numpy as np
from numpy.typing import NDArray

from ..history.columns.selection import Selection
from ..history.columns.timelines import Step, Timeline
from ..history.model import By, TopEntry, TopOf, Window
from ..history.queries.filters import Filters
from ..history.queries.highlights import (
    artists_first_played,
    longest_stretch,
    most_in_a_day,
)
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.local_clock import Clock
from ..history.time_ranges.ranges import resolve_window
from .base.answer import (
    Amount,
    AnsweredPlay,
    AnsweredTrack,
    DayAmount,
    Entry,
    WindowAmount,
    WindowAnswer,
    by_kind,
    change_percent,
    entries_of,
    tracks_of_top,
)
from .base.parameters import BY, Described, Form
from .base.query_context import QueryContext
from .base.question import Question
from .base.response import called
from .base.scope import KindFilter, WhoParameters, scope_of
from .sessions import GAP_MINUTES
from .streaks import Streak, streaks_of
from .taste import EACH, NAMED, TOPS

YEAR: Final = Described(
    Form.COUNT,
    "The year. Default: the current one; in January the previous one.",
    2025,
    most=2100,
    least=1970,
)
_AGES_OF: Final = 50
"""How many of the most played artists the time goes by that favourites have been known."""
_YEAR_MS: Final = 365.2425 * 86_400_000


class YearParameters(WhoParameters):
    """Which year, whose and where, what tops go by, and how many to name."""

    year: Annotated[int | None, YEAR] = None
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH] = None


class Month(Amount, frozen=True, kw_only=True):
    """One month with plays, and the track that was played most in it."""

    month: str
    """Such as 2026-07."""
    top_track: Entry | None


class DayOfTrack(Entry, frozen=True, kw_only=True):
    """The track that was played most on one day."""

    date: date


class YearAnswer(WindowAnswer, kw_only=True):
    """A year in review."""

    year: int
    by: By
    total: Amount
    kinds: dict[KindFilter, Amount]
    days: int
    """Local days on which something began."""
    different: dict[TopOf, int]
    top: dict[TopOf, tuple[Entry, ...]]
    months: tuple[Month, ...]
    top_month: str | None
    """The one with the most plays or minutes; of equal ones the first."""
    biggest_day: DayAmount | None
    """The one with the most plays or minutes; of equal ones the first."""
    longest_streak: Streak | None
    longest_session: WindowAmount | None
    first_play: AnsweredPlay | None
    most_repeated_in_a_day: DayOfTrack | None
    new_artists: int
    """Those never heard before the year."""
    new_favourite: Entry | None = field(metadata=called("new_favorite"))
    """The new artist that was played most."""
    favourites_known_years: float | None = field(
        metadata=called("favorites_known_years")
    )
    """For how long, at the end of the year, its most played artists had been known: half of them longer, half shorter."""
    before: WindowAmount
    """The year before; while the year is under way, only as far as this day."""
    change_percent: int | None

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.top.get(TopOf.TRACKS, ()))


class Year(Question[YearParameters, YearAnswer]):
    """A year in review."""

    action = "get_year_in_review"
    description = "Returns a review of a year: totals, top lists, each month, the biggest day, the longest streak and session, discoveries, and the change from the year before."
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: YearParameters,
        query_context: QueryContext,
    ) -> YearAnswer:
        clock, by, limit = query_context.clock, asked.by, asked.limit or NAMED
        # In January it is the last year that is meant.
        year = asked.year or clock.today.year - (clock.today.month == 1)
        when = resolve_window(str(year), clock)
        window, scope = when.window, scope_of(queries, asked, query_context)
        filters = scope.filters
        before = _before(year, window, clock)
        until = Window(0, window.end)
        first_heard = artists_first_played(queries.select(until, **filters))
        total_before = queries.total(before, **filters)
        plays = queries.select(window, **filters)
        counts = {of: plays.ranked_for(of, filters["kinds"]) for of in TOPS}
        artists = counts[TopOf.ARTISTS]
        new = artists.where(first_heard[: len(artists.plays)] >= window.start)
        first_play = queries.plays(window, limit=1, newest_first=False, **filters)
        days = plays.by_day(clock.zone)
        total = plays.total()
        tops = {
            of: entries_of(queries.ranked(of, counts[of], by, limit)) for of in TOPS
        }
        months = tuple(_months(queries, plays, asked, clock, filters))
        top_month = max(months, key=lambda each: each.size(by), default=None)
        session = longest_stretch(plays, GAP_MINUTES * 60, queries.listeners_by_id())
        return YearAnswer(
            scope=scope,
            when=when,
            year=year,
            by=by,
            total=Amount.of(total),
            kinds=by_kind(plays.by_kind()),
            days=len(days.starts),
            different={
                of: int(np.count_nonzero(each.plays)) for of, each in counts.items()
            },
            top={of: entries for of, entries in tops.items() if entries},
            months=months,
            top_month=top_month.month if top_month else None,
            biggest_day=_biggest(days, by),
            longest_streak=max(
                streaks_of(days.starts.astype("M8[D]")),
                key=lambda streak: streak.days,
                default=None,
            ),
            longest_session=session
            and WindowAmount.within(session, session.total, clock),
            first_play=next(
                (AnsweredPlay.of(play, scope) for play in first_play), None
            ),
            most_repeated_in_a_day=_repeated(queries, plays, clock),
            new_artists=int(np.count_nonzero(new.plays)),
            new_favourite=next(
                iter(entries_of(queries.ranked(TopOf.ARTISTS, new, by, 1))), None
            ),
            favourites_known_years=_known_years(
                queries.ranked_by_id(TopOf.ARTISTS, artists, by, _AGES_OF),
                first_heard,
                min(window.end, clock.now),
            ),
            before=WindowAmount.within(before, total_before, clock),
            change_percent=change_percent(total, total_before, by),
        )


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
        month = clock.months(start)
        top = queries.top(month, TopOf.TRACKS, by=asked.by, limit=1, **filters)
        yield Month.of(
            found.counts.of(number),
            month=f"{start:%Y-%m}",
            top_track=next(iter(entries_of(top)), None),
        )


def _biggest(days: Timeline, by: By) -> DayAmount | None:
    """Return the day with the most plays or minutes; of equal ones the first."""
    if not len(days.starts):
        return None
    sizes = days.counts.plays if by is By.PLAYS else days.counts.ms_played
    most = int(sizes.argmax())
    return DayAmount.of(days.counts.of(most), date=days.starts[most].item().date())


def _repeated(
    queries: HistoryQueries, plays: Selection, clock: Clock
) -> DayOfTrack | None:
    most = most_in_a_day(plays, clock.zone)
    if most is None:
        return None
    named = queries.names_of(TopOf.TRACKS, [most.track]).get(most.track)
    # It may have been stored during this very question.
    return named and DayOfTrack.ranked(TopEntry(*named, most.total), date=most.day)


def _known_years(
    favourites: Iterable[tuple[int, TopEntry]],
    first_heard: NDArray[np.int64],
    until: int,
) -> float | None:
    """Return for how many years half of some artists had been known at a moment (UTC ms)."""
    ages = [until - int(first_heard[number]) for number, _ in favourites]
    return round(float(np.median(ages)) / _YEAR_MS, 1) if ages else None
