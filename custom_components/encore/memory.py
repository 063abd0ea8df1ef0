"""The history as Home Assistant sees it: opened on first need, shared by all entries, never in the event loop."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
import threading
from typing import TYPE_CHECKING, Final

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, LOGGER
from .history.coverage import Recorded, Unrecorded
from .history.errors import MigrationFailed, StoreBroken, StoreTooNew, StoreUnavailable
from .history.history import History
from .history.model import Appended, Listener, Observation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .history.imports.limits import Limits
    from .history.imports.report import ImportProgress, ImportReport
    from .history.recall import Recall

STORE_FILE: Final = "encore.db"
ISSUE_STORE_BROKEN: Final = "store_broken"


class HouseMemory:
    """One history for the instance, open as long as somebody holds it."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare a memory whose store lies in the config folder; nothing is opened yet."""
        self._hass = hass
        self._url = f"sqlite:///{hass.config.path(STORE_FILE)}"
        self._history: History | None = None
        self._holders = 0
        self._opening = asyncio.Lock()
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, self._async_close)

    @property
    def is_open(self) -> bool:
        """Whether questions can be asked now."""
        return self._history is not None

    async def async_acquire(self) -> None:
        """Hold the store open until `async_release`.

        Raises ConfigEntryError when a newer Encore wrote it, ConfigEntryNotReady when it
        cannot be reached now.
        """
        async with self._opening:
            if self._history is None:
                self._history = await self._async_opened()
            self._holders += 1

    async def async_release(self) -> None:
        """Let go of the store; the last holder closes it."""
        # Before the wait for the lock, which a cancelled caller does not come back from.
        self._holders -= 1
        async with self._opening:
            if self._holders == 0:
                await self._async_shut()

    @asynccontextmanager
    async def async_held(self) -> AsyncIterator[None]:
        """Hold the store open for the length of a block."""
        await self.async_acquire()
        try:
            yield
        finally:
            await self.async_release()

    async def async_append(self, observations: Sequence[Observation]) -> Appended:
        """Store what a source said and derive the plays it touches."""
        return await asyncio.wrap_future(self._opened.append(observations))

    async def async_note(
        self, recorded: Sequence[Recorded], unrecorded: Sequence[Unrecorded] = ()
    ) -> None:
        """Store when listeners were recorded, and when they were not and why."""
        await asyncio.wrap_future(self._opened.note(recorded, unrecorded))

    async def async_ask[T](
        self, ask: Callable[[Recall], T], *, key: Hashable | None = None
    ) -> T:
        """Ask the history in one of its reader threads; equal keys in flight share one answer."""
        return await asyncio.wrap_future(self._opened.ask(ask, key=key))

    async def async_import(
        self,
        path: Path,
        listener: Listener,
        limits: Limits,
        progress: Callable[[ImportProgress], None] | None = None,
    ) -> ImportReport:
        """Import an export for a listener; `progress` is called in the event loop.

        A cancelled call stops the import at the end of the slice that is under way.
        Raises ImportRefused when there is nothing to import in what lies at `path`.
        """
        cancelled = threading.Event()
        in_loop = self._hass.loop.call_soon_threadsafe

        def report(now: ImportProgress) -> None:
            if progress is not None:
                in_loop(progress, now)

        importing = self._opened.import_export(
            path, listener, progress=report, cancelled=cancelled, limits=limits
        )
        try:
            return await asyncio.wrap_future(importing)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    @property
    def _opened(self) -> History:
        if self._history is None:
            raise RuntimeError("The store is asked for without being held open")
        return self._history

    async def _async_opened(self) -> History:
        """Open the store; a caller who is cancelled meanwhile leaves nothing open behind."""
        opening = self._hass.async_add_executor_job(self._open)
        try:
            await asyncio.wait((opening,))
        except asyncio.CancelledError:
            # The thread goes on all the same.
            await asyncio.wait((opening,))
            if opening.exception() is None:
                await self._hass.async_add_executor_job(opening.result().close)
            raise
        return opening.result()

    def _open(self) -> History:
        """Open the store in the executor; a broken one has been moved aside and is begun anew."""
        history = History(self._url)
        try:
            try:
                history.open()
            except StoreBroken as err:
                LOGGER.error(
                    "The history is damaged; it was kept as %s and begun anew",
                    err.moved_to,
                )
                self._hass.loop.call_soon_threadsafe(self._report_broken, err.moved_to)
                history.open()
        except StoreTooNew as err:
            raise ConfigEntryError(
                translation_domain=DOMAIN,
                translation_key="store_too_new",
                translation_placeholders={
                    "found": str(err.found),
                    "known": str(err.known),
                },
            ) from err
        except MigrationFailed as err:
            LOGGER.error("%s", err, exc_info=err)
            raise ConfigEntryError(
                translation_domain=DOMAIN,
                translation_key="store_not_migrated",
                translation_placeholders={"version": str(err.version)},
            ) from err
        except StoreUnavailable as err:
            raise ConfigEntryNotReady(
                translation_domain=DOMAIN, translation_key="store_unavailable"
            ) from err
        return history

    def _report_broken(self, moved_to: Path) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            ISSUE_STORE_BROKEN,
            # Nothing is left to fix; confirming takes the notice away.
            is_fixable=True,
            is_persistent=True,
            severity=ir.IssueSeverity.ERROR,
            translation_key=ISSUE_STORE_BROKEN,
            translation_placeholders={"moved_to": str(moved_to)},
        )

    async def _async_close(self, _event: Event) -> None:
        async with self._opening:
            await self._async_shut()

    async def _async_shut(self) -> None:
        if (history := self._history) is not None:
            self._history = None
            await self._hass.async_add_executor_job(history.close)


DATA_MEMORY: HassKey[HouseMemory] = HassKey(f"{DOMAIN}_memory")
