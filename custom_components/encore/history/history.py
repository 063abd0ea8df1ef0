"""The history itself: one writer thread, two reader threads, and the store between them."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
import threading

from .errors import StoreClosed
from .imports.importer import Importer
from .imports.report import ImportProgress, ImportReport
from .model import Appended, Listener, Observation
from .readers import Readers
from .rebuild import rebuild
from .recall import Recall
from .store import Store
from .writer import Writer


class History:
    """Everything that was played, in one store. Every method may be called from any thread."""

    def __init__(self, url: str) -> None:
        """Prepare the history in the store at a SQLAlchemy URL; nothing is opened yet."""
        self._store = Store(url)
        self._threads: tuple[Importer, Readers, Writer] | None = None

    def open(self) -> None:
        """Open the store, bring its schema up to date and check it. Blocks.

        Raises StoreTooNew for a store of a newer Encore, StoreBroken for a damaged one (moved
        aside; open again to begin anew), StoreUnavailable when it cannot be reached.
        """
        self._store.open()
        with ExitStack() as begun:
            writer = Writer(self._store)
            begun.callback(writer.stop)
            readers = Readers(self._store)
            begun.pop_all()
        self._threads = Importer(writer, readers), readers, writer

    def close(self) -> None:
        """Finish what was handed in, stop an import at its next slice, end the threads. Blocks."""
        threads, self._threads = self._threads, None
        for thread in threads or ():
            thread.stop()

    def append(self, observations: Sequence[Observation]) -> Future[Appended]:
        """Store observations that are not known yet, and derive again the plays they touch.

        The future raises ValueError for an observation that ends before it starts or lasted
        less than nothing; then none is stored.
        """
        told = tuple(observations)
        _, _, writer = self._opened
        return writer.submit(lambda connection, intake: intake.append(connection, told))

    def ask[T](
        self, ask: Callable[[Recall], T], *, key: Hashable | None = None
    ) -> Future[T]:
        """Run a function of the read side in a reader thread; equal keys in flight share an answer."""
        _, readers, _ = self._opened
        return readers.ask(ask, key=key)

    def import_export(
        self,
        path: Path,
        listener: Listener,
        *,
        progress: Callable[[ImportProgress], None] | None = None,
        cancelled: threading.Event | None = None,
    ) -> Future[ImportReport]:
        """Import an extended streaming history (ZIP, folder or one JSON file) for a listener.

        `progress` is called in the import's thread. Setting `cancelled` stops after the slice under
        way; the same import goes on from there. The future raises ImportRefused when no file of it
        can be imported; a file among others is refused in the report.
        """
        importer, _, _ = self._opened
        return importer.submit(path, listener, progress, cancelled)

    def rebuild(self) -> Future[int]:
        """Derive all plays anew from the observations; the result is how many there are."""
        _, _, writer = self._opened
        return writer.submit(
            lambda connection, intake: rebuild(connection, intake.registers)
        )

    @property
    def _opened(self) -> tuple[Importer, Readers, Writer]:
        if self._threads is None:
            raise StoreClosed("The history is not open")
        return self._threads
