"""Copies of the store beside it: made while it is written to, checked before they count, and taken back.

They replace a file that is damaged or missing. PostgreSQL has its own backups.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
import shutil
import sqlite3
import time
from typing import Final, NamedTuple

from ..database.private_files import create, make_folder
from ..errors import CopyFailed, SalvageFailed
from .salvage import put_in_place

MOST_COPIES: Final = 3

_FOLDER: Final = ".copies"
_NAME: Final = "%Y%m%dT%H%M%SZ.db"
_PARTIAL: Final = ".partial"
_RESTORED: Final = ".restored"

_PAGES: Final = 256
"""Pages that are copied at once: a megabyte."""
_REST_S: Final = 0.01
"""How long the disk is left to others after each such step."""


class Copies(NamedTuple):
    """What there is of copies."""

    number: int
    bytes: int


def folder_of(store: Path) -> Path:
    """Return the folder of the copies of a store."""
    return store.with_name(store.name + _FOLDER)


def copies_of(store: Path) -> list[Path]:
    """Return the copies of a store, the newest first."""
    found = folder_of(store).glob("*.db")
    return sorted((each for each in found if _is_copy(each)), reverse=True)


def _is_copy(file: Path) -> bool:
    """Whether Encore named a file."""
    try:
        made_at(file)
    except ValueError:
        return False
    return True


def made_at(copy: Path) -> datetime:
    """Return when a copy was begun."""
    return datetime.strptime(copy.name, _NAME).replace(tzinfo=UTC)


def size_of(store: Path) -> Copies:
    """Return how many copies there are, and how much room they take."""
    sizes = []
    for copy in copies_of(store):
        with suppress(FileNotFoundError):
            sizes.append(copy.stat().st_size)
    return Copies(len(sizes), sum(sizes))


def drop_copies(store: Path) -> None:
    """Remove all copies."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder_of(store))


def make_copy(
    store: Path, now: datetime, *, stopped: Callable[[], bool] = lambda: False
) -> Path | None:
    """Copy a store at a moment, check the copy, and let go of those that are too many. Blocks.

    Writing to the store goes on. Returns None where it was `stopped`. Raises CopyFailed.
    """
    folder = folder_of(store)
    copy = folder / now.astimezone(UTC).strftime(_NAME)
    partial = copy.with_name(copy.name + _PARTIAL)
    try:
        make_folder(folder)
        for left in folder.glob(f"*{_PARTIAL}*"):
            left.unlink()  # of a process that was killed
        if shutil.disk_usage(folder).free < 2 * store.stat().st_size:
            raise CopyFailed("There is not enough room on the disk")
        create(partial).close()
        try:
            if not _copied(store, partial, stopped):
                return None
            partial.rename(copy)
        finally:
            partial.unlink(missing_ok=True)
        for old in copies_of(store)[MOST_COPIES:]:
            old.unlink()
    except (OSError, sqlite3.Error) as err:
        raise CopyFailed(str(err)) from err
    return copy


class _Stopped(Exception):
    """Copying is to end."""


def _copied(store: Path, to: Path, stopped: Callable[[], bool]) -> bool:
    """Copy into an empty file, and check it; False where it was stopped. Raises CopyFailed and sqlite3.Error."""

    def rest(_status: int, _left: int, _total: int) -> None:
        if stopped():
            raise _Stopped
        time.sleep(_REST_S)

    with (
        closing(_reading(store)) as source,
        closing(sqlite3.connect(to, isolation_level=None)) as copy,
    ):
        # One state is copied, whatever is written meanwhile; else each commit would restart the copy.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            source.backup(copy, pages=_PAGES, progress=rest)
        except _Stopped:
            return False
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")
        _require_whole(copy)
    return True


def _reading(store: Path) -> sqlite3.Connection:
    # A connection that may only read could not set up what SQLite shares in memory, where it is the first.
    connection = sqlite3.connect(
        f"{store.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
    )
    connection.execute("PRAGMA query_only=ON")
    return connection


def _require_whole(copy: sqlite3.Connection) -> None:
    ((found,),) = copy.execute("PRAGMA quick_check(1)").fetchall()
    if found != "ok":
        raise CopyFailed(f"The copy is damaged: {found}")


def restore_copy(copy: Path, store: Path) -> None:
    """Make the store, where there must be none, from a copy, which stays. Blocks. Raises SalvageFailed."""
    restored = store.with_name(store.name + _RESTORED)
    try:
        restored.unlink(missing_ok=True)
        create(restored).close()
        shutil.copyfile(copy, restored)
        with closing(sqlite3.connect(restored, isolation_level=None)) as whole:
            _require_whole(whole)
        put_in_place(restored, store)
    except (OSError, sqlite3.Error, CopyFailed) as err:
        raise SalvageFailed(str(err)) from err
    finally:
        restored.unlink(missing_ok=True)
