"""The responsiveness in effect: the option, usual hours, open pages, and the quota."""

from datetime import timedelta, tzinfo
from enum import StrEnum
from functools import partial
from typing import Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ...const import DOMAIN, LOGGER
from ...history.errors import HistoryError
from ...history.queries.visible_plays import NOBODY_HIDDEN
from ...runtime.moments import now_ms
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import attend
from ...settings.responsiveness import Responsiveness, chosen_responsiveness
from ..budget import Budget
from ..budget.allowance import WARNED_AT, Allowance
from ..budget.call_counts import DAY_MS
from ..issues import ISSUE_SAVING, async_report, async_withdraw
from .open_pages import async_get_views
from .poll_budget import PollBudget
from .usual_hours import UsualHours, learn_usual_hours

LEARNED_EVERY: Final = timedelta(days=1)
SAVING_VIEW_MS: Final = 60_000
"""The pause between looks for open pages while calls run short."""

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
class EffectiveResponsiveness:
    """The *Responsiveness* of one account while it is loaded."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        budget: Budget,
        allowance: Allowance,
        zone: tzinfo | None = None,
    ) -> None:
        """`zone` is the listener's, None for the home's."""
        self._hass = hass
        self._entry = entry
        self._allowance = allowance
        self._budget = budget
        self._short: Short | None = None
        """Which calls ran short, as of the last `review`."""
        self._zone = zone
        self.usual = UsualHours.unknown(self._zone_now)
        """When the listener usually listens; private to the listener."""
        listener = allowance.listener.key
        self.pace = PollBudget(
            self.review,
            lambda: self.usual,
            partial(budget.usage.within_an_hour, listener),
            self._view,
        )

    @property
    def chosen(self) -> Responsiveness:
        """What the account's options say."""
        return chosen_responsiveness(self._entry)

    @property
    def short(self) -> Short | None:
        """Which calls run short, so that the account is polled as with *Saver* whatever is chosen."""
        return self._short if self.chosen is not Responsiveness.SAVER else None

    @property
    def until(self) -> int | None:
        """When calls are saved no more (UTC ms), as far as that is known: it is where Spotify's quota was spent."""
        quota = self._budget.deadline.quota
        if self._short is not Short.QUOTA or quota is None:
            return None
        over_at = quota.over_at + DAY_MS
        return over_at if now_ms() < over_at else None

    @property
    def effective(self) -> Responsiveness:
        """How often the account is looked at now."""
        return Responsiveness.SAVER if self._short else self.chosen

    @callback
    def review(self) -> Responsiveness:
        """Return how often the account is polled from now on; where that is not what was chosen, a notice says so."""
        share = WARNED_AT if self._short is None else SAVING_ENDS_AT
        self._short = self._short_of(share)
        if self.short in (Short.QUOTA, Short.HOUSE):
            async_report(self._hass, self._entry, ISSUE_SAVING)
        else:
            # The budget of the account has a notice of its own.
            async_withdraw(self._hass, self._entry, ISSUE_SAVING)
        return self.effective

    @callback
    def begin(self) -> CALLBACK_TYPE:
        """Learn now and daily when the listener usually listens, until the returned function is called."""
        name = f"{DOMAIN} usual hours of {self._entry.title}"

        @callback
        def due(_now: object = None) -> None:
            attend(self._hass, name, self.async_learn, self._entry)

        due()
        return async_track_time_interval(
            self._hass, due, LEARNED_EVERY, cancel_on_shutdown=True
        )

    async def async_learn(self) -> None:
        """Learn when the listener usually listens, from their own plays alone."""
        listener, zone = self._allowance.listener.key, self._zone_now
        now = now_ms()
        try:
            self.usual = await self._hass.data[DATA_HISTORY].async_ask(
                lambda queries: learn_usual_hours(queries, listener, zone, now),
                hidden=NOBODY_HIDDEN,
            )
        except HistoryError as err:
            LOGGER.debug("Usual hours cannot be learned now: %s", err)

    @property
    def _zone_now(self) -> tzinfo:
        return self._zone or dt_util.get_default_time_zone()

    def _view(self, now: int, playing: bool) -> int | None:
        listener = self._allowance.listener.key
        every = async_get_views(self._hass).every(listener, now, playing=playing)
        if every is not None and self._short:
            return max(every, SAVING_VIEW_MS)
        return every

    def _short_of(self, share: float) -> Short | None:
        """Return which calls run short now, None where none do; `share` of them may be used."""
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
