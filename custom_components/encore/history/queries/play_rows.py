"""Plays as they are read: rows of the store made whole again with their items and rooms."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from ..database.bulk import rows_of, rows_where_in
from ..database.play_tables import album, device, listener, play, track
from ..model import (
    Device,
    Item,
    Kind,
    Listener,
    Loudness,
    Observation,
    Play,
    Room,
    RoomSpan,
    Source,
)
from ..records.stored_tracks import artists_of

PLAYS: Final = (
    play.join(listener, listener.c.id == play.c.listener)
    .join(track, track.c.id == play.c.track)
    .outerjoin(album, album.c.id == track.c.album)
    .outerjoin(device, device.c.id == play.c.device)
)
"""A play with all that it names but its artists and rooms."""

PLAY_COLUMNS: Final = (
    play.c.id,
    play.c.started_at,
    play.c.ended_at,
    play.c.ms_played,
    play.c.sources,
    play.c.context_uri,
    play.c.skipped,
    play.c.track,
    listener.c.key.label("listener_key"),
    listener.c.name.label("listener_name"),
    track.c.uri,
    track.c.kind,
    track.c.title,
    track.c.duration_ms,
    track.c.isrc,
    track.c.image_url,
    album.c.name.label("album_name"),
    device.c.key.label("device_key"),
    device.c.name.label("device_name"),
)


PLAY_ROWS: Final = select(*PLAY_COLUMNS).select_from(PLAYS)
"""What `plays_from` takes; made once, because every question asks for it."""


def plays_from(connection: Connection, rows: Sequence[Row[Any]]) -> list[Play]:
    """Return the plays of rows that have PLAY_COLUMNS, in their order."""
    rooms = _rooms(connection, (row.id for row in rows))
    artists = artists_of(connection, {row.track: None for row in rows})
    items: dict[int, Item] = {}
    listeners: dict[str, Listener] = {}
    plays = []
    for row in rows:
        if row.track not in items:
            items[row.track] = _item(row, artists.get(row.track, ()))
        if row.listener_key not in listeners:
            listeners[row.listener_key] = Listener(row.listener_key, row.listener_name)
        plays.append(
            Play(
                id=row.id,
                listener=listeners[row.listener_key],
                item=items[row.track],
                started_at=row.started_at,
                ended_at=row.ended_at,
                ms_played=row.ms_played,
                sources=frozenset(s for s in Source if row.sources & 1 << s),
                device=row.device_key and Device(row.device_key, row.device_name),
                context_uri=row.context_uri,
                rooms=rooms.get(row.id, ()),
                skipped=row.skipped,
            )
        )
    return plays


def _item(row: Row[Any], artists: tuple[str, ...]) -> Item:
    return Item(
        uri=row.uri,
        kind=Kind(row.kind),
        title=row.title,
        artists=artists,
        album=row.album_name or "",
        duration_ms=row.duration_ms,
        isrc=row.isrc,
        image_url=row.image_url,
    )


def _rooms(
    connection: Connection, plays: Iterable[int]
) -> dict[int, tuple[RoomSpan, ...]]:
    """Return where plays sounded, the earliest room first."""
    found: dict[int, list[RoomSpan]] = {}
    for number, key, name, start, end in rows_where_in(
        connection,
        "SELECT p.play, r.key, r.name, p.from_ms, p.to_ms FROM play_room p"
        " JOIN room r ON r.id = p.room WHERE p.play IN",
        plays,
    ):
        found.setdefault(number, []).append(RoomSpan(Room(key, name), start, end))
    return {
        number: tuple(sorted(spans, key=lambda span: (span.start, span.room.key)))
        for number, spans in found.items()
    }


def resting_on(
    connection: Connection, observations: Iterable[Observation]
) -> list[int]:
    """Return the row ids of the plays that rest on observations, each once; what the store does not have is left out."""
    found: dict[int, None] = {}
    for one in observations:
        rows = rows_of(
            connection,
            "SELECT o.play FROM observation o JOIN listener l ON l.id = o.listener"
            " JOIN track t ON t.id = o.track"
            " WHERE l.key = ? AND o.ended_at = ? AND t.uri = ? AND o.source = ?",
            (one.listener.key, one.ended_at, one.item.uri, int(one.source)),
        )
        found.update((number, None) for (number,) in rows if number is not None)
    return [*found]


BEFORE_MS: Final = 60_000
"""What was reported so shortly before a play began somewhere still held then: sources differ about beginnings."""

_VOLUMES: Final = f"""SELECT p.play, r.key, p.from_ms, v.at_ms, v.percent FROM play_room p
    JOIN room r ON r.id = p.room
    JOIN observation_volume v ON v.room = p.room
    AND v.at_ms >= p.from_ms - {BEFORE_MS} AND v.at_ms < p.to_ms
    WHERE p.play IN"""  # noqa: S608  our own number


def with_volumes(connection: Connection, plays: Sequence[Play]) -> list[Play]:
    """Return stored plays with how loud each of their rooms was when it began there, and from when on it was otherwise."""
    levels: dict[tuple[int, str, int], list[tuple[int, int]]] = {}
    for number, key, start, at, percent in rows_where_in(
        connection, _VOLUMES, [one.id for one in plays]
    ):
        levels.setdefault((number, key, start), []).append((at, percent))
    return [replace(one, volumes=_volumes(one, levels)) for one in plays]


def _volumes(
    one: Play, levels: dict[tuple[int, str, int], list[tuple[int, int]]]
) -> tuple[Loudness, ...]:
    found: list[Loudness] = []
    for span in one.rooms:
        at_that_time = sorted(levels.get((one.id, span.room.key, span.start), ()))
        found += volumes_from(span.room, span.start, at_that_time)
    return tuple(sorted(found, key=lambda each: (each.at, each.room.key)))


def volumes_from(
    room: Room, start: int, levels: Sequence[tuple[int, int]]
) -> list[Loudness]:
    """Return how loud a room was from a moment on (UTC ms), of what was reported of it until its sound ended, in order.

    What was reported last before it holds at its start, else what was reported first after it.
    """
    before = [percent for at, percent in levels if at <= start]
    later = [(at, percent) for at, percent in levels if at > start]
    if not before and not later:
        return []
    found = [Loudness(room, start, before[-1] if before else later[0][1])]
    for at, percent in later:
        if percent != found[-1].percent:
            found.append(Loudness(room, at, percent))
    return found
