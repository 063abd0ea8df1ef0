"""When to poll a player next: when something can have changed.

All times are in milliseconds, moments by our own clock (UTC).
"""

from collections import deque
from typing import Final, final

from ..api.playback import Playback

AFTER_END_MS: Final = 1_000
"""A new track shows a moment after the one before it was to end."""

SELDOM_MS: Final = 7 * 60_000
"""While nothing plays, and in the middle of something long."""

QUIET_MS: Final = 15 * 60_000
QUIET_AFTER_MS: Final = 35 * 60_000
"""Looks are `QUIET_MS` apart once nothing has played for this long."""

SILENT: Final = 6
SILENT_WITHIN_MS: Final = 60 * 60_000
"""They are as well after this many requests in this time for a player that did not sound, failures and all: with recently
played and devices, an hour without sound has ten calls at the most."""

OUTAGE_MS: Final = (60_000, 2 * 60_000, 4 * 60_000, 11 * 60_000)
"""Waits after looks that failed, one after the other, while something may play. An hour of them costs no more than one without sound."""

HICCUP_MS: Final = 60_000
"""The wait after the first look that failed while nothing played; all others are as ever."""

UNSURE_MS: Final = 30_000
"""The first look at what does not say when it ends; each further one is twice as far."""

DOUBT_MS: Final = 20_000
"""The look after one that suddenly saw no player: Spotify answers 204 at times in mid-play."""

MANY: Final = 12
MANY_WITHIN_MS: Final = 30 * 60_000
SPARING_MS: Final = 180_000
"""After this many looks in this time, as with tracks of half a minute, the next ones are this far apart."""


@final
class PollSchedule:
    """Plans the looks at one player."""

    def __init__(self) -> None:
        """Begin with a player that was never looked at."""
        self._last: Playback | None = None
        self._sounded_at: int | None = None
        self._unsure = 0
        self._looks: deque[int] = deque(maxlen=MANY)
        self._silent: deque[int] = deque(maxlen=SILENT)
        self.failures = 0
        """How many looks in a row failed by now."""

    @property
    def failing(self) -> bool:
        """Whether the last look failed."""
        return self.failures > 0

    @property
    def unsure(self) -> bool:
        """Whether the last look does not show when what is on will end."""
        return self._unsure > 0

    def doubts(self, now: Playback) -> bool:
        """Whether a look that sees no player contradicts the last one, and another one is needed to believe it."""
        last = self._last
        return now.idle and last is not None and last.playing

    def looked(self, now: Playback, *, sparing: bool = True) -> int:
        """Take note of a look, and return how long after it the next one is due.

        Where nobody is `sparing`, looks have limits of their own (`pace`) and count for none of those here.
        """
        doubts = self.doubts(now)
        self.failures = 0
        last, self._last = self._last, now
        if sparing:
            self._looks.append(now.seen_at)
        if self._sounded_at is None or now.playing:
            self._sounded_at = now.seen_at
        if doubts:
            return DOUBT_MS
        if not now.playing:
            self._unsure = 0
            if sparing:
                self._silent.append(now.seen_at)
            return self._rhythm(now.seen_at)
        self._silent.clear()
        if now.ends_at is None or _stuck(last, now):
            delay = UNSURE_MS << min(self._unsure, 5)
            self._unsure += 1
        else:
            self._unsure = 0
            delay = now.ends_at - now.seen_at + AFTER_END_MS
        return max(min(delay, SELDOM_MS), self._least(now.seen_at))

    def failed(self, now: int) -> int:
        """Take note of a look that failed at a moment (UTC ms), and return how long after it the next one is due."""
        failures, self.failures = self.failures, self.failures + 1
        # The first one was repeated at once.
        self._silent.extend([now] * (1 if failures else 2))
        if self._last is not None and self._last.playing:
            return OUTAGE_MS[min(failures, len(OUTAGE_MS) - 1)]
        if self._sounded_at is None:
            self._sounded_at = now
        rhythm = self._rhythm(now)
        return rhythm if failures or self._spent(now) else HICCUP_MS

    def _rhythm(self, now: int) -> int:
        """Return how far looks at a player without sound are apart."""
        silence = 0 if self._sounded_at is None else now - self._sounded_at
        quiet = silence >= QUIET_AFTER_MS or self._spent(now)
        return QUIET_MS if quiet else SELDOM_MS

    def _spent(self, now: int) -> bool:
        """Whether a player without sound was asked for as often as it may be lately."""
        full = len(self._silent) == SILENT
        return full and 0 <= now - self._silent[0] < SILENT_WITHIN_MS

    def _least(self, now: int) -> int:
        many = len(self._looks) == MANY and 0 <= now - self._looks[0] < MANY_WITHIN_MS
        return SPARING_MS if many else 0


def _stuck(last: Playback | None, now: Playback) -> bool:
    """Whether a player claims to play and does not go on, or plays on beyond the end."""
    return (
        last is not None
        and last.playing
        and last.item == now.item
        and (last.progress_ms == now.progress_ms or last.overdue)
    )
