"""Digests of deleted observations, without names, that block their re-import.

A rule recognizes most of what it blocks when it arrives again. It does not know a row of an export
as that of a play in a room, nor one that starts beyond the edge of a window. The trace of what was
removed takes part in the merge in its place, and hides what it would have been one play with.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
import secrets
from typing import Final, NamedTuple

from sqlalchemy import Connection, insert, select

from ..database.bulk import insert_many, rows_where_in, run
from ..database.play_tables import room
from ..database.record_tables import forgotten_song, meta
from ..merge.merge_rows import LONGEST_MS, MergeRow
from ..merge.same_song import song_keys
from ..model import Item, Source
from ..records.deletion_rules import Forgetting
from ..records.stored_tracks import Described
from .hidden_plays import Stored

_SALT: Final = "forgotten_salt"

_NEAR_MS: Final = 3 * LONGEST_MS
"""So close to the edge of a window, something beyond it may have been part of a play."""


def needs_traces(deletion: Forgetting, start: int, end: int) -> bool:
    """Whether the rule alone would not know again all that could be part of a play (UTC ms)."""
    rule = deletion.rule
    if not deletion.keep_away:
        return False
    if rule.named or rule.room is not None or rule.album is not None:
        return True
    if rule.listener is not None and rule.names_item:
        return True
    first = 0 if rule.start is None else rule.start + _NEAR_MS
    last = start if rule.end is None else rule.end - _NEAR_MS
    return start < first or end > last


class Removed(NamedTuple):
    """An observation that is removed, what it is of, the row id of the deletion, and the keys of its rooms."""

    stored: Stored
    track: Described
    forgetting: int
    rooms: Collection[str] = ()


class Traces:
    """All traces of a store, by the songs they are of. Used by one thread alone."""

    def __init__(self, connection: Connection) -> None:
        """Read which songs there are traces of."""
        self._connection = connection
        self._salt = _salt(connection)
        found = connection.execute(
            select(forgotten_song.c.digest, forgotten_song.c.song)
        )
        self._groups: dict[str, int] = {row.digest: row.song for row in found}
        self._tracks: dict[int, tuple[int, str, frozenset[int]]] = {}
        self.songs: frozenset[int] = frozenset()
        """Of which there are traces, among those of tracks that were followed."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._groups)

    def follow(self, tracks: Iterable[Described]) -> set[int]:
        """Take note of how tracks are described now; return those that other traces are of than before."""
        changed = set()
        for track in tracks:
            before = self._tracks.pop(track.id, None)
            digests = self._digests(track.item)
            groups = frozenset(
                self._groups[one] for one in digests if one in self._groups
            )
            if groups:
                self._tracks[track.id] = (track.song, track.item.uri, groups)
            if groups != (before[2] if before else frozenset()):
                changed.add(track.id)
        self.songs = frozenset(song for song, _, _ in self._tracks.values())
        return changed

    def read(
        self, listeners: Mapping[int, str], songs: Collection[int] | None
    ) -> list[tuple[MergeRow, int]]:
        """Return the traces of some songs (None: of all) as the merge takes them, each with its forgetting."""
        song_of = {
            group: song
            for song, _, groups in self._tracks.values()
            if songs is None or song in songs
            for group in groups
        }
        known = {
            self._unnamed(uri): (uri, number)
            for number, (_, uri, _) in self._tracks.items()
        }
        rooms = self._rooms() if song_of else {}
        found = []
        for row in rows_where_in(
            self._connection,
            "SELECT listener, ended_at, track, source, ms_played, offline_at, started_at,"
            " duration_ms, song, forgetting, rooms FROM forgotten_observation WHERE song IN",
            song_of,
        ):
            uri, track = known.get(row[2], (row[2], 0))
            merge_row = MergeRow(
                source=Source(row[3]),
                listener=listeners[row[0]],
                uri=uri,
                track=track,
                song=song_of[row[8]],
                duration_ms=row[7],
                started_at=row[6],
                ended_at=row[1],
                ms_played=row[4],
                offline_at=row[5],
                rooms=tuple(
                    # A room that was deleted since is still different from all others.
                    (rooms.get(digest, -1 - int(digest, 16)), row[6], row[1])
                    for digest in (row[10] or "").split()
                ),
                spoken=not row[2].split(":")[1].startswith("track"),
            )
            found.append((merge_row, row[9]))
        return found

    def leave(self, removed: Sequence[Removed]) -> None:
        """Leave traces of observations that are removed."""
        if not removed:
            return
        tracks = {one.track.id: one.track for one in removed}
        by_song: dict[int, list[Described]] = {}
        for track in tracks.values():
            by_song.setdefault(track.song, []).append(track)
        keys = _keys(self._connection, by_song)
        groups = {
            song: self._group(keys.get(song, ()), of_song)
            for song, of_song in by_song.items()
        }
        insert_many(
            self._connection,
            "INSERT INTO forgotten_observation (listener, ended_at, track, source, ms_played,"
            " offline_at, started_at, duration_ms, song, forgetting, rooms) VALUES",
            [
                (
                    one.stored.listener,
                    one.stored.ended_at,
                    self._unnamed(one.track.item.uri),
                    one.stored.source,
                    one.stored.ms_played,
                    one.stored.offline_at,
                    one.stored.started_at,
                    one.track.item.duration_ms,
                    groups[one.track.song],
                    one.forgetting,
                    " ".join(self._digest(room) for room in one.rooms) or None,
                )
                for one in removed
            ],
        )
        self.follow(tracks.values())

    def _group(self, keys: Iterable[str], tracks: Iterable[Described]) -> int:
        """Return the number under which all keys of a song and its tracks are entered."""
        digests = {one for track in tracks for one in self._digests(track.item)}
        digests.update(self._digest(key) for key in keys)
        known = {self._groups[one] for one in digests if one in self._groups}
        group = min(known) if known else max(self._groups.values(), default=0) + 1
        for other in known - {group}:
            for table in ("forgotten_song", "forgotten_observation"):
                run(
                    self._connection,
                    f"UPDATE {table} SET song = ? WHERE song = ?",  # noqa: S608  our own names
                    (group, other),
                )
            for digest, number in self._groups.items():
                if number == other:
                    self._groups[digest] = group
        new = sorted(digests - self._groups.keys())
        insert_many(
            self._connection,
            "INSERT INTO forgotten_song (digest, song) VALUES",
            [(digest, group) for digest in new],
        )
        self._groups.update((digest, group) for digest in new)
        return group

    def _rooms(self) -> dict[str, int]:
        """Return the row ids of all rooms by the digests of their keys."""
        known = self._connection.execute(select(room.c.id, room.c.key))
        return {self._digest(key): number for number, key in known}

    def _digests(self, item: Item) -> set[str]:
        return {self._digest(key) for key in (item.uri, *song_keys(item))}

    def _unnamed(self, uri: str) -> str:
        """Return a URI that still has its kind, and whether it is local, but not which item it is."""
        scheme, kind = (*uri.split(":"), "")[:2]
        return f"{scheme}:{kind}:{self._digest(uri)}"

    def _digest(self, text: str) -> str:
        return blake2b(text.encode(), digest_size=16, key=self._salt).hexdigest()


def _keys(connection: Connection, songs: Collection[int]) -> dict[int, list[str]]:
    """Return all that the releases of songs meet under, and their URIs: a scan of all keys."""
    keys: dict[int, list[str]] = {}
    for statement in (
        "SELECT song, key FROM song_key WHERE song IN",
        "SELECT song, uri FROM track WHERE song IN",
    ):
        for song, key in rows_where_in(connection, statement, songs):
            keys.setdefault(song, []).append(key)
    return keys


def _salt(connection: Connection) -> bytes:
    """Return what makes this store's digests its own; the store must be open for writing."""
    known = connection.execute(
        select(meta.c.value).where(meta.c.key == _SALT)
    ).scalar_one_or_none()
    if known is None:
        known = secrets.token_hex(32)
        connection.execute(insert(meta).values(key=_SALT, value=known))
    return bytes.fromhex(known)
