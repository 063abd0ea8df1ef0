"""How loud rooms were during plays."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from ..database.bulk import rows_where_in
from ..model import Loudness, Play, Room

BEFORE_MS: Final = 60_000
"""What was reported so shortly before a play began somewhere still held then: sources differ about beginnings."""

_VOLUMES: Final = f"""SELECT p.play, r.key, p.from_ms, v.at_ms, v.percent FROM play_room p
    JOIN room r ON r.id = p.room
    JOIN observation_volume v ON v.room = p.room
    AND v.at_ms >= p.from_ms - {BEFORE_MS} AND v.at_ms < p.to_ms
    WHERE p.play IN"""  # noqa: S608  our own number


def with_volumes(connection: Connection, plays: Sequence[Play]) -> list[Play]:
    """Return stored plays with how loud each of their rooms was when it began there, and from when on it was otherwise."""
    levels: dict[tuple[int, str, int], list[tuple[int, int]]] = {}
    for number, key, start, at, percent in rows_where_in(
        connection, _VOLUMES, [play.id for play in plays]
    ):
        levels.setdefault((number, key, start), []).append((at, percent))
    return [replace(play, volumes=_volumes(play, levels)) for play in plays]


def _volumes(
    play: Play, levels: dict[tuple[int, str, int], list[tuple[int, int]]]
) -> tuple[Loudness, ...]:
    found: list[Loudness] = []
    for span in play.rooms:
        at_that_time = sorted(levels.get((play.id, span.room.key, span.start), ()))
        found += volumes_from(span.room, span.start, at_that_time)
    return tuple(sorted(found, key=lambda each: (each.at, each.room.key)))


def volumes_from(
    room: Room, start: int, levels: Sequence[tuple[int, int]]
) -> list[Loudness]:
    """Return how loud a room was from a moment on (UTC ms), of what was reported of it until its sound ended, in order.

    What was reported last before it holds at its start, else what was reported first after it.
    """
    before = [percent for at, percent in levels if at <= start]
    later = [(at, percent) for at, percent in levels if at > start]
    if not before and not later:
        return []
    found = [Loudness(room, start, before[-1] if before else later[0][1])]
    for at, percent in later:
        if percent != found[-1].percent:
            found.append(Loudness(room, at, percent))
    return found
