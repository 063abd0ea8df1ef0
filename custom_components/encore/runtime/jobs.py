"""Jobs: background work with progress that is recorded, announced and can be canceled.

Their progress is sent over the dispatcher.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
import threading
import time
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..history.errors import HistoryError, ImportRefused, StoreClosed, StoreLost
from ..history.exports.exporter import Exported, ToExport
from ..history.history import History, now_ms
from ..history.imports.remaining_time import RemainingTime
from ..history.ingest.rebuild import Rebuilt
from ..history.model import Listener
from ..history.records.import_report import ImportReport
from ..history.records.job_records import JobKind, JobState, Work, begin_job, note_job
from ..settings.options import import_limits
from .job_errors import read_error, stored_error
from .running_job import (
    EVENT_JOB,
    Ended,
    Progress,
    RunningJob,
    signal_job,
    signal_progress,
)
from .store.history_service import DATA_HISTORY
from .wait_uncancelled import async_wait_uncancelled

__all__ = ["DATA_JOBS", "EVENT_JOB", "Jobs", "RunningJob"]

SIGNALED_EVERY_S: Final = 1.0


class Jobs:
    """The jobs that have not ended. The history works at one at a time."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self._hass = hass
        self._history = hass.data[DATA_HISTORY]
        self._running: dict[int, RunningJob] = {}

    @callback
    def running(self, number: int) -> RunningJob | None:
        """Return a job that has not ended."""
        return self._running.get(number)

    @callback
    def cancel(self, number: int) -> bool:
        """Stop a job after the part under way; False if there is none that goes on."""
        if (job := self._running.get(number)) is None:
            return False
        job.cancelled.set()
        job.on_cancel()
        return True

    async def async_import(
        self,
        path: Path,
        listener: Listener,
        *,
        name: str | None = None,
        begun: Callable[[int], None] = lambda number: None,
    ) -> ImportReport:
        """Import an export for a listener, and return what became of its rows.

        It is called by its `name`, that of its file by default; `begun` takes the job's number.
        Raises ImportRefused when nothing of it can be imported. A caller who is cancelled cancels the job.
        """
        work = Work(JobKind.IMPORT, name or path.name, listener)
        limits = import_limits(self._hass)

        async def importing(job: RunningJob) -> ImportReport:
            begun(job.id)
            try:
                return await self._history.async_run(
                    lambda history: history.import_export(
                        path,
                        listener,
                        progress=self._history.in_loop(
                            lambda now: self.go_on(
                                job, now.rows, int(now.percent), now.seconds_left
                            )
                        ),
                        cancelled=job.cancelled,
                        limits=limits,
                    ),
                    job.cancelled,
                )
            except ImportRefused as err:
                if err.file != path.name:
                    raise
                raise ImportRefused(err.reason, work.about, err.detail) from err

        return await self._async_run(work, importing, _import_end)

    async def async_export(self, request: ToExport) -> Exported:
        """Write a listener's history into a file, and return what that came to.

        Raises ExportFailed when it cannot be written. A caller who is cancelled cancels the job.
        """

        return await self._async_paced(
            Work(JobKind.EXPORT, request.path.name, request.listener),
            partial(History.export, request=request),
            lambda done: {"plays": done.plays, "bytes": done.bytes},
        )

    async def async_rebuild(self) -> Rebuilt:
        """Derive all plays again from what was observed, and return what that came to."""

        return await self._async_paced(
            Work(JobKind.REBUILD),
            History.rebuild,
            lambda done: {"observations": done.observations, "changed": done.changed},
        )

    async def _async_paced[T: Ended](
        self,
        work: Work,
        call: Callable[..., Future[T]],
        counts: Callable[[T], dict[str, int]],
    ) -> T:
        """Have the history do work that reports how much is done, and of how much."""

        async def doing(job: RunningJob) -> T:
            return await self._history.async_run(
                partial(
                    call,
                    progress=self._history.in_loop(self._paced(job)),
                    cancelled=job.cancelled,
                ),
                job.cancelled,
            )

        return await self._async_run(work, doing, lambda done: {"counts": counts(done)})

    async def async_run[T: Ended](
        self,
        work: Work,
        doing: Callable[[Progress, threading.Event], Awaitable[T]],
        counts: Callable[[T], dict[str, int]],
        *,
        apart: bool = False,
    ) -> T:
        """Do work in the caller's task with a record of it, and return its result.

        `doing` takes what to report its progress to (rows, percent), and what is set when it is to stop. Raises what
        it raises. A caller who is cancelled cancels the job, unless it is done `apart`, in a task of its own.
        """

        def recorded(job: RunningJob) -> Awaitable[T]:
            return doing(partial(self.go_on, job), job.cancelled)

        def came_to(done: T) -> dict[str, Any]:
            return {"counts": counts(done)}

        if apart:
            return await self._async_run(work, recorded, came_to)
        return await self._async_recorded(work, recorded, came_to, threading.Event())

    async def async_note(self, work: Work, **end: Any) -> None:
        """Record work afterwards that is not worth a record else: its `state`, and its `error` or `counts`."""
        # Who stores the plays learns of a store that fails.
        with suppress(HistoryError):
            job = RunningJob(await self._async_begin_record(work), work)
            await self._async_end(job, {"started_at": now_ms(), **end})

    async def async_begin(
        self, work: Work, on_cancel: Callable[[], None]
    ) -> RunningJob:
        """Record that work begins which goes on in parts, now and then, until `async_end`.

        `on_cancel` is called when somebody cancels it. The caller holds the store open.
        """
        number = await self._async_begin_record(work)
        job = RunningJob(number, work, on_cancel=on_cancel)
        self._running[number] = job
        signal_job(self._hass, job)
        return job

    @callback
    def begin_without_store(self, work: Work) -> RunningJob:
        """Begin work that makes a store: it has the number 0 until `async_record`, and goes on until `async_end`."""
        job = self._running[0] = RunningJob(0, work)
        signal_job(self._hass, job)
        return job

    async def async_record(self, job: RunningJob) -> None:
        """Record work that began before there was a store. Raises HistoryError."""
        number = await self._async_begin_record(job.work)
        self._running[number] = self._running.pop(job.id)
        job.id = number

    async def async_end(
        self,
        job: RunningJob,
        state: JobState,
        counts: dict[str, int],
        error: str | None = None,
    ) -> None:
        """Complete the record of work that went on in parts; once."""
        if self._running.pop(job.id, None) is not None:
            end: dict[str, Any] = {"state": state, "counts": counts}
            await self._async_end(
                job, end if error is None else {**end, "error": error}
            )

    async def _async_begin_record(self, work: Work) -> int:
        return await self._history.async_run(
            lambda history: history.write(
                lambda connection, ingest: begin_job(
                    connection, ingest.registers, work, now_ms()
                )
            )
        )

    async def _async_run[T: Ended](
        self,
        work: Work,
        doing: Callable[[RunningJob], Awaitable[T]],
        came_to: Callable[[T], dict[str, Any]],
    ) -> T:
        """Run work in a task of its own, which completes the record even when the caller was cancelled."""
        cancelled = threading.Event()
        task = self._hass.async_create_task(
            self._async_recorded(work, doing, came_to, cancelled),
            f"{DOMAIN} {work.kind}",
        )
        try:
            return await async_wait_uncancelled(task)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def _async_recorded[T: Ended](
        self,
        work: Work,
        doing: Callable[[RunningJob], Awaitable[T]],
        came_to: Callable[[T], dict[str, Any]],
        cancelled: threading.Event,
    ) -> T:
        async with self._history.async_held():
            number = await self._async_begin_record(work)
            job = RunningJob(number, work, cancelled=cancelled)
            self._running[number] = job
            signal_job(self._hass, job)
            end: dict[str, Any] = {"state": JobState.FAILED}
            try:
                done = await doing(job)
                end["state"] = JobState.CANCELLED if done.cancelled else JobState.DONE
                end |= came_to(done)
            except (HistoryError, HomeAssistantError) as err:
                end["error"] = stored_error(err)
                raise
            except asyncio.CancelledError:
                end["state"] = JobState.CANCELLED
                raise
            finally:
                del self._running[number]
                await self._async_end(job, end)
        return done

    def _paced(self, job: RunningJob) -> Callable[[int, int], None]:
        """Return what takes how much of a job is done, and of how much."""
        pace: RemainingTime | None = None

        def progress(done: int, total: int) -> None:
            nonlocal pace
            pace = pace or RemainingTime(total)
            percent = 100 * done // max(total, 1)
            self.go_on(job, done, percent, pace.seconds_left(done))

        return progress

    @callback
    def go_on(
        self, job: RunningJob, rows: int, percent: int, left: float | None = None
    ) -> None:
        """Take note of how far a job is, and of the seconds left; signal it if that is due."""
        if job.state.ended:
            return  # what came after the last word
        now = time.monotonic()
        job.rows, job.percent = rows, percent
        job.seconds_left = None if left is None else round(left)
        begins = job.state is JobState.PENDING
        if begins:
            job.state = JobState.RUNNING
            changed: dict[str, Any] = {"state": job.state, "started_at": now_ms()}
        elif now - job.signaled_at >= SIGNALED_EVERY_S:
            changed = {}
        else:
            return
        job.signaled_at = now
        # The last progress of a job that Home Assistant's stop ends, or the first where there is no store yet.
        with suppress(StoreClosed, StoreLost):
            changed |= {"rows": rows, "percent": percent}
            number = job.id
            self._history.note(
                lambda connection, _: note_job(connection, number, changed)
            )
        if begins:
            signal_job(self._hass, job)
        else:
            signal_progress(self._hass)

    async def _async_end(self, job: RunningJob, end: dict[str, Any]) -> None:
        """Complete the record of a job, and signal it."""
        job.state, job.seconds_left = end["state"], None
        if job.state is JobState.DONE:
            job.percent = 100
        with suppress(HistoryError):  # the caller learns of a store that fails
            last = {
                **end,
                "ended_at": now_ms(),
                "rows": job.rows,
                "percent": job.percent,
            }
            await self._history.async_note(
                lambda connection, _: note_job(connection, job.id, last)
            )
        error = read_error(end.get("error"))
        signal_job(
            self._hass,
            job,
            counts=end.get("counts") or None,
            error=error.words,
            error_key=error.key,
        )


def _import_end(report: ImportReport) -> dict[str, Any]:
    counts = {
        "rows": report.rows,
        "stored": report.stored,
        "merged": sum(report.merged.values()),
        "duplicates": report.duplicates,
        "skipped": sum(report.skipped.values()),
    }
    return {"counts": counts, "files": report.files}


DATA_JOBS: HassKey[Jobs] = HassKey(f"{DOMAIN}_jobs")
