"""State of a collector that outlives a restart: the active play, observations not stored yet, pauses."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, final

from ...history.model import Listener, Observation
from ...history.time_ranges.intervals import Span
from ...runtime.moments import now_ms
from ..api.playback import RecentPlay
from .playback_tracker import PlaybackTracker, RoomOf
from .played_at import PlayedAtConvention, matched
from .tracker_state import TrackerState

MOST_PAUSES: Final = 500
"""Of older ones no play stands in recently played any more."""


@dataclass(slots=True)
class CollectorState:
    """While `paused`, since `paused_at` and until `paused_until`, nothing was to be recorded, nor fetched later.

    `pauses` are those that are over, `record_from` was the end of the last one in an earlier version. All in UTC ms.
    """

    tracker: TrackerState = field(default_factory=TrackerState)
    unsaved: list[Observation] = field(default_factory=list)
    record_from: int | None = None
    paused: bool = False
    paused_at: int | None = None
    paused_until: int | None = None
    """None where the pause lasts until somebody ends it."""
    pauses: list[Span] = field(default_factory=list)
    linking: bool = False
    """Whether what was played before the account was linked is not fetched in full yet."""
    known: list[tuple[str, int]] = field(default_factory=list)
    """The rows of recently played that are known: what is listed, and when by Spotify's clock."""
    dating: PlayedAtConvention = field(default_factory=PlayedAtConvention)

    def resumed(self, now: int) -> None:
        """Say that the pause is over."""
        if self.paused:
            start = now if self.paused_at is None else min(self.paused_at, now)
            self.pauses = [*self.pauses, (start, now)][-MOST_PAUSES:]
        self.paused, self.paused_at, self.paused_until = False, None, None

    def withheld(self, moment: int) -> bool:
        """Whether nothing that ended at a moment (UTC ms) is to be fetched."""
        if self.record_from is not None and moment <= self.record_from:
            return True
        return any(start < moment <= end for start, end in self.pauses)

    @property
    def record_since(self) -> int | None:
        """When the last pause ended (UTC ms), if there was one."""
        if self.pauses:
            return self.pauses[-1][1]
        return self.record_from


@final
class TrackedAccount:
    """The state of an account's collector, and the tracker that goes on from it."""

    def __init__(self, listener: Listener, room_of: RoomOf, *, private: bool) -> None:
        """Begin with nothing known; `private` is whether private sessions are recorded too."""
        self.private = private
        self.state = CollectorState()
        self._listener = listener
        self._room_of = room_of
        self.tracker = self.new_tracker(TrackerState())

    def new_tracker(self, state: TrackerState) -> PlaybackTracker:
        """Return a tracker of the account that goes on from a state."""
        return PlaybackTracker(
            self._listener, self._room_of, state, private=self.private
        )

    def go_on(self, state: CollectorState) -> None:
        """Go on from a stored state."""
        self.state = state
        self.tracker = self.new_tracker(state.tracker)

    def resume(self, now: int) -> None:
        """End a pause (UTC ms); nothing that sounded before counts."""
        self.state.resumed(now)
        self.tracker = self.new_tracker(TrackerState(since=now))

    def dated(self, rows: Sequence[RecentPlay]) -> list[RecentPlay]:
        """Return rows, newest first, with the ends of their plays, and learn from those that the player showed."""
        dating = self.state.dating
        dated = dating.dated(rows, now_ms())
        pairs = matched(dated, self.tracker.state.overs)
        as_listed = {row.listed_at: row for row in rows}
        dating.learn((as_listed[row.listed_at], over) for row, over in pairs)
        ends = {row.listed_at: over.ended_at for row, over in pairs}
        return [
            replace(row, played_at=ends.get(row.listed_at, row.played_at))
            for row in dated
        ]

    def sounded(self, row: RecentPlay) -> tuple[int, int] | None:
        """Return from when until when (UTC ms) a row can have sounded at the player; None where it cannot."""
        length = (row.item.duration_ms or 0) - self.tracker.state.sounded_of(row)
        slack = self.state.dating.slack_ms
        return self.tracker.state.could_sound(row.played_at, length, slack)

    def hides(self, moment: int) -> bool:
        """Whether nothing that ended at a moment (UTC ms) is to be recorded."""
        return self.state.withheld(moment) or self.tracker.hides(moment)
