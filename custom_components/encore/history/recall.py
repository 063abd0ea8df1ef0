"""The read side of the history: plays, totals and tops of a window, and who and what is known."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Table,
    exists,
    func,
    null,
    select,
)

from .merge import LONGEST_MS
from .model import (
    COUNTED_FROM_MS,
    Device,
    Kind,
    Listener,
    Play,
    Room,
    Source,
    TopEntry,
    Total,
    Window,
)
from .play_rows import PLAY_COLUMNS, PLAYS, plays_from
from .schema import (
    album,
    artist,
    device as device_table,
    listener,
    observation,
    play,
    play_room,
    room as room_table,
    track,
    track_artist,
)


class TopOf(StrEnum):
    """What a top list ranks."""

    TRACKS = "tracks"
    ARTISTS = "artists"
    ALBUMS = "albums"


class Recall:
    """Answers from one connection; made by the history for each question put to it.

    The filters mean the same everywhere. `listeners`, `room` and `devices` are keys; None is no
    filter, a key that is not known matches nothing. `min_ms` is the least a play must have sounded.
    A play belongs to the window in which it STARTED.
    """

    def __init__(self, connection: Connection) -> None:
        """Answer from a connection that sees one state of the store."""
        self._connection = connection

    def listeners(self) -> list[Listener]:
        """Return all listeners of whom something is known, by name."""
        return [Listener(key, name) for key, name in self._register(listener)]

    def rooms(self) -> list[Room]:
        """Return all rooms in which something sounded, by name."""
        return [Room(key, name) for key, name in self._register(room_table)]

    def devices(self) -> list[Device]:
        """Return all devices that sounded, by name."""
        return [Device(key, name) for key, name in self._register(device_table)]

    def plays(
        self,
        window: Window,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        devices: Collection[str] | None = None,
        min_ms: int = COUNTED_FROM_MS,
        limit: int | None = None,
        newest_first: bool = True,
    ) -> list[Play]:
        """Return the plays of a window by their start, the newest first unless told otherwise."""
        start = play.c.started_at.desc() if newest_first else play.c.started_at.asc()
        found = self._connection.execute(
            select(*PLAY_COLUMNS)
            .select_from(PLAYS)
            .where(*_filters(window, listeners, room, devices, min_ms))
            .order_by(start, listener.c.key, track.c.uri)
            .limit(limit)
        ).all()
        return plays_from(self._connection, found)

    def total(
        self,
        window: Window,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        devices: Collection[str] | None = None,
        min_ms: int = COUNTED_FROM_MS,
    ) -> Total:
        """Return how many plays a window has and how long they sounded."""
        plays, ms_played = self._connection.execute(
            select(_COUNT, _SUM)
            .select_from(play)
            .where(*_filters(window, listeners, room, devices, min_ms))
        ).one()
        return Total(plays, ms_played)

    def kinds(
        self,
        window: Window,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        devices: Collection[str] | None = None,
        min_ms: int = COUNTED_FROM_MS,
    ) -> dict[Kind, int]:
        """Return how many plays of each kind a window has; a kind that it lacks is left out."""
        counted = self._connection.execute(
            select(track.c.kind, _COUNT)
            .select_from(play.join(track, track.c.id == play.c.track))
            .where(*_filters(window, listeners, room, devices, min_ms))
            .group_by(track.c.kind)
        )
        return {Kind(kind): plays for kind, plays in counted}

    def top(
        self,
        window: Window,
        of: TopOf,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        devices: Collection[str] | None = None,
        min_ms: int = COUNTED_FROM_MS,
        limit: int = 10,
    ) -> list[TopEntry]:
        """Return the most played tracks, artists or albums: by plays, then time, then name.

        Only music is ranked, not podcasts and audiobooks. A track counts for each of its artists.
        """
        ranked = _RANKED[of]
        rows = self._connection.execute(
            ranked.where(
                track.c.kind == Kind.TRACK,
                *_filters(window, listeners, room, devices, min_ms),
            ).limit(limit)
        )
        return [
            TopEntry(row.name, row.by, row.uri, Total(row.plays, row.ms_played))
            for row in rows
        ]

    def playing_at(
        self,
        moment: int,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
    ) -> list[Play]:
        """Return what sounded at a moment (UTC ms), the last started first; no play is too short."""
        reach = Window(moment - LONGEST_MS, moment + 1)
        then = [play.c.ended_at > moment]
        if room is not None:
            then.append(
                _in_room(
                    room, play_room.c.from_ms <= moment, play_room.c.to_ms > moment
                )
            )
        found = self._connection.execute(
            select(*PLAY_COLUMNS)
            .select_from(PLAYS)
            .where(*_filters(reach, listeners, None, None, 0), *then)
            .order_by(play.c.started_at.desc(), listener.c.key, track.c.uri)
        ).all()
        return plays_from(self._connection, found)

    def newest(self, listener_key: str, source: Source) -> int | None:
        """Return the latest end (UTC ms) that a source reported for a listener."""
        return self._connection.execute(
            select(observation.c.ended_at)
            .where(
                observation.c.listener == _id_of(listener_key),
                observation.c.source == source,
            )
            .order_by(observation.c.ended_at.desc())
            .limit(1)
        ).scalar_one_or_none()

    def recorded_from(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when the earliest play started (UTC ms), or None where nothing is known."""
        each = (
            select(func.min(play.c.started_at))
            .where(play.c.listener == listener.c.id)
            .scalar_subquery()
        )
        named = [] if listeners is None else [listener.c.key.in_(listeners)]
        earliest: int | None = self._connection.execute(
            select(func.min(each)).select_from(listener).where(*named)
        ).scalar_one()
        return earliest

    def _register(self, table: Table) -> list[tuple[str, str]]:
        rows = self._connection.execute(
            select(table.c.key, table.c.name).order_by(table.c.name, table.c.key)
        )
        return [(key, name) for key, name in rows]


_COUNT: Final = func.count()
_SUM: Final = func.coalesce(func.sum(play.c.ms_played), 0)


def _ranked(
    by: Column[Any], name: Column[Any], artist_name: ColumnElement[Any], uri: Any
) -> Select[Any]:
    """Return the question for the most played, to which filters and a limit are added."""
    return (
        select(
            name.label("name"),
            artist_name.label("by"),
            uri.label("uri"),
            _COUNT.label("plays"),
            _SUM.label("ms_played"),
        )
        .select_from(play.join(track, track.c.id == play.c.track))
        .group_by(by)
        .order_by(_COUNT.desc(), _SUM.desc(), name, artist_name, by)
    )


_first_artist: Final = (
    select(artist.c.name)
    .join(track_artist, track_artist.c.artist == artist.c.id)
    .where(track_artist.c.track == track.c.id, track_artist.c.position == 0)
    .scalar_subquery()
)
_album_artist: Final = (
    select(artist.c.name).where(artist.c.id == album.c.artist).scalar_subquery()
)

_RANKED: Final = {
    TopOf.TRACKS: _ranked(
        track.c.uri, track.c.title, func.coalesce(_first_artist, ""), track.c.uri
    ),
    TopOf.ARTISTS: _ranked(artist.c.id, artist.c.name, artist.c.name, null())
    .join(track_artist, track_artist.c.track == track.c.id)
    .join(artist, artist.c.id == track_artist.c.artist),
    TopOf.ALBUMS: _ranked(album.c.id, album.c.name, _album_artist, null()).join(
        album, album.c.id == track.c.album
    ),
}


def _filters(
    window: Window,
    listeners: Collection[str] | None,
    room: str | None,
    devices: Collection[str] | None,
    min_ms: int,
) -> list[ColumnElement[bool]]:
    """Return what the filters of a question ask of a play."""
    # Named or not, listeners are looked up: only so is the index by listener and start used.
    who = select(listener.c.id)
    if listeners is not None:
        who = who.where(listener.c.key.in_(listeners))
    asked = [
        play.c.listener.in_(who),
        play.c.started_at >= window.start,
        play.c.started_at < window.end,
        play.c.ms_played >= min_ms,
    ]
    if devices is not None:
        named = select(device_table.c.id).where(device_table.c.key.in_(devices))
        asked.append(play.c.device.in_(named))
    if room is not None:
        asked.append(_in_room(room))
    return asked


def _in_room(room: str, *then: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a play sounded in a room, and what else is asked of that."""
    named = select(room_table.c.id).where(room_table.c.key == room)
    return exists().where(
        play_room.c.play == play.c.id,
        play_room.c.room == named.scalar_subquery(),
        *then,
    )


def _id_of(listener_key: str) -> ScalarSelect[Any]:
    return select(listener.c.id).where(listener.c.key == listener_key).scalar_subquery()
