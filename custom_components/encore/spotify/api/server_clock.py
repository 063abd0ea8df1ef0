"""The difference between Spotify's clock and ours, by the `Date` header (RFC 9110, section 6.6.1)."""

from collections import deque
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from statistics import median
from typing import Final, final

from homeassistant.util import dt as dt_util

_ANSWERS: Final = 15
"""How many of the last answers count, by their median: an answer may have been under way for long."""

_HALF_A_SECOND_MS: Final = 500
"""`Date` is in whole seconds, rounded down."""

_SAME_MS: Final = 2_000
"""No finer than this: whole seconds, and the way of an answer, are all that is known."""


@final
class ServerClock:
    """Compares two clocks. Answers are read in threads, the difference in the event loop."""

    def __init__(self) -> None:
        """Take both for equal until an answer came."""
        self._seen: deque[int] = deque(maxlen=_ANSWERS)
        self._ahead_ms = 0

    def answered(self, headers: Mapping[str, str]) -> None:
        """Take account of an answer that came just now; one from a cache (`Age`) is as old as that."""
        if "Age" in headers:
            return
        try:
            sent = parsedate_to_datetime(headers["Date"])
        except KeyError, ValueError:
            return
        now = dt_util.utcnow()
        if sent.tzinfo is None:
            return
        self._seen.append(
            round((sent - now).total_seconds() * 1000) + _HALF_A_SECOND_MS
        )

    @property
    def ahead_ms(self) -> int:
        """How far (ms) it is ahead of ours; a new value replaces it only where the two differ clearly."""
        if self._seen:
            found = round(median([*self._seen]))
            if abs(found - self._ahead_ms) > _SAME_MS:
                self._ahead_ms = found
        return self._ahead_ms
