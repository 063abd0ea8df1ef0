"""Writing observations: once, with the play they belong to, which alone may change later."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from ..database.bulk import insert_columns, insert_many, write_many
from ..database.key_tables import Registers
from ..merge.merge_rows import MergeRow


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """An observation on its way in: what the merge needs of it, and what is only kept."""

    witness: MergeRow
    shuffle: bool | None = None
    offline: bool | None = None
    incognito: bool | None = None
    reason_start: str | None = None
    volumes: tuple[tuple[int, int, int], ...] = ()
    """How loud a room was from when on (UTC ms), by its row id."""


_INSERT: Final = (
    "INSERT INTO observation (listener, ended_at, track, source, ms_played, offline_at,"
    " started_at, device, context_uri, skipped, shuffle, offline, incognito, reason_start,"
    " reason_end, play) VALUES"
)


_INSERT_BARE: Final = (
    "INSERT INTO observation (listener, ended_at, track, source, ms_played, offline_at,"
    " started_at, skipped, shuffle, offline, incognito, reason_start, reason_end, play) VALUES"
)


def insert_observation_columns(
    connection: Connection, columns: Sequence[Sequence[Any] | int]
) -> None:
    """Store observations without room, device and context, given as the other columns in their order."""
    insert_columns(connection, _INSERT_BARE, columns)


def insert_observations(
    connection: Connection,
    registers: Registers,
    listeners: Mapping[str, int],
    arrivals: Sequence[tuple[Arrival, int]],
) -> None:
    """Store observations, each with the row id of its play."""
    reasons = registers.reasons
    insert_many(
        connection,
        _INSERT,
        [
            (
                *_key(listeners, witness := arrival.witness),
                witness.started_at,
                witness.device,
                witness.context_uri,
                witness.skipped,
                arrival.shuffle,
                arrival.offline,
                arrival.incognito,
                reasons.enter(connection, arrival.reason_start),
                reasons.enter(connection, witness.reason_end),
                play,
            )
            for arrival, play in arrivals
        ],
    )
    insert_many(
        connection,
        "INSERT INTO observation_room (listener, ended_at, track, source, ms_played, offline_at,"
        " room, from_ms, to_ms) VALUES",
        [
            (*_key(listeners, arrival.witness), *span)
            for arrival, _ in arrivals
            for span in arrival.witness.rooms
        ],
    )
    insert_many(
        connection,
        "INSERT INTO observation_volume (listener, ended_at, track, source, ms_played, offline_at,"
        " room, at_ms, percent) VALUES",
        [
            (*_key(listeners, arrival.witness), *volume)
            for arrival, _ in arrivals
            for volume in arrival.volumes
        ],
    )


def assign_plays(
    connection: Connection,
    listeners: Mapping[str, int],
    moved: Sequence[tuple[MergeRow, int]],
) -> None:
    """Note for stored observations the row id of the play they belong to now."""
    write_many(
        connection,
        "UPDATE observation SET play = ? WHERE listener = ? AND ended_at = ? AND track = ?"
        " AND source = ? AND ms_played = ? AND offline_at = ?",
        [(play, *_key(listeners, witness)) for witness, play in moved],
    )


def _key(listeners: Mapping[str, int], witness: MergeRow) -> tuple[Any, ...]:
    """Return the primary key of an observation."""
    return (
        listeners[witness.listener],
        witness.ended_at,
        witness.track,
        int(witness.source),
        witness.ms_played,
        witness.offline_at,
    )
