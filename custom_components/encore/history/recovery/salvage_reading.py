"""Reads what can still be read of a table in a damaged SQLite file.

A page that cannot be read ends a scan. So a table is read from its start up to the first such page, and from its end
down to the last; what lies between is halved by its key until the pages that cannot be read are all that is left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
import re
import sqlite3
from typing import Any, Final

_AT_ONCE: Final = 1_000
_FRUITLESS: Final = 12
"""How often a range is halved where neither half gave a row."""
_MOST_KEYS: Final = 1 << 42
"""Beyond every row id of ours, and every moment in UTC ms for a century."""
_FEW: Final = 64
"""So many values of a key are looked at one by one, such as all listeners."""

_ROWID: Final = "rowid"
_WITHOUT_ROWID: Final = re.compile(r"\bWITHOUT\s+ROWID\s*;?\s*$", re.IGNORECASE)

type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DamagedTable:
    """A table as its file declares it."""

    name: str
    declared: str
    """The statement that made it."""
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """What its rows are in the order of."""

    @property
    def selected(self) -> str:
        """The columns to read: the key, then all."""
        return ", ".join(map(quoted, (*self.key, *self.columns)))


def quoted(name: str) -> str:
    """Return a name as SQLite takes it whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def declared_tables(connection: sqlite3.Connection) -> list[DamagedTable]:
    """Return the tables that a file declares, in the order they were made. Raises sqlite3.DatabaseError."""
    declared = connection.execute(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql IS NOT NULL"
    ).fetchall()
    return [_declared(connection, name, sql) for name, sql in declared]


def _declared(connection: sqlite3.Connection, name: str, declared: str) -> DamagedTable:
    found = connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
    columns = tuple(column for _, column, *_ in found)
    key: tuple[str, ...] = (_ROWID,)
    if _WITHOUT_ROWID.search(declared):
        places = sorted((place, column) for _, column, *_, place in found if place)
        key = tuple(column for _, column in places)
    return DamagedTable(name, declared, columns, key)


class TableReader:
    """Reads one table, in batches."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: DamagedTable,
        stopped: Callable[[], bool],
        values: Callable[[str, str], list[int]],
    ) -> None:
        """Read over a connection that only reads; `stopped` returns whether to end early.

        `values` gives those of a column of another table that was read before.
        """
        self._connection = connection
        self._table = table
        self._stopped = stopped
        self._scan = partial(_Scan, connection, table, stopped)
        self._values = values
        self.gaps = 0
        """How many places there are in which rows could not be read."""

    def batches(self) -> Iterator[list[Row]]:
        """Yield rows, some of them twice where the file is damaged."""
        yield from self._read(())

    def _read(self, prefix: Row) -> Iterator[list[Row]]:
        """Yield the rows with keys that begin with some values."""
        up = self._scan(prefix)
        yield from up.batches()
        if not up.failed:
            return
        down = self._scan(prefix, downwards=True)
        yield from down.batches()
        if not down.failed:
            return
        place = len(prefix)
        low = up.last[place] if up.last else 0
        high = down.last[place] if down.last else _MOST_KEYS
        if not isinstance(low, int) or not isinstance(high, int):
            self.gaps += 1
            return
        few = self._referred(place)
        if few and len(few) <= _FEW:
            for value in few:
                if low <= value <= high:
                    yield from self._read((*prefix, value))
        else:
            yield from self._halved(prefix, low, high, _FRUITLESS)

    def _referred(self, place: int) -> list[int]:
        """Return the values that a column of the key may have, as far as another table has them; not of its last."""
        if place + 1 >= len(self._table.key):
            return []
        column = self._table.key[place]
        for _, _, other, mine, theirs, *_ in self._connection.execute(
            f"PRAGMA foreign_key_list({quoted(self._table.name)})"
        ).fetchall():
            if mine == column:
                return self._values(other, theirs or "id")
        return []

    def _halved(
        self, prefix: Row, low: int, high: int, tries: int
    ) -> Iterator[list[Row]]:
        """Yield what can be read between two values of the key that comes after a prefix."""
        if high - low <= 1 or not tries or self._stopped():
            self.gaps += 1
            return
        middle = (low + high) // 2
        up = self._scan(prefix, low=middle, high=high)
        yield from up.batches()
        down = self._scan(prefix, low=low, high=middle, downwards=True)
        yield from down.batches()
        tries = _FRUITLESS if up.last or down.last else tries - 1
        place = len(prefix)
        gaps = self.gaps
        if up.failed:
            after = up.last[place] if up.last else middle
            yield from self._halved(prefix, after, high, tries)
        if down.failed:
            before = down.last[place] if down.last else middle
            yield from self._halved(prefix, low, before, tries)
        if up.failed and down.failed and not up.last and not down.last:
            # Halves that meet in what cannot be read are one place.
            self.gaps = max(gaps + 1, self.gaps - 1)


class _Scan:
    """One way through a part of a table, up to what cannot be read."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: DamagedTable,
        stopped: Callable[[], bool],
        prefix: Row,
        *,
        low: int | None = None,
        high: int | None = None,
        downwards: bool = False,
    ) -> None:
        """Take where keys begin, and between which values (both included) what follows in them is."""
        self._connection = connection
        self._table = table
        self._stopped = stopped
        self._downwards = downwards
        key = table.key
        bounds = [
            (f"{quoted(name)} = ?", value)
            for name, value in zip(key, prefix, strict=False)
        ]
        if low is not None:
            bounds.append((f"{quoted(key[len(prefix)])} >= ?", low))
        if high is not None:
            bounds.append((f"{quoted(key[len(prefix)])} <= ?", high))
        self._bounds = bounds
        self.last: Row = ()
        """The key of the row that was read last."""
        self.failed = False
        """Whether something could not be read."""

    def batches(self) -> Iterator[list[Row]]:
        """Yield rows without the keys in front of them, until the end or what cannot be read."""
        size = _AT_ONCE
        while not self._stopped():
            try:
                some = self._some(size)
            except sqlite3.DatabaseError, OverflowError:
                # The rows before the bad page are read one by one.
                if size == 1:
                    self.failed = True
                    return
                size = 1
                continue
            if not some:
                return
            width = len(self._table.key)
            self.last = some[-1][:width]
            yield [row[width:] for row in some]

    def _some(self, size: int) -> list[Row]:
        table = self._table
        bounds: list[tuple[str, Sequence[Any]]] = [
            (bound, (value,)) for bound, value in self._bounds
        ]
        names = ", ".join(map(quoted, table.key))
        if self.last:
            marks = ", ".join("?" * len(self.last))
            sign = "<" if self._downwards else ">"
            bounds.append((f"({names}) {sign} ({marks})", self.last))
        where = " AND ".join(bound for bound, _ in bounds) or "1"
        order = ", ".join(
            quoted(name) + (" DESC" if self._downwards else "") for name in table.key
        )
        return self._connection.execute(
            f"SELECT {table.selected} FROM {quoted(table.name)} NOT INDEXED"  # noqa: S608  names of the file
            f" WHERE {where} ORDER BY {order} LIMIT {size}",
            [value for _, values in bounds for value in values],
        ).fetchall()
