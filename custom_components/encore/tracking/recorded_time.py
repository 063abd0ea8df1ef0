"""Records when an account was recorded, and why not otherwise."""

from typing import Final, NamedTuple, final

from ..history.model import Listener, Source
from ..history.records.recording_coverage import GapReason, Recorded, Unrecorded
from ..history.time_ranges.intervals import Span

BRIDGED_MS: Final = 20 * 60_000
"""Between two looks this far apart nothing is lost: an idle player is looked at every 15 minutes."""

MISSED_MS: Final = 60_000
"""A time in which no look was possible may have lost a play from this length on, if anything sounded in it."""

NOTE_EVERY_MS: Final = 5 * 60_000
"""How much of it a crash may lose."""


class UnnotedTime(NamedTuple):
    """When a listener was recorded, and when not and why, as far as that is to be noted."""

    recorded: tuple[Recorded, ...]
    unrecorded: tuple[Unrecorded, ...]


@final
class RecordedTime:
    """When the player of a listener was looked at, what recently played covers, and what kept them from it.

    All moments are UTC ms. What is over stays until it was `noted`; what goes on is returned again
    each time, from its start: to note an interval twice does no harm.
    """

    def __init__(self, listener: Listener, *, source: Source = Source.LIVE) -> None:
        """Begin with nothing recorded."""
        self._listener = listener
        self._source = source
        self._seen: Span | None = None
        self._broken_at: int | None = None
        """Since when no look was possible (UTC ms), if none is."""
        self._failing: GapReason | None = None
        self._withheld: tuple[GapReason, int] | None = None
        self._recorded: list[Recorded] = []
        self._unrecorded: list[Unrecorded] = []
        self._noted_at = 0

    def seen_until(self, moment: int | None) -> None:
        """Go on from the moment (UTC ms) at which an earlier recording ended, if there was one."""
        self._seen = None if moment is None else (moment, moment)
        self._broken_at = moment

    def seen(self, at: int, *, sounded: bool = False) -> None:
        """Take account of a look at a player that may be recorded; something may have `sounded` since the look before."""
        if self._withheld is not None:
            reason, start = self._withheld
            self._unrecorded.append(self._gap(reason, start, at))
            self._withheld = None
        elif self._seen is not None and self._missed(
            self._seen[1], at, sounded=sounded
        ):
            reason = self._failing or GapReason.RESTARTED
            self._unrecorded.append(self._gap(reason, self._seen[1], at))
            self._end_seen()
        self._failing = self._broken_at = None
        start, end = self._seen or (at, at)
        self._seen = start, max(end, at)

    def withheld(self, reason: GapReason, at: int) -> None:
        """Take account that nothing is to be recorded from a moment on, until the player is `seen` again."""
        if self._withheld is None:
            self._end_seen()
            self._withheld = reason, at

    def failed(self, reason: GapReason, at: int) -> None:
        """Take account of a look that failed; the weightiest reason counts until the player is `seen` again."""
        self._failing = min(self._failing or reason, reason)
        self._broken_at = at if self._broken_at is None else self._broken_at

    def listed(self, since: int, now: int) -> None:
        """Take account of a list of all that was played from one moment to another."""
        self._recorded.append(Recorded(self._listener, Source.POLLED, since, now))

    def overflowed(self, start: int, end: int) -> None:
        """Take account of a time that the list no longer covers."""
        self._unrecorded.append(self._gap(GapReason.OVERFLOW, start, end))

    def unnoted(self, now: int) -> UnnotedTime:
        """Return all that is not noted yet, until now."""
        recorded, unrecorded = [*self._recorded], [*self._unrecorded]
        if self._withheld is not None:
            unrecorded.append(self._gap(*self._withheld, now))
        elif self._seen is not None:
            start, end = self._seen
            if self._failing is None and now - end <= BRIDGED_MS:
                end = max(end, now)
            recorded.append(self._watched(start, end))
            reason = self._failing or GapReason.RESTARTED
            unrecorded.append(self._gap(reason, end, max(end, now)))
        return UnnotedTime(tuple(recorded), tuple(unrecorded))

    def due(self, now: int) -> bool:
        """Whether it is time to note it."""
        return not 0 <= now - self._noted_at < NOTE_EVERY_MS

    def noted(self, unnoted: UnnotedTime, now: int) -> None:
        """Let go of what was noted."""
        self._recorded = [
            each for each in self._recorded if each not in unnoted.recorded
        ]
        self._unrecorded = [
            each for each in self._unrecorded if each not in unnoted.unrecorded
        ]
        self._noted_at = now

    def _missed(self, last: int, at: int, *, sounded: bool) -> bool:
        """Whether a play may be lost between two looks."""
        broken = 0 if self._broken_at is None else at - self._broken_at
        return at - last > BRIDGED_MS or (sounded and broken > MISSED_MS)

    def _end_seen(self) -> None:
        if self._seen is not None:
            self._recorded.append(self._watched(*self._seen))
            self._seen = None

    def _watched(self, start: int, end: int) -> Recorded:
        return Recorded(self._listener, self._source, start, end)

    def _gap(self, reason: GapReason, start: int, end: int) -> Unrecorded:
        return Unrecorded(self._listener, reason, start, end)
