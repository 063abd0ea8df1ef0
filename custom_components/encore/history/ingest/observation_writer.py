"""Writing observations: once, with the play they belong to, which alone may change later."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from ..database.bulk import insert_many, write_many
from ..database.key_tables import Registers
from ..merge.merge_rows import MergeRow


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """An observation on its way in: what the merge needs of it, and what is only stored."""

    merge_row: MergeRow
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


INSERT_BARE_OBSERVATIONS: Final = (
    "INSERT INTO observation (listener, ended_at, track, source, ms_played, offline_at,"
    " started_at, skipped, shuffle, offline, incognito, reason_start, reason_end, play) VALUES"
)
"""Of observations of which no device and no context is known."""


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
                *_key(listeners, merge_row := arrival.merge_row),
                merge_row.started_at,
                merge_row.device,
                merge_row.context_uri,
                merge_row.skipped,
                arrival.shuffle,
                arrival.offline,
                arrival.incognito,
                reasons.enter(arrival.reason_start),
                reasons.enter(merge_row.reason_end),
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
            (*_key(listeners, arrival.merge_row), *span)
            for arrival, _ in arrivals
            for span in arrival.merge_row.rooms
        ],
    )
    insert_many(
        connection,
        "INSERT INTO observation_volume (listener, ended_at, track, source, ms_played, offline_at,"
        " room, at_ms, percent) VALUES",
        [
            (*_key(listeners, arrival.merge_row), *volume)
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
        [(play, *_key(listeners, merge_row)) for merge_row, play in moved],
    )


def _key(listeners: Mapping[str, int], merge_row: MergeRow) -> tuple[Any, ...]:
    """Return the primary key of an observation."""
    return (
        listeners[merge_row.listener],
        merge_row.ended_at,
        merge_row.track,
        int(merge_row.source),
        merge_row.ms_played,
        merge_row.offline_at,
    )
