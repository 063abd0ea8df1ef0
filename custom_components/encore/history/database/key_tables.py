"""Rows that stand for a key: listeners, rooms, devices, and Spotify's reasons."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, Table, insert, select, update

from ..model import HOUSEHOLD, Device, Listener, Room
from .bulk import highest
from .play_tables import device, listener, reason, room

_HOUSEHOLD_ID: Final = 0


class Register:
    """The rows of one table by their key, with their latest names."""

    def __init__(self, connection: Connection, table: Table) -> None:
        """Keep a table with `id`, `key` and `name`."""
        self._connection = connection
        self._table = table
        self._known: dict[str, tuple[int, str]] = {}

    def enter(self, entry: Listener | Room | Device) -> int:
        """Return the row id of an entry, made or renamed where needed."""
        known = self._known.get(entry.key) or self._found(entry.key)
        if known is None:
            number = self._next(entry.key)
            self._connection.execute(
                insert(self._table).values(id=number, key=entry.key, name=entry.name)
            )
        else:
            number, name = known
            if name != entry.name:
                self._connection.execute(
                    update(self._table)
                    .where(self._table.c.id == number)
                    .values(name=entry.name)
                )
        self._known[entry.key] = (number, entry.name)
        return number

    def named[T: (Listener, Room, Device)](self, entry: T) -> T:
        """Return an entry by the name that the store has for it, as it is where there is none."""
        known = self._known.get(entry.key) or self._found(entry.key)
        return entry if known is None else replace(entry, name=known[1])

    def keys(self) -> dict[int, str]:
        """Return the keys of all rows by their row id."""
        rows = self._connection.execute(select(self._table.c.id, self._table.c.key))
        return {row.id: row.key for row in rows}

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        self._known.clear()

    def _found(self, key: str) -> tuple[int, str] | None:
        row = self._connection.execute(
            select(self._table.c.id, self._table.c.name).where(self._table.c.key == key)
        ).one_or_none()
        return None if row is None else (row.id, row.name)

    def _next(self, key: str) -> int:
        if key == HOUSEHOLD:
            return _HOUSEHOLD_ID
        return highest(self._connection, self._table.name) + 1


class Reasons:
    """Spotify's words for how a play began and ended, such as `fwdbtn`."""

    def __init__(self, connection: Connection) -> None:
        """Begin with none; they are read from the store on first need."""
        self._connection = connection
        self._ids: dict[str, int] = {}

    def enter(self, name: str | None) -> int | None:
        """Return the row id of a reason, made where needed."""
        if name is None:
            return None
        number = self._ids.get(name)
        if number is None:
            self._ids = {word: key for key, word in self.names().items()}
            number = self._ids.get(name)
        if number is None:
            number = self._ids[name] = len(self._ids) + 1
            self._connection.execute(insert(reason).values(id=number, name=name))
        return number

    def names(self) -> dict[int, str]:
        """Return all reasons by their row id."""
        rows = self._connection.execute(select(reason.c.id, reason.c.name))
        return {row.id: row.name for row in rows}

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        self._ids.clear()


def listener_keys(connection: Connection) -> frozenset[str]:
    """Return the keys of all listeners that the history has something of."""
    return frozenset(connection.execute(select(listener.c.key)).scalars())


class Registers:
    """All of them, as the writer keeps them."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing remembered."""
        self.listeners = Register(connection, listener)
        self.rooms = Register(connection, room)
        self.devices = Register(connection, device)
        self.reasons = Reasons(connection)

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        for register in (self.listeners, self.rooms, self.devices, self.reasons):
            register.forget()
