"""Pauses of the recording in rooms: rules that hide what begins there from now on, and delete it at night."""

from typing import Final, NamedTuple

from sqlalchemy import Connection

from ..ingest.ingest import Ingest
from ..records.deletion_records import enter, note, records
from ..records.deletion_rules import Forgetting, Rule, Why

_NEVER: Final = 253_370_764_800_000
"""The year 9999 (UTC ms): the end of a pause that lasts until it is resumed."""


class RoomPause(NamedTuple):
    """The key of the room, the key of the listener (None: everyone), and the end (UTC ms; None: until it is resumed)."""

    room: str
    listener: str | None = None
    until: int | None = None


def room_pauses(connection: Connection, now: int) -> list[RoomPause]:
    """Return the pauses that are not over `now` (UTC ms), the oldest first."""
    return [_pause(one) for one in _lasting(connection, now)]


def pause_room(
    connection: Connection,
    ingest: Ingest,
    pause: RoomPause,
    now: int,
    by: str | None = None,
) -> bool:
    """Record nothing that begins in a room from `now` (UTC ms) on; `by` is the ID of the user. Return whether that is new.

    It replaces a pause of the same room and listener.
    """
    same = [one for one in _lasting(connection, now) if _pause(one)[:2] == pause[:2]]
    if [_pause(one) for one in same] == [pause]:
        return False
    for one in same:
        note(connection, one.id, to_ms=now)
    end = _NEVER if pause.until is None else pause.until
    enter(
        connection,
        Rule(listener=pause.listener, room=pause.room, start=now, end=end),
        Why.PAUSED,
        keep_away=True,
        asked_at=now,
        asked_by=by,
        purge_at=now,
    )
    ingest.forgotten.forget()
    return True


def resume_room(
    connection: Connection, ingest: Ingest, pause: RoomPause, now: int
) -> None:
    """End a pause `now` (UTC ms); what began meanwhile stays out of the history."""
    for one in _lasting(connection, now):
        if _pause(one) == pause:
            note(connection, one.id, to_ms=now)
    ingest.forgotten.forget()


def _lasting(connection: Connection, now: int) -> list[Forgetting]:
    return [
        one
        for one in records(connection)
        if one.why is Why.PAUSED and one.rule.end is not None and one.rule.end > now
    ]


def _pause(of: Forgetting) -> RoomPause:
    rule = of.rule
    assert rule.room is not None
    return RoomPause(rule.room, rule.listener, None if rule.end == _NEVER else rule.end)
