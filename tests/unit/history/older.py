"""Stores as earlier versions left them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import insert_many
from custom_components.encore.history.database.store import Store

_TABLES = Path(__file__).with_name("version_1.sql").read_text()


@contextmanager
def brought_from_version_1(
    url: str, rows: Mapping[str, Sequence[tuple[Any, ...]]]
) -> Iterator[Connection]:
    """Bring a store of schema version 1, with some rows for its tables, to the newest.

    What waits to be merged again still waits.
    """
    with Store(url).writing() as connection, connection.begin():
        _make(connection, rows)
    Store(url).open()
    with Store(url).writing() as connection:
        yield connection


def _make(
    connection: Connection, rows: Mapping[str, Sequence[tuple[Any, ...]]]
) -> None:
    """Make the tables; PostgreSQL is given the same, as far as it knows what they are made of."""
    tables = _TABLES
    if connection.dialect.name == "postgresql":
        tables = tables.replace(" WITHOUT ROWID", "").replace(
            " TEXT", ' TEXT COLLATE "C"'
        )
    for statement in tables.split(";\n")[:-1]:
        connection.exec_driver_sql(statement)
    for table, values in {"meta": [("schema_version", "1")], **rows}.items():
        insert_many(connection, f'INSERT INTO "{table}" VALUES', values)
