"""Reads recently played, page by page, back to a moment."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple, Protocol

from .playback import RecentPage, RecentPlay
from .player_calls import RECENT_LIMIT

BACKFILL_MS: Final = 30 * 86_400_000
BACKFILL_REQUESTS: Final = 200
BETWEEN_PAGES_S: Final = 1


class RecentSource(Protocol):
    """Recently played of one account, as the gateway reads it."""

    async def async_recently_played(self, *, before: int | None = None) -> RecentPage:
        """Return up to 50 plays that ended before a moment (UTC ms), else the last 50; newest first."""


class Missed(NamedTuple):
    """Plays of one page, from when on (UTC ms) nothing is missing by now, and why rows of it could not be read."""

    plays: list[RecentPlay]
    since: int
    unread: tuple[str, ...] = ()


async def missed_plays(
    gateway: RecentSource,
    known_until: int | None,
    now: int,
    *,
    backfill: bool,
    listed_before: bool = False,
) -> AsyncGenerator[Missed]:
    """Yield recently played page by page, newest first, until it reaches back to `known_until` (UTC ms).

    A page is yielded whole, also with what is known: Spotify enters rows late whose `played_at` lies before the newest
    one, which `after=known_until` would never show. Where a row up to then was `listed_before`, a list without it is
    not whole, however few rows it has: Spotify leaves out some (your_spotify#88: 43 of 50). When nothing is known yet, it goes back 30 days, or one
    page without `backfill`. It stops where the list ends or makes no progress, and after 200 requests: then the last
    page's `since` lies after `known_until`. Raises what the gateway raises; the pages before that are good.
    """
    needed_from = now - BACKFILL_MS if known_until is None else known_until
    requests = 1 if known_until is None and not backfill else BACKFILL_REQUESTS
    before: int | None = None
    since = now
    for request in range(requests):
        if request:
            await asyncio.sleep(BETWEEN_PAGES_S)
        page = await gateway.async_recently_played(before=before)
        if (
            known_until is not None
            and not listed_before
            and not request
            and page.rows < RECENT_LIMIT
        ):
            # A list that was never full has lost nothing.
            yield Missed(list(page.plays), known_until, page.unread)
            return
        oldest = page.before or min(
            (play.played_at for play in page.plays), default=since
        )
        since = max(min(since, oldest), needed_from)
        yield Missed(_needed(page, known_until, needed_from), since, page.unread)
        if page.before is None or page.before <= needed_from:
            return
        if before is not None and page.before >= before:
            return
        before = page.before


def _needed(page: RecentPage, known_until: int | None, start: int) -> list[RecentPlay]:
    """Return the plays of a page; of the time before the first link those that are young enough."""
    if known_until is not None:
        return list(page.plays)
    return [play for play in page.plays if play.played_at > start]
