"""A play in Encore's own export, with all that its sources reported."""

from typing import Literal

import msgspec

from ..merge.same_song import song_keys
from ..model import Device, Item, Kind, Loudness, RoomSpan, Source
from .export_columns import Description

type SourceName = Literal["live", "polled", "export", "account_data", "sonos", "player"]
type KindName = Literal["track", "episode", "chapter", "radio", "television", "line_in"]


class ExportedItem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
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


class ExportedObservation(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What one source said. Times are in UTC ms; what is left out was not said."""

    source: SourceName
    started_at: int
    ended_at: int
    ms_played: int
    household: bool = False
    """Whether the source did not know who listens."""
    item: ExportedItem | None = None
    """What it named, where that is not the item of the play."""
    offline_at: int = 0
    device: Device | None = None
    context_uri: str | None = None
    rooms: tuple[RoomSpan, ...] = ()
    skipped: bool | None = None
    shuffle: bool | None = None
    offline: bool | None = None
    incognito: bool | None = None
    reason_start: str | None = None
    reason_end: str | None = None
    volumes: tuple[Loudness, ...] = ()


class ExportedPlay(msgspec.Struct, frozen=True, gc=False):
    """A play: its item, and what its sources said."""

    item: ExportedItem
    observations: tuple[ExportedObservation, ...]
