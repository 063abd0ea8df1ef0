"""A person's top artists and tracks by time range, computed from the ledger."""

from collections.abc import Sequence

from .catalogue import Catalogue
from .ledger import Heard
from .music import Artist, Track

RANGES_DAYS = {"short_term": 28, "medium_term": 182, "long_term": 365}


def top_tracks(
    catalogue: Catalogue, heard: Sequence[Heard], now_ms: int, time_range: str
) -> list[Track]:
    """Return up to 100 tracks by how often they were heard for 30 s. Raises `BadValue("time_range")`."""
    raise NotImplementedError


def top_artists(
    catalogue: Catalogue, heard: Sequence[Heard], now_ms: int, time_range: str
) -> list[Artist]:
    """Return up to 100 artists by how often they were heard for 30 s. Raises `BadValue("time_range")`."""
    raise NotImplementedError
