"""New rules for tables that are there: added on PostgreSQL; on SQLite the table is made anew."""

from collections.abc import Mapping
import re
from typing import Final

from sqlalchemy import Connection, text

_OPENING: Final = re.compile(r'CREATE TABLE "?(?P<name>\w+)"?\s*\(')


def add_checks(connection: Connection, table: str, checks: Mapping[str, str]) -> None:
    """Add CHECK constraints, by their names, to a table all of whose rows keep them."""
    rules = [f"CONSTRAINT {name} CHECK ({rule})" for name, rule in checks.items()]
    if connection.dialect.name == "sqlite":
        _make_anew(connection, table, rules)
        return
    added = ", ".join(f"ADD {rule}" for rule in rules)
    connection.execute(text(f"ALTER TABLE {table} {added}"))


def _make_anew(connection: Connection, table: str, rules: list[str]) -> None:
    """Make a table with more rules, move its rows, and give it the old one's name.

    SQLite's own way (https://sqlite.org/lang_altertable.html#otheralter); foreign keys rest.
    """
    made, *indexes = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
        " ORDER BY type = 'index'",
        (table,),
    ).scalars()
    inside, _, after = _OPENING.sub(f"CREATE TABLE new_{table} (", made).rpartition(")")
    connection.exec_driver_sql(f"{inside}, {', '.join(rules)}){after}")
    connection.exec_driver_sql(
        f"INSERT INTO new_{table} SELECT * FROM {table}"  # noqa: S608  names of the schema
    )
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    for index in indexes:
        connection.exec_driver_sql(index)
