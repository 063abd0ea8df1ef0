"""The one thread that writes: jobs in the order they came, each in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
import threading

from sqlalchemy import Connection

from .database.changes import Changes
from .database.store import Store
from .errors import StoreClosed
from .ingest.ingest import Ingest

type Job[T] = Callable[[Connection, Ingest], T]


class Writer:
    """Runs jobs on the writing connection. A job that fails leaves no trace but its error."""

    def __init__(self, store: Store, committed: Callable[[Changes], None]) -> None:
        """Write to an open store; `committed` is called in the thread with what a commit changed."""
        self._committed = committed
        self.committing = threading.Lock()
        """Held from before a commit until `committed` was called."""
        self._named_errors = store.named_errors
        self._thread = ThreadPoolExecutor(1, "encore-writer")
        self._held = ExitStack()
        self._go_on = threading.Event()
        self._checkpoint = store.checkpoint
        self._connection = self._held.enter_context(store.writing())
        self._ingest = Ingest(self._connection)

    def submit[T](self, job: Job[T]) -> Future[T]:
        """Hand in a job. Its errors are in the future; StoreUnavailable if the store fails.

        StoreRefused if a rule of a table is broken. Raises StoreClosed after `stop`.
        """
        try:
            return self._thread.submit(self._run, job)
        except RuntimeError as err:
            raise StoreClosed("The history is closed") from err

    def hold(self) -> Future[None]:
        """Write nothing after what was handed in, until `go_on`; the result is there from then on.

        One that is cancelled before is as if it had never been.
        """
        self._go_on = go_on = threading.Event()
        held: Future[None] = Future()

        def wait() -> None:
            with self._named_errors():
                self._checkpoint(self._connection)
            if held.set_running_or_notify_cancel():
                held.set_result(None)
                go_on.wait()

        def completed(waited: Future[None]) -> None:
            error = waited.exception()
            if error is not None and held.set_running_or_notify_cancel():
                held.set_exception(error)

        self._thread.submit(wait).add_done_callback(completed)
        return held

    def go_on(self) -> None:
        """Write again."""
        self._go_on.set()

    def stop(self) -> None:
        """Finish the jobs that were handed in, and end the thread. Blocks."""
        self._go_on.set()
        self._thread.shutdown()
        self._held.close()

    def _run[T](self, job: Job[T]) -> T:
        with ExitStack() as committing:
            try:
                with self._named_errors(), self._connection.begin():
                    done = job(self._connection, self._ingest)
                    committing.enter_context(self.committing)
            except BaseException:
                self._ingest.forget()
                raise
            if changes := self._ingest.changes.taken():
                self._committed(changes)
        return done
