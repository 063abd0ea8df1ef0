"""When a row of an export ended and how long it sounded, where that can be."""

from datetime import UTC, datetime
from typing import Final

from .report import Skipped

EARLIEST: Final = 1_136_073_600_000
"""2006-01-01: Spotify was founded that year."""

LATEST: Final = 4_102_444_800_000
"""2100-01-01."""

LONGEST_MS: Final = 86_400_000
"""No row lasts longer than a day."""


def measured(ts: str | None, ms_played: int | None) -> tuple[int | Skipped, int]:
    """Return when a row ended (UTC ms), or why it is skipped, and the time played (ms)."""
    ended_at = _moment_of(ts)
    if ended_at is None:
        return Skipped.NO_TIME, 0
    if not EARLIEST <= ended_at < LATEST:
        return Skipped.IMPOSSIBLE_TIME, 0
    if ms_played is None or not 0 <= ms_played <= LONGEST_MS:
        return Skipped.NO_LENGTH, 0
    return ended_at, ms_played


def _moment_of(ts: str | None) -> int | None:
    """Return a time, such as `2024-03-31T01:59:59Z` or `2024-03-31 01:59`, in UTC ms."""
    if ts is None:
        return None
    try:
        moment = datetime.fromisoformat(ts)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1000
