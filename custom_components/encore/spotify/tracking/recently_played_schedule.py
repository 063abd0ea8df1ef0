"""When to poll recently played next: long before new plays fill its 50 places."""

from collections import deque
from collections.abc import Iterable
from typing import Final, final

PLACES: Final = 50
"""How many plays the list has; older ones are lost."""

FILLED: Final = PLACES // 2
"""How many new ones may be in it when it is fetched again, at the fastest pace seen lately."""

LATELY_MS: Final = 3 * 3_600_000
IN_A_ROW: Final = 6
"""Over how many plays in a row the pace is measured."""

SOONEST_MS: Final = 12 * 60_000
LATEST_MS: Final = 60 * 60_000

WONDERED_MS: Final = 2 * 60_000
WONDERS: Final = 8
WONDERS_WITHIN_MS: Final = 60 * 60_000
"""To learn what was on between two looks the list is fetched this often in this time at the most, and this long after the last time."""


@final
class Polling:
    """Plans the fetches of one account's list. All in ms, moments in UTC."""

    def __init__(self) -> None:
        """Begin with a list that was never fetched."""
        self._polled_at: int | None = None
        self._wondered: deque[int] = deque(maxlen=WONDERS)

    def polled(self, now: int, played_at: Iterable[int]) -> int:
        """Take note of a fetch and when the plays it had ended; return how long after it the next one is due."""
        self._polled_at = now
        ends = sorted(end for end in played_at if now - LATELY_MS < end)
        spans = [
            later - earlier
            for earlier, later in zip(ends, ends[IN_A_ROW:], strict=False)
        ]
        filled = min(spans, default=LATEST_MS) * FILLED // IN_A_ROW
        return min(max(filled, SOONEST_MS), LATEST_MS)

    def may_wonder_in(self, now: int) -> int | None:
        """Return how long it is until the list may be fetched though that was not planned, None for not soon."""
        full = len(self._wondered) == WONDERS
        if full and 0 <= now - self._wondered[0] < WONDERS_WITHIN_MS:
            return None
        last = self._polled_at
        if last is None or not 0 <= now - last < WONDERED_MS:
            return 0
        return WONDERED_MS - (now - last)

    def wondered(self, now: int) -> None:
        """Take note of a fetch that was not planned."""
        self._wondered.append(now)
