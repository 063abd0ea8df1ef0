"""The bulk paths: statements of the driver's own, with `?` for each value, over many values.

The expressions of SQLAlchemy cost more than the rows themselves here. What a statement says must
be said the same way by SQLite and PostgreSQL; how values are marked and how many rows go in at once
is their difference, and stays in here. A `?` stands for a value even between quotes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import batched, chain, count, repeat
import re
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, CursorResult, Table, insert

_BINDS: Final = 900
"""Values that one statement takes; every SQLite was built with at least 999."""

_BINDS_OF_AN_INSERT: Final = 4_096
"""Values that one insert takes: some 400 rows, beyond which a row costs no less, and memory more."""

_COPIED_FROM: Final = 50
"""From so many rows on, PostgreSQL takes them as a stream sooner than as values."""

_CURSORS: Final = count(1)

_TRUTHS: Final = np.array([False, True, None], object)
_NUMBERS: Final = np.array([0, 1, None], object)

_INSERT: Final = re.compile(r"INSERT INTO (?P<into>\w+ \(.*\)) VALUES")


def rows_of(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> Sequence[Any]:
    """Return the rows of a statement."""
    marked = in_its_words(connection, statement)
    return connection.exec_driver_sql(marked, tuple(values)).fetchall()


def column_of(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> list[Any]:
    """Return the one column of the rows of a statement."""
    return [value for (value,) in rows_of(connection, statement, values)]


def delete_many(
    connection: Connection, table: str, column: str, values: Iterable[int]
) -> None:
    """Delete the rows of a table of our own that have one of some values in a column."""
    statement = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608  our own names
    write_many(connection, statement, [(value,) for value in values])


def highest(connection: Connection, table: str, column: str = "id") -> int:
    """Return the highest number in a column of our own, 0 where there is none."""
    ((found,),) = rows_of(connection, f"SELECT max({column}) FROM {table}")  # noqa: S608  our own words
    return found or 0


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that returns nothing."""
    connection.exec_driver_sql(in_its_words(connection, statement), tuple(values))


def insert_numbered(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert rows under the row ids that follow the highest; returns the last of them."""
    last = highest(connection, table.name)
    if rows:
        numbered = [{"id": last + n, **row} for n, row in enumerate(rows, 1)]
        connection.execute(insert(table), numbered)
    return last + len(rows)


@cache
def upsert(table: str, key: str, values: str) -> str:
    """Return a statement of our own words that inserts a row, or changes the values of the one that has its key."""
    marks = ", ".join("?" * len(f"{key},{values}".split(",")))
    changed = ", ".join(f"{name} = excluded.{name}" for name in values.split(", "))
    return (
        f"INSERT INTO {table} ({key}, {values}) VALUES ({marks})"  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {changed}"
    )


def rows_where_in(
    connection: Connection, statement: str, values: Iterable[Any], width: int = 1
) -> Iterator[Any]:
    """Yield the rows of a statement that ends in `IN`, for any number of values; tuples where several columns are compared."""
    if width == 1:
        for some in batched(values, _BINDS, strict=False):
            marks = ",".join("?" * len(some))
            yield from rows_of(connection, f"{statement} ({marks})", some)
        return
    row = f"({','.join('?' * width)})"
    for some in batched(values, _BINDS // width, strict=False):
        marks = ",".join([row] * len(some))
        flat = [*chain.from_iterable(some)]
        yield from rows_of(connection, f"{statement} (VALUES {marks})", flat)


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
    if not rows:
        return
    if _streams(connection, len(rows)):
        _copy_in(connection, statement, rows)
        return
    row = ",".join("?" * len(rows[0]))
    _insert(connection, statement, row, list(chain.from_iterable(rows)))


def insert_columns(
    connection: Connection, statement: str, columns: Sequence[Sequence[Any] | int]
) -> None:
    """Insert rows from columns of one length, as `insert_many` does.

    A number stands for a column that has it in every row; one column at least has its own.
    """
    values = [column for column in columns if not isinstance(column, int)]
    rows = len(values[0])
    if _streams(connection, rows):
        whole = [repeat(one, rows) if isinstance(one, int) else one for one in columns]
        _copy_in(connection, statement, zip(*whole, strict=True))
        return
    flat: list[Any] = [None] * (len(values) * rows)
    for place, column in enumerate(values):
        flat[place :: len(values)] = column
    row = ",".join(str(one) if isinstance(one, int) else "?" for one in columns)
    _insert(connection, statement, row, flat)


def _streams(connection: Connection, rows: int) -> bool:
    """Whether so many rows are taken as a stream."""
    return connection.dialect.name == "postgresql" and rows >= _COPIED_FROM


def stored_flags(connection: Connection, flags: NDArray[np.int8]) -> list[Any]:
    """Return a column of flags, 1, 0 or -1 for what is not said, as values to insert."""
    if connection.dialect.name == "postgresql":
        column = _TRUTHS[flags]
    elif (flags < 0).any():
        column = _NUMBERS[flags]
    else:
        # Its driver takes numbers in half the time of truths.
        column = flags
    values: list[Any] = column.tolist()
    return values


def _insert(
    connection: Connection, statement: str, row: str, values: list[Any]
) -> None:
    """Insert rows that are marked as `row`, and whose values follow each other.

    Many rows share a statement: that halves what a row costs, and the driver keeps the
    interpreter to itself only between statements, so that others run beside it.
    """
    width = row.count("?")
    size = _BINDS_OF_AN_INSERT // width
    begin, rows = 0, len(values) // width
    while begin < rows:
        # A few sizes only, so that the driver knows their statements.
        while begin + size > rows:
            size = (size + 1) // 2
        some = values[begin * width : (begin + size) * width]
        marked = in_its_words(connection, _with_marks(statement, row, size))
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
    into = _INSERT.fullmatch(statement)
    assert into is not None, statement
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {into['into']} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


@cache
def _with_percents(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


@cache
def _with_marks(statement: str, row: str, rows: int) -> str:
    """Return an insert with marks for a number of rows."""
    return f"{statement} {','.join([f'({row})'] * rows)}"
