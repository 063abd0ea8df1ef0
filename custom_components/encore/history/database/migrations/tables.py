"""Changes tables in place on PostgreSQL, and by copy on SQLite."""

from collections.abc import Callable, Collection, Mapping
import re
from typing import Final

from sqlalchemy import Connection, inspect, text

_OPENING: Final = re.compile(r'CREATE TABLE "?(?P<name>\w+)"?\s*\(')


def add_checks(connection: Connection, table: str, checks: Mapping[str, str]) -> None:
    """Add CHECK constraints, by their names, to a table all of whose rows keep them."""
    rules = [f"CONSTRAINT {name} CHECK ({rule})" for name, rule in checks.items()]
    if connection.dialect.name == "sqlite":

        def with_rules(made: str) -> str:
            inside, _, after = made.rpartition(")")
            return f"{inside}, {', '.join(rules)}){after}"

        _make_anew(connection, table, with_rules)
        return
    added = ", ".join(f"ADD {rule}" for rule in rules)
    connection.execute(text(f"ALTER TABLE {table} {added}"))


def change_check(
    connection: Connection, table: str, name: str, before: str, after: str
) -> None:
    """Change the rule of a CHECK constraint of a table all of whose rows keep the new one."""
    if connection.dialect.name == "sqlite":
        _make_anew(
            connection,
            table,
            lambda made: made.replace(
                f"CONSTRAINT {name} CHECK ({before})",
                f"CONSTRAINT {name} CHECK ({after})",
            ),
        )
        return
    connection.execute(
        text(
            f"ALTER TABLE {table} DROP CONSTRAINT {name},"
            f" ADD CONSTRAINT {name} CHECK ({after})"
        )
    )


def drop_references(
    connection: Connection, table: str, columns: Collection[str]
) -> None:
    """Let columns of a table refer to nothing any more, each of which does so alone."""
    if connection.dialect.name == "sqlite":

        def without_references(made: str) -> str:
            for column in columns:
                made = re.sub(
                    rf",\s*FOREIGN KEY\({column}\) REFERENCES \w+ \(\w+\)", "", made
                )
            return made

        _make_anew(connection, table, without_references)
        return
    for key in inspect(connection).get_foreign_keys(table):
        if set(key["constrained_columns"]) <= set(columns):
            connection.execute(
                text(f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}")
            )


def drop_row_ids(connection: Connection, table: str) -> None:
    """Order the rows of a table by its primary key, which PostgreSQL has no way to say."""
    if connection.dialect.name == "sqlite":
        _make_anew(connection, table, lambda made: f"{made} WITHOUT ROWID")


def _make_anew(
    connection: Connection, table: str, changed: Callable[[str], str]
) -> None:
    """Make a table from its changed statement, move its rows, and give it the old one's name.

    SQLite's own way (https://sqlite.org/lang_altertable.html#otheralter); foreign keys rest.
    """
    made, *indexes = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
        " ORDER BY type = 'index'",
        (table,),
    ).scalars()
    connection.exec_driver_sql(
        changed(_OPENING.sub(f"CREATE TABLE new_{table} (", made))
    )
    connection.exec_driver_sql(
        f"INSERT INTO new_{table} SELECT * FROM {table}"  # noqa: S608  names of the schema
    )
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    for index in indexes:
        connection.exec_driver_sql(index)
