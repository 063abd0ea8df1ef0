"""Question: a listener's taste profile."""

from dataclasses import dataclass, field
from typing import Annotated, Final, override

import numpy as np

from ..history.columns.selection import Selection
from ..history.model import By, TopOf, Window
from ..history.queries.filters import Filters
from ..history.time_ranges.ranges import WEEKDAYS
from .base.answer import (
    Amount,
    AnsweredTrack,
    Entry,
    WindowAmount,
    WindowAnswer,
    change_percent,
    entries_of,
    share,
    tracks_of_top,
)
from .base.parameters import BY, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA
from .base.scope import KINDS, KindFilter, WindowParameters

EACH: Final = Described(
    Form.COUNT, "Maximum number of entries in each list. Default: 5.", 5, most=100
)
NAMED: Final = 5
TOPS: Final = (TopOf.ARTISTS, TopOf.TRACKS, TopOf.ALBUMS, TopOf.SHOWS, TopOf.ROOMS)
_NEW: Final = (TopOf.ARTISTS, TopOf.TRACKS)


class TasteParameters(WindowParameters):
    """Whose taste, in which window and where, what tops go by, and how many to name."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH] = None


class KindShare(Amount, frozen=True, kw_only=True):
    """What was played of a kind, and its share of the time."""

    share: float | None


@dataclass(frozen=True, slots=True)
class Variety:
    """How many things there were of a sort, and how many of them were new."""

    different: int
    new: int
    """Those never heard before the window."""
    half: int
    """The most played, of which as few as these make half of the plays."""


class TasteAnswer(WindowAnswer, kw_only=True):
    """What was heard, how much of it, when, and how it changed."""

    by: By
    total: Amount
    days: int
    """Local days on which something began."""
    kinds: dict[KindFilter, KindShare]
    top: dict[TopOf, tuple[Entry, ...]]
    hours: list[int]
    """Plays that began in each hour of the day."""
    weekdays: dict[str, int]
    """Plays that began on each day of the week."""
    different: dict[TopOf, int]
    """How many there were of a sort."""
    half_of_plays: dict[TopOf, int]
    """The most played, of which as few as these make half of the plays."""
    discovery_rate: dict[TopOf, float | None]
    """The share of those never heard before the window."""
    repeat_rate: float | None
    """The share of plays that were not the first of their item in the window."""
    skip_rate: float | None
    """The share of what was skipped, however short, of that of which it is known."""
    before: WindowAmount | None
    """Right before, as long as the window is past; None where it would begin before all time."""
    change_percent: int | None
    varieties: dict[TopOf, Variety] = field(metadata=NOT_DATA)

    @property
    def busiest_hour(self) -> int:
        """The hour of the day with the most plays; of equal ones the first."""
        return int(np.argmax(self.hours))

    @property
    def busiest_weekday(self) -> int:
        """The day of the week with the most plays; Monday is 0."""
        return int(np.argmax(list(self.weekdays.values())))

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.top.get(TopOf.TRACKS, ()))


class Taste(WindowQuestion[TasteParameters, TasteAnswer]):
    """The whole picture of a window."""

    action = "get_taste"
    title = "Taste profile"
    description = "Returns a profile of the listening in a time period: totals, top lists, hours, variety, new artists, repeats, skips, and how it changed."
    usual_window = "last_12_months"
    holds_tracks = True

    @override
    def answer_within(self, query: Query[TasteParameters]) -> TasteAnswer:
        queries, asked, query_context, scope, when = query
        filters, window = scope.filters, when.window
        # However short: a skipped play seldom counts.
        started: Filters = {"min_ms": 0, **filters}
        skipped, known = queries.select(window, **started).skips()
        past = min(window.end, query_context.clock.now) - window.start
        before = Window(window.start - past, window.start)
        total_before = None
        if before.start >= 0:
            total_before = queries.select(before, **filters).total()
        earlier = queries.select(Window(0, window.start), **filters)
        plays = queries.select(window, **filters)
        hours = plays.hours_of_week(query_context.clock.zone)
        total = plays.total()
        by_weekday = hours.plays.reshape(7, 24)
        kinds = plays.by_kind()
        tops = {
            of: entries_of(
                queries.ranked(
                    of,
                    plays.ranked_for(of, filters["kinds"]),
                    asked.by,
                    asked.limit or NAMED,
                )
            )
            for of in TOPS
        }
        varieties = {of: _variety(plays, earlier, of, filters) for of in _NEW}
        return TasteAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=Amount.of(total),
            days=len(plays.by_day(query_context.clock.zone).starts),
            kinds={
                name: KindShare.of(
                    kinds[kind], share=share(kinds[kind].ms_played, total.ms_played)
                )
                for name, kind in KINDS.items()
                if kind in kinds
            },
            top={of: entries for of, entries in tops.items() if entries},
            hours=by_weekday.sum(axis=0).tolist(),
            weekdays=dict(zip(WEEKDAYS, by_weekday.sum(axis=1).tolist(), strict=True)),
            different={of: each.different for of, each in varieties.items()},
            half_of_plays={of: each.half for of, each in varieties.items()},
            discovery_rate={
                of: share(each.new, each.different) for of, each in varieties.items()
            },
            repeat_rate=share(
                total.plays - int(np.count_nonzero(plays.by_track.plays)), total.plays
            ),
            skip_rate=share(skipped, known),
            before=WindowAmount.within(before, total_before, scope.clock)
            if total_before
            else None,
            change_percent=change_percent(total, total_before, asked.by)
            if total_before
            else None,
            varieties=varieties,
        )


def _variety(
    plays: Selection, earlier: Selection, of: TopOf, filters: Filters
) -> Variety:
    now = plays.ranked_for(of, filters["kinds"]).plays
    then = earlier.ranked_for(of, filters["kinds"])
    heard = np.flatnonzero(now)
    known = then.played(len(now))[heard]
    shares = np.cumsum(np.sort(now[heard])[::-1])
    half = int(np.searchsorted(shares, shares[-1] / 2)) + 1 if len(heard) else 0
    return Variety(len(heard), len(heard) - int(np.count_nonzero(known)), half)
