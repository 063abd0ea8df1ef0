"""One line a step: what is being done, and how it went."""

from collections.abc import Generator
from contextlib import contextmanager
import time


class Step:
    """A line on the terminal that ends with what came out."""

    def __init__(self) -> None:
        """Begin with nothing to report."""
        self.outcome = "done"


@contextmanager
def step(doing: str) -> Generator[Step]:
    """Say what is being done, then its outcome and how long it took in seconds."""
    print(f"  {doing} … ", end="", flush=True)
    begun = time.monotonic()
    line = Step()
    try:
        yield line
    except BaseException:
        print("not done", flush=True)
        raise
    print(f"{line.outcome} ({time.monotonic() - begun:.1f} s)", flush=True)
