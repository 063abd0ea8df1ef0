"""Tops that also count plays which the history does not have yet, because they are not over."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import numpy as np
from sqlalchemy import Connection

from ..columns.counts import Counts
from ..columns.ranking import NamedThing, order_of, ranked_by_id
from ..database.bulk import rows_of
from ..merge.same_song import song_keys
from ..model import HOUSEHOLD, By, Play, TopEntry, TopOf, Total, Window
from ..time_ranges.intervals import merged

IDS: Final = {
    TopOf.TRACKS: "SELECT coalesce(shown_as, id) FROM track WHERE uri = ?",
    TopOf.ARTISTS: "SELECT id FROM artist WHERE name = ?",
    TopOf.ALBUMS: "SELECT b.id FROM album b JOIN artist a ON a.id = b.artist"
    " WHERE b.name = ? AND a.name = ?",
    TopOf.SHOWS: "SELECT id FROM artist WHERE name = ?",
    TopOf.ROOMS: "SELECT id FROM room WHERE key = ?",
}
"""What a thing is found by in the store."""

type Key = tuple[str | int, ...]


def top_beside(
    connection: Connection,
    of: TopOf,
    counts: Counts,
    plays: Sequence[Play],
    rooms: Collection[str] | None,
    *,
    by: By,
    limit: int,
) -> list[TopEntry]:
    """Return the highest of some counts and of plays beside them, in the order of a top list.

    Each play counts as long as it sounded in rooms of these keys, unless they are empty. What was never played before
    is named as the plays have it.
    """
    beside: dict[Key, tuple[NamedThing, Total]] = {}
    for play in plays:
        for key, named, ms in _things(play, of, rooms):
            _, before = beside.get(key, (named, Total(0, 0)))
            beside[key] = named, before + Total(1, ms)
    known: dict[int, Total] = {}
    found: list[TopEntry] = []
    for key, (named, total) in beside.items():
        if (number := _number(connection, of, key)) is not None:
            known[number] = total
        else:
            found.append(TopEntry(*named, total))
    counted = ranked_by_id(connection, of, _with(counts, known), by, limit)
    found += [entry for _, entry in counted]
    return sorted(found, key=lambda entry: order_of(entry, by))[:limit]


def sounded_for(play: Play, rooms: Collection[str] | None) -> int:
    """Return for how long a play under way has sounded (ms), in any of the rooms of these keys unless they are empty."""
    if rooms is None:
        return play.ms_played
    there = merged(
        (span.start, span.end) for span in play.rooms if span.room.key in rooms
    )
    return min(play.ms_played, sum(end - start for start, end in there))


def _things(
    play: Play, of: TopOf, rooms: Collection[str] | None
) -> Iterator[tuple[Key, NamedThing, int]]:
    """Yield what a play counts for: what it is found by, how a top names it, and how long (ms) it counts."""
    item, ms = play.item, sounded_for(play, rooms)
    by = item.artists[0] if item.artists else ""
    match of:
        case TopOf.TRACKS:
            yield (item.uri,), (item.title, by, item.uri), ms
        case TopOf.ARTISTS:
            for artist in dict.fromkeys(item.artists):
                yield (artist,), (artist, artist, None), ms
        case TopOf.ALBUMS if by and item.album:
            yield (item.album, by), (item.album, by, None), ms
        case TopOf.SHOWS if by:
            yield (by,), (by, by, None), ms
        case TopOf.ROOMS:
            names = {span.room.key: span.room.name for span in play.rooms}
            for key, name in names.items():
                yield (key,), (name, name, None), sounded_for(play, {key})
        case TopOf.SOURCES:
            for source in play.sources:
                name = source.name.lower()
                yield (int(source),), (name, name, None), ms


def _number(connection: Connection, of: TopOf, key: Key) -> int | None:
    """Return the row id of a thing, None where the store does not know it."""
    if of is TopOf.SOURCES:
        return int(key[0])
    found = rows_of(connection, IDS[of], key)
    return int(found[0][0]) if found else None


def _with(counts: Counts, more: dict[int, Total]) -> Counts:
    """Return counts with more at some row ids, which may lie beyond them."""
    size = max(len(counts.plays), max(more, default=0) + 1)
    plays, ms = (
        np.pad(column, (0, size - len(column)))
        for column in (counts.plays, counts.ms_played)
    )
    for number, total in more.items():
        plays[number] += total.plays
        ms[number] += total.ms_played
    return Counts(plays, ms)


def around(play: Play) -> Window:
    """Return in which window the history's play would have started; one that was polled counts back from its end."""
    return Window(play.started_at - (play.item.duration_ms or 0), play.ended_at + 1)


def is_same(one: Play, other: Play) -> bool:
    """Whether two plays are one: a listener plays the same song twice only one after the other.

    A speaker reports music, not people: a play of the household may be anybody's.
    """
    named = {one.listener.key, other.listener.key} - {HOUSEHOLD}
    if len(named) > 1:
        return False
    if not {*song_keys(one.item)} & {*song_keys(other.item)}:
        return False
    common = min(one.ended_at, other.ended_at) - max(one.started_at, other.started_at)
    shorter = min(one.ended_at - one.started_at, other.ended_at - other.started_at)
    return common > shorter / 2
