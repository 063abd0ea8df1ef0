"""Queues calls by priority, for a free connection and room in the rate limit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple, final

from homeassistant.util import dt as dt_util

from ..call_purpose import PATIENCE_S, Priority, Purpose
from ..errors import TooManyCalls
from .rate_limit import RollingRate

IN_FLIGHT: Final = 2
"""Calls of one account at a time."""

IN_FLIGHT_BACKGROUND: Final = 1
"""Of those, what neither a person nor the player waits for: one place is always near for them."""


@dataclass(eq=False, slots=True)
class Errand:
    """One call on its way: its account, purpose and priority, and whether it was sent."""

    account: object
    purpose: Purpose
    priority: Priority
    sent: bool = False
    listener: str | None = None
    """The key of the account's listener; None before that is known."""


class _Ticket(NamedTuple):
    errand: Errand
    turn: asyncio.Future[None]


@final
class Queue:
    """The calls that wait. A priority may rise while its call does; see `reconsider`."""

    def __init__(self, rate: RollingRate) -> None:
        """Let calls begin as `rate` has room."""
        self._rate = rate
        self._waiting: list[_Ticket] = []
        self._in_flight: Counter[object] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    def waiting_without(self, hidden: Collection[str]) -> int:
        """Return how many calls wait, without those of hidden listeners (by key)."""
        return sum(each.errand.listener not in hidden for each in self._waiting)

    @asynccontextmanager
    async def async_turn(self, errand: Errand) -> AsyncIterator[None]:
        """Wait for the turn of a call, and hold its place for the length of the block.

        Raises TooManyCalls at once where the rolling limit has no room within the caller's patience.
        """
        wait_s = self._rate.wait_s(errand.priority)
        if wait_s > PATIENCE_S[errand.priority]:
            raise TooManyCalls(in_utc_ms(wait_s))
        ticket = _Ticket(errand, asyncio.get_running_loop().create_future())
        self._waiting.append(ticket)
        self.reconsider()
        try:
            await ticket.turn
            yield
        finally:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            elif ticket.turn.done():
                self._in_flight[errand.account] -= 1
                if not self._in_flight[errand.account]:
                    del self._in_flight[errand.account]
            self.reconsider()

    def why_it_waits(self, errand: Errand) -> TooManyCalls | None:
        """Return the error of a call that did not get its turn because the rolling limit is full."""
        wait_s = 0.0 if errand.sent else self._rate.wait_s(errand.priority)
        return TooManyCalls(in_utc_ms(wait_s)) if wait_s else None

    def reconsider(self) -> None:
        """Let begin what may begin, the most urgent first, and look again when there is room."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waits: list[float] = []
        # A cancelled caller removes its ticket in a moment.
        here = [ticket for ticket in self._waiting if not ticket.turn.done()]
        for ticket in sorted(here, key=lambda each: each.errand.priority):
            if wait_s := self._rate.wait_s(ticket.errand.priority):
                waits.append(wait_s)
            elif self._has_place(ticket.errand):
                self._begin(ticket)
        if waits:
            self._timer = asyncio.get_running_loop().call_later(
                min(waits), self.reconsider
            )

    def _has_place(self, errand: Errand) -> bool:
        places = (
            IN_FLIGHT if errand.priority <= Priority.PLAYBACK else IN_FLIGHT_BACKGROUND
        )
        return self._in_flight[errand.account] < places

    def _begin(self, ticket: _Ticket) -> None:
        self._waiting.remove(ticket)
        self._rate.take()
        self._in_flight[ticket.errand.account] += 1
        ticket.turn.set_result(None)


def in_utc_ms(seconds: float) -> int:
    """Return the moment after some seconds in UTC ms."""
    return round((dt_util.utcnow().timestamp() + seconds) * 1000)
