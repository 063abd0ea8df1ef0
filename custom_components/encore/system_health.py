"""System information without names, accounts and tokens."""

from collections import Counter
from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .access.visibility import hidden_listeners
from .const import CONF_KIND, DOMAIN, KIND_SONOS
from .listeners.linked_listeners import account_entries
from .runtime.moments import iso, now_ms
from .runtime.store.history_service import DATA_HISTORY
from .spotify.auth.login_end import login_ends_at
from .spotify.auth.permission_flow import is_login_lost
from .spotify.auth.token import EXPIRES_AT
from .spotify.budget import async_get_budget
from .spotify.budget.circuit_breaker import BreakerState


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is told."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    entries = account_entries(hass)
    budget = await async_get_budget(hass)
    memory = hass.data[DATA_HISTORY]
    states = Counter(entry.state.value for entry in entries)
    breakers = {
        host: str(breaker.state)
        for host, breaker in budget.breakers.items()
        if breaker.state is not BreakerState.CLOSED
    }
    now = now_ms()
    return {
        "accounts": _listed(states) or "none",
        "tokens": _listed(Counter(_token(hass, entry) for entry in entries)) or "none",
        "next_login_ends": min(
            (_login_ends(entry) for entry in entries if "token" in entry.data),
            default="none",
        ),
        "calls_last_24_hours": budget.usage.within_a_day(
            now, hidden_listeners(hass, None)
        ),
        "spotify_pause_until": iso(budget.deadline.until) or "none",
        "breaker": ", ".join(f"{host}: {state}" for host, state in breakers.items())
        or "none",
        "sonos_speakers": _listed(_speaker_links(hass)) or "none",
        "store": memory.url.partition(":")[0],
        "store_state": "open" if memory.is_open else "closed",
    }


def _speaker_links(hass: HomeAssistant) -> Counter[str]:
    """Return how many Sonos speakers are heard in which way."""
    return Counter(
        link.value
        for entry in hass.config_entries.async_loaded_entries(DOMAIN)
        if entry.data[CONF_KIND] == KIND_SONOS
        for _, link in entry.runtime_data.links()
    )


def _token(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return whether the account can be used, or its person has to log in again."""
    if is_login_lost(hass, entry):
        return "waiting for a login"
    expires_at = entry.data.get("token", {}).get(EXPIRES_AT, 0)
    left = expires_at - dt_util.utcnow().timestamp()
    return "valid" if left > 0 else "to be refreshed"


def _login_ends(entry: ConfigEntry) -> str:
    """Return the day on which Spotify ends a login."""
    ends_at = login_ends_at(entry)
    return dt_util.utc_from_timestamp(ends_at / 1000).date().isoformat()


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
