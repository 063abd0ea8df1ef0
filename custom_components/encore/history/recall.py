"""The read side of the history: plays, totals and tops of a window, and who and what is known."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import Connection

from .model import (
    COUNTED_FROM_MS,
    Device,
    Listener,
    Play,
    Room,
    Source,
    TopEntry,
    Total,
    Window,
)


class TopOf(StrEnum):
    """What a top list ranks."""

    TRACKS = "tracks"
    ARTISTS = "artists"
    ALBUMS = "albums"


class Recall:
    """Answers from one connection; made by the history for each question put to it.

    The filters mean the same everywhere. `listeners`, `room` and `device` are keys; None is no
    filter, a key that is not known matches nothing. `min_ms` is the least a play must have sounded.
    A play belongs to the window in which it STARTED.
    """

    def __init__(self, connection: Connection) -> None:
        """Answer from a connection that sees one state of the store."""
        self._connection = connection

    def listeners(self) -> list[Listener]:
        """Return all listeners of whom something is known, by name."""
        raise NotImplementedError

    def rooms(self) -> list[Room]:
        """Return all rooms in which something sounded, by name."""
        raise NotImplementedError

    def devices(self) -> list[Device]:
        """Return all devices that sounded, by name."""
        raise NotImplementedError

    def plays(
        self,
        window: Window,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        device: str | None = None,
        min_ms: int = COUNTED_FROM_MS,
        limit: int | None = None,
        newest_first: bool = True,
    ) -> list[Play]:
        """Return the plays of a window by their start, the newest first unless told otherwise."""
        raise NotImplementedError

    def total(
        self,
        window: Window,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        device: str | None = None,
        min_ms: int = COUNTED_FROM_MS,
    ) -> Total:
        """Return how many plays a window has and how long they sounded."""
        raise NotImplementedError

    def top(
        self,
        window: Window,
        of: TopOf,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
        device: str | None = None,
        min_ms: int = COUNTED_FROM_MS,
        limit: int = 10,
    ) -> list[TopEntry]:
        """Return the most played tracks, artists or albums: by plays, then time, then name.

        Only music is ranked, not podcasts and audiobooks. A track counts for each of its artists.
        """
        raise NotImplementedError

    def playing_at(
        self,
        moment: int,
        *,
        listeners: Collection[str] | None = None,
        room: str | None = None,
    ) -> list[Play]:
        """Return what sounded at a moment (UTC ms), the last started first; no play is too short."""
        raise NotImplementedError

    def newest(self, listener_key: str, source: Source) -> int | None:
        """Return the latest end (UTC ms) that a source reported for a listener."""
        raise NotImplementedError

    def recorded_from(self, listeners: Collection[str] | None = None) -> int | None:
        """Return when the earliest play started (UTC ms), or None where nothing is known."""
        raise NotImplementedError
