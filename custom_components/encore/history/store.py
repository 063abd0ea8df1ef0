"""The store: its engine, its transactions, and the check it passes when it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import sqlite3
import time
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from .errors import StoreBroken, StoreUnavailable
from .migrations import migrate

CACHE_KIB: Final = 16_384
CHECKPOINT_PAGES: Final = 8_000
"""How many pages the write-ahead log gathers; far apart, because an import writes pages again and again."""

LOCK_TIMEOUT_S: Final = 10

_FOR_WRITING: Final = "encore_for_writing"
_BROKEN_CODES: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Store:
    """An open store. Its connections belong to the threads that ask for them."""

    def __init__(self, url: str) -> None:
        """Prepare the store at a SQLAlchemy URL; nothing is opened yet."""
        self._url = make_url(url)
        self._engine: Engine = create_engine(
            self._url, poolclass=NullPool, hide_parameters=True
        )
        if self._url.get_backend_name() == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)

    def open(self) -> None:
        """Bring the schema up to date and check the file.

        Raises StoreTooNew, StoreBroken (moved aside) or StoreUnavailable.
        """
        try:
            with self.writing() as connection:
                self._check(connection)
                migrate(connection)
        except DBAPIError as err:
            if _says_broken(err):
                raise self._moved_aside(str(err.orig)) from err
            raise StoreUnavailable(str(err.orig)) from err

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that writes; each of its transactions excludes other writers."""
        with self._connected() as connection:
            yield connection.execution_options(**{_FOR_WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads; each of its transactions sees one state of the store."""
        with self._connected() as connection:
            yield connection

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except DBAPIError as err:
            if _says_broken(err):
                raise
            raise StoreUnavailable(str(err.orig)) from err

    def _check(self, connection: Connection) -> None:
        if connection.dialect.name != "sqlite":
            return
        with connection.begin():
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            connection.close()
            raise self._moved_aside(found)

    def _moved_aside(self, detail: str) -> StoreBroken:
        """Rename the damaged file and its logs, and return the error that says where to.

        Raises StoreUnavailable when they cannot be renamed; then they are left as they are.
        """
        path = Path(self._url.database or "")
        kept = path.with_name(f"{path.name}.broken-{time.strftime('%Y%m%dT%H%M%S')}")
        number = 1
        while kept.exists():
            number += 1
            kept = kept.with_name(f"{kept.name.split('~')[0]}~{number}")
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                try:
                    part.rename(kept.with_name(kept.name + suffix))
                except OSError as err:
                    raise StoreUnavailable(
                        f"{path} is damaged ({detail}) and cannot be moved aside"
                    ) from err
        return StoreBroken(kept, detail)


def _says_broken(error: DBAPIError) -> bool:
    """Whether the database says that its file is damaged, not just out of reach."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _BROKEN_CODES


def _prepare_sqlite(connection: Any, _record: Any) -> None:
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


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction, for writing at once where one is wanted: no lock is upgraded later."""
    writing = connection.get_execution_options().get(_FOR_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
