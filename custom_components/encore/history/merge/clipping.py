"""A listener's plays do not overlap: plays of assumed length get the time that no other play takes.

Recently played reports when a play ended and not for how long it sounded, so that all of the track is assumed. What is
concluded of it is a pure function of all plays of the listener around it: of the ends of other rows as they were reported,
and of the times of plays that another source saw. So the order in which observations arrive does not matter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from .merge_rows import REPORTED_LATE_MS

_BEFORE_ALL: Final = -(1 << 62)


class Assumed(NamedTuple):
    """A play of assumed length as it was reported: its end (UTC ms), and how long it is at the most (ms)."""

    ended_at: int
    length: int


class Measured(NamedTuple):
    """A play that somebody watched or measured (UTC ms), and for how long of that time it sounded (ms)."""

    started_at: int
    ended_at: int
    ms_played: int


def clip(assumed: Sequence[Assumed], measured: Sequence[Measured]) -> list[Measured]:
    """Return what is left of plays of one listener, which come in the order of their ends.

    Rows follow each other: each begins no earlier than the row before it ended, nor than the end of any measured play
    before its own end. A row that ends shortly after a measured play began was reported late: it ended when that began,
    and the rows before it make way. Where one ends in the middle of a measured play, it sounded in the pauses of that.
    """
    taken = _Taken(measured)
    found: list[Measured] = []
    next_start: int | None = None
    for place in range(len(assumed) - 1, -1, -1):
        row = assumed[place]
        end = row.ended_at if next_start is None else min(row.ended_at, next_start)
        end = taken.begun_before(end, row.ended_at - REPORTED_LATE_MS)
        length = min(row.length, end - taken.last_end(end))
        if place:
            length = min(length, row.ended_at - assumed[place - 1].ended_at)
        next_start = end - length
        ms_played = length - taken.sounded_within(next_start, end)
        found.append(Measured(next_start, end, ms_played))
    found.reverse()
    return found


class _Taken:
    """The time that measured plays take."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self._plays = sorted(measured)
        self._starts = [one.started_at for one in self._plays]
        self._ends = sorted(one.ended_at for one in self._plays)
        self._latest = list(accumulate((one.ended_at for one in self._plays), max))
        self._silent = [
            max(0, one.ended_at - one.started_at - one.ms_played) for one in self._plays
        ]

    def last_end(self, moment: int) -> int:
        """Return when the last play that was over by a moment ended."""
        place = bisect_right(self._ends, moment)
        return self._ends[place - 1] if place else _BEFORE_ALL

    def begun_before(self, moment: int, since: int) -> int:
        """Return when what was going on at a moment began, if that is no earlier than `since`, else the moment."""
        while True:
            begun = [
                started
                for place in self._around(moment)
                if (started := self._starts[place]) >= since
            ]
            if not begun:
                return moment
            moment = min(begun)

    def sounded_within(self, start: int, end: int) -> int:
        """Return for how long measured plays sounded in an interval that ends within them; their silence is used up."""
        sounded = 0
        for place in self._around(end):
            within = end - max(start, self._starts[place])
            silent = min(within, self._silent[place])
            self._silent[place] -= silent
            sounded = max(sounded, within - silent)
        return sounded

    def _around(self, moment: int) -> Iterator[int]:
        """Yield the places of the plays that a moment lies within."""
        place = bisect_left(self._starts, moment)
        while place and self._latest[place - 1] > moment:
            place -= 1
            if self._plays[place].ended_at > moment:
                yield place
