"""The bulk paths: statements of the driver's own, with `?` for each value, over many values.

The expressions of SQLAlchemy cost more than the rows themselves here. What a statement says must
be said the same way by SQLite and PostgreSQL; how values are marked and how many rows go in at once
is their difference, and stays in here. A `?` stands for a value even between quotes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import batched, chain, count
import re
from typing import Any, Final

from sqlalchemy import Connection, CursorResult

_BINDS: Final = 900
"""Values that one statement takes; every SQLite was built with at least 999."""

_BINDS_OF_AN_INSERT: Final = 32_766
"""Values that one insert takes: as many as SQLite binds unless it was built for fewer."""

_COPIED_FROM: Final = 50
"""From so many rows on, PostgreSQL takes them as a stream sooner than as values."""

_CURSORS: Final = count(1)

_INSERT: Final = re.compile(r"INSERT INTO (?P<into>\w+ \(.*\)) VALUES")


def rows_of(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> Sequence[Any]:
    """Return the rows of a statement."""
    marked = in_its_words(connection, statement)
    return connection.exec_driver_sql(marked, tuple(values)).fetchall()


def highest(connection: Connection, table: str, column: str = "id") -> int:
    """Return the highest number in a column of our own, 0 where there is none."""
    ((found,),) = rows_of(connection, f"SELECT max({column}) FROM {table}")  # noqa: S608  our own words
    return found or 0


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that returns nothing."""
    connection.exec_driver_sql(in_its_words(connection, statement), tuple(values))


def rows_where_in(
    connection: Connection, statement: str, values: Iterable[Any]
) -> Iterator[Any]:
    """Yield the rows of a statement that ends in `IN`, for any number of values."""
    for some in batched(values, _BINDS, strict=False):
        marks = ",".join("?" * len(some))
        yield from rows_of(connection, f"{statement} ({marks})", some)


def batches(
    connection: Connection, statement: str, size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a statement without values, a number of them at a time.

    They are the driver's own, which cost less than those of SQLAlchemy; and no more than
    a batch is held in memory. To be called within a transaction.
    """
    if connection.dialect.name == "postgresql":
        # Its driver would fetch all of them first.
        name = f"batches_{next(_CURSORS)}"
        connection.exec_driver_sql(f"DECLARE {name} NO SCROLL CURSOR FOR {statement}")
        fetch = f"FETCH {size} FROM {name}"
        while some := _own_rows(connection.exec_driver_sql(fetch), size):
            yield some
        connection.exec_driver_sql(f"CLOSE {name}")
        return
    result = connection.exec_driver_sql(statement)
    while some := _own_rows(result, size):
        yield some
    result.close()


def _own_rows(result: CursorResult[Any], size: int) -> list[tuple[Any, ...]]:
    cursor = result.cursor
    return list(cursor.fetchmany(size)) if cursor else []


def write_many(
    connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Run a statement once for each row; no rows are fine."""
    if rows:
        connection.exec_driver_sql(in_its_words(connection, statement), list(rows))


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
    if connection.dialect.name == "postgresql" and rows >= _COPIED_FROM:
        _copy_in(connection, statement, batched(values, width, strict=True))
        return
    while begin < rows:
        # A few sizes only, so that the driver knows their statements.
        while begin + size > rows:
            size = (size + 1) // 2
        some = values[begin * width : (begin + size) * width]
        marked = in_its_words(connection, _with_marks(statement, width, size))
        connection.exec_driver_sql(marked, tuple(some))
        begin += size


def in_its_words(connection: Connection, statement: str) -> str:
    """Return a statement with the marks for values that the driver of a connection knows."""
    if connection.dialect.paramstyle == "qmark":
        return statement
    return _with_percents(statement)


def _copy_in(
    connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Stream rows into PostgreSQL. Raises the driver's own errors."""
    insert = _INSERT.fullmatch(statement)
    assert insert is not None, statement
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {insert['into']} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


@cache
def _with_percents(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


@cache
def _with_marks(statement: str, width: int, rows: int) -> str:
    """Return an insert with marks for a number of rows."""
    row = f"({','.join('?' * width)})"
    return f"{statement} {','.join([row] * rows)}"
