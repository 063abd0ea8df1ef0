"""The store: connections, migrations and checks on opening."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from .dialect import Database
from .migrations import STEPS, Step, migrate
from .schema import VERSION
from .sqlite import SqliteFile


class Store:
    """An open store. Its connections belong to the threads that ask for them."""

    def __init__(self, url: str) -> None:
        """Prepare the store at a SQLAlchemy URL; nothing is opened yet.

        Raises ValueError for what is no URL of SQLite's or PostgreSQL's.
        """
        self._database = _database(url)

    def open(
        self,
        *,
        version: int = VERSION,
        steps: Mapping[int, Step] = STEPS,
        must_exist: bool = False,
        thoroughly: bool = False,
    ) -> None:
        """Check the store and bring its schema to a version; make it if need be, unless it `must_exist`.

        Raises StoreMissing, StoreTooNew, StoreBroken (moved aside), MigrationFailed or StoreUnavailable.
        """
        database = self._database
        if must_exist:
            database.require()
        database.prepare()
        try:
            with database.writing.connect() as connection:
                database.check(connection, thoroughly=thoroughly)
                migrate(
                    connection,
                    version=version,
                    steps=steps,
                    transaction=database.step,
                    must_exist=must_exist,
                )
        except DBAPIError as err:
            if broken := database.moved_aside(err):
                raise broken from err
            raise database.named(err) from err

    def require(self) -> None:
        """Raise StoreMissing where connecting would make a store that is not there."""
        self._database.require()

    def named_errors(self) -> AbstractContextManager[None]:
        """Raise StoreUnavailable or StoreRefused for the database's own errors."""
        return self._database.named_errors()

    def checkpoint(self, connection: Connection) -> None:
        """Bring what was written into the place from which copies are made, as far as readers allow."""
        self._database.checkpoint(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that writes; each of its transactions excludes other writers."""
        with self.named_errors():
            connection = self._database.writing.connect()
        with connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads; each of its transactions sees one state of the store."""
        with self.named_errors():
            connection = self._database.reading.connect()
        with connection:
            yield connection


def _database(url: str) -> Database:
    if "\0" in url:
        raise ValueError("Not the URL of a database")
    try:
        parsed = make_url(url)
    except ArgumentError:
        # Its own words may quote a password.
        raise ValueError("Not the URL of a database") from None
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteFile(parsed)
        case "postgresql" | "postgres":
            # Its driver is large, and most homes have no use for it.
            from .postgresql import PostgresqlServer  # noqa: PLC0415

            return PostgresqlServer(parsed)
        case other:
            raise ValueError(f"A store cannot be in {other}")


_HIDDEN: Final = "***"


def shown(url: str) -> str:
    """Return a URL without its password."""
    return make_url(url).render_as_string(hide_password=True)


def with_password_of(url: str, known: str) -> str:
    """Return a URL with the password of a known one in place of a hidden one; what is no URL as it is."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return url
    if parsed.password != _HIDDEN:
        return url
    password = make_url(known).password
    return parsed.set(password=password).render_as_string(hide_password=False)
