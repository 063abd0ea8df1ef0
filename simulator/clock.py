"""The simulator's clock: simulated UTC milliseconds, and callbacks that fire at them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
import heapq
from itertools import count
import time


@dataclass(order=True, slots=True)
class Appointment:
    """A callback promised for a simulated moment. `cancel()` it when it is no longer wanted."""

    due_ms: int
    _turn: int
    _callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Never fire; harmless when it already has."""
        self.cancelled = True

    def fire(self) -> None:
        """Run the callback unless it was cancelled."""
        if not self.cancelled:
            self._callback()


class SimulatedClock:
    """Simulated time in UTC milliseconds.

    It follows the real clock at `speed` 1, runs faster above it, and stands still at 0, where only
    `advance` and `run_until` move it. Appointments fire in the order of their time and see `now_ms()`
    at exactly the time they asked for, even when the real timer woke late: nothing drifts.
    """

    def __init__(self, speed: float = 1.0, start_ms: int | None = None) -> None:
        """Start at `start_ms` (UTC), or at the real time."""
        self.speed = speed
        self._base_real = time.monotonic()
        self._base_ms: float = time.time() * 1000 if start_ms is None else start_ms
        self._turns = count()
        self._appointments: list[Appointment] = []
        self._firing_at: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._attached = 0
        self._timer: asyncio.TimerHandle | None = None

    def now_ms(self) -> int:
        """Return the simulated time; inside an appointment, the time it was made for."""
        if self._firing_at is not None:
            return self._firing_at
        return self._running_ms()

    def at(self, due_ms: int, callback: Callable[[], None]) -> Appointment:
        """Call back at a simulated time; at the next catch-up when it has already passed."""
        appointment = Appointment(due_ms, next(self._turns), callback)
        heapq.heappush(self._appointments, appointment)
        self._arm()
        return appointment

    def catch_up(self) -> None:
        """Fire everything that is due by now. Whoever reads simulated state calls this first."""
        if self._firing_at is None:
            self._fire_until(self._running_ms())
            self._arm()

    @contextmanager
    def at_once(self) -> Iterator[int]:
        """Let happen what is due, then hold time still for what is done within; gives that moment."""
        self.catch_up()
        before = self._firing_at
        moment = self._firing_at = self.now_ms()
        try:
            yield moment
        finally:
            self._firing_at = before
            self._arm()

    def advance(self, ms: int) -> None:
        """Move time forward by `ms`, firing on the way what falls due."""
        self.run_until(self._running_ms() + ms)

    def run_until(self, moment_ms: int) -> None:
        """Move time forward to a moment, firing on the way; never moves backwards."""
        target = max(moment_ms, self._running_ms())
        self._fire_until(target)
        self._base_ms += max(0, target - self._running_ms())
        self._arm()

    def attach(self) -> None:
        """From now on wake on the running asyncio loop whenever an appointment falls due.

        Each simulator that shares the clock attaches once and detaches once.
        """
        self._attached += 1
        self._loop = asyncio.get_running_loop()
        self._arm()

    def detach(self) -> None:
        """Stop waking on the loop once everyone who attached has detached."""
        self._attached -= 1
        if self._attached <= 0:
            self._attached = 0
            self._loop = None
            self._disarm()

    def _running_ms(self) -> int:
        elapsed = (time.monotonic() - self._base_real) * 1000 * self.speed
        return int(self._base_ms + elapsed)

    def _fire_until(self, moment_ms: int) -> None:
        try:
            while self._appointments and self._appointments[0].due_ms <= moment_ms:
                appointment = heapq.heappop(self._appointments)
                self._firing_at = max(appointment.due_ms, self._firing_at or 0)
                appointment.fire()
        finally:
            self._firing_at = None

    def _arm(self) -> None:
        self._disarm()
        while self._appointments and self._appointments[0].cancelled:
            heapq.heappop(self._appointments)
        if (
            self._loop is None
            or not self._appointments
            or self.speed <= 0
            or self._firing_at is not None
        ):
            return
        wait_ms = max(0, self._appointments[0].due_ms - self._running_ms())
        # A millisecond more than needed: never wake just before the appointment is due.
        self._timer = self._loop.call_later(
            (wait_ms + 1) / 1000 / self.speed, self.catch_up
        )

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
