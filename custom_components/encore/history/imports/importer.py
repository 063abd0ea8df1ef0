"""Imports of exports: each is read and handed to the writer in slices, beside everything else."""

from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
import time
from typing import Final, NamedTuple

from sqlalchemy import Connection

from ..background_thread import BackgroundTask
from ..ingest.export_columns import ExportColumns
from ..ingest.imported_rows import Entered, store_export_rows
from ..ingest.ingest import ALONE, DUPLICATE, FORGOTTEN, Ingest
from ..ingest.own_export_import import import_own_plays
from ..ingest.remerge_queue import RemergeQueue
from ..model import Listener, Source
from ..records.import_progress import (
    FileProgress,
    begin,
    mark,
    note as note_progress,
    read as read_progress,
)
from ..records.import_report import FileReport, ImportProgress, ImportReport, Skipped
from ..records.recording_coverage import Recorded
from ..records.recordings import note
from ..time_ranges.intervals import Span
from ..writer import Job
from .import_process import read_elsewhere
from .limits import Limits
from .package import Export, ExportFile, opened
from .reading import FileResult, Finished, Part, ReadRequest, Refused, read
from .remaining_time import RemainingTime
from .slices import Batch, OwnBatch

_AHEAD: Final = 1
"""How many transactions may wait for the writer while the next is read."""

READ_HERE_BYTES: Final = 16 * 1024**2
"""What is smaller unpacked, some 20,000 rows, is read before another process has begun."""

type Progress = Callable[[ImportProgress], None]


def import_export(
    task: BackgroundTask,
    path: Path,
    listener: Listener,
    progress: Progress,
    limits: Limits,
) -> ImportReport:
    """Import an export for a listener; see `History.import_export`."""
    begun = time.monotonic()
    progress(ImportProgress(0, 0.0, ""))
    with opened(path, limits) as export:
        report = _Run(
            task, path, export, listener, progress=progress, limits=limits
        ).imported()
    report.seconds = time.monotonic() - begun
    return report


class _Handed(NamedTuple):
    """What was handed to the writer; a batch has the file it is from, and how far all is with it."""

    written: Future[None]
    file: str | None = None
    rows: int = 0
    position: int = 0


@dataclass(eq=False)
class _Run:
    """One import."""

    _task: BackgroundTask
    _path: Path
    _export: Export
    _listener: Listener
    _: KW_ONLY
    progress: Progress
    limits: Limits
    _number: int = field(default=0, init=False)
    _rows: int = field(default=0, init=False)
    _bytes_before: int = field(default=0, init=False)
    _entered: Entered | None = field(default=None, init=False)
    _under_way: deque[_Handed] = field(default_factory=deque, init=False)
    _last: Future[None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Make what is made of the rest."""
        self._writer = self._task.writer
        self._bytes = sum(file.size for file in self._export.files) or 1
        self._pace = RemainingTime(self._bytes)

    def imported(self) -> ImportReport:
        """Import what is not imported yet, and return what became of all of it."""
        # All of it is read for that, for which no writer should wait.
        content = self._export.content
        known = self._writer.submit(partial(self._begin, content)).result()
        reports = [
            FileReport(e.file, refusal=e.reason, detail=e.detail)
            for e in self._export.refused
        ]
        unread: dict[str, tuple[ExportFile, FileReport]] = {}
        for file in self._export.files:
            report, finished = known.get(
                file.name, FileProgress(FileReport(file.name), finished=False)
            )
            reports.append(report)
            self._rows += report.rows
            if finished:
                self._bytes_before += file.size
            else:
                unread[file.name] = file, report
        if unread and not self._task.stopped:
            self._import_files(unread)
        cancelled = not self._task.run(RemergeQueue().step)
        whole = ImportReport(reports, 0.0, cancelled)
        if not cancelled:
            self._writer.submit(partial(self._finish, whole)).result()
        if not whole.rows and not cancelled and whole.refused:
            raise whole.refused[0]
        return whole

    def _import_files(
        self, unread: Mapping[str, tuple[ExportFile, FileReport]]
    ) -> None:
        """Hand in files from where their reports end; the writer completes the reports."""
        try:
            with closing(self._parts(unread)) as parts:
                for part in parts:
                    self._take(*unread[part.file], part.result)
                    if self._task.stopped:
                        return
        finally:
            self._wait_for_all_but(0)

    def _parts(
        self, unread: Mapping[str, tuple[ExportFile, FileReport]]
    ) -> Generator[Part]:
        """Yield what the files say from where their reports end."""
        firsts = {name: report.rows for name, (_, report) in unread.items()}
        request = ReadRequest(str(self._path), self.limits, firsts, self._rows)
        if sum(file.size for file, _ in unread.values()) < READ_HERE_BYTES:
            return read(self._export, request)
        return read_elsewhere(request, lambda: self._task.stopped)

    def _take(self, file: ExportFile, report: FileReport, result: FileResult) -> None:
        """Hand in what was read of a file."""
        match result:
            case Refused():
                report.refusal, report.detail = result.reason, result.detail
                self._bytes_before += file.size
            case Finished():
                note_whole = self._follow(
                    lambda connection, _: note_progress(
                        connection, self._number, report, finished=True
                    )
                )
                self._under_way.append(_Handed(note_whole))
                self._bytes_before += file.size
            case _:
                self._rows += result.rows
                self._hand_in(file, report, result)
                self._wait_for_all_but(_AHEAD)
                self._task.step_back()

    def _begin(
        self, content: str, connection: Connection, ingest: Ingest
    ) -> dict[str, FileProgress]:
        listener = ingest.registers.listeners.enter(self._listener)
        self._entered = Entered(ingest.catalog)
        self._number = begin(connection, listener, content)
        return read_progress(connection, self._number)

    def _finish(
        self, report: ImportReport, connection: Connection, ingest: Ingest
    ) -> None:
        """Note that all was read, and what time it covers."""
        mark(connection, self._number, finished=True)
        reports = {file.name: file for file in report.files}
        files = [(file.form.source, reports[file.name]) for file in self._export.files]
        covered = _spanned(self._listener, files, unread=bool(report.refused))
        note(connection, ingest.registers, covered)
        ingest.catalog.forget()

    def _stored(
        self,
        file: ExportFile,
        batch: Batch | OwnBatch,
        connection: Connection,
        ingest: Ingest,
    ) -> list[int]:
        """Store what rows say, and return what became of each."""
        if isinstance(batch, OwnBatch):
            return import_own_plays(connection, ingest, self._listener, batch.plays)
        assert self._entered is not None
        return store_export_rows(
            connection,
            ingest,
            self._listener,
            file.form.source,
            batch.columns,
            entered=self._entered,
            first_names=batch.first_names,
        ).fates

    def _hand_in(
        self, file: ExportFile, report: FileReport, batch: Batch | OwnBatch
    ) -> None:
        """Let the writer store rows together with the report on them."""

        def store(connection: Connection, ingest: Ingest) -> None:
            fates = self._stored(file, batch, connection, ingest)
            report.rows += batch.rows
            if isinstance(batch, Batch):
                report.span = _span_of(report.span, batch.columns)
            counts = Counter(fates)
            report.stored += counts.pop(ALONE, 0)
            report.duplicates += counts.pop(DUPLICATE, 0)
            deleted = Counter({Skipped.FORGOTTEN: counts.pop(FORGOTTEN, 0)})
            report.skipped = dict(
                Counter(report.skipped) + Counter(batch.skipped) + deleted
            )
            joined = Counter({Source(fate): rows for fate, rows in counts.items()})
            report.merged = dict(Counter(report.merged) + joined)
            note_progress(connection, self._number, report, finished=False)

        position = self._bytes_before + batch.position
        handed = _Handed(self._follow(store), file.name, self._rows, position)
        self._under_way.append(handed)

    def _follow(self, job: Job[None]) -> Future[None]:
        """Hand in a job that is done only if what was handed in before it was.

        How far a file is read is a number of rows: none before it may be missing.
        """
        before = self._last

        def follow(connection: Connection, ingest: Ingest) -> None:
            if before is not None:
                before.result()
            job(connection, ingest)

        self._last = self._writer.submit(follow)
        return self._last

    def _wait_for_all_but(self, most: int) -> None:
        """Wait until at most `most` transactions are under way, and report those that are done."""
        while len(self._under_way) > most:
            handed = self._under_way.popleft()
            handed.written.result()
            if handed.file is not None:
                self.progress(self._progress_at(handed))

    def _progress_at(self, handed: _Handed) -> ImportProgress:
        percent = min(100.0, 100 * handed.position / self._bytes)
        left = self._pace.seconds_left(handed.position)
        return ImportProgress(handed.rows, percent, handed.file or "", left)


def _span_of(known: Span | None, columns: ExportColumns) -> Span | None:
    """Return from when until when (UTC ms) a file's rows were played: those known before, and some more."""
    if not len(columns):
        return known
    first = columns.ended_at.argmin()
    start = int(columns.ended_at[first] - columns.ms_played[first])
    end = int(columns.ended_at.max())
    return (start, end) if known is None else (min(start, known[0]), max(end, known[1]))


def _spanned(
    listener: Listener,
    files: Iterable[tuple[Source, FileReport]],
    *,
    unread: bool,
) -> list[Recorded]:
    """Return what the files of an export span: all together, or each alone while some are `unread`.

    Nobody knows which time a file covers that could not be read.
    """
    spans: dict[Source, list[Span]] = {}
    for source, report in files:
        if report.span is not None:
            spans.setdefault(source, []).append(report.span)
    if not unread:
        spans = {
            source: [(min(chain(*some)), max(chain(*some)))]
            for source, some in spans.items()
        }
    return [
        Recorded(listener, source, start, end)
        for source, some in spans.items()
        for start, end in some
    ]
