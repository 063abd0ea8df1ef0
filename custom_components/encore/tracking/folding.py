"""Folds the same play on several players of one source into one.

Some players show what others play: an account, a speaker under a second integration. They see a track come and go a
little later, so what is over is held back for a while.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, final

from ..history.merge.linking import DURATION_TOLERANCE_MS
from ..history.merge.same_song import is_local, song_keys
from ..history.model import Kind, Observation, Play

HELD_MS: Final = 60_000
"""So long what is over waits for others that saw it."""

REMEMBERED_MS: Final = 600_000
"""How long a released observation is still recognized (ms)."""


@dataclass(slots=True)
class Held:
    """An observation that waits, since a moment (UTC ms)."""

    seen: Observation
    since: int


@final
class Folding:
    """Holds observations back, and releases those that no other source will report better."""

    def __init__(self, held: Iterable[Held] = (), *, fold: bool = True) -> None:
        """Go on with what was held; without `fold` each is released as it is."""
        self.held = [*held]
        self._fold = fold
        self._released: list[Held] = []

    def add(self, observations: Iterable[Observation], at: int) -> None:
        """Take observations that are over by a moment (UTC ms)."""
        for one in observations:
            if not self._fold:
                self.held.append(Held(one, at))
            elif not any(is_one(one, earlier.seen) for earlier in self._released):
                self._join(one, at)

    def release(self, at: int, *, at_once: bool = False) -> list[Observation]:
        """Return what has waited long enough by a moment (UTC ms), or everything."""
        ready = [
            each for each in self.held if at_once or not 0 <= at - each.since < HELD_MS
        ]
        return self._let_go(ready, at)

    def drop(self, unwanted: Iterable[Observation]) -> None:
        """Forget some of what waits."""
        away = [*unwanted]
        self.held = [each for each in self.held if each.seen not in away]

    def _join(self, one: Observation, at: int) -> None:
        for place, each in enumerate(self.held):
            if is_one(one, each.seen):
                self.held[place] = Held(better(each.seen, one), each.since)
                return
        self.held.append(Held(one, at))

    def _let_go(self, ready: list[Held], at: int) -> list[Observation]:
        self.held = [each for each in self.held if each not in ready]
        recent = [
            each for each in self._released if 0 <= at - each.since < REMEMBERED_MS
        ]
        self._released = recent + [Held(each.seen, at) for each in ready]
        return [each.seen for each in ready]


type Played = Observation | Play


def is_one(a: Played, b: Played) -> bool:
    """Whether what two players reported is one play.

    They are of one song, mostly at the same time, and in a common room unless one of them has none.
    """
    if a.device is None or b.device is None or a.device.key == b.device.key:
        return False
    if not _same_song(a, b):
        return False
    common = min(a.ended_at, b.ended_at) - max(a.started_at, b.started_at)
    shorter = min(a.ended_at - a.started_at, b.ended_at - b.started_at)
    return 2 * common > shorter and _same_place(a, b)


def better(a: Observation, b: Observation) -> Observation:
    """Return the one of two observations of one thing that says more, with what only the other one knows."""
    first, second = sorted((a, b), key=_says)
    item = second.item
    if is_local(item.uri) and not is_local(first.item.uri):
        item = first.item
    return replace(
        second,
        item=item,
        context_uri=second.context_uri or first.context_uri,
        skipped=first.skipped if second.skipped is None else second.skipped,
        volumes=second.volumes or first.volumes,
    )


def _says(one: Observation) -> tuple[bool, int, int, str]:
    """Return how much is to be learnt from an observation: most from who names rooms, then from who knew the end first."""
    key = "" if one.device is None else one.device.key
    return bool(one.rooms), len(one.rooms), -one.ended_at, key


def _same_song(a: Played, b: Played) -> bool:
    if a.item.uri == b.item.uri:
        return True
    if a.item.kind is not b.item.kind or a.item.kind is not Kind.TRACK:
        return False
    if {*song_keys(a.item)}.isdisjoint(song_keys(b.item)):
        return False
    lengths = a.item.duration_ms, b.item.duration_ms
    return (
        lengths[0] is None
        or lengths[1] is None
        or abs(lengths[0] - lengths[1]) <= DURATION_TOLERANCE_MS
    )


def _same_place(a: Played, b: Played) -> bool:
    rooms, others = ({span.room.key for span in one.rooms} for one in (a, b))
    names, called = (
        {span.room.name.casefold() for span in one.rooms} for one in (a, b)
    )
    return not (rooms and others) or bool(rooms & others or names & called)
