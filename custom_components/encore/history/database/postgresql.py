"""The store in a PostgreSQL: one state for each question, and one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, override

import psycopg
from psycopg.errors import DiskFull
from sqlalchemy import URL, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ..errors import HistoryError, StoreFull, StoreRefused, StoreUnavailable
from .store import LOCK_TIMEOUT_S, Store

DRIVER: Final = "postgresql+psycopg"
CONNECT_TIMEOUT_S: Final = 10

_SETTINGS: Final = {
    "lock_timeout": f"{LOCK_TIMEOUT_S}s",
    "timezone": "UTC",
    # A server that lost sight of us must not keep the writer's lock for hours.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_WRITER: Final = 0x0E_C0_7E
"""The first number of the writer's lock; the second stands for the schema that is written to."""


class PostgresqlServer(Store):
    """A database on a server; all tables are in the first schema of its search path."""

    def __init__(self, url: URL) -> None:
        """Take the database at a URL, whatever driver it names."""
        url = url.set(drivername=DRIVER)
        self.reading_engine = create_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args=_connect_args(url),
        )
        event.listen(self.reading_engine, "connect", _read_only)
        self.writing_engine = create_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=_connect_args(url),
        )
        event.listen(self.writing_engine, "connect", _become_writer)

    @override
    def named(self, error: DBAPIError) -> HistoryError:
        """Distinguish a full disk and a broken rule from all else."""
        return _named(error.orig)

    @override
    @contextmanager
    def named_errors(self) -> Iterator[None]:
        """Name the driver's own errors as well: rows that are streamed meet no others."""
        try:
            with super().named_errors():
                yield
        except psycopg.Error as err:
            raise _named(err) from None


def _named(error: BaseException | None) -> HistoryError:
    # Further lines quote the row.
    message = str(error).partition("\n")[0].strip()
    if isinstance(error, psycopg.IntegrityError | psycopg.DataError):
        return StoreRefused(message)
    if isinstance(error, DiskFull):
        return StoreFull(message)
    return StoreUnavailable(message)


def _connect_args(url: URL) -> dict[str, Any]:
    """Return what is asked of each connection beside what its URL says."""
    settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    query_options = url.query.get("options", "")
    options = (
        query_options if isinstance(query_options, str) else " ".join(query_options)
    )
    return {
        "options": f"{settings} {options}".strip(),
        "connect_timeout": url.query.get("connect_timeout", CONNECT_TIMEOUT_S),
        "application_name": url.query.get("application_name", "Encore"),
    }


def _read_only(connection: Any, _record: Any) -> None:
    connection.read_only = True


def _become_writer(connection: Any, _record: Any) -> None:
    """Wait for the lock that one connection has as long as it lives."""
    connection.execute(
        "SELECT pg_advisory_lock(%s, hashtext(current_schema()))", (_WRITER,)
    )
    connection.commit()
