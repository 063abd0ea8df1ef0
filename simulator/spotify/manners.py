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


@dataclass(slots=True)
class Manners:
    """How one simulated Spotify answers; each may be changed at any time."""

    refresh_token: RefreshAnswer = RefreshAnswer.ROTATED
    playlist_rows: PlaylistRows = PlaylistRows.ITEM
    account_id: bool = True
    """Whether `/me` has an `account_id`, as since May 2026."""
    owner_premium: bool = True
    """Whether the owner of the app has Premium; without it, the Web API refuses every call of every user of the app."""

    def change(
        self,
        *,
        refresh_token: str | None = None,
        playlist_rows: str | None = None,
        account_id: bool | None = None,
        owner_premium: bool | None = None,
    ) -> None:
        """Change what is given, or nothing at all; raises ValueError for a word that is none of its own."""
        answer = RefreshAnswer(refresh_token or self.refresh_token)
        rows = PlaylistRows(playlist_rows or self.playlist_rows)
        self.refresh_token, self.playlist_rows = answer, rows
        if account_id is not None:
            self.account_id = account_id
        if owner_premium is not None:
            self.owner_premium = owner_premium
