"""Whether the quota runs short, so that polling falls back to *Saver*."""

from enum import StrEnum
from typing import Final, final

from ...runtime.moments import now_ms
from .allowance import WARNED_AT, Allowance
from .call_budget import Budget
from .call_counts import DAY_MS

SAVING_ENDS_AT: Final = WARNED_AT - 0.1
"""Who began to save goes on until fewer calls are used than this share of them."""

QUOTA_KNOWN_MS: Final = 7 * DAY_MS
"""Spotify does not publish its quota. For this long it is assumed to be the calls of the day before it was spent."""
LEAST_QUOTA: Final = 500
"""Where fewer were made, somebody else spent it."""


class Short(StrEnum):
    """Which calls run short."""

    QUOTA = "quota"
    """Spotify's, which it does not report until they are spent."""
    HOUSE = "house"
    """Those that the household allows in 24 hours."""
    ACCOUNT = "account"
    """Those that an account is allowed in a local day."""


@final
class Thrift:
    """Decides for one account whether calls are to be saved, and why."""

    def __init__(self, budget: Budget, allowance: Allowance) -> None:
        """Begin with nothing to save."""
        self._budget = budget
        self._allowance = allowance
        self.short: Short | None = None
        """Which calls run short, as of the last `review`."""

    def review(self) -> Short | None:
        """Return which calls run short now, None where none do."""
        self.short = self._short(WARNED_AT if self.short is None else SAVING_ENDS_AT)
        return self.short

    @property
    def until(self) -> int | None:
        """When calls are saved no more (UTC ms), as far as that is known: it is where Spotify's quota was spent."""
        quota = self._budget.deadline.quota
        if self.short is not Short.QUOTA or quota is None:
            return None
        over_at = quota.over_at + DAY_MS
        return over_at if now_ms() < over_at else None

    def _short(self, share: float) -> Short | None:
        now = now_ms()
        made = self._budget.usage.within_a_day(now)
        quota = self._budget.deadline.quota
        if quota is not None and now < quota.over_at + DAY_MS:
            return Short.QUOTA
        if quota is not None and now < quota.over_at + QUOTA_KNOWN_MS:
            if LEAST_QUOTA <= quota.calls <= made / share:
                return Short.QUOTA
        most = self._budget.calls_a_day
        if most and made >= most * share:
            return Short.HOUSE
        allowed = self._allowance.budget
        if allowed and sum(self._allowance.today.values()) >= allowed * share:
            return Short.ACCOUNT
        return None
