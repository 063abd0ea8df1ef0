"""What the garbage collector takes for long-lived, counted in tests: after enough of it, it visits every object of a process."""

from collections.abc import Iterator
from contextlib import contextmanager
import gc
from typing import Final

_MIDDLE: Final = 1
_OLDEST: Final = 2


class Promoted:
    """How many objects outlived the collections of the young ones, whether or not they are gone by now."""

    def __init__(self) -> None:
        """Begin with none."""
        self.objects = 0
        self._before = 0

    def note(self, phase: str, info: dict[str, int]) -> None:
        """Count what a collection moved among the oldest objects."""
        if info["generation"] != _MIDDLE:
            return
        there = len(gc.get_objects(_OLDEST))
        if phase == "start":
            self._before = there
        else:
            self.objects += max(0, there - self._before)


@contextmanager
def promoted() -> Iterator[Promoted]:
    """Count the objects that are taken for long-lived in a block."""
    counted = Promoted()
    gc.collect()
    gc.freeze()  # what there is would only take long to count
    gc.callbacks.append(counted.note)
    try:
        yield counted
        gc.collect(_MIDDLE)
    finally:
        gc.callbacks.remove(counted.note)
        gc.unfreeze()
