"""Records of who asked and commanded what, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from .schema import audited as table

DAY_MS: Final = 86_400_000
KEPT_MS: Final = 90 * DAY_MS
"""How long records are kept."""
MOST_GIVEN: Final = 16_384
"""Bytes of what was given that are kept with a record."""
_NAME: Final = 64
_NAMES: Final = 32


class Deed(StrEnum):
    """What sort of thing was wanted."""

    QUESTION = "question"
    COMMAND = "command"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"
    """Whoever it was may not."""
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
    deed: Deed
    what: str
    """The key of the question or command, or the name of the action."""
    given: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome
    reason: str | None = None
    """The key of the error, where there was one."""


def note_audited(connection: Connection, records: Sequence[Audited]) -> None:
    """Keep records, and drop those that are too old by the newest of them."""
    if not records:
        return
    last = connection.execute(select(func.max(table.c.id))).scalar_one() or 0
    connection.execute(
        insert(table),
        [
            {
                "id": last + number,
                "at": one.at,
                "took_ms": one.took_ms,
                "caller": one.caller,
                "who": one.who,
                "model": one.model,
                "door": one.door,
                "deed": one.deed,
                "what": one.what,
                "given": _encoded(one.given),
                "outcome": one.outcome,
                "reason": one.reason,
            }
            for number, one in enumerate(records, 1)
        ],
    )
    drop_audited(connection, max(one.at for one in records) - KEPT_MS)


def drop_audited(connection: Connection, before: int) -> int:
    """Drop records from before a moment (UTC ms), and return how many there were."""
    return connection.execute(delete(table).where(table.c.at < before)).rowcount


def _encoded(given: Mapping[str, Any]) -> str:
    """Return what was given as JSON; the names alone of what no JSON can say, or what is too long to be kept."""
    try:
        encoded = msgspec.json.encode(given)
    except TypeError, ValueError, OverflowError, RecursionError:
        encoded = b""
    if not 0 < len(encoded) <= MOST_GIVEN:
        names = {str(name)[:_NAME]: None for name in list(given)[:_NAMES]}
        encoded = msgspec.json.encode(names)
    return encoded.decode()


def audited(
    connection: Connection,
    since: int,
    limit: int,
    *,
    deed: Deed | None = None,
    outcome: Outcome | None = None,
) -> list[Audited]:
    """Return records from a moment (UTC ms) on, the newest first."""
    asked = [table.c.at >= since]
    asked += [table.c.deed == deed] if deed else []
    asked += [table.c.outcome == outcome] if outcome else []
    found = connection.execute(
        select(table).where(*asked).order_by(table.c.id.desc()).limit(limit)
    )
    return [
        Audited(
            at=row.at,
            took_ms=row.took_ms,
            caller=row.caller,
            who=row.who,
            model=row.model,
            door=row.door,
            deed=Deed(row.deed),
            what=row.what,
            given=msgspec.json.decode(row.given or "{}"),
            outcome=Outcome(row.outcome),
            reason=row.reason,
        )
        for row in found
    ]
