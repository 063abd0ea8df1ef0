"""Observations as the merge reads them, and the plays that it derives."""

from typing import Final

import msgspec

from ..model import Source

AGREED_MS: Final = 90_000
"""Sources that saw one play agree on its end to within this."""

MINUTE_MS: Final = 60_000
"""Account data says in which minute a play ended."""

END_TOLERANCE_MS: Final = AGREED_MS + MINUTE_MS
"""Ends further apart than this are of one play only where one of them lies within the other."""

REPORTED_LATE_MS: Final = 150_000
"""Recently played reports an end up to so much too late: about two minutes, and what clocks differ."""

CROSSFADE_MS: Final = 15_000
"""A track that is played again may end so much sooner after itself than it is long, or a bit less: Spotify fades for up to 12 s."""

LONGEST_MS: Final = 12 * 3_600_000
"""No play reaches further back from its end than this, however long it was paused."""

SHORT_MS: Final = 30_000
"""What sounded for less is often not in recently played."""

CROWD_MS: Final = 1_000
"""Starts of one song closer than this are derived together, so that no two plays get one start."""


class MergeRow(msgspec.Struct, frozen=True, gc=False):
    """An observation as the merge sees it. `track`, `device` and rooms are row ids of the store."""

    source: Source
    listener: str
    uri: str
    track: int
    song: int
    """Tracks of one song may be releases of one recording."""
    duration_ms: int | None
    started_at: int
    ended_at: int
    ms_played: int
    offline_at: int = 0
    device: int | None = None
    context_uri: str | None = None
    skipped: bool | None = None
    reason_end: str | None = None
    rooms: tuple[tuple[int, int, int], ...] = ()
    play: int | None = None
    """The play it was part of before."""
    spoken: bool = False
    """Whether it is an episode or a chapter: those of one title are still different ones."""
    shown_as: tuple[int, str] | None = None
    """The real track, with its URI, that stands for one of which only names are known."""

    @property
    def assumed(self) -> bool:
        """Whether it takes its track to have been played in full: a row of recently played.

        What resume points report of episodes comes from the same source, and is measured.
        """
        return self.source is Source.POLLED and not self.spoken

    @property
    def shown(self) -> tuple[int, str]:
        """The track that its play shows, with its URI."""
        return self.shown_as or (self.track, self.uri)

    @property
    def begins_at(self) -> int:
        """When it starts, as far as the merge looks back."""
        return max(self.started_at, self.ended_at - LONGEST_MS)

    @property
    def sounded_from(self) -> int:
        """When its play is taken to have begun where nobody knows better.

        A source that reports afterwards knows between which moments it sounded and for how long: it lies at their end.
        """
        if self.source is Source.POLLED:
            return max(self.begins_at, self.ended_at - self.ms_played)
        return self.begins_at

    @property
    def reach(self) -> tuple[int, int]:
        """The first and last end (UTC ms) of any observation that it could be linked with."""
        earliest = min(self.begins_at - CROWD_MS, self.ended_at - END_TOLERANCE_MS)
        return earliest, self.ended_at + LONGEST_MS + CROWD_MS


class DerivedPlay(msgspec.Struct, frozen=True, gc=False):
    """A play as it follows from its observations."""

    listener: str
    uri: str
    track: int
    started_at: int
    ended_at: int
    ms_played: int
    device: int | None
    context_uri: str | None
    skipped: bool | None
    rooms: tuple[tuple[int, int, int], ...]
    merge_rows: tuple[MergeRow, ...]

    @property
    def sources(self) -> int:
        """Its sources as a set of bits, one for each number of a source."""
        bits = 0
        for merge_row in self.merge_rows:
            bits |= 1 << merge_row.source
        return bits

    @property
    def assumed(self) -> bool:
        """Whether it rests on rows of recently played alone, which do not say for how long it sounded."""
        return all(merge_row.assumed for merge_row in self.merge_rows)


type Identity = tuple[str, int, str, int, int, int]


def identity(merge_row: MergeRow) -> Identity:
    """Return what makes an observation the same one when it is met again."""
    return (
        merge_row.listener,
        merge_row.ended_at,
        merge_row.uri,
        merge_row.source,
        merge_row.ms_played,
        merge_row.offline_at,
    )


def fixed_order(merge_row: MergeRow) -> tuple[int, int, int, int, str, str, int]:
    """Return the fixed order of observations: by end, then by all that distinguishes them."""
    return (
        merge_row.ended_at,
        merge_row.source,
        merge_row.started_at,
        merge_row.ms_played,
        merge_row.listener,
        merge_row.uri,
        merge_row.offline_at,
    )
