"""What keeps calls back just now: rate limits, and hosts whose circuit breaker is open."""

from typing import Any

from homeassistant.core import callback

from ...runtime.moments import iso
from .call_budget import Budget


@callback
def in_the_way(budget: Budget) -> dict[str, Any]:
    """Return what keeps calls back just now: Spotify's pauses, of its Web API and of its tokens, and hosts that are left alone.

    `breakers` are by host, and that of tokens is called so. `paused_until` and all others are ISO dates in the home's time, None for nothing.
    `pause_capped` tells whether a pause was to last for more than a day.
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
