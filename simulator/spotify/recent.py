"""Recently played as the Web API shows it, computed from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from .ledger import Heard


@dataclass(frozen=True, slots=True)
class RecentPlay:
    """One place of the list."""

    heard: Heard
    played_at: int
    """UTC milliseconds, near the END of the play, unique for one person."""


@dataclass(frozen=True, slots=True)
class RecentPage:
    """One answer, newest first."""

    items: list[RecentPlay]
    after: int | None
    """Cursor towards newer plays: the newest `played_at` here; None when the page is empty."""
    before: int | None
    """Cursor towards older plays: the oldest `played_at` here; None when nothing older is left."""


def recently_played(
    heard: Sequence[Heard],
    now_ms: int,
    *,
    limit: int = 20,
    after: int | None = None,
    before: int | None = None,
) -> RecentPage:
    """Return at most `limit` (1 to 50) plays newer than `after` or older than `before`, both exclusive, in ms.

    No episodes, no private sessions, most skips missing, nothing older than 90 days. With `after`, the plays
    that follow it most closely. Raises `BadValue` for a bad limit, or when both cursors are given.
    """
    raise NotImplementedError
