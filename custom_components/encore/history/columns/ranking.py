"""Top lists: the highest counts with their names."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..database.bulk import rows_where_in
from ..model import By, Kind, Source, TopEntry, TopOf
from .counts import Counts

KINDS_RANKED: Final = {
    TopOf.TRACKS: (Kind.TRACK,),
    TopOf.ARTISTS: (Kind.TRACK,),
    TopOf.ALBUMS: (Kind.TRACK,),
    TopOf.SHOWS: (Kind.EPISODE,),
}
"""What is ranked unless kinds are asked for; the others rank all plays."""

_NAMES: Final = {
    TopOf.TRACKS: "SELECT t.id, t.title, coalesce(a.name, ''), t.uri FROM track t"
    " LEFT JOIN track_artist c ON c.track = t.id AND c.position = 0"
    " LEFT JOIN artist a ON a.id = c.artist WHERE t.id IN",
    TopOf.ARTISTS: "SELECT id, name, name, NULL FROM artist WHERE id IN",
    TopOf.ALBUMS: "SELECT b.id, b.name, a.name, NULL FROM album b"
    " JOIN artist a ON a.id = b.artist WHERE b.id IN",
    TopOf.SHOWS: "SELECT id, name, name, NULL FROM artist WHERE id IN",
    TopOf.ROOMS: "SELECT id, name, name, NULL FROM room WHERE id IN",
}

type NamedThing = tuple[str, str, str | None]


def ranked_by_id(
    connection: Connection,
    of: TopOf,
    counts: Counts,
    by: By,
    limit: int,
    *,
    ids: NDArray[Any] | None = None,
) -> list[tuple[int, TopEntry]]:
    """Return the highest counts by plays or time, then the other one, then name, each with the row id of what it names.

    Counts are at these ids, or at those in `ids`.

    What the connection does not know yet, because it was stored during this very question, is left
    out.
    """
    first, then = counts.plays, counts.ms_played
    if by is By.MINUTES:
        first, then = then, first
    candidates = highest(counts, first, then, limit).tolist()
    number_at = {
        place: int(place if ids is None else ids[place]) for place in candidates
    }
    names = names_of(connection, of, number_at.values())

    found = [
        (number, TopEntry(*names[number], counts.of(place)))
        for place, number in number_at.items()
        if number in names
    ]
    return sorted(found, key=lambda one: (*order_of(one[1], by), one[0]))[:limit]


def order_of(entry: TopEntry, by: By) -> tuple[Any, ...]:
    """Return what orders the places of a top list."""
    first, then = entry.total.plays, entry.total.ms_played
    if by is By.MINUTES:
        first, then = then, first
    return -first, -then, entry.name, entry.artist, entry.uri or ""


def names_of(
    connection: Connection, of: TopOf, ids: Iterable[int]
) -> dict[int, NamedThing]:
    """Return the name, artist and URI of some things by their row ids, as a TopEntry has them."""
    if of is TopOf.SOURCES:
        names = ((number, Source(number).name.lower()) for number in ids)
        return {number: (name, name, None) for number, name in names}
    return {
        number: (name, artist, uri)
        for number, name, artist, uri in rows_where_in(connection, _NAMES[of], ids)
    }


def highest(
    counts: Counts, first: NDArray[np.int64], then: NDArray[np.int64], limit: int
) -> NDArray[np.int64]:
    """Return what may be among the first, all that are equal to the last of them included."""
    played = np.flatnonzero(counts.plays)
    if len(played) <= limit:
        return played
    values = first[played]
    least = np.partition(values, -limit)[-limit]
    above, equal = played[values > least], played[values == least]
    left = limit - len(above)
    if len(equal) > left:
        values = then[equal]
        equal = equal[values >= np.partition(values, -left)[-left]]
    return np.concatenate([above, equal])
