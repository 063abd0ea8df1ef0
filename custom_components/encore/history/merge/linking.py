"""Which observations have to be merged together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

from ..model import HOUSEHOLD, Source
from .merge_rows import (
    AGREED_MS,
    CROSSFADE_MS,
    CROWD_MS,
    END_TOLERANCE_MS,
    MINUTE_MS,
    REPORTED_LATE_MS,
    SHORT_MS,
    MergeRow,
    fixed_order,
)
from .same_song import is_local

DURATION_TOLERANCE_MS: Final = 2_000
"""Releases of one recording agree on its duration to within this."""

_WATCHING: Final = frozenset({Source.LIVE, Source.SONOS, Source.PLAYER})
"""Who knows when a play ended, because they saw it."""

_end = attrgetter("ended_at")


class Groups:
    """The groups of the numbers below some size."""

    def __init__(self, size: int) -> None:
        """Begin with each number on its own."""
        self._head = list(range(size))

    def head(self, i: int) -> int:
        """Return the number that stands for the group of another."""
        while self._head[i] != i:
            self._head[i] = self._head[self._head[i]]
            i = self._head[i]
        return i

    def join(self, i: int, j: int) -> int:
        """Join two groups; the lower head stands for both."""
        low, high = sorted((self.head(i), self.head(j)))
        self._head[high] = low
        return low

    def listed(self) -> Iterator[list[int]]:
        """Yield the groups, and the numbers in them, from low to high."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for i in range(len(self._head)):
            groups[self.head(i)].append(i)
        yield from groups.values()


def components(merge_rows: Iterable[MergeRow]) -> Iterator[list[MergeRow]]:
    """Yield the components of a set of observations, each in its fixed order."""
    songs: defaultdict[int, list[MergeRow]] = defaultdict(list)
    for merge_row in merge_rows:
        songs[merge_row.song].append(merge_row)
    for song in songs.values():
        if len(song) == 1:
            yield song
        else:
            yield from _components_of_song(song)


def _components_of_song(song: list[MergeRow]) -> Iterator[list[MergeRow]]:
    for run in _runs(song):
        if len(run) == 1:
            yield run
            continue
        run.sort(key=fixed_order)
        groups = Groups(len(run))
        for i, j in _close_pairs(run):
            if _linked(run[i], run[j]):
                groups.join(i, j)
        for members in groups.listed():
            yield [run[i] for i in members]


def _runs(song: list[MergeRow]) -> Iterator[list[MergeRow]]:
    """Yield observations in runs between which nothing can be linked."""
    song.sort(key=_end)
    apart = link_distance(song)
    run = song[:1]
    for merge_row in song[1:]:
        if merge_row.ended_at - run[-1].ended_at > apart:
            yield run
            run = []
        run.append(merge_row)
    yield run


def _linked(a: MergeRow, b: MergeRow) -> bool:
    """Whether two observations of one song must be looked at together."""
    return (
        _may_be_one(a, b)
        or same_row(a, b)
        or moved_on(a, b)
        or moved_on(b, a)
        or (
            abs(a.begins_at - b.begins_at) <= CROWD_MS
            and same_ears(a.listener, b.listener)
        )
    )


def _may_be_one(a: MergeRow, b: MergeRow) -> bool:
    """Whether two observations of one song may be of one play."""
    return (
        a.source is not b.source
        and same_ears(a.listener, b.listener)
        and same_item(a, b)
        and met(a, b)
    )


def met(a: MergeRow, b: MergeRow) -> bool:
    """Whether two observations end together, or one of them ends within the other."""
    if _precedes(a, b) or _precedes(b, a):
        return False
    return (
        ends_apart(a, b) <= AGREED_MS
        or _reported_late(a, b)
        or _reported_late(b, a)
        or a.begins_at < b.ended_at <= a.ended_at
        or b.begins_at < a.ended_at <= b.ended_at
    )


def _reported_late(row: MergeRow, seen: MergeRow) -> bool:
    """Whether a row of recently played may be of a play that was seen to end before."""
    return (
        row.source is Source.POLLED
        and seen.source in _WATCHING
        and 0 <= row.ended_at - seen.ended_at <= REPORTED_LATE_MS
    )


def _precedes(row: MergeRow, seen: MergeRow) -> bool:
    """Whether a row of recently played ends before something began that was too short to have a row."""
    return (
        row.assumed
        and seen.source in _WATCHING
        and seen.ms_played < SHORT_MS
        and row.ended_at <= seen.started_at
    )


def same_row(a: MergeRow, b: MergeRow) -> bool:
    """Whether two rows of recently played end so close together that the track cannot have been played in between.

    They are one play, unless another source saw two.
    """
    return (
        a.assumed
        and b.assumed
        and a.listener == b.listener
        and abs(a.ended_at - b.ended_at) + CROSSFADE_MS
        < min(a.ended_at - a.sounded_from, b.ended_at - b.sounded_from)
        and same_item(a, b)
    )


def moved_on(before: MergeRow, after: MergeRow) -> bool:
    """Whether one watch of an account goes on where another ended, on another device: somebody moved what played."""
    return (
        before.source is after.source is Source.LIVE
        and before.listener == after.listener
        and before.uri == after.uri
        and before.device != after.device
        and abs(after.started_at - before.ended_at) <= CROWD_MS
    )


def ends_apart(a: MergeRow, b: MergeRow) -> int:
    """Return how far apart (ms) two ends are, at the least where one is only to the minute."""
    if b.source is Source.ACCOUNT_DATA:
        a, b = b, a
    after = b.ended_at - a.ended_at
    if a.source is Source.ACCOUNT_DATA and after > 0:
        return max(0, after - MINUTE_MS + 1)
    return abs(after)


def same_ears(a: str, b: str) -> bool:
    """Whether two listeners may be one: the same, or one of them is not named."""
    return a == b or HOUSEHOLD in {a, b}


def same_item(a: MergeRow, b: MergeRow) -> bool:
    """Whether two tracks of one song may be one.

    Releases of music are one recording unless their durations say otherwise. What is spoken is
    known by its URI, unless one of the two has only names; older account data has it among music.
    """
    if a.uri == b.uri:
        return True
    if a.spoken or b.spoken:
        return (is_local(a.uri) and (b.spoken or not a.spoken)) or (
            is_local(b.uri) and (a.spoken or not b.spoken)
        )
    return (
        a.duration_ms is None
        or b.duration_ms is None
        or abs(a.duration_ms - b.duration_ms) <= DURATION_TOLERANCE_MS
    )


def _close_pairs(merge_rows: Sequence[MergeRow]) -> Iterator[tuple[int, int]]:
    """Yield the pairs, by place in a list in fixed order, that are close enough to be linked."""
    apart = link_distance(merge_rows)
    for i, a in enumerate(merge_rows):
        for j in range(i + 1, len(merge_rows)):
            if merge_rows[j].ended_at - a.ended_at > apart:
                break
            yield i, j


def link_distance(merge_rows: Sequence[MergeRow]) -> int:
    """Return how far apart the ends of some observations may be at most if they are linked."""
    longest = max(merge_row.ended_at - merge_row.begins_at for merge_row in merge_rows)
    return max(END_TOLERANCE_MS, longest + CROWD_MS)
