"""Steps from one schema version to the next: in order, once, and without a trace where they fail."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
import sqlite3

import pytest
from sqlalchemy import Connection

from custom_components.encore.history.database.migrations import STEPS, Step
from custom_components.encore.history.database.schema import VERSION
from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.errors import (
    MigrationFailed,
    StoreBroken,
    StoreUnavailable,
)
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import ALL, NOON, live


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a store of today's version, with a play in it."""
    file = tmp_path / "encore.db"
    history = History(f"sqlite:///{file}")
    history.open()
    history.append([live(NOON, rooms=())]).result()
    history.close()
    return file


def migrated(path: Path, steps: Mapping[int, Step]) -> None:
    """Open a store for a version beyond today's, by steps that are not today's."""
    store_at(f"sqlite:///{path}").open(version=max(steps), steps=steps)


def found(path: Path) -> tuple[str, set[str], int]:
    """Return the version of a store, its tables, and how many plays it has."""
    with closing(sqlite3.connect(path)) as connection:
        [(version,)] = connection.execute(
            "SELECT value FROM meta WHERE key = 'schema_version'"
        )
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        [(plays,)] = connection.execute("SELECT count(*) FROM play")
        return version, {name for (name,) in tables}, plays


def files(path: Path) -> set[str]:
    """Return what lies beside a store that is closed, without the store."""
    return {file.name for file in path.parent.iterdir()} - {path.name}


def _add_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE extra (id INTEGER PRIMARY KEY)")


def _add_and_fail(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM play")
    raise RuntimeError("the step fails")


def _commit_and_fail(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM observation")
    connection.exec_driver_sql("DELETE FROM play")
    connection.exec_driver_sql("COMMIT")
    raise RuntimeError("the step fails")


def _orphan(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM listener")


def test_there_is_a_step_to_each_version() -> None:
    """From the first version on, none is left out."""
    assert list(STEPS) == list(range(2, VERSION + 1))


def test_steps_are_taken_in_order_and_once(path: Path) -> None:
    """A store goes from its version to the newest, a step at a time."""
    taken: list[int] = []
    steps = {
        VERSION + 1: lambda _: taken.append(1),
        VERSION + 2: lambda _: taken.append(2),
    }
    for _ in range(2):
        migrated(path, steps)
    assert taken == [1, 2]
    assert found(path)[0] == str(VERSION + 2)
    assert files(path) == set()


def test_a_step_that_fails_leaves_no_trace(path: Path) -> None:
    """Tables too are made within the transaction; the steps before it stay."""
    with pytest.raises(MigrationFailed) as caught:
        migrated(path, {VERSION + 1: _add_table, VERSION + 2: _add_and_fail})
    assert (caught.value.version, caught.value.copy) == (VERSION + 2, None)
    version, tables, plays = found(path)
    assert (version, plays) == (str(VERSION + 1), 1)
    assert "extra" in tables
    assert "half" not in tables
    assert files(path) == set()


def test_what_a_failed_step_committed_is_undone_from_the_copy(path: Path) -> None:
    """Whatever a step did to the file, it is as before; and it can be used."""
    with pytest.raises(MigrationFailed):
        migrated(path, {VERSION + 1: _commit_and_fail})
    version, tables, plays = found(path)
    assert (version, plays) == (str(VERSION), 1)
    assert "half" not in tables
    assert files(path) == set()
    history = History(f"sqlite:///{path}")
    history.open()
    assert (
        len(
            history.ask(
                lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
            ).result()
        )
        == 1
    )
    history.close()


def test_a_copy_that_cannot_be_put_back_is_stored(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says where; a later start does not clear it away."""

    def away(connection: Connection) -> None:
        monkeypatch.setattr(sqlite3, "connect", refused)
        _commit_and_fail(connection)

    def refused(path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError(f"no more files may be opened: {path}")

    with pytest.raises(MigrationFailed) as caught:
        migrated(path, {VERSION + 1: away})
    monkeypatch.undo()
    copy = caught.value.copy
    assert copy is not None
    assert found(copy)[2] == 1
    store_at(f"sqlite:///{path}").open()
    assert copy.exists()


def test_a_step_may_not_leave_rows_that_refer_to_none(path: Path) -> None:
    """Foreign keys rest while a step runs, and are checked before it is committed."""
    with pytest.raises(MigrationFailed) as caught:
        migrated(path, {VERSION + 1: _orphan})
    assert "refers to none in listener" in str(caught.value.__cause__)
    assert found(path)[0] == str(VERSION)


def test_no_step_is_taken_without_a_copy(path: Path) -> None:
    """Here a folder is in its place; as good is a disk without room for it."""
    (path.parent / f"{path.name}.copy-before-{VERSION + 1}").mkdir()
    taken: list[int] = []
    with pytest.raises(StoreUnavailable, match="No copy could be made"):
        migrated(path, {VERSION + 1: lambda _: taken.append(1)})
    assert taken == []


def test_a_copy_that_a_killed_migration_left_is_cleared_away(path: Path) -> None:
    """The transaction has seen to the store itself."""
    copy = path.parent / f"{path.name}.copy-before-2"
    copy.write_bytes(path.read_bytes())
    store_at(f"sqlite:///{path}").open()
    assert not copy.exists()


def test_the_copy_of_a_store_that_is_damaged_is_stored_beside_it(path: Path) -> None:
    """What ended a migration may have damaged the file as well: then the copy is all there is."""
    copy = path.parent / f"{path.name}.copy-before-2"
    copy.write_bytes(whole := path.read_bytes())
    path.write_bytes(b"no database at all" * 100)
    store = store_at(f"sqlite:///{path}")
    with pytest.raises(StoreBroken) as broken:
        store.open()
    store.open()
    moved = broken.value.moved_to
    assert moved.with_name(f"{moved.name}.copy-before-2").read_bytes() == whole
