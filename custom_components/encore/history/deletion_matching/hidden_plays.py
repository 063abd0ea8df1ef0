"""Plays hidden by a deletion, and their observations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from ..database.bulk import column_of, rows_of
from ..merge.merge_rows import END_TOLERANCE_MS, LONGEST_MS
from ..model import HOUSEHOLD, Source
from ..time_ranges.intervals import merged

_NEAR_MS: Final = 2 * END_TOLERANCE_MS
_FAR_MS: Final = len(Source) * LONGEST_MS
"""Each source but the first adds one link at most."""

_GAP_MS: Final = 3_600_000


class PlayRow(NamedTuple):
    """A play as far as it is needed to hide or remove it."""

    id: int
    listener: int
    started_at: int
    ended_at: int
    sources: int
    forgetting: int = 0
    """What hides it, 0 for nothing."""
    ms_played: int = 0


class Stored(NamedTuple):
    """A stored observation: its key, its start, and the row id of its play."""

    listener: int
    ended_at: int
    track: int
    source: int
    ms_played: int
    offline_at: int
    started_at: int
    play: int


def hidden_by(connection: Connection, forgetting: int) -> list[PlayRow]:
    """Return the plays that a forgetting hides."""
    found = rows_of(
        connection,
        "SELECT play, listener, started_at, ended_at, sources, forgetting FROM hidden_play"
        " WHERE forgetting = ? ORDER BY listener, started_at",
        (forgetting,),
    )
    return [PlayRow(*row) for row in found]


def hidden_and_due(connection: Connection, now: int, most: int) -> list[PlayRow]:
    """Return hidden plays that nothing can bring back `now` (UTC ms), at most so many."""
    found = rows_of(
        connection,
        "SELECT h.play, h.listener, h.started_at, h.ended_at, h.sources, h.forgetting"
        " FROM hidden_play h JOIN forgetting f ON f.id = h.forgetting"
        " WHERE f.purge_at <= ? AND f.undone_at IS NULL"
        " ORDER BY h.forgetting, h.listener, h.started_at LIMIT ?",
        (now, most),
    )
    return [PlayRow(*row) for row in found]


def observations_of(connection: Connection, plays: Iterable[PlayRow]) -> list[Stored]:
    """Return the stored observations that belong to some plays, hidden or not."""
    plays = list(plays)
    found = _read(connection, plays, _NEAR_MS)
    # Rows of recently played may repeat a play, up to its length later or sooner.
    polled = [one for one in plays if one.sources >> Source.POLLED & 1]
    found |= _read(
        connection, polled, LONGEST_MS, f" AND source = {int(Source.POLLED)}"
    )
    counted = Counter(play for play, _ in {(one.play, one.source) for one in found})
    missing = [one for one in plays if counted[one.id] < one.sources.bit_count()]
    if missing:
        # Far from its play lies what was paused for long.
        found |= _read(connection, missing, _FAR_MS)
    return sorted(found)


def rooms_of(
    connection: Connection, stored: Iterable[Stored]
) -> dict[tuple[int, ...], tuple[str, ...]]:
    """Return the keys of the rooms of stored observations, by the keys of these."""
    found: dict[tuple[int, ...], set[str]] = {}
    for listener, track, end in {
        (one.listener, one.track, one.ended_at) for one in stored
    }:
        for *known, key in rows_of(
            connection,
            "SELECT o.listener, o.ended_at, o.track, o.source, o.ms_played, o.offline_at, r.key"
            " FROM observation_room o JOIN room r ON r.id = o.room"
            " WHERE o.listener = ? AND o.ended_at = ? AND o.track = ?",
            (listener, end, track),
        ):
            found.setdefault(tuple(known), set()).add(key)
    return {known: tuple(sorted(keys)) for known, keys in found.items()}


def _read(
    connection: Connection, plays: Sequence[PlayRow], reach: int, only: str = ""
) -> set[Stored]:
    household = {
        *column_of(connection, "SELECT id FROM listener WHERE key = ?", (HOUSEHOLD,))
    }
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in plays:
        for listener in household | {one.listener}:
            span = (one.started_at - reach, one.ended_at + reach)
            spans.setdefault(listener, []).append(span)
    ids = {one.id for one in plays}
    return {
        Stored(*row)
        for listener, its in spans.items()
        for span in merged(its, _GAP_MS)
        for row in rows_of(
            connection,
            "SELECT listener, ended_at, track, source, ms_played, offline_at, started_at, play"  # noqa: S608  our own words
            f" FROM observation WHERE listener = ? AND ended_at BETWEEN ? AND ?{only}",
            (listener, *span),
        )
        if row[7] in ids
    }
