"""Items in an export, so that importing it again restores them."""

from collections.abc import Iterable
from typing import Any, Final, get_args

from sqlalchemy import Connection

from ..database.bulk import rows_of
from ..ingest.catalog import RANK
from ..ingest.play_with_sources import ExportedItem, KindName, SourceName
from ..merge.same_song import song_keys
from ..model import Kind, Source
from ..records.stored_tracks import Described, described

_REMEMBERED: Final = 20_000
"""How many tracks are remembered before all are dropped."""

_SOURCES: Final[dict[Source, SourceName]] = {
    Source[name.upper()]: name for name in get_args(SourceName.__value__)
}
_KINDS: Final[dict[Kind, KindName]] = {
    Kind[name.upper()]: name for name in get_args(KindName.__value__)
}
_DESCRIBED_BY: Final[dict[int, SourceName]] = {
    rank: _SOURCES[source] for source, rank in reversed(RANK.items())
}
"""A source for each rank: the first of those that describe as well as each other."""

_SONGS: Final = (
    "SELECT song, min(key) FROM song_key GROUP BY song HAVING count(*) > 2"
    " OR (count(*) = 2 AND min(substr(key, 1, 5)) = max(substr(key, 1, 5)))"
)
"""One key of each song of which more was reported than the words of one track: its ISRC and its name.

Under it all tracks of the song meet again.
"""


def source_name(source: Source) -> SourceName:
    """Return what an export calls a source."""
    return _SOURCES[source]


class Items:
    """Tracks of the store as an export describes them."""

    def __init__(self, connection: Connection) -> None:
        """Read from a connection that sees one state of the store."""
        self._connection = connection
        self._keys: dict[int, str] = dict(rows_of(connection, _SONGS))
        self._items: dict[int, ExportedItem] = {}
        self._numbers: dict[str, int] = {}

    def __getitem__(self, number: int) -> ExportedItem:
        """Return a track, by its row id, that was read."""
        return self._items[number]

    def read(self, numbers: set[int]) -> None:
        """Read tracks by their row ids; others may be forgotten afterwards."""
        if len(self._items) > _REMEMBERED:
            self._items.clear()
            self._numbers.clear()
        self._read("id", numbers - self._items.keys())

    def by_uri(self, uris: Iterable[str]) -> dict[str, ExportedItem]:
        """Return tracks by their URIs."""
        needed = set(uris)
        self._read("uri", needed - self._numbers.keys())
        return {uri: self._items[self._numbers[uri]] for uri in needed}

    def _read(self, column: str, values: Iterable[Any]) -> None:
        for one in described(self._connection, sorted(values), column):
            self._items[one.id] = self._exported(one)
            self._numbers[one.item.uri] = one.id

    def _exported(self, track: Described) -> ExportedItem:
        item = track.item
        key = self._keys.get(track.song)
        return ExportedItem(
            item.uri,
            _KINDS[item.kind],
            item.title,
            item.artists,
            item.album,
            item.duration_ms,
            item.isrc,
            item.image_url,
            _DESCRIBED_BY[track.source_rank],
            None if key in song_keys(item) else key,
        )
