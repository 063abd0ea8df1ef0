"""The rolling rate limit: calls within 30 seconds, as Spotify counts."""

from collections import deque
from typing import Final, final

from ..call_purpose import Priority
from .monotonic_clock import Clock, monotonic

WINDOW_S: Final = 30.0
USUAL_A_MINUTE: Final = 180
"""Spotify publishes no figure; the user may choose another."""

SHARE: Final = {
    Priority.PERSON: 1.0,
    Priority.PLAYBACK: 0.9,
    Priority.HISTORY: 0.8,
    Priority.ENRICHMENT: 0.5,
}
"""How much of the limit calls of a priority may fill up: what waits least has room when all others have not."""


@final
class RollingRate:
    """When calls began, as far back as it matters."""

    def __init__(self, clock: Clock = monotonic) -> None:
        """Begin with none; `clock` is in seconds."""
        self._clock = clock
        self._began: deque[float] = deque()
        self.a_minute = USUAL_A_MINUTE

    @property
    def taken(self) -> int:
        """How many calls began within the last 30 s."""
        self._forget()
        return len(self._began)

    def wait_s(self, priority: Priority) -> float:
        """Return after how many seconds a call of a priority may begin; 0 for now."""
        self._forget()
        allowed = max(1, int(self.a_minute * WINDOW_S / 60 * SHARE[priority]))
        over = len(self._began) - allowed
        if over < 0:
            return 0.0
        return max(self._began[over] + WINDOW_S - self._clock(), 0.001)

    def take(self, calls: int = 1) -> None:
        """Take note that calls begin now."""
        self._began.extend([self._clock()] * calls)

    def _forget(self) -> None:
        oldest = self._clock() - WINDOW_S
        while self._began and self._began[0] <= oldest:
            self._began.popleft()
