"""Recently played as the Web API shows it, computed from the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from .errors import BadValue
from .ledger import Played
from .manners import Manners, PlayedAt

REACH_MS = 90 * 86_400_000
"""Nothing older is shown."""

SKIP_MS = 30_000
SHOWN_SKIPS = 12
"""Of a hundred plays shorter than `SKIP_MS`, so many are shown all the same."""

REPEATED_MS = 7_000
"""A row that stands there twice is so much older the second time."""

_USUAL = Manners()


@dataclass(frozen=True, slots=True)
class RecentPlay:
    """One place of the list."""

    played: Played
    played_at: int
    """UTC milliseconds by Spotify's clock, as its manners are; unique for one person."""


@dataclass(frozen=True, slots=True)
class RecentPage:
    """One answer, newest first."""

    items: list[RecentPlay]
    after: int | None
    """Cursor towards newer plays: the newest `played_at` here; None when the page is empty."""
    before: int | None
    """Cursor towards older plays: the oldest `played_at` here; None when nothing older is left."""


def recently_played(
    played: Sequence[Played],
    now_ms: int,
    *,
    limit: int = 20,
    after: int | None = None,
    before: int | None = None,
    places: int | None = None,
    manners: Manners = _USUAL,
) -> RecentPage:
    """Return at most `limit` (1 to 50) plays newer than `after` or older than `before`, both exclusive, in ms.

    No episodes, no private sessions, most skips missing, nothing older than 90 days, and only the newest `places`
    where that is given. With `after`, the plays that follow it most closely. Raises `BadValue` for a bad limit, or when both cursors are given.
    """
    if not 1 <= limit <= 50:
        raise BadValue("limit")
    if after is not None and before is not None:
        raise BadValue("after")
    rows = islice(_newest_first(played, now_ms, manners), places)
    if after is not None:
        newer = []
        for play in rows:
            if play.played_at <= after:
                break
            newer.append(play)
        items, more = newer[-limit:], True
    else:
        older = (play for play in rows if before is None or play.played_at < before)
        items = list(islice(older, limit))
        more = next(older, None) is not None
    if not items:
        return RecentPage([], None, None)
    ends = items[0].played_at, items[-1].played_at if more else None
    if manners.misses_rows:
        items = [play for number, play in enumerate(items, 1) if number % 7]
    return RecentPage(items, *ends)


def shown(played: Played, now_ms: int, manners: Manners = _USUAL) -> bool:
    """Whether a row of the ledger is in the list at a moment (UTC ms)."""
    if played.kind != "track" or played.private or (played.synced_at or 0) > now_ms:
        return False
    if played.ended_at + _late(played, manners) > now_ms:
        return False
    return (
        played.ms_played >= SKIP_MS
        or crc32(f"{played.uri}{played.started_at}".encode()) % 100 < SHOWN_SKIPS
    )


def _late(played: Played, manners: Manners) -> int:
    """Return how late (ms) a row comes: by chance, of 120 s at most it is 30 s in the median."""
    chance = crc32(f"late {played.uri} {played.started_at}".encode()) % 1000 / 1000
    return int(manners.late_ms * chance * chance)


def _newest_first(
    played: Sequence[Played], now_ms: int, manners: Manners
) -> Iterator[RecentPlay]:
    """Yield the rows; no two have one `played_at`."""
    later: int | None = None
    for row, moment in _dated(played, now_ms, manners):
        played_at = moment if later is None else min(moment, later - 1)
        later = played_at
        yield RecentPlay(row, played_at)


def _dated(
    played: Sequence[Played], now_ms: int, manners: Manners
) -> Iterator[tuple[Played, int]]:
    """Yield what is shown with its moment by Spotify's clock (UTC ms), newest first."""
    for number, row in enumerate(reversed(played)):
        if row.ended_at < now_ms - REACH_MS:
            return
        if not shown(row, now_ms, manners):
            continue
        match manners.played_at:
            case PlayedAt.START:
                moment = row.started_at
            case PlayedAt.SOUNDED:
                moment = row.started_at + row.ms_played
            case _:
                moment = row.ended_at
        early = min(
            crc32(f"{row.started_at}{row.uri}".encode()) % 1200, row.ms_played // 2
        )
        moment += _late(row, manners) - early + manners.clock_ms
        yield row, moment
        if manners.repeats_rows and (len(played) - number) % 5 == 0:
            yield row, moment - REPEATED_MS
