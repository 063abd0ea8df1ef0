"""Items in an export, so that importing it again restores them."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple, get_args

from sqlalchemy import Connection

from ..database.bulk import rows_of, rows_where_in
from ..ingest.catalog import RANK
from ..ingest.play_with_sources import ExportedItem, KindName, SourceName
from ..merge.same_song import song_keys
from ..model import Item, Kind, Source
from ..queries.play_rows import artists_of

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

_TRACKS: Final = (
    "SELECT t.id, t.uri, t.kind, t.title, a.name, t.duration_ms, t.isrc, t.image_url, t.told_by,"
    " t.song FROM track t LEFT JOIN album a ON a.id = t.album WHERE"
)

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
        self._read("t.id", numbers - self._items.keys())

    def by_uri(self, uris: Iterable[str]) -> dict[str, ExportedItem]:
        """Return tracks by their URIs."""
        needed = set(uris)
        self._read("t.uri", needed - self._numbers.keys())
        return {uri: self._items[self._numbers[uri]] for uri in needed}

    def _read(self, column: str, values: Iterable[Any]) -> None:
        rows = [
            _Track(*row)
            for row in rows_where_in(
                self._connection, f"{_TRACKS} {column} IN", sorted(values)
            )
        ]
        artists = artists_of(self._connection, [row.id for row in rows])
        for row in rows:
            self._items[row.id] = self._described(row, artists.get(row.id, ()))
            self._numbers[row.uri] = row.id

    def _described(self, row: _Track, artists: tuple[str, ...]) -> ExportedItem:
        kind = Kind(row.kind)
        own = song_keys(Item(row.uri, kind, row.title, artists, isrc=row.isrc))
        key = self._keys.get(row.song)
        return ExportedItem(
            row.uri,
            _KINDS[kind],
            row.title,
            artists,
            row.album or "",
            row.duration_ms,
            row.isrc,
            row.image_url,
            _DESCRIBED_BY[row.told_by],
            None if key in own else key,
        )


class _Track(NamedTuple):
    id: int
    uri: str
    kind: int
    title: str
    album: str | None
    duration_ms: int | None
    isrc: str | None
    image_url: str | None
    told_by: int
    song: int
