"""A child process that logs to a file, is waited for, and is stopped by its own id."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
import os
from pathlib import Path
import signal
import sys

from .errors import DemoError, ProcessDied

LEASH = Path(__file__).with_name("leash.py")
LOOK_EVERY_S = 0.1
"""How often a condition of another process is looked at."""


class ChildProcess:
    """One process of the demo: a Python module.

    It runs in a session of its own, so that Ctrl-C reaches the demo alone, which then
    stops its children in the right order. Where the demo is killed, they end by themselves.
    """

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str] = (),
        *,
        folder: Path,
        log: Path,
        environment: Mapping[str, str],
        python: Path = Path(sys.executable),
    ) -> None:
        """Describe the process: its module, where it runs, and what is added to the environment."""
        self.name = name
        self.log = log
        # -P: the demo's own modules are none of the module's business.
        self._command = [str(python), "-P", str(LEASH), module, *arguments]
        self._folder = folder
        self.environment = dict(environment)
        """What is added to the demo's own environment at the next start."""
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process and self.running else None

    @property
    def running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def exit_code(self) -> int | None:
        """What the process ended with, negative for a signal; None before that."""
        return self._process.returncode if self._process else None

    async def ended(self) -> None:
        """Wait until the process ends."""
        if self._process is not None:
            await self._process.wait()

    async def start(self) -> None:
        """Start the process; what it prints is appended to its log."""
        output = await asyncio.to_thread(self._open_log)
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                env={**os.environ, **self.environment},
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        finally:
            os.close(output)

    async def until(
        self, ready: Callable[[], Awaitable[bool]], *, within: float
    ) -> None:
        """Wait until `ready` answers yes.

        Raises ProcessDied when the process ends first, DemoError after `within` seconds.
        """
        try:
            async with asyncio.timeout(within):
                while not await ready():
                    if not self.running:
                        raise ProcessDied(
                            f"{self.name} ended at its start. {self.last_words()}"
                        )
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError as err:
            raise DemoError(
                f"{self.name} was not ready within {within:.0f} s. {self.last_words()}"
            ) from err

    async def stop(self, *, within: float = 60) -> None:
        """Ask the process to end (SIGTERM), and end it (SIGKILL) after `within` seconds."""
        if self._process is None or not self.running:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(within):
                await self._process.wait()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End the process without a warning (SIGKILL), as a power cut would."""
        if self._process is not None and self.running:
            self._process.kill()
            await self._process.wait()

    def last_words(self, lines: int = 12) -> str:
        """Return the end of its log, with the place of the whole."""
        try:
            said = self.log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            said = []
        return "\n".join(
            [f"The end of {self.log}:", *(f"    {line}" for line in said[-lines:])]
        )

    def _open_log(self) -> int:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
