"""When to poll next by the *Responsiveness*, within a number of calls an hour.

All times are in milliseconds, moments by our own clock (UTC).
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, final

from ...history.records.api_calls import HOUR_MS
from ...settings.responsiveness import LIMITS, Limits, Responsiveness
from ..api.playback import Playback
from ..budget.background_share import Made
from ..call_purpose import Purpose
from .poll_schedule import AFTER_END_MS, DOUBT_MS, QUIET_MS
from .usual_hours import UsualHours

LIVE_MS: Final = 30_000
"""As often as Home Assistant's own integration looks (`UPDATE_INTERVAL` of its coordinator, 2026.10)."""

PLAYING_MS: Final = 52_000
"""Balanced: between looks while something plays, at the most; they are spread evenly up to the end of the track."""

SKIPPING_MS: Final = 24_000
"""Balanced: the interval for a minute after a skip. Spotify does not list what was played for less than 30 s."""
SKIPPING_FOR_MS: Final = 60_000

EXPECTED_MS: Final = 58_000
"""Balanced: between looks at a silent player where somebody is likely to begin."""

EXPECTED_AGAIN_MS: Final = 23 * 60_000
"""For this long after music a new play is likely, in usual hours: most pauses are short."""

USUAL_MS: Final = 10 * 60_000
"""Balanced: between looks at a silent player in usual hours, where nobody usually begins."""

SOON_AGAIN_MS: Final = 50_000
"""Balanced: the first look after music in an unusual hour; each further one comes about as long after the last as the silence lasts."""

SHORT_OF: Final = 4
"""Where fewer calls than this are left of an hour, looks come later, so that the rest lasts."""
STRETCHED_BY: Final = 4
SHORT_OF_SILENT: Final = 14
"""The same while nothing plays: rather all starts a bit later than one of them by minutes."""
STRETCHED_BY_SILENT: Final = 9

HELD: Final = Limits(playing=4, usual=2, quiet=2)
"""Calls of an hour that looks leave to recently played, devices and what else cannot wait."""

BUSY_MS: Final = 60_000
"""The least between looks where half an hour had half of the calls of an hour."""

LONGEST_PLAYING_MS: Final = 180_000


@final
@dataclass(eq=False)
class PollBudget:
    """Plans the looks at one account's player beyond those that `PollSchedule` plans.

    `made` returns the calls of the account in the hour before a moment, in order.

    `view` returns how far looks are apart at a moment for those who watch a page or card, None where nobody does; it is
    called with whether something plays.
    """

    _responsiveness: Callable[[], Responsiveness]
    _usual: Callable[[], UsualHours]
    _made: Callable[[int], Sequence[Made]]
    _view: Callable[[int, bool], int | None] = lambda now, playing: None
    _last: Playback | None = field(default=None, init=False)
    _silent_since: int | None = field(default=None, init=False)
    _skipped_at: int = field(default=0, init=False)
    _free: deque[int] = field(default_factory=deque, init=False)
    _commanded: deque[int] = field(default_factory=deque, init=False)
    _for_view: bool = field(default=False, init=False)

    def free(self, now: int) -> None:
        """Count a look that another source's report of a change causes."""
        self._free.append(now)

    def commanded(self, now: int) -> None:
        """Say that a look is made now to see what a command did."""
        self._commanded.append(now)

    def planned(self, now: int) -> None:
        """Say that the look is made now that was planned last."""
        if self._for_view:
            self.free(now)

    @property
    def sparing(self) -> bool:
        """Whether the account is looked at as `PollSchedule` plans."""
        return self._responsiveness() is Responsiveness.SAVER

    def looked(
        self, seen: Playback, saver: int, *, doubtful: bool, unsure: bool
    ) -> int:
        """Take note of a look, and return how long after it the next one is due.

        `saver` is when `PollSchedule` plans it. A look is `doubtful` if it contradicts the one before, and `unsure` if the item's
        end is unknown.
        """
        if _is_skip(self._last, seen):
            self._skipped_at = seen.seen_at
        skipping = seen.seen_at - self._skipped_at < SKIPPING_FOR_MS
        self._note(seen)
        self._for_view = False
        wait = saver
        if doubtful:
            return min(saver, DOUBT_MS)
        chosen = self._responsiveness()
        if chosen is not Responsiveness.SAVER:
            wait = self._wait(
                seen, LIMITS[chosen], chosen, unsure=unsure, skipping=skipping
            )
        view = self._view(seen.seen_at, seen.playing)
        if view is None or view >= wait:
            return wait
        self._for_view = True
        return _evenly(seen, view, unsure=unsure)

    def _note(self, seen: Playback) -> None:
        now, last = seen.seen_at, self._last
        self._last = seen
        if seen.playing:
            self._silent_since = None
        elif self._silent_since is None:
            # A pause that nobody saw began after the last look.
            self._silent_since = now if last is None else min(last.seen_at, now)
        for looks in (self._free, self._commanded):
            while looks and not now - HOUR_MS < looks[0] <= now:
                looks.popleft()

    def _wait(
        self,
        seen: Playback,
        limits: Limits,
        chosen: Responsiveness,
        *,
        unsure: bool,
        skipping: bool,
    ) -> int:
        """Return how long the next look may wait, and has to for there to be a call left."""
        now = seen.seen_at
        left, until = self._left(now, limits, playing=seen.playing)
        if seen.playing:
            every = LIVE_MS if chosen is Responsiveness.LIVE else PLAYING_MS
            if skipping:
                every = min(every, SKIPPING_MS)
            every = _stretched(every, left, SHORT_OF, STRETCHED_BY)
            return max(
                _evenly(seen, every, unsure=unsure), min(until, LONGEST_PLAYING_MS)
            )
        live = chosen is Responsiveness.LIVE
        every = LIVE_MS if live else self._silent_wait(now)
        if every in (LIVE_MS, EXPECTED_MS):
            every = _stretched(every, left, SHORT_OF_SILENT, STRETCHED_BY_SILENT)
        return min(max(every, until), QUIET_MS)

    def _silent_wait(self, now: int) -> int:
        """Return how long a silent player may be left alone."""
        usual = self._usual()
        silence = QUIET_MS if self._silent_since is None else now - self._silent_since
        again = min(max(silence * 9 // 10, SOON_AGAIN_MS), QUIET_MS)
        if not usual.at(now):
            if not usual.at(now + again):
                return again
            # It becomes usual meanwhile.
            left = usual.hour_began(now) + HOUR_MS - now
            return min(again, max(left, EXPECTED_MS))
        if silence < EXPECTED_AGAIN_MS or usual.begins_at(now):
            return EXPECTED_MS
        every = self._unexpected_wait(now, silence)
        return max(usual.begins_within(now, every), EXPECTED_MS)

    def _unexpected_wait(self, now: int, silence: int) -> int:
        """Return how far looks are apart in usual hours where nobody usually begins: what the hour has left for them, spread evenly."""
        looked_often = self._usual().expected_within(now, HOUR_MS)
        if silence < HOUR_MS:
            looked_often += EXPECTED_AGAIN_MS
        left = LIMITS[Responsiveness.BALANCED].usual - HELD.usual
        left -= looked_often // EXPECTED_MS + 1
        every = (HOUR_MS - looked_often) // left if left > 0 else USUAL_MS
        return min(max(every, EXPECTED_MS), USUAL_MS)

    def _left(self, now: int, limits: Limits, *, playing: bool) -> tuple[int, int]:
        """Return how many calls are left for looks, and how long it takes until there is one."""
        moments = self._counted(now, playing=playing)
        bounds = [(now - HOUR_MS, limits.playing - HELD.playing)]
        if not playing:
            # The hour that begins with the silence has nothing of the music before it.
            since = max(self._silent_since or 0, now - HOUR_MS)
            usual = self._usual()
            if usual.at(now) or usual.at(since):
                bounds.append((since, limits.usual - HELD.usual))
                since = max(usual.hour_began(now), since)
            if not usual.at(now):
                bounds.append((since, limits.quiet - HELD.quiet))
        left, until = limits.playing, 0
        lately = len(moments) - bisect_left(moments, now - HOUR_MS // 2)
        if lately >= limits.playing // 2 - HELD.playing + 1:
            # As with tracks of half a minute: what is used up early lacks later.
            until = BUSY_MS
        for since, most in bounds:
            made = moments[bisect_left(moments, since) :]
            left = min(left, most - len(made))
            if len(made) >= most:
                until = max(until, made[len(made) - most] + HOUR_MS - now)
        return left, until

    def _counted(self, now: int, *, playing: bool) -> list[int]:
        """Return the moments of the calls that count; what a person did counts where something plays."""
        made = [
            each.at
            for each in self._made(now)
            if each.at > now - HOUR_MS and (playing or each.purpose != Purpose.COMMAND)
            for _ in range(each.calls)
        ]
        free = len(self._free) + (0 if playing else len(self._commanded))
        if not free:
            return made
        # A look is counted when it was answered, a moment after it was begun.
        spared = sorted([*self._free, *(() if playing else self._commanded)])
        return _without(made, spared)


def _is_skip(last: Playback | None, seen: Playback) -> bool:
    """Whether another item plays before the one of the last look can be over."""
    return (
        last is not None
        and last.playing
        and seen.playing
        and seen.item != last.item
        and last.ends_at is not None
        and seen.seen_at < last.ends_at
    )


def _without(moments: list[int], spared: Sequence[int]) -> list[int]:
    """Return moments without one at or after each of those that are spared; both ascending."""
    remaining: list[int] = []
    waiting = 0
    due = deque(spared)
    for moment in moments:
        while due and due[0] <= moment:
            due.popleft()
            waiting += 1
        if waiting:
            waiting -= 1
        else:
            remaining.append(moment)
    return remaining


def _evenly(seen: Playback, every: int, *, unsure: bool) -> int:
    """Return how long after a look the next one is due: just after the end of the item, and evenly up to there."""
    if unsure or seen.ends_at is None:
        return every
    left = seen.ends_at - seen.seen_at + AFTER_END_MS
    return max(left // max(-(-left // every), 1), AFTER_END_MS)


def _stretched(every: int, left: int, few: int, by: int) -> int:
    """Return how far looks are apart where fewer than `few` calls are left: by one part in `by` farther for each that lacks."""
    return every + every * max(few - max(left, 0), 0) // by
