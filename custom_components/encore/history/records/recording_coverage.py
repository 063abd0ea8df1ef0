"""How complete the history is: recorded time, imported time ranges, and gaps with their reasons.

Coverage of a window is the share of its time in which some source was recording, or which an export spans. What a
listener kept private counts as not recorded even where a source could have recorded it, unless an export brought it; what
was deleted is in neither.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final, NamedTuple

from ..model import Listener, Source, Window
from ..time_ranges.intervals import Span, between, clipped, merged, without


class GapReason(IntEnum):
    """Why nothing was recorded, the weightiest first. The numbers are stored, so they never change."""

    FORGOTTEN = 1
    """It was recorded, and forgotten on request."""
    PRIVATE = 2
    """The listener was in a private session."""
    PAUSED = 3
    """Recording was switched off."""
    OVERFLOW = 4
    """More was played than the source lists."""
    RATE_LIMITED = 5
    """The source allowed no more requests."""
    REFUSED = 6
    """The source refused access."""
    OUT_OF_REACH = 7
    """The source gave no answer."""
    RESTARTED = 8
    """Home Assistant was not running, or the source was not set up."""
    NOT_RECORDING = 9
    """Nothing was there to record, as before an account was linked. Never noted: it is what no note explains."""


class Recorded(NamedTuple):
    """When a source was recording a listener, or what an export spans: `[start, end)` in UTC ms."""

    listener: Listener
    source: Source
    start: int
    end: int


class Unrecorded(NamedTuple):
    """When a source was not recording a listener, and why: `[start, end)` in UTC ms."""

    listener: Listener
    reason: GapReason
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gap:
    """An interval `[start, end)` in UTC ms in which nothing was recorded."""

    start: int
    end: int
    reason: GapReason

    @property
    def length(self) -> int:
        """Its length in ms."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Covered:
    """What is covered of a window, as far as the window is past. All in ms."""

    length: int
    """Of the part that is past."""
    covered: int
    gaps: tuple[Gap, ...]
    """In the order of time, each of one reason."""

    @property
    def share(self) -> float:
        """The share that is covered; 0 of a window without length."""
        return self.covered / self.length if self.length else 0.0

    @property
    def complete(self) -> bool:
        """Whether all of it is covered."""
        return 0 < self.length == self.covered


EXPORTS: Final = frozenset({Source.EXPORT, Source.ACCOUNT_DATA})
"""What brings plays of any time, also of times in which nobody was watching."""

KNOWING_ROOMS: Final = frozenset({Source.LIVE, Source.SONOS, Source.PLAYER})
"""The sources of the rooms in which something sounded."""

_NOT_RECORDED: Final = frozenset({GapReason.PRIVATE, GapReason.PAUSED})


class Coverage:
    """When some listeners were recorded: all of the time in which any of them was."""

    def __init__(
        self, recorded: Iterable[Recorded] = (), unrecorded: Iterable[Unrecorded] = ()
    ) -> None:
        """Take what was noted, in any order; intervals may overlap."""
        self.recorded: Final = tuple(each for each in recorded if each.start < each.end)
        self.unrecorded: Final = tuple(
            each for each in unrecorded if each.start < each.end
        )

    @cached_property
    def spans(self) -> Sequence[Span]:
        """What is covered, in order and apart: `[start, end)`."""
        return merged(
            span
            for listener in self.listeners
            for span in _covered(listener, self.recorded, self.unrecorded)
        )

    @property
    def listeners(self) -> tuple[Listener, ...]:
        """Of whom something was recorded at some time."""
        known = {each.listener.key: each.listener for each in self.recorded}
        return tuple(known.values())

    @property
    def first(self) -> int | None:
        """The first moment that is covered (UTC ms)."""
        return self.spans[0][0] if self.spans else None

    def __contains__(self, moment: int) -> bool:
        """Whether a moment (UTC ms) is covered."""
        return bool(clipped(self.spans, moment, moment + 1))

    def of(
        self,
        listeners: Collection[str] | None = None,
        sources: Collection[Source] | None = None,
    ) -> Coverage:
        """Return the coverage of listeners, by their keys, and by sources alone."""
        return Coverage(
            (
                each
                for each in self.recorded
                if (listeners is None or each.listener.key in listeners)
                and (sources is None or each.source in sources)
            ),
            (
                each
                for each in self.unrecorded
                if listeners is None or each.listener.key in listeners
            ),
        )

    def by_source(self) -> dict[Source, list[Span]]:
        """Return when each source was recording, in order and apart, in the order of the sources."""
        return {
            source: merged(
                (each.start, each.end)
                for each in self.recorded
                if each.source is source
            )
            for source in sorted({each.source for each in self.recorded})
        }

    def within(self, window: Window, now: int) -> Covered:
        """Return what is covered of a window, as far as it is past `now` (UTC ms).

        A window from the beginning of time counts from where the coverage begins.
        """
        start, end = window.start, min(window.end, now)
        if start <= 0:
            start = end if self.first is None else max(start, self.first)
        if start >= end:
            return Covered(0, 0, ())
        inside = clipped(self.spans, start, end)
        return Covered(
            end - start,
            sum(last - first for first, last in inside),
            self._explained(between(inside, start, end)),
        )

    def _explained(self, spans: Sequence[Span]) -> tuple[Gap, ...]:
        """Return what is not covered, ordered and apart, in gaps of one reason each."""
        gaps: list[Gap] = []
        for reason, noted in self._noted.items():
            gaps += [
                Gap(*part, reason) for span in spans for part in clipped(noted, *span)
            ]
            spans = without(spans, noted)
        gaps += [Gap(*span, GapReason.NOT_RECORDING) for span in spans]
        return tuple(sorted(gaps, key=lambda gap: gap.start))

    @cached_property
    def _noted(self) -> dict[GapReason, list[Span]]:
        """When each reason was noted, of whomever: in order and apart, the weightiest reason first."""
        return {
            reason: merged(
                (each.start, each.end)
                for each in self.unrecorded
                if each.reason is reason
            )
            for reason in sorted({each.reason for each in self.unrecorded})
            if reason is not GapReason.NOT_RECORDING
        }


def _covered(
    listener: Listener, recorded: Sequence[Recorded], unrecorded: Sequence[Unrecorded]
) -> list[Span]:
    """Return what is covered of one listener."""
    watched: list[Span] = []
    exported: list[Span] = []
    for who, source, start, end in recorded:
        if who.key == listener.key:
            (exported if source in EXPORTS else watched).append((start, end))
    not_recorded: list[Span] = []
    forgotten: list[Span] = []
    for who, reason, start, end in unrecorded:
        if who.key == listener.key:
            if reason in _NOT_RECORDED:
                not_recorded.append((start, end))
            elif reason is GapReason.FORGOTTEN:
                forgotten.append((start, end))
    known = [*without(merged(watched), merged(not_recorded)), *exported]
    return without(merged(known), merged(forgotten))
