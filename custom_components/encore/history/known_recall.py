"""The read side of what is known at all: who listened, where and on what, and since when."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, ScalarSelect, Table, exists, func, literal, select

from .coverage import Coverage
from .model import Device, Kind, Listener, Room, Source
from .noted_recall import NotedRecall
from .recordings import coverage
from .schema import (
    device as device_table,
    listener,
    observation,
    play,
    play_room,
    room as room_table,
    track,
)


class KnownRecall(NotedRecall):
    """Answers from one connection who, where and what is known, and since when."""

    def listeners(self) -> list[Listener]:
        """Return all listeners of whom something is known, by name."""
        return [Listener(key, name) for key, name in self._register(listener)]

    def rooms(self) -> list[Room]:
        """Return all rooms in which something sounded that is not forgotten, by name."""
        heard = exists().where(play_room.c.room == room_table.c.id)
        found = self._connection.execute(
            select(room_table.c.key, room_table.c.name)
            .where(heard)
            .order_by(room_table.c.name, room_table.c.key)
        )
        return [Room(key, name) for key, name in found]

    def devices(self) -> list[Device]:
        """Return all devices that sounded, by name."""
        return [Device(key, name) for key, name in self._register(device_table)]

    def listeners_by_id(self) -> dict[int, Listener]:
        """Return all listeners by the row ids that columns have for them."""
        return {number: Listener(*names) for number, *names in self._rows_of(listener)}

    def rooms_by_id(self) -> dict[int, Room]:
        """Return all rooms by the row ids that columns have for them."""
        return {number: Room(*names) for number, *names in self._rows_of(room_table)}

    def newest(self, listener_key: str, source: Source) -> int | None:
        """Return the latest end (UTC ms) of music that a source reported for a listener.

        What is spoken does not count: recently played has none, and a resume point says nothing of music.
        """
        return self._connection.execute(
            select(observation.c.ended_at)
            .join(track, track.c.id == observation.c.track)
            .where(
                track.c.kind == int(Kind.TRACK),
                observation.c.listener == _id_of(listener_key),
                # Written out, because an index holds one source alone.
                observation.c.source == literal(int(source), literal_execute=True),
            )
            .order_by(observation.c.ended_at.desc())
            .limit(1)
        ).scalar_one_or_none()

    def recorded_from(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when the earliest play started (UTC ms), or None where nothing is known."""
        named = [] if listeners is None else [listener.c.key.in_(listeners)]
        earliest: int | None = self._connection.execute(
            _EARLIEST.where(*named)
        ).scalar_one()
        return earliest

    def rooms_heard_from(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when something first sounded in a room (UTC ms), None where no room is known of any play."""
        first = (
            select(play_room.c.from_ms)
            .where(play_room.c.room == room_table.c.id)
            .order_by(play_room.c.from_ms)
            .limit(1)
        )
        if listeners is not None:
            first = (
                first.join(play, play.c.id == play_room.c.play)
                .join(listener, listener.c.id == play.c.listener)
                .where(listener.c.key.in_(listeners))
            )
        earliest: int | None = self._connection.execute(
            select(func.min(first.scalar_subquery())).select_from(room_table)
        ).scalar_one()
        return earliest

    def coverage(self, listeners: Collection[str] | None = None) -> Coverage:
        """Return when listeners were recorded, as far as it was noted by now."""
        return coverage(self._connection, listeners)

    def _register(self, table: Table) -> list[tuple[str, str]]:
        return [(key, name) for _, key, name in self._rows_of(table)]

    def _rows_of(self, table: Table) -> Sequence[Row[tuple[int, str, str]]]:
        return self._connection.execute(
            select(table.c.id, table.c.key, table.c.name).order_by(
                table.c.name, table.c.key
            )
        ).all()


# Made once: every question asks for it. By listener, because plays are indexed so.
_EARLIEST: Final = select(
    func.min(
        select(func.min(play.c.started_at))
        .where(play.c.listener == listener.c.id)
        .scalar_subquery()
    )
).select_from(listener)


def _id_of(listener_key: str) -> ScalarSelect[Any]:
    return select(listener.c.id).where(listener.c.key == listener_key).scalar_subquery()
