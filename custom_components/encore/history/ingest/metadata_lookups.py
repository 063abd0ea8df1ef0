"""Which tracks and episodes lack metadata, and what Spotify returned for them.

Tracks of which only names are known are looked for by these; found, their plays show the real track.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

import msgspec
import numpy as np
from sqlalchemy import Connection

from ..columns.columns import PlayColumns
from ..database.bulk import rows_of, run, upsert
from ..database.nul import without_nul
from ..merge.same_song import LOCAL, is_local, normalized
from ..model import Item, Kind, Source
from ..records.artist_pictures import AGAIN_AFTER_MS
from .export_columns import described
from .ingest import Ingest

SAME_LENGTH_MS: Final = 3_000
"""So far apart may the lengths be that two sources give for one track."""

_TRACKS: Final = "spotify:track:%"
_EPISODES: Final = "spotify:episode:%"
_LOCAL_TRACKS: Final = f"{LOCAL}track:%"

_LACKING: Final = (
    " (t.uri LIKE ? AND t.kind = 1"
    " AND (t.duration_ms IS NULL OR t.isrc IS NULL OR t.image_url IS NULL)"
    " OR t.uri LIKE ? AND t.kind = 2 AND (t.duration_ms IS NULL OR t.image_url IS NULL)"
    " OR t.uri LIKE ? AND t.kind = 1 AND t.shown_as IS NULL)"
)
_PATTERNS: Final = (_TRACKS, _EPISODES, _LOCAL_TRACKS)

_ENTERED: Final = " FROM track t LEFT JOIN looked_up l ON l.track = t.id"
_MISSING: Final = (
    "SELECT t.id, t.uri, t.title, coalesce(a.name, ''), coalesce(b.name, ''), t.duration_ms"
    f"{_ENTERED} LEFT JOIN album b ON b.id = t.album"
    " LEFT JOIN track_artist c ON c.track = t.id AND c.position = 0"
    " LEFT JOIN artist a ON a.id = c.artist"
    f" WHERE {_LACKING} AND (l.track IS NULL OR (NOT l.found AND l.looked_up_at < ?))"
)
_OBSERVED: Final = (
    "SELECT o.track FROM observation o JOIN listener n ON n.id = o.listener"
)
_AT_ONCE: Final = 800
"""How many tracks are looked through at a time; a statement takes about so many values."""


@dataclass(frozen=True, slots=True)
class MissingMetadata:
    """A track or episode that was played, and of which something is not known."""

    track: int
    """Row id."""
    uri: str
    title: str
    artist: str
    album: str
    duration_ms: int | None
    plays: int
    longest_ms: int = 0
    """For how long it sounded at a time, at the most: it cannot be much shorter."""

    @property
    def key(self) -> str:
        """What distinguishes it from all else that is wanted."""
        return f"track:{self.track}"

    @property
    def only_names(self) -> bool:
        """Whether it has to be looked for, because nothing but its names is known."""
        return is_local(self.uri)


@dataclass(frozen=True, slots=True)
class Lookups:
    """How many tracks and episodes were not asked of yet, and how those ended that were."""

    wanted: int
    found: int
    not_found: int


def missing_metadata(
    connection: Connection, plays: PlayColumns, now: int, limit: int
) -> list[MissingMetadata]:
    """Return which tracks and episodes to ask Spotify about at a moment (UTC ms), those played most first.

    What was found is not asked about again, whatever it lacks; what was not found, after AGAIN_AFTER_MS.
    """
    counted = np.bincount(plays.track)
    longest_ms = np.zeros(len(counted), np.int64)
    np.maximum.at(longest_ms, plays.track, plays.ms_played)
    counts = counted, longest_ms
    found: list[MissingMetadata] = []
    played = np.argsort(-counted, kind="stable")[: np.count_nonzero(counted)].tolist()
    for some in batched(played, _AT_ONCE, strict=False):
        rows = rows_of(
            connection,
            f"{_MISSING} AND t.id IN ({_places(some)})",
            (*_PATTERNS, now - AGAIN_AFTER_MS, *some),
        )
        found += sorted(
            (
                MissingMetadata(*row, *(int(each[row[0]]) for each in counts))
                for row in rows
            ),
            key=lambda one: (-one.plays, one.track),
        )
        if len(found) >= limit:
            break
    return found[:limit]


def same_track(missing: MissingMetadata, found: Iterable[Item]) -> Item | None:
    """Return the one of some tracks that one with nothing but names is, None where that is not sure.

    Title and first artist are the same, as they are compared everywhere, and so is the length within
    SAME_LENGTH_MS where it is known; where not, it is no shorter than it was played. Of several it is the one of the same album, then of the nearest
    length, then the first.
    """
    if not (missing.title and missing.artist):
        return None
    fitting = [
        item
        for item in found
        if item.kind is Kind.TRACK
        and item.uri.startswith(_TRACKS[:-1])
        and item.artists
        and normalized(item.title) == normalized(missing.title)
        and normalized(item.artists[0]) == normalized(missing.artist)
        and _is_as_long(missing, item)
    ]
    album = normalized(missing.album)
    return min(
        fitting,
        key=lambda item: (normalized(item.album) != album, _apart(missing, item)),
        default=None,
    )


def learn(
    connection: Connection,
    ingest: Ingest,
    missing: MissingMetadata,
    found: Item | None,
    at: int,
) -> None:
    """Take in what Spotify said of a track at a moment (UTC ms), None where it knew nothing.

    What that moves among stored observations waits for `Settling`. Nothing is stored of what was deleted meanwhile.
    """
    here = rows_of(connection, "SELECT uri FROM track WHERE id = ?", (missing.track,))
    if [uri for (uri,) in here] != [missing.uri]:
        return
    if found is not None:
        item = _clean(found)
        if not missing.only_names:
            # Spotify answers with another release where that one is not to be had.
            item = replace(item, uri=missing.uri)
        ingest.store((), [described(item, Source.POLLED)], postpone=True)
    run(
        connection,
        upsert("looked_up", "track", "looked_up_at, found"),
        (missing.track, at, found is not None),
    )


def lookups(connection: Connection, *, hidden: Collection[str]) -> Lookups:
    """Return how much is wanted, and how much was asked of, among what others than the hidden listeners (by key) played."""
    keys = sorted(hidden)
    played = (
        f" IN ({_OBSERVED}{f' WHERE n.key NOT IN ({_places(keys)})' if keys else ''})"
    )
    [(left,)] = rows_of(
        connection,
        f"SELECT count(*){_ENTERED} WHERE {_LACKING} AND l.track IS NULL AND t.id{played}",
        (*_PATTERNS, *keys),
    )
    ended = rows_of(
        connection,
        f"SELECT found, count(*) FROM looked_up WHERE track{played} GROUP BY found",  # noqa: S608  our own words
        keys,
    )
    counts = {bool(found): number for found, number in ended}
    return Lookups(left, counts.get(True, 0), counts.get(False, 0))


def _places(values: Collection[object]) -> str:
    """Return a place in a statement for each of some values."""
    return ",".join("?" * len(values))


def _is_as_long(missing: MissingMetadata, item: Item) -> bool:
    """Whether the length of a track that was found says nothing against it."""
    if item.duration_ms is None:
        return True
    if missing.duration_ms is None:
        return item.duration_ms >= missing.longest_ms - SAME_LENGTH_MS
    return _apart(missing, item) <= SAME_LENGTH_MS


def _apart(missing: MissingMetadata, item: Item) -> int:
    """Return how far apart two lengths are (ms), 0 where one is not known."""
    if missing.duration_ms is None or item.duration_ms is None:
        return 0
    return abs(missing.duration_ms - item.duration_ms)


def _clean(item: Item) -> Item:
    return msgspec.json.decode(without_nul(msgspec.json.encode(item)), type=Item)
