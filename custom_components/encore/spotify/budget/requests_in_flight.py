"""Requests in flight: equal reads share one, and a canceled caller leaves none behind unsent."""

import asyncio
from collections.abc import Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, final

from homeassistant.core import HomeAssistant

from ..call_purpose import PATIENCE_S, Priority
from ..errors import GatewayClosed, Unavailable
from .call_queue import Errand, Queue


@dataclass(eq=False, slots=True)
class _Flight:
    errand: Errand
    task: asyncio.Task[Any]
    passengers: int = 0


@final
class Flights:
    """The calls of one account that are under way."""

    def __init__(self, hass: HomeAssistant, queue: Queue) -> None:
        """Begin with none."""
        self._hass = hass
        self._queue = queue
        self._flights: set[_Flight] = set()
        self._shared: dict[Hashable, _Flight] = {}

    def find(self, key: Hashable | None) -> _Flight | None:
        """Return the flight of an equal read that can be joined."""
        return None if key is None else self._shared.get(key)

    def begin(
        self, key: Hashable | None, errand: Errand, call: Coroutine[Any, Any, Any]
    ) -> _Flight:
        """Begin a call; with a `key`, equal ones may join it."""
        flight = _Flight(
            errand,
            self._hass.async_create_background_task(
                call, f"Spotify {errand.purpose}", eager_start=False
            ),
        )
        self._flights.add(flight)
        if key is not None:
            self._shared[key] = flight

        def landed(task: asyncio.Task[Any]) -> None:
            self._flights.discard(flight)
            if key is not None and self._shared.get(key) is flight:
                del self._shared[key]
            if not task.cancelled():
                # Checked here because every caller may have been cancelled.
                task.exception()

        flight.task.add_done_callback(landed)
        return flight

    async def async_wait(self, flight: _Flight, priority: Priority) -> Any:
        """Wait for the answer of a flight with the patience of a priority.

        The flight takes on the priority of the most urgent who waits. Raises Unavailable when patience ends,
        GatewayClosed when the account is unloaded.
        """
        if priority < flight.errand.priority:
            flight.errand.priority = priority
            self._queue.reconsider()
        flight.passengers += 1
        try:
            done, _ = await asyncio.wait({flight.task}, timeout=PATIENCE_S[priority])
        finally:
            flight.passengers -= 1
            if not (flight.passengers or flight.errand.sent or flight.task.done()):
                flight.task.cancel()
        if not done:
            raise self._queue.why_it_waits(flight.errand) or Unavailable(
                "no answer in time"
            )
        if flight.task.cancelled():
            raise GatewayClosed
        return flight.task.result()

    def cancel(self) -> None:
        """End what was not sent yet."""
        for flight in self._flights:
            if not flight.errand.sent:
                flight.task.cancel()
