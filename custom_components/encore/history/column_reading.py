"""Reading the columns from the store: all of them in batches, or what changed since."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from .bulk import batches, rows_of, rows_where_in
from .changes import Changes
from .columns import Columns, PlayColumns, RoomColumns, TrackColumns

_BATCH: Final = 20_000
"""Rows that are taken at once; other threads run in between."""

_PLAY: Final = "SELECT started_at, id, track, ms_played, listener, coalesce(device, 0), sources FROM play"
_PLAY_ROW: Final = np.dtype(
    [
        ("started_at", "i8"),
        ("play", "i4"),
        ("track", "i4"),
        ("ms_played", "i4"),
        ("listener", "i4"),
        ("device", "i4"),
        ("sources", "u1"),
    ]
)
_ROOM: Final = "SELECT DISTINCT play, room FROM play_room"
_ROOM_ROW: Final = np.dtype([("play", "i4"), ("room", "i4")])
_TRACK: Final = "SELECT id, kind, song, coalesce(album, 0) FROM track"
_TRACK_ROW: Final = np.dtype(
    [("track", "i4"), ("kind", "u1"), ("song", "i4"), ("album", "i4")]
)
_CREDIT: Final = "SELECT track, position, artist FROM track_artist"
_CREDIT_ROW: Final = np.dtype([("track", "i4"), ("position", "i4"), ("artist", "i4")])


def load(connection: Connection, generation: int = 0) -> Columns:
    """Return all of the store as it is in the connection's transaction."""
    return Columns(
        generation,
        _plays(_all(connection, _PLAY, _PLAY_ROW)),
        _rooms(_all(connection, _ROOM, _ROOM_ROW)),
        _tracks(
            _all(connection, _TRACK, _TRACK_ROW), _all(connection, _CREDIT, _CREDIT_ROW)
        ),
    )


def follow(connection: Connection, columns: Columns, changes: Changes) -> Columns:
    """Return the next generation of columns, in which some changes are followed."""
    if changes.everything:
        return load(connection, columns.generation + 1)
    plays, rooms, tracks = columns.plays, columns.rooms, columns.tracks
    if changes.plays:
        ids = np.fromiter(changes.plays, "i4")
        plays = plays.replaced(
            ids, _plays(_some(connection, f"{_PLAY} WHERE id IN", _PLAY_ROW, ids))
        )
        rooms = rooms.replaced(
            ids, _rooms(_some(connection, f"{_ROOM} WHERE play IN", _ROOM_ROW, ids))
        )
    ((newest,),) = rows_of(connection, "SELECT coalesce(max(id), 0) FROM track")
    described = np.array([*changes.tracks, *range(len(tracks), newest + 1)], dtype="i4")
    if len(described):
        tracks = tracks.replaced(
            described,
            _tracks(
                _some(connection, f"{_TRACK} WHERE id IN", _TRACK_ROW, described),
                _some(connection, f"{_CREDIT} WHERE track IN", _CREDIT_ROW, described),
                at_least=max(len(tracks), newest + 1),
            ),
        )
    return Columns(columns.generation + 1, plays, rooms, tracks)


def _plays(rows: NDArray[Any]) -> PlayColumns:
    """Return plays in the order of their start; none starts before 1970 or after 2106."""
    rows = rows[(rows["started_at"] >= 0) & (rows["started_at"] < 1000 << 32)]
    rows = rows[np.lexsort((rows["play"], rows["started_at"]))]
    seconds, millis = np.divmod(rows["started_at"], 1000)
    return PlayColumns(
        seconds.astype("u4"),
        millis.astype("u2"),
        _column(rows, "play"),
        _column(rows, "track"),
        _column(rows, "ms_played"),
        _smallest(rows["listener"]),
        _smallest(rows["device"]),
        _column(rows, "sources"),
    )


def _rooms(rows: NDArray[Any]) -> RoomColumns:
    return RoomColumns(_column(rows, "play"), _column(rows, "room"))


def _tracks(
    rows: NDArray[Any], credits_: NDArray[Any], at_least: int = 1
) -> TrackColumns:
    size = max(at_least, int(rows["track"].max(initial=-1)) + 1)
    kind = np.zeros(size, "u1")
    song, album, artist = (np.zeros(size, "i4") for _ in range(3))
    kind[rows["track"]] = rows["kind"]
    song[rows["track"]] = rows["song"]
    album[rows["track"]] = rows["album"]
    first = credits_[credits_["position"] == 0]
    artist[first["track"]] = first["artist"]
    return TrackColumns(
        kind,
        song,
        album,
        artist,
        _column(credits_, "track"),
        _column(credits_, "artist"),
    )


def _column(rows: NDArray[Any], name: str) -> NDArray[Any]:
    return np.ascontiguousarray(rows[name])


def _smallest(column: NDArray[Any]) -> NDArray[Any]:
    """Return few different numbers in as few bytes as the highest needs."""
    return column.astype(np.min_scalar_type(int(column.max(initial=0))))


def _all(connection: Connection, statement: str, row: np.dtype[Any]) -> NDArray[Any]:
    parts = [
        np.fromiter(some, row, len(some))
        for some in batches(connection, statement, _BATCH)
    ]
    return np.concatenate(parts) if parts else np.empty(0, row)


def _some(
    connection: Connection, statement: str, row: np.dtype[Any], ids: Iterable[Any]
) -> NDArray[Any]:
    rows = [
        tuple(each)
        for each in rows_where_in(connection, statement, (int(one) for one in ids))
    ]
    return np.array(rows, row) if rows else np.empty(0, row)
