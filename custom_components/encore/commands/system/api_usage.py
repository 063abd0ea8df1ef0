"""The command that returns how many calls were made to Spotify, for what, and what blocks them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ...access.account_listener import async_listener
from ...access.policy import AccessLevel
from ...access.visibility import hidden_listeners
from ...const import CONF_DAILY_CALLS
from ...dispatch.command import Data, DataQuestion
from ...dispatch.request_context import RequestContext
from ...history.records.api_calls import ApiCalls
from ...listeners.linked_listeners import visible_accounts
from ...questions.base.operation import ON_PAGES
from ...questions.base.parameters import Described, Form, Parameters
from ...runtime.moments import iso, midnight_ms
from ...runtime.store.history_service import DATA_HISTORY
from ...settings.responsiveness import chosen_responsiveness
from ...spotify.budget import Budget, async_get_budget
from ...spotify.budget.rate_limit import WINDOW_S
from ...spotify.budget.restrictions import in_the_way
from ...spotify.tracking.effective_responsiveness import EffectiveResponsiveness

DAYS: Final = Described(
    Form.COUNT, "Number of days up to today. Default: 1.", 7, most=90
)


class ApiUsageParameters(Parameters):
    """Of how many days."""

    days: Annotated[int, DAYS] = 1


class GetApiUsage(DataQuestion[ApiUsageParameters]):
    """The calls of each account that the caller may know of."""

    description = "Returns for each account how often Encore called Spotify, the purpose, by hour, and what is left of its daily limit; also whether Spotify's rate limit is reached or Spotify doesn't respond."
    interfaces = ON_PAGES
    access_level = AccessLevel.INTERN

    @override
    async def async_run(
        self, asked: ApiUsageParameters, context: RequestContext
    ) -> Data:
        hass, user_id = context.hass, context.caller.user_id
        since = midnight_ms(1 - asked.days)
        budget = await async_get_budget(hass)
        history = hass.data[DATA_HISTORY]
        async with history.async_held():
            await budget.usage.async_save()
            counted = await history.async_look_up(
                lambda queries: queries.api_calls(since)
            )
        return Data(
            {
                "accounts": [
                    _account(hass, entry, counted)
                    for entry in visible_accounts(hass, user_id)
                ],
                **calls_allowed(hass, budget, user_id),
            }
        )


@callback
def calls_allowed(
    hass: HomeAssistant, budget: Budget, user_id: str | None
) -> dict[str, Any]:
    """Return how many calls are allowed, what holds them back, how many were made lately and how many wait.

    The latter are without accounts of which a user, or who is no user (None), may not know.

    Else what is left of a total would tell when a private listener was about.
    """
    untold = hidden_listeners(hass, user_id)
    now = round(dt_util.utcnow().timestamp() * 1000)
    theirs = budget.usage.lately(now, round(WINDOW_S * 1000), untold)
    return {
        "last_30_seconds": max(budget.rate.taken - theirs, 0),
        "last_24_hours": budget.usage.within_a_day(now, untold),
        "waiting": budget.queue.waiting_without(untold),
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
        "background_paused": allowed is not None and used >= allowed,
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
