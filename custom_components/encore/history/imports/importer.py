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
from custom_components.encore.history.intake import ALONE, DUPLICATE, FORGOTTEN, Intake
from custom_components.encore.history.model import Listener, Source
from custom_components.encore.history.recordings import note
from custom_components.encore.history.settling import Settling

from . import progress as kept
from .formats import Row, understood
from .limits import Limits
from .package import Export, ExportFile, opened
from .report import FileReport, ImportProgress, ImportReport, Skipped
from .slices import Slice, slices
from .spanned import span_of, spanned

SLICES_AT_ONCE: Final = 16
"""How many slices share a transaction with their progress row."""

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

    def imported(self) -> ImportReport:
        """Import what is not imported yet, and return what became of all of it."""
        known = self._writer.submit(self._begin).result()
        reports = [FileReport(e.file, refused=e) for e in self._export.refused]
        for file in self._export.files:
            report, finished = known.get(
                file.name, kept.FileProgress(FileReport(file.name), finished=False)
            )
            reports.append(report)
            self._rows += report.rows
            if not finished and not self._chore.stopped:
                self._import_file(file, report)
            self._bytes_before += file.size
        cancelled = not self._chore.run(Settling().step)
        whole = ImportReport(reports, 0.0, cancelled)
        if not cancelled:
            self._writer.submit(partial(self._finish, whole)).result()
        if not whole.rows and not cancelled and whole.refused:
            raise whole.refused[0]
        return whole

    def _import_file(self, file: ExportFile, report: FileReport) -> None:
        """Import a file from where its report ends, and complete the report."""
        under_way: deque[Future[None]] = deque()
        try:
            for some in _in_batches(_from_row(slices(file), report.rows)):
                rows = [row for one in some for row in one.rows]
                self._accept(file, rows)
                under_way.append(self._hand_in(file, report, rows, finished=False))
                while len(under_way) > _AHEAD:
                    under_way.popleft().result()
                self._tell(file, some[-1].position)
                self._chore.step_back()
                if self._chore.stopped:
                    return
            under_way.append(self._hand_in(file, report, [], finished=True))
        except ImportRefused as err:
            report.refused = err
        finally:
            for written in under_way:
                written.result()

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

    def _hand_in(
        self,
        file: ExportFile,
        report: FileReport,
        rows: list[Row | None],
        *,
        finished: bool,
    ) -> Future[None]:
        """Let the writer store rows together with the report on them."""

        heard, skipped = understood(file.form, rows)
        number_of_rows = len(rows)

        def store(connection: Connection, intake: Intake) -> None:
            taken = take_heard(
                connection, intake, self._listener, file.form.source, heard
            )
            report.rows += number_of_rows
            report.span = span_of(report.span, heard)
            for reason, number in skipped.items():
                report.skipped[reason] = report.skipped.get(reason, 0) + number
            for fate, number in Counter(taken.fates).items():
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
            kept.note(connection, self._number, report, finished=finished)

        return self._writer.submit(store)

    def _accept(self, file: ExportFile, rows: list[Row | None]) -> None:
        """Count rows; raises ImportRefused for too many, or where none can be Spotify's."""
        if rows and not any(
            row and (row.ts or row.ms_played is not None) for row in rows
        ):
            raise ImportRefused(Refusal.NOT_SPOTIFY, file.name, "no row has a time")
        most = self._limits.rows
        if self._rows + len(rows) > most:
            raise ImportRefused(Refusal.TOO_LARGE, file.name, f"more than {most} rows")
        self._rows += len(rows)

    def _tell(self, file: ExportFile, position: int) -> None:
        if self._progress is not None:
            read = (self._bytes_before + position) / self._bytes
            self._progress(
                ImportProgress(self._rows, min(100.0, 100 * read), file.name)
            )


def _in_batches(read: Iterator[Slice]) -> Iterator[list[Slice]]:
    """Yield slices in lists; what came before a refusal is yielded before it is raised."""
    batch: list[Slice] = []
    try:
        for one in read:
            batch.append(one)
            if len(batch) == SLICES_AT_ONCE:
                yield batch
                batch = []
    except ImportRefused:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _from_row(read: Iterator[Slice], first: int) -> Iterator[Slice]:
    """Yield slices without the rows before a number."""
    for rows, position in read:
        if first < len(rows):
            yield Slice(rows[first:], position)
        first = max(0, first - len(rows))
