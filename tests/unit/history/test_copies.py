"""Copies of the store are whole, are made while it is written to, and are few."""

from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import shutil
import time
from typing import Any

import pytest

from custom_components.encore.history.errors import CopyFailed, SalvageFailed
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.recovery import copies
from custom_components.encore.history.recovery.copies import (
    copies_of,
    folder_of,
    made_at,
    make_copy,
    restore_copy,
    size_of,
)

from .memory import ALL, HOUR, NOON, live

THEN = datetime(2026, 11, 23, 3, 40, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the store is."""
    return tmp_path / "encore.db"


def opened(path: Path) -> History:
    """Return an open history in a file."""
    history = History(f"sqlite:///{path}")
    history.open()
    return history


def number_of_plays(history: History) -> int:
    """Return how many plays there are."""
    return history.ask(
        lambda queries: len(queries.plays(ALL, min_ms=0)), hidden=NOBODY_HIDDEN
    ).result()


def test_a_copy_has_one_state_of_a_store_that_is_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit in between neither gets into it nor begins it anew."""
    history = opened(path)
    history.append([live(NOON + place * HOUR) for place in range(500)]).result()
    steps = 0

    def write(_seconds: float) -> None:
        nonlocal steps
        steps += 1
        history.append([live(NOON - steps * HOUR)]).result()

    monkeypatch.setattr(copies, "_PAGES", 4)
    monkeypatch.setattr(time, "sleep", write)
    copy = make_copy(path, THEN)
    assert steps > 5
    assert number_of_plays(history) == 500 + steps
    history.close()
    assert copy is not None
    path.unlink()
    restore_copy(copy, path)
    restored = opened(path)
    assert number_of_plays(restored) == 500
    restored.close()
    assert copy.exists()


def test_a_copy_is_for_nobody_else_to_read(path: Path) -> None:
    """Nor is its folder, whatever the process lets others do."""
    opened(path).close()
    before = os.umask(0)
    try:
        copy = make_copy(path, THEN)
    finally:
        os.umask(before)
    assert copy is not None
    assert copy.stat().st_mode & 0o777 == 0o600
    assert folder_of(path).stat().st_mode & 0o777 == 0o700
    assert [each.name for each in folder_of(path).iterdir()] == ["20261123T034000Z.db"]
    assert made_at(copy) == THEN


def test_the_last_three_are_stored(path: Path) -> None:
    """And what is none of them is left alone, but for what a killed process left."""
    opened(path).close()
    folder_of(path).mkdir()
    (folder_of(path) / "mine.db").write_bytes(b"")
    (folder_of(path) / "20200101T000000Z.db.partial").write_bytes(b"")
    for day in range(5):
        make_copy(path, THEN + timedelta(days=day))
    stored = copies_of(path)
    assert [made_at(copy).day for copy in stored] == [27, 26, 25]
    assert size_of(path).number == 3
    assert size_of(path).bytes == sum(copy.stat().st_size for copy in stored)
    assert len(list(folder_of(path).iterdir())) == 4


def test_a_copy_of_a_damaged_store_does_not_count(path: Path) -> None:
    """Else it would take the place of one that is whole."""
    history = opened(path)
    history.append([live(NOON + place * HOUR) for place in range(500)]).result()
    history.close()
    whole = make_copy(path, THEN)
    raw = bytearray(path.read_bytes())
    raw[-40_000:] = b"\x5a" * 40_000
    path.write_bytes(raw)
    with pytest.raises(CopyFailed):
        make_copy(path, THEN + timedelta(days=1))
    assert copies_of(path) == [whole]
    assert list(folder_of(path).iterdir()) == [whole]


def test_a_copy_that_is_stopped_leaves_nothing(path: Path) -> None:
    """Home Assistant does not wait for it."""
    opened(path).close()
    assert make_copy(path, THEN, stopped=lambda: True) is None
    assert list(folder_of(path).iterdir()) == []


def test_a_disk_without_room_is_not_filled(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded needs the room more."""
    opened(path).close()

    def full(_folder: Path) -> Any:
        return type("Usage", (), {"free": 1000})

    monkeypatch.setattr(shutil, "disk_usage", full)
    with pytest.raises(CopyFailed, match="not enough room"):
        make_copy(path, THEN)


def test_a_store_that_is_gone_is_not_copied(path: Path) -> None:
    """Nor made by that."""
    with pytest.raises(CopyFailed):
        make_copy(path, THEN)
    assert not path.exists()


def test_a_damaged_copy_is_not_restored(path: Path) -> None:
    """There is no store then, as before."""
    opened(path).close()
    copy = make_copy(path, THEN)
    assert copy is not None
    copy.write_bytes(b"\x5a" * 20_000)
    path.unlink()
    with pytest.raises(SalvageFailed):
        restore_copy(copy, path)
    assert not path.exists()


def test_a_copy_takes_the_place_of_no_store(path: Path) -> None:
    """Whoever put the store back meanwhile wants that one."""
    opened(path).close()
    copy = make_copy(path, THEN)
    assert copy is not None
    with pytest.raises(SalvageFailed, match="a store again"):
        restore_copy(copy, path)
    assert path.stat().st_size == copy.stat().st_size
