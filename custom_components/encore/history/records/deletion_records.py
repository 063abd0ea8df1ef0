"""Stored deletions."""

from dataclasses import fields
import json
from typing import Any, Final

from sqlalchemy import Connection, func, select, update

from ..database.bulk import insert_numbered, rows_of
from ..database.record_tables import forgetting, hidden_play
from ..errors import ForgettingRefused, Unforgettable
from ..model import Kind, Total
from .deletion_rules import Forgetting, Rule, Why

_NAMES: Final = ("listener", "room", "track", "artist", "album", "show")
_NOTED: Final = (
    {field.name for field in fields(Forgetting)} & {*forgetting.columns.keys()}
) - {"why"}
"""What a record says in a column of its name."""


def records(connection: Connection) -> list[Forgetting]:
    """Return all that was ever to be forgotten, the oldest first."""
    found = connection.execute(select(forgetting).order_by(forgetting.c.id))
    return [_record(row) for row in found]


def forgettings(connection: Connection, *, hidden: frozenset[str]) -> list[Forgetting]:
    """Return all deletions, the oldest first, without those of hidden listeners (by key) and without pauses of rooms.

    What went with a removed account stays: that the account was removed is no secret.
    """
    return [
        one
        for one in records(connection)
        if one.why is not Why.PAUSED
        and (one.rule.listener not in hidden or one.why is Why.ACCOUNT)
    ]


def record(connection: Connection, number: int) -> Forgetting:
    """Return one of them by its row id.

    Raises ForgettingRefused for one that does not exist.
    """
    row = connection.execute(
        select(forgetting).where(forgetting.c.id == number)
    ).one_or_none()
    if row is None:
        raise ForgettingRefused(Unforgettable.UNKNOWN, str(number))
    return _record(row)


def enter(connection: Connection, rule: Rule, why: Why, **values: Any) -> Forgetting:
    """Store a record of a rule that took nothing yet, and return it with the row id that it got."""
    row = {
        "from_ms": rule.start,
        "to_ms": rule.end,
        "song_keys": json.dumps(rule.song_keys),
        "why": str(why),
        "plays": 0,
        "ms_played": 0,
        "kind": rule.kind,
        **{part: getattr(rule, part) for part in _NAMES},
        **values,
    }
    return record(connection, insert_numbered(connection, forgetting, [row]))


def note(connection: Connection, number: int, **values: Any) -> Forgetting:
    """Note what became of a record, and return it as it is now."""
    connection.execute(
        update(forgetting).where(forgetting.c.id == number).values(**values)
    )
    return record(connection, number)


def took(connection: Connection, number: int, taken: Total) -> Forgetting:
    """Note what a deletion took by now, and return its record."""
    return note(connection, number, plays=taken.plays, ms_played=taken.ms_played)


def due(connection: Connection, now: int) -> list[Forgetting]:
    """Return what can `now` (UTC ms) no longer be brought back, and is not yet noted as removed."""
    found = connection.execute(
        select(forgetting).where(
            forgetting.c.purge_at <= now,
            forgetting.c.undone_at.is_(None),
            forgetting.c.purged_at.is_(None),
        )
    )
    return [_record(row) for row in found]


# Made once: every question asks for it.
_HIDDEN_TIMES: Final = select(
    forgetting.c.listener, func.coalesce(forgetting.c.from_ms, 0), forgetting.c.to_ms
).where(
    forgetting.c.undone_at.is_(None),
    forgetting.c.keep_away | forgetting.c.purged_at.is_(None),
    forgetting.c.why != Why.NAMED,
    *(forgetting.c[name].is_(None) for name in (*_NAMES[1:], "kind")),
)


def forgotten_times(connection: Connection) -> list[tuple[str | None, int, int]]:
    """Return the times of which all is hidden now: the listener (None for all), and `[start, end)` in UTC ms."""
    found = connection.execute(_HIDDEN_TIMES)
    return [(listener, start, end) for listener, start, end in found]


def anything_forgotten(connection: Connection) -> bool:
    """Whether any play is hidden, or anything is left of one that was removed."""
    return any(
        rows_of(connection, f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  our own names
        for table in ("hidden_play", "forgotten_observation")
    )


def next_purge(connection: Connection) -> int | None:
    """Return when (UTC ms) something that is hidden is to be removed next, None for never."""
    hiding = select(hidden_play.c.forgetting).distinct()
    moment: int | None = connection.execute(
        select(func.min(forgetting.c.purge_at)).where(
            forgetting.c.undone_at.is_(None),
            forgetting.c.purged_at.is_(None) | forgetting.c.id.in_(hiding),
        )
    ).scalar_one()
    return moment


def _record(row: Any) -> Forgetting:
    return Forgetting(
        rule=Rule(
            start=row.from_ms,
            end=row.to_ms,
            song_keys=tuple(json.loads(row.song_keys)),
            kind=None if row.kind is None else Kind(row.kind),
            named=row.why == Why.NAMED,
            **{part: getattr(row, part) for part in _NAMES},
        ),
        why=Why(row.why),
        taken=Total(row.plays, row.ms_played),
        **{name: getattr(row, name) for name in _NOTED},
    )
