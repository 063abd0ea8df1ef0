"""What `played_at` of recently played means for an account: start or end, late or exact; learned from its own plays.

Spotify has dated rows by the end of a play and by its start, with pauses and without, on time and minutes late
(spotify/web-api#613, spotify/web-api#1083, multi-scrobbler#709). All times are in milliseconds, moments in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

from ...history.merge.same_song import same_song
from ...history.model import Item
from ..api.playback import RecentPlay

EARLY_MS: Final = 30_000
LATE_MS: Final = 150_000
"""A row belongs to a play of its song that began no more than the one after it, and ended no more than the other before."""

SHORT_MS: Final = 30_000
"""What sounded for less is often not in recently played."""

_COMPARED: Final = 30
"""How many of the last plays are compared with their rows."""
_ENOUGH: Final = 5
_EXACT_MS: Final = 3_000
"""Rows that differ by no more than this from one another are exact."""


@dataclass(frozen=True, slots=True)
class EndedPlay:
    """A play that the player showed, and that is over. `surely` says that its end was seen."""

    item: Item
    started_at: int
    ended_at: int
    ms_played: int
    surely: bool = False


@dataclass(slots=True)
class PlayedAtConvention:
    """How `played_at` stood to the end and the start of plays of one account lately; it can be stored and taken up again."""

    after_end: list[int] = field(default_factory=list)
    after_start: list[int] = field(default_factory=list)
    nearer_start: list[bool] = field(default_factory=list)
    """Of each play that was compared: whether its row is dated nearer to its start."""
    learned_until: int = 0
    """When the last play ended that was compared."""

    def learn(self, pairs: Iterable[tuple[RecentPlay, EndedPlay]]) -> None:
        """Take account of rows, as Spotify dates them, and the plays that they are of; each play is compared once."""
        for row, over in sorted(pairs, key=lambda pair: pair[1].ended_at):
            if over.ended_at <= self.learned_until:
                continue
            self.learned_until = over.ended_at
            if over.ms_played < SHORT_MS:
                continue
            after_end = row.played_at - over.ended_at
            after_start = row.played_at - over.started_at
            if over.surely:
                self.after_end.append(after_end)
                early = after_end < -EARLY_MS and after_start <= LATE_MS
            else:
                early = after_start < over.ms_played / 2
            self.after_start.append(after_start)
            self.nearer_start.append(early)
        for each in (self.after_end, self.after_start, self.nearer_start):
            del each[:-_COMPARED]

    @property
    def by_start(self) -> bool:
        """Whether rows are dated by the start of their plays."""
        votes = self.nearer_start
        return len(votes) >= _ENOUGH and 2 * sum(votes) > len(votes)

    @property
    def _after(self) -> list[int]:
        known = sorted(self.after_start if self.by_start else self.after_end)
        if len(known) < _ENOUGH:
            return []
        # Not every end that seems to have been seen was.
        odd = len(known) // 10
        return known[odd : len(known) - odd]

    @property
    def usual_ms(self) -> int:
        """By how much rows usually lie after the moment that they are dated by."""
        usual = round(median(after)) if (after := self._after) else 0
        return usual if abs(usual) > _EXACT_MS / 2 else 0

    @property
    def slack_ms(self) -> int:
        """How far a row may lie from what is concluded of it; 0 for exact ones."""
        if not (after := self._after):
            return 0
        apart = after[-1] - after[0]
        return 0 if apart <= _EXACT_MS else apart

    @property
    def late_ms(self) -> int:
        """How long after a play its row may come."""
        if not (after := self._after) or after[-1] <= _EXACT_MS:
            return 0
        return min(after[-1] + _EXACT_MS, LATE_MS)

    def dated(self, rows: Sequence[RecentPlay], read_at: int) -> list[RecentPlay]:
        """Return rows of one page, newest first, each with the end of its play as `played_at`, as far as that is known.

        `read_at` (UTC ms) is when the page was read: all of its plays were over by then.
        """
        usual, by_start = self.usual_ms, self.by_start
        found: list[RecentPlay] = []
        until = read_at
        for row in rows:
            moment = row.played_at - usual
            ended_at = moment
            if by_start:
                ended_at += row.item.duration_ms or 0
                ended_at = max(min(ended_at, until), moment)
                until = moment
            found.append(replace(row, played_at=ended_at))
        return found


def matched(
    rows: Sequence[RecentPlay], overs: Sequence[EndedPlay]
) -> list[tuple[RecentPlay, EndedPlay]]:
    """Return which rows are of which plays, each in one pair at most: the nearest first.

    A row is of a play of its song within which it lies, or shortly after: it could not have been played again meanwhile.
    What sounded for a moment seldom has a row, and takes only one at its very end.
    """
    near = sorted(
        (
            (abs(row.played_at - over.ended_at), -place, number)
            for place, over in enumerate(overs)
            for number, row in enumerate(rows)
            if _may_be(row, over) and same_song(row.item, over.item)
        ),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, number in near:
        if number not in pairs and -place not in taken:
            pairs[number] = -place
            taken.add(-place)
    return [(rows[number], overs[place]) for number, place in pairs.items()]


def _may_be(row: RecentPlay, over: EndedPlay) -> bool:
    if over.ms_played < SHORT_MS:
        return abs(row.played_at - over.ended_at) <= _EXACT_MS
    return over.started_at - EARLY_MS <= row.played_at <= over.ended_at + LATE_MS
