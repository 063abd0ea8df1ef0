"""Turns looks at a player into plays as they were really heard.

Between two looks much can happen unseen. What is concluded is the simplest life of the
player that fits both: a track goes on until its end unless something else is seen to
have begun, an item began where its position says, a position that fell behind the
clock was a pause, one that jumped was a seek.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, final

from ..history.model import (
    UNDER_WAY,
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    Room,
    RoomSpan,
    Source,
)
from .playback import ConnectDevice, Playback

type RoomOf = Callable[[str], Room | None]

SLACK_MS: Final = 3_000
"""Positions are this inexact: a network's delay, and a player that reports late."""

FINISHED_WITHIN_MS: Final = 12_000
"""An item left this near its end was heard out: crossfade lasts up to 12 s."""

PAUSE_ENDS_PLAY_MS: Final = 15 * 60_000
"""A pause longer than this ends a play; Spotify's own devices go to rest by then."""

OUT_OF_ORDER_MS: Final = 60_000
"""A look that is older than the last one by less was answered late; by more, the clock was set back."""


@dataclass(slots=True)
class Run:
    """A play under way, on one device. `soundings` are its stretches of sound in UTC ms, pauses left out."""

    item: Item
    device: ConnectDevice | None = None
    context_uri: str | None = None
    shuffle: bool | None = None
    private: bool = False
    soundings: list[tuple[int, int]] = field(default_factory=list)

    @property
    def ended_at(self) -> int | None:
        """When it last sounded, if it did."""
        return self.soundings[-1][1] if self.soundings else None

    @property
    def heard_ms(self) -> int:
        """How long it sounded."""
        return sum(end - start for start, end in self.soundings)

    def sounded(self, start: int, end: int) -> None:
        """Add a stretch of sound that follows all others."""
        if end <= start:
            return
        if self.soundings and start <= self.soundings[-1][1]:
            start = self.soundings.pop()[0]
        self.soundings.append((start, end))


@dataclass(frozen=True, slots=True)
class Ending:
    """How the item of one look was over by the next: when, and whether it was heard out.

    `finished` is None where nobody can tell.
    """

    at: int
    finished: bool | None


@dataclass(slots=True)
class Watch:
    """All that is remembered between two looks; it can be stored and taken up again."""

    last: Playback | None = None
    left: Playback | None = None
    """The last look that had an item: where it will be taken up again."""
    run: Run | None = None

    def move_back(self, by: int) -> None:
        """Say that all of it was so much earlier (ms)."""
        if self.last is not None:
            self.last = replace(self.last, seen_at=self.last.seen_at - by)
        if self.run is not None:
            self.run.soundings = [
                (start - by, end - by) for start, end in self.run.soundings
            ]


@final
class Listening:
    """One listener's player, looked at now and then."""

    def __init__(
        self, listener: Listener, room_of: RoomOf, watch: Watch | None = None
    ) -> None:
        """Begin anew or from a stored watch; `room_of` names the room of a device's name."""
        self._listener = listener
        self._room_of = room_of
        self.watch = watch or Watch()

    def see(self, now: Playback) -> list[Observation]:
        """Take the next look and return the plays that are over by it."""
        last = self.watch.last
        if last is not None and now.seen_at <= last.seen_at:
            if now.seen_at > last.seen_at - OUT_OF_ORDER_MS:
                return []
            self.watch.move_back(last.seen_at - now.seen_at + _gone_on(last, now))
        last, run = self.watch.last, self.watch.run
        if now.item is None and not now.idle and not _over(last, now):
            return []
        done: list[Observation] = []
        if run is None or last is None:
            self._begin(now, last, last.seen_at if last else now.seen_at)
        elif not _is_on(run, last, now):
            ending = _ending(last, now)
            if last.playing:
                run.sounded(last.seen_at, ending.at)
            elif ending.finished:
                run.sounded(ending.at - _left(last), ending.at)
            done = self._observe(run, ending.finished)
            self._begin(now, last, ending.at if last.playing else last.seen_at)
        elif _moved_over(run, now):
            run.sounded(*_first_half(last, now))
            done = self._observe(run, None)
            self._new_run(now).sounded(*_second_half(last, now))
        else:
            _go_on(run, last, now)
        self.watch.last = now
        self.watch.left = self.watch.left if now.item is None else now
        if now.device is not None and now.device.private and self.watch.run is not None:
            self.watch.run.private = True
        return done + self._end_of_long_pause(now)

    def stop(self) -> list[Observation]:
        """Return the play under way as far as it was seen, and forget it."""
        run, self.watch = self.watch.run, Watch()
        return [] if run is None else self._observe(run, None)

    def under_way(self, now: int | None) -> Play | None:
        """Return the play under way as it would be recorded if it stopped `now` (UTC ms).

        What was playing at the last look is taken to go on until its end; without `now`, the play is
        told as far as it was seen. None where there is nothing to record.
        """
        run, last = self.watch.run, self.watch.last
        if run is None or last is None:
            return None
        run = replace(run, soundings=[*run.soundings])
        finished = None
        if last.playing and now is not None:
            until = now if last.ends_at is None else min(now, last.ends_at)
            run.sounded(last.seen_at, until)
            finished = True if until == last.ends_at else None
        for seen in self._observe(run, finished):
            return Play(
                UNDER_WAY,
                seen.listener,
                seen.item,
                seen.started_at,
                seen.ended_at,
                seen.ms_played,
                frozenset({seen.source}),
                seen.device,
                seen.context_uri,
                seen.rooms,
                seen.skipped,
            )
        return None

    def _begin(self, now: Playback, last: Playback | None, since: int) -> None:
        """Begin the run of what is on now; after a look, nothing of it sounded before `since` (UTC ms)."""
        if now.item is None:
            self.watch.run = None
            return
        if last is None:
            heard = _heard_at_first_look(now, now.item)
        else:
            position = _beyond(now, last, self.watch.left)
            heard = _heard_unseen(now, last, position, max(now.seen_at - since, 0))
        self._new_run(now).sounded(now.seen_at - heard, now.seen_at)

    def _new_run(self, now: Playback) -> Run:
        assert now.item is not None
        run = Run(now.item, now.device, now.context_uri, now.shuffle)
        self.watch.run = run
        return run

    def _end_of_long_pause(self, now: Playback) -> list[Observation]:
        """Return a play that has been paused for so long that it is over."""
        run = self.watch.run
        if run is None or now.playing or now.item is None or run.ended_at is None:
            return []
        if now.seen_at - run.ended_at < PAUSE_ENDS_PLAY_MS:
            return []
        self._new_run(now).private = run.private
        return self._observe(run, None)

    def _observe(self, run: Run, finished: bool | None) -> list[Observation]:
        if not run.soundings or run.private:
            return []
        return [
            Observation(
                source=Source.LIVE,
                listener=self._listener,
                item=run.item,
                started_at=run.soundings[0][0],
                ended_at=run.soundings[-1][1],
                ms_played=run.heard_ms,
                device=_device(run.device),
                context_uri=run.context_uri,
                rooms=self._rooms(run),
                skipped=None if finished is None else not finished,
                shuffle=run.shuffle,
                incognito=False,
            )
        ]

    def _rooms(self, run: Run) -> tuple[RoomSpan, ...]:
        room = self._room_of(run.device.name) if run.device else None
        if room is None:
            return ()
        return tuple(RoomSpan(room, start, end) for start, end in run.soundings)


def _over(last: Playback | None, now: Playback) -> bool:
    """Whether what was on must be over while the player names nothing that can be recorded."""
    return last is None or last.ends_at is None or last.ends_at + SLACK_MS < now.seen_at


def _is_on(run: Run, last: Playback, now: Playback) -> bool:
    """Whether the item now on is still the same play."""
    if now.item is None or now.item.uri != run.item.uri:
        return False
    elapsed = now.seen_at - last.seen_at
    position, before = now.progress_ms, last.progress_ms
    if position is None or before is None:
        return True
    began_at = now.seen_at - position
    if position < before - SLACK_MS and began_at >= last.seen_at - SLACK_MS:
        return False  # it started over
    waits = position <= SLACK_MS and not now.playing
    if (
        (waits or last.repeat == "track")
        and last.ends_at is not None
        and began_at >= last.ends_at - SLACK_MS
    ):
        return False  # it was over, and waits at its start or came round again
    # After a long silence inside the gap it was put on again.
    moved = max(position - before, 0)
    silent = elapsed - moved
    if not last.playing:
        silent = now.seen_at - moved - (run.ended_at or now.seen_at)
    return silent < PAUSE_ENDS_PLAY_MS or not now.playing


def _go_on(run: Run, last: Playback, now: Playback) -> None:
    """Add what sounded between two looks at the same play."""
    elapsed = now.seen_at - last.seen_at
    moved = _moved(last, now)
    run.context_uri = run.context_uri or now.context_uri
    run.device = run.device or now.device
    match last.playing, now.playing:
        case True, True if moved >= elapsed - SLACK_MS or moved < 0:
            run.sounded(last.seen_at, now.seen_at)
        case True, True:
            # Paused and resumed unseen: it sounded at both ends of the gap.
            run.sounded(*_first_half(last, now))
            run.sounded(*_second_half(last, now))
        case False, True:
            run.sounded(now.seen_at - _within(moved, elapsed), now.seen_at)
        case True, False:
            run.sounded(last.seen_at, last.seen_at + _within(moved, elapsed))
        case _ if moved <= elapsed:
            run.sounded(last.seen_at, last.seen_at + max(moved, 0))


def _moved_over(run: Run, now: Playback) -> bool:
    """Whether the play went on to another device: Spotify counts that as another play.

    A look that names no device tells of no other one, and a new name makes none.
    """
    before, after = run.device, now.device
    if before is None or after is None:
        return False
    if before.id is None or after.id is None:
        return before.name != after.name
    return before.id != after.id


def _first_half(last: Playback, now: Playback) -> tuple[int, int]:
    """Return the sound at the beginning of a gap whose middle was not seen."""
    if not last.playing:
        return last.seen_at, last.seen_at
    heard = _within(_moved(last, now), now.seen_at - last.seen_at)
    return last.seen_at, last.seen_at + (heard // 2 if now.playing else heard)


def _second_half(last: Playback, now: Playback) -> tuple[int, int]:
    """Return the sound at the end of a gap whose middle was not seen."""
    if not now.playing:
        return now.seen_at, now.seen_at
    heard = _within(_moved(last, now), now.seen_at - last.seen_at)
    return now.seen_at - (heard - heard // 2 if last.playing else heard), now.seen_at


def _moved(last: Playback, now: Playback) -> int:
    """How far the position moved (ms); by the clock where a look has no position."""
    if last.progress_ms is None or now.progress_ms is None:
        return now.seen_at - last.seen_at if last.playing and now.playing else 0
    return now.progress_ms - last.progress_ms


def _gone_on(last: Playback, now: Playback) -> int:
    """How much time must have passed between two looks (ms), whatever the clock says."""
    if not (last.playing and now.playing and last.item == now.item):
        return 0
    return max((now.progress_ms or 0) - (last.progress_ms or 0), 0)


def _within(moved: int, elapsed: int) -> int:
    """How long it sounded in a gap that also held silence; half of it after a jump ahead."""
    if moved > elapsed + SLACK_MS:
        return elapsed // 2
    return min(max(moved, 0), elapsed)


def _ending(last: Playback, now: Playback) -> Ending:
    """When the item of the last look was over, given that it is by now."""
    due = last.ends_at
    middle = (last.seen_at + now.seen_at) // 2
    if now.item is None:
        if due is not None and due <= now.seen_at + SLACK_MS:
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
    return Ending(min(due, began_at), finished=None if unseen else True)


def _took_its_turn(last: Playback, now: Playback, began_at: int) -> bool:
    """Whether a paused item was taken up and heard out before what follows it in its context."""
    if last.context_uri is None or last.context_uri != now.context_uri:
        return False
    left = _left(last)
    return now.playing and 0 < left <= began_at - last.seen_at + SLACK_MS


def _left(last: Playback) -> int:
    """How much of the item was still to come (ms); 0 where that is not known."""
    if last.item is None or last.item.duration_ms is None or last.progress_ms is None:
        return 0
    return max(last.item.duration_ms - last.progress_ms, 0)


def _heard_at_first_look(now: Playback, item: Item) -> int:
    """How long an item that was never seen before has sounded (ms).

    A song is taken to have been heard from its start; something longer was perhaps taken
    up again, and what is paused may have been so for days.
    """
    return (now.progress_ms or 0) if now.playing and item.kind is Kind.TRACK else 0


def _beyond(now: Playback, last: Playback, left: Playback | None) -> int:
    """How far the item now on is beyond where it was left; its position when it is a new one."""
    position = now.progress_ms or 0
    if last.playing or left is None or left.item is None or now.item is None:
        return position
    if left.item.uri != now.item.uri or (left.progress_ms or 0) > position:
        return position
    return position - (left.progress_ms or 0)


def _heard_unseen(now: Playback, last: Playback, position: int, gap: int) -> int:
    """How long an item sounded in a gap (ms) at whose beginning it was not on.

    A player that wakes paused shows what it played long ago.
    """
    if not now.playing and last.idle:
        return 0
    if position <= gap + SLACK_MS:
        return min(position, gap)
    # Begun somewhere inside itself, at a moment in the gap that nobody saw.
    return gap // 2 if now.playing else 0


def _device(connect: ConnectDevice | None) -> Device | None:
    return None if connect is None else Device(connect.id or connect.name, connect.name)
