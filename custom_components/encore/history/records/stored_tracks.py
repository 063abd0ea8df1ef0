"""Tracks of the store with what is known of them."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from ..database.bulk import rows_of, rows_where_in
from ..model import Item, Kind

_AT_ONCE: Final = 20_000

_TRACK: Final = (
    "SELECT t.id, t.song, t.told_by, t.uri, t.kind, t.title, t.duration_ms, t.isrc, t.image_url,"
    " a.name FROM track t LEFT JOIN album a ON a.id = t.album WHERE"
)
_CREDIT: Final = (
    "SELECT c.track, c.position, a.name FROM track_artist c JOIN artist a ON a.id = c.artist"
    " WHERE c.track"
)


class Described(NamedTuple):
    """A track of the store: its row id, its song, what is known of it, and the rank of the source that said so."""

    id: int
    song: int
    item: Item
    source_rank: int = 0


def described(
    connection: Connection, tracks: Iterable[Any], column: str = "id"
) -> list[Described]:
    """Return some tracks by their row ids, or by another column."""
    found = list(rows_where_in(connection, f"{_TRACK} t.{column} IN", tracks))
    return _with_artists(found, artists_of(connection, [row[0] for row in found]))


def described_between(
    connection: Connection, first: int, last: int
) -> Iterator[list[Described]]:
    """Yield the tracks whose row ids lie between two, both included, many at a time."""
    for begin in range(first, last + 1, _AT_ONCE):
        bounds = (begin, min(begin + _AT_ONCE - 1, last))
        credited = rows_of(connection, f"{_CREDIT} BETWEEN ? AND ?", bounds)
        found = rows_of(connection, f"{_TRACK} t.id BETWEEN ? AND ?", bounds)
        yield _with_artists(found, _artists(credited))


def artists_of(
    connection: Connection, tracks: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """Return the artists of tracks by their row ids, in the order in which they are credited."""
    return _artists(rows_where_in(connection, f"{_CREDIT} IN", tracks))


def _artists(credited: Iterable[Any]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for track, position, name in credited:
        found.setdefault(track, []).append((position, name))
    return {
        track: tuple(name for _, name in sorted(names))
        for track, names in found.items()
    }


def _with_artists(
    tracks: Iterable[Any], artists: dict[int, tuple[str, ...]]
) -> list[Described]:
    return [
        Described(
            track,
            song,
            Item(uri, Kind(kind), title, artists.get(track, ()), album or "", *others),
            rank,
        )
        for track, song, rank, uri, kind, title, *others, album in tracks
    ]
