"""Progress of an import, stored with the rows that it counts."""

from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection, select, update

from ..database.bulk import insert_numbered, rows_of, run, upsert
from ..database.record_tables import import_file, import_run
from .import_report import FileReport

_decode: Final = msgspec.json.Decoder(FileReport).decode


class ExportContent(NamedTuple):
    """What identifies an export of which every file can be read: the hash of its content, and its files."""

    digest: str
    files: frozenset[str]


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
        row = {"listener": listener, "content": content, "finished": False}
        return insert_numbered(connection, import_run, [row])
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
    return {row.name: FileProgress(_decode(row.report), row.finished) for row in rows}


def note(
    connection: Connection, number: int, report: FileReport, *, finished: bool
) -> None:
    """Store how far a file of an import is."""
    run(
        connection,
        upsert("import_file", "import, name", "finished, report"),
        (number, report.name, finished, msgspec.json.encode(report).decode()),
    )


def was_imported(connection: Connection, listener: str, export: ExportContent) -> bool:
    """Return whether all files of an export were imported before for a listener (by key)."""
    read = rows_of(
        connection,
        "SELECT f.name FROM import_file f JOIN import i ON i.id = f.import"
        " JOIN listener l ON l.id = i.listener"
        " WHERE l.key = ? AND i.content = ? AND i.finished AND f.finished",
        (listener, export.digest),
    )
    return export.files == {name for (name,) in read}
