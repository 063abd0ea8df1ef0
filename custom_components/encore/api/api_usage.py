"""Spotify API usage: how many calls were made, for what, and what blocks them; and the action that returns it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.util import dt as dt_util

from ..access.account_listener import async_listener
from ..access.policy import AccessLevel
from ..access.visibility import hidden_listeners
from ..const import CONF_DAILY_CALLS, DOMAIN
from ..dispatch.audit import audited_action
from ..history.records.api_calls import ApiCalls
from ..history.records.audit_log import RequestType
from ..listeners.linked_listeners import visible_accounts
from ..runtime.error_translation import translated_errors
from ..runtime.moments import iso
from ..runtime.number_validation import whole_number
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.responsiveness import chosen_responsiveness
from ..spotify.budget import Budget, async_get_budget
from ..spotify.budget.rate_limit import WINDOW_S
from ..spotify.budget.restrictions import in_the_way
from ..spotify.tracking.effective_responsiveness import EffectiveResponsiveness

ACTION_API_USAGE: Final = "api_usage"
ATTR_DAYS: Final = "days"
MOST_DAYS: Final = 90


@callback
def async_register_api_usage(hass: HomeAssistant) -> None:
    """Register the action that tells about calls."""
    hass.services.async_register(
        DOMAIN,
        ACTION_API_USAGE,
        audited_action(
            ACTION_API_USAGE, AccessLevel.INTERN, _async_api_usage, RequestType.QUESTION
        ),
        schema=probatio.Schema(
            {probatio.Optional(ATTR_DAYS, default=1): whole_number(1, MOST_DAYS)}
        ),
        supports_response=SupportsResponse.ONLY,
    )


@callback
def told_calls(
    hass: HomeAssistant, budget: Budget, user_id: str | None
) -> dict[str, int]:
    """Return how many calls were made lately and how many wait, but for accounts of which a user, or who is no user (None), may not know.

    Else what is left of a total would tell when a private listener was about.
    """
    untold = hidden_listeners(hass, user_id)
    now = round(dt_util.utcnow().timestamp() * 1000)
    theirs = budget.usage.lately(now, round(WINDOW_S * 1000), untold)
    return {
        "last_30_seconds": max(budget.rate.taken - theirs, 0),
        "last_24_hours": budget.usage.within_a_day(now, untold),
        "waiting": budget.queue.waiting_without(untold),
    }


async def _async_api_usage(call: ServiceCall) -> ServiceResponse:
    """Tell how often Spotify was called today, or on some days, for each account that the caller may know of."""
    hass = call.hass
    days: int = call.data[ATTR_DAYS]
    first = dt_util.now().date() - timedelta(days=days - 1)
    since = round(dt_util.start_of_local_day(first).timestamp() * 1000)
    budget = await async_get_budget(hass)
    memory = hass.data[DATA_HISTORY]
    with translated_errors():
        async with memory.async_held():
            await budget.usage.async_save()
            counted = await memory.async_look_up(
                lambda queries: queries.api_calls(since)
            )
    return {
        "accounts": [
            _account(hass, entry, counted)
            for entry in visible_accounts(hass, call.context.user_id)
        ],
        **told_calls(hass, budget, call.context.user_id),
        "calls_per_minute": budget.rate.a_minute,
        "calls_per_day": budget.calls_a_day or None,
        **in_the_way(budget),
    }


def _account(
    hass: HomeAssistant, entry: ConfigEntry, counted: Sequence[ApiCalls]
) -> dict[str, Any]:
    listener = async_listener(hass, entry)
    mine = [each for each in counted if each.listener.key == listener.key]
    by_day: dict[str, Counter[str]] = {}
    by_hour: Counter[str] = Counter()
    today = dt_util.now().date().isoformat()
    for each in mine:
        began = dt_util.as_local(dt_util.utc_from_timestamp(each.hour / 1000))
        day = began.date().isoformat()
        by_day.setdefault(day, Counter())[each.purpose] += each.calls
        if day == today:
            by_hour[began.isoformat(timespec="minutes")] += each.calls
    used = sum(by_day.get(today, Counter()).values())
    allowed = entry.options.get(CONF_DAILY_CALLS, 0) or None
    return {
        "account": entry.title,
        "entry_id": entry.entry_id,
        "listener": listener.name,
        "calls_today": used,
        "daily_budget": allowed,
        **_responsiveness(entry),
        "background_rests": allowed is not None and used >= allowed,
        "by_purpose": _ordered(by_day.get(today, Counter())),
        "by_hour": dict(by_hour),
        "days": [
            {"day": day, "calls": sum(calls.values()), "by_purpose": _ordered(calls)}
            for day, calls in by_day.items()
        ],
    }


def _responsiveness(entry: ConfigEntry) -> dict[str, Any]:
    """Return how often an account's player is looked at, and which calls run short so that it is less often than was chosen."""
    chosen = chosen_responsiveness(entry)
    if entry.state is not ConfigEntryState.LOADED:
        return {"responsiveness": {"chosen": chosen, "effective": None}}
    pacing: EffectiveResponsiveness = entry.runtime_data.responsiveness
    return {
        "responsiveness": {
            "chosen": chosen,
            "effective": pacing.effective,
            "calls_short": pacing.short,
            "until": iso(pacing.until),
        }
    }


def _ordered(calls: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(calls).most_common())
