"""Estimates how much of an item was played before the poll that found it: pure functions.

All times are in milliseconds, moments in UTC.
"""

from ...history.merge.same_song import same_song
from ...history.model import Item, Kind
from ...tracking.sounded_play import FINISHED_WITHIN_MS
from ..api.playback import Playback, RecentPlay
from .active_play import SLACK_MS
from .recently_played_list import RecentlyPlayedList


def sounded_before(last: Playback, now: Playback, ended_at: int) -> int:
    """Return how much of an item's position was played in a play of it that ended since the last look (ms)."""
    before, reached = last.progress_ms or 0, now.progress_ms or 0
    position = before + (ended_at - last.seen_at if last.playing else 0)
    if not now.playing and before - SLACK_MS <= reached <= position + SLACK_MS:
        reached_end = last.ends_at is not None and ended_at >= (
            last.ends_at - FINISHED_WITHIN_MS
        )
        return 0 if reached_end else reached
    return position if position - SLACK_MS <= reached else 0


def own_row(
    now: Playback, last: Playback, listed: RecentlyPlayedList, since: int
) -> RecentPlay | None:
    """Return the newest row of recently played from between two looks, if it is of what is now on and ended after `since`."""
    row = listed.newest_between(max(last.seen_at, since), now.seen_at)
    if row is None or now.item is None or not same_song(row.item, now.item):
        return None
    return row


def sounded_at_first_look(now: Playback, item: Item) -> int:
    """How long an item that was never seen before has sounded (ms).

    A song is assumed to have played from its start; something longer was perhaps taken
    up again, and what is paused may have been so for days.
    """
    return (now.progress_ms or 0) if now.playing and item.kind is Kind.TRACK else 0


def beyond_left(now: Playback, last: Playback, left: Playback | None) -> int:
    """How far the item now on is beyond where it was left; its position when it is a new one."""
    position = now.progress_ms or 0
    if last.playing or left is None or left.item is None or now.item is None:
        return position
    if left.item.uri != now.item.uri or (left.progress_ms or 0) > position:
        return position
    return position - (left.progress_ms or 0)


def sounded_unseen(
    now: Playback,
    last: Playback,
    position: int,
    gap: int,
    left: Playback | None,
    *,
    went_on: bool = False,
) -> int:
    """How long an item sounded in a gap (ms); at its beginning it was not on, or (`went_on`) on another device.

    A player that wakes paused shows what it played long ago. Only of what recently played never has,
    and only where it goes beyond what was `left`, that shows sound in the gap.
    """
    if not now.playing and last.idle:
        if left is None or now.item is None or now.item.kind is Kind.TRACK:
            return 0
        return position if position <= gap else 0
    if position <= gap + SLACK_MS:
        return min(position, gap)
    if went_on:
        return gap
    # Begun somewhere inside itself, at a moment in the gap that nobody saw.
    return gap // 2 if now.playing else 0
