"""Plays of a listener with all that their sources said of them, read page by page."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, tuple_

from ..database.bulk import rows_of
from ..database.key_tables import Reasons, Register
from ..database.play_tables import listener as listener_table, play
from ..ingest.play_with_sources import ExportedItem, ExportedObservation
from ..merge.merge_rows import LONGEST_MS
from ..model import HOUSEHOLD, Device, Listener, Loudness, Play, Room, RoomSpan, Source
from ..queries.play_rows import PLAY_ROWS, plays_from
from .exported_items import Items, source_name

PAGE: Final = 2_000
"""How many plays are in memory at once."""

_REACH_MS: Final = len(Source) * (LONGEST_MS + 90_000)
"""How far from the end of a play any of its observations may end: each meets another one of it."""


class PlayWithSources(NamedTuple):
    """A play, how its item is described, and what its sources said."""

    play: Play
    item: ExportedItem
    observations: list[ExportedObservation]


def number_of_plays(connection: Connection, listener: Listener) -> int:
    """Return how many plays a listener has."""
    ((found,),) = rows_of(
        connection,
        "SELECT count(*) FROM play p JOIN listener l ON l.id = p.listener WHERE l.key = ?",
        (listener.key,),
    )
    return int(found)


def pages_of(connection: Connection, listener: Listener) -> Iterator[list[Play]]:
    """Yield all plays of a listener, the oldest first, a page at a time; however short they are."""
    plays = (
        PLAY_ROWS.where(listener_table.c.key == listener.key)
        .order_by(play.c.started_at, play.c.track)
        .limit(PAGE)
    )
    page = plays
    while rows := connection.execute(page).all():
        yield plays_from(connection, rows)
        last = rows[-1]
        page = plays.where(
            tuple_(play.c.started_at, play.c.track)
            > tuple_(last.started_at, last.track)
        )


class SourcesOfPlays:
    """What sources said of the plays of a listener."""

    def __init__(self, connection: Connection, listener: Listener) -> None:
        """Read from a connection that sees one state of the store."""
        self._connection = connection
        keys = Register(connection, "listener").keys()
        self._household = next((n for n, key in keys.items() if key == HOUSEHOLD), None)
        self._ears = [n for n, key in keys.items() if key in {HOUSEHOLD, listener.key}]
        self._named = listener.key != HOUSEHOLD
        self._rooms = _names(connection, "room", Room)
        self._devices = _names(connection, "device", Device)
        self._reasons = Reasons(connection).names()
        self._items = Items(connection)

    def of(self, plays: Sequence[Play]) -> list[PlayWithSources]:
        """Return plays of a page, which are there, with what was said of them."""
        reported: dict[int, list[Any]] = {one.id: [] for one in plays}
        first = min(one.ended_at for one in plays) - _REACH_MS
        last = max(one.ended_at for one in plays) + _REACH_MS
        for row in self._between("observation", _OBSERVATION, first, last):
            if row.play in reported:
                reported[row.play].append(row)
        rooms: dict[tuple[int, ...], list[RoomSpan]] = {}
        for row in self._between("observation_room", _ROOM, first, last):
            span = RoomSpan(self._rooms[row.room], row.from_ms, row.to_ms)
            rooms.setdefault(_key(row), []).append(span)
        volumes: dict[tuple[int, ...], list[Loudness]] = {}
        for row in self._between("observation_volume", _VOLUME, first, last):
            volume = Loudness(self._rooms[row.room], row.at_ms, row.percent)
            volumes.setdefault(_key(row), []).append(volume)
        self._items.read({row.track for rows in reported.values() for row in rows})
        shown = self._items.by_uri(one.item.uri for one in plays)
        return [
            PlayWithSources(
                one,
                shown[one.item.uri],
                [
                    self._exported(
                        row,
                        shown[one.item.uri],
                        rooms.get(_key(row), []),
                        volumes.get(_key(row), []),
                    )
                    for row in sorted(reported[one.id], key=_order)
                ],
            )
            for one in plays
        ]

    def _between(self, table: str, columns: str, first: int, last: int) -> list[Any]:
        """Return rows of who listens and of the household that end between two moments (UTC ms)."""
        return [
            row
            for ears in self._ears
            for row in rows_of(
                self._connection,
                f"SELECT {columns} FROM {table}"  # noqa: S608  our own names
                " WHERE listener = ? AND ended_at >= ? AND ended_at <= ?",
                (ears, first, last),
            )
        ]

    def _exported(
        self,
        row: Any,
        shown: ExportedItem,
        rooms: list[RoomSpan],
        volumes: list[Loudness],
    ) -> ExportedObservation:
        item = self._items[row.track]
        return ExportedObservation(
            source=source_name(Source(row.source)),
            started_at=row.started_at,
            ended_at=row.ended_at,
            ms_played=row.ms_played,
            household=self._named and row.listener == self._household,
            item=None if item == shown else item,
            offline_at=row.offline_at,
            device=None if row.device is None else self._devices[row.device],
            context_uri=row.context_uri,
            rooms=tuple(sorted(rooms, key=lambda span: (span.start, span.room.key))),
            skipped=_flag(row.skipped),
            shuffle=_flag(row.shuffle),
            offline=_flag(row.offline),
            incognito=_flag(row.incognito),
            reason_start=self._reasons.get(row.reason_start),
            reason_end=self._reasons.get(row.reason_end),
            volumes=tuple(sorted(volumes, key=lambda each: (each.at, each.room.key))),
        )


_KEY: Final = "listener, ended_at, track, source, ms_played, offline_at"
_OBSERVATION: Final = (
    f"{_KEY}, started_at, device, context_uri, skipped, shuffle, offline, incognito,"
    " reason_start, reason_end, play"
)
_ROOM: Final = f"{_KEY}, room, from_ms, to_ms"
_VOLUME: Final = f"{_KEY}, room, at_ms, percent"


def _key(row: Any) -> tuple[int, ...]:
    return tuple(row[:6])


def _order(row: Any) -> tuple[int, ...]:
    """Return the order of a play's observations."""
    return (row.source, *_key(row))


def _flag(value: int | bool | None) -> bool | None:
    return None if value is None else bool(value)


def _names[T: (Room, Device)](
    connection: Connection, table: str, kind: type[T]
) -> dict[int, T]:
    rows = rows_of(connection, f"SELECT id, key, name FROM {table}")  # noqa: S608  our own name
    return {number: kind(key, name) for number, key, name in rows}
