"""Reads recently played as far back as something is missing."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple, Protocol

from .gateway import RECENT_LIMIT
from .playback import RecentPage, RecentPlay

BACKFILL_MS: Final = 30 * 86_400_000
BACKFILL_REQUESTS: Final = 200
BETWEEN_PAGES_S: Final = 1


class RecentSource(Protocol):
    """Recently played of one account, as the gateway reads it."""

    async def async_recently_played(
        self, *, after: int | None = None, before: int | None = None
    ) -> RecentPage:
        """Return up to 50 plays that ended after, or before, a moment (UTC ms), newest first."""


class Missed(NamedTuple):
    """Plays of one page, and from when on (UTC ms) nothing is missing by now."""

    plays: list[RecentPlay]
    since: int


async def missed_plays(
    gateway: RecentSource, known_until: int | None, now: int, *, backfill: bool
) -> AsyncGenerator[Missed]:
    """Yield, page by page, the plays that ended after `known_until` (UTC ms).

    When nothing is known yet, it goes back 30 days, or one page without `backfill`. It
    stops where the list ends or makes no progress, and after 200 requests: then the last page's
    `since` lies after `known_until`. Raises what the gateway raises; the pages before that are good.
    """
    if known_until is not None:
        page = await gateway.async_recently_played(after=known_until)
        if page.rows < RECENT_LIMIT:
            yield Missed(list(page.plays), known_until)
            return
    # Backward from the newest: which 50 of many a cursor forward yields is not documented.
    wanted_from = now - BACKFILL_MS if known_until is None else known_until
    requests = 1 if known_until is None and not backfill else BACKFILL_REQUESTS
    before: int | None = None
    since = now
    for request in range(requests):
        if request:
            await asyncio.sleep(BETWEEN_PAGES_S)
        page = await gateway.async_recently_played(before=before)
        oldest = page.before or min(
            (play.played_at for play in page.plays), default=since
        )
        since = max(min(since, oldest), wanted_from)
        yield Missed(
            [play for play in page.plays if play.played_at > wanted_from], since
        )
        if page.before is None or page.before <= wanted_from:
            return
        if before is not None and page.before >= before:
            return
        before = page.before
