"""The history as Home Assistant's event loop uses it: append observations, ask, look up."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
import threading
from typing import TYPE_CHECKING, Any

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...history.deletion.deletion_jobs import Asked
from ...history.errors import StoreClosed, StoreRefused, StoreUnavailable
from ...history.model import Appended, Item, Kind, Listener, Observation, Total
from ...history.records.api_calls import ApiCalls
from ...history.records.deletion_rules import Forgetting
from ...history.records.recording_coverage import Recorded, Unrecorded
from .store_recovery import StoreRecovery

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ...history.database.key_tables import Registers
    from ...history.exports.exporter import Exported, ToExport
    from ...history.imports.limits import Limits
    from ...history.imports.report import ImportProgress, ImportReport
    from ...history.ingest.metadata_lookups import Wanted
    from ...history.ingest.rebuild import Rebuilt
    from ...history.queries.history_queries import HistoryQueries
    from ...history.queries.operational_queries import OperationalQueries
    from ...history.queries.visible_plays import Hidden
    from ...history.records.job_records import Work
    from ...history.writer import Job


class HistoryService(StoreRecovery):
    """One history for the instance, which can be asked as long as somebody holds its store."""

    async def async_append(self, observations: Sequence[Observation]) -> Appended:
        """Store what a source said and derive the plays it touches.

        While the store cannot be written, observations wait in memory; then nothing is counted,
        nor where one of them can never be stored, which is left out. Raises StoreClosed.
        """
        if not self._waiting.wait:
            try:
                try:
                    return await self._async_store(observations)
                except StoreRefused, ValueError:
                    await self._waiting.async_store(observations)
                    return Appended(0, 0, 0, 0)
            except StoreClosed:
                raise
            except StoreUnavailable as err:
                self._waiting.failed(err)
        self._waiting.add(observations)
        return Appended(0, 0, 0, 0)

    async def async_note(
        self, recorded: Sequence[Recorded], unrecorded: Sequence[Unrecorded] = ()
    ) -> None:
        """Store when listeners were recorded, and when they were not and why.

        Raises StoreUnavailable while nothing can be written.
        """
        if self._waiting.wait:
            raise StoreUnavailable("The history is not written to now")
        await self._async_result(self._opened.note(recorded, unrecorded))

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

    async def async_forget(self, asked: Asked) -> Forgetting:
        """Hide what a rule is about from every answer; for an hour it can be brought back.

        Raises ForgettingRefused for what cannot be forgotten.
        """
        return await self._async_result(self._writable.forget(asked))

    async def async_undo_forget(
        self, number: int, at: int, by: str | None
    ) -> Forgetting:
        """Bring back `at` a moment (UTC ms) what was forgotten; raises ForgettingRefused."""
        return await self._async_result(self._writable.undo_forget(number, at, by))

    async def async_let_in(self, number: int, at: int, by: str | None) -> Forgetting:
        """Let in again what is kept away; raises ForgettingRefused."""
        return await self._async_result(self._writable.let_in(number, at, by))

    async def async_purge(self, now: int, linked: Collection[str]) -> None:
        """Remove what was forgotten and can `now` (UTC ms) no longer be brought back; see `History.purge`."""
        await self._async_result(self._writable.purge(now, linked))

    async def async_remove_old(
        self, kind: Kind, before: int, now: int, linked: Collection[str]
    ) -> Total:
        """Remove plays of a kind that started before a moment (UTC ms); see `History.remove_old`."""
        removing = self._writable.remove_old(kind, before, now, linked)
        return await self._async_result(removing)

    async def async_import(
        self,
        path: Path,
        listener: Listener,
        limits: Limits,
        *,
        progress: Callable[[ImportProgress], None] = lambda now: None,
        cancelled: threading.Event | None = None,
    ) -> ImportReport:
        """Import an export for a listener; `progress` is called in the event loop.

        Setting `cancelled`, or cancelling the call, stops the import after the slice that is under way.
        Raises ImportRefused when there is nothing to import in what lies at `path`.
        """
        cancelled = cancelled or threading.Event()
        in_loop = self._hass.loop.call_soon_threadsafe

        def report(now: ImportProgress) -> None:
            in_loop(progress, now)

        importing = self._writable.import_export(
            path,
            listener,
            progress=report,
            cancelled=cancelled,
            limits=limits,
        )
        return await self._async_result(_until_cancelled(importing, cancelled))

    async def async_export(
        self,
        asked: ToExport,
        *,
        progress: Callable[[int, int], None],
        cancelled: threading.Event,
    ) -> Exported:
        """Write a listener's history into a file; `progress` is called in the event loop, as is said at `History.export`.

        Setting `cancelled`, or cancelling the call, stops it. Raises ExportFailed.
        """
        in_loop = self._hass.loop.call_soon_threadsafe

        def report(done: int, total: int) -> None:
            in_loop(progress, done, total)

        exporting = self._opened.export(asked, progress=report, cancelled=cancelled)
        return await self._async_result(_until_cancelled(exporting, cancelled))

    async def async_rebuild(
        self,
        *,
        progress: Callable[[int, int], None],
        cancelled: threading.Event,
    ) -> Rebuilt:
        """Derive all plays anew; `progress` is called in the event loop, as is said at `History.rebuild`.

        Setting `cancelled`, or cancelling the call, stops it after the slice that is under way.
        """
        in_loop = self._hass.loop.call_soon_threadsafe

        def report(done: int, total: int) -> None:
            in_loop(progress, done, total)

        rebuilding = self._writable.rebuild(progress=report, cancelled=cancelled)
        return await self._async_result(_until_cancelled(rebuilding, cancelled))

    async def async_learn(self, asked: Wanted, found: Item | None, at: int) -> None:
        """Take in what Spotify said of a track; see `History.learn`."""
        await self._async_result(self._writable.learn(asked, found, at))

    async def async_add_calls(self, counted: Sequence[ApiCalls]) -> None:
        """Add to how often accounts were called; raises StoreUnavailable while nothing can be written."""
        if self._waiting.wait:
            raise StoreUnavailable("The history is not written to now")
        await self._async_result(self._opened.add_calls(counted))

    async def async_drop_calls(self, before: int) -> None:
        """Drop counts of calls of hours that began before a moment (UTC ms)."""
        await self._async_result(self._writable.drop_calls(before))

    async def async_keep[T](self, change: Callable[[Connection, Registers], T]) -> T:
        """Change what is kept beside the plays, such as a library; see `History.keep`.

        Raises StoreUnavailable while nothing can be written.
        """
        if self._waiting.wait:
            raise StoreUnavailable("The history is not written to now")
        return await self._async_result(self._writable.keep(change))

    async def async_take[T](self, change: Job[T]) -> T:
        """Change what is kept beside the plays, and store what that tells of plays; see `History.take`.

        Raises StoreUnavailable while nothing can be written.
        """
        if self._waiting.wait:
            raise StoreUnavailable("The history is not written to now")
        return await self._async_result(self._writable.take(change))

    async def async_begin_job(self, work: Work) -> int:
        """Record that long work was asked for; returns the number of the record."""
        return await self._async_result(self._writable.begin_job(work))

    async def async_note_job(self, number: int, changed: Mapping[str, Any]) -> None:
        """Record how far long work is, or how it ended."""
        await self._async_result(self._opened.note_job(number, changed))

    def note_job(self, number: int, changed: Mapping[str, Any]) -> None:
        """Record how far long work is, without waiting for it."""
        self._opened.note_job(number, changed)


async def _until_cancelled[T](work: Future[T], cancelled: threading.Event) -> T:
    """Wait for work of a thread, and let it stop where it is when nobody waits any more."""
    try:
        result = await asyncio.wrap_future(work)
    except asyncio.CancelledError:
        cancelled.set()
        raise
    # Work that is done already returns before its progress callbacks, which are queued in the loop.
    await asyncio.sleep(0)
    return result


DATA_HISTORY: HassKey[HistoryService] = HassKey(f"{DOMAIN}_memory")
