"""The history itself: one writer thread, two reader threads, and the store between them."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from pathlib import Path
import threading

from .imports.report import ImportProgress, ImportReport
from .model import Appended, Listener, Observation
from .recall import Recall


class History:
    """Everything that was played, in one store. Every method may be called from any thread."""

    def __init__(self, url: str) -> None:
        """Prepare the history in the store at a SQLAlchemy URL; nothing is opened yet."""
        self._url = url

    def open(self) -> None:
        """Open the store, bring its schema up to date and check it. Blocks.

        Raises StoreTooNew for a store of a newer Encore, StoreBroken for a damaged one (moved
        aside; open again to begin anew), StoreUnavailable when it cannot be reached.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Finish what was handed in, stop an import at its next slice, end the threads. Blocks."""
        raise NotImplementedError

    def append(self, observations: Sequence[Observation]) -> Future[Appended]:
        """Store observations that are not known yet, and derive again the plays they touch."""
        raise NotImplementedError

    def ask[T](
        self, ask: Callable[[Recall], T], *, key: Hashable | None = None
    ) -> Future[T]:
        """Run a function of the read side in a reader thread; equal keys in flight share an answer."""
        raise NotImplementedError

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
        way; the same import goes on from there. Raises ImportRefused when no file can be imported.
        """
        raise NotImplementedError

    def rebuild(self) -> Future[int]:
        """Derive all plays anew from the observations; the result is how many there are."""
        raise NotImplementedError
