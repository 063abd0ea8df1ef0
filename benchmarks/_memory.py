"""How much memory a process and those that it began had at most, looked up again and again."""

from contextlib import suppress
import os
from pathlib import Path
import threading
from typing import Final, Self

_LOOK_S: Final = 0.1
_PROC: Final = Path("/proc")


class Memory:
    """A thread that looks at what is in memory; what processes share is counted once (PSS)."""

    def __init__(self) -> None:
        """Begin without a look."""
        self.peak_mib = 0
        """What all of them had."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Look a last time."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.peak_mib = max(self.peak_mib, sum(map(_kib, _processes())) // 1024)
            if self._over.wait(_LOOK_S):
                return


def _processes() -> list[int]:
    """Return this process and those that its threads began."""
    found = [os.getpid()]
    for thread in (_PROC / "self" / "task").iterdir():
        with suppress(OSError):  # it has ended
            found += map(int, (thread / "children").read_text().split())
    return found


def _kib(process: int) -> int:
    with suppress(OSError, ValueError):  # it has ended
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
