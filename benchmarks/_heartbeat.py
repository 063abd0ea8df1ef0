"""How long an event loop is kept from its work."""

import asyncio
import time
from typing import Final, Self

BEAT_S: Final = 0.005


class Heartbeat:
    """A task that wakes every 5 ms, and notes how late."""

    def __init__(self) -> None:
        """Begin without a beat."""
        self.late_ms: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        """Begin to beat, in the running loop."""
        self._task = asyncio.get_running_loop().create_task(self._beat())
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        assert self._task is not None
        self._task.cancel()

    @property
    def max_ms(self) -> float:
        """How late it was at most."""
        return round(max(self.late_ms, default=0.0), 3)

    async def _beat(self) -> None:
        while True:
            due = time.perf_counter() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self.late_ms.append((time.perf_counter() - due) * 1000)
