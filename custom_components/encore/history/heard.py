"""What a row of an export says, whatever its format: one item, when it ended, how long it sounded."""

import msgspec

from .model import Item, Kind, Source


class Heard(msgspec.Struct, frozen=True, gc=False):
    """A row that was understood. Its end is in UTC ms, its length in ms."""

    uri: str
    kind: Kind
    title: str
    artist: str
    """The show of an episode, the book of a chapter; empty where it is not said."""
    album: str
    told: int
    """What tells this description from others, by `description`."""
    ended_at: int
    ms_played: int
    offline_at: int = 0
    skipped: bool | None = None
    shuffle: bool | None = None
    offline: bool | None = None
    incognito: bool | None = None
    reason_start: str | None = None
    reason_end: str | None = None

    @property
    def item(self) -> Item:
        """The item that it names."""
        artists = (self.artist,) if self.artist else ()
        return Item(self.uri, self.kind, self.title, artists, self.album)


def description(title: str, artist: str, source: Source) -> int:
    """Return what tells a source's words for an item from others, within this process."""
    return hash((title, artist, int(source)))  # an enum's own hash is slow
