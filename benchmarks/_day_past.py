"""The weeks before a simulated day: each listener kept about the same hours, never to the minute, and not on every day."""

from collections.abc import Sequence
from random import Random
from typing import Final

from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from simulator.spotify.music import Track

from ._day_habits import HOUR_MS, MINUTE_MS, Day, Sitting

DAY_MS: Final = 24 * HOUR_MS
WEEKS: Final = 8
DELAY_MIN: Final = 10
"""The standard deviation of when a sitting begins, in minutes."""
RECORDED_SHARE: Final = 0.8
"""How often a sitting takes place."""
_PART_MS: Final = 15 * MINUTE_MS


def jittered(day: Day, rng: Random) -> Day:
    """Return a day as it comes: its sittings begin earlier or later, and end before the next one."""
    moved: list[Sitting] = []
    for sitting, after in zip(day, (*day[1:], None), strict=True):
        start = sitting.start + round(rng.gauss(0, DELAY_MIN))
        end = sitting.end if after is None else min(sitting.end, after.start - 2)
        if moved:
            start = max(start, moved[-1].end + 2)
        moved.append(
            Sitting(start, max(end, start + 15), sitting.offline, sitting.episodes)
        )
    return tuple(moved)


def past_of(
    listener: Listener,
    day: Day,
    begins_ms: int,
    seed: int,
    tracks: Sequence[Track],
) -> list[Observation]:
    """Return what an export tells of the weeks before a day that begins at a moment (UTC ms)."""
    rng = Random(f"past {seed} {listener.key}")
    reported = []
    for number in range(WEEKS * 7, 0, -1):
        midnight = begins_ms - number * DAY_MS
        for sitting in jittered(day, rng):
            if rng.random() > RECORDED_SHARE:
                continue
            start, end = (
                midnight + minute * MINUTE_MS for minute in (sitting.start, sitting.end)
            )
            reported += [
                _play(listener, rng.choice(tracks), at)
                for at in range(start, end - _PART_MS, _PART_MS)
            ]
    return reported


def _play(listener: Listener, track: Track, at: int) -> Observation:
    item = Item(
        uri=track.uri,
        kind=Kind.TRACK,
        title=track.name,
        artists=tuple(track.artist_names),
        album=track.album_name,
        duration_ms=track.duration_ms,
    )
    return Observation(
        source=Source.EXPORT,
        listener=listener,
        item=item,
        started_at=at,
        ended_at=at + _PART_MS,
        ms_played=_PART_MS,
    )
