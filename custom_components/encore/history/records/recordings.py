"""When sources were recording, and why not otherwise.

An interval that overlaps or touches another of its kind is joined with it, so it does not matter in which order, in how many
parts or how often it is noted.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection

from ..database.bulk import rows_of, run, upsert
from ..database.key_tables import Registers
from ..model import Kind, Listener, Source
from .deletion_records import forgotten_times
from .recording_coverage import Coverage, GapReason, Recorded, Unrecorded


class _SpanTable(NamedTuple):
    """A table of intervals, and the column with their kind."""

    table: str
    kind: str


_RECORDING: Final = _SpanTable("recording", "source")
_GAP: Final = _SpanTable("recording_gap", "reason")


def note(
    connection: Connection,
    registers: Registers,
    recorded: Iterable[Recorded] = (),
    unrecorded: Iterable[Unrecorded] = (),
) -> None:
    """Store intervals in which listeners were recorded or were not; empty ones are left out."""
    for one in recorded:
        number = registers.listeners.enter(one.listener)
        _join(connection, _RECORDING, (number, int(one.source)), one.start, one.end)
    for other in unrecorded:
        number = registers.listeners.enter(other.listener)
        _join(connection, _GAP, (number, int(other.reason)), other.start, other.end)


def coverage(
    connection: Connection, listeners: Collection[str] | None = None
) -> Coverage:
    """Return the coverage of listeners, by their keys, or of everybody; what is forgotten is a gap of it."""
    known: dict[str, Listener] = {}
    recorded = [
        Recorded(listener, Source(source), start, end)
        for listener, source, start, end in _rows(connection, _RECORDING, known)
        if listeners is None or listener.key in listeners
    ]
    unrecorded = [
        Unrecorded(listener, GapReason(reason), start, end)
        for listener, reason, start, end in _rows(connection, _GAP, known)
        if listeners is None or listener.key in listeners
    ]
    unrecorded += [
        Unrecorded(listener, GapReason.FORGOTTEN, start, end)
        for key, start, end in forgotten_times(connection)
        for listener in known.values()
        if key in (None, listener.key)
        and (listeners is None or listener.key in listeners)
    ]
    return Coverage(recorded, unrecorded)


def seen_until(connection: Connection, listener_key: str, source: Source) -> int | None:
    """Return up to when (UTC ms) a source is known to have watched a listener, or the household; None for never."""
    recorded = coverage(connection, [listener_key]).by_source().get(source)
    return recorded[-1][1] if recorded else None


def newest(connection: Connection, listener_key: str, source: Source) -> int | None:
    """Return the latest end (UTC ms) of music that a source reported for a listener.

    What is spoken does not count: recently played has none, and a resume point says nothing of music.
    """
    found = rows_of(
        connection,
        # The source is written out, because an index holds one source alone.
        "SELECT o.ended_at FROM observation o JOIN track t ON t.id = o.track"  # noqa: S608  our own numbers
        f" WHERE t.kind = {Kind.TRACK:d} AND o.source = {source:d}"
        " AND o.listener = (SELECT id FROM listener WHERE key = ?)"
        " ORDER BY o.ended_at DESC LIMIT 1",
        (listener_key,),
    )
    return found[0][0] if found else None


def remove(connection: Connection, listener: str | None, start: int, end: int) -> None:
    """Remove what was noted of a time `[start, end)` in UTC ms, of a listener by key or of everybody."""
    for table in (_RECORDING, _GAP):
        cut = rows_of(
            connection,
            f"SELECT k.listener, k.{table.kind}, k.from_ms, k.to_ms, l.key"  # noqa: S608  our own words
            f" FROM {table.table} k JOIN listener l ON l.id = k.listener"
            " WHERE k.from_ms < ? AND k.to_ms > ?",
            (end, start),
        )
        for number, kind, first, last, key in cut:
            if listener not in (None, key):
                continue
            _delete(connection, table, (number, kind), first)
            for part in ((first, start), (end, last)):
                _join(connection, table, (number, kind), *part)


def _rows(
    connection: Connection, table: _SpanTable, known: dict[str, Listener]
) -> Iterator[tuple[Listener, int, int, int]]:
    """Yield all intervals; those of a listener have one object, which is then `known`."""
    for key, name, *interval in rows_of(
        connection,
        f"SELECT l.key, l.name, k.{table.kind}, k.from_ms, k.to_ms"  # noqa: S608  our own words
        f" FROM {table.table} k JOIN listener l ON l.id = k.listener"
        f" ORDER BY k.listener, k.{table.kind}, k.from_ms",
    ):
        yield known.setdefault(key, Listener(key, name)), *interval


def _delete(
    connection: Connection, table: _SpanTable, of: tuple[int, int], start: int
) -> None:
    run(
        connection,
        f"DELETE FROM {table.table}"  # noqa: S608  our own words
        f" WHERE listener = ? AND {table.kind} = ? AND from_ms = ?",
        (*of, start),
    )


def _join(
    connection: Connection, table: _SpanTable, of: tuple[int, int], start: int, end: int
) -> None:
    """Store an interval joined with those of its kind that it meets."""
    if start >= end:
        return
    met = rows_of(
        connection,
        f"SELECT from_ms, to_ms FROM {table.table}"  # noqa: S608  our own words
        f" WHERE listener = ? AND {table.kind} = ? AND from_ms <= ? AND to_ms >= ?",
        (*of, end, start),
    )
    first = min([start, *(row[0] for row in met)])
    last = max([end, *(row[1] for row in met)])
    for begins, _ in met:
        if begins != first:
            _delete(connection, table, of, begins)
    run(
        connection,
        upsert(table.table, f"listener, {table.kind}, from_ms", "to_ms"),
        (*of, first, last),
    )
