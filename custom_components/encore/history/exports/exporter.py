"""Exports: a history is written under another name, page by page, and appears when it is whole."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
import errno
import os
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Connection

from ..background_thread import BackgroundTask
from ..database.private_files import create
from ..database.store import Store
from ..errors import ExportFailed, Unwritten
from ..model import Listener
from .csv_and_parquet import CsvSheet, ParquetSheet, Sheet
from .plays_with_sources import SourcesOfPlays, number_of_plays, pages_of
from .spotify_zip import SpotifyZip


class ExportFormat(StrEnum):
    """What a history is written as."""

    JSON = "json"
    """A ZIP shaped as Spotify's extended streaming history, which can be imported again."""
    CSV = "csv"
    PARQUET = "parquet"


SUFFIXES: Final = {
    ExportFormat.JSON: ".zip",
    ExportFormat.CSV: ".csv",
    ExportFormat.PARQUET: ".parquet",
}
"""How the name of a file of each format ends."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class ToExport:
    """Which listeners' history is written, into which file, in which format; local times are in a time zone."""

    listener: Listener
    path: Path
    form: ExportFormat
    zone: tzinfo
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to; a cancelled one left no file."""

    plays: int
    bytes: int
    cancelled: bool = False


def export(
    store: Store,
    task: BackgroundTask,
    request: ToExport,
    progress: Callable[[int, int], None],
) -> Exported:
    """Write a history into a file. `progress` takes how many plays are written, and how many there are.

    Raises ExportFailed, and leaves nothing behind, where the file cannot be written.
    """
    path = request.path
    if path.suffix.lower() != (suffix := SUFFIXES[request.form]):
        raise ExportFailed(Unwritten.WRONG_NAME, path, suffix)
    part = path.with_name(f".{path.name}.part")
    try:
        _require_free(request)
        with store.named_errors(), store.reading() as connection, connection.begin():
            try:
                # One that a killed export left, or a link, is not written through.
                part.unlink(missing_ok=True)
                with create(part) as stream:
                    written = _write(stream, connection, task, request, progress)
                    if written is None:
                        return Exported(0, 0, cancelled=True)
                    stream.flush()
                    os.fsync(stream.fileno())
                    size = stream.tell()
                _require_free(request)
                part.replace(path)
            finally:
                with suppress(OSError):  # what it was about to say matters more
                    part.unlink(missing_ok=True)
    except ImportError as err:
        raise ExportFailed(Unwritten.NO_PYARROW, path) from err
    except OSError as err:
        reason = Unwritten.FULL if err.errno in _FULL else Unwritten.FAILED
        raise ExportFailed(reason, path, err.strerror or "") from err
    return Exported(written, size)


def _require_free(request: ToExport) -> None:
    if request.path.is_dir() or (not request.overwrite and request.path.exists()):
        raise ExportFailed(Unwritten.EXISTS, request.path)


def _write(
    stream: IO[bytes],
    connection: Connection,
    task: BackgroundTask,
    request: ToExport,
    progress: Callable[[int, int], None],
) -> int | None:
    """Write all plays and return how many they are; None where it was stopped before."""
    done, total = 0, number_of_plays(connection, request.listener)
    progress(0, total)
    sheet = _sheet(stream, connection, request)
    try:
        for plays in pages_of(connection, request.listener):
            if task.stopped:
                sheet.abandon()
                return None
            sheet.write(plays)
            done += len(plays)
            progress(done, total)
            task.step_back()
        sheet.finish()
    except BaseException:
        sheet.abandon()
        raise
    return done


def _sheet(stream: IO[bytes], connection: Connection, request: ToExport) -> Sheet:
    match request.form:
        case ExportFormat.JSON:
            return SpotifyZip(stream, SourcesOfPlays(connection, request.listener))
        case ExportFormat.CSV:
            return CsvSheet(stream, request.zone)
        case ExportFormat.PARQUET:
            return ParquetSheet(stream, request.zone)
