"""Cache of the columns: replaced by reference, updated after each commit.

What sources append is in the next answer. While more than that is written, as in an import, a thread follows at most
every two seconds, and answers come from the state before.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
import threading
import time
from typing import Final

from ..database.changes import Changes
from ..database.store import Store
from ..errors import HistoryError, StoreUnavailable
from .column_reading import follow, load
from .columns import Columns

AT_ONCE: Final = 2_000
"""How many changed plays an asker waits for."""

EVERY_S: Final = 2.0
"""How often columns follow a stream of more changes."""


class ColumnCache:
    """The newest columns of a store. Nothing is read before they are first asked for."""

    def __init__(
        self, store: Store, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Read from an open store; `clock` gives seconds."""
        self._held = ExitStack()
        self._connection = self._held.enter_context(store.reading())
        self._named_errors = store.named_errors
        self._clock = clock
        self._columns: Columns | None = None
        self._is_used = False
        self._changes = Changes()
        self._noting = threading.Lock()
        self._reading = threading.Lock()
        self._thread = ThreadPoolExecutor(1, "encore-columns")
        self._stopping = threading.Event()
        self._scheduled = False
        self._few_on_their_way = False
        self._followed_at = 0.0

    def note(self, changes: Changes) -> None:
        """Take note of what a commit changed; called by the writer, and done at once."""
        with self._noting:
            if not self._is_used:
                return
            self._changes.add(changes)
            if self._columns is None or self._few or self._scheduled:
                return
            self._scheduled = True
        self._thread.submit(self._follow_soon)

    def columns(self) -> Columns:
        """Return the newest columns, read now if there are none yet or little has changed. Blocks.

        Raises StoreUnavailable when the store fails.
        """
        # In this order: what is taken to be followed is on its way before it is removed from the changes, until it is published.
        few = bool(self._changes) and self._few
        few = few or self._few_on_their_way
        columns = self._columns
        return self._follow() if columns is None or few else columns

    def follow(self) -> None:
        """Follow all that was committed, if columns were ever asked for. Blocks."""
        if self._columns is not None:
            self._follow()

    def stop(self) -> None:
        """End the thread. Blocks."""
        self._stopping.set()
        self._thread.shutdown()
        self._held.close()

    @property
    def _few(self) -> bool:
        return not self._changes.everything and len(self._changes.plays) <= AT_ONCE

    def _follow_soon(self) -> None:
        """Follow in the thread, when it is time again."""
        self._stopping.wait(max(0.0, self._followed_at + EVERY_S - self._clock()))
        with self._noting:
            self._scheduled = False
        if not self._stopping.is_set():
            try:
                self._follow()
            except StoreUnavailable:
                # The next caller meets the same error.
                return

    def _follow(self) -> Columns:
        """Publish columns of a state that is no older than this call."""
        with self._reading:
            # First what changed, then the state to read: a commit in between is read twice.
            with self._noting:
                self._is_used = True
                self._few_on_their_way = self._few
                changes = self._changes.taken()
            columns = self._columns
            if columns is not None and not changes:
                self._few_on_their_way = False
                return columns
            try:
                with self._named_errors(), self._connection.begin():
                    if columns is None:
                        columns = load(self._connection)
                    else:
                        columns = follow(self._connection, columns, changes)
            except HistoryError:
                with self._noting:
                    self._changes.add(changes)
                    self._few_on_their_way = False
                raise
            self._columns = columns
            self._few_on_their_way = False
            self._followed_at = self._clock()
            return columns
