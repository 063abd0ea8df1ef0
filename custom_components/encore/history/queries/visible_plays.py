"""The plays that a viewer may see, as rows and as columns: the scope that every query about plays passes."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Final, Unpack, cast

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from ..columns.cached_selections import CachedSelections
from ..columns.columns import Columns, Flags, is_flagged
from ..columns.filtered_plays import Narrowing
from ..columns.selection import Selection
from ..database.bulk import column_of, rows_of
from ..database.play_tables import (
    device as device_table,
    listener,
    play,
    room as room_table,
)
from ..model import COUNTED_FROM_MS, Device, Listener, Room, TopOf, Window
from ..records.recording_coverage import Coverage
from ..records.recordings import coverage
from .filters import Filters, bits_of

type Hidden = frozenset[str]
"""The listeners (by key) whose history a viewer may not see."""

NOBODY_HIDDEN: Final[Hidden] = frozenset()
"""For Encore's own work, and for what is about one listener alone and shown to nobody else."""

EVER: Final = Window(0, 1 << 50)
"""All of time that the history speaks of."""

_MOST_CACHED: Final = 2
"""How many selections are cached while a question is answered."""


class VisiblePlays:
    """What all queries of one viewer share: the store, the columns, and the listeners hidden in both."""

    def __init__(
        self,
        connection: Connection,
        hidden: Hidden,
        columns: Callable[[], Columns],
        selections: CachedSelections,
    ) -> None:
        """Read from a connection that sees one state of the store, and from columns of it.

        `selections` are those that other questions made of the same columns.
        """
        self._connection = connection
        self._hidden = hidden
        self._columns_of_all = columns
        self._columns: Columns | None = None
        self._selections = selections
        # A question asks several things of the same plays, or of two windows.
        self._selected: list[tuple[Columns, Window, Filters, Selection]] = []
        self._ids: dict[str, int] | None = None

    def _read_columns(self) -> Columns:
        """Return the columns from which all is counted: hidden listeners' plays are not among them."""
        if self._columns is None:
            hidden = tuple(sorted(self._hidden_ids))
            self._columns = self._selections.scope(self._columns_of_all(), hidden)
        return self._columns

    def select(self, window: Window, **filters: Unpack[Filters]) -> Selection:
        """Return the visible plays of a window as columns, for what is counted over any number of them."""
        columns = self._read_columns()
        for *selected_by, chosen in self._selected:
            if selected_by == [columns, window, filters]:
                return chosen
        narrowing = self._narrowing(filters)
        chosen = self._selections.selection(columns, window, narrowing)
        self._selected = [*self._selected, (columns, window, filters, chosen)][
            -_MOST_CACHED:
        ]
        return chosen

    def _visible(self, filters: Filters) -> Filters:
        """Return filters that hidden listeners do not pass."""
        listeners = self._visible_of(filters.get("listeners"))
        return cast("Filters", {**filters, "listeners": listeners})

    def _visible_of(self, listeners: Collection[str] | None) -> Collection[str] | None:
        """Return which of some listeners (by key; of all, for None) are visible; None where all are."""
        if not self._hidden:
            return listeners
        return frozenset(
            self._listener_ids if listeners is None else listeners
        ).difference(self._hidden)

    def _visible_rows(self) -> list[ColumnElement[bool]]:
        """Return what a row of `play` has to be for its listener not to be hidden."""
        if not self._hidden:
            return []
        return [play.c.listener.not_in(self._hidden_ids)]

    @property
    def _hidden_ids(self) -> list[int]:
        """The row ids of the hidden listeners."""
        return [
            number for key, number in self._listener_ids.items() if key in self._hidden
        ]

    def _visible_things(self, of: TopOf) -> Flags:
        """Return a flag for each row id of what was played, of tracks, artists, albums, shows or rooms: whether a visible play has it.

        What is newer than the columns has no flag.
        """
        everything = self.select(EVER, television=True, min_ms=0)
        return everything.by(of).plays > 0

    @property
    def _listener_ids(self) -> dict[str, int]:
        """The row ids of all listeners by their keys."""
        if self._ids is None:
            found = rows_of(self._connection, "SELECT key, id FROM listener")
            self._ids = dict(found)
        return self._ids

    def _narrowing(self, filters: Filters) -> Narrowing:
        """Return filters with row ids for keys."""
        listeners = filters.get("listeners")
        known = self._listener_ids if listeners is not None else {}
        sources = filters.get("sources")
        kinds = filters.get("kinds")
        tracks = filters.get("tracks")
        return Narrowing(
            listeners=None
            if listeners is None
            else tuple(sorted(known[key] for key in {*listeners} & known.keys())),
            rooms=self._ids_in(room_table, filters.get("rooms")),
            devices=self._ids_in(device_table, filters.get("devices")),
            kinds=None if kinds is None else tuple(kinds),
            tracks=None if tracks is None else tuple(tracks),
            television=filters.get("television", False),
            sources=None if sources is None else bits_of(sources),
            min_ms=filters.get("min_ms", COUNTED_FROM_MS),
        )

    def _ids_in(
        self, table: Table, keys: Collection[str] | None
    ) -> tuple[int, ...] | None:
        if keys is None:
            return None
        found = self._connection.execute(
            select(table.c.id).where(table.c.key.in_(keys))
        )
        return tuple(found.scalars())

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
        # By listener, because plays are indexed so.
        first = (
            "SELECT started_at FROM play WHERE listener = ? ORDER BY started_at LIMIT 1"
        )
        return self._earliest(first, ((each,) for each in self._numbers_of(listeners)))

    def first_in_a_room(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when something first sounded in a room (UTC ms), None where no room is known of any play."""
        numbers = self._numbers_of(listeners) or [-1]
        marks = ",".join("?" * len(numbers))
        first = (
            "SELECT r.from_ms FROM play_room r JOIN play p ON p.id = r.play WHERE r.room = ?"  # noqa: S608  marks
            f" AND p.listener IN ({marks}) ORDER BY r.from_ms LIMIT 1"
        )
        rooms = column_of(self._connection, "SELECT id FROM room")
        return self._earliest(first, ((room, *numbers) for room in rooms))

    def _earliest(self, first: str, values: Iterable[tuple[int, ...]]) -> int | None:
        """Return the earliest moment that a statement finds with some values."""
        found = (column_of(self._connection, first, each) for each in values)
        return min(chain.from_iterable(found), default=None)

    def _numbers_of(self, listeners: Collection[str] | None) -> list[int]:
        """Return the row ids of those of some listeners (by key; of all, for None) who are visible."""
        visible, known = self._visible_of(listeners), self._listener_ids
        keys = known if visible is None else known.keys() & {*visible}
        return [known[key] for key in keys]

    def coverage(self, listeners: Collection[str] | None = None) -> Coverage:
        """Return when listeners were recorded, as far as it was noted by now."""
        return coverage(self._connection, self._visible_of(listeners))
