"""What played between two polls: pure functions of both, and of recently played.

All times are in milliseconds, moments in UTC.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ...history.merge.same_song import same_song
from ...history.model import Kind
from ...tracking.sounded_play import FINISHED_WITHIN_MS
from ..api.playback import Playback
from .active_play import SLACK_MS, ActivePlay, Ending, left_of, moved_by
from .played_at import SHORT_MS
from .recently_played_list import EMPTY_LIST, RecentlyPlayedList

PAUSE_ENDS_PLAY_MS: Final = 15 * 60_000
"""What is taken up after a longer pause is another play; Spotify's own devices go to rest by then."""

PAUSE_REPORTED_MS: Final = 60 * 60_000
"""A play that still shows as paused after this time is over. One that was taken up unseen and left again shows for longer
than `PAUSE_ENDS_PLAY_MS`, and recently played has its true end only once it has left the player."""

DOUBTED_MS: Final = 5_000
"""A player that has disappeared counts so once it is still missing this much later."""

WONDERED_AT_MS: Final = 60_000
"""What may have been on unseen for less than this is not asked for."""


def surely_over(last: Playback | None, now: Playback) -> bool:
    """Whether what was on must be over while the player names nothing that can be recorded."""
    return last is None or last.ends_at is None or last.ends_at + SLACK_MS < now.seen_at


def is_on(play: ActivePlay, last: Playback, now: Playback) -> bool:
    """Whether the item now on is still the same play."""
    if now.item is None or now.item.uri != play.item.uri:
        return False
    elapsed = now.seen_at - last.seen_at
    position, before = now.progress_ms, last.progress_ms
    if position is None or before is None:
        return True
    began_at = now.seen_at - position
    if position < before - SLACK_MS and began_at >= last.seen_at - SLACK_MS:
        return False  # it started over
    waits = (
        position <= SLACK_MS and not now.playing and (position < before or not before)
    )
    if (
        (waits or last.repeat == "track")
        and last.ends_at is not None
        and began_at >= last.ends_at - SLACK_MS
    ):
        return False  # it was over, and waits at its start or came round again
    if _came_round(last, now):
        return False
    # After a long silence inside the gap it was put on again.
    moved = max(position - before, 0)
    silent = elapsed - moved
    if not last.playing:
        silent = now.seen_at - moved - (play.ended_at or now.seen_at)
    return silent < PAUSE_ENDS_PLAY_MS or not now.playing


def _came_round(last: Playback, now: Playback) -> bool:
    """Whether the same item started over at the very moment at which it was to end."""
    if not (last.playing and now.playing) or last.ends_at is None:
        return False
    position, before = now.progress_ms or 0, last.progress_ms or 0
    goes_on = position >= before + now.seen_at - last.seen_at - SLACK_MS
    return not goes_on and abs(now.seen_at - position - last.ends_at) <= SLACK_MS


def in_time(last: Playback, now: Playback, within: int = FINISHED_WITHIN_MS) -> bool:
    """Whether what is on now fits what was on before without a gap: it began when that one was to end, or so near (ms)."""
    if last.ends_at is None:
        return False
    began_at = now.seen_at - (now.progress_ms or 0)
    if not now.playing:
        return last.playing and last.ends_at <= now.seen_at and not now.progress_ms
    return last.playing and abs(began_at - last.ends_at) <= within


def listed_ending(
    play: ActivePlay, last: Playback, now: Playback, listed: RecentlyPlayedList
) -> Ending | None:
    """Return when the play under way was over by its own row in recently played, if it has one."""
    # Reported near the end, up to a second early; the same item may have ended just before this play.
    since = last.seen_at - min(1_500, (last.progress_ms or 0) // 2)
    if not last.playing:
        since = (
            play.intervals[0][0]
            if play.silent_ms
            else (play.ended_at or last.seen_at) - 1_500
        )
    rows = listed.between(since, now.seen_at + 1)
    if last.playing or not play.silent_ms:
        # Once something else was on, it was over; a later row of it is another play. What was found paused came after
        # what is listed before it.
        rows = list(takewhile(lambda row: same_song(row.item, play.item), rows))
    ends = [row.played_at for row in rows if same_song(row.item, play.item)]
    if not ends:
        return None
    at = min(ends)
    if last.playing and (now.item is None or now.item.uri != play.item.uri):
        at = _last_of_moved(play, last, ends)
    if last.playing:
        at, due = max(at, last.seen_at), last.ends_at
        if listed.slack_ms and (seen := _seen_ending(play, last, now, listed)):
            at = seen
        return Ending(at, None if due is None else at >= due - FINISHED_WITHIN_MS)
    # It was paused and taken up again; played to its end where there was time and the next one began then.
    begins = [
        row.played_at - (row.item.duration_ms or 0)
        for row in listed.between(at, now.seen_at)
    ]
    if now.playing:
        begins.append(now.seen_at - (now.progress_ms or 0))
    reached_end = 0 < left_of(last) <= at - last.seen_at + SLACK_MS and any(
        abs(began_at - at) <= FINISHED_WITHIN_MS for began_at in begins
    )
    return Ending(at, True if reached_end else None)


def _seen_ending(
    play: ActivePlay, last: Playback, now: Playback, listed: RecentlyPlayedList
) -> int | None:
    """Return when the next look's item began, or this one was due to end before: nearer to its end than an inexact row.

    None where that is not known, or something else was on in between.
    """
    if now.item is None or now.item.uri == play.item.uri or not now.playing:
        return None
    between = listed.between(last.seen_at, now.seen_at + 1)
    if any(not same_song(row.item, play.item) for row in between):
        return None
    began_at = now.seen_at - (now.progress_ms or 0)
    if now.progress_ms is None or began_at < last.seen_at:
        return None
    return began_at if last.ends_at is None else min(began_at, last.ends_at)


def _last_of_moved(play: ActivePlay, last: Playback, ends: Sequence[int]) -> int:
    """Return which of the ends of a song, in order, is the end of one play of it: it has a row for each device that it was moved to.

    All of it is no longer than the song.
    """
    most = (play.item.duration_ms or 0) - play.played_ms + last.seen_at + SLACK_MS
    return max((end for end in ends if end <= most), default=ends[0])


def left_for_another(
    play: ActivePlay, last: Playback, now: Playback, listed: RecentlyPlayedList
) -> Ending | None:
    """Return when an item that both looks see was left in between, because recently played has another one there."""
    if now.item is None or now.item.uri != play.item.uri:
        return None
    if now.seen_at - last.seen_at - moved_by(last, now) < SHORT_MS:
        return None
    began_at = now.seen_at - (now.progress_ms or 0 if now.playing else 0)
    between = listed.between(last.seen_at, began_at + SLACK_MS)
    if not between:
        return None
    other = between[0]
    at = max(other.played_at - (other.item.duration_ms or 0), last.seen_at)
    return Ending(at if last.playing else last.seen_at, finished=None)


def jumped_back(
    play: ActivePlay, last: Playback, now: Playback, listed: RecentlyPlayedList
) -> bool:
    """Whether an item that seems to have started over was only wound back: recently played was asked, and has no end of it."""
    if (
        now.item is None
        or now.item.uri != play.item.uri
        or now.item.kind is not Kind.TRACK
    ):
        return False
    due = last.ends_at
    if not last.playing or due is None or listed.complete_until < now.seen_at:
        return False
    began_at = now.seen_at - (now.progress_ms or 0) if now.playing else last.seen_at
    sounded_ms = play.played_ms + began_at - last.seen_at
    in_time = began_at < due - FINISHED_WITHIN_MS
    return in_time and sounded_ms >= SHORT_MS + SLACK_MS and moved_by(last, now) < 0


def how_ended(
    last: Playback, now: Playback, listed: RecentlyPlayedList = EMPTY_LIST
) -> Ending:
    """When the item of the last look was over, given that it is by now, and is not itself listed."""
    due = last.ends_at
    if last.playing and (between := listed.between(last.seen_at, now.seen_at)):
        # What is listed was on in between, and is assumed to have played from its start.
        first = between[0]
        at = max(first.played_at - (first.item.duration_ms or 0), last.seen_at)
        if due is None or at < due - FINISHED_WITHIN_MS:
            return Ending(at, finished=None if due is None else False)
        return Ending(min(at, due), finished=None)
    if _nobody_knows(last, now, listed):
        return Ending(last.seen_at, finished=None)
    middle = (last.seen_at + now.seen_at) // 2
    if now.item is None:
        if due is not None and due <= now.seen_at + SLACK_MS:
            if _never_listed(last, due, listed):
                return Ending(last.seen_at, finished=None)
            return Ending(min(due, now.seen_at), finished=True)
        return Ending(middle, finished=None)
    began_at = now.seen_at - (now.progress_ms or 0)
    if began_at < last.seen_at - SLACK_MS:
        began_at = middle  # it was begun somewhere inside itself
    began_at = max(began_at, last.seen_at)
    if not last.playing and _took_its_turn(last, now, began_at):
        return Ending(began_at, finished=True)
    if due is None:
        return Ending(began_at, finished=None)
    if not now.playing and due <= began_at + SLACK_MS:
        return Ending(min(due, began_at), finished=True)
    if began_at < due - FINISHED_WITHIN_MS:
        return Ending(began_at, finished=False)
    # Something else must have been on between the two: how this one ended was not seen.
    unseen = began_at > due + FINISHED_WITHIN_MS
    if unseen and _never_listed(last, due, listed):
        return Ending(last.seen_at, finished=None)
    return Ending(min(due, began_at), finished=None if unseen else True)


def _never_listed(last: Playback, due: int, listed: RecentlyPlayedList) -> bool:
    """Whether a song that had just begun was left before its end was due (UTC ms): else recently played would have it by now."""
    if last.item is None or last.item.kind is not Kind.TRACK:
        return False
    if last.device is not None and last.device.private:
        return False
    sounded_ms = last.progress_ms or 0
    begun = sounded_ms < SHORT_MS <= sounded_ms + due - last.seen_at
    return begun and listed.complete_until >= due + SLACK_MS


def _nobody_knows(last: Playback, now: Playback, listed: RecentlyPlayedList) -> bool:
    """Whether all that is sure of an item is what its look saw: another one is paused now, nobody knows since when.

    Recently played was asked, and does not have it: it did not sound for long. Or it never has such items: how far
    they were played, their resume points show.
    """
    if now.item is None or now.playing or not last.playing or last.item is None:
        return False
    is_complete = (
        last.item.kind is not Kind.TRACK or listed.complete_until >= now.seen_at
    )
    return is_complete and not in_time(last, now)


def _took_its_turn(last: Playback, now: Playback, began_at: int) -> bool:
    """Whether a paused item was resumed and played to its end before what follows it in its context."""
    if last.context_uri is None or last.context_uri != now.context_uri:
        return False
    left = left_of(last)
    return now.playing and 0 < left <= began_at - last.seen_at + SLACK_MS
