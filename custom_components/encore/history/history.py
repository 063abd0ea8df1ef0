"""The history itself: one writer thread, two reader threads, and the store between them."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
import threading

from sqlalchemy import Connection

from .column_cache import ColumnCache
from .coverage import Recorded, Unrecorded
from .errors import StoreClosed
from .imports.importer import Importer
from .imports.limits import Limits
from .imports.report import ImportProgress, ImportReport
from .intake import Intake
from .model import Appended, Listener, Observation
from .readers import Readers
from .rebuild import rebuild
from .recall import Recall
from .recordings import note
from .store import Store
from .writer import Writer


class History:
    """Everything that was played, in one store. Every method may be called from any thread."""

    def __init__(self, url: str) -> None:
        """Prepare the history in the store at a SQLAlchemy URL; nothing is opened yet."""
        self._store = Store(url)
        self._threads: tuple[Importer, Readers, Writer, ColumnCache] | None = None

    def open(self) -> None:
        """Open the store, bring its schema up to date and check it. Blocks.

        Raises StoreTooNew for a store of a newer Encore, StoreBroken for a damaged one (moved
        aside; open again to begin anew), StoreUnavailable when it cannot be reached.
        """
        self._store.open()
        with ExitStack() as begun:
            columns = ColumnCache(self._store)
            begun.callback(columns.stop)
            writer = Writer(self._store, columns.note)
            begun.callback(writer.stop)
            readers = Readers(self._store, columns.columns)
            begun.pop_all()
        importer = Importer(writer, readers, columns.settle)
        self._threads = importer, readers, writer, columns

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
        _, _, writer, _ = self._opened
        return writer.submit(lambda connection, intake: intake.append(connection, told))

    def note(
        self, recorded: Sequence[Recorded], unrecorded: Sequence[Unrecorded] = ()
    ) -> Future[None]:
        """Store when listeners were recorded, and when they were not and why.

        Stretches that meet are one; what is noted twice changes nothing.
        """
        stretches = tuple(recorded), tuple(unrecorded)
        _, _, writer, _ = self._opened
        return writer.submit(
            lambda connection, intake: note(connection, intake.registers, *stretches)
        )

    def ask[T](
        self, ask: Callable[[Recall], T], *, key: Hashable | None = None
    ) -> Future[T]:
        """Run a function of the read side in a reader thread; equal keys in flight share an answer."""
        _, readers, _, _ = self._opened
        return readers.ask(ask, key=key)

    def import_export(
        self,
        path: Path,
        listener: Listener,
        *,
        progress: Callable[[ImportProgress], None] | None = None,
        cancelled: threading.Event | None = None,
        limits: Limits = Limits(),
    ) -> Future[ImportReport]:
        """Import an export of Spotify's (ZIP, folder or one JSON file) for a listener.

        `progress` is called in the import's thread. Setting `cancelled` stops after the slice under
        way; the same import goes on from there. The future raises ImportRefused when no file of it
        can be imported; a file among others is refused in the report.
        """
        importer, _, _, _ = self._opened
        return importer.submit(path, listener, progress, cancelled, limits)

    def rebuild(self) -> Future[int]:
        """Derive all plays anew from the observations; the result is how many there are."""
        _, _, writer, _ = self._opened

        def derive(connection: Connection, intake: Intake) -> int:
            intake.changes.everything = True
            return rebuild(connection, intake.registers)

        return writer.submit(derive)

    @property
    def _opened(self) -> tuple[Importer, Readers, Writer, ColumnCache]:
        if self._threads is None:
            raise StoreClosed("The history is not open")
        return self._threads
