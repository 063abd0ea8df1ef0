"""Recently played, as it was last read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...history.merge.same_song import same_song
from ..api.playback import Playback, RecentPlay
from .active_play import SLACK_MS, progressed_to
from .played_at import SHORT_MS, EndedPlay, matched


@dataclass(frozen=True, slots=True)
class RecentlyPlayedList:
    """What recently played had when it was last read. It has all music until a moment (UTC ms), but for many a skip."""

    rows: Sequence[RecentPlay] = ()
    until: int = 0
    slack_ms: int = 0
    """How far the end of a play may lie from where its row has it; 0 for a moment or two."""
    late_ms: int = 0
    """How long after a play its row may come."""

    @property
    def complete_until(self) -> int:
        """Until when (UTC ms) a play must have its row by now, if it ever has one."""
        return self.until - self.late_ms

    def between(self, start: int, end: int) -> list[RecentPlay]:
        """Return the rows that ended between two moments (UTC ms), oldest first."""
        rows = (row for row in self.rows if start < row.played_at < end)
        return sorted(rows, key=lambda row: row.played_at)

    def newest_between(self, start: int, end: int) -> RecentPlay | None:
        """Return the row that ended last between two moments (UTC ms), if there is one."""
        rows = self.between(start, end)
        return rows[-1] if rows else None

    def besides(self, overs: Sequence[EndedPlay]) -> RecentlyPlayedList:
        """Return what it has besides the rows of plays that are known to be over."""
        if not self.rows or not overs:
            return self
        known = {id(row) for row, _ in matched(self.rows, overs)}
        rows = tuple(row for row in self.rows if id(row) not in known)
        return replace(self, rows=rows)

    def placed(
        self, last: Playback, now: Playback, ahead: Sequence[Playback]
    ) -> RecentlyPlayedList:
        """Return it with each row that lies inexactly where it may have ended between two looks.

        What was on at the last look ended no later than what is on now began, unless it is the same and goes on; what is
        on now, or at a look `ahead`, has its row of a later time.
        """
        if not self.slack_ms or not self.rows:
            return self
        start, end = last.seen_at, now.seen_at
        if now.playing and now.progress_ms is not None:
            end = max(min(end, end - now.progress_ms), start)
        later = [look.item for look in (*ahead, now) if look.playing and look.item]
        goes_on = (last.device and last.device.id) == (
            now.device and now.device.id
        ) and progressed_to(last, now) >= now.seen_at - last.seen_at - SLACK_MS
        sure, unsure = [], []
        for row in sorted(self.rows, key=lambda row: row.played_at):
            if not start - self.slack_ms < row.played_at < now.seen_at + self.slack_ms:
                sure.append(row)
            elif not any(same_song(row.item, item) for item in later) or (
                not goes_on and last.item is not None and same_song(row.item, last.item)
            ):
                unsure.append(row)
        if len(unsure) * SHORT_MS > end - start + SHORT_MS:
            # They were not all played in so short a time.
            unsure = [row for row in unsure if start < row.played_at < end]
        reached = start
        for row in unsure:
            reached = min(max(row.played_at, reached + 1), end)
            sure.append(replace(row, played_at=reached))
        return replace(self, rows=tuple(sure))


EMPTY_LIST: Final = RecentlyPlayedList()
