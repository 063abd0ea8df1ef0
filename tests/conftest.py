"""What all tests share."""

import gc


def pytest_unconfigure() -> None:
    """Let modules end in order: Home Assistant's plugin froze the garbage collector.

    DuckDB tells of all that is left of it when the interpreter ends, after pytest's closing line.
    """
    gc.unfreeze()
