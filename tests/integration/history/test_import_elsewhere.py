"""A large export is read by a process of its own, to the same end, and whatever becomes of that process."""

from collections.abc import Callable
from contextlib import closing
import os
from pathlib import Path
import signal
import subprocess
import sys
import threading

import pytest

from benchmarks._exports import write_export
from custom_components.encore.history.errors import (
    ImportInterrupted,
    ImportRefused,
    Refusal,
)
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import import_process, importer
from custom_components.encore.history.imports.import_process import read_elsewhere
from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.history.imports.package import opened
from custom_components.encore.history.imports.reading import Part, ReadRequest, read
from custom_components.encore.history.records.import_report import ImportProgress
from tests.unit.history.exports import AUDIO, NAMELESS, VIDEO, row, zipped
from tests.unit.history.memory import ALVA, NOON

ACCOUNT = "StreamingHistory_podcast_0.json"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return an export with a bit of everything: names, gaps, skipped rows, a broken file."""
    return zipped(
        tmp_path / "mixed.zip",
        {
            AUDIO: [
                row(),
                row(NOON + 300_000, skipped=None, shuffle=True, reason_end="fwdbtn"),
                row(NOON + 600_000, **NAMELESS),
                row(NOON + 900_000, ms=None),
                row(NOON + 1_200_000, offline=True, offline_timestamp=NOON // 1000),
                row(NOON + 1_500_000, master_metadata_track_name="Läg\u0000e «Ø»"),
            ],
            ACCOUNT: [
                {
                    "endTime": "2024-03-01 12:00",
                    "podcastName": "Night Desk",
                    "episodeName": "Tides",
                    "msPlayed": 60_000,
                }
            ],
            VIDEO: b"[{]",
        },
    )


def asked_of(export: Path, **more: int) -> ReadRequest:
    """Return a request for all files of an export."""
    with opened(export, Limits()) as found:
        return ReadRequest(
            str(export), Limits(), {f.name: 0 for f in found.files}, **more
        )


def reported(part: Part) -> str:
    """Return what a part says, in a form that compares."""
    return repr(part)


def test_it_reports_what_reading_here_reports(mixed: Path) -> None:
    """Part for part, with columns of the same numbers."""
    asked = asked_of(mixed, rows=0)
    with opened(mixed, Limits()) as export:
        here = [*read(export, asked)]
    assert [*map(reported, read_elsewhere(asked))] == [*map(reported, here)]
    assert len(here) == 5


def test_it_stops_at_the_limit_of_rows(mixed: Path) -> None:
    """Rows of what was imported before count."""
    asked = asked_of(mixed, rows=Limits().rows - 3)
    refused = next(part for part in read_elsewhere(asked) if part.file == AUDIO)
    assert getattr(refused.result, "reason", None) is Refusal.TOO_LARGE


def test_what_is_gone_is_refused_as_here(tmp_path: Path) -> None:
    """The error crosses over with its reason and its file."""
    asked = ReadRequest(str(tmp_path / "gone.zip"), Limits(), {}, 0)
    with pytest.raises(ImportRefused) as err:
        list(read_elsewhere(asked))
    assert (err.value.reason, err.value.file) == (Refusal.NOT_FOUND, "gone.zip")


def readers() -> list[int]:
    """Return the processes that this one began and that live."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(each) for each in children.read_text().split()]


def test_it_ends_with_who_asked(mixed: Path) -> None:
    """Whoever wants no more leaves nothing behind."""
    before = readers()
    with closing(read_elsewhere(asked_of(mixed, rows=0))) as parts:
        next(parts)
        assert len(readers()) == len(before) + 1
    assert readers() == before


def test_a_reader_that_dies_is_reported(tmp_path: Path) -> None:
    """It had more to say than a pipe holds."""
    export = tmp_path / "export.zip"
    write_export(export, 30_000, seed=5)
    before = readers()
    parts = read_elsewhere(asked_of(export, rows=0))
    next(parts)
    (reader,) = set(readers()) - set(before)
    os.kill(reader, signal.SIGKILL)
    with pytest.raises(ImportInterrupted) as err:
        list(parts)
    assert err.value.code == -signal.SIGKILL


def test_a_reader_that_cannot_begin_is_reported(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that ends at once."""
    program = tmp_path / "broken.py"
    program.write_text("raise SystemExit(3)")
    monkeypatch.setattr(import_process, "_PROGRAM", program)
    with pytest.raises(ImportInterrupted) as err:
        list(read_elsewhere(asked_of(mixed, rows=0)))
    assert err.value.code == 3


def test_a_reader_may_say_why_it_ends(
    mixed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is not ended before its last words, and its own exit code is told."""
    program = tmp_path / "failing.py"
    program.write_text(
        "import time\n"
        "with open(1, 'wb'):\n    pass\n"
        "time.sleep(0.2)\n"
        "raise ValueError('this is why')"
    )
    monkeypatch.setattr(import_process, "_PROGRAM", program)
    with pytest.raises(ImportInterrupted) as err:
        list(read_elsewhere(asked_of(mixed, rows=0)))
    assert err.value.code == 1
    assert "this is why" in capfd.readouterr().err


@pytest.mark.parametrize("how", ["cancelled", "closed"])
def test_a_reader_that_hangs_keeps_nobody_from_stopping(
    mixed: Path,
    tmp_path: Path,
    new_store: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """As on a share that is gone: neither who cancels the import nor who closes the history waits for it."""
    program = tmp_path / "hanging.py"
    program.write_text("import time\ntime.sleep(600)")
    monkeypatch.setattr(import_process, "_PROGRAM", program)
    monkeypatch.setattr(importer, "READ_HERE_BYTES", 0)
    begun: list[subprocess.Popen[bytes]] = []
    begin, asked, cancelled = (
        import_process._reader,
        threading.Event(),
        threading.Event(),
    )

    def reader() -> subprocess.Popen[bytes]:
        begun.append(begin())
        asked.set()
        return begun[-1]

    monkeypatch.setattr(import_process, "_reader", reader)
    history = History(new_store())
    history.open()
    importing = history.import_export(mixed, ALVA, cancelled=cancelled)
    assert asked.wait(30)
    if how == "cancelled":
        cancelled.set()
        assert importing.result(30).cancelled
    history.close()
    assert importing.result(0).cancelled
    assert begun[0].returncode == -signal.SIGKILL


@pytest.mark.parametrize("python", [None, "", "/nowhere/python3"])
def test_without_a_process_it_is_read_here(
    mixed: Path, monkeypatch: pytest.MonkeyPatch, python: str | None
) -> None:
    """Where Python does not know its own program, or the system starts none."""
    monkeypatch.setattr(sys, "executable", python)
    assert len([*read_elsewhere(asked_of(mixed, rows=0))]) == 5


def test_a_reader_of_another_version_is_not_asked(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update waits on the disk for the next start; its columns may be others."""
    program = tmp_path / "code" / "reader.py"
    program.parent.mkdir()
    program.write_text("raise SystemExit(3)")
    monkeypatch.setattr(import_process, "_PROGRAM", program)
    monkeypatch.setattr(import_process, "_CODE", program.parent)
    monkeypatch.setattr(import_process, "_LOADED", import_process._as_written())
    with pytest.raises(ImportInterrupted):
        list(read_elsewhere(asked_of(mixed, rows=0)))
    program.write_text("raise SystemExit(30)")
    assert len([*read_elsewhere(asked_of(mixed, rows=0))]) == 5


def test_packages_do_not_stand_before_pythons_own(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's own were loaded before Home Assistant put its place for packages first."""
    (tmp_path / "zipfile.py").write_text("raise SystemExit(4)")
    monkeypatch.syspath_prepend(tmp_path)
    assert len([*read_elsewhere(asked_of(mixed, rows=0))]) == 5


def test_a_reader_does_not_hear_what_is_typed(mixed: Path) -> None:
    """Ctrl+C ends who asked, in order, and that ends the reader."""
    before = readers()
    with closing(read_elsewhere(asked_of(mixed, rows=0))) as parts:
        next(parts)
        (reader,) = set(readers()) - set(before)
        assert os.getpgid(reader) != os.getpgid(0)


def test_an_import_whose_reader_died_goes_on(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored stays, and the same import stores the rest, each row once."""
    export = tmp_path / "export.zip"
    write_export(export, 30_000, seed=5)
    monkeypatch.setattr(importer, "READ_HERE_BYTES", 0)
    begun: list[subprocess.Popen[bytes]] = []
    begin = import_process._reader

    def reader() -> subprocess.Popen[bytes]:
        begun.append(begin())
        return begun[-1]

    def kill(progress: ImportProgress) -> None:
        """End the reader as soon as something is stored."""
        if progress.rows:
            begun[0].kill()

    monkeypatch.setattr(import_process, "_reader", reader)
    with pytest.raises(ImportInterrupted):
        history.import_export(export, ALVA, progress=kill).result()
    assert begun[0].returncode == -signal.SIGKILL
    report = history.import_export(export, ALVA).result()
    assert report.rows == 30_000
    assert report.stored + report.duplicates == 30_000 - sum(report.skipped.values())
