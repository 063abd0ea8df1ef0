"""What holds calls back now: rate limits, and hosts whose circuit breaker is open."""

from typing import Any

from homeassistant.core import callback

from ...runtime.moments import iso
from .call_budget import Budget


@callback
def in_the_way(budget: Budget) -> dict[str, Any]:
    """Return what holds calls back now: rate limits of the Web API and of tokens, and hosts with an open circuit breaker.

    `breakers` are by host, and that of tokens is called so. `paused_until` and all others are ISO dates in the home's time, None for nothing.
    `pause_capped` is whether a pause was to last for more than a day.
    """
    return {
        "paused_until": iso(budget.deadline.until),
        "tokens_paused_until": iso(budget.token_deadline.until),
        "pause_capped": budget.deadline.capped or budget.token_deadline.capped,
        "breakers": {
            host: {"state": str(breaker.state), "until": iso(breaker.until)}
            for host, breaker in budget.breakers.items()
        },
    }
