"""Rows that stand for a key: listeners, rooms, devices, and Spotify's reasons."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from ..model import HOUSEHOLD, Device, Listener, Room
from .bulk import column_of, highest, rows_of, run, upsert

_HOUSEHOLD_ID: Final = 0


class Register:
    """The rows of one table by their key, with their latest names."""

    def __init__(self, connection: Connection, table: str) -> None:
        """Keep the table of a name, with `id`, `key` and `name`."""
        self._connection = connection
        self._table = table
        self._known: dict[str, tuple[int, str]] = {}

    def enter(self, entry: Listener | Room | Device) -> int:
        """Return the row id of an entry, made or renamed where needed."""
        known = self._known.get(entry.key) or self._found(entry.key)
        number = self._next(entry.key) if known is None else known[0]
        now = (number, entry.name)
        if known != now:
            run(
                self._connection,
                upsert(self._table, "id", "key, name"),
                (number, entry.key, entry.name),
            )
        self._known[entry.key] = now
        return number

    def named[T: (Listener, Room, Device)](self, entry: T) -> T:
        """Return an entry by the name that the store has for it, as it is where there is none."""
        known = self._known.get(entry.key) or self._found(entry.key)
        return entry if known is None else replace(entry, name=known[1])

    def keys(self) -> dict[int, str]:
        """Return the keys of all rows by their row id."""
        return dict(rows_of(self._connection, f"SELECT id, key FROM {self._table}"))  # noqa: S608  our own name

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        self._known.clear()

    def _found(self, key: str) -> tuple[int, str] | None:
        statement = f"SELECT id, name FROM {self._table} WHERE key = ?"  # noqa: S608  our own name
        found = rows_of(self._connection, statement, (key,))
        return (found[0][0], found[0][1]) if found else None

    def _next(self, key: str) -> int:
        if key == HOUSEHOLD:
            return _HOUSEHOLD_ID
        return highest(self._connection, self._table) + 1


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
            statement = "INSERT INTO reason (id, name) VALUES (?, ?)"
            run(self._connection, statement, (number, name))
        return number

    def names(self) -> dict[int, str]:
        """Return all reasons by their row id."""
        return dict(rows_of(self._connection, "SELECT id, name FROM reason"))

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        self._ids.clear()


def listener_keys(connection: Connection) -> frozenset[str]:
    """Return the keys of all listeners that the history has something of."""
    return frozenset(column_of(connection, "SELECT key FROM listener"))


class Registers:
    """All of them, as the writer keeps them."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing remembered."""
        self.listeners = Register(connection, "listener")
        self.rooms = Register(connection, "room")
        self.devices = Register(connection, "device")
        self.reasons = Reasons(connection)

    def forget(self) -> None:
        """Drop what is remembered, when a transaction was rolled back."""
        for register in (self.listeners, self.rooms, self.devices, self.reasons):
            register.forget()
