"""Entries of the audit log."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, delete, select

from ..database.bulk import insert_numbered, rows_of, write_many
from ..database.key_tables import Registers
from ..database.record_tables import audited as table, counted_read

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
RETENTION_MS: Final = 90 * DAY_MS
"""How long records are kept."""
MOST_PARAMETERS_BYTES: Final = 16_384
"""How many bytes of parameters are stored with a record."""
_NAME: Final = 64
_NAMES: Final = 32


class RequestType(StrEnum):
    """What sort of thing was wanted."""

    QUESTION = "question"
    COMMAND = "command"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"
    """The caller may not."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One record."""

    at: int
    """When it was wanted (UTC ms)."""
    took_ms: int
    caller: str
    """The kind of caller."""
    who: str | None = None
    """A user's id, or the entity of a satellite."""
    model: str | None = None
    """The integration through which a language model called."""
    door: str
    deed: RequestType
    what: str
    """The key of the question or command, or the name of the action."""
    given: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome
    reason: str | None = None
    """The key of the error, where there was one."""
    counted: bool = False
    """Whether it is only counted with others of its hour, instead of kept as a record of its own."""


_STORED: Final = [each.name for each in fields(Audited) if each.name != "counted"]


class Reads(NamedTuple):
    """How often a caller read the same in the hour that begins at `hour` (UTC ms)."""

    hour: int
    caller: str
    """The kind of caller."""
    who: str | None
    """A user's id; None for Home Assistant itself."""
    door: str
    deed: RequestType
    what: str
    outcome: Outcome
    times: int


class AuditCount(NamedTuple):
    """How many records there are of a sort, kept or only counted, wanted in the hour that begins at `hour` (UTC ms)."""

    hour: int
    deed: RequestType
    outcome: Outcome
    records: int


def note_audited(
    connection: Connection, _registers: Registers, records: Sequence[Audited]
) -> None:
    """Store records or count them, and drop those that are too old by the newest of them."""
    if not records:
        return
    _count(connection, [one for one in records if one.counted])
    _store(connection, [one for one in records if not one.counted])
    drop_audited(connection, max(one.at for one in records) - RETENTION_MS)


def _count(connection: Connection, records: Sequence[Audited]) -> None:
    counts = Counter(
        (
            one.at - one.at % HOUR_MS,
            one.caller,
            one.who or "",
            one.door,
            one.deed,
            one.what,
            one.outcome,
        )
        for one in records
    )
    write_many(
        connection,
        "INSERT INTO counted_read (hour, caller, who, door, deed, what, outcome, times)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (hour, caller, who, door, deed, what, outcome)"
        " DO UPDATE SET times = counted_read.times + excluded.times",
        [(*key, times) for key, times in counts.items()],
    )


def _store(connection: Connection, records: Sequence[Audited]) -> None:
    rows = [{name: getattr(one, name) for name in _STORED} for one in records]
    for row in rows:
        row["given"] = _encoded(row["given"])
    insert_numbered(connection, table, rows)


def drop_audited(connection: Connection, before: int) -> int:
    """Drop records from before a moment (UTC ms), and counts of hours that were over by then; return how many records there were."""
    connection.execute(
        delete(counted_read).where(counted_read.c.hour <= before - HOUR_MS)
    )
    return connection.execute(delete(table).where(table.c.at < before)).rowcount


def _encoded(given: Mapping[str, Any]) -> str:
    """Return parameters as JSON; their names alone where JSON cannot express them, or they are too long."""
    try:
        encoded = msgspec.json.encode(given)
    except TypeError, ValueError, OverflowError, RecursionError:
        encoded = b""
    if not 0 < len(encoded) <= MOST_PARAMETERS_BYTES:
        names = {str(name)[:_NAME]: None for name in list(given)[:_NAMES]}
        encoded = msgspec.json.encode(names)
    return encoded.decode()


def audited(
    connection: Connection,
    since: int,
    limit: int,
    *,
    deed: RequestType | None = None,
    outcome: Outcome | None = None,
) -> list[Audited]:
    """Return records from a moment (UTC ms) on, the newest first."""
    found = connection.execute(
        select(*(table.c[name] for name in _STORED))
        .where(table.c.at >= since, *_of(table, deed, outcome))
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    rows = [dict(zip(_STORED, row, strict=True)) for row in found]
    for row in rows:
        row["given"] = msgspec.json.decode(row["given"] or "{}")
    return msgspec.convert(rows, list[Audited])


def reads(
    connection: Connection,
    since: int,
    limit: int,
    *,
    deed: RequestType | None = None,
    outcome: Outcome | None = None,
) -> list[Reads]:
    """Return what was counted in hours that were not over at a moment (UTC ms), the newest first, in an hour what was read most."""
    of = counted_read.c
    found = connection.execute(
        select(counted_read)
        .where(of.hour > since - HOUR_MS, *_of(counted_read, deed, outcome))
        .order_by(of.hour.desc(), of.times.desc(), of.what, of.who)
        .limit(limit)
    )
    counted = msgspec.convert([tuple(row) for row in found], list[Reads])
    return [one._replace(who=one.who or None) for one in counted]


def _of(
    records: Table, deed: RequestType | None, outcome: Outcome | None
) -> list[ColumnElement[bool]]:
    """Return what records have to be, where that is asked for."""
    conditions = {"deed": deed, "outcome": outcome}
    return [records.c[name] == value for name, value in conditions.items() if value]


def audit_counts(connection: Connection, since: int) -> Sequence[AuditCount]:
    """Return how many records there are of each hour from a moment (UTC ms) on, in the order of time.

    What is only counted is counted by the hour: an hour that the moment is in counts whole. What entities read, of
    which nobody asked, is left out.
    """
    rows = rows_of(
        connection,
        f"SELECT at / {HOUR_MS}, deed, outcome, sum(times) FROM"  # noqa: S608  our own number
        " (SELECT at, deed, outcome, 1 AS times FROM audited WHERE at >= ?"
        " UNION ALL SELECT hour, deed, outcome, times FROM counted_read WHERE hour > ? AND door <> 'entity') AS each_one"
        f" GROUP BY at / {HOUR_MS}, deed, outcome ORDER BY 1, 2, 3",
        (since, since - HOUR_MS),
    )
    return [
        AuditCount(hour * HOUR_MS, RequestType(deed), Outcome(outcome), int(records))
        for hour, deed, outcome, records in rows
    ]
