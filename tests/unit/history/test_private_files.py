"""Files that Encore writes are for the user who runs Home Assistant alone, also those that were open to others before."""

from collections.abc import Iterator
import logging
import os
from pathlib import Path
import sqlite3

import pytest

from custom_components.encore.history.database import private_files
from custom_components.encore.history.database.schema import VERSION
from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.errors import StoreBroken
from custom_components.encore.history.exports.exporter import ExportFormat
from custom_components.encore.history.history import History
from custom_components.encore.history.imports.watched_files import IMPORTED, set_aside

from .memory import NOON, live
from .test_export_files import export

FILE, FOLDER = 0o600, 0o700


@pytest.fixture(autouse=True)
def lenient() -> Iterator[None]:
    """Run with the usual umask, which lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


def modes(folder: Path) -> dict[str, int]:
    """Return the modes of what lies in a folder."""
    return {each.name: mode(each) for each in folder.iterdir()}


def opened(path: Path) -> History:
    """Return an open history in a file, which has a log."""
    history = History(f"sqlite:///{path}")
    history.open()
    history.append([live(NOON)]).result()
    return history


def test_a_new_store_and_its_logs_are_private(tmp_path: Path) -> None:
    """SQLite gives its logs the mode of the file."""
    history = opened(tmp_path / "encore.db")
    found = modes(tmp_path)
    history.close()
    assert found == dict.fromkeys(("encore.db", "encore.db-shm", "encore.db-wal"), FILE)


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """With its logs, and with what was kept of it when it was damaged or a migration failed."""
    store = tmp_path / "encore.db"
    opened(store).close()
    keeper = sqlite3.connect(store)  # with it, a log outlives the next opening
    keeper.execute("SELECT count(*) FROM meta").fetchall()
    stored = "encore.db.broken-20260714T120000", "encore.db.kept-before-7"
    for name in stored:
        (tmp_path / name).write_bytes(b"")
    for each in tmp_path.iterdir():
        each.chmod(0o664)
    history = opened(store)
    found = modes(tmp_path)
    history.close()
    keeper.close()
    names = ("encore.db", "encore.db-shm", "encore.db-wal", *stored)
    assert found == dict.fromkeys(names, FILE)


def test_a_linked_store_is_made_where_the_link_leads(tmp_path: Path) -> None:
    """The folder of the configuration may hold a link to another disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "encore.db").symlink_to(disk / "music.db")
    history = opened(tmp_path / "encore.db")
    found = modes(disk)
    history.close()
    assert found == dict.fromkeys(("music.db", "music.db-shm", "music.db-wal"), FILE)


def test_what_is_moved_aside_and_started_again_is_private(tmp_path: Path) -> None:
    """A damaged store stays as private as its successor."""
    store = tmp_path / "encore.db"
    store.write_bytes(b"no database at all" * 400)
    with pytest.raises(StoreBroken) as broken:
        store_at(f"sqlite:///{store}").open()
    store_at(f"sqlite:///{store}").open()
    assert mode(broken.value.moved_to) == mode(store) == FILE


def test_the_copy_before_a_migration_is_private(tmp_path: Path) -> None:
    """It has all that the store has, for as long as the migration takes."""
    store = tmp_path / "encore.db"
    opened(store).close()
    seen: dict[str, int] = {}

    def look(_connection: object) -> None:
        seen.update(modes(tmp_path))

    last = store_at(f"sqlite:///{store}")
    last.open(version=VERSION + 1, steps={VERSION + 1: look})
    copies = {name: each for name, each in seen.items() if ".copy-before-" in name}
    assert [*copies.values()] == [FILE]


@pytest.mark.parametrize("form", list(ExportFormat))
def test_exports_are_private(
    history: History, tmp_path: Path, form: ExportFormat
) -> None:
    """Also where a file of the name was readable for everybody."""
    history.append([live(NOON)]).result()
    suffix = ".zip" if form is ExportFormat.JSON else f".{form}"
    new, old = tmp_path / f"new{suffix}", tmp_path / f"old{suffix}"
    old.write_bytes(b"")
    old.chmod(0o666)
    export(history, new, form=form)
    export(history, old, form=form, overwrite=True)
    assert (mode(new), mode(old)) == (FILE, FILE)


@pytest.mark.parametrize("there", [False, True])
def test_the_folder_for_imported_exports_is_private(
    tmp_path: Path, *, there: bool
) -> None:
    """Encore makes it, and an earlier version may have made it for everybody."""
    export_file = tmp_path / "my_spotify_data.zip"
    export_file.write_bytes(b"PK")
    if there:
        (tmp_path / IMPORTED).mkdir(mode=0o755)
    set_aside(export_file, IMPORTED)
    assert mode(tmp_path / IMPORTED) == FOLDER


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    """None that is new lets others in; one that was there stays as it was."""
    tmp_path.chmod(0o755)
    private_files.make_folder(tmp_path / "cache" / "uploads")
    assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "cache") == mode(tmp_path / "cache" / "uploads") == FOLDER


def test_what_cannot_be_closed_is_named_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A file of another user still serves."""
    file = tmp_path / "encore.db"
    file.write_bytes(b"")
    file.chmod(0o644)

    def refuse(_self: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    with caplog.at_level(logging.WARNING):
        private_files.close_files([file, tmp_path / "missing"])
    assert f"Others can read {file}: Operation not permitted" in caplog.text
    assert "missing" not in caplog.text
