"""Reads the columns from the store: all of them in batches, or what has changed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..database.bulk import batches, highest, rows_where_in
from ..database.changes import Changes
from .columns import Columns, Ids, PlayColumns, RoomColumns, TrackColumns

_BATCH: Final = 2_000
"""Rows that are taken at once: no other thread runs in the half millisecond that this takes."""

_RUN: Final = 50
"""From how many consecutive ids on a range of the table is read, not each row by its id."""

_PAIR: Final = 2_147_483_648
"""Two numbers below this travel as one, which costs half: `high * _PAIR + low`."""

_SKIPS: Final = 256
"""More than all sources come to, which share their number with what is known of a skip."""

_PLAY: Final = (
    f"SELECT started_at, id * {_PAIR} + track, ms_played * {_PAIR} + coalesce(device, 0),"  # noqa: S608  our own number
    f" listener * {_PAIR} + sources + CASE WHEN skipped THEN {2 * _SKIPS} WHEN NOT skipped THEN {_SKIPS} ELSE 0 END"
    " FROM play"
)
_READ: Final = {
    "seconds": "u4",
    "millis": "u2",
    "play": "i4",
    "track": "i4",
    "ms_played": "i4",
    "device": "u4",
    "listener": "u4",
    "sources": "u2",
}
"""The columns in the order in which they are read, before they are made as small as can be."""
_ROOM: Final = f"SELECT play * {_PAIR} + room, from_ms, to_ms FROM play_room"  # noqa: S608  our own number
_TRACK: Final = (
    f"SELECT id * {_PAIR} + kind, song * {_PAIR} + coalesce(album, 0) FROM track"  # noqa: S608  our own number
)
_CREDIT: Final = f"SELECT track * {_PAIR} + artist, position FROM track_artist"  # noqa: S608  our own number

type Rows = NDArray[np.int64]
"""Rows of packed numbers."""


def load(connection: Connection, generation: int = 0) -> Columns:
    """Return all of the store as it is in the connection's transaction."""
    return Columns(
        generation,
        _plays(_all(connection, _PLAY, 4)),
        _rooms(_all(connection, _ROOM, 3)),
        _tracks(_all(connection, _TRACK, 2), _all(connection, _CREDIT, 2)),
    )


def follow(connection: Connection, columns: Columns, changes: Changes) -> Columns:
    """Return the next generation of columns, in which some changes are followed."""
    if changes.everything:
        return load(connection, columns.generation + 1)
    plays, rooms, tracks = columns.plays, columns.rooms, columns.tracks
    if changes.plays:
        ids = np.fromiter(changes.plays, "i4")
        plays = plays.replaced(
            ids, _plays(_some(connection, f"{_PLAY} WHERE id", 4, ids))
        )
        rooms = rooms.replaced(
            ids, _rooms(_some(connection, f"{_ROOM} WHERE play", 3, ids))
        )
    newest = highest(connection, "track")
    described = np.array([*changes.tracks, *range(len(tracks), newest + 1)], dtype="i4")
    if len(described):
        tracks = tracks.replaced(
            described,
            _tracks(
                _some(connection, f"{_TRACK} WHERE id", 2, described),
                _some(connection, f"{_CREDIT} WHERE track", 2, described),
                at_least=max(len(tracks), newest + 1),
            ),
        )
    return Columns(columns.generation + 1, plays, rooms, tracks)


def _plays(read: Iterable[Rows]) -> PlayColumns:
    """Return plays in the order of their start; none starts before 1970 or after 2106."""
    # Batch by batch in narrow columns: ten million plays as wide rows would fill a small computer.
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _READ}
    for batch in read:
        rows = batch[(batch[:, 0] >= 0) & (batch[:, 0] < 1000 << 32)]
        numbers: list[NDArray[Any]] = [*np.divmod(rows[:, 0], 1000)]
        for column in (1, 2, 3):
            numbers.extend(np.divmod(rows[:, column], _PAIR))
        for (name, dtype), values in zip(_READ.items(), numbers, strict=True):
            parts[name].append(values.astype(dtype))
    columns = {name: _joined(parts.pop(name), dtype) for name, dtype in _READ.items()}
    for name in ("listener", "device"):
        highest = int(columns[name].max(initial=0))
        columns[name] = columns[name].astype(np.min_scalar_type(highest))
    skipped, sources = np.divmod(columns["sources"], np.uint16(_SKIPS))
    columns["sources"] = sources.astype("u1")
    columns["skipped"] = skipped.astype("u1")
    starts = columns["seconds"].astype(np.int64) * 1000 + columns["millis"]
    order = np.lexsort((columns["play"], starts))
    del starts
    return PlayColumns(**{name: columns.pop(name)[order] for name in [*columns]})


def _rooms(read: Iterable[Rows]) -> RoomColumns:
    """Return rooms in the order of their plays, each once for a play."""
    rows = _joined([*read], "i8", 3)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    pairs, firsts = np.unique(rows[:, 0], return_index=True)
    play, room = np.divmod(pairs, _PAIR)
    since, until = rows[:, 1], rows[:, 2]
    ms = until - since
    if len(firsts):
        ms = np.add.reduceat(ms, firsts)
        since = np.minimum.reduceat(since, firsts)
        until = np.maximum.reduceat(until, firsts)
    return RoomColumns(
        play.astype("i4"), room.astype("i4"), ms.astype("i4"), since, until
    )


def _tracks(
    read: Iterable[Rows], credits_read: Iterable[Rows], at_least: int = 1
) -> TrackColumns:
    rows = _joined([*read], "i8", 2)
    track, kinds = np.divmod(rows[:, 0], _PAIR)
    songs, albums = np.divmod(rows[:, 1], _PAIR)
    size = max(at_least, int(track.max(initial=-1)) + 1)
    kind = np.zeros(size, "u1")
    song, album, artist = (np.zeros(size, "i4") for _ in range(3))
    kind[track], song[track], album[track] = kinds, songs, albums
    rows = _joined([*credits_read], "i8", 2)
    credited_track, credited_artist = (
        column.astype("i4") for column in np.divmod(rows[:, 0], _PAIR)
    )
    first = rows[:, 1] == 0
    artist[credited_track[first]] = credited_artist[first]
    return TrackColumns(kind, song, album, artist, credited_track, credited_artist)


def _joined(parts: Sequence[NDArray[Any]], dtype: str, *width: int) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty((0, *width), dtype)


def _all(connection: Connection, statement: str, width: int) -> Iterator[Rows]:
    """Yield all rows of a statement, which have so many numbers each."""
    for some in batches(connection, statement, _BATCH):
        yield _numbers(some, width)


def _some(
    connection: Connection, statement: str, width: int, ids: Ids
) -> Iterator[Rows]:
    """Yield the rows of a statement that ends in the name of an id, for some ids."""
    ids = np.unique(ids)
    ends = np.flatnonzero(np.diff(ids) != 1) + 1
    alone: list[int] = []
    for run in np.split(ids, ends):
        if len(run) < _RUN:
            alone += run.tolist()
        else:  # as an import writes them
            between = f"{statement} BETWEEN {run[0]} AND {run[-1]}"
            yield from _all(connection, between, width)
    for some in batched(alone, _BATCH, strict=False):
        yield _numbers([*rows_where_in(connection, f"{statement} IN", some)], width)


def _numbers(rows: Sequence[Iterable[int]], width: int) -> Rows:
    flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width)
    return flat.reshape(-1, width)
