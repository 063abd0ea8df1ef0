"""Counts of API calls by account, purpose and hour."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, select

from ..database.bulk import write_many
from ..database.key_tables import Registers
from ..database.play_tables import listener as listener_table
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
        [
            (
                registers.listeners.enter(each.listener),
                each.hour,
                each.purpose,
                each.calls,
            )
            for each in counted
        ],
    )


def drop_calls(connection: Connection, before: int) -> None:
    """Drop the counts of hours that began before a moment (UTC ms)."""
    connection.execute(delete(api_call).where(api_call.c.hour < before))


def api_calls(connection: Connection, since: int) -> Sequence[ApiCalls]:
    """Return the counts of hours that began at a moment (UTC ms) or later, in the order of time."""
    rows = connection.execute(
        select(
            listener_table.c.key,
            listener_table.c.name,
            api_call.c.hour,
            api_call.c.purpose,
            api_call.c.calls,
        )
        .join(listener_table, listener_table.c.id == api_call.c.listener)
        .where(api_call.c.hour >= since)
        .order_by(api_call.c.hour, listener_table.c.key, api_call.c.purpose)
    )
    return [
        ApiCalls(Listener(row.key, row.name), row.hour, row.purpose, row.calls)
        for row in rows
    ]
