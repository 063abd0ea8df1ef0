"""What SQLite and PostgreSQL do differently: the interface that both implement."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..errors import HistoryError, StoreBroken

LOCK_TIMEOUT_S: Final = 10


class Database(ABC):
    """A kind of database at an address. Nothing is opened by making it."""

    writing: Engine
    """Gives connections that write; each of their transactions excludes other writers."""
    reading: Engine
    """Gives connections that read; each of their transactions sees one state."""

    def prepare(self) -> None:
        """Make ready what is opened next; nothing where that is not ours to do."""

    def require(self) -> None:
        """Raise StoreMissing where connecting would make a database that is not there."""

    def check(self, connection: Connection, *, thoroughly: bool) -> None:
        """Raise StoreBroken where the database finds itself damaged; it was moved aside.

        `thoroughly` also compares indexes with their tables, which takes many times as long.
        """

    @abstractmethod
    def step(
        self, connection: Connection, version: int
    ) -> AbstractContextManager[None]:
        """Give the transaction in which a step to a version is taken; one that fails leaves no trace.

        Raises MigrationFailed where a trace could not be removed, StoreUnavailable where the step
        could not be prepared.
        """

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


def first_line(error: DBAPIError) -> str:
    """Return what a database said first; further lines quote rows and statements."""
    return str(error.orig).partition("\n")[0].strip()
