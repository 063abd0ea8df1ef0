"""How fast an import reads, and so how long it still takes."""

from collections.abc import Callable
import time
from typing import Final

_SOONEST_S: Final = 1.0
"""Less than this says nothing about the rest."""


class RemainingTime:
    """Estimates how long reading the rest takes, if it goes on as it did so far."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many bytes there are; `clock` gives seconds."""
        self._total = total
        self._clock = clock
        self._begun: tuple[float, int] | None = None

    def seconds_left(self, position: int) -> float | None:
        """Return the seconds until all is read, None while that cannot be said.

        `position` is how many bytes were stored. What was stored before the first call, and what an
        import that goes on again has behind it, is not counted.
        """
        now = self._clock()
        if self._begun is None:
            self._begun = now, position
        since, before = self._begun
        if now - since < _SOONEST_S or position <= before:
            return None
        return (self._total - position) * (now - since) / (position - before)
