"""Infers plays of episodes and chapters from resume points that moved.

Recently played lists no episodes. What the watched player did not see of them, as offline or while Home Assistant was
down, shows only in the resume point, some time later: see ADR 0011.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from ...history.model import Item, Listener, Observation, Play, Source
from ...history.records.resume_points import RESUMED_FROM_MS, Moved

FASTEST: Final = 3.5
"""Spotify plays podcasts at this speed at the most; what moved faster was not played but marked so."""

type Span = tuple[int, int]


def observations(
    listener: Listener,
    moved: Sequence[Moved],
    plays: Iterable[Play],
    not_recorded: Iterable[Span],
) -> list[Observation]:
    """Return an observation for each resume point that moved further than `plays` explain.

    `plays` are those of this listener that are known, over or under way; in the spans of
    `not_recorded` (UTC ms) nothing of theirs is to be recorded.
    """
    known = list(plays)
    hidden = list(not_recorded)
    found = [
        observation
        for each in moved
        if not any(start < each.until and each.since < end for start, end in hidden)
        and (observation := _observation(listener, each, known)) is not None
    ]
    if not found:
        return []
    since = min(each.since for each in moved)
    until = max(each.until for each in moved)
    # Somebody who marks a whole show as played listened to none of it.
    sounded_ms = sum(each.ms_played for each in found)
    return found if sounded_ms <= FASTEST * (until - since) else []


def _observation(
    listener: Listener, moved: Moved, plays: Iterable[Play]
) -> Observation | None:
    """Return what is left to explain, between what is known and the look that found it."""
    seen = [
        play
        for play in plays
        if play.item.uri == moved.episode.uri
        and play.ended_at > moved.since
        and play.started_at < moved.until
    ]
    since = max((moved.since, *(min(play.ended_at, moved.until) for play in seen)))
    sounded_ms = moved.moved_ms - sum(play.ms_played for play in seen)
    if sounded_ms < RESUMED_FROM_MS or sounded_ms > FASTEST * (
        moved.until - moved.since
    ):
        return None
    episode, show = moved.episode, moved.show
    return Observation(
        source=Source.POLLED,
        listener=listener,
        item=Item(
            uri=episode.uri,
            kind=show.kind,
            title=episode.title,
            artists=(show.name,) if show.name else (),
            album=show.name,
            duration_ms=episode.duration_ms,
            image_url=episode.image_url or show.image_url,
        ),
        # Some time between these two; how long it sounded is known better than when.
        started_at=since,
        ended_at=moved.until,
        ms_played=sounded_ms,
    )
