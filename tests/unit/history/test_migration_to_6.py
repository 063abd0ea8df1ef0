"""The tables refuse what cannot be, in old stores as in new ones; what was there of it is mended."""
# ruff: noqa: S608  numbers that the program knows

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError

from custom_components.encore.history.database.schema import metadata
from custom_components.encore.history.database.store import Store
from custom_components.encore.history.ingest.catalog import RANK
from custom_components.encore.history.model import Kind, Source
from custom_components.encore.history.records.recording_coverage import GapReason

from .older import brought_from_version_1
from .telling import ALVA, NOON, SONG, Memory, exported, live

OBSERVED = (0, NOON - 200_000, *8 * [None])
"""What ends the row of an observation, but for its play."""

SOUND: dict[str, list[tuple[Any, ...]]] = {
    "listener": [(1, ALVA.key, ALVA.name)],
    "room": [(1, "area:kitchen", "Kitchen")],
    "artist": [(1, "Ilse Vann")],
    "track": [(1, SONG.uri, 1, SONG.title, None, 1, 200_000, None, None, 3)],
    "track_artist": [(1, 0, 1)],
    "song_key": [(SONG.uri, 1)],
    "observation": [(1, NOON, 1, 1, 200_000, *OBSERVED, 1)],
    "observation_room": [(1, NOON, 1, 1, 200_000, 0, 1, NOON - 200_000, NOON)],
    "play": [(1, 1, NOON - 200_000, 1, NOON, 200_000, 2, *3 * [None])],
    "play_room": [(1, 1, NOON - 200_000, NOON)],
}
"""One live play."""


@pytest.fixture
def brought(new_store: Callable[[], str]) -> Iterator[Memory]:
    """Give a store with a play that was brought from version 1."""
    with brought_from_version_1(new_store(), SOUND) as connection:
        yield Memory(connection)


def described(connection: Connection) -> dict[str, object]:
    """Return what each table is made of."""
    found = inspect(connection)
    return {
        table: (
            [
                (column["name"], column["nullable"], str(column["type"]))
                for column in found.get_columns(table)
            ],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(_references(connection, table)),
            sorted(str(index["column_names"]) for index in found.get_indexes(table)),
            sorted(
                str(key["column_names"]) for key in found.get_unique_constraints(table)
            ),
            sorted(
                (str(check["name"]), check["sqltext"])
                for check in found.get_check_constraints(table)
            ),
        )
        for table in found.get_table_names()
    }


def _references(connection: Connection, table: str) -> list[tuple[str, ...]]:
    """Return what columns refer to, and what becomes of a row whose other one goes."""
    if connection.dialect.name == "sqlite":
        # SQLAlchemy reads the text of a table, and not all ways to write it.
        rows = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")')
        return [(row[3], row[2], row[6]) for row in rows]
    return [
        (column, key["referred_table"], key["options"].get("ondelete", "NO ACTION"))
        for key in inspect(connection).get_foreign_keys(table)
        for column in key["constrained_columns"]
    ]


def change(store: Memory, statement: str) -> None:
    """Run a statement in a transaction of its own."""
    store.connection.rollback()
    with store.connection.begin():
        store.connection.exec_driver_sql(statement)


def test_a_store_of_version_1_comes_to_have_the_tables_of_a_new_one(
    brought: Memory, new_store: Callable[[], str]
) -> None:
    """Columns, keys, indexes and rules; and its rows are all there."""
    with Store(new_store()).writing() as new, new.begin():
        metadata.create_all(new)
        expected = described(new)
    with brought.connection.begin():
        assert described(brought.connection) == expected
    [play] = brought.plays()
    assert (play.item.title, len(play.rooms)) == (SONG.title, 1)
    brought.append(exported(NOON))
    [play] = brought.plays()
    assert play.sources == {Source.LIVE, Source.EXPORT}


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE track SET kind = 0",
        "UPDATE track SET kind = 7",
        "UPDATE track SET duration_ms = -1",
        "UPDATE track SET told_by = 4",
        "UPDATE observation SET started_at = ended_at + 1",
        "UPDATE observation SET ms_played = -1",
        "UPDATE observation SET source = 0",
        "UPDATE observation SET source = 7",
        "UPDATE observation SET offline_at = -1",
        "UPDATE observation_room SET to_ms = from_ms - 1",
        "UPDATE play SET started_at = ended_at + 1",
        "UPDATE play SET ms_played = -1",
        "UPDATE play SET sources = 0",
        "UPDATE play SET sources = 128",
        "UPDATE play_room SET to_ms = from_ms - 1",
        "INSERT INTO recording VALUES (1, 7, 1, 2)",
        "INSERT INTO recording VALUES (1, 1, 2, 2)",
        "INSERT INTO recording_gap VALUES (1, 10, 1, 2)",
        "INSERT INTO recording_gap VALUES (1, 1, 2, 2)",
    ],
)
def test_the_tables_refuse_what_cannot_be(brought: Memory, wrong: str) -> None:
    """Whatever the program does."""
    if "_room" not in wrong:
        # Else it would be a reference that is broken.
        change(brought, "DELETE FROM observation_room")
    with pytest.raises(IntegrityError, match=r"(?i)check"):
        change(brought, wrong)


def test_the_tables_take_all_that_can_be(store: Memory) -> None:
    """Every source, kind and reason that the program knows."""
    store.append(live(NOON))
    statements = [
        *(f"UPDATE track SET kind = {kind:d}" for kind in Kind),
        *(f"UPDATE track SET told_by = {rank}" for rank in {-1, *RANK.values()}),
        *(f"UPDATE play SET sources = {1 << source}" for source in Source),
        f"UPDATE play SET sources = {sum(1 << source for source in Source)}",
        *(f"UPDATE observation SET source = {source:d}" for source in Source),
        *(f"INSERT INTO recording VALUES (1, {source:d}, 1, 2)" for source in Source),
        *(
            f"INSERT INTO recording_gap VALUES (1, {reason:d}, 1, 2)"
            for reason in GapReason
        ),
    ]
    for statement in statements:
        change(store, statement)


def test_what_cannot_be_does_not_keep_an_old_store_from_its_new_version(
    new_store: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    """It is corrected or removed, and said in the log; plays are derived again from what is left."""
    rows = {
        **SOUND,
        "track": [
            *SOUND["track"],
            (2, "spotify:track:second", 9, "Second", None, 2, -5, None, None, 77),
        ],
        "song_key": [*SOUND["song_key"], ("spotify:track:second", 2)],
        "observation": [
            *SOUND["observation"],
            # A second witness of the live play, by nobody known.
            (1, NOON + 1_000, 1, 12, 200_000, *OBSERVED, 1),
            # Heard before time began.
            (1, NOON, 2, 3, 60_000, -1, NOON - 60_000, *8 * [None], 2),
            # Sound, of a play that is not.
            (1, NOON + 900_000, 2, 3, 60_000, 0, NOON + 840_000, *8 * [None], 3),
        ],
        "observation_room": [
            *SOUND["observation_room"],
            (1, NOON, 1, 1, 200_000, 0, 1, NOON, NOON - 1),
            (1, NOON, 2, 3, 60_000, -1, 1, NOON - 60_000, NOON),
        ],
        "play": [
            (1, 1, NOON - 200_000, 1, NOON, 200_000, 2 | 1 << 12, *3 * [None]),
            (2, 1, NOON - 60_000, 2, NOON, 60_000, 8, *3 * [None]),
            (3, 1, NOON + 840_000, 2, NOON + 900_000, -60_000, 8, *3 * [None]),
        ],
        "play_room": [*SOUND["play_room"], (1, 1, NOON, NOON - 1)],
    }
    with brought_from_version_1(new_store(), rows) as connection:
        store = Memory(connection)
        store.settle()
        assert [
            (
                play.item.title,
                play.item.kind,
                play.ms_played,
                set(play.sources),
                len(play.rooms),
            )
            for play in store.plays()
        ] == [
            (SONG.title, Kind.TRACK, 200_000, {Source.LIVE}, 1),
            ("Second", Kind.TRACK, 60_000, {Source.EXPORT}, 0),
        ]
        assert store.rebuild() == 0
    said = [
        record.message for record in caplog.records if "cannot be" in record.message
    ]
    assert sorted(said) == [
        "1 rows of observation_room that cannot be were removed",
        "1 rows of recording that cannot be were removed",
        "1 rows of track that cannot be were corrected",
        "1 rows of track that cannot be were corrected",
        "1 rows of track that cannot be were corrected",
        "2 rows of observation that cannot be were removed",
        "3 rows of play that cannot be were removed",
    ]
