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
    run: ActivePlay


def begin(
    group: Group, at: int, silent_at: int | None, since: int | None
) -> ActivePlay:
    """Return the play of a group that had none.

    It was seen silent at `silent_at`, or nobody saw it, and nothing counts before `since`, if anything does.
    A song that was never seen before is taken to have been heard from its start; something longer was
    perhaps taken up again.
    """
    run = ActivePlay.of(group, at)
    if group.playing and group.position is not None and group.item is not None:
        position = group.position
        if silent_at is not None:
            heard = min(position, at - silent_at) if position <= LATE_MS else 0
        else:
            heard = position if group.item.kind is Kind.TRACK else 0
        start = at - heard
        run.sounded(start if since is None else max(start, since), at, group.rooms)
    return run


def lose(run: ActivePlay, at: int) -> None:
    """Take note that nobody sees from now on whether a play goes on."""
    if run.lost_at is not None:
        return
    if run.playing:
        _sound_until(run, at)
    run.lost_at = at


def fall_silent(run: ActivePlay, at: int) -> None:
    """Take note that a player has stopped, and has nothing on any more."""
    if run.playing and run.lost_at is None:
        _sound_until(run, at)
    run.playing, run.stopped, run.lost_at, run.known_at = False, True, None, at


def go_on(run: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its group still has its item on."""
    if run.lost_at is not None:
        return _found_again(run, group, at)
    if not run.playing:
        return _after_silence(run, group, at)
    if turn := _came_round(run, group, at):
        return turn
    position = _told_position(group)
    jumped = _jumped(run, position, at)
    _sound_until(run, at, jumped=jumped)
    if position is not None and (jumped or run.position_ms is None):
        run.position_ms = position
    run.playing = group.playing
    run.take(group)
    return Turn([], run)


def give_way(run: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its group has another item on."""
    position = group.position or 0
    begins = at
    if run.lost_at is not None:
        begins = max(run.known_at, at - position) if group.playing else at
    elif run.playing and group.playing and position <= LATE_MS:
        begins = max(run.known_at, at - position)
    finish(run, begins, skipped=group.playing)
    after = ActivePlay.of(group, at)
    if group.playing:
        after.sounded(begins, at, group.rooms)
    return Turn([run], after)


def finish(run: ActivePlay, at: int, *, skipped: bool) -> None:
    """Take note that a play is over at a moment; `skipped` is whether it was, where it was not at its end."""
    due, ending, reached = run.due, run.ending, run.expected(at)
    heard_out = ending is not None and reached is not None and reached >= ending
    if not run.playing:
        run.finished = True if run.at_its_end else None
    elif run.lost_at is None:
        _sound_until(run, at)
        run.finished = True if heard_out else None
        if skipped and reached is not None and ending is not None and not heard_out:
            run.finished = False
    elif due is not None and skipped:
        # It was not seen how it ended; what followed began then.
        run.sounded(run.known_at, min(due, at), run.rooms)
        if at < due - FINISHED_WITHIN_MS:
            run.finished = False
        elif at <= due + FINISHED_WITHIN_MS:
            run.finished = True
    run.playing = False


def _sound_until(run: ActivePlay, at: int, *, jumped: bool = False) -> None:
    """Add what sounded since the last look; beyond its end only what a jump back explains."""
    due, expected = run.due, run.expected(at)
    until = at if due is None or jumped else min(at, due)
    run.sounded(run.known_at, until, run.rooms)
    if expected is not None and run.duration_ms is not None:
        run.position_ms = min(expected, run.duration_ms)
    run.known_at = at


def _told_position(group: Group) -> int | None:
    """Return how far a group has come (ms): one that stops goes back to the start, which tells nothing."""
    position = group.position
    if group.playing or position is None:
        return position
    paused = group.transport is Transport.PAUSED
    return position if paused and position > SLACK_MS else None


def _jumped(run: ActivePlay, position: int | None, at: int) -> bool:
    """Whether a position is another than it would be if nobody had moved it."""
    expected = run.expected(at)
    if position is None or expected is None or run.duration_ms is None:
        return False
    return abs(min(expected, run.duration_ms) - position) > SLACK_MS


def _came_round(run: ActivePlay, group: Group, at: int) -> Turn | None:
    """Return the plays of an item that was heard out and began again, if it did.

    A player that repeats it need not say so each time; one that stands at its end repeats nothing.
    """
    duration, ending, expected = run.duration_ms, run.ending, run.expected(at)
    if duration is None or ending is None or expected is None or not group.playing:
        return None
    position = group.position
    if run.repeats_one:
        if expected < duration:
            return None
        position = expected % duration if position is None else position
    elif position is None or position >= ending:
        return None
    back = expected - position
    if back < ending or back <= SLACK_MS:
        return None
    due = run.known_at + max(duration - (run.position_ms or 0), 0)
    begins = max(at - position, run.known_at)
    rooms = run.rooms
    over = [run]
    whole = replace(
        run, intervals=[], spans=[], playing=False, lost_at=None, before=None
    )
    run.sounded(run.known_at, min(begins, due), rooms)
    run.finished = True
    for number in range(1, round(back / duration) if run.repeats_one else 1):
        start = due + (number - 1) * duration
        again = replace(whole, known_at=start, intervals=[], spans=[], finished=True)
        again.sounded(start, min(start + duration, begins), rooms)
        over.append(again)
    after = ActivePlay.of(group, at)
    after.sounded(begins, at, rooms)
    return Turn(over, after)


def _after_silence(run: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play that was seen paused or stopped."""
    position = group.position
    stopped = run.stopped or group.transport is Transport.STOPPED
    if not group.playing:
        if (told := _told_position(group)) is not None:
            run.position_ms = told
        run.take(group)
        run.stopped, run.known_at = stopped, at
        return Turn([], run)
    if _is_another(run, position, at):
        return _another(run, begin(group, at, run.known_at, None))
    moved = 0
    if position is not None and run.position_ms is not None:
        moved = position - run.position_ms
    start = max(at - moved, run.known_at) if 0 < moved <= LATE_MS else at
    return _resumed(run, group, start, at)


def _found_again(run: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play of which nobody saw for a while whether it went on."""
    was, since = run.playing, run.known_at
    if was and (turn := _came_round(run, group, at)):
        return turn
    run.lost_at = None
    elapsed = at - since
    heard = _heard_unseen(run, group, elapsed)
    if not was:
        if not group.playing:
            return _after_silence(run, group, at)
        if _is_another(run, group.position, at - heard):
            after = ActivePlay.of(group, at)
            after.sounded(at - heard, at, group.rooms)
            return _another(run, after)
        return _resumed(run, group, at - heard, at)
    if not group.playing:
        run.sounded(since, since + heard, run.rooms)
        if group.position is not None:
            run.position_ms = max(group.position, run.position_ms or 0)
        run.playing, run.known_at = False, at
        run.take(group)
        return Turn([], run)
    if heard >= elapsed - SLACK_MS:
        middle = since + elapsed // 2
        run.sounded(since, middle, run.rooms)
        return _resumed(run, group, middle, at)
    # It was silent for a while in between: it sounded at both ends of that time.
    run.sounded(since, since + heard // 2, run.rooms)
    start = at - (heard - heard // 2)
    if elapsed - heard >= PAUSE_ENDS_PLAY_MS:
        after = ActivePlay.of(group, at)
        after.sounded(start, at, group.rooms)
        return _another(run, after)
    return _resumed(run, group, start, at)


def _heard_unseen(run: ActivePlay, group: Group, elapsed: int) -> int:
    """Return how long a play sounded in a time in which nobody saw it (ms)."""
    position, before = group.position, run.position_ms
    if position is None or before is None:
        both = run.playing and group.playing and elapsed < PAUSE_ENDS_PLAY_MS
        return elapsed if both else 0
    moved = position - before
    if moved < -SLACK_MS:
        # Somebody moved it back; it has sounded since then at the most.
        return min(position, elapsed) if group.playing else 0
    return min(max(moved, 0), elapsed)


def _is_another(run: ActivePlay, position: int | None, at: int) -> bool:
    """Whether a play that was silent until a moment is another one now: it was too long, or it started over."""
    if run.ended_at is None:
        return False
    return at - run.ended_at >= PAUSE_ENDS_PLAY_MS or started_over(run, position)


def started_over(run: ActivePlay, position: int | None) -> bool:
    """Whether a play that was silent is begun again from the start: after its end, or after it was stopped."""
    if position is None or run.position_ms is None:
        return run.at_its_end
    back = position < run.position_ms - SLACK_MS and position <= LATE_MS
    return back and (run.at_its_end or run.stopped)


def _another(run: ActivePlay, after: ActivePlay) -> Turn:
    run.finished = True if run.at_its_end else None
    run.playing = False
    return Turn([run], after)


def _resumed(run: ActivePlay, group: Group, start: int, at: int) -> Turn:
    """Let a play go on from a moment on."""
    if not run.playing:
        run.playing, run.known_at = True, start
    expected = run.expected(at)
    if group.position is not None and (
        expected is None or _jumped(run, group.position, at)
    ):
        expected = group.position
    if expected is not None and run.duration_ms is not None:
        run.position_ms = min(expected, run.duration_ms)
    run.take(group)
    run.sounded(start, at, group.rooms)
    run.stopped, run.known_at = False, at
    return Turn([], run)


def split_endless(run: ActivePlay, at: int) -> list[ActivePlay]:
    """Take from a play of something without an end what is too long for one play, and return it as plays that are over."""
    over: list[ActivePlay] = []
    while endless(run.item.kind) and run.playing and run.lost_at is None:
        start = run.intervals[0][0] if run.intervals else run.known_at
        until = start + LONGEST_MS
        if until > at:
            break
        whole = replace(run, intervals=[*run.intervals], spans=[*run.spans])
        whole.sounded(run.known_at, until, run.rooms)
        whole.playing = False
        over.append(whole)
        run.intervals, run.spans, run.known_at, run.before = [], [], until, None
    return over
