"""An active play: intervals of sound that polls have seen.

All times are in milliseconds, moments in UTC.
"""

from dataclasses import dataclass
from typing import Final

from ...history.model import Device, Room, RoomSpan
from ...tracking.sounded_play import SoundedPlay
from ..api.playback import ConnectDevice, Playback

SLACK_MS: Final = 3_000
"""Positions are this inexact: a network's delay, and a player that reports late."""

MOMENT_MS: Final = 1_000
"""The assumed length of a play of which nothing else is known."""


@dataclass(slots=True, kw_only=True)
class ActivePlay(SoundedPlay):
    """A play under way, on one device; a moment at which it was only seen is an interval without a length.

    Where it is not known when in an interval it sounded, `silent_ms` of it all were silent.
    """

    device: ConnectDevice | None = None
    private: bool = False
    silent_ms: int = 0

    @property
    def played_ms(self) -> int:
        """How long it sounded."""
        return self.sounded_ms - self.silent_ms

    @property
    def played_on(self) -> Device | None:
        """The device as the history has it."""
        on = self.device
        return None if on is None else Device(on.id or on.name, on.name)

    def rooms_in(self, room: Room | None) -> tuple[RoomSpan, ...]:
        """Return when it sounded in a room; nothing without one."""
        if room is None:
            return ()
        spans = ((start, end) for start, end in self.intervals if start < end)
        return tuple(RoomSpan(room, start, end) for start, end in spans)

    def sounded(self, start: int, end: int) -> None:
        """Add an interval of sound that follows all others."""
        if end <= start:
            return
        if self.intervals and start <= self.intervals[-1][1]:
            start = self.intervals.pop()[0]
        self.intervals.append((start, end))

    def goes_on_after(self, before: ActivePlay) -> None:
        """Begin where a play ended that went on as this one on another device, perhaps after a pause."""
        if before.ended_at is not None:
            self.intervals.insert(0, (before.ended_at, before.ended_at))

    def seen_sounding(self, at: int) -> None:
        """Take note that it sounded at a moment, though its position says nothing of the time before."""
        if self.ended_at is None or self.ended_at < at:
            self.intervals.append((at, at))


@dataclass(frozen=True, slots=True)
class Ending:
    """How the item of one look was over by the next: when, and whether it was played to its end.

    `finished` is None where that is unknown.
    """

    at: int
    finished: bool | None


def close(play: ActivePlay, last: Playback, ending: Ending, *, listed: bool) -> None:
    """Add to a play what sounded after the last look until its end; `listed` is whether recently played has its end."""
    if last.playing:
        play.sounded(last.seen_at, ending.at)
    elif ending.finished:
        play.sounded(ending.at - left_of(last), ending.at)
    elif listed and play.ended_at is not None:
        start, end = play.intervals[0][0], play.ended_at
        if play.silent_ms and start < ending.at <= end:
            # It was found paused; now it is known since when.
            start = max(ending.at - play.played_ms, start)
            play.intervals, play.silent_ms = [(start, ending.at)], 0
        elif ending.at > end + SLACK_MS:
            # It was taken up again, nobody knows for how long, and left.
            play.sounded(ending.at - MOMENT_MS, ending.at)


def go_on(play: ActivePlay, last: Playback, now: Playback) -> None:
    """Add what sounded between two looks at the same play."""
    elapsed = now.seen_at - last.seen_at
    moved = moved_by(last, now)
    play.context_uri = play.context_uri or now.context_uri
    play.device = play.device or now.device
    match last.playing, now.playing:
        case True, True if moved >= elapsed - SLACK_MS or moved < 0:
            play.sounded(last.seen_at, now.seen_at)
        case True, True:
            # Paused and resumed unseen: it sounded at both ends of the gap.
            play.sounded(*first_half(last, now))
            play.sounded(*second_half(last, now))
        case False, True:
            play.sounded(now.seen_at - sounded_within(moved, elapsed), now.seen_at)
        case True, False:
            play.sounded(last.seen_at, last.seen_at + sounded_within(moved, elapsed))
        case _ if moved <= elapsed:
            play.sounded(last.seen_at, last.seen_at + max(moved, 0))
    if now.playing:
        play.seen_sounding(now.seen_at)


def moved_over(play: ActivePlay, now: Playback) -> bool:
    """Whether the play went on to another device: Spotify counts that as another play.

    A look without a device is not of another one, and a new name makes none.
    """
    before, after = play.device, now.device
    if before is None or after is None:
        return False
    if before.id is None or after.id is None:
        return before.name != after.name
    return before.id != after.id


def first_half(last: Playback, now: Playback) -> tuple[int, int]:
    """Return the sound at the beginning of a gap that was not seen."""
    if not last.playing:
        return last.seen_at, last.seen_at
    sounded_ms = sounded_within(moved_by(last, now), now.seen_at - last.seen_at)
    return last.seen_at, last.seen_at + (sounded_ms // 2 if now.playing else sounded_ms)


def second_half(last: Playback, now: Playback) -> tuple[int, int]:
    """Return the sound at the end of a gap that was not seen."""
    if not now.playing:
        return now.seen_at, now.seen_at
    sounded_ms = sounded_within(moved_by(last, now), now.seen_at - last.seen_at)
    return now.seen_at - (
        sounded_ms - sounded_ms // 2 if last.playing else sounded_ms
    ), now.seen_at


def moved_by(last: Playback, now: Playback) -> int:
    """How far the position moved (ms); by the clock where a look has no position."""
    if last.progress_ms is None or now.progress_ms is None:
        return now.seen_at - last.seen_at if last.playing and now.playing else 0
    return now.progress_ms - last.progress_ms


def progressed_to(last: Playback, now: Playback) -> int:
    """How much time must have passed between two looks (ms), whatever the clock says."""
    if not (last.playing and now.playing and last.item == now.item):
        return 0
    return max((now.progress_ms or 0) - (last.progress_ms or 0), 0)


def sounded_within(moved: int, elapsed: int) -> int:
    """How long it sounded in a gap that also held silence; half of it after a jump ahead."""
    if moved > elapsed + SLACK_MS:
        return elapsed // 2
    return min(max(moved, 0), elapsed)


def left_of(last: Playback) -> int:
    """How much of the item was still to come (ms); 0 where that is not known."""
    if last.item is None or last.item.duration_ms is None or last.progress_ms is None:
        return 0
    return max(last.item.duration_ms - last.progress_ms, 0)
