"""The demo's folder: one run at a time, kept from run to run, cleared up after a kill."""

from pathlib import Path
import subprocess
import sys
import time

import pytest

from demo.errors import DemoError
from demo.folder import Child, DemoFolder, _command_line


def sleeper(sign: str) -> subprocess.Popen[bytes]:
    """Start a process that sleeps, with a word in its command line, once others can read that."""
    process = subprocess.Popen(
        [sys.executable, "-c", "input()", sign], stdin=subprocess.PIPE
    )
    # Linux lets a program begin a moment before it shows with what.
    until = time.monotonic() + 60
    while sign not in _command_line(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    return process


def test_only_one_run_has_the_folder(tmp_path: Path) -> None:
    """A second run is told that the demo is running, until the first lets go."""
    with (
        DemoFolder(tmp_path),
        pytest.raises(DemoError, match="already running"),
        DemoFolder(tmp_path),
    ):
        raise AssertionError("two runs have the folder")
    with DemoFolder(tmp_path) as folder:
        assert folder.token is None


def test_token_and_imports_outlive_a_run(tmp_path: Path) -> None:
    """What a run keeps is there for the next, and the token is for its owner's eyes only."""
    with DemoFolder(tmp_path) as folder:
        assert folder.token is None
        folder.keep_token("secret")
        folder.imported.note("alva")
        folder.imported.note("ben")
    with DemoFolder(tmp_path) as folder:
        assert folder.token == "secret"
        assert "alva" in folder.imported
        assert "ben" in folder.imported
        assert "alva" not in folder.granted
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0


def test_starting_over_forgets_the_demo_and_nothing_else(tmp_path: Path) -> None:
    """An emptied folder keeps what the demo did not put there."""
    (tmp_path / "mine.txt").write_text("mine")
    with DemoFolder(tmp_path) as folder:
        folder.config.mkdir()
        folder.keep_token("secret")
        folder.imported.note("alva")
        folder.empty()
        assert folder.token is None
        assert "alva" not in folder.imported
        assert not folder.config.exists()
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_a_killed_run_left_is_stopped(tmp_path: Path) -> None:
    """A noted process that still runs is stopped; one that took over its id is left alone."""
    with sleeper("of the demo") as ours, sleeper("of somebody") as theirs:
        with DemoFolder(tmp_path) as folder:
            folder.note_children(
                [Child(ours.pid, "of the demo"), Child(theirs.pid, "of the demo")]
            )
            assert [child.pid for child in folder.stop_leftovers()] == [ours.pid]
            assert folder.stop_leftovers() == []
        assert theirs.poll() is None
        theirs.kill()
