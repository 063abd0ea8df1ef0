"""The demo's folder: what it keeps from run to run, and who is using it now."""

from dataclasses import dataclass
import fcntl
import json
import os
from pathlib import Path
import shutil
import signal
import subprocess
import time
from typing import Any, Self

from .errors import DemoError

PROCESSES = Path("/proc")
"""Where Linux tells of its processes."""
STOPS_WITHIN_S = 60
"""Home Assistant saves before it ends."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that a run of the demo started, and a word of its command line to know it by."""

    pid: int
    sign: str


class Noted:
    """People of whom something was noted in a file, which outlives a run."""

    def __init__(self, path: Path) -> None:
        """Take the file, which is there once somebody was noted."""
        self.path = path

    def __contains__(self, person: str) -> bool:
        """Whether a person was noted, in this run or an earlier one."""
        return person in self._all()

    def note(self, person: str) -> None:
        """Note a person."""
        self.path.write_text("\n".join(sorted({*self._all(), person})))

    def _all(self) -> set[str]:
        return set(self.path.read_text().split()) if self.path.exists() else set()


class DemoFolder:
    """One folder, used by one run of the demo at a time."""

    def __init__(self, path: Path) -> None:
        """Take the folder; it is made when entered."""
        self.path = path
        self.config = path / "config"
        self.spotify = path / "spotify"
        self._token = path / "token"
        self.imported = Noted(path / "imported")
        """Whose past is in the history."""
        self.granted = Noted(path / "granted")
        """Whose account may do everything."""
        self._lock_file = path / "lock"
        self._children = path / "processes.json"
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Take the folder for this run; raises DemoError while another run has it."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            os.close(self._lock)
            raise DemoError(
                f"The demo is already running from {self.path}. Stop it with Ctrl-C in its "
                "terminal, or start another one with --folder."
            ) from err
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            os.close(self._lock)

    def empty(self) -> None:
        """Forget every earlier run; nothing else in the folder is touched."""
        for kept in (self.config, self.spotify):
            shutil.rmtree(kept, ignore_errors=True)
        for kept in (
            *(self._token, self.imported.path, self.granted.path),
            self.spotify.with_suffix(".log"),
        ):
            kept.unlink(missing_ok=True)

    @property
    def token(self) -> str | None:
        """The owner's long-lived access token of an earlier run."""
        return self._token.read_text() if self._token.exists() else None

    def keep_token(self, token: str) -> None:
        """Keep the owner's token, readable by nobody else."""
        self._token.touch(mode=0o600)
        self._token.write_text(token)

    def note_children(self, children: list[Child]) -> None:
        """Note who was started, so that the next run can clear up after a demo that was killed."""
        self._children.write_text(
            json.dumps([{"pid": child.pid, "sign": child.sign} for child in children])
        )

    def stop_leftovers(self) -> list[Child]:
        """Stop what a killed run left behind, and only that; return it once it has ended.

        Raises DemoError when something of it does not end.
        """
        if not self._children.exists():
            return []
        noted: list[dict[str, Any]] = json.loads(self._children.read_text())
        left = [child for one in noted if _is_running(child := Child(**one))]
        for child in left:
            os.kill(child.pid, signal.SIGTERM)
        patience = time.monotonic() + STOPS_WITHIN_S
        while still := [child for child in left if _is_running(child)]:
            if time.monotonic() > patience:
                raise DemoError(
                    "What a killed run left behind does not stop: "
                    + ", ".join(f"process {child.pid}" for child in still)
                )
            time.sleep(0.1)
        self._children.unlink()
        return left


def _is_running(child: Child) -> bool:
    """Whether that process id still is the process that was noted; ids are used again."""
    return child.sign in _command_line(child.pid)


def _command_line(pid: int) -> str:
    """Return what a process was started with; nothing where there is none."""
    if PROCESSES.exists():
        # Not every Linux has `ps`.
        try:
            return (
                (PROCESSES / str(pid) / "cmdline").read_bytes().decode(errors="replace")
            )
        except FileNotFoundError, ProcessLookupError:
            return ""
    return subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
