"""The monotonic clock of the event loop."""

from collections.abc import Callable
import time

type Clock = Callable[[], float]
"""Gives seconds since some moment."""


def monotonic() -> float:
    """Return the seconds of the event loop's clock; looked up each time, so that tests can move it."""
    return time.monotonic()
