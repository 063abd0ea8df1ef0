"""Moves a history from one store to another: every row, in one transaction, so that all of it arrives or nothing."""

from typing import Final

from sqlalchemy import Connection, Table, func, select

from ..database.bulk import insert_many, upsert, write_many
from ..database.migrations import SCHEMA_VERSION
from ..database.play_tables import observation
from ..database.record_tables import meta
from ..database.schema import metadata
from ..database.store import store_at
from ..errors import StoreTaken

_AT_ONCE: Final = 5_000


def copy(source: str, target: str) -> int:
    """Copy the history at one URL into the empty store at another, which is made if need be.

    Nobody may write to the source meanwhile. Returns how many rows that were. Blocks. Raises
    ValueError for what is no URL, StoreTaken where the target has a history, and StoreTooNew,
    StoreBroken, StoreMissing for a source that does not exist, or StoreUnavailable.
    """
    old, new = store_at(source), store_at(target)
    old.require()
    new.open()
    with (
        old.reading() as reading,
        new.writing() as writing,
        old.named_errors(),
        new.named_errors(),
        reading.begin(),
        writing.begin(),
    ):
        if writing.execute(select(func.count()).select_from(observation)).scalar_one():
            raise StoreTaken("There is a history already")
        _copy_marks(reading, writing)
        return sum(
            _copied(reading, writing, table)
            for table in metadata.sorted_tables
            if table is not meta
        )


def _copy_marks(reading: Connection, writing: Connection) -> None:
    """Copy a store's own marks: its salt recognizes what was deleted."""
    marks = reading.execute(
        select(meta.c.key, meta.c.value).where(meta.c.key != SCHEMA_VERSION)
    )
    write_many(
        writing,
        upsert("meta", "key", "value"),
        [tuple(mark) for mark in marks],
    )


def _copied(reading: Connection, writing: Connection, table: Table) -> int:
    names = ", ".join(column.name for column in table.columns)
    # What others of the same table refer to comes first.
    own = [
        column.is_not(None)
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    found = reading.execute(
        select(table).order_by(*own), execution_options={"yield_per": _AT_ONCE}
    )
    insert = f"INSERT INTO {table.name} ({names}) VALUES"
    rows = 0
    for some in found.partitions():
        insert_many(writing, insert, [tuple(row) for row in some])
        rows += len(some)
    return rows
