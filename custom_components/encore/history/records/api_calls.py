"""Counts of API calls by account, purpose and hour."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete

from ..database.bulk import rows_of, write_many
from ..database.key_tables import Registers
from ..database.record_tables import api_call
from ..model import Listener

HOUR_MS: Final = 3_600_000
RETENTION_MS: Final = 90 * 24 * HOUR_MS
"""How long counts are kept."""


class ApiCalls(NamedTuple):
    """How often a listener's account was called for a purpose in the hour that begins at `hour` (UTC ms)."""

    listener: Listener
    hour: int
    purpose: str
    calls: int


def add_calls(
    connection: Connection, registers: Registers, counted: Iterable[ApiCalls]
) -> None:
    """Add counts to those that are stored."""
    write_many(
        connection,
        "INSERT INTO api_call (listener, hour, purpose, calls) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (listener, hour, purpose)"
        " DO UPDATE SET calls = api_call.calls + excluded.calls",
        [(registers.listeners.enter(who), *number) for who, *number in counted],
    )


def drop_calls(connection: Connection, before: int) -> None:
    """Drop the counts of hours that began before a moment (UTC ms)."""
    connection.execute(delete(api_call).where(api_call.c.hour < before))


def api_calls(connection: Connection, since: int) -> Sequence[ApiCalls]:
    """Return the counts of hours that began at a moment (UTC ms) or later, in the order of time."""
    rows = rows_of(
        connection,
        "SELECT l.key, l.name, c.hour, c.purpose, c.calls FROM api_call c"
        " JOIN listener l ON l.id = c.listener WHERE c.hour >= ?"
        " ORDER BY c.hour, l.key, c.purpose",
        (since,),
    )
    return [ApiCalls(Listener(key, name), *counted) for key, name, *counted in rows]
