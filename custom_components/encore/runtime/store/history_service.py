"""The history as Home Assistant's event loop uses it: append observations, ask, write, run long work."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from pathlib import Path
import threading
from typing import TYPE_CHECKING, Concatenate

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...history.errors import StoreBusy, StoreClosed, StoreRefused, StoreUnavailable
from ...history.model import Appended, Observation
from ...history.recovery.copies import restore_copy
from ...history.recovery.salvage import Salvaged, salvage
from .store_lifecycle import StoreLifecycle
from .store_opening import file_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ...history.database.key_tables import Registers
    from ...history.history import History
    from ...history.queries.history_queries import HistoryQueries
    from ...history.queries.operational_queries import OperationalQueries
    from ...history.queries.visible_plays import Hidden
    from ...history.writer import Job


class HistoryService(StoreLifecycle):
    """One history for the instance, which can be asked as long as somebody holds its store."""

    _recovering = False

    async def async_append(self, observations: Sequence[Observation]) -> Appended:
        """Store what a source said and derive the plays it touches.

        While the store cannot be written, observations wait in memory; then nothing is counted,
        nor where one of them can never be stored, which is left out. Raises StoreClosed.
        """
        if not self._outbox.wait:
            try:
                try:
                    return await self._async_store(observations)
                except StoreRefused, ValueError:
                    await self._outbox.async_store(observations)
                    return Appended(0, 0, 0, 0)
            except StoreClosed:
                raise
            except StoreUnavailable as err:
                self._outbox.failed(err)
        self._outbox.add(observations)
        return Appended(0, 0, 0, 0)

    async def async_ask[T](
        self,
        ask: Callable[[HistoryQueries], T],
        *,
        hidden: Hidden,
        key: Hashable | None = None,
    ) -> T:
        """Ask the history for a viewer in one of its reader threads; equal keys in flight share one answer.

        `hidden` are the listeners (by key) whom the viewer may not see.
        """
        return await self._async_result(self._opened.ask(ask, hidden=hidden, key=key))

    async def async_look_up[T](self, look_up: Callable[[OperationalQueries], T]) -> T:
        """Look up in a reader thread what Encore itself needs to know."""
        return await self._async_result(self._opened.look_up(look_up))

    async def async_write[T](self, job: Job[T]) -> T:
        """Run a job in the writer's thread, in a transaction. Raises StoreUnavailable while nothing can be written."""
        if self._outbox.wait:
            raise StoreUnavailable("The history is not written to now")
        return await self._async_result(self._writable.write(job))

    async def async_store[**P, T](
        self,
        write: Callable[Concatenate[Connection, Registers, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Write records, such as by `note_saved`. Raises as `async_write`."""
        return await self.async_write(
            lambda connection, ingest: write(
                connection, ingest.registers, *args, **kwargs
            )
        )

    async def async_note[T](self, job: Job[T]) -> T:
        """Run a job in the writer's thread as soon as something can be written again, also where the store is moving."""
        return await self._async_result(self.note(job))

    def note[T](self, job: Job[T]) -> Future[T]:
        """Hand a job to the writer without waiting for it."""
        return self._opened.write(job)

    async def async_run[T](
        self,
        call: Callable[[History], Future[T]],
        cancelled: threading.Event | None = None,
    ) -> T:
        """Call the history, and return what the future of the call comes to; a writer that is held is waited for.

        Cancelling sets `cancelled` where it is given. Raises StoreBusy while the history moves.
        """
        work = call(self._writable)
        if cancelled is None:
            return await self._async_result(work)
        return await self._async_result(_until_cancelled(work, cancelled))

    # Recovery of a store that is damaged or gone; nothing is done about one that is there again.

    @property
    def file(self) -> Path | None:
        """The file of the store; None for one on a server."""
        file = file_of(self.url)
        return Path(file) if file else None

    async def async_create(self) -> None:
        """Make a new store, and store what waited. Raises StoreUnavailable."""
        self._require_rest()
        async with self._opening:
            if self._lost:
                await self._async_open_again(create=True)
        await self._outbox.async_try_again()

    async def async_restore_copy(self, copy: Path) -> None:
        """Go on with a copy, and store what waited. Raises SalvageFailed or StoreUnavailable."""
        await self._async_make(lambda file: restore_copy(copy, file))
        await self._async_take_up()

    async def async_salvage(
        self,
        damaged: Path,
        *,
        progress: Callable[[int, int], None],
        cancelled: threading.Event,
    ) -> Salvaged | None:
        """Go on with what can be read of a damaged file, and store what waited; None where the store is there again.

        `progress` is called in the event loop, as is said at `salvage`. Setting `cancelled` stops it; then there is
        no store. Raises SalvageFailed or StoreUnavailable.
        """
        report = self.in_loop(progress)

        def stopped() -> bool:
            return cancelled.is_set() or self._hass.is_stopping

        done = await self._async_make(
            lambda file: salvage(damaged, file, progress=report, stopped=stopped)
        )
        if done is None or not done.cancelled:
            await self._async_take_up()
        return done

    async def _async_make[T](self, make: Callable[[Path], T]) -> T | None:
        """Make the file of the store in the executor; None where there is nothing to make."""
        self._require_rest()
        file = self.file
        if not self._lost or file is None:
            return None
        self._recovering = True
        try:
            return await self._hass.async_add_executor_job(make, file)
        finally:
            self._recovering = False

    async def _async_take_up(self) -> None:
        """Open the store that was made, and store what waited."""
        await self._async_reopen_lost()
        await self._outbox.async_try_again()

    def _require_rest(self) -> None:
        if self._recovering or self._moving:
            raise StoreBusy("The history is at work")


async def _until_cancelled[T](work: Future[T], cancelled: threading.Event) -> T:
    """Return what work of a thread comes to, and have it stop when nobody waits for it any more."""
    try:
        result = await asyncio.wrap_future(work)
    except asyncio.CancelledError:
        cancelled.set()
        raise
    # Work that is done already returns before its progress callbacks, which are queued in the loop.
    await asyncio.sleep(0)
    return result


DATA_HISTORY: HassKey[HistoryService] = HassKey(f"{DOMAIN}_memory")
