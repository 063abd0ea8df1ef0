"""The daily call limit of an account: a warning at 80 %, background calls wait at the end."""

from typing import Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ...access.visibility import is_visible
from ...const import CONF_DAILY_CALLS, DOMAIN
from ...history.model import Listener
from ...runtime.moments import midnight_ms
from ..call_purpose import Priority, Purpose
from ..errors import BudgetSpent
from ..issues import ISSUE_BUDGET, async_report, async_withdraw
from .call_counts import Usage

EVENT_BUDGET: Final = f"{DOMAIN}_api_budget"
"""Fired when 80 % of the daily budget of an account are used that is shared with the household, and when all of it is."""

WARNED_AT: Final = 0.8


@final
class Allowance:
    """The calls of one account, held against its daily budget (0 for none)."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, listener: Listener, usage: Usage
    ) -> None:
        """Count for the listener of an account's entry."""
        self._hass = hass
        self._entry = entry
        self.listener = listener
        self._usage = usage
        self._signaled: tuple[int, bool] | None = None
        self._closed = False

    @property
    def budget(self) -> int:
        """Calls that the account may make in a local day; 0 for as many as it takes."""
        return int(self._entry.options.get(CONF_DAILY_CALLS, 0))

    @property
    def today(self) -> dict[str, int]:
        """The calls since midnight, local, by purpose, the most first."""
        return self._usage.calls_of(self.listener.key, midnight_ms())

    @property
    def spent(self) -> bool:
        """Whether background work rests until the day is over."""
        return 0 < self.budget <= sum(self.today.values())

    def check(self, priority: Priority) -> None:
        """Raise BudgetSpent where nobody waits for a call and the day's budget is spent."""
        if priority is not Priority.PERSON and self.spent:
            raise BudgetSpent(midnight_ms(1))

    async def async_close(self) -> None:
        """Store what was counted; what comes after is not the account's any more, which may be removed."""
        self._closed = True
        await self._usage.async_save()

    @callback
    def count(self, purpose: Purpose, calls: int) -> None:
        """Count calls, and notify once a day when the budget gets tight, and once when it is over."""
        self._usage.count(None if self._closed else self.listener, purpose, calls)
        self.review()

    @callback
    def remind(self) -> None:
        """Show the notice that stood before a restart again; its event was fired then."""
        self._notice()

    @callback
    def review(self) -> None:
        """Check whether a notice about the budget is due."""
        if not self._notice():
            return
        if not is_visible(self._entry):
            return
        made, budget = sum(self.today.values()), self.budget
        self._hass.bus.async_fire(
            EVENT_BUDGET,
            {
                "entry_id": self._entry.entry_id,
                "account": self._entry.title,
                "calls": made,
                "budget": budget,
                "spent": made >= budget,
            },
        )

    def _notice(self) -> bool:
        """Show the notice or take it back; returns whether it says something new."""
        made, budget = sum(self.today.values()), self.budget
        if not budget or made < budget * WARNED_AT:
            async_withdraw(self._hass, self._entry, ISSUE_BUDGET)
            return False
        state = (midnight_ms(), made >= budget)
        if state == self._signaled:
            return False
        self._signaled = state
        async_report(
            self._hass, self._entry, ISSUE_BUDGET, calls=str(made), budget=str(budget)
        )
        return True
