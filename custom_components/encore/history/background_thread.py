"""The thread for imports, rebuilds and queued re-merges, one after the other."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
import threading
import time
from typing import Any, Final

from sqlalchemy import Connection

from .errors import StoreClosed
from .ingest.ingest import Ingest
from .readers import Readers
from .writer import Writer

_YIELD_S: Final = 0.005
_YIELDS: Final = 20
"""How long, and how often, a task steps back while a question waits."""

_LAST_STEP_S: Final = 30
"""How long closing waits for the step under way: one may hang, as on a share that was disconnected."""

type Step = Callable[[Connection, Ingest], bool]
"""A part of a task, in a transaction of its own; False when it was the last."""


class BackgroundThread:
    """Runs one task at a time, each beside questions and recording."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        """Write through the writer, and step back while the readers are busy."""
        self._writer = writer
        self._readers = readers
        self._thread = ThreadPoolExecutor(1, "encore-background")
        self._stopping = threading.Event()
        self._handed_in: set[Future[Any]] = set()

    def submit[T](
        self,
        task: Callable[[BackgroundTask], T],
        cancelled: threading.Event | None = None,
    ) -> Future[T]:
        """Hand in a task. Setting `cancelled` stops it at its next step, as `stop` does.

        One that is cancelled before its turn has come begins and stops at once.

        Raises StoreClosed after `stop`.
        """
        stopping = [self._stopping, *([] if cancelled is None else [cancelled])]
        try:
            handed_in = self._thread.submit(
                task, BackgroundTask(self._writer, self._readers, stopping)
            )
        except RuntimeError as err:
            raise StoreClosed("The history is closed") from err
        self._handed_in.add(handed_in)
        handed_in.add_done_callback(self._handed_in.discard)
        return handed_in

    @property
    def at_work(self) -> bool:
        """Whether a task is under way or waits for its turn."""
        return bool(self._handed_in)

    def stop(self) -> None:
        """Stop after the step under way, and end the thread. Blocks, for half a minute at the most.

        A step that takes longer ends where it wants to write.
        """
        self._stopping.set()
        self._thread.shutdown(wait=False)
        under_way = wait(self._handed_in.copy(), _LAST_STEP_S).not_done
        if not under_way:
            self._thread.shutdown()


class BackgroundTask:
    """What a task that runs may ask and do."""

    def __init__(
        self, writer: Writer, readers: Readers, stopping: Iterable[threading.Event]
    ) -> None:
        """Write through the writer, and step back while the readers are busy; any event that is set stops it."""
        self.writer = writer
        self._readers = readers
        self._stopping = tuple(stopping)

    @property
    def stopped(self) -> bool:
        """Whether it is to stop where it is."""
        return any(event.is_set() for event in self._stopping)

    def step_back(self) -> None:
        """Leave the machine to the readers for a moment, if somebody waits for an answer."""
        for _ in range(_YIELDS):
            if not self._readers.busy or self.stopped:
                return
            time.sleep(_YIELD_S)

    def run(self, step: Step, done: Callable[[], None] = lambda: None) -> bool:
        """Run a step again and again, until it was the last; False if the task was stopped before.

        `done` is called after each.
        """
        while not self.stopped:
            more = self.writer.submit(step).result()
            done()
            if not more:
                return True
            self.step_back()
        return False
