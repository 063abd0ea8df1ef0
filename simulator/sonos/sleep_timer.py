"""The sleep timer of a speaker."""

from collections.abc import Callable

from ..clock import Appointment, SimulatedClock


class SleepTimer:
    """Calls back when its time is over; `generation` counts how often it was set or cleared."""

    def __init__(self, clock: SimulatedClock, over: Callable[[], None]) -> None:
        """Begin unset."""
        self.generation = 0
        self._clock = clock
        self._over = over
        self._end: Appointment | None = None

    def set(self, seconds: int | None) -> None:
        """Set the timer, or clear it with None."""
        self.generation += 1
        self.clear()
        if seconds is not None:
            at_ms = self._clock.now_ms() + seconds * 1000
            self._end = self._clock.at(at_ms, self._ring)

    def clear(self) -> None:
        """Never ring."""
        if self._end is not None:
            self._end.cancel()
            self._end = None

    @property
    def left_s(self) -> int | None:
        """How many seconds are left, None while unset."""
        if self._end is None:
            return None
        return max(0, (self._end.due_ms - self._clock.now_ms()) // 1000)

    def _ring(self) -> None:
        self._end = None
        self._over()
