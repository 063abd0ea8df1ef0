"""A store of version 1 gets the tables of forgetting, and forgets like a new one."""

from sqlalchemy import Connection, inspect

from custom_components.encore.history.migrations import migrate
from custom_components.encore.history.schema import metadata
from custom_components.encore.history.store import Store

from .older import make_version_1
from .telling import NOON, Memory, live

TABLES = ("forgetting", "hidden_play", "forgotten_song", "forgotten_observation")


def described(connection: Connection) -> list[object]:
    """Return the columns, keys and indexes of the tables."""
    found = inspect(connection)
    return [
        (
            [
                (str(column["type"]), column["name"], column["nullable"])
                for column in found.get_columns(table)
            ],
            found.get_pk_constraint(table)["constrained_columns"],
            {key["referred_table"] for key in found.get_foreign_keys(table)},
            [index["column_names"] for index in found.get_indexes(table)],
        )
        for table in TABLES
    ]


def test_the_tables_are_those_of_a_new_store() -> None:
    """Column by column, and what is forgotten is hidden."""
    with Store("sqlite://").writing() as new, new.begin():
        metadata.create_all(new)
        expected = described(new)
    with Store("sqlite://").writing() as connection:
        with connection.begin():
            make_version_1(connection, {})
        migrate(connection)
        with connection.begin():
            assert described(connection) == expected
        store = Memory(connection)
        store.append(live(NOON))
        store.forget(artist="Tor")
        assert store.plays() == []
