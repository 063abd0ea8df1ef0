"""freezegun's own freezing, sooner done: of thousands of modules, it visits those alone that hold a clock.

At each start, freezegun goes through all names of all modules, which takes longer than many a test. Here, a module in which no
clock was found is left out until another number of names is in it. What is visited is left to freezegun.
"""

import calendar
from collections.abc import Iterator
from functools import lru_cache
import sys
from types import ModuleType

from freezegun import api


def freeze_sooner() -> None:
    """Let freezegun leave out what holds no clock, and work out the seconds of a moment once."""
    vars(api).update(sys=_Modules(), calendar=_Calendar())


class _Modules:
    """What freezegun takes of `sys`."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int]] = {}
        self._with_clock: set[str] = set()

    @property
    def modules(self) -> dict[str, ModuleType]:
        """The modules that hold a clock, a real or a frozen one."""
        modules, seen = sys.modules.copy(), self._seen
        changed = [
            name
            for name, module in modules.items()
            if seen.get(name) != (id(module), len(getattr(module, "__dict__", ())))
        ]
        clocks = frozenset(map(id, _clocks()))
        for name in changed:
            names = getattr(modules[name], "__dict__", {}).copy()
            seen[name] = (id(modules[name]), len(names))
            if clocks.isdisjoint(map(id, names.values())):
                self._with_clock.discard(name)
            else:
                self._with_clock.add(name)
        return {name: modules[name] for name in self._with_clock & modules.keys()}


def _clocks() -> Iterator[object]:
    """Give what freezegun replaces, and what it replaces it with."""
    for name, value in vars(api).items():
        if name.startswith(("real_", "fake_", "Fake")) and value is not None:
            yield value


class _Calendar:
    """What freezegun takes of `calendar`, which its frozen clock asks each time that it is read."""

    timegm = staticmethod(lru_cache(maxsize=1)(calendar.timegm))
