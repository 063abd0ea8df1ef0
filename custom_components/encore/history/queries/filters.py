"""Filters of plays, and their SQL."""

from collections.abc import Collection
from typing import Final, TypedDict

from sqlalchemy import ColumnElement, exists, func, select

from ..database.play_tables import (
    device as device_table,
    listener as listener_table,
    play,
    play_room,
    room as room_table,
    track as track_table,
)
from ..model import COUNTED_FROM_MS, TELEVISION_URI, Kind, Source, Window

_NO_TRACK: Final = -1


class Filters(TypedDict, total=False):
    """What plays have in common; one that is None or missing is no filter.

    `listeners`, `rooms` and `devices` are keys: any of them will do, and a key that is not known
    matches nothing. `sources` are those of its observations, at least one. `tracks` are row ids, as
    `Recall.tracks_of` has them. `min_ms` is the least that a play must have sounded, COUNTED_FROM_MS if
    missing. What a television sounds is no listening: unless `television` says so, or kinds are asked for,
    its plays are left out.
    """

    listeners: Collection[str] | None
    rooms: Collection[str] | None
    devices: Collection[str] | None
    sources: Collection[Source] | None
    kinds: Collection[Kind] | None
    tracks: Collection[int] | None
    television: bool
    min_ms: int


def conditions(window: Window, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what is asked of a row of `play` that started in a window."""
    # Named or not, listeners are looked up: only so is the index by listener and start used.
    who = select(listener_table.c.id)
    if (listeners := filters.get("listeners")) is not None:
        who = who.where(listener_table.c.key.in_(listeners))
    clauses = [
        play.c.listener.in_(who),
        play.c.started_at >= window.start,
        play.c.started_at < window.end,
        play.c.ms_played >= filters.get("min_ms", COUNTED_FROM_MS),
    ]
    if (devices := filters.get("devices")) is not None:
        named = select(device_table.c.id).where(device_table.c.key.in_(devices))
        clauses.append(play.c.device.in_(named))
    if (rooms := filters.get("rooms")) is not None:
        clauses.append(in_rooms(rooms))
    if (sources := filters.get("sources")) is not None:
        clauses.append(play.c.sources.bitwise_and(bits_of(sources)) != 0)
    if (kinds := filters.get("kinds")) is not None:
        of_kind = track_table.alias("of_kind")
        clauses.append(
            exists().where(of_kind.c.id == play.c.track, of_kind.c.kind.in_(kinds))
        )
    elif not filters.get("television"):
        television = select(track_table.c.id).where(track_table.c.uri == TELEVISION_URI)
        clauses.append(
            play.c.track != func.coalesce(television.scalar_subquery(), _NO_TRACK)
        )
    if (tracks := filters.get("tracks")) is not None:
        clauses.append(play.c.track.in_(tracks))
    return clauses


def bits_of(sources: Collection[Source]) -> int:
    """Return sources as the bits stored with a play."""
    return sum(1 << source for source in set(sources))


def in_rooms(rooms: Collection[str], *then: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a play sounded in one of some rooms, and what else is asked of that."""
    named = select(room_table.c.id).where(room_table.c.key.in_(rooms))
    return exists().where(
        play_room.c.play == play.c.id, play_room.c.room.in_(named), *then
    )
