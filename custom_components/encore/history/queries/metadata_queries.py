"""Queries about listeners, rooms and devices."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Row, Table, func, select

from ..columns.columns import is_flagged
from ..database.play_tables import (
    device as device_table,
    listener,
    play,
    play_room,
    room as room_table,
)
from ..model import Device, Listener, Room, TopOf
from ..records.recording_coverage import Coverage
from ..records.recordings import coverage
from .visible_plays import EVER, VisiblePlays


class MetadataQueries(VisiblePlays):
    """Answers who, where and what is known, and since when, as if hidden listeners had never been there."""

    def listeners(self) -> list[Listener]:
        """Return all listeners of whom something is known, by name."""
        return list(self.listeners_by_id().values())

    def rooms(self) -> list[Room]:
        """Return all rooms in which something sounded that is not forgotten, by name."""
        return list(self.rooms_by_id().values())

    def devices(self) -> list[Device]:
        """Return all devices that sounded, by name."""
        sounded = self.select(EVER, television=True, min_ms=0).devices()
        return [
            Device(key, name)
            for number, key, name in self._by_name(device_table)
            if number in sounded
        ]

    def listeners_by_id(self) -> dict[int, Listener]:
        """Return all listeners by the row ids that columns have for them, in the order of their names."""
        return {
            number: Listener(key, name)
            for number, key, name in self._by_name(listener)
            if key not in self._hidden
        }

    def rooms_by_id(self) -> dict[int, Room]:
        """Return all rooms in which something sounded by the row ids that columns have for them, in the order of their names."""
        sounded = self._visible_things(TopOf.ROOMS)
        return {
            number: Room(key, name)
            for number, key, name in self._by_name(room_table)
            if is_flagged(sounded, number)
        }

    def _by_name(self, table: Table) -> Sequence[Row[tuple[int, str, str]]]:
        """Return the row ids, keys and names of all listeners, rooms or devices, by name."""
        columns = table.c.id, table.c.key, table.c.name
        ordered = select(*columns).order_by(table.c.name, table.c.key)
        return self._connection.execute(ordered).all()

    def recorded_from(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when the earliest play started (UTC ms), or None where nothing is known."""
        visible = self._visible_of(listeners)
        named = [] if visible is None else [listener.c.key.in_(visible)]
        earliest: int | None = self._connection.execute(
            _EARLIEST.where(*named)
        ).scalar_one()
        return earliest

    def first_in_a_room(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when something first sounded in a room (UTC ms), None where no room is known of any play."""
        first = (
            select(play_room.c.from_ms)
            .where(play_room.c.room == room_table.c.id)
            .order_by(play_room.c.from_ms)
            .limit(1)
        )
        if (visible := self._visible_of(listeners)) is not None:
            first = (
                first.join(play, play.c.id == play_room.c.play)
                .join(listener, listener.c.id == play.c.listener)
                .where(listener.c.key.in_(visible))
            )
        earliest: int | None = self._connection.execute(
            select(func.min(first.scalar_subquery())).select_from(room_table)
        ).scalar_one()
        return earliest

    def coverage(self, listeners: Collection[str] | None = None) -> Coverage:
        """Return when listeners were recorded, as far as it was noted by now."""
        return coverage(self._connection, self._visible_of(listeners))


# Made once: every question asks for it. By listener, because plays are indexed so.
_EARLIEST: Final = select(
    func.min(
        select(func.min(play.c.started_at))
        .where(play.c.listener == listener.c.id)
        .scalar_subquery()
    )
).select_from(listener)
