"""Stores as earlier versions left them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from custom_components.encore.history.bulk import insert_many

_TABLES = Path(__file__).with_name("version_1.sql").read_text()


def make_version_1(
    connection: Connection, rows: Mapping[str, Sequence[tuple[Any, ...]]]
) -> None:
    """Make a store of schema version 1 with some rows for its tables, inside a transaction."""
    for statement in _TABLES.split(";\n")[:-1]:
        connection.exec_driver_sql(statement)
    for table, values in {"meta": [("schema_version", "1")], **rows}.items():
        insert_many(connection, f'INSERT INTO "{table}" VALUES', values)
