"""The call budget of the instance, which every call of every account passes."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ...const import CONF_CALLS_A_DAY, CONF_CALLS_A_MINUTE, DOMAIN
from ...history.records.logged_events import EventKind
from ...runtime.event_log_signals import async_log_event
from ...runtime.moments import now_ms
from ..call_purpose import Priority
from ..errors import BudgetSpent
from .call_counts import Usage
from .call_queue import Errand, Queue
from .circuit_breaker import Breaker, BreakerState
from .rate_limit import USUAL_A_MINUTE, RollingRate
from .retry_after import TOKENS_KEY, Deadline

TOKENS: Final = "tokens"
"""What tokens are called among the hosts: wherever they are asked for, their failures are no sign of the Web API's."""

DATA_BUDGET: Final[HassKey[Budget]] = HassKey(f"{DOMAIN}_spotify_budget")


type Options = Callable[[], Mapping[str, Any]]


@final
class Budget:
    """Deadline, rolling limits, queue, breakers and counts."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare a guard that lets everything pass until `async_load`."""
        self._hass = hass
        self.options: Options = dict
        """Returns what the home chose about calls; what opens the history sets it."""
        self.usage = Usage(hass)
        self.deadline = Deadline(hass, made=lambda: self.usage.within_a_day(now_ms()))
        self.token_deadline = Deadline(hass, TOKENS_KEY)
        self.token_breaker = self._new_breaker(TOKENS)
        self.rate = RollingRate()
        self.queue = Queue(self.rate)
        self._breakers: dict[str, Breaker] = {}

    async def async_load(self) -> None:
        """Take up the pauses that were on when Home Assistant stopped."""
        await self.deadline.async_load()
        await self.token_deadline.async_load()

    @property
    def breakers(self) -> dict[str, Breaker]:
        """The breakers of the hosts of the Web API that were called, by host, and that of `tokens`."""
        return {**self._breakers, TOKENS: self.token_breaker}

    def breaker(self, host: str) -> Breaker:
        """Return the breaker of a host of the Web API."""
        if host not in self._breakers:
            self._breakers[host] = self._new_breaker(host)
        return self._breakers[host]

    def _new_breaker(self, host: str) -> Breaker:
        def state_changed(state: BreakerState) -> None:
            what = "answers" if state is BreakerState.CLOSED else "left_alone"
            async_log_event(self._hass, EventKind.SPOTIFY, what, host)

        return Breaker(state_changed=state_changed)

    @property
    def calls_a_day(self) -> int:
        """Calls that the home may make in 24 hours before background work rests; 0 for as many as it takes."""
        return int(self.options().get(CONF_CALLS_A_DAY, 0))

    @contextmanager
    def token_request(self, *, now_or_never: bool) -> Iterator[None]:
        """Let a token be asked for, and learn from how that ends; raises RateLimited and SpotifyDown instead.

        A code that a person just brought is worth nothing later: `now_or_never`, it is let through where others are not.
        """
        if now_or_never:
            with self.token_breaker.lesson():
                yield
            return
        self.token_deadline.check()
        with self.token_breaker.trial():
            yield

    @callback
    def check(self, priority: Priority, host: str) -> None:
        """Raise what is in the way of a call to a host: RateLimited, BudgetSpent or SpotifyDown."""
        self.deadline.check()
        self.breaker(host).check()
        if priority is not Priority.PERSON and (most := self.calls_a_day):
            now = now_ms()
            if self.usage.within_a_day(now) >= most:
                raise BudgetSpent(self.usage.room_at(now, most))

    @asynccontextmanager
    async def async_turn(self, errand: Errand) -> AsyncIterator[None]:
        """Wait for the turn of a call, and hold its place for the length of the block; raises RateLimited."""
        chosen = self.options().get(CONF_CALLS_A_MINUTE, USUAL_A_MINUTE)
        self.rate.a_minute = int(chosen)
        async with self.queue.async_turn(errand):
            yield


@singleton(DATA_BUDGET, async_=True)
async def async_get_budget(hass: HomeAssistant) -> Budget:
    """Return the instance's only budget, loaded."""
    budget = Budget(hass)
    await budget.async_load()
    return budget
