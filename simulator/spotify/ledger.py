"""The ledger: what each person truly heard. Tests compare everything else with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Heard:
    """One item on one device, from its first sound to its last. Times in UTC milliseconds.

    `ms_played` is how long it truly sounded: at most `ended_at - started_at`, less where it was paused.
    """

    uri: str
    kind: str
    """`track`, `episode` or `chapter`."""
    title: str
    artists: tuple[str, ...]
    """The show for an episode, the book for a chapter."""
    album: str
    started_at: int
    ended_at: int
    ms_played: int
    device_id: str
    device_name: str
    context_uri: str | None
    skipped: bool
    """Left before its end, by hand."""
    private: bool
    """Heard in a private session."""
    shuffle: bool
    reason_start: str
    """`trackdone`, `fwdbtn`, `backbtn`, `clickrow`, `playbtn`, `appload`, `remote`."""
    reason_end: str
    """`trackdone`, `fwdbtn`, `backbtn`, `endplay`, `remote`, `logout`."""
    platform: str
    country: str
    offline: bool = False
    synced_at: int | None = None
    """When a play made offline reached Spotify."""


class Ledger:
    """Rows of every person, oldest first, never overlapping for one person."""

    def heard(
        self, person_key: str, start: int | None = None, end: int | None = None
    ) -> Sequence[Heard]:
        """Return rows that started in `[start, end)`, oldest first; all without bounds."""
        raise NotImplementedError

    def append(self, person_key: str, heard: Heard) -> None:
        """Add the newest row. With a state dir it is on disk when this returns."""
        raise NotImplementedError

    @classmethod
    def at(cls, folder: Path) -> Ledger:
        """Open the ledger kept in a folder (one line a row, one file a person)."""
        raise NotImplementedError
