"""Reads recently played as far back as something is missing."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, Protocol

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


async def missed_plays(
    gateway: RecentSource, known_until: int | None, now: int, *, backfill: bool
) -> AsyncGenerator[list[RecentPlay]]:
    """Yield, page by page, the plays that ended after `known_until` (UTC ms).

    When nothing is known yet, it goes back 30 days, or one page without `backfill`. It
    stops where the list ends or makes no progress, and after 200 requests. Raises what the
    gateway raises; the pages before that are good.
    """
    if known_until is not None:
        page = await gateway.async_recently_played(after=known_until)
        if page.rows < RECENT_LIMIT:
            yield list(page.plays)
            return
    # Backward from the newest: which 50 of many a cursor forward yields is not documented.
    wanted_from = now - BACKFILL_MS if known_until is None else known_until
    requests = 1 if known_until is None and not backfill else BACKFILL_REQUESTS
    before: int | None = None
    for request in range(requests):
        if request:
            await asyncio.sleep(BETWEEN_PAGES_S)
        page = await gateway.async_recently_played(before=before)
        yield [play for play in page.plays if play.played_at > wanted_from]
        if page.before is None or page.before <= wanted_from:
            return
        if before is not None and page.before >= before:
            return
        before = page.before
