"""The program that reads an export in a process of its own.

It gets the paths of modules besides its own.
"""

from contextlib import suppress
import gc
import os
from pathlib import Path
import sys
from types import ModuleType
from typing import Final

_NICE: Final = 5
"""Who asks and who listens come first."""


def main() -> None:
    """Read the export that is asked for on the standard input, and write what comes of it to the standard output."""
    os.nice(_NICE)
    gc.disable()  # rows hold no cycles, and are many
    # Last, so that a package never stands before a module of Python's own that is not loaded yet.
    sys.path += [place for place in sys.argv[1:] if place not in sys.path]
    _stand_in_for_encore()
    from custom_components.encore.history.imports.messages import answer  # noqa: PLC0415  needs what stands in

    # The requesting process may have stopped reading, or have ended.
    disconnected = suppress(EOFError, BrokenPipeError)
    with disconnected, open(0, "rb") as request, open(1, "wb") as output:
        answer(request, output)


def _stand_in_for_encore() -> None:
    """Put empty packages around the history: the real ones would import all of Home Assistant."""
    folder = Path(__file__).parents[2]
    for name, place in (
        ("custom_components", folder.parent),
        ("custom_components.encore", folder),
    ):
        package = ModuleType(name)
        package.__path__ = [str(place)]
        sys.modules[name] = package


if __name__ == "__main__":
    main()
