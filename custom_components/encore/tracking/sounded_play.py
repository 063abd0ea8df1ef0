"""What every play under way has, whoever watches it: an item, intervals of sound, and the observation that it becomes.

All times are in milliseconds, moments in UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..history.model import (
    Device,
    Item,
    Listener,
    Loudness,
    Observation,
    RoomSpan,
    Source,
)

FINISHED_WITHIN_MS: Final = 12_000
"""An item left this near its end was played to its end: crossfade lasts up to 12 s."""

OUT_OF_ORDER_MS: Final = 60_000
"""A state that is older than the last one by less came late; by more, the clock was set back."""


@dataclass(slots=True, kw_only=True)
class SoundedPlay:
    """A play with the intervals in which it sounded, in order, pauses left out."""

    item: Item
    context_uri: str | None = None
    shuffle: bool | None = None
    intervals: list[tuple[int, int]] = field(default_factory=list)

    @property
    def ended_at(self) -> int | None:
        """When it last sounded, if it did."""
        return self.intervals[-1][1] if self.intervals else None

    @property
    def sounded_ms(self) -> int:
        """How long its intervals are together."""
        return sum(end - start for start, end in self.intervals)

    def move(self, by: int) -> None:
        """Shift all of it, as the clock was set by so much (ms)."""
        self.intervals = [(start + by, end + by) for start, end in self.intervals]

    def observed(
        self,
        source: Source,
        listener: Listener,
        finished: bool | None,
        *,
        ms_played: int,
        device: Device | None,
        rooms: Sequence[RoomSpan],
        volumes: Sequence[Loudness] = (),
        incognito: bool = False,
    ) -> Observation:
        """Return the observation of it; `finished` is whether it was played to its end, None where that is unknown."""
        return Observation(
            source=source,
            listener=listener,
            item=self.item,
            started_at=self.intervals[0][0],
            ended_at=self.intervals[-1][1],
            ms_played=ms_played,
            device=device,
            context_uri=self.context_uri,
            rooms=tuple(rooms),
            skipped=None if finished is None else not finished,
            shuffle=self.shuffle,
            volumes=tuple(volumes),
            incognito=incognito,
        )
