"""Purposes of API calls, and their priorities."""

from enum import IntEnum, StrEnum
from typing import Final


class Purpose(StrEnum):
    """The purpose of a call; calls are counted by it, for years, so a value is never changed."""

    PLAYER = "player"
    DEVICES = "devices"
    COMMAND = "command"
    QUEUE = "queue"
    SEARCH = "search"
    LIBRARY = "library"
    PLAYLISTS = "playlists"
    PODCASTS = "podcasts"
    TOP = "top"
    RECENTLY_PLAYED = "recently_played"
    PROFILE = "profile"
    METADATA = "metadata"


class Priority(IntEnum):
    """How urgent a call is; the lower number goes first."""

    PERSON = 0
    """Somebody waits for the answer."""
    PLAYBACK = 1
    """What plays now, before it is over."""
    HISTORY = 2
    """What was played; it stays to be asked for a while."""
    ENRICHMENT = 3
    """What would be good to know some time."""


PATIENCE_S: Final = {
    Priority.PERSON: 10.0,
    Priority.PLAYBACK: 30.0,
    Priority.HISTORY: 30.0,
    Priority.ENRICHMENT: 30.0,
}
"""How long a caller waits at the most, in seconds: for its turn, a token and the answer together."""
