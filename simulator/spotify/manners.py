"""The ways in which Spotify answers differently by app, by month or by chance: options, each as people have seen it.

Nothing here is an error to order, which is what `faults` are for; `docs/simulator.md` has the source of each.
"""

from dataclasses import dataclass
from enum import StrEnum


class RefreshAnswer(StrEnum):
    """What an answer to a refresh has as `refresh_token`; where it has no new one, the old one goes on."""

    ROTATED = "rotated"
    ABSENT = "absent"
    NULL = "null"
    EMPTY = "empty"


class PlaylistRows(StrEnum):
    """Under which word the rows of a playlist have their track or episode."""

    ITEM = "item"
    """Since February 2026; in the playlist itself the rows are `items`."""
    TRACK = "track"
    """Before; in the playlist itself the rows are `tracks`."""


class PlayedAt(StrEnum):
    """Which moment of a play its row in recently played has as `played_at`."""

    END = "end"
    """When it was over, its pauses counted."""
    SOUNDED = "sounded"
    """Its start, and for how long it sounded: its pauses left out."""
    START = "start"
    """When it began, as before 2024; the row still comes when it is over."""


@dataclass(slots=True)
class Manners:
    """How one simulated Spotify answers; each may be changed at any time."""

    refresh_token: RefreshAnswer = RefreshAnswer.ROTATED
    playlist_rows: PlaylistRows = PlaylistRows.ITEM
    account_id: bool = True
    """Whether `/me` has an `account_id`, as since May 2026."""
    owner_premium: bool = True
    """Whether the owner of the app has Premium; without it, the Web API refuses every call of every user of the app."""
    clock_ms: int = 0
    """So far Spotify's clock is ahead of the home's, in `played_at` and in the header `Date`."""
    played_at: PlayedAt = PlayedAt.END
    late_ms: int = 0
    """A row may come so much later, and its `played_at` with it: most come sooner, none sooner than the play's end."""
    repeats_rows: bool = False
    """Whether every fifth row stands there again, 7 s earlier."""
    relinks: bool = False
    """Whether rows name other releases than the player does, of the same recording."""
    misses_rows: bool = False
    """Whether every seventh row of a page is left out, and nothing stands in its place."""

    def change(
        self,
        *,
        refresh_token: str | None = None,
        playlist_rows: str | None = None,
        account_id: bool | None = None,
        owner_premium: bool | None = None,
        played_at: str | None = None,
        clock_ms: int | None = None,
        late_ms: int | None = None,
        repeats_rows: bool | None = None,
        relinks: bool | None = None,
        misses_rows: bool | None = None,
    ) -> None:
        """Change what is given, or nothing at all; raises ValueError for a word that is none of its own."""
        answer = RefreshAnswer(refresh_token or self.refresh_token)
        rows = PlaylistRows(playlist_rows or self.playlist_rows)
        moment = PlayedAt(played_at or self.played_at)
        self.refresh_token, self.playlist_rows, self.played_at = answer, rows, moment
        for name, value in (
            ("clock_ms", clock_ms),
            ("late_ms", late_ms),
            ("repeats_rows", repeats_rows),
            ("relinks", relinks),
            ("misses_rows", misses_rows),
        ):
            if value is not None:
                setattr(self, name, value)
        if account_id is not None:
            self.account_id = account_id
        if owner_premium is not None:
            self.owner_premium = owner_premium
