"""How many calls an hour a listener costs: while they play, and while nothing plays."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from custom_components.encore.settings.responsiveness import (
    LIMITS,
    Limits,
    Responsiveness,
)
from simulator.spotify import Asked
from simulator.spotify.ledger import Played

from ._day_habits import HOUR_MS, MINUTE_MS

type Usual = Callable[[int], bool]
"""Tells of a moment (UTC ms) whether a listener usually listens at that hour."""

_EVERY_MS: Final = 5 * MINUTE_MS
_ALL_HOUR: Final = 0.9
"""The share of an hour with sound that makes it an hour of playing: songs are changed and paused in it."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of one listener: in the worst hour of any that begin every five minutes, and on average over them."""

    all_day: int
    worst_playing: int
    worst_idle: int
    """In hours of which no part is usual; where nothing is, in all of them."""
    worst_usual: int
    """In hours without sound of which some part is usual."""
    mean_playing: float
    mean_idle: float
    over: int
    """By how many calls the worst hour of all, mixed ones too, is above its share of both limits; 0 where none is."""


def calls_of(
    asked: Iterable[Asked],
    rows: Sequence[Played],
    begins_ms: int,
    ends_ms: int,
    *,
    limits: Limits = LIMITS[Responsiveness.SAVER],
    usual: Usual = lambda moment: False,
) -> Calls:
    """Count one listener's calls to the Web API between two moments (UTC ms); `rows` is what they heard by then.

    An hour in which somebody gave a command is not idle, though nothing may have sounded.
    """
    calls_made = [each for each in asked if each.endpoint.startswith("/v1/")]
    moments = sorted(each.at_ms for each in calls_made)
    commands = sorted(each.at_ms for each in calls_made if each.method != "GET")
    playing: list[int] = []
    idle: list[int] = []
    in_usual: list[int] = []
    over = 0
    for start in range(begins_ms, ends_ms - HOUR_MS + 1, _EVERY_MS):
        end = start + HOUR_MS
        calls = _between(moments, start, end)
        share = _sounded(rows, start, end) / HOUR_MS
        is_usual = any(usual(at) for at in range(start, end, 5 * MINUTE_MS))
        if share >= _ALL_HOUR:
            playing.append(calls)
        elif share == 0 and not _between(commands, start, end):
            (in_usual if is_usual else idle).append(calls)
        least = limits.usual if is_usual else limits.quiet
        allowed = least + share * (limits.playing - least)
        over = max(over, round(calls - allowed))
    return Calls(
        _between(moments, begins_ms, ends_ms),
        max(playing, default=0),
        max(idle, default=0),
        max(in_usual, default=0),
        sum(playing) / len(playing) if playing else 0,
        sum(idle + in_usual) / len(idle + in_usual) if idle or in_usual else 0,
        over,
    )


def _between(moments: Sequence[int], start: int, end: int) -> int:
    return bisect_left(moments, end) - bisect_left(moments, start)


def _sounded(rows: Iterable[Played], start: int, end: int) -> int:
    """Return for how long (ms) of an hour something was on where Spotify could see it."""
    return sum(
        max(0, min(row.ended_at, end) - max(row.started_at, start))
        for row in rows
        if not row.offline
    )
