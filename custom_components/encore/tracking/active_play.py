"""An active play on a group of players: intervals of sound, rooms, position."""

from dataclasses import dataclass, field
from typing import Final, override

from ..history.merge.same_song import is_local, song_keys
from ..history.model import Device, Item, Room, RoomSpan
from .group import Group, Transport
from .sounded_play import FINISHED_WITHIN_MS, SoundedPlay

SLACK_MS: Final = 2_500
"""Positions are this inexact: whole seconds, and a network's delay."""

LATE_MS: Final = 10_000
"""A new track is reported this late at the most; one further on was begun inside itself."""

PAUSE_ENDS_PLAY_MS: Final = 30 * 60_000
"""A silence of this length ends a play."""

LONGEST_MS: Final = 12 * 3_600_000
"""What has no end of its own, such as a radio station, is one play for so long."""


@dataclass(slots=True, kw_only=True)
class ActivePlay(SoundedPlay):
    """A play under way. `known_at` is up to when its life is known (UTC ms).

    While it is `playing` it has sounded since then, which is added by the next look; `position_ms` is
    where it was at that moment. Once `lost_at`, nobody sees it any more, and whether it still sounds
    is known by the next look.
    """

    player: Device
    """Who coordinates it now."""
    known_at: int
    device: Device | None = None
    """Where it began."""
    rooms: tuple[Room, ...] = ()
    members: frozenset[str] = frozenset()
    repeats_one: bool = False
    playing: bool = False
    stopped: bool = False
    position_ms: int | None = None
    withheld: bool = False
    lost_at: int | None = None
    spans: list[RoomSpan] = field(default_factory=list)
    finished: bool | None = None
    """Whether it was played to its end; None where that is unknown."""
    before: ActivePlay | None = None
    """What its station played before, until it is sure that this is more than a moment's title."""

    @classmethod
    def of(cls, group: Group, at: int, *, playing: bool | None = None) -> ActivePlay:
        """Begin what a group has on at a moment (UTC ms); it has not sounded yet."""
        assert group.item is not None
        play = cls(
            player=group.player, item=group.item, known_at=at, device=group.player
        )
        play.take(group)
        play.playing = group.playing if playing is None else playing
        play.position_ms = group.position
        return play

    @property
    def silent_since(self) -> int:
        """Since when it has been silent (UTC ms), while it is not playing."""
        return self.known_at if self.ended_at is None else self.ended_at

    @property
    def duration_ms(self) -> int | None:
        """How long its item is, if that is known."""
        return self.item.duration_ms or None

    @property
    def due(self) -> int | None:
        """When its item will be over if nobody intervenes (UTC ms), while it plays."""
        if self.duration_ms is None or self.position_ms is None:
            return None
        return self.known_at + max(self.duration_ms - self.position_ms, 0)

    @property
    def ending(self) -> int | None:
        """From which position on (ms) it counts as played to its end."""
        if self.duration_ms is None:
            return None
        return self.duration_ms - min(FINISHED_WITHIN_MS, self.duration_ms // 4)

    @property
    def at_its_end(self) -> bool:
        """Whether it was played to its end, as far as its position says."""
        ending = self.ending
        return (
            ending is not None
            and self.position_ms is not None
            and self.position_ms >= ending
        )

    def expected(self, at: int) -> int | None:
        """Return its position (ms) at a moment if it went on; it may be beyond its end."""
        if self.position_ms is None:
            return None
        return self.position_ms + (at - self.known_at if self.playing else 0)

    def is_of(self, item: Item | None) -> bool:
        """Whether it is of an item: the same, or one of which only names are known."""
        if item is None:
            return False
        if item.uri == self.item.uri:
            return True
        if item.kind is not self.item.kind or not (
            is_local(item.uri) or is_local(self.item.uri)
        ):
            return False
        return not {*song_keys(item)}.isdisjoint(song_keys(self.item))

    def take(self, group: Group) -> None:
        """Take over who plays it where, and what is known of it; in silence it belongs to those who played it last."""
        if group.playing or not self.intervals:
            self.rooms, self.members = group.rooms, group.everybody
        self.context_uri = self.context_uri or group.context_uri
        self.shuffle = group.shuffle if self.shuffle is None else self.shuffle
        self.repeats_one = group.repeats_one
        self.withheld = self.withheld or group.withheld
        self.stopped = group.transport is Transport.STOPPED
        if group.item is not None and self._is_better_description(group.item):
            self.item = group.item

    def _is_better_description(self, item: Item) -> bool:
        if item.uri == self.item.uri:
            return bool(item.duration_ms)
        return is_local(self.item.uri) and not is_local(item.uri)

    def sounded(self, start: int, end: int, rooms: tuple[Room, ...]) -> None:
        """Add an interval of sound in some rooms that follows all others (UTC ms)."""
        start = max(start, self.ended_at or 0)
        if end <= start:
            return
        if self.intervals and start == self.intervals[-1][1]:
            self.intervals[-1] = self.intervals[-1][0], end
        else:
            self.intervals.append((start, end))
        for room in rooms:
            self._sounded_in(room, start, end)

    def _sounded_in(self, room: Room, start: int, end: int) -> None:
        for place in range(len(self.spans) - 1, -1, -1):
            span = self.spans[place]
            if span.room.key != room.key:
                continue
            if span.end == start:
                self.spans[place] = RoomSpan(room, span.start, end)
                return
            break
        self.spans.append(RoomSpan(room, start, end))

    def absorb(self, other: ActivePlay) -> None:
        """Take as its own what sounded of another play that followed it."""
        for start, end in other.intervals:
            self.sounded(start, end, ())
        for span in other.spans:
            self._sounded_in(span.room, span.start, span.end)

    @override
    def move(self, by: int) -> None:
        if self.before is not None:
            self.before.move(by)
        self.known_at += by
        self.lost_at = None if self.lost_at is None else self.lost_at + by
        SoundedPlay.move(self, by)
        self.spans = [
            RoomSpan(span.room, span.start + by, span.end + by) for span in self.spans
        ]
