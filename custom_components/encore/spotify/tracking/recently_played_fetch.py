"""Fetches recently played into the history, each play once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from itertools import pairwise
import threading
from typing import Final, final

from ...const import LOGGER
from ...history.model import Listener, Observation, Source
from ...runtime.running_job import Progress
from ...tracking.recorded_time import RecordedTime
from ..api.playback import RecentPlay
from ..api.recently_played import BACKFILL_MS, RecentSource, missed_plays
from .played_at import LATE_MS
from .recently_played_list import RecentlyPlayedList

type Add = Callable[[Sequence[Observation]], Awaitable[int]]
type NotRecorded = Callable[[int], bool]
type Dated = Callable[[Sequence[RecentPlay]], list[RecentPlay]]
"""Given rows as Spotify dates them, newest first, returns them with the ends of their plays, as far as these are known."""
type Sounded = Callable[[RecentPlay], tuple[int, int] | None]
"""Given a row, returns from when until when (UTC ms) it can have sounded at the player; None where it cannot."""


_IN_A_ROW: Final = 4


@dataclass(slots=True)
class Fetched:
    """The result of a fetch: how many rows were read, how many of them were new to the history, and how many cannot be read."""

    rows: int = 0
    new: int = 0
    unread: int = 0
    cancelled: bool = False

    def counts(self) -> dict[str, int]:
        """Return it for the record of a job."""
        unread = {"unread": self.unread} if self.unread else {}
        return {"rows": self.rows, "new": self.new, **unread}


@final
@dataclass(eq=False)
class RecentlyPlayedFetch:
    """Fetches the list of one account, from where it is known on.

    `add` stores observations and returns how many were new; what `is_not_recorded`, by its end (UTC ms), is left out.
    """

    _listener: Listener
    _gateway: RecentSource
    _add: Add
    _is_not_recorded: NotRecorded
    _: KW_ONLY
    dated: Dated = list
    sounded: Sounded | None = None
    known: frozenset[tuple[str, int]] = field(default_factory=frozenset, init=False)
    """The rows that need not be read again: what is listed, and when by Spotify's clock."""
    _reported_unread: set[str] = field(default_factory=set, init=False)
    cursor: int | None = field(default=None, init=False)
    """Up to when (UTC ms) the list is known."""
    listed: RecentlyPlayedList = field(default_factory=RecentlyPlayedList, init=False)
    """The rows of its first page when it was last read."""

    async def async_fetch(
        self,
        recording: RecordedTime,
        now: int,
        *,
        backfill: bool,
        progress: Progress = lambda rows, percent: None,
        cancelled: threading.Event | None = None,
    ) -> Fetched:
        """Fetch the plays that are missing, and take account of the time that the list covers.

        Pages come newest first, and the next start goes on from the newest play that is stored:
        those of a gap are stored together, when all of them came. Of the time before the first
        link, each page is good by itself. Once `cancelled` is set, nothing more is asked for. Raises SpotifyError.
        """
        newest = self.cursor or 0
        since = now
        fetched = Fetched()
        missed: list[RecentPlay] = []
        known_until = max(self.listed.until - LATE_MS, self.cursor or 0)
        seen: set[tuple[str, int]] = set()
        first: tuple[RecentPlay, ...] | None = None
        async for page in missed_plays(
            self._gateway,
            self.cursor,
            now,
            backfill=backfill,
            listed_before=bool(self.known),
        ):
            since = page.since
            plays = self.dated(page.plays)
            first = tuple(plays) if first is None else first
            fetched.rows += len(page.plays)
            fetched.unread += len(page.unread)
            self._report_unread(page.unread)
            newest = max([newest, *(play.played_at for play in page.plays)])
            keys = [(play.item.uri, play.listed_at) for play in plays]
            missed += [
                play
                for play, key in zip(plays, keys, strict=True)
                if key not in self.known and not self._is_not_recorded(play.played_at)
            ]
            seen.update(keys)
            if self.cursor is None:
                fetched.new += await self._add(self._polled(missed, known_until))
                missed = []
            reach = BACKFILL_MS if self.cursor is None else max(now - self.cursor, 1)
            progress(fetched.rows, min(100 * (now - since) // reach, 100))
            if cancelled is not None and cancelled.is_set():
                fetched.cancelled = True
                if self.cursor is not None:
                    # The newest alone would hide that the ones before them are missing.
                    return fetched
                break
        fetched.new += await self._add(self._polled(missed, known_until))
        recording.listed(since, now)
        if self.cursor is not None and since > self.cursor:
            recording.overflowed(self.cursor, since)
        self.cursor = newest or None
        self.listed = RecentlyPlayedList(first or (), now)
        self.known = frozenset(seen)
        return fetched

    def _report_unread(self, unread: Sequence[str]) -> None:
        """Say once of each kind of row that it cannot be read."""
        if new := sorted({*unread} - self._reported_unread):
            self._reported_unread.update(new)
            LOGGER.warning(
                "Recently played has rows with %s; its other rows are used",
                ", ".join(new),
            )

    def _polled(
        self, rows: Sequence[RecentPlay], known_until: int
    ) -> list[Observation]:
        """Assume that all of each new row's item was played, up to `played_at`, except where nothing sounded.

        Rows of a time that was known already (UTC ms) were played where there was no network, and so nothing was seen of them.
        """
        rows = sorted(rows, key=lambda row: row.played_at)
        spans = [self.sounded(row) if self.sounded else None for row in rows]
        offline = any(row.played_at < known_until for row in rows)
        if offline or None in spans:
            spans = [None] * len(rows)
        return [
            self._observation(row, span, _skimmed(rows[place : place + _IN_A_ROW]))
            for place, (row, span) in enumerate(zip(rows, spans, strict=True))
        ]

    def _observation(
        self, row: RecentPlay, span: tuple[int, int] | None, most: int | None
    ) -> Observation:
        length = row.item.duration_ms or 0
        start, end = span or (row.played_at - length, row.played_at)
        if most is not None:
            start = max(start, end - most)
        return Observation(
            source=Source.POLLED,
            listener=self._listener,
            item=row.item,
            started_at=start,
            ended_at=end,
            ms_played=end - start,
            context_uri=row.context_uri,
        )


def _skimmed(rows: Sequence[RecentPlay]) -> int | None:
    """Return how long (ms) the first of some rows sounded at the most, if somebody went from song to song in them.

    Each of the others has no more time than lies between it and the one before. None where one may have been played to its end.
    """
    lengths = [
        (after.played_at - before.played_at, after.item.duration_ms or 0)
        for before, after in pairwise(rows)
    ]
    if len(lengths) < _IN_A_ROW - 1 or any(2 * ms > whole for ms, whole in lengths):
        return None
    return max(ms for ms, _ in lengths)
