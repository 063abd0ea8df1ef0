"""Question: a listener's taste profile."""

from dataclasses import dataclass
from typing import Annotated, Final, override

import numpy as np
from numpy.typing import NDArray

from ..history.columns.counts import Counts
from ..history.columns.ranking import KINDS_RANKED
from ..history.columns.selection import Selection
from ..history.model import By, Kind, TopEntry, TopOf, Total, Window
from ..history.queries.filters import Filters
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.ranges import WEEKDAYS
from .answer import AnsweredTrack, WindowAnswer, entry_data, total_data, tracks_of_top
from .parameters import BY, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import KINDS, WindowParameters, scope_of, window_of

EACH: Final = Described(
    Form.COUNT,
    "Limit",
    "How many to name of each sort; 5 if left out.",
    5,
    most=100,
)
NAMED: Final = 5
TOPS: Final = (TopOf.ARTISTS, TopOf.TRACKS, TopOf.ALBUMS, TopOf.SHOWS, TopOf.ROOMS)
_NEW: Final = (TopOf.ARTISTS, TopOf.TRACKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TasteParameters(WindowParameters):
    """Whose taste, in which window and where, what tops go by, and how many to name."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, EACH] = None


@dataclass(frozen=True, slots=True)
class Variety:
    """How many things there were of a sort, and how many of them were new."""

    different: int
    new: int
    """Those never heard before the window."""
    half: int
    """The most played, of which as few as these make half of the plays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TasteAnswer(WindowAnswer):
    """What was heard, how much of it, when, and how it changed."""

    by: By
    total: Total
    days: int
    """Local days on which something began."""
    kinds: dict[Kind, Total]
    tops: dict[TopOf, tuple[TopEntry, ...]]
    hours: NDArray[np.int64]
    """Plays that began in each hour of a week; Monday at midnight is first."""
    varieties: dict[TopOf, Variety]
    repeats: int
    """Plays that were not the first of their item in the window."""
    skipped: int
    known_skips: int
    """Of how many, however short, it is known whether they were skipped."""
    before: Window | None
    """Right before, as long as the window is past; None where it would begin before all time."""
    total_before: Total | None

    @property
    def change_percent(self) -> int | None:
        """By how much more (or, below zero, less) was played than before."""
        if self.total_before is None:
            return None
        now, then = (
            total.plays if self.by is By.PLAYS else total.ms_played
            for total in (self.total, self.total_before)
        )
        return round(100 * (now - then) / then) if then else None

    @property
    def busiest_hour(self) -> int:
        """The hour of the day with the most plays; of equal ones the first."""
        return int(self.hours.reshape(7, 24).sum(axis=0).argmax())

    @property
    def busiest_weekday(self) -> int:
        """The day of the week with the most plays; Monday is 0."""
        return int(self.hours.reshape(7, 24).sum(axis=1).argmax())

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(TopOf.TRACKS, self.tops.get(TopOf.TRACKS, ()))

    @override
    def as_data(self) -> dict[str, object]:
        by_weekday = self.hours.reshape(7, 24)
        return {
            **self.about,
            "by": str(self.by),
            "total": total_data(self.total),
            "days": self.days,
            "kinds": {
                str(name): {
                    **total_data(self.kinds[kind]),
                    "share": _share(self.kinds[kind].ms_played, self.total.ms_played),
                }
                for name, kind in KINDS.items()
                if kind in self.kinds
            },
            "top": {
                str(of): [entry_data(entry) for entry in top]
                for of, top in self.tops.items()
                if top
            },
            "hours": by_weekday.sum(axis=0).tolist(),
            "weekdays": dict(
                zip(WEEKDAYS, by_weekday.sum(axis=1).tolist(), strict=True)
            ),
            "different": {
                str(of): each.different for of, each in self.varieties.items()
            },
            "half_of_plays": {
                str(of): each.half for of, each in self.varieties.items()
            },
            "discovery_rate": {
                str(of): _share(each.new, each.different)
                for of, each in self.varieties.items()
            },
            "repeat_rate": _share(self.repeats, self.total.plays),
            "skip_rate": _share(self.skipped, self.known_skips),
            "before": None
            if self.before is None or self.total_before is None
            else {
                "start": self.scope.iso(self.before.start),
                "end": self.scope.iso(self.before.end),
                **total_data(self.total_before),
            },
            "change_percent": self.change_percent,
        }


class Taste(Question[TasteParameters, TasteAnswer]):
    """The whole picture of a window."""

    key = "taste"
    title = "Taste"
    description = "Sums up what somebody listens to in a window: totals, tops, hours, how varied, how new, how often repeated or skipped, and how it changed."
    icon = "mdi:palette-outline"
    declares = TasteParameters
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: TasteParameters,
        query_context: QueryContext,
    ) -> TasteAnswer:
        when = window_of(asked, query_context, default="last_12_months")
        scope = scope_of(queries, asked, query_context)
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
        return TasteAnswer(
            scope=scope,
            when=when,
            by=asked.by,
            total=total,
            days=len(plays.by_day(query_context.clock.zone).starts),
            kinds=plays.by_kind(),
            tops={
                of: tuple(
                    queries.ranked(
                        of,
                        counted(plays, of, filters),
                        asked.by,
                        asked.limit or NAMED,
                    )
                )
                for of in TOPS
            },
            hours=hours.plays,
            varieties={of: _variety(plays, earlier, of, filters) for of in _NEW},
            repeats=total.plays - int(np.count_nonzero(plays.by_track.plays)),
            skipped=skipped,
            known_skips=known,
            before=None if total_before is None else before,
            total_before=total_before,
        )


def counted(plays: Selection, of: TopOf, filters: Filters) -> Counts:
    """Return what a top list counts; unless kinds are asked for, of those it ranks."""
    kinds = filters.get("kinds")
    return plays.by(of, KINDS_RANKED.get(of) if kinds is None else kinds)


def _variety(
    plays: Selection, earlier: Selection, of: TopOf, filters: Filters
) -> Variety:
    now = counted(plays, of, filters).plays
    then = counted(earlier, of, filters).plays
    heard = np.flatnonzero(now)
    known = then.take(heard[heard < len(then)]) > 0
    shares = np.cumsum(np.sort(now[heard])[::-1])
    half = int(np.searchsorted(shares, shares[-1] / 2)) + 1 if len(heard) else 0
    return Variety(len(heard), len(heard) - int(np.count_nonzero(known)), half)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
