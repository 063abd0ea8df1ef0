"""Cache of recent selections: the plays that a viewer can see, and what was counted of them.

A page asks many questions about the same plays, for one viewer. All cached selections are of one state of the columns.
"""

from collections import OrderedDict
import threading
from typing import Any, Final

from ..model import Window
from .columns import Columns
from .filtered_plays import Narrowing
from .selection import Selection

MOST_CACHED: Final = 8
"""How many are cached: the windows and filters of a page, and those that they are compared with."""
SCOPES_CACHED: Final = 2
"""For how many sets of hidden listeners the columns without their plays are cached: as much memory as those plays take."""
FROM: Final = 1 << 14
"""Of how many rows on: of fewer, all is quickly counted."""


class CachedSelections:
    """Shared by all that read one store. Every method may be called from any thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        # By its number: columns that others followed are not to stay in memory for this.
        self._generation = -1
        self._scopes: OrderedDict[tuple[int, ...], Columns] = OrderedDict()
        self._cached: OrderedDict[
            tuple[tuple[int, ...], int, int, Narrowing], tuple[Any, ...]
        ] = OrderedDict()

    def scope(self, columns: Columns, hidden: tuple[int, ...]) -> Columns:
        """Return columns (of all listeners) without the plays of hidden ones (by row id, in order)."""
        if not hidden:
            return columns
        with self._lock:
            scoped = self._scopes.get(hidden) if self._is_current(columns) else None
            if scoped is not None:
                self._scopes.move_to_end(hidden)
                return scoped
        scoped = columns.hiding(hidden)
        with self._lock:
            if self._is_current(columns):
                self._scopes[hidden] = scoped
                if len(self._scopes) > SCOPES_CACHED:
                    self._scopes.popitem(last=False)
        return scoped

    def selection(
        self, columns: Columns, window: Window, narrowing: Narrowing
    ) -> Selection:
        """Return the plays of a window that pass a narrowing; what was counted of them before is not counted again."""
        rows = columns.plays.rows(window)
        if rows.stop - rows.start < FROM:
            return Selection.of_window(columns, window, narrowing)
        # A window that ends now, or later, has the same plays until there is another one.
        key = (columns.hidden, rows.start, rows.stop, narrowing)
        with self._lock:
            cached = self._cached.get(key) if self._is_current(columns) else None
            if cached is not None:
                self._cached.move_to_end(key)
        if cached is not None:
            return Selection(columns, rows, *cached)
        found = Selection.of_window(columns, window, narrowing)
        with self._lock:
            if self._is_current(columns):
                self._cached[key] = found.cached
                while len(self._cached) > MOST_CACHED:
                    self._cached.popitem(last=False)
        return found

    def _is_current(self, columns: Columns) -> bool:
        """Whether no newer state was seen; the first look at a newer one clears the cache."""
        if columns.generation > self._generation:
            self._generation = columns.generation
            self._scopes.clear()
            self._cached.clear()
        return columns.generation == self._generation
