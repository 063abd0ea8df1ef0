"""Run a Python module that ends with whoever started it, however that one ended: `leash.py MODULE ARGUMENT…`.

Its standard input is a pipe that nobody writes to. The system closes the pipe when the starter ends, by SIGKILL as
well, on Linux and macOS alike.
"""

import os
from pathlib import Path
import runpy
import signal
import sys
from threading import Thread
import time

SAVES_WITHIN_S = 60
"""How long the module may take to end in good order."""


def main() -> None:
    """Run the module as `python -m` does, with the pipe out of its sight."""
    leash = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    Thread(target=_end_with, args=(leash,), name="leash", daemon=True).start()
    sys.argv = sys.argv[1:]
    sys.path.insert(0, str(Path.cwd()))
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with(leash: int) -> None:
    """End this process once the other end of the pipe is gone: SIGTERM, then SIGKILL."""
    os.read(leash, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SAVES_WITHIN_S)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
