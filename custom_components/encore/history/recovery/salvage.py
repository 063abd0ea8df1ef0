"""Copies what can still be read of a damaged store into a new one.

Plays are rebuilt from the observations that are left. What referred to a row that is lost goes with it, unless it
can do without.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
import sqlite3
from typing import Final

from ..database.private_files import create
from ..database.schema import VERSION, metadata
from ..database.store import store_at
from ..errors import HistoryError, SalvageFailed
from ..ingest.ingest import Ingest
from ..ingest.rebuild import Rebuild
from .salvage_reading import DamagedTable, TableReader, declared_tables, quoted

SALVAGED: Final = ".salvaged"
"""What the name of the new file has after the store's own, until it takes that."""

_NAMED: Final = {"artist": "name", "listener": "key", "room": "key", "device": "key"}
"""Tables with an index that names their rows and may be readable, by its column."""

_COPYING: Final = 70
"""Percent of the way that copying is; deriving plays is the rest."""


@dataclass(slots=True)
class Salvaged:
    """What a salvage came to."""

    rows: int = 0
    """Rows that were read and are in the new store."""
    unreadable: int = 0
    """Places where rows could not be read; each may have been many."""
    left_out: int = 0
    """Rows that were read and have no place, because what they refer to is lost, or they break a rule."""
    plays_changed: int = 0
    """Plays that are not as before."""
    cancelled: bool = False


def salvage(
    damaged: Path,
    store: Path,
    *,
    progress: Callable[[int, int], None] = lambda rows, percent: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Salvaged:
    """Make the store at a path, where there must be none, from a damaged file. Blocks.

    `progress` takes how many rows were read, and how far that is in percent. The store appears when it is whole;
    one that was `stopped` leaves none. Raises SalvageFailed where nothing can be read, or no store can be written.
    """
    target = store.with_name(store.name + SALVAGED)
    _clear(target)
    done = Salvaged()
    try:
        create(target).close()
        _copy(damaged, target, done, progress, stopped)
        if not stopped():
            _derive(target, done, progress, stopped)
        done.cancelled = stopped()
        if not done.cancelled:
            put_in_place(target, store)
    except SalvageFailed:
        raise
    except (sqlite3.Error, OSError, HistoryError) as err:
        raise SalvageFailed(str(err)) from err
    finally:
        _clear(target)
    return done


def put_in_place(file: Path, store: Path) -> None:
    """Rename a whole file to that of the store. Raises SalvageFailed where there is one, OSError."""
    if store.exists():
        raise SalvageFailed("There is a store again")
    for suffix in ("-wal", "-shm"):
        # Of another file: SQLite would take them for its own.
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    file.rename(store)


def _clear(target: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            target.with_name(target.name + suffix).unlink(missing_ok=True)


def _copy(
    damaged: Path,
    target: Path,
    done: Salvaged,
    progress: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> None:
    """Copy all rows that can be read, and leave out what they leave without a place."""
    with (
        closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        old.execute("PRAGMA query_only=ON")
        # Text that is no UTF-8 any more is better than none.
        old.text_factory = lambda raw: raw.decode(errors="replace")
        new.execute("PRAGMA journal_mode=OFF")
        new.execute("PRAGMA synchronous=OFF")
        new.execute("PRAGMA foreign_keys=OFF")
        tables = declared_tables(old)
        known = [_rows_at_most(old, table) for table in tables]
        total, before = max(sum(known), 1), 0

        def values(table: str, column: str) -> list[int]:
            found = new.execute(
                f"SELECT DISTINCT {quoted(column)} FROM {quoted(table)} LIMIT 1000"  # noqa: S608
            )
            return [value for (value,) in found]

        new.execute("BEGIN")
        _declare(old, new, tables)
        for table, rows in zip(tables, known, strict=True):
            reader = TableReader(old, table, stopped, values)
            insert = (
                f"INSERT OR IGNORE INTO {quoted(table.name)}"  # noqa: S608  names of the file
                f" ({', '.join(map(quoted, table.columns))})"
                f" VALUES ({', '.join('?' * len(table.columns))})"
            )
            read = 0
            for some in reader.batches():
                new.executemany(insert, some)
                read += len(some)
                reached = before + min(read, rows)
                progress(done.rows + read, _COPYING * reached // total)
            before += rows
            if reader.gaps and table.name in _NAMED:
                _take_names(old, new, table.name)
            done.unreadable += reader.gaps
            done.rows += _count(new, table.name)
            done.left_out += 0 if reader.gaps else read - _count(new, table.name)
        if stopped():
            return
        removed = _leave_out(new)
        done.rows -= removed
        done.left_out += removed
        _require_sense(new, tables)
        new.execute("COMMIT")


def _count(connection: sqlite3.Connection, table: str) -> int:
    ((rows,),) = connection.execute(f"SELECT count(*) FROM {quoted(table)}")  # noqa: S608
    return int(rows)


def _rows_at_most(connection: sqlite3.Connection, table: DamagedTable) -> int:
    """Return about how many rows a table has, as far as that can be read."""
    with suppress(sqlite3.DatabaseError):
        return _count(connection, table.name)
    return 1


def _declare(
    old: sqlite3.Connection, new: sqlite3.Connection, tables: list[DamagedTable]
) -> None:
    """Make the tables and indexes that the damaged file declares."""
    for table in tables:
        new.execute(table.declared)
    for (declared,) in old.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ):
        new.execute(declared)


def _take_names(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> None:
    """Fill in rows of which an index still has the number and the name."""
    key = _NAMED[table]
    columns = ("id", key) if key == "name" else ("id", key, "name")
    selected = ("id", *[key] * (len(columns) - 1))
    with suppress(sqlite3.DatabaseError):
        found = old.execute(
            f"SELECT {', '.join(selected)} FROM {table}"  # noqa: S608  our own names
            f" INDEXED BY sqlite_autoindex_{table}_1 ORDER BY {key}"
        )
        new.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)})"  # noqa: S608
            f" VALUES ({', '.join('?' * len(columns))})",
            found,
        )


def _leave_out(new: sqlite3.Connection) -> int:
    """Remove what refers to rows that are lost, or the reference where a row can do without; returns how many went."""
    removed = 0
    while broken := new.execute("PRAGMA foreign_key_check").fetchall():
        before = new.total_changes
        cleared = 0
        for name in dict.fromkeys(table for table, *_ in broken):
            references = new.execute(
                f"PRAGMA foreign_key_list({quoted(name)})"
            ).fetchall()
            columns = new.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
            optional = {
                column
                for _, column, _, required, _, place in columns
                if not (required or place)
            }
            numbers = {number for number, *_ in references}
            for number in numbers:
                parts = [each for each in references if each[0] == number]
                cleared += _resolve(new, name, parts, optional)
        removed += new.total_changes - before - cleared
    # Observations without a play get one when plays are derived.
    new.execute(
        "UPDATE observation SET play = NULL WHERE play IS NOT NULL"
        " AND play NOT IN (SELECT id FROM play)"
        " AND play NOT IN (SELECT play FROM hidden_play)"
    )
    return removed


def _resolve(
    new: sqlite3.Connection,
    table: str,
    parts: list[tuple[int, int, str, str, str | None]],
    optional: set[str],
) -> int:
    """Mend one reference of a table wherever it refers to nothing; returns how many rows stay without it."""
    other = parts[0][2]
    matches = " AND ".join(
        f"{quoted(table)}.{quoted(mine)} = o.{quoted(theirs or 'id')}"
        for _, _, _, mine, theirs, *_ in parts
    )
    known = " AND ".join(f"{quoted(mine)} IS NOT NULL" for _, _, _, mine, *_ in parts)
    where = (
        f"{known} AND NOT EXISTS"  # noqa: S608
        f" (SELECT 1 FROM {quoted(other)} AS o WHERE {matches})"
    )
    if {mine for _, _, _, mine, *_ in parts} <= optional:
        nothing = ", ".join(f"{quoted(mine)} = NULL" for _, _, _, mine, *_ in parts)
        return new.execute(
            f"UPDATE {quoted(table)} SET {nothing} WHERE {where}"  # noqa: S608
        ).rowcount
    new.execute(f"DELETE FROM {quoted(table)} WHERE {where}")  # noqa: S608
    return 0


def _require_sense(new: sqlite3.Connection, tables: list[DamagedTable]) -> None:
    """Raise SalvageFailed where not even the version or a single observation is left."""
    if not {"meta", "observation"} <= {table.name for table in tables}:
        raise SalvageFailed("The file has no history")
    if not _count(new, "observation"):
        raise SalvageFailed("No observation can be read")
    versions = new.execute("SELECT 1 FROM meta WHERE key = 'schema_version'").fetchall()
    if versions:
        return
    if {table.name for table in tables} != set(metadata.tables):
        raise SalvageFailed("The version of the store cannot be read")
    new.execute(
        "INSERT INTO meta (key, value) VALUES ('schema_version', ?)", (str(VERSION),)
    )


def _derive(
    target: Path,
    done: Salvaged,
    progress: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> None:
    """Bring the new store to the newest schema, and derive its plays."""
    store = store_at(f"sqlite:///{target}")
    store.open(must_exist=True)
    rebuild, more = Rebuild(), True
    with store.writing() as connection:
        ingest = Ingest(connection)
        while more and not stopped():
            with store.named_errors(), connection.begin():
                more = rebuild.step(connection, ingest)
            ingest.changes.taken()
            share = rebuild.done / max(rebuild.total, 1)
            progress(done.rows, _COPYING + int((99 - _COPYING) * share))
        store.checkpoint(connection)
    done.plays_changed = rebuild.changed
