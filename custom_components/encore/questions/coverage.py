"""Question: how complete is the history of a time range."""

from dataclasses import field
from typing import Annotated, override

from msgspec import Struct

from ..history.model import Listener, Source, Window
from ..history.queries.history_queries import HistoryQueries
from ..history.records.recording_coverage import Covered, Gap
from ..history.time_ranges.intervals import clipped
from .base.answer import AnsweredGap, WindowAnswer
from .base.parameters import END, LIMIT, LISTED, SOURCE, START, WINDOW
from .base.query_context import QueryContext
from .base.question import Question
from .base.response import NOT_DATA, Moment, called
from .base.scope import Scope, SourceFilter, WindowParameters, scope_of, window_of
from .naming.listener_choice import ListenerParameters


class CoverageParameters(ListenerParameters):
    """Whose history, when, by which source, and how many gaps and stretches to name."""

    window: Annotated[str | None, WINDOW] = None
    start_time: Annotated[str | None, START] = None
    end_time: Annotated[str | None, END] = None
    source: Annotated[SourceFilter | None, SOURCE] = None
    limit: Annotated[int | None, LIMIT] = None


class CoveredSpan(Struct, frozen=True, kw_only=True):
    """Time that a source covers."""

    start: Moment
    end: Moment


class SourceCoverage(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"covered": "coverage", "spans": "time_ranges"},
):
    """What one source covers of a window: the share, and its latest spans, newest first."""

    source: str
    covered: float
    spans: tuple[CoveredSpan, ...]


class ListenerCoverage(
    Struct, frozen=True, kw_only=True, rename={"covered": "coverage"}
):
    """How much of a listener's window is covered."""

    listener: str
    covered: float
    gap_count: int


class ListenerGap(AnsweredGap, frozen=True, kw_only=True):
    """A gap of one listener."""

    listener: str
    hours: float


class CoveredHours(
    Struct, frozen=True, kw_only=True, rename={"covered": "recorded", "of": "total"}
):
    """How many hours of a window's past are covered."""

    covered: float
    of: float


class CoverageAnswer(WindowAnswer, kw_only=True):
    """How much of a window is covered: by any source and by each, for all listeners and for each."""

    covered: float = field(metadata=called("coverage"))
    hours: CoveredHours
    sources: tuple[SourceCoverage, ...]
    by_listener: tuple[ListenerCoverage, ...]
    gap_count: int
    gaps: tuple[ListenerGap, ...]
    """The latest gaps of each listener, the newest first."""
    total: Covered = field(metadata=NOT_DATA)
    """Of everybody together."""

    @property
    def percent(self) -> int:
        """The share that is covered; 100 and 0 only of all and nothing."""
        percent = round(100 * self.total.share)
        if self.total.covered and not self.total.complete:
            return min(max(percent, 1), 99)
        return percent

    @property
    def inside(self) -> tuple[Gap, ...]:
        """The gaps of everybody together since the record begins."""
        begins = self.scope.recorded_from
        return tuple(
            gap for gap in self.total.gaps if begins is None or gap.end > begins
        )


class Coverage(Question[CoverageParameters, CoverageAnswer]):
    """The share of a window in which some source was recording, or which an export spans."""

    action = "get_coverage"
    description = "Returns how complete the history of a time period is: the share that was recorded, by source, and its gaps with reasons."

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: CoverageParameters,
        query_context: QueryContext,
    ) -> CoverageAnswer:
        of = WindowParameters(
            listener=asked.listener,
            window=asked.window,
            start_time=asked.start_time,
            end_time=asked.end_time,
            source=asked.source,
        )
        when = window_of(of, query_context, default="all_time")
        scope = scope_of(queries, of, query_context)
        limit = asked.limit or LISTED
        listeners = [
            (
                each,
                scope.coverage.of([each.key]).within(
                    when.window, query_context.clock.now
                ),
            )
            for each in _listeners(scope, query_context)
        ]
        gaps = [
            (listener, gap) for listener, covered in listeners for gap in covered.gaps
        ]
        latest = sorted(gaps, key=lambda each: (-each[1].end, each[0].key))
        total = scope.covered(when)
        return CoverageAnswer(
            scope=scope,
            when=when,
            total=total,
            covered=round(total.share, 4),
            hours=CoveredHours(covered=_hours(total.covered), of=_hours(total.length)),
            sources=tuple(
                _of_source(scope, source, when.window, limit)
                for source in scope.coverage.by_source()
            ),
            by_listener=tuple(
                ListenerCoverage(
                    listener=listener.name,
                    covered=round(covered.share, 4),
                    gap_count=len(covered.gaps),
                )
                for listener, covered in listeners
            ),
            gaps=tuple(
                ListenerGap.of(
                    gap, scope, listener=listener.name, hours=_hours(gap.length)
                )
                for listener, gap in latest[:limit]
            ),
            gap_count=len(gaps),
        )


def _listeners(scope: Scope, query_context: QueryContext) -> tuple[Listener, ...]:
    """Return who was asked about; of everyone, who is linked or was recorded."""
    everyone = (*scope.coverage.listeners, *query_context.listeners)
    return scope.listeners or tuple({each.key: each for each in everyone}.values())


def _of_source(
    scope: Scope, source: Source, window: Window, limit: int
) -> SourceCoverage:
    """Return what a source covers of a window; from the beginning of time, of what the record has."""
    coverage = scope.coverage.of(sources=(source,))
    start, end = window.start, min(window.end, scope.clock.now)
    if start <= 0:
        start = scope.coverage.first or end
    spans = clipped(coverage.spans, start, end)
    return SourceCoverage(
        source=source.name.lower(),
        covered=round(coverage.within(Window(start, end), end).share, 4),
        spans=tuple(
            CoveredSpan(
                start=Moment.at(scope.clock, begin), end=Moment.at(scope.clock, over)
            )
            for begin, over in reversed(spans[-limit:])
        ),
    )


def _hours(ms: int) -> float:
    return round(ms / 3_600_000, 1)
