"""The last selections of plays, with what was counted of them: a page asks many questions about the same plays.

What is kept is of one state of the columns and small beside them: which plays pass, and counts.
"""

from collections import OrderedDict
import threading
from typing import Any, Final

from .columns import Columns
from .model import Window
from .narrowing import Narrowing
from .selection import Selection

KEPT: Final = 8
"""How many are kept: the windows and filters of a page, and those that they are compared with."""
FROM: Final = 1 << 14
"""Of how many rows on: of fewer, all is quickly counted."""


class KeptSelections:
    """Shared by all that read one store. Every method may be called from any thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        # By its number: columns that others followed are not to stay in memory for this.
        self._generation = -1
        self._kept: OrderedDict[tuple[int, int, Narrowing], tuple[Any, ...]] = (
            OrderedDict()
        )

    def selection(
        self, columns: Columns, window: Window, narrowing: Narrowing
    ) -> Selection:
        """Return the plays of a window that pass a narrowing; what was counted of them before is not counted again."""
        rows = columns.plays.rows(window)
        if rows.stop - rows.start < FROM:
            return Selection.of_window(columns, window, narrowing)
        # A window that ends now, or later, has the same plays until there is another one.
        key = (rows.start, rows.stop, narrowing)
        with self._lock:
            if columns.generation > self._generation:
                self._generation = columns.generation
                self._kept.clear()
            current = columns.generation == self._generation
            kept = self._kept.get(key) if current else None
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None:
            return Selection(columns, rows, *kept)
        found = Selection.of_window(columns, window, narrowing)
        with self._lock:
            if columns.generation == self._generation:
                self._kept[key] = found.kept
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found
