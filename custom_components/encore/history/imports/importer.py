"""Imports of exports: each is read and handed to the writer in slices, beside everything else."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
import threading
import time
from typing import Final, NamedTuple

from sqlalchemy import Connection

from custom_components.encore.history.chores import Chore, Chores
from custom_components.encore.history.errors import ImportRefused, Refusal
from custom_components.encore.history.exported import take_heard
from custom_components.encore.history.heard import FirstTold
from custom_components.encore.history.intake import ALONE, DUPLICATE, FORGOTTEN, Intake
from custom_components.encore.history.model import Listener, Source
from custom_components.encore.history.recordings import note
from custom_components.encore.history.retold import take_retold
from custom_components.encore.history.settling import Settling
from custom_components.encore.history.writer import Job

from . import progress as kept
from .batches import Batch, OwnBatch, batches, own_batches
from .formats import OWN
from .limits import Limits
from .pace import Pace
from .package import Export, ExportFile, opened
from .report import FileReport, ImportProgress, ImportReport, Skipped
from .spanned import span_of, spanned

_AHEAD: Final = 2
"""How many transactions may wait for the writer while the next is read."""

type Progress = Callable[[ImportProgress], None]


class Importer:
    """Imports one export at a time."""

    def __init__(self, chores: Chores, settle: Callable[[], None]) -> None:
        """Import among the chores; `settle` is called when one ends, before its report is given."""
        self._chores = chores
        self._settle = settle

    def submit(
        self,
        path: Path,
        listener: Listener,
        progress: Progress | None,
        cancelled: threading.Event | None,
        limits: Limits,
    ) -> Future[ImportReport]:
        """Import an export for a listener; see `History.import_export`."""

        def work(chore: Chore) -> ImportReport:
            return self._import(path, _Asked(listener, progress, chore, limits))

        return self._chores.submit(work, cancelled)

    def _import(self, path: Path, asked: _Asked) -> ImportReport:
        begun = time.monotonic()
        if asked.progress is not None:
            asked.progress(ImportProgress(0, 0.0, ""))
        with opened(path, asked.limits) as export:
            report = _Run(export, asked).imported()
        self._settle()
        report.seconds = time.monotonic() - begun
        return report


class _Asked(NamedTuple):
    """What the caller of an import gave."""

    listener: Listener
    progress: Progress | None
    chore: Chore
    limits: Limits


class _Handed(NamedTuple):
    """What was handed to the writer; a batch has the file it is from, and how far all is with it."""

    written: Future[None]
    file: str | None = None
    rows: int = 0
    position: int = 0


class _Run:
    """One import."""

    def __init__(self, export: Export, asked: _Asked) -> None:
        self._export = export
        self._listener, self._progress, self._chore, self._limits = asked
        self._writer = self._chore.writer
        self._number = 0
        self._rows = 0
        self._bytes_before = 0
        self._bytes = sum(file.size for file in export.files) or 1
        self._pace = Pace(self._bytes)
        self._told = FirstTold()
        self._under_way: deque[_Handed] = deque()
        self._last: Future[None] | None = None

    def imported(self) -> ImportReport:
        """Import what is not imported yet, and return what became of all of it."""
        known = self._writer.submit(self._begin).result()
        reports = [FileReport(e.file, refused=e) for e in self._export.refused]
        try:
            for file in self._export.files:
                report, finished = known.get(
                    file.name, kept.FileProgress(FileReport(file.name), finished=False)
                )
                reports.append(report)
                self._rows += report.rows
                if not finished and not self._chore.stopped:
                    self._import_file(file, report)
                self._bytes_before += file.size
        finally:
            self._wait_for_all_but(0)
        cancelled = not self._chore.run(Settling().step)
        whole = ImportReport(reports, 0.0, cancelled)
        if not cancelled:
            self._writer.submit(partial(self._finish, whole)).result()
        if not whole.rows and not cancelled and whole.refused:
            raise whole.refused[0]
        return whole

    def _import_file(self, file: ExportFile, report: FileReport) -> None:
        """Hand in a file from where its report ends; the writer completes the report."""
        try:
            for batch in self._batches(file, report.rows):
                self._accept(file, batch)
                self._hand_in(file, report, batch)
                self._wait_for_all_but(_AHEAD)
                self._chore.step_back()
                if self._chore.stopped:
                    return
            self._under_way.append(_Handed(self._follow(self._finished(report))))
        except ImportRefused as err:
            report.refused = err

    def _batches(self, file: ExportFile, first: int) -> Iterator[Batch | OwnBatch]:
        if file.form is OWN:
            return own_batches(file, first)
        return batches(file, first, self._told)

    def _begin(
        self, connection: Connection, intake: Intake
    ) -> dict[str, kept.FileProgress]:
        listener = intake.registers.listeners.enter(connection, self._listener)
        self._number = kept.begin(connection, listener, self._export.content)
        return kept.read(connection, self._number)

    def _finish(
        self, report: ImportReport, connection: Connection, intake: Intake
    ) -> None:
        """Note that all was read, and what time it covers."""
        kept.mark(connection, self._number, finished=True)
        reports = {file.name: file for file in report.files}
        files = [(file.form.source, reports[file.name]) for file in self._export.files]
        covered = spanned(self._listener, files, unread=bool(report.refused))
        note(connection, intake.registers, covered)
        intake.catalogue.forget()

    def _stored(
        self,
        file: ExportFile,
        batch: Batch | OwnBatch,
        connection: Connection,
        intake: Intake,
    ) -> list[int]:
        """Store what rows say, and return what became of each."""
        if isinstance(batch, OwnBatch):
            return take_retold(connection, intake, self._listener, batch.plays)
        return take_heard(
            connection,
            intake,
            self._listener,
            file.form.source,
            batch.heard,
            first_told=batch.first_told,
        ).fates

    def _hand_in(
        self, file: ExportFile, report: FileReport, batch: Batch | OwnBatch
    ) -> None:
        """Let the writer store rows together with the report on them."""

        def store(connection: Connection, intake: Intake) -> None:
            fates = self._stored(file, batch, connection, intake)
            report.rows += batch.rows
            if isinstance(batch, Batch):
                report.span = span_of(report.span, batch.heard)
            for reason, number in batch.skipped.items():
                report.skipped[reason] = report.skipped.get(reason, 0) + number
            for fate, number in Counter(fates).items():
                if fate == ALONE:
                    report.stored += number
                elif fate == FORGOTTEN:
                    report.skipped[Skipped.FORGOTTEN] = (
                        report.skipped.get(Skipped.FORGOTTEN, 0) + number
                    )
                elif fate == DUPLICATE:
                    report.duplicates += number
                else:
                    source = Source(fate)
                    report.merged[source] = report.merged.get(source, 0) + number
            kept.note(connection, self._number, report, finished=False)

        position = self._bytes_before + batch.position
        handed = _Handed(self._follow(store), file.name, self._rows, position)
        self._under_way.append(handed)

    def _follow(self, job: Job[None]) -> Future[None]:
        """Hand in a job that is done only if what was handed in before it was.

        How far a file is read is a number of rows: none before it may be missing.
        """
        before = self._last

        def follow(connection: Connection, intake: Intake) -> None:
            if before is not None:
                before.result()
            job(connection, intake)

        self._last = self._writer.submit(follow)
        return self._last

    def _finished(self, report: FileReport) -> Job[None]:
        """Return what notes that a file was read to its end."""
        return lambda connection, _: kept.note(
            connection, self._number, report, finished=True
        )

    def _accept(self, file: ExportFile, batch: Batch | OwnBatch) -> None:
        """Count rows; raises ImportRefused for too many."""
        most = self._limits.rows
        if self._rows + batch.rows > most:
            raise ImportRefused(Refusal.TOO_LARGE, file.name, f"more than {most} rows")
        self._rows += batch.rows

    def _wait_for_all_but(self, most: int) -> None:
        """Wait until at most so many transactions are under way, and tell of those that are done."""
        while len(self._under_way) > most:
            handed = self._under_way.popleft()
            handed.written.result()
            if handed.file is not None and self._progress is not None:
                self._progress(self._progress_at(handed))

    def _progress_at(self, handed: _Handed) -> ImportProgress:
        percent = min(100.0, 100 * handed.position / self._bytes)
        left = self._pace.seconds_left(handed.position)
        return ImportProgress(handed.rows, percent, handed.file or "", left)
