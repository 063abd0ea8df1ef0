"""Progress of an import, stored with the rows that it counts."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from custom_components.encore.history.database.bulk import run
from custom_components.encore.history.database.schema import import_file, import_run
from custom_components.encore.history.model import Source
from custom_components.encore.history.time_ranges.intervals import Span

from .report import FileReport, Skipped


class _Counts(msgspec.Struct):
    """A file's report as it is stored."""

    rows: int
    stored: int
    duplicates: int
    merged: dict[int, int]
    skipped: dict[str, int]
    span: Span | None = None


class FileProgress(NamedTuple):
    """What became of a file's rows so far, and whether that is all of them."""

    report: FileReport
    finished: bool


def begin(connection: Connection, listener: int, content: str) -> int:
    """Return the row id of an import; one that was finished before begins again."""
    known = connection.execute(
        select(import_run.c.id, import_run.c.finished).where(
            import_run.c.listener == listener, import_run.c.content == content
        )
    ).one_or_none()
    if known is None:
        highest = connection.execute(select(func.max(import_run.c.id))).scalar_one()
        number: int = (highest or 0) + 1
        connection.execute(
            insert(import_run).values(
                id=number, listener=listener, content=content, finished=False
            )
        )
        return number
    if known.finished:
        mark(connection, known.id, finished=False)
        run(connection, "DELETE FROM import_file WHERE import = ?", (known.id,))
    return int(known.id)


def mark(connection: Connection, number: int, *, finished: bool) -> None:
    """Note whether an import is finished."""
    connection.execute(
        update(import_run).where(import_run.c.id == number).values(finished=finished)
    )


def read(connection: Connection, number: int) -> dict[str, FileProgress]:
    """Return how far the files of an import are, by their names."""
    rows = connection.execute(
        select(import_file.c.name, import_file.c.finished, import_file.c.report).where(
            import_file.c["import"] == number
        )
    )
    return {
        row.name: FileProgress(_report(row.name, row.report), row.finished)
        for row in rows
    }


def note(
    connection: Connection, number: int, report: FileReport, *, finished: bool
) -> None:
    """Store how far a file of an import is."""
    counts = _Counts(
        report.rows,
        report.stored,
        report.duplicates,
        {int(source): rows for source, rows in report.merged.items()},
        {str(reason): rows for reason, rows in report.skipped.items()},
        report.span,
    )
    run(
        connection,
        "INSERT INTO import_file (import, name, finished, report) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (import, name)"
        " DO UPDATE SET finished = excluded.finished, report = excluded.report",
        (number, report.name, finished, msgspec.json.encode(counts).decode()),
    )


def _report(name: str, stored: str) -> FileReport:
    counts = msgspec.json.decode(stored, type=_Counts)
    return FileReport(
        name,
        counts.rows,
        counts.stored,
        counts.duplicates,
        {Source(source): rows for source, rows in counts.merged.items()},
        {Skipped(reason): rows for reason, rows in counts.skipped.items()},
        span=counts.span,
    )
