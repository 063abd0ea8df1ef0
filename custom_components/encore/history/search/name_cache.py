"""Cache of all names, updated after each commit."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
import threading
from typing import Final

from ..database.changes import Changes
from ..database.store import Store
from ..errors import HistoryError
from .name_index import NameIndex
from .name_reading import follow_names, load_names

AT_ONCE: Final = 4_000
"""How many new names an asker waits for."""


class NameCache:
    """The newest names of a store. Nothing is read before they are first asked for."""

    def __init__(self, store: Store) -> None:
        """Read from an open store."""
        self._named_errors = store.named_errors
        self._held = ExitStack()
        self._connection = self._held.enter_context(store.reading())
        self._index: NameIndex | None = None
        self._is_used = False
        self._changes = Changes()
        self._noting = threading.Lock()
        self._reading = threading.Lock()
        self._thread = ThreadPoolExecutor(1, "encore-names")
        self._loading = False

    def note(self, changes: Changes) -> None:
        """Take note of what a commit changed; called by the writer, and done at once."""
        with self._noting:
            if self._is_used:
                self._changes.add(changes)

    def names(self) -> NameIndex:
        """Return the newest names, read now if there are none yet or few are new. Blocks.

        More are read in a thread, and found a moment later. Raises StoreUnavailable or StoreRefused when the store fails.
        """
        index = self._index
        if index is None:
            return self._follow()
        if not self._changes or self._loading:
            return index
        return self._follow(at_most=AT_ONCE)

    def follow(self) -> None:
        """Follow all that was committed, if names were ever asked for. Blocks."""
        if self._index is not None:
            self._follow()

    def stop(self) -> None:
        """End the thread. Blocks."""
        self._thread.shutdown()
        self._held.close()

    def _follow(self, at_most: int | None = None) -> NameIndex:
        """Publish the names of a state that is no older than this call, or begin to where that takes long."""
        with self._reading:
            # First what changed, then the state to read: a commit in between is read twice.
            with self._noting:
                self._is_used = True
                changes = self._changes.taken()
            index = self._index
            if index is not None and not changes:
                return index
            try:
                with self._named_errors(), self._connection.begin():
                    followed = None
                    if index is not None and not changes.everything:
                        followed = follow_names(
                            self._connection, index, changes.tracks, at_most=AT_ONCE
                        )
                    if followed is None and (index is None or at_most is None):
                        followed = load_names(self._connection)
            except HistoryError:
                self._note_again(changes)
                raise
            if followed is None:
                assert index is not None
                self._note_again(changes)
                self._loading = True
                self._thread.submit(self._load_soon)
                return index
            self._index = followed
            if index is None or followed.base is not index.base:
                # At a stop the thread takes nothing more, and nobody will ask.
                with suppress(RuntimeError):
                    self._thread.submit(followed.prepare)
            return followed

    def _note_again(self, changes: Changes) -> None:
        with self._noting:
            self._changes.add(changes)

    def _load_soon(self) -> None:
        """Follow in the thread, however much there is."""
        try:
            self._follow()
        except HistoryError:
            # The next caller meets the same error.
            return
        finally:
            self._loading = False
