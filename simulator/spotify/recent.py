"""Recently played as the Web API shows it, computed from the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from .errors import BadValue
from .ledger import Heard

REACH_MS = 90 * 86_400_000
"""Nothing older is shown."""

SKIP_MS = 30_000
SHOWN_SKIPS = 12
"""Of a hundred plays shorter than `SKIP_MS`, so many are shown all the same."""


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
    places: int | None = None,
) -> RecentPage:
    """Return at most `limit` (1 to 50) plays newer than `after` or older than `before`, both exclusive, in ms.

    No episodes, no private sessions, most skips missing, nothing older than 90 days, and only the newest `places`
    where that is given. With `after`, the plays that follow it most closely. Raises `BadValue` for a bad limit, or when both cursors are given.
    """
    if not 1 <= limit <= 50:
        raise BadValue("limit")
    if after is not None and before is not None:
        raise BadValue("after")
    if after is not None:
        newer = []
        for play in islice(_newest_first(heard, now_ms), places):
            if play.played_at <= after:
                break
            newer.append(play)
        items, more = newer[-limit:], True
    else:
        older = (
            play
            for play in islice(_newest_first(heard, now_ms), places)
            if before is None or play.played_at < before
        )
        items = list(islice(older, limit))
        more = next(older, None) is not None
    if not items:
        return RecentPage([], None, None)
    return RecentPage(items, items[0].played_at, items[-1].played_at if more else None)


def shown(heard: Heard, now_ms: int) -> bool:
    """Whether a row of the ledger is in the list at a moment (UTC ms)."""
    if heard.kind != "track" or heard.private or (heard.synced_at or 0) > now_ms:
        return False
    return (
        heard.ms_played >= SKIP_MS
        or crc32(f"{heard.uri}{heard.started_at}".encode()) % 100 < SHOWN_SKIPS
    )


def _newest_first(heard: Sequence[Heard], now_ms: int) -> Iterator[RecentPlay]:
    later: int | None = None
    for row in reversed(heard):
        if row.ended_at < now_ms - REACH_MS:
            return
        if not shown(row, now_ms):
            continue
        early = min(
            crc32(f"{row.started_at}{row.uri}".encode()) % 1200, row.ms_played // 2
        )
        played_at = row.ended_at - early
        if later is not None:
            played_at = min(played_at, later - 1)
        later = played_at
        yield RecentPlay(row, played_at)
