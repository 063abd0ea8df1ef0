"""A play as Encore's own export tells it: all that its sources said, so that it comes back the same."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import Connection

from .heard import Description
from .intake import ALONE, DUPLICATE, FORGOTTEN, Intake
from .merge import TIMES_FROM
from .model import (
    HOUSEHOLD,
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from .sameness import song_keys

type SourceName = Literal["live", "polled", "export", "account_data", "sonos", "player"]
type KindName = Literal["track", "episode", "chapter"]


class Named(msgspec.Struct, frozen=True, gc=False):
    """A room or a device."""

    key: str
    name: str


class RetoldSpan(msgspec.Struct, frozen=True, gc=False):
    """A room, and from when until when (UTC ms) it sounded there."""

    room: Named
    start: int
    end: int


class RetoldItem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A track, episode or chapter, in the words of the best source that described it."""

    uri: str
    kind: KindName
    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    duration_ms: int | None = None
    isrc: str | None = None
    image_url: str | None = None
    described_by: SourceName = "export"
    song_key: str | None = None
    """Under what it meets others of its song where its own words do not say."""

    @property
    def described(self) -> Description:
        """It as its source described it."""
        item = self.item
        keys = song_keys(item)
        if self.song_key is not None:
            keys.append(self.song_key)
        return Description(item, Source[self.described_by.upper()], keys)

    @property
    def item(self) -> Item:
        """The item itself."""
        return Item(
            self.uri,
            Kind[self.kind.upper()],
            self.title,
            self.artists,
            self.album,
            self.duration_ms,
            self.isrc,
            self.image_url,
        )


class RetoldObservation(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What one source said. Times are in UTC ms; what is left out was not said."""

    source: SourceName
    started_at: int
    ended_at: int
    ms_played: int
    household: bool = False
    """Whether the source could not tell who listens."""
    item: RetoldItem | None = None
    """What it named, where that is not the item of the play."""
    offline_at: int = 0
    device: Named | None = None
    context_uri: str | None = None
    rooms: tuple[RetoldSpan, ...] = ()
    skipped: bool | None = None
    shuffle: bool | None = None
    offline: bool | None = None
    incognito: bool | None = None
    reason_start: str | None = None
    reason_end: str | None = None


class Retold(msgspec.Struct, frozen=True, gc=False):
    """A play: its item, and what its sources said."""

    item: RetoldItem
    observations: tuple[RetoldObservation, ...]


def take_retold(
    connection: Connection,
    intake: Intake,
    listener: Listener,
    plays: Sequence[Retold],
) -> list[int]:
    """Store what sources said of a listener's plays, and return the fate of each play.

    That is DUPLICATE where all of it was known, FORGOTTEN where the rest is kept away, ALONE, or
    the best source that had the play. Rooms and devices keep the names that they have.
    """
    told = {item: None for play in plays for item in _items(play)}
    back = _Back(connection, intake, listener)
    observations = [
        back.observation(one, one.item or play.item)
        for play in plays
        for one in play.observations
    ]
    taken = intake.tell(
        connection, observations, [item.described for item in told], postpone=True
    )
    fates = []
    at = 0
    for play in plays:
        after = at + len(play.observations)
        known = 0
        for place in range(at, after):
            known |= taken.together[place]
        fates.append(_fate(play, taken.fates[at:after], known))
        at = after
    return fates


def _items(play: Retold) -> list[RetoldItem]:
    return [play.item, *(one.item for one in play.observations if one.item)]


def _fate(play: Retold, fates: Sequence[int], together: int) -> int:
    """Return the fate of a play whose observations met these, `together` with sources as bits."""
    new = 0
    for one, fate in zip(play.observations, fates, strict=True):
        if fate not in {DUPLICATE, FORGOTTEN}:
            new |= 1 << Source[one.source.upper()]
    if not new:
        return FORGOTTEN if FORGOTTEN in fates else DUPLICATE
    before = together & ~new
    return next((int(s) for s in TIMES_FROM if before & 1 << s), ALONE)


class _Back:
    """Makes observations of a listener again of what is told."""

    def __init__(
        self, connection: Connection, intake: Intake, listener: Listener
    ) -> None:
        """Give unnamed ears, rooms and devices the names that the store has for them."""
        self._connection = connection
        self._registers = intake.registers
        self._listener = listener
        self._household = self._registers.listeners.named(
            connection, Listener(HOUSEHOLD, "Household")
        )
        self._rooms: dict[Named, Room] = {}
        self._devices: dict[Named, Device] = {}

    def observation(self, one: RetoldObservation, item: RetoldItem) -> Observation:
        """Return an observation of an item."""
        return Observation(
            source=Source[one.source.upper()],
            listener=self._household if one.household else self._listener,
            item=item.item,
            started_at=one.started_at,
            ended_at=one.ended_at,
            ms_played=one.ms_played,
            device=None if one.device is None else self._device(one.device),
            context_uri=one.context_uri,
            rooms=tuple(
                RoomSpan(self._room(span.room), span.start, span.end)
                for span in one.rooms
            ),
            skipped=one.skipped,
            shuffle=one.shuffle,
            offline=one.offline,
            offline_timestamp=one.offline_at,
            incognito=one.incognito,
            reason_start=one.reason_start,
            reason_end=one.reason_end,
        )

    def _room(self, named: Named) -> Room:
        if named not in self._rooms:
            self._rooms[named] = self._registers.rooms.named(
                self._connection, Room(named.key, named.name)
            )
        return self._rooms[named]

    def _device(self, named: Named) -> Device:
        if named not in self._devices:
            self._devices[named] = self._registers.devices.named(
                self._connection, Device(named.key, named.name)
            )
        return self._devices[named]
