"""A group as a source reports it: coordinator, rooms, what it plays."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ..history.model import Device, Item, Kind, Room


class Transport(StrEnum):
    """What a player does."""

    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"
    TRANSITIONING = "transitioning"
    """Between two of the others, for a moment; it is ignored."""


@dataclass(frozen=True, slots=True)
class Group:
    """Players that sound together, as they were at one moment.

    `members` are the keys of all of them, the coordinator's too, and `rooms` where they stand. Of an
    item without a duration, such as a radio station, no position counts. `withheld` is what nobody
    may record, because its listener does not want it recorded.
    """

    player: Device
    rooms: tuple[Room, ...]
    transport: Transport
    item: Item | None = None
    position_ms: int | None = None
    members: tuple[str, ...] = ()
    context_uri: str | None = None
    shuffle: bool | None = None
    repeats_one: bool = False
    withheld: bool = False
    unknown: bool = False
    """Whether nobody knows for a moment what became of what it played; all else it reports is nothing then."""
    volumes: tuple[tuple[str, int], ...] = ()
    """How loud its rooms are, by their keys, in percent, as far as they report it; 0 where they are muted."""

    @property
    def playing(self) -> bool:
        """Whether it sounds, and what is known."""
        return self.transport is Transport.PLAYING and self.item is not None

    @property
    def position(self) -> int | None:
        """The position (ms) within the item; a player may report one beyond its end."""
        if self.item is None or not self.item.duration_ms or self.position_ms is None:
            return None
        return min(max(self.position_ms, 0), self.item.duration_ms)

    @property
    def everybody(self) -> frozenset[str]:
        """The keys of all its players."""
        return frozenset({self.player.key, *self.members})

    def settled(self, before: Group | None) -> Group:
        """Return it with what it did before its transition."""
        if self.transport is not Transport.TRANSITIONING:
            return self
        if before is None:
            return replace(self, transport=Transport.STOPPED, item=None)
        return replace(
            before,
            rooms=self.rooms,
            members=self.members,
            position_ms=None,
            volumes=self.volumes,
        )


def endless(kind: Kind) -> bool:
    """Whether what plays has no end of its own."""
    return kind in {Kind.RADIO, Kind.TELEVISION, Kind.LINE_IN}
