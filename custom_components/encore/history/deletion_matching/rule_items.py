"""Resolves the item of a deletion rule to tracks of the store."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection

from ..database.bulk import column_of, rows_where_in
from ..merge.same_song import normalized, song_keys
from ..model import Kind, Play
from ..records.deletion_rules import Rule
from ..records.stored_tracks import Described


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
    if not rule.covers(play.listener.key, play.started_at):
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
