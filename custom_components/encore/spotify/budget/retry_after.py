"""Honors `Retry-After` for all accounts and over restarts, capped at a day.

Spotify's quota belongs to the developer account, so a 429 for one listener is one for
all. `Retry-After` can be hours.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, NotRequired, TypedDict, final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ...const import DOMAIN, LOGGER
from ...history.records.logged_events import EventKind
from ...runtime.event_log_signals import async_log_event
from ...runtime.moments import now_ms
from ..errors import QuotaExceeded, RateLimited, WaitCapped
from .monotonic_clock import monotonic

STORE_KEY: Final = f"{DOMAIN}.spotify_budget"
TOKENS_KEY: Final = f"{DOMAIN}.spotify_tokens"
"""The accounts service, which gives tokens, is another one, and asks for pauses of its own."""
STORE_VERSION: Final = 1
FIRST_WAIT_S: Final = 1
LONGEST_WAIT_S: Final = 60
LONGEST_PAUSE_S: Final = 86_400
"""Quotas are counted over a day: 79,892 s, which ended 24 hours after the first call (your_spotify#411), 81,654 s (spotipy#913)
and 86,400 s (spotDL#2585) were seen. Longer ones are somebody's mistake, and would cost years."""
WORTH_A_LINE_S: Final = 60
CLOCKS_DIFFER_MS: Final = 1_000
"""How much the system clock may drift against the monotonic one before that counts as a change."""

QUOTA_REASON: Final = "QUOTA_EXCEEDED"
"""What a 429 says since July 2026 where the quota is spent, and not the rolling limit."""


QUOTA_PAUSE_MS: Final = 10 * 60_000
"""A pause of this length is the quota's too, whatever Spotify says of it: the rolling limit is one of 30 seconds."""


class SpentQuota(NamedTuple):
    """When Spotify's quota was spent last."""

    over_at: int
    """The end of the pause that Spotify wanted (UTC ms)."""
    calls: int
    """How many calls all accounts had made in the 24 hours before."""


class _Pause(TypedDict):
    """A wait as it is stored: from when until when, in UTC ms."""

    asked_at: int
    until: int
    reason: NotRequired[str | None]
    capped: NotRequired[bool]
    quota_over_at: NotRequired[int]
    quota_calls: NotRequired[int]


@final
class Deadline:
    """The moment before which no call is made."""

    def __init__(
        self,
        hass: HomeAssistant,
        key: str = STORE_KEY,
        made: Callable[[], int] = lambda: 0,
    ) -> None:
        """Let everything pass until `async_load`; the pause is stored under `key`. `made` counts the calls of the last 24 hours."""
        self._hass = hass
        self._made = made
        self.quota: SpentQuota | None = None
        """When Spotify's quota was spent last, None where it never was."""
        self._store: Store[_Pause] = Store(hass, STORE_VERSION, key, private=True)
        self._asked_at = 0
        self._until = 0
        self._over_at = 0.0
        self._reason: str | None = None
        self._capped = False
        self._next_wait_s = FIRST_WAIT_S
        self._warned = False

    @property
    def until(self) -> int | None:
        """End of the pause that is on (UTC ms), or None."""
        now = now_ms()
        # A clock that is set back meanwhile must not make the wait longer than Spotify asked for.
        left_ms = round((self._over_at - monotonic()) * 1000)
        until = min(self._until, now + left_ms + CLOCKS_DIFFER_MS)
        return until if now < until and left_ms > 0 else None

    @property
    def capped(self) -> bool:
        """Whether a pause is on that was to be longer than a day, and is not."""
        return self._capped and self.until is not None

    async def async_load(self) -> None:
        """Take up the pause that was on when Home Assistant stopped."""
        if (pause := await self._store.async_load()) is None:
            return
        # A machine without a battery may begin with a clock of long ago, and set it in a minute: the end stays what it was.
        self._asked_at, until = pause["asked_at"], pause["until"]
        # Earlier versions took Spotify at its word.
        self._until = min(until, self._asked_at + LONGEST_PAUSE_S * 1000)
        self._capped = pause.get("capped", False) or self._until < until
        self._over_at = (
            monotonic() + (self._until - max(self._asked_at, now_ms())) / 1000
        )
        self._reason = pause.get("reason")
        if "quota_over_at" in pause and "quota_calls" in pause:
            over_at = min(pause["quota_over_at"], self._until)
            self.quota = SpentQuota(over_at, pause["quota_calls"])

    def check(self) -> None:
        """Raise RateLimited while a pause is on."""
        if (until := self.until) is not None:
            raise self._error(until)

    def answered(self) -> None:
        """Take note of an answer that was no 429: unexplained waits start small again."""
        self._next_wait_s = FIRST_WAIT_S
        if self._warned and self.until is None:
            LOGGER.info("Spotify answers again after the pause that it asked for")
            async_log_event(self._hass, EventKind.SPOTIFY, "resumed")
            self._warned = False

    async def async_refused(
        self, sent_at: int, retry_after_s: float | None, reason: str | None
    ) -> RateLimited:
        """Take note of a 429 to a call sent at `sent_at` (UTC ms); return the error to raise.

        Without a `Retry-After`, waits grow 1, 2, 4 … 60 s; one of more than a day is taken for a day. Calls that were
        under way together count as one refusal.
        """
        now = now_ms()
        known = self.until or now
        capped = False
        if retry_after_s is not None and retry_after_s > 0:
            capped = retry_after_s > LONGEST_PAUSE_S
            until = now + round(min(retry_after_s, LONGEST_PAUSE_S) * 1000)
        elif sent_at < self._asked_at:
            until = known
        else:
            until = now + self._next_wait_s * 1000
            self._next_wait_s = min(self._next_wait_s * 2, LONGEST_WAIT_S)
        if until > known:
            await self._async_pause(now, until, reason, capped=capped)
        return self._error(max(until, known))

    def _error(self, until: int) -> RateLimited:
        """Return the error that says why nobody may call."""
        if self._capped:
            return WaitCapped(until)
        kind = QuotaExceeded if self._reason == QUOTA_REASON else RateLimited
        return kind(until)

    async def _async_pause(
        self, now: int, until: int, reason: str | None, *, capped: bool
    ) -> None:
        known = self.until is not None
        if reason == QUOTA_REASON or until - now >= QUOTA_PAUSE_MS:
            self.quota = SpentQuota(until, self._made())
        self._asked_at, self._until, self._reason = now, until, reason
        self._capped = capped
        self._over_at = monotonic() + (until - now) / 1000
        if not known and until - now >= WORTH_A_LINE_S * 1000:
            LOGGER.warning("%s (%s)", self._error(until), reason or "rate")
            async_log_event(
                self._hass, EventKind.SPOTIFY, "paused", detail=reason or "rate"
            )
            self._warned = True
        # Written at once: a delayed write would be lost by the crash that follows.
        pause = _Pause(asked_at=now, until=until, reason=reason, capped=capped)
        if self.quota is not None:
            pause["quota_over_at"], pause["quota_calls"] = self.quota
        await self._store.async_save(pause)
