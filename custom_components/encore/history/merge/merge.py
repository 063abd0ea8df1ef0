"""Which observations are one play: pure functions.

Observations that may be one play, or that would collide as plays, are linked; what is linked
transitively is a component; plays are a function of a component alone. So the order in which
observations arrive does not matter, and an arrival derives again only the components it touches.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

import msgspec

from ..model import Source
from .field_resolution import LENGTH_TOLERANCE_MS, MEASURING, play_alone, play_of
from .linking import (
    DURATION_TOLERANCE_MS,
    ends_apart,
    link_distance,
    met,
    moved_on,
    same_ears,
    same_item,
    same_row,
)
from .matching import paired
from .merge_rows import CROSSFADE_MS, LONGEST_MS, DerivedPlay, MergeRow, fixed_order

GOES_ON_MS: Final = 30_000
"""A row that ends so long after what was seen of a play is no repetition of that play's row."""

BOOKS: Final = frozenset({Source.EXPORT, Source.ACCOUNT_DATA})
"""Spotify's own records of what was played."""

MATCHED_IN: Final = (
    Source.EXPORT,
    Source.POLLED,
    Source.ACCOUNT_DATA,
    Source.SONOS,
    Source.PLAYER,
)
"""In which order sources are matched with what was watched: first those that can name the listener, the surest first."""

_ANOTHER_LENGTH_MS: Final = 2 * LONGEST_MS
"""Weighs more than how far apart the ends of one play can be."""

_PERHAPS_ELSEWHERE_MS: Final = 2 * _ANOTHER_LENGTH_MS
"""Weighs more than any length: of two who listened at once, the one in the speaker's room is the one it played for."""

_ELSEWHERE_MS: Final = 2 * _PERHAPS_ELSEWHERE_MS
"""Weighs more than any other difference: who played it in another room played it for somebody else, if anybody."""


def plays_of(component: Sequence[MergeRow]) -> list[DerivedPlay]:
    """Return the plays that a component amounts to; each observation is part of exactly one."""
    if len(component) == 1:
        return [play_alone(component[0])]
    plays = [
        play_of(group) if len(group) > 1 else play_alone(group[0])
        for group in _matched(component)
    ]
    return _apart(plays)


def _matched(component: Sequence[MergeRow]) -> list[list[MergeRow]]:
    """Match a component between its sources: as many as can be, and of those the nearest ends.

    One source after the other is matched with the groups that those before it made.
    """
    apart = link_distance(component)
    groups = _live_groups(component)
    for source in MATCHED_IN:
        of_source = sorted(
            (w for w in component if w.source is source), key=fixed_order
        )
        near = _Near(groups, apart)
        pairs = paired([near.candidates(one) for one in of_source], len(groups))
        for merge_row, place in zip(of_source, pairs, strict=True):
            if place is None:
                groups.append([merge_row])
            else:
                groups[place].append(merge_row)
        if source is Source.SONOS:
            groups = _join_speakers_of_moved(groups)
        if source in (Source.POLLED, Source.SONOS):
            groups = _join_repeated_rows(groups)
    return _join_repeats(groups)


def _live_groups(component: Sequence[MergeRow]) -> list[list[MergeRow]]:
    """Return the plays that the accounts' own players show; what somebody moved to another device is one.

    Spotify's own books have a row for each device. Where they are known, it is a play for each.
    """
    groups: list[list[MergeRow]] = []
    in_books = any(one.source in BOOKS for one in component)
    for merge_row in sorted(
        (w for w in component if w.source is Source.LIVE), key=fixed_order
    ):
        goes_on = (
            group
            for group in groups
            if not in_books
            and moved_on(group[-1], merge_row)
            and merge_row.duration_ms is not None
            and sum(one.ms_played for one in group) + merge_row.ms_played
            <= merge_row.duration_ms + DURATION_TOLERANCE_MS
        )
        if (group := next(goes_on, None)) is None:
            groups.append([merge_row])
        else:
            group.append(merge_row)
    return groups


def _join_repeated_rows(groups: list[list[MergeRow]]) -> list[list[MergeRow]]:
    """Join rows of recently played that end while their track was seen playing to that play, where it has a row.

    Spotify lists a track once for each device that it was moved to.
    """
    plays = [
        (seen, row, group)
        for group in groups
        if (row := next((one for one in group if one.assumed), None))
        and (seen := _seen(group))
    ]
    repeats = set()
    for group in groups:
        of_source = group[0]
        if len(group) > 1 or not of_source.assumed or of_source.duration_ms is None:
            continue
        for seen, row, play in plays:
            if (
                row.listener == of_source.listener
                and seen[0].started_at < of_source.ended_at <= seen[-1].ended_at
                and same_item(row, of_source)
                and (
                    abs(row.ended_at - of_source.ended_at) < of_source.duration_ms
                    or any(
                        abs(one.ended_at - of_source.ended_at) <= CROSSFADE_MS
                        for one in seen[:-1]
                    )
                )
            ):
                play.append(of_source)
                repeats.add(id(group))
                break
    return [group for group in groups if id(group) not in repeats]


def _seen(group: Sequence[MergeRow]) -> list[MergeRow]:
    """Return what an account's player showed of a play, else what a speaker did."""
    live = [one for one in group if one.source is Source.LIVE]
    return live or [one for one in group if one.source is Source.SONOS]


def _join_speakers_of_moved(groups: list[list[MergeRow]]) -> list[list[MergeRow]]:
    """Join what speakers saw of one part of a play that was moved, while other speakers saw other parts of it."""
    moved = [
        (live, group)
        for group in groups
        if len(live := [one for one in group if one.source is Source.LIVE]) > 1
    ]
    joined = set()
    for group in groups:
        part = group[0]
        if len(group) > 1 or part.source is not Source.SONOS:
            continue
        for live, play in moved:
            if (
                live[0].started_at - LENGTH_TOLERANCE_MS <= part.started_at
                and part.ended_at <= live[-1].ended_at + LENGTH_TOLERANCE_MS
                and all(
                    same_ears(part.listener, one.listener) and same_item(part, one)
                    for one in play
                )
                and not any(
                    one.source is Source.SONOS
                    and part.started_at < one.ended_at - LENGTH_TOLERANCE_MS
                    and one.started_at < part.ended_at - LENGTH_TOLERANCE_MS
                    for one in play
                )
            ):
                play.append(part)
                joined.add(id(group))
                break
    return [group for group in groups if id(group) not in joined]


def _join_repeats(groups: list[list[MergeRow]]) -> list[list[MergeRow]]:
    """Join rows of recently played that nobody else saw to the nearest plays with the same row."""
    alone = [group for group in groups if len(group) == 1 and group[0].assumed]
    if not alone:
        return groups
    rows = [
        (row, group)
        for group in groups
        if len(group) > 1 and (row := next((w for w in group if w.assumed), None))
    ]
    repeats = set()
    for group in sorted(alone, key=lambda group: fixed_order(group[0])):
        merge_row = group[0]
        near = [
            (abs(row.ended_at - merge_row.ended_at), place)
            for place, (row, of_source) in enumerate(rows)
            if same_row(row, merge_row) and not _goes_on(of_source, merge_row)
        ]
        if near:
            rows[min(near)[1]][1].append(merge_row)
            repeats.add(id(group))
        else:
            rows.append((merge_row, group))
    return [group for group in groups if id(group) not in repeats]


def _goes_on(play: Sequence[MergeRow], row: MergeRow) -> bool:
    """Whether a row reports more than what was seen of a play: it went on elsewhere."""
    seen = [one.ended_at for one in play if one.source in MEASURING]
    return bool(seen) and row.ended_at - max(seen) >= GOES_ON_MS


class _Near:
    """Groups of observations of one play each, found by the ends of their members."""

    def __init__(self, groups: Sequence[Sequence[MergeRow]], apart: int) -> None:
        """Take groups, and how far apart ends may be at most."""
        self._groups = groups
        self._apart = apart
        self._ends = sorted(
            ((w.ended_at, place) for place, group in enumerate(groups) for w in group),
            key=itemgetter(0),
        )

    def candidates(self, merge_row: MergeRow) -> list[tuple[int, int]]:
        """Return the groups that an observation may join, each with how far apart they are.

        Any that sounded as long is nearer than one that did not: clocks differ, lengths do not. One
        in a room of its own is nearer than any of which no room is known, and those are nearer than
        any in other rooms; who knows no room is as near to all. Of two as near as each other, the one
        with the very same track is nearer.
        """
        end = merge_row.ended_at
        first = bisect_left(self._ends, end - self._apart, key=itemgetter(0))
        after = bisect_right(self._ends, end + self._apart, key=itemgetter(0))
        places = {place for _, place in self._ends[first:after]}
        return [
            (2 * apart + (merge_row.uri not in {w.uri for w in group}), place)
            for place in sorted(places)
            if (apart := _apart_from(merge_row, group := self._groups[place]))
            is not None
        ]


def _apart_from(merge_row: MergeRow, group: Sequence[MergeRow]) -> int | None:
    """Return how far apart the ends of an observation and a group are, None where it cannot join."""
    if not all(
        same_ears(merge_row.listener, one.listener) and same_item(merge_row, one)
        for one in group
    ):
        return None
    apart = min(
        (ends_apart(merge_row, one) for one in group if met(merge_row, one)),
        default=None,
    )
    if apart is None:
        return None
    if not _lengths_agree(merge_row, group):
        apart += _ANOTHER_LENGTH_MS
    return apart + _elsewhere(merge_row, group)


def _elsewhere(merge_row: MergeRow, group: Sequence[MergeRow]) -> int:
    """Return how much it weighs that an observation in rooms and a group may have none in common."""
    rooms = {room for room, _, _ in merge_row.rooms}
    others = {room for one in group for room, _, _ in one.rooms}
    if not rooms or not rooms.isdisjoint(others):
        return 0
    return _ELSEWHERE_MS if others else _PERHAPS_ELSEWHERE_MS


def _lengths_agree(merge_row: MergeRow, group: Sequence[MergeRow]) -> bool:
    """Whether an observation and any of a group measured one length; who did not measure agrees with all."""
    if merge_row.source not in MEASURING:
        return True
    lengths = [one.ms_played for one in group if one.source in MEASURING]
    watched = [one.ms_played for one in group if one.source is Source.LIVE]
    if len(watched) > 1:
        lengths.append(sum(watched))
    return not lengths or any(
        abs(merge_row.ms_played - ms) <= LENGTH_TOLERANCE_MS for ms in lengths
    )


def _apart(plays: list[DerivedPlay]) -> list[DerivedPlay]:
    """Move plays of one listener and track by a millisecond each, where they have one start."""
    plays.sort(
        key=lambda play: (
            play.listener,
            play.uri,
            play.started_at,
            fixed_order(play.merge_rows[0]),
        )
    )
    last: tuple[str, str] | None = None
    free_from = 0
    for i, play in enumerate(plays):
        if (play.listener, play.uri) != last:
            last = (play.listener, play.uri)
        elif play.started_at < free_from:
            plays[i] = play = msgspec.structs.replace(
                play, started_at=free_from, ended_at=max(free_from, play.ended_at)
            )
        free_from = play.started_at + 1
    return plays
