"""A child process is waited for, and its end is told with its last words."""

from pathlib import Path
import signal
import subprocess
import sys

import pytest

from demo.errors import DemoError, ProcessDied
from demo.process import ChildProcess

GOES_IN_ORDER = """
import os, signal, sys
def stop(*_):
    os.write(1, b"in order\\n")
    sys.exit()
signal.signal(signal.SIGTERM, stop)
assert sys.stdin.read() == ""
os.write(1, b"started\\n")
signal.pause()
"""
STARTS_ONE = """
import asyncio, os, pathlib, sys
from demo.process import ChildProcess
class Talks(ChildProcess):
    def _open_log(self):
        return os.dup(1)
async def main():
    folder = pathlib.Path(sys.argv[1])
    await Talks("It", "program", folder=folder, log=folder / "log", environment={}).start()
    await asyncio.sleep(600)
asyncio.run(main())
"""


def child(folder: Path, program: str) -> ChildProcess:
    """Describe a Python program."""
    (folder / "program.py").write_text(program)
    return ChildProcess(
        "The program",
        "program",
        folder=folder,
        log=folder / "log",
        environment={"WORD": "hello"},
    )


async def never() -> bool:
    """Answer that it is not ready yet."""
    return False


async def test_a_process_that_dies_is_reported_with_its_last_words(
    tmp_path: Path,
) -> None:
    """What it printed last is part of the error, so that nobody has to look for a log."""
    process = child(tmp_path, "import os; print('said', os.environ['WORD']); exit(3)")
    await process.start()
    with pytest.raises(ProcessDied, match="said hello"):
        await process.until(never, within=30)
    assert process.exit_code == 3
    assert process.pid is None


async def test_a_process_that_is_never_ready_is_given_up(tmp_path: Path) -> None:
    """Waiting ends with an error, and the process can still be stopped."""
    process = child(tmp_path, "import signal; signal.pause()")
    await process.start()
    with pytest.raises(DemoError, match="not ready within"):
        await process.until(never, within=0.2)
    await process.stop()
    assert process.exit_code == -signal.SIGTERM


async def test_a_process_that_will_not_stop_is_killed(tmp_path: Path) -> None:
    """SIGTERM is asked first; one that ignores it is ended."""
    program = "import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
    process = child(tmp_path, program)

    async def deaf() -> bool:
        return "deaf" in process.log.read_text()

    await process.start()
    await process.until(deaf, within=30)
    await process.stop(within=0.2)
    assert process.exit_code == -signal.SIGKILL


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_ends_with_the_one_that_started_it(
    tmp_path: Path, end: signal.Signals
) -> None:
    """Also when that one is killed without a warning; it may still put its things in order."""
    (tmp_path / "program.py").write_text(GOES_IN_ORDER)
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE, tmp_path],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout
        # The pipe of what it prints is the program's as well.
        assert starter.stdout.readline() == "started\n"
        starter.send_signal(end)
        assert starter.stdout.read() == "in order\n"
