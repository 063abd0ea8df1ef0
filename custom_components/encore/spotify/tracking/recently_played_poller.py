"""Polls recently played: on schedule, on request, and when player polls leave a gap."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import KW_ONLY, dataclass, field
import random
import threading
from typing import Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ...const import CONF_BACKFILL, LOGGER
from ...history.errors import HistoryError
from ...history.records.job_records import JobKind, JobState, Work
from ...runtime.job_errors import stored_error
from ...runtime.moments import now_ms
from ...runtime.planned_call import PlannedCall
from ...runtime.running_job import Progress
from ...runtime.source_recorder import SourceRecorder
from ..account_jobs import AccountJobs
from ..errors import RateLimited, SpotifyError
from .recently_played_fetch import Fetched, RecentlyPlayedFetch
from .recently_played_list import RecentlyPlayedList

PLACES: Final = 50
"""How many plays the list has; older ones are lost."""

FILLED: Final = PLACES // 2
"""How many new ones may be in it when it is fetched again, at the fastest pace seen lately."""

LATELY_MS: Final = 3 * 3_600_000

IN_A_ROW: Final = 6
"""Over how many plays in a row the pace is measured."""

SOONEST_MS: Final = 12 * 60_000

LATEST_MS: Final = 60 * 60_000

WONDERED_MS: Final = 2 * 60_000

WONDERS: Final = 8

WONDERS_WITHIN_MS: Final = 60 * 60_000
"""To learn what was on between two looks the list is fetched this often in this time at the most, and this long after the last time."""


RETRIES_S: Final = (5 * 60, 10 * 60, 20 * 60, 30 * 60)
"""Waits after fetches that failed, one after the other, while the player answers.

Where it does not, the list is fetched at once when it does again, and until then as seldom as ever.
"""
AFTER_WAIT_S: Final = (1, 30)

SPREAD: Final = 0.05
"""Polls come up to this part of their delay later, so that those of several accounts do not meet."""


_RETRY_MS: Final = 30_000


@final
class Polling:
    """Plans the fetches of one account's list. All in ms, moments in UTC."""

    def __init__(self) -> None:
        """Begin with a list that was never fetched."""
        self._polled_at: int | None = None
        self._wondered: deque[int] = deque(maxlen=WONDERS)

    def polled(self, now: int, played_at: Iterable[int]) -> int:
        """Take note of a fetch and when the plays it had ended; return how long after it the next one is due."""
        self._polled_at = now
        ends = sorted(end for end in played_at if now - LATELY_MS < end)
        spans = [
            later - earlier
            for earlier, later in zip(ends, ends[IN_A_ROW:], strict=False)
        ]
        filled = min(spans, default=LATEST_MS) * FILLED // IN_A_ROW
        return min(max(filled, SOONEST_MS), LATEST_MS)

    def may_wonder_in(self, now: int) -> int | None:
        """Return how long it is until the list may be fetched though that was not planned, None for not soon."""
        full = len(self._wondered) == WONDERS
        if full and 0 <= now - self._wondered[0] < WONDERS_WITHIN_MS:
            return None
        last = self._polled_at
        if last is None or not 0 <= now - last < WONDERED_MS:
            return 0
        return WONDERED_MS - (now - last)

    def wondered(self, now: int) -> None:
        """Take note of a fetch that was not planned."""
        self._wondered.append(now)


@final
@dataclass(eq=False)
class RecentlyPlayedPoller:
    """The fetches of one account, one at a time, and when the next one comes.

    The recorder notes the time that the list covers; `is_up` returns whether the player answers.
    """

    _hass: HomeAssistant
    _entry: ConfigEntry
    _fetching: RecentlyPlayedFetch
    _recorder: SourceRecorder
    _jobs: AccountJobs
    _: KW_ONLY
    is_up: Callable[[], bool]
    _polling: Polling = field(default_factory=Polling, init=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _failing: bool = field(default=False, init=False)
    _failures: int = field(default=0, init=False)
    _unread: bool = field(default=False, init=False)
    """Whether the last fetch failed, or has not ended yet."""
    linking: bool = field(default=False, init=False)
    """Whether what was played before the account was linked is not fetched in full yet."""

    def __post_init__(self) -> None:
        """Make what is made of the rest."""
        self._next = PlannedCall(self._hass, self.poll)

    @property
    def listed(self) -> RecentlyPlayedList:
        """The newest rows of the list when it was last read."""
        return self._fetching.listed

    @property
    def known(self) -> frozenset[tuple[str, int]]:
        """The rows of the list that are known: what is listed, and when by Spotify's clock."""
        return self._fetching.known

    @callback
    def begin(
        self, known_until: int | None, known: Iterable[tuple[str, int]] = ()
    ) -> None:
        """Take up where the list is known to (UTC ms), None for an account that was just linked, and which of its rows are."""
        self._fetching.known = frozenset(known)
        self._fetching.cursor = known_until
        self.linking = known_until is None

    @callback
    def known_until(self, now: int) -> None:
        """Say that nothing before a moment (UTC ms) is missing, because it is not to be fetched."""
        self._fetching.cursor = max(now, self._fetching.cursor or 0)
        self.linking = False

    @callback
    def cancel(self) -> None:
        """Let no fetch come by itself any more."""
        self._next.cancel()

    @callback
    def poll(self) -> None:
        """Fetch now, in a task."""
        self._recorder.run(self._async_poll, "recently played")

    async def async_ask(self) -> Fetched:
        """Fetch now because somebody asked for it, with a record. Raises SpotifyError."""
        async with self._lock:
            return await self._async_and_plan(self._async_as_job())

    def wonders_in(self, moment: int) -> int:
        """Return how long (ms) until the list may be read to learn what was on before a moment (UTC ms).

        Where that was done often lately, it is to be asked again then: the list may have been read meanwhile as it was due.
        """
        if self.listed.until >= moment:
            return 0
        wait = self._polling.may_wonder_in(now_ms())
        return _RETRY_MS if wait is None else max(moment - now_ms(), wait)

    async def async_wonder(self, moment: int) -> bool:
        """Read the list if that was not done since a moment (UTC ms); return whether it could be read."""
        if self.listed.until < moment and not self._unread:
            if self._polling.may_wonder_in(now_ms()) != 0:
                return True
            self._polling.wondered(now_ms())
            await self._async_poll()
        return not self._unread

    async def async_fetch_last(self) -> None:
        """Fetch what was played until now, and plan no more. Raises SpotifyError."""
        async with self._lock:
            await self._async_fetch()

    async def _async_poll(self) -> None:
        """Fetch what recently played has that is not known, and decide when to do so again; if that goes on, wait for it."""
        if self._lock.locked():
            async with self._lock:
                return
        async with self._lock:
            try:
                await self._async_and_plan(self._async_fetch())
            except (SpotifyError, HistoryError) as err:
                LOGGER.debug("Recently played could not be read: %s", err)

    async def _async_and_plan(self, fetch: Awaitable[Fetched]) -> Fetched:
        """Wait for a fetch, and plan the next one, whatever comes of it. Raises what it raises."""
        self._unread = True
        try:
            fetched = await fetch
        except RateLimited as err:
            wait = max(err.until - now_ms(), 0) / 1000
            self._next.plan(wait + random.uniform(*AFTER_WAIT_S))
            raise
        except SpotifyError, HistoryError:
            wait = RETRIES_S[min(self._failures, len(RETRIES_S) - 1)]
            self._failures += 1
            self._next.plan(wait if self.is_up() else max(wait, self._next_delay()))
            raise
        self._failures, self._unread = 0, False
        self._next.plan(self._next_delay())
        return fetched

    async def _async_fetch(self) -> Fetched:
        """Fetch, and record that as a job where it is worth a record.

        That is the first fetch of an account, the first of several that fail in a row, and the one after them. All
        others show in the plays they brought: thirty records a day would hide the rest.
        """
        work, failed = self._work, self._failing
        if self.linking and not failed:
            return await self._async_as_job()
        try:
            fetched = await self._async_fetch_now()
        except SpotifyError as err:
            if not failed:
                await self._jobs.async_note(
                    work, state=JobState.FAILED, error=stored_error(err)
                )
            raise
        if failed:
            await self._jobs.async_note(
                work, state=JobState.DONE, counts=fetched.counts()
            )
        return fetched

    async def _async_as_job(self) -> Fetched:
        return await self._jobs.async_run(
            self._work, self._async_fetch_now, Fetched.counts
        )

    async def _async_fetch_now(
        self,
        progress: Progress = lambda rows, percent: None,
        cancelled: threading.Event | None = None,
    ) -> Fetched:
        try:
            fetched = await self._fetching.async_fetch(
                self._recorder.recorded_time,
                now_ms(),
                backfill=self._entry.options.get(CONF_BACKFILL, True),
                progress=progress,
                cancelled=cancelled,
            )
        except SpotifyError:
            self._failing = True
            raise
        self.linking = self._failing = False
        return fetched

    def _next_delay(self) -> float:
        """Return how many seconds after a fetch the next one is due."""
        ends = [play.played_at for play in self._fetching.listed.rows]
        delay = self._polling.polled(now_ms(), ends) / 1000
        return delay * random.uniform(1, 1 + SPREAD)

    @property
    def _work(self) -> Work:
        kind = JobKind.SYNC if self.linking else JobKind.POLL
        return Work(kind, listener=self._recorder.listener)
