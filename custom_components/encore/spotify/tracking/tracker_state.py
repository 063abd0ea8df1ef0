"""What a playback tracker remembers between two looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ...history.merge.same_song import same_song
from ...history.time_ranges.intervals import Span
from ...tracking.sounded_play import OUT_OF_ORDER_MS
from ..api.playback import Playback, RecentPlay
from .active_play import SLACK_MS, ActivePlay
from .played_at import SHORT_MS, EndedPlay

REOPENED_MS: Final = 3 * 60_000
"""Between two looks no further apart than this, no player was opened, played and closed again."""

_OVERS: Final = 60
_SPANS: Final = 100


@dataclass(slots=True)
class TrackerState:
    """All that is remembered between two looks; it can be stored and taken up again."""

    last: Playback | None = None
    left: Playback | None = None
    """The last look that had an item: where it will be taken up again."""
    play: ActivePlay | None = None
    doubt: Playback | None = None
    """A look that saw no player, where a play was under way, as long as no other one did."""
    since: int | None = None
    """Nothing that sounded before is to be recorded (UTC ms)."""
    overs: list[EndedPlay] = field(default_factory=list)
    """The last plays that are over: recently played may have yet to name them."""
    silent: list[Span] = field(default_factory=list)
    """When nothing sounded lately (UTC ms), as looks saw."""
    private: list[Span] = field(default_factory=list)
    """The last private sessions (UTC ms), each with all of the songs that were on in it."""

    def move_back(self, by: int) -> None:
        """Move all of it back by a time (ms)."""
        self.doubt = None
        if self.last is not None:
            self.last = replace(self.last, seen_at=self.last.seen_at - by)
        if self.play is not None:
            self.play.move(-by)
        self.overs = []

    def remember(
        self, rows: Sequence[RecentPlay], placed: Sequence[RecentPlay]
    ) -> None:
        """Take no row that was found to be of one time for one of another; `placed` are some of the rows, where they belong."""
        found = {row.listed_at for row in placed}
        self.add_overs(
            EndedPlay(row.item, row.played_at, row.played_at, SHORT_MS)
            for row in rows
            if row.listed_at in found
        )

    def add_overs(self, overs: Iterable[EndedPlay]) -> None:
        """Remember plays that are over."""
        self.overs = [*self.overs, *overs][-_OVERS:]

    @property
    def restless(self) -> bool:
        """Whether somebody goes from song to song: the last one was not played to its end, as far as that was seen."""
        return bool(self.overs) and not self.overs[-1].surely

    def hide(self, span: Span) -> None:
        """Take note of a private session (UTC ms)."""
        self.private = _with(self.private, span)

    def note_silence(self, last: Playback | None, now: Playback) -> None:
        """Take account of a look at which nothing sounds, nor since the one before where that is paused at the same place or shortly before had no player either."""
        if now.playing:
            return
        since = now.seen_at
        if last is not None and last.item is not None and now.item is not None:
            before, after = last.item.uri, now.item.uri
            moved = last.progress_ms != now.progress_ms
            if before == after and not last.playing and not moved:
                since = last.seen_at
        elif last is not None and last.idle and now.idle:
            # What is closed is shown as paused for a while.
            if now.seen_at - last.seen_at <= REOPENED_MS:
                since = last.seen_at
        self.silent = _with(self.silent, (since, now.seen_at))

    def sounded_of(self, row: RecentPlay) -> int:
        """Return how much (ms) of an item had been played before its row: it was left, and then taken up again."""
        before = [one for one in self.overs if one.ended_at < row.played_at]
        if not before or before[-1].surely or not same_song(before[-1].item, row.item):
            return 0
        sounded_ms = before[-1].ms_played
        return sounded_ms if sounded_ms < (row.item.duration_ms or 0) else 0

    def could_sound(
        self, ended_at: int, duration_ms: int, slack_ms: int = 0
    ) -> tuple[int, int] | None:
        """Return when a play may have sounded that lasted no longer than its item (ms): not where looks saw that nothing did.

        It ended at a moment (UTC ms), or up to `slack_ms` before. None where looks saw that nothing sounded then: it was
        played where there was no network.
        """
        start = ended_at - duration_ms
        for silent_from, silent_until in reversed(self.silent):
            if silent_from < ended_at <= silent_until:
                if ended_at > silent_from + slack_ms + SLACK_MS:
                    return None
                ended_at = silent_from
            elif silent_until < ended_at - slack_ms:
                return max(min(start, ended_at), silent_until), ended_at
        return min(start, ended_at), ended_at


def _with(spans: Sequence[Span], span: Span) -> list[Span]:
    """Return intervals with a later one, joined with the last where they meet."""
    start, end = span
    before = [*spans]
    if before and start <= before[-1][1]:
        first, last = before.pop()
        start, end = min(first, start), max(last, end)
    return [*before, (start, end)][-_SPANS:]


def set_ahead(last: Playback, now: Playback) -> int:
    """Return how far (ms) our clock was set ahead between two looks; less than 0 where it was set back, 0 where it was not."""
    if last.ticks_ms is None or now.ticks_ms is None:
        return 0
    ahead = now.seen_at - last.seen_at - (now.ticks_ms - last.ticks_ms)
    return ahead if abs(ahead) > OUT_OF_ORDER_MS else 0
