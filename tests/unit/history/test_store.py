"""The store on disk: its settings, its schema version, and a file that is damaged."""

from pathlib import Path
import sqlite3

import pytest

from custom_components.encore.history.database.schema import VERSION, metadata
from custom_components.encore.history.database.store import Store, store_at
from custom_components.encore.history.errors import (
    HistoryError,
    StoreBroken,
    StoreClosed,
    StoreTooNew,
    StoreUnavailable,
)
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import ALL, NOON, live


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be made."""
    return tmp_path / "encore.db"


def opened(path: Path) -> History:
    """Return an open history in a file."""
    history = History(f"sqlite:///{path}")
    history.open()
    return history


def version_of(path: Path) -> str:
    """Return the schema version that a file notes."""
    connection = sqlite3.connect(path)
    try:
        [(version,)] = connection.execute(
            "SELECT value FROM meta WHERE key = 'schema_version'"
        )
    finally:
        connection.close()
    return str(version)


def set_version(path: Path, version: int) -> None:
    """Note another schema version in a file."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,)
        )
    connection.close()


def test_what_was_stored_is_there_after_opening_again(path: Path) -> None:
    """A restart loses nothing."""
    first = opened(path)
    first.append([live(NOON)]).result()
    [before] = first.ask(
        lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
    ).result()
    first.close()
    second = opened(path)
    assert second.ask(
        lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
    ).result() == [before]
    second.close()


def test_settings_of_a_connection(path: Path) -> None:
    """Write-ahead log, synchronous NORMAL, foreign keys, 16 MiB of cache."""
    store = store_at(f"sqlite:///{path}")
    store.open()
    with store.reading() as connection:
        assert [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "cache_size")
        ] == ["wal", 1, 1, -8_192]


def test_observations_are_clustered_by_their_key(path: Path) -> None:
    """Neighbours in time lie side by side, in a table without row ids."""
    opened(path).close()
    connection = sqlite3.connect(path)
    [(sql,)] = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'observation'"
    )
    connection.close()
    assert "PRIMARY KEY (listener, ended_at, track, source, ms_played" in sql
    assert "WITHOUT ROWID" in sql


def test_windows_are_searched_by_index(path: Path) -> None:
    """A window of named or all listeners reads the plays in it, not all plays."""
    store = store_at(f"sqlite:///{path}")
    store.open()
    with store.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM play WHERE play.listener IN"
            " (SELECT id FROM listener) AND started_at >= 1 AND started_at < 2"
        ).all()
    assert "(listener=? AND started_at>? AND started_at<?)" in plan[0][-1]


def test_a_store_of_a_newer_encore_is_left_alone(path: Path) -> None:
    """The error says which versions; the file is as it was."""
    opened(path).close()
    set_version(path, VERSION + 1)
    with pytest.raises(StoreTooNew) as caught:
        opened(path)
    assert (caught.value.found, caught.value.known) == (VERSION + 1, VERSION)
    assert version_of(path) == str(VERSION + 1)


def test_a_damaged_file_is_moved_aside(path: Path) -> None:
    """It is kept under a name that the error gives; a new one can be begun."""
    history = opened(path)
    history.append([live(NOON + i * 300_000) for i in range(300)]).result()
    history.close()
    raw = bytearray(path.read_bytes())
    raw[8192:-4096] = b"\x5a" * len(raw[8192:-4096])
    path.write_bytes(raw)
    broken = History(f"sqlite:///{path}")
    with pytest.raises(StoreBroken) as caught:
        broken.open()
    assert caught.value.moved_to.read_bytes()[:16] == b"SQLite format 3\0"
    assert not path.exists()
    broken.open()
    assert (
        broken.ask(lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN).result()
        == []
    )
    broken.close()


def test_a_file_that_is_no_database_is_moved_aside_too(path: Path) -> None:
    """Twice in one second, neither file is lost."""
    stored = []
    for text in (b"not a database at all" * 99, b"nor is this one, I fear" * 99):
        path.write_bytes(text)
        with pytest.raises(StoreBroken) as caught:
            opened(path)
        stored.append(caught.value.moved_to)
        assert stored[-1].read_bytes() == text
    assert stored[0] != stored[1]


def test_a_store_out_of_reach_is_not_broken(tmp_path: Path) -> None:
    """A folder that is not there is no reason to move anything."""
    with pytest.raises(StoreUnavailable):
        opened(tmp_path / "missing" / "encore.db")


def test_a_damaged_file_that_cannot_be_moved_is_left_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be written to is a store out of reach."""
    path.write_bytes(b"this is no database" * 500)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreUnavailable, match="cannot be moved aside"):
        opened(path)
    assert path.read_bytes().startswith(b"this is no database")


def test_an_opening_that_fails_half_way_can_be_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing stays open of it, not even the connection that writes."""

    def refuse(self: Store) -> None:
        raise StoreUnavailable("no more files may be opened")

    history = History(f"sqlite:///{path}")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "reading", refuse)
        with pytest.raises(StoreUnavailable):
            history.open()
    with pytest.raises(StoreClosed):
        history.append([])
    history.open()
    assert history.append([live(NOON)]).result().stored == 1
    history.close()


def test_a_closed_history_says_so(path: Path) -> None:
    """Before opening and after closing, each call raises StoreClosed; closing twice is fine."""
    history = History(f"sqlite:///{path}")
    with pytest.raises(StoreClosed):
        history.rebuild()
    history.open()
    history.close()
    history.close()
    with pytest.raises(StoreClosed):
        history.append([])
    with pytest.raises(StoreClosed):
        history.ask(lambda queries: queries.rooms(), hidden=NOBODY_HIDDEN)


def test_every_error_is_one_of_the_historys() -> None:
    """Callers may catch them all by one name."""
    assert all(
        issubclass(error, HistoryError)
        for error in (StoreTooNew, StoreBroken, StoreClosed, StoreUnavailable)
    )


def test_the_schema_fits_postgresql_as_well() -> None:
    """Every table has DDL there: nothing is SQLite's alone but the clustering."""
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  for this test alone
    from sqlalchemy.schema import CreateTable  # noqa: PLC0415

    for table in metadata.sorted_tables:
        sql = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]  # SQLAlchemy's
        assert "ROWID" not in sql


def test_a_file_whose_rows_cannot_be_is_moved_aside(path: Path) -> None:
    """The quick check at opening also finds rows that break the rules of their table."""
    history = opened(path)
    history.append([live(NOON)]).result()
    history.close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE play SET started_at = ended_at + 1")
    connection.close()
    with pytest.raises(StoreBroken, match="CHECK constraint failed in play"):
        opened(path)
    assert not path.exists()
