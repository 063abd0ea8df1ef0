"""The store: connections, migrations and checks on opening; what SQLite and PostgreSQL do differently, each implements."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ..errors import HistoryError, StoreBroken
from .migrations import STEPS, Step, migrate
from .schema import VERSION

LOCK_TIMEOUT_S: Final = 10


class Store(ABC):
    """The store in a kind of database at an address. Its connections belong to the threads that ask for them.

    Nothing is opened by making it.
    """

    writing_engine: Engine
    """Gives connections that write; each of their transactions excludes other writers."""
    reading_engine: Engine
    """Gives connections that read; each of their transactions sees one state."""

    def prepare(self) -> None:
        """Make ready what is opened next; nothing where that is not ours to do."""

    def require(self) -> None:
        """Raise StoreMissing where connecting would make a database that is not there."""

    def check(self, connection: Connection, *, thoroughly: bool) -> None:
        """Raise StoreBroken where the database finds itself damaged; it was moved aside.

        `thoroughly` also compares indexes with their tables, which takes many times as long.
        """

    @contextmanager
    def step(self, connection: Connection, version: int) -> Iterator[None]:
        """Give the transaction in which a step to a version is taken; one that fails leaves no trace.

        Raises MigrationFailed where a trace could not be removed, StoreUnavailable where the step
        could not be prepared.
        """
        with connection.begin():
            yield

    def checkpoint(self, connection: Connection) -> None:
        """Bring what was written into the place from which copies are made, as far as readers allow."""

    def moved_aside(self, _error: DBAPIError) -> StoreBroken | None:
        """Move a store aside that an error says is damaged; None where it says something else, or a server keeps it."""
        return None

    @abstractmethod
    def named(self, error: DBAPIError) -> HistoryError:
        """Return the history's own error for one of the database's, free of what rows hold."""

    @contextmanager
    def named_errors(self) -> Iterator[None]:
        """Raise the history's own errors for those of the database."""
        try:
            yield
        except DBAPIError as err:
            # The database's own words may quote a row.
            raise self.named(err) from None

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
        if must_exist:
            self.require()
        self.prepare()
        try:
            with self.writing_engine.connect() as connection:
                self.check(connection, thoroughly=thoroughly)
                migrate(
                    connection,
                    version=version,
                    steps=steps,
                    transaction=self.step,
                    must_exist=must_exist,
                )
        except DBAPIError as err:
            if broken := self.moved_aside(err):
                raise broken from err
            raise self.named(err) from err

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that writes; each of its transactions excludes other writers."""
        with self.named_errors():
            connection = self.writing_engine.connect()
        with connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads; each of its transactions sees one state of the store."""
        with self.named_errors():
            connection = self.reading_engine.connect()
        with connection:
            yield connection


def first_line(error: DBAPIError) -> str:
    """Return what a database said first; further lines quote rows and statements."""
    return str(error.orig).partition("\n")[0].strip()


def store_at(url: str) -> Store:
    """Return the store at a SQLAlchemy URL; nothing is opened yet.

    Raises ValueError for what is no URL of SQLite's or PostgreSQL's.
    """
    if "\0" in url:
        raise ValueError("Not the URL of a database")
    try:
        parsed = make_url(url)
    except ArgumentError:
        # Its own words may quote a password.
        raise ValueError("Not the URL of a database") from None
    match parsed.get_backend_name():
        case "sqlite":
            from .sqlite import SqliteFile  # noqa: PLC0415

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
