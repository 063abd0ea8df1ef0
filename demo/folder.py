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

STOPS_WITHIN_S = 60
"""Home Assistant saves before it ends."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that a run of the demo started, and a word of its command line to know it by."""

    pid: int
    sign: str


class DemoFolder:
    """One folder, used by one run of the demo at a time."""

    def __init__(self, path: Path) -> None:
        """Take the folder; it is made when entered."""
        self.path = path
        self.config = path / "config"
        self.spotify = path / "spotify"
        self._token = path / "token"
        self._imported = path / "imported"
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
        for kept in (self._token, self._imported, self.spotify.with_suffix(".log")):
            kept.unlink(missing_ok=True)

    @property
    def token(self) -> str | None:
        """The owner's long-lived access token of an earlier run."""
        return self._token.read_text() if self._token.exists() else None

    def keep_token(self, token: str) -> None:
        """Keep the owner's token, readable by nobody else."""
        self._token.touch(mode=0o600)
        self._token.write_text(token)

    @property
    def imported(self) -> set[str]:
        """Whose past was imported in an earlier run."""
        return (
            set(self._imported.read_text().split())
            if self._imported.exists()
            else set()
        )

    def note_imported(self, person: str) -> None:
        """Note that a person's past is in the history."""
        self._imported.write_text("\n".join(sorted({*self.imported, person})))

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
    found = subprocess.run(
        ["ps", "-o", "command=", "-p", str(child.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return child.sign in found.stdout
