"""One guard for all calls to Spotify: a pause that Spotify asks for is kept by every account.

Spotify's quota belongs to the developer account, so a 429 for one listener is one for
all. `Retry-After` can be hours; the deadline is kept across restarts and never shortened.
"""

from typing import Final, TypedDict, final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER
from .errors import RateLimited

STORE_KEY: Final = f"{DOMAIN}.spotify_budget"
STORE_VERSION: Final = 1
FIRST_WAIT_S: Final = 1
LONGEST_WAIT_S: Final = 60
WORTH_A_LINE_S: Final = 60


class _Pause(TypedDict):
    """A wait as it is stored: from when until when, in UTC ms."""

    asked_at: int
    until: int


@final
class Budget:
    """The deadline before which no call is made."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare a guard that lets everything pass until `async_load`."""
        self._store: Store[_Pause] = Store(hass, STORE_VERSION, STORE_KEY)
        self._asked_at = 0
        self._until = 0
        self._next_wait_s = FIRST_WAIT_S

    @property
    def until(self) -> int | None:
        """End of the pause that is on (UTC ms), or None."""
        return self._until if _now() < self._until else None

    async def async_load(self) -> None:
        """Take up the pause that was on when Home Assistant stopped."""
        if (pause := await self._store.async_load()) is None:
            return
        # A clock that was set back since must not make the wait longer than Spotify asked for.
        asked_at = min(pause["asked_at"], _now())
        self._asked_at = asked_at
        self._until = asked_at + (pause["until"] - pause["asked_at"])

    def check(self) -> None:
        """Raise RateLimited while a pause is on."""
        if (until := self.until) is not None:
            raise RateLimited(until)

    def answered(self) -> None:
        """Take note of an answer that was no 429: unexplained waits start small again."""
        self._next_wait_s = FIRST_WAIT_S

    async def async_refused(
        self, sent_at: int, retry_after_s: float | None, reason: str | None
    ) -> RateLimited:
        """Take note of a 429 to a call sent at `sent_at` (UTC ms); return the error to raise.

        Without a `Retry-After`, waits grow 1, 2, 4 … 60 s. Calls that were under way
        together count as one refusal.
        """
        now = _now()
        if retry_after_s is not None and retry_after_s > 0:
            until = now + round(retry_after_s * 1000)
        elif sent_at < self._asked_at:
            until = self._until
        else:
            until = now + self._next_wait_s * 1000
            self._next_wait_s = min(self._next_wait_s * 2, LONGEST_WAIT_S)
        if until > self._until:
            await self._async_pause(now, until, reason)
        return RateLimited(max(self._until, now))

    async def _async_pause(self, now: int, until: int, reason: str | None) -> None:
        known = self.until is not None
        self._asked_at, self._until = now, until
        if not known and until - now >= WORTH_A_LINE_S * 1000:
            LOGGER.warning("%s (%s)", RateLimited(until), reason or "rate")
        # Written at once: a delayed write would be lost by the crash that follows.
        await self._store.async_save({"asked_at": now, "until": until})


DATA_BUDGET: Final[HassKey[Budget]] = HassKey(f"{DOMAIN}_spotify_budget")


@singleton(DATA_BUDGET, async_=True)
async def async_get_budget(hass: HomeAssistant) -> Budget:
    """Return the instance's only budget, loaded."""
    budget = Budget(hass)
    await budget.async_load()
    return budget


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
