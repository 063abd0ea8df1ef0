"""What recently played had when it was last read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .playback import RecentPlay


@dataclass(frozen=True, slots=True)
class Listed:
    """What recently played had when it was last read. It has all music until a moment (UTC ms), but for many a skip."""

    rows: Sequence[RecentPlay] = ()
    until: int = 0

    def between(self, start: int, end: int) -> list[RecentPlay]:
        """Return the rows that ended between two moments (UTC ms), oldest first."""
        rows = (row for row in self.rows if start < row.played_at < end)
        return sorted(rows, key=lambda row: row.played_at)

    def newest_between(self, start: int, end: int) -> RecentPlay | None:
        """Return the row that ended last between two moments (UTC ms), if there is one."""
        rows = self.between(start, end)
        return rows[-1] if rows else None


NOTHING_LISTED: Final = Listed()
