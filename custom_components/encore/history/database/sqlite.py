"""The store as a file of SQLite's: its settings, its checks, and the copy before each migration."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
import glob
from pathlib import Path
import sqlite3
import time
from typing import Any, Final, cast, override

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool

from ..errors import (
    HistoryError,
    MigrationFailed,
    StoreBroken,
    StoreFull,
    StoreLost,
    StoreMissing,
    StoreRefused,
    StoreUnavailable,
)
from .private_files import close_files, create_if_missing
from .store import LOCK_TIMEOUT_S, Store, first_line

CACHE_KIB: Final = 8_192
CHECKPOINT_PAGES: Final = 8_000
"""How many pages the write-ahead log gathers; far apart, because an import writes pages again and again."""

_COPIED_PAGES: Final = 2_000
"""Pages that are copied at once."""

_COPY: Final = ".copy-before-"
"""What the name of a copy has after the store's own; one that a killed migration left is cleared away."""

_BEFORE: Final = ".kept-before-"
"""The same of a copy that could not be put back, which nobody clears away."""

_BROKEN: Final = ".broken-"
"""The same of a damaged file that was moved aside."""

_OPENED: Final = "encore_opened"
_FOR_WRITING: Final = "encore_for_writing"
_BROKEN_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LOST_CODES: Final = _BROKEN_CODES | {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


class SqliteFile(Store):
    """A file, or a store in memory where the URL names none."""

    def __init__(self, url: URL) -> None:
        """Take the file at a URL; its folder must be there."""
        in_memory = url.database in {None, "", ":memory:"}
        self._path = None if in_memory else Path(url.database or "")
        self._is_uri = "uri" in url.query
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "begin", self._begin)
        self.reading_engine = engine
        self.writing_engine = engine.execution_options(**{_FOR_WRITING: True})

    @override
    def prepare(self) -> None:
        """Let only the owner read the file, its logs, and the copies that were made of it.

        SQLite gives the logs the mode of the file, so the file is made before SQLite would make it, with a mode for all.
        """
        if self._path is None or self._is_uri:
            return
        file = self._path.resolve()
        with suppress(OSError):  # SQLite says why
            create_if_missing(file)
        logs = [file.with_name(f"{file.name}{each}") for each in ("-wal", "-shm")]
        close_files([file, *logs, *self._made_of(_COPY, _BEFORE, _BROKEN)])

    @override
    def require(self) -> None:
        """Raise StoreMissing where there is no file; SQLite would make an empty one."""
        if self._path is None:
            return
        try:
            self._path.stat()
        except FileNotFoundError as err:
            raise StoreMissing("The file is not there") from err
        except OSError as err:
            raise StoreUnavailable(
                f"The file cannot be reached: {err.strerror}"
            ) from err

    @override
    def check(self, connection: Connection, *, thoroughly: bool) -> None:
        """Run SQLite's check, and clear away copies that a killed migration left."""
        pragma = "integrity_check" if thoroughly else "quick_check"
        with connection.begin():
            found = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar_one()
        if found != "ok":
            connection.close()
            raise self._aside(found)
        for copy in self._made_of(_COPY):
            with suppress(OSError):  # in the way of nothing but the next migration
                copy.unlink()

    @override
    @contextmanager
    def step(self, connection: Connection, version: int) -> Iterator[None]:
        """Copy the file, take the step without foreign keys, and put the copy back where it failed."""
        raw = _driver(connection)
        with self._copied(raw, version):
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield
                    _check_references(connection)
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    @override
    def checkpoint(self, connection: Connection) -> None:
        """Move the write-ahead log into the file; what is left of it belongs into a copy as well."""
        _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @override
    def moved_aside(self, error: DBAPIError) -> StoreBroken | None:
        """Move the file aside if the error says that it is damaged, not just out of reach."""
        if _code(error) & 0xFF not in _BROKEN_CODES:
            return None
        return self._aside(first_line(error))

    @override
    def named(self, error: DBAPIError) -> HistoryError:
        """Distinguish a full disk, a damaged or missing file, and a broken rule from all else."""
        code, message = _code(error), first_line(error)
        if isinstance(error, IntegrityError):
            return StoreRefused(message)
        if code & 0xFF == sqlite3.SQLITE_FULL:
            return StoreFull(message)
        if code & 0xFF in _LOST_CODES or code == sqlite3.SQLITE_READONLY_DBMOVED:
            return StoreLost(message, damaged=code & 0xFF in _BROKEN_CODES)
        return StoreUnavailable(message)

    def _connected(self, connection: Any, record: Any) -> None:
        _prepare(connection)
        record.info[_OPENED] = self._identity()

    def _begin(self, connection: Connection) -> None:
        """Begin a transaction, for writing at once where one is wanted: no lock is upgraded later.

        Raises StoreLost where the file is another one than was opened: SQLite would go on to read
        and write what has no name any more.
        """
        writing = connection.get_execution_options().get(_FOR_WRITING)
        if connection.info[_OPENED] != self._identity():
            raise StoreLost("The file was taken away")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    def _identity(self) -> tuple[int, int] | None:
        """Return what distinguishes the file from any other, None where there is none."""
        if self._path is None:
            return None
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def _copied(self, raw: sqlite3.Connection, version: int) -> Iterator[None]:
        """Keep a copy of the file for the length of a block, and put it back where the block fails."""
        if self._path is None:
            yield
            return
        copy = self._path.with_name(f"{self._path.name}{_COPY}{version}")
        _copy(raw, copy)
        with closing(sqlite3.connect(self._path)) as watcher:
            before = _commits_seen(watcher)
            try:
                yield
            except BaseException as err:
                # Nearly always the transaction has left nothing that would need the copy.
                if _commits_seen(watcher) != before:
                    self._put_back(raw, copy, version, err)
                copy.unlink()
                raise
        copy.unlink()

    def _put_back(
        self,
        raw: sqlite3.Connection,
        copy: Path,
        version: int,
        failure: BaseException,
    ) -> None:
        """Make the file what its copy is. Raises MigrationFailed when that fails too."""
        try:
            with closing(sqlite3.connect(copy)) as aside:
                aside.backup(raw, pages=_COPIED_PAGES)
        except sqlite3.Error:
            beside = copy.with_name(copy.name.replace(_COPY, _BEFORE))
            raise MigrationFailed(version, copy.rename(beside)) from failure

    def _made_of(self, *kinds: str) -> list[Path]:
        """Return the files beside the store that Encore made of it."""
        if self._path is None:
            return []
        name = glob.escape(self._path.name)
        return [
            file for kind in kinds for file in self._path.parent.glob(f"{name}{kind}*")
        ]

    def _aside(self, detail: str) -> StoreBroken:
        """Rename the damaged file with its logs and copies, and return the error that says where to.

        Raises StoreUnavailable when they cannot be renamed; then they are left as they are.
        """
        path = self._path or Path()
        aside = path.with_name(f"{path.name}{_BROKEN}{time.strftime('%Y%m%dT%H%M%S')}")
        number = 1
        while aside.exists():
            number += 1
            aside = aside.with_name(f"{aside.name.split('~')[0]}~{number}")
        # A copy that a killed migration left may be all there is.
        copies = [copy.name.removeprefix(path.name) for copy in self._made_of(_COPY)]
        for suffix in ("-wal", "-shm", *copies, ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                try:
                    part.rename(aside.with_name(aside.name + suffix))
                except OSError as err:
                    raise StoreUnavailable(
                        f"{path} is damaged ({detail}) and cannot be moved aside"
                    ) from err
        return StoreBroken(aside, detail)


def _check_references(connection: Connection) -> None:
    """Raise ValueError where a row refers to one that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ValueError(f"A row of {broken[0]} refers to none in {broken[2]}")


def _copy(raw: sqlite3.Connection, to: Path) -> None:
    """Write all that a connection sees to a new file. Raises StoreUnavailable."""
    try:
        to.unlink(missing_ok=True)
        create_if_missing(to)
        with closing(sqlite3.connect(to)) as copy:
            raw.backup(copy, pages=_COPIED_PAGES)
    except OSError as err:
        raise StoreUnavailable(f"No copy could be made: {err.strerror}") from err
    except sqlite3.Error as err:
        to.unlink(missing_ok=True)
        raise StoreUnavailable(f"No copy could be made: {err}") from err


def _commits_seen(watcher: sqlite3.Connection) -> int:
    """Return a number that is another one after each commit of another connection."""
    ((number,),) = watcher.execute("PRAGMA data_version")
    return int(number)


def _code(error: DBAPIError) -> int:
    """Return SQLite's extended error code, 0 where there is none."""
    return getattr(error.orig, "sqlite_errorcode", None) or 0


def _driver(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection, on which no transaction is begun."""
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _prepare(connection: Any) -> None:
    """Set up a new connection: write-ahead log, foreign keys, and transactions begun by us alone."""
    connection.isolation_level = None  # sqlite3 would commit before DDL otherwise
    for pragma in (
        f"busy_timeout={LOCK_TIMEOUT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"cache_size=-{CACHE_KIB}",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")
