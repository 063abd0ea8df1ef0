"""The history as Home Assistant's event loop uses it: append observations, ask, write, run long work."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
import threading
from typing import TYPE_CHECKING

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...history.errors import StoreClosed, StoreRefused, StoreUnavailable
from ...history.model import Appended, Observation
from .store_recovery import StoreRecovery

if TYPE_CHECKING:
    from ...history.history import History
    from ...history.queries.history_queries import HistoryQueries
    from ...history.queries.operational_queries import OperationalQueries
    from ...history.queries.visible_plays import Hidden
    from ...history.writer import Job


class HistoryService(StoreRecovery):
    """One history for the instance, which can be asked as long as somebody holds its store."""

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
