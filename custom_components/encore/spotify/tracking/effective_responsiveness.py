"""The responsiveness in effect: the option, usual hours, open pages, and the quota."""

from datetime import timedelta, tzinfo
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
from ...runtime.supervision import async_attempt
from ...settings.responsiveness import Responsiveness, chosen_responsiveness
from ..budget import Budget
from ..budget.allowance import Allowance
from ..budget.quota_saving import Short, Thrift
from ..issues import ISSUE_SAVING, async_report, async_withdraw
from .open_pages import async_get_views
from .poll_budget import PollBudget
from .usual_hours import UsualHours, learn_usual_hours

LEARNED_EVERY: Final = timedelta(days=1)
SAVING_VIEW_MS: Final = 60_000
"""The pause between looks for open pages while calls run short."""


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
        self._thrift = Thrift(budget, allowance)
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
        return self._thrift.short if self.chosen is not Responsiveness.SAVER else None

    @property
    def until(self) -> int | None:
        """When that is over (UTC ms), as far as it is known."""
        return self._thrift.until

    @property
    def effective(self) -> Responsiveness:
        """How often the account is looked at now."""
        return Responsiveness.SAVER if self._thrift.short else self.chosen

    @callback
    def review(self) -> Responsiveness:
        """Return how often the account is polled from now on; where that is not what was chosen, a notice says so."""
        short = self._thrift.review()
        if self.short in (Short.QUOTA, Short.HOUSE):
            async_report(self._hass, self._entry, ISSUE_SAVING)
        else:
            # The budget of the account has a notice of its own.
            async_withdraw(self._hass, self._entry, ISSUE_SAVING)
        return Responsiveness.SAVER if short else self.chosen

    @callback
    def begin(self) -> CALLBACK_TYPE:
        """Learn now and daily when the listener usually listens, until the returned function is called."""
        name = f"{DOMAIN} usual hours of {self._entry.title}"

        @callback
        def due(_now: object = None) -> None:
            self._entry.async_create_background_task(
                self._hass, async_attempt(self._hass, name, self.async_learn), name
            )

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
        if every is not None and self._thrift.short:
            return max(every, SAVING_VIEW_MS)
        return every
