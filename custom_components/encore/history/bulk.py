"""The bulk paths: statements of the driver's own, with `?` for each value, over many values.

The expressions of SQLAlchemy cost more than the rows themselves here. A database that marks values
in another way is served by changing this module alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import batched, chain
from typing import Any, Final

from sqlalchemy import Connection

_BINDS: Final = 900
"""Values that one statement takes; every SQLite was built with at least 999."""


_BINDS_OF_AN_INSERT: Final = 32_766
"""Values that one insert takes; Home Assistant asks for an SQLite that binds so many."""


def rows_of(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> Sequence[Any]:
    """Return the rows of a statement."""
    return connection.exec_driver_sql(statement, tuple(values)).fetchall()


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that returns nothing."""
    connection.exec_driver_sql(statement, tuple(values))


def rows_where_in(
    connection: Connection, statement: str, values: Iterable[Any]
) -> Iterator[Any]:
    """Yield the rows of a statement that ends in `IN`, for any number of values."""
    for some in batched(values, _BINDS, strict=False):
        marks = ",".join("?" * len(some))
        yield from rows_of(connection, f"{statement} ({marks})", some)


def write_many(
    connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Run a statement once for each row; no rows are fine."""
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def insert_many(
    connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows by a statement that ends in `VALUES`; no rows are fine."""
    if rows:
        _insert(connection, statement, len(rows[0]), list(chain.from_iterable(rows)))


def insert_columns(
    connection: Connection, statement: str, columns: Sequence[Sequence[Any]]
) -> None:
    """Insert rows that are given as columns of one length, as `insert_many` does."""
    width = len(columns)
    values: list[Any] = [None] * (width * len(columns[0]))
    for place, column in enumerate(columns):
        values[place::width] = column
    _insert(connection, statement, width, values)


def _insert(
    connection: Connection, statement: str, width: int, values: list[Any]
) -> None:
    """Insert rows of a width, whose values follow each other.

    Many rows share a statement: that halves what a row costs, and the driver keeps the
    interpreter to itself only between statements, so that others run beside it.
    """
    size = _BINDS_OF_AN_INSERT // width
    begin, rows = 0, len(values) // width
    while begin < rows:
        # A few sizes only, so that the driver knows their statements.
        while begin + size > rows:
            size = (size + 1) // 2
        some = values[begin * width : (begin + size) * width]
        connection.exec_driver_sql(_with_marks(statement, width, size), tuple(some))
        begin += size


@cache
def _with_marks(statement: str, width: int, rows: int) -> str:
    """Return an insert with marks for a number of rows."""
    row = f"({','.join('?' * width)})"
    return f"{statement} {','.join([row] * rows)}"
