"""Resolves the item of a deletion rule to tracks of the store."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select

from ..database.bulk import column_of, rows_of, rows_where_in
from ..database.play_tables import track as track_table
from ..merge.same_song import normalized, song_keys
from ..model import Item, Kind, Play
from ..records.deletion_rules import Rule

_AT_ONCE: Final = 20_000

_TRACK: Final = (
    "SELECT t.id, t.uri, t.kind, t.title, t.song, t.isrc, t.duration_ms, a.name FROM track t"
    " LEFT JOIN album a ON a.id = t.album WHERE t.id"
)
_CREDIT: Final = (
    "SELECT c.track, c.position, a.name FROM track_artist c JOIN artist a ON a.id = c.artist"
    " WHERE c.track"
)


class Described(NamedTuple):
    """A track of the store: its row id, its song, and what is known of it."""

    id: int
    song: int
    item: Item


def last_track(connection: Connection) -> int:
    """Return the highest row id of a track, 0 where there is none."""
    return connection.execute(select(func.max(track_table.c.id))).scalar_one() or 0


def described(connection: Connection, tracks: Collection[int]) -> list[Described]:
    """Return some tracks by their row ids."""
    credits_ = rows_where_in(connection, f"{_CREDIT} IN", tracks)
    return _with_artists(
        list(rows_where_in(connection, f"{_TRACK} IN", tracks)),
        sorted(credits_, key=itemgetter(0, 1)),
    )


def described_between(
    connection: Connection, first: int, last: int
) -> Iterator[list[Described]]:
    """Yield the tracks whose row ids lie between two, both included, many at a time."""
    for begin in range(first, last + 1, _AT_ONCE):
        bounds = (begin, min(begin + _AT_ONCE - 1, last))
        credits_ = rows_of(connection, f"{_CREDIT} BETWEEN ? AND ?", bounds)
        yield _with_artists(
            rows_of(connection, f"{_TRACK} BETWEEN ? AND ?", bounds),
            sorted(credits_, key=itemgetter(0, 1)),
        )


def songs_of_keys(connection: Connection, keys: Collection[str]) -> set[int]:
    """Return the songs that some keys belong to."""
    found = rows_where_in(
        connection, "SELECT DISTINCT song FROM song_key WHERE key IN", keys
    )
    return {song for (song,) in found}


def keys_of_song(connection: Connection, song: int) -> tuple[str, ...]:
    """Return the keys under which the releases of a song meet: a scan of all keys."""
    return tuple(
        sorted(
            column_of(connection, "SELECT key FROM song_key WHERE song = ?", (song,))
        )
    )


class Names:
    """The names in a rule, ready to be compared with those of many tracks."""

    def __init__(self, rule: Rule) -> None:
        """Take the rule; one that is about no item is about all tracks."""
        self._uri = rule.track if rule.track and is_uri(rule.track) else None
        title = None if self._uri else rule.track
        self._title, self._artist, self._album, self._show = (
            normalized(name) if name else None
            for name in (title, rule.artist, rule.album, rule.show)
        )
        self._keys = rule.song_keys
        self._kind = rule.kind
        self.by_song = rule.album is None and rule.kind is None
        """Whether all releases of a song are the item where one of them is."""
        self._songs: set[int] = set()

    def look_up(self, connection: Connection) -> None:
        """Find the songs of the keys; they change when songs turn out to be one."""
        self._songs = songs_of_keys(connection, self._keys)

    def fit(self, track: Described) -> bool:
        """Whether a track is the item."""
        item = track.item
        if self._kind and item.kind is not self._kind:
            return False
        if self._uri and item.uri != self._uri:
            if item.kind is not Kind.TRACK or track.song not in self._songs:
                return False
        if self._title and normalized(item.title) != self._title:
            return False
        if self._album and normalized(item.album) != self._album:
            return False
        by = {normalized(name) for name in item.artists}
        if self._artist and (item.kind is not Kind.TRACK or self._artist not in by):
            return False
        return not self._show or (item.kind is not Kind.TRACK and self._show in by)


def is_about(rule: Rule, play: Play) -> bool:
    """Whether a rule is about a play that the store does not have."""
    if rule.named or rule.listener not in (None, play.listener.key):
        return False
    if rule.start is not None and play.started_at < rule.start:
        return False
    if rule.end is not None and play.started_at >= rule.end:
        return False
    if rule.room not in (None, *(span.room.key for span in play.rooms)):
        return False
    same_song = not {*song_keys(play.item)}.isdisjoint(rule.song_keys)
    if same_song and rule.track and is_uri(rule.track):
        rule = replace(rule, track=play.item.uri)
    return Names(rule).fit(Described(0, 0, play.item))


def is_uri(text: str) -> bool:
    """Whether a text names an item by its URI."""
    return text.startswith(("spotify:", "encore:"))


def _with_artists(
    tracks: Collection[Any], credits_: Collection[Any]
) -> list[Described]:
    artists = {
        track: tuple(name for _, _, name in rows)
        for track, rows in groupby(credits_, itemgetter(0))
    }
    return [
        Described(
            number,
            song,
            Item(
                uri,
                Kind(kind),
                title,
                artists.get(number, ()),
                album or "",
                duration_ms,
                isrc,
            ),
        )
        for number, uri, kind, title, song, isrc, duration_ms, album in tracks
    ]
