"""A person's top artists and tracks by time range, computed from the ledger."""

from collections import Counter
from collections.abc import Iterator, Sequence

from .catalogue import Catalog
from .errors import BadValue
from .ledger import Played
from .music import Artist, Track

RANGES_DAYS = {"short_term": 28, "medium_term": 182, "long_term": 365}

LONGEST = 100
"""So many places a list has at most."""

_COUNTS_FROM_MS = 30_000
_DAY_MS = 86_400_000


def top_tracks(
    catalogue: Catalog, played: Sequence[Played], now_ms: int, time_range: str
) -> list[Track]:
    """Return up to 100 tracks by how often they were heard for 30 s. Raises `BadValue("time_range")`."""
    counts = Counter(row.uri for row in _counted(played, now_ms, time_range))
    ranked = sorted(counts, key=lambda uri: (-counts[uri], uri))[:LONGEST]
    return [catalogue.tracks[uri.removeprefix("spotify:track:")] for uri in ranked]


def top_artists(
    catalogue: Catalog, played: Sequence[Played], now_ms: int, time_range: str
) -> list[Artist]:
    """Return up to 100 artists by how often they were heard for 30 s. Raises `BadValue("time_range")`."""
    counts: Counter[str] = Counter()
    for row in _counted(played, now_ms, time_range):
        counts.update(
            artist.id
            for artist in catalogue.tracks[
                row.uri.removeprefix("spotify:track:")
            ].artists
        )
    ranked = sorted(counts, key=lambda artist_id: (-counts[artist_id], artist_id))[
        :LONGEST
    ]
    return [catalogue.artists[artist_id] for artist_id in ranked]


def _counted(
    played: Sequence[Played], now_ms: int, time_range: str
) -> Iterator[Played]:
    try:
        since = now_ms - RANGES_DAYS[time_range] * _DAY_MS
    except KeyError:
        raise BadValue("time_range") from None
    for row in reversed(played):
        if row.started_at < since:
            return
        if row.kind == "track" and row.ms_played >= _COUNTS_FROM_MS and not row.private:
            yield row
