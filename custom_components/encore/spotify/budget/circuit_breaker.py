"""Circuit breaker of one host: after repeated errors no call for a minute."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Final, final

from homeassistant.util import dt as dt_util

from ..errors import SpotifyDown, SpotifyError, Unavailable
from .monotonic_clock import Clock, monotonic

FAILURES: Final = 3
OPEN_S: Final = 60.0


class BreakerState(StrEnum):
    """Whether calls are let through."""

    CLOSED = "closed"
    """All of them."""
    OPEN = "open"
    """None, for a while."""
    PROBING = "probing"
    """One, to see whether the host is back; the next call may be that one."""


@final
@dataclass(eq=False)
class Breaker:
    """Counts failures in a row. A refusal is no failure: who refuses is there.

    `clock` is in seconds, and `state_changed` is called when it opens, and when it is closed again.
    """

    _clock: Clock = monotonic
    _: KW_ONLY
    state_changed: Callable[[BreakerState], None] = lambda state: None
    _failures: int = field(default=0, init=False)
    _opened_at: float | None = field(default=None, init=False)
    _failed_at: float | None = field(default=None, init=False)
    _probing: bool = field(default=False, init=False)

    @property
    def state(self) -> BreakerState:
        """Whether calls are let through now."""
        if self._opened_at is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self._left_s > 0 else BreakerState.PROBING

    @property
    def until(self) -> int | None:
        """When the host is tried again (UTC ms); None while it is not left alone."""
        if self._opened_at is None:
            return None
        return round((dt_util.utcnow().timestamp() + max(self._left_s, 0.0)) * 1000)

    @property
    def failing(self) -> bool:
        """Whether the last call that said anything about the host failed."""
        return self._failures > 0

    def failed_within(self, seconds: float) -> bool:
        """Whether any call failed within some seconds, whatever came after it."""
        failed_at = self._failed_at
        return failed_at is not None and self._clock() - failed_at < seconds

    def check(self) -> None:
        """Raise SpotifyDown where a call would not be let through now."""
        if self._opened_at is not None and (self._left_s > 0 or self._probing):
            raise SpotifyDown(self.until or 0)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Let one call through and learn from how it ends; raises SpotifyDown instead of letting it through."""
        self.check()
        probing = self._probing = self._opened_at is not None
        try:
            with self.lesson():
                yield
        finally:
            # A call that ended without saying anything about the host, too.
            if probing:
                self._probing = False

    @contextmanager
    def lesson(self) -> Iterator[None]:
        """Learn from how a call ends that is made in any case, because it cannot be made later."""
        try:
            yield
        except Unavailable:
            self._failed()
            raise
        except SpotifyError:
            self._answered()
            raise
        else:
            self._answered()

    def _answered(self) -> None:
        self._failures = 0
        opened, self._opened_at = self._opened_at, None
        if opened is not None:
            self.state_changed(BreakerState.CLOSED)

    def _failed(self) -> None:
        self._failures += 1
        self._failed_at = self._clock()
        # What was under way when it opened does not prolong it.
        if self._failures >= FAILURES and self._left_s <= 0:
            again = self._opened_at is not None
            self._opened_at = self._clock()
            if not again:
                self.state_changed(BreakerState.OPEN)

    @property
    def _left_s(self) -> float:
        if self._opened_at is None:
            return 0.0
        return self._opened_at + OPEN_S - self._clock()
