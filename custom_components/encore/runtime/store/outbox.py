"""Observations that wait in memory until the store can take them."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import msgspec

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store

from ...const import DOMAIN, LOGGER
from ...history.errors import (
    StoreClosed,
    StoreFull,
    StoreLost,
    StoreMissing,
    StoreRefused,
    StoreUnavailable,
)
from ...history.model import Observation
from ..issues import async_raise_issue
from ..planned_call import PlannedCall
from ..supervision import log_unforeseen

MOST_WAITING: Final = 10_000
"""Weeks of a whole home. Beyond them the newest are let go: those Spotify can still report again."""

AT_ONCE: Final = 500
RETRY_FIRST_S: Final = 5
RETRY_LAST_S: Final = 300
SAVE_AFTER_S: Final = 60

ISSUE_STORE_FULL: Final = "store_full"
ISSUE_STORE_UNREACHABLE: Final = "store_unreachable"
ISSUES: Final = (ISSUE_STORE_FULL, ISSUE_STORE_UNREACHABLE)

STORE_VERSION: Final = 1

type Append = Callable[[Sequence[Observation]], Awaitable[object]]


class WaitingObservations:
    """Observations in the order they came, and the attempts to store them."""

    def __init__(
        self,
        hass: HomeAssistant,
        append: Append,
        reopen: Callable[[], Awaitable[None]],
    ) -> None:
        """Take how observations are stored, and how a store that was lost is opened again.

        Both raise StoreUnavailable while that cannot be done.
        """
        self._hass = hass
        self._append = append
        self._reopen = reopen
        self._waiting: list[Observation] = []
        self._let_go = 0
        self._failure: StoreUnavailable | None = None
        self._held = False
        self._open = False
        self._on_disk = False
        self._save_planned = False
        self._retry = PlannedCall(hass, self._async_retry)
        self._delay: float = RETRY_FIRST_S
        self._storage: Store[list[Any]] = Store(
            hass, STORE_VERSION, f"{DOMAIN}.waiting", private=True
        )

    @property
    def wait(self) -> bool:
        """Whether what comes now has to wait."""
        return self._held or self._failure is not None

    @callback
    def add(self, observations: Sequence[Observation]) -> None:
        """Let observations wait, as many as there is room for."""
        room = MOST_WAITING - len(self._waiting)
        self._waiting += observations[:room]
        self._let_go += len(observations[room:])
        if self._open and self._failure is not None and not self._save_planned:
            # A store that is gone may be so for days, and Home Assistant may be killed meanwhile.
            self._on_disk = self._save_planned = True
            self._storage.async_delay_save(self._to_save, SAVE_AFTER_S)

    @callback
    def _to_save(self) -> list[Any]:
        self._save_planned = False
        saved: list[Any] = msgspec.to_builtins(self._waiting)
        return saved

    @callback
    def failed(self, failure: StoreUnavailable) -> None:
        """Take note that the store fails; it is tried again, at growing intervals.

        One that was lost is tried at once, because opening it tells what became of it.
        """
        first = self._failure is None
        if first:
            LOGGER.error(
                "The history cannot be written: %s. What is played waits in memory",
                failure,
            )
            self._delay = 0 if isinstance(failure, StoreLost) else RETRY_FIRST_S
        elif type(failure) is not type(self._failure):
            self._withdraw_issue()
        self._failure = failure
        if not isinstance(failure, StoreMissing) and not (
            first and isinstance(failure, StoreLost)
        ):
            self._raise_issue(failure)
        self._plan_retry()

    @callback
    def _raise_issue(self, failure: StoreUnavailable) -> None:
        full = isinstance(failure, StoreFull)
        issue = ISSUE_STORE_FULL if full else ISSUE_STORE_UNREACHABLE
        reason, most = str(failure), str(MOST_WAITING)
        async_raise_issue(self._hass, issue, is_error=True, reason=reason, most=most)

    @callback
    def _plan_retry(self) -> None:
        if not self._retry.is_planned and self._open:
            self._retry.plan(self._delay)
            self._delay = min(max(2 * self._delay, RETRY_FIRST_S), RETRY_LAST_S)

    @callback
    def hold(self) -> None:
        """Let everything wait from now on, until `async_go_on`."""
        self._held = True

    async def async_go_on(self) -> None:
        """Store what waited for the end of a hold."""
        self._held = False
        if self._failure is None:
            await self._async_try()

    async def async_load(self, failure: StoreUnavailable | None = None) -> None:
        """Take up what waited when the store was closed, and try to store it unless the store fails already."""
        self._open = True
        try:
            stored = msgspec.convert(
                await self._storage.async_load(), list[Observation] | None
            )
        except msgspec.ValidationError:
            LOGGER.debug("What waited for the history cannot be read")
            stored = None
        if stored:
            self._on_disk = True
            self.add(stored)
        if failure is not None:
            self.failed(failure)
        elif stored:
            await self._async_try()

    async def async_close(self) -> None:
        """Stop trying; what still waits is kept beside the store for the next start."""
        self._open = False
        self._retry.cancel()
        if self._waiting:
            await self._storage.async_save(self._to_save())
            self._waiting = []
        self._on_disk = False
        self._failure = None
        self._held = False
        self._withdraw_issue()

    async def async_try_again(self) -> None:
        """Try at once where the store failed, because a person has seen to it."""
        if self._failure is None:
            return
        self._retry.cancel()
        await self._async_try()

    async def _async_retry(self) -> None:
        try:
            await self._async_try()
        except Exception as err:  # noqa: BLE001  whatever it is, what waits is tried again
            log_unforeseen(self._hass, "store what waits for the history", err)
            self._plan_retry()

    async def _async_try(self) -> None:
        """Store what waits. What came meanwhile is stored as well, in its turn."""
        waited = 0
        try:
            if self._failure is not None:
                await self._reopen()
                # What nobody waits with must still be known to work.
                await self._append(())
            while some := self._waiting[:AT_ONCE]:
                await self.async_store(some)
                # Only now: what is appended twice is one observation.
                del self._waiting[: len(some)]
                waited += len(some)
        except StoreClosed:
            return
        except StoreUnavailable as err:
            self.failed(err)
            return
        if self._failure is not None:
            self._failure = None
            self._withdraw_issue()
            LOGGER.warning(
                "The history can be written again: %d observations that waited are stored, %d were let go",
                waited,
                self._let_go,
            )
            self._let_go = 0
        if self._on_disk:
            self._on_disk = self._save_planned = False
            await self._storage.async_remove()

    async def async_store(self, observations: Sequence[Observation]) -> None:
        """Store observations; one that can never be stored does not hold up the others.

        Raises StoreUnavailable; then some of them may be stored.
        """
        try:
            await self._append(observations)
        except (StoreRefused, ValueError) as err:
            if len(observations) > 1:
                for one in observations:
                    await self.async_store((one,))
            else:
                # What it says may quote the observation.
                LOGGER.error("An observation cannot be stored: %s", type(err).__name__)

    @callback
    def _withdraw_issue(self) -> None:
        for issue in ISSUES:
            ir.async_delete_issue(self._hass, DOMAIN, issue)
