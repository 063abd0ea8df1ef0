"""Whether the active play of a group goes on, repeats, or has ended.

All functions take the moment of the look in UTC ms; a look is never older than the one before.
"""

from dataclasses import replace
from typing import NamedTuple

from ..history.model import Kind
from .active_play import LATE_MS, LONGEST_MS, PAUSE_ENDS_PLAY_MS, SLACK_MS, ActivePlay
from .group import Group, Transport, endless
from .sounded_play import FINISHED_WITHIN_MS


class Turn(NamedTuple):
    """The plays that are over, and the one that is under way now."""

    over: list[ActivePlay]
    play: ActivePlay


def begin(
    group: Group, at: int, silent_at: int | None, since: int | None
) -> ActivePlay:
    """Return the play of a group that had none.

    It was seen silent at `silent_at`, or nobody saw it, and nothing counts before `since`, if anything does.
    A song that was never seen before is assumed to have played from its start; something longer was
    perhaps taken up again.
    """
    play = ActivePlay.of(group, at)
    if group.playing and group.position is not None and group.item is not None:
        position = group.position
        if silent_at is not None:
            sounded_ms = min(position, at - silent_at) if position <= LATE_MS else 0
        else:
            sounded_ms = position if group.item.kind is Kind.TRACK else 0
        start = at - sounded_ms
        play.sounded(start if since is None else max(start, since), at, group.rooms)
    return play


def lose(play: ActivePlay, at: int) -> None:
    """Take note that nobody sees from now on whether a play goes on."""
    if play.lost_at is not None:
        return
    if play.playing:
        _sound_until(play, at)
    play.lost_at = at


def fall_silent(play: ActivePlay, at: int) -> None:
    """Take note that a player has stopped, and has nothing on any more."""
    if play.playing and play.lost_at is None:
        _sound_until(play, at)
    play.playing, play.stopped, play.lost_at, play.known_at = False, True, None, at


def go_on(play: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its group still has its item on."""
    if play.lost_at is not None:
        return _found_again(play, group, at)
    if not play.playing:
        return _after_silence(play, group, at)
    if turn := _came_round(play, group, at):
        return turn
    position = _reported_position(group)
    jumped = _jumped(play, position, at)
    _sound_until(play, at)
    if position is not None and (jumped or play.position_ms is None):
        play.position_ms = position
    play.playing = group.playing
    play.take(group)
    return Turn([], play)


def give_way(play: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its group has another item on."""
    position = group.position or 0
    begins = at
    if play.lost_at is not None:
        begins = max(play.known_at, at - position) if group.playing else at
    elif play.playing and group.playing and position <= LATE_MS:
        begins = max(play.known_at, at - position)
    finish(play, begins, skipped=group.playing)
    after = ActivePlay.of(group, at)
    if group.playing:
        after.sounded(begins, at, group.rooms)
    return Turn([play], after)


def finish(play: ActivePlay, at: int, *, skipped: bool) -> None:
    """Take note that a play is over at a moment; `skipped` is whether it was, where it was not at its end."""
    due, ending, reached = play.due, play.ending, play.expected(at)
    reached_end = ending is not None and reached is not None and reached >= ending
    if not play.playing:
        play.finished = True if play.at_its_end else None
    elif play.lost_at is None:
        _sound_until(play, at)
        play.finished = True if reached_end else None
        if skipped and reached is not None and ending is not None and not reached_end:
            play.finished = False
    elif due is not None and skipped:
        # It was not seen how it ended; what followed began then.
        play.sounded(play.known_at, min(due, at), play.rooms)
        if at < due - FINISHED_WITHIN_MS:
            play.finished = False
        elif at <= due + FINISHED_WITHIN_MS:
            play.finished = True
    play.playing = False


def _sound_until(play: ActivePlay, at: int) -> None:
    """Add what sounded since the last look, up to its end."""
    due, expected = play.due, play.expected(at)
    play.sounded(play.known_at, at if due is None else min(at, due), play.rooms)
    if expected is not None and play.duration_ms is not None:
        play.position_ms = min(expected, play.duration_ms)
    play.known_at = at


def _reported_position(group: Group) -> int | None:
    """Return how far a group has come (ms): one that stops goes back to the start, which says nothing."""
    position = group.position
    if group.playing or position is None:
        return position
    paused = group.transport is Transport.PAUSED
    return position if paused and position > SLACK_MS else None


def _jumped(play: ActivePlay, position: int | None, at: int) -> bool:
    """Whether a position is another than it would be if nobody had moved it."""
    expected = play.expected(at)
    if position is None or expected is None or play.duration_ms is None:
        return False
    return abs(min(expected, play.duration_ms) - position) > SLACK_MS


def _came_round(play: ActivePlay, group: Group, at: int) -> Turn | None:
    """Return the plays of an item that played to its end and began again, if it did.

    A player that repeats it need not say so each time; one that stands at its end repeats nothing.
    """
    duration, ending, expected = play.duration_ms, play.ending, play.expected(at)
    if duration is None or ending is None or expected is None or not group.playing:
        return None
    position = group.position
    if play.repeats_one:
        if expected < duration:
            return None
        position = expected % duration if position is None else position
    elif position is None or position >= ending:
        return None
    elif play.lost_at is None:
        # Where it is watched it stood at its end since then.
        expected = min(expected, duration)
    back = expected - position
    if back < ending or back <= SLACK_MS:
        return None
    due = play.known_at + max(duration - (play.position_ms or 0), 0)
    begins = max(at - position, play.known_at)
    rooms = play.rooms
    over = [play]
    whole = replace(
        play, intervals=[], spans=[], playing=False, lost_at=None, before=None
    )
    play.sounded(play.known_at, min(begins, due), rooms)
    play.finished = True
    for number in range(1, round(back / duration) if play.repeats_one else 1):
        start = due + (number - 1) * duration
        again = replace(whole, known_at=start, intervals=[], spans=[], finished=True)
        again.sounded(start, min(start + duration, begins), rooms)
        over.append(again)
    after = ActivePlay.of(group, at)
    after.sounded(begins, at, rooms)
    return Turn(over, after)


def _after_silence(play: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play that was seen paused or stopped."""
    position = group.position
    stopped = play.stopped or group.transport is Transport.STOPPED
    if not group.playing:
        if (reported := _reported_position(group)) is not None:
            play.position_ms = reported
        play.take(group)
        play.stopped, play.known_at = stopped, at
        return Turn([], play)
    if _is_another(play, position, at):
        return _another(play, begin(group, at, play.known_at, None))
    moved = 0
    if position is not None and play.position_ms is not None:
        moved = position - play.position_ms
    start = max(at - moved, play.known_at) if 0 < moved <= LATE_MS else at
    return _resumed(play, group, start, at)


def _found_again(play: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play of which nobody saw for a while whether it went on."""
    was, since = play.playing, play.known_at
    if was and (turn := _came_round(play, group, at)):
        return turn
    play.lost_at = None
    elapsed = at - since
    sounded_ms = _sounded_unseen_ms(play, group, elapsed)
    if not was:
        if not group.playing:
            return _after_silence(play, group, at)
        if _is_another(play, group.position, at - sounded_ms):
            after = ActivePlay.of(group, at)
            after.sounded(at - sounded_ms, at, group.rooms)
            return _another(play, after)
        return _resumed(play, group, at - sounded_ms, at)
    if not group.playing:
        play.sounded(since, since + sounded_ms, play.rooms)
        if group.position is not None:
            play.position_ms = max(group.position, play.position_ms or 0)
        play.playing, play.known_at = False, at
        play.take(group)
        return Turn([], play)
    if sounded_ms >= elapsed - SLACK_MS:
        middle = since + elapsed // 2
        play.sounded(since, middle, play.rooms)
        return _resumed(play, group, middle, at)
    # It was silent for a while in between: it sounded at both ends of that time.
    play.sounded(since, since + sounded_ms // 2, play.rooms)
    start = at - (sounded_ms - sounded_ms // 2)
    if elapsed - sounded_ms >= PAUSE_ENDS_PLAY_MS:
        after = ActivePlay.of(group, at)
        after.sounded(start, at, group.rooms)
        return _another(play, after)
    return _resumed(play, group, start, at)


def _sounded_unseen_ms(play: ActivePlay, group: Group, elapsed: int) -> int:
    """Return how long a play sounded in a time in which nobody saw it (ms)."""
    position, before = group.position, play.position_ms
    if position is None or before is None:
        both = play.playing and group.playing and elapsed < PAUSE_ENDS_PLAY_MS
        return elapsed if both else 0
    moved = position - before
    if moved < -SLACK_MS:
        # Somebody moved it back; it has sounded since then at the most.
        return min(position, elapsed) if group.playing else 0
    return min(max(moved, 0), elapsed)


def _is_another(play: ActivePlay, position: int | None, at: int) -> bool:
    """Whether a play that was silent until a moment is another one now: it was too long, or it started over."""
    if play.ended_at is None:
        return False
    return at - play.ended_at >= PAUSE_ENDS_PLAY_MS or started_over(play, position)


def started_over(play: ActivePlay, position: int | None) -> bool:
    """Whether a play that was silent is begun again from the start: after its end, or after it was stopped."""
    if position is None or play.position_ms is None:
        return play.at_its_end
    back = position < play.position_ms - SLACK_MS and position <= LATE_MS
    return back and (play.at_its_end or play.stopped)


def _another(play: ActivePlay, after: ActivePlay) -> Turn:
    play.finished = True if play.at_its_end else None
    play.playing = False
    return Turn([play], after)


def _resumed(play: ActivePlay, group: Group, start: int, at: int) -> Turn:
    """Let a play go on from a moment on."""
    if not play.playing:
        play.playing, play.known_at = True, start
    expected = play.expected(at)
    if group.position is not None and (
        expected is None or _jumped(play, group.position, at)
    ):
        expected = group.position
    if expected is not None and play.duration_ms is not None:
        play.position_ms = min(expected, play.duration_ms)
    play.take(group)
    play.sounded(start, at, group.rooms)
    play.stopped, play.known_at = False, at
    return Turn([], play)


def split_endless(play: ActivePlay, at: int) -> list[ActivePlay]:
    """Take from a play of something without an end what is too long for one play, and return it as plays that are over."""
    over: list[ActivePlay] = []
    while endless(play.item.kind) and play.playing and play.lost_at is None:
        start = play.intervals[0][0] if play.intervals else play.known_at
        until = start + LONGEST_MS
        if until > at:
            break
        whole = replace(play, intervals=[*play.intervals], spans=[*play.spans])
        whole.sounded(play.known_at, until, play.rooms)
        whole.playing = False
        over.append(whole)
        play.intervals, play.spans, play.known_at, play.before = [], [], until, None
    return over
