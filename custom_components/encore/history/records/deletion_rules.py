"""Deletion rules: what to delete."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..model import Kind, Total

UNDO_MS: Final = 3_600_000
"""What was forgotten can be brought back for an hour."""


class Why(StrEnum):
    """Why something is forgotten. The words are stored, so they never change."""

    ASKED = "asked"
    """Somebody wanted it."""
    ACCOUNT = "account"
    """Its account was removed, and its history was not to stay."""
    RETENTION = "retention"
    """It was older than the retention."""
    NAMED = "named"
    """Somebody wanted these very plays to go."""
    PAUSED = "paused"
    """The recording of a room is paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which plays to forget: those to which every part applies that is not None.

    `listener` and `room` are keys. A play goes as a whole if it sounded in the room, among others
    or not. It belongs to the window `[start, end)` in which it started (UTC ms). `track` is a title
    or a URI; the others are names. Names are compared without case, accents and punctuation.
    """

    listener: str | None = None
    room: str | None = None
    start: int | None = None
    end: int | None = None
    track: str | None = None
    artist: str | None = None
    album: str | None = None
    show: str | None = None
    """A podcast or an audiobook."""
    kind: Kind | None = None
    song_keys: tuple[str, ...] = ()
    """What the releases of the track meet under, where it was named by its URI."""
    named: bool = False
    """Whether it is about plays that were named one by one, and about whatever becomes part of them, but about no others."""

    @property
    def names_item(self) -> bool:
        """Whether it is about an item."""
        return any((self.track, self.artist, self.album, self.show, self.kind))

    @property
    def is_about_time(self) -> bool:
        """Whether it takes all that was played in some time, whatever it was and wherever."""
        return not self.names_item and self.room is None and not self.named

    def covers(self, listener: str, started_at: int) -> bool:
        """Whether it is about some plays that a listener (by key) began at a moment (UTC ms)."""
        return (
            not self.named
            and self.listener in (None, listener)
            and (self.start is None or self.start <= started_at)
            and (self.end is None or started_at < self.end)
        )


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is on record of a rule: who asked for it and when, what it took, what became of it.

    Moments are UTC ms. It says nothing about what was played but the rule itself.
    """

    id: int
    rule: Rule
    why: Why
    keep_away: bool
    """Whether what the rule is about is hidden again when it arrives again."""
    asked_at: int
    asked_by: str | None
    """Home Assistant's id of the user, None for Home Assistant itself."""
    taken: Total
    purge_at: int
    """Up to when it can be undone; then what it hides is removed."""
    undone_at: int | None = None
    lifted_at: int | None = None
    purged_at: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether plays that the rule is about are hidden."""
        return self.undone_at is None and (self.keep_away or self.purged_at is None)
