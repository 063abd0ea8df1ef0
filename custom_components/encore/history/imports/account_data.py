"""Rows of Spotify's account data: the last year, ends to the minute, names without URIs."""

import msgspec

from custom_components.encore.history.heard import Heard, description
from custom_components.encore.history.model import Kind, Source
from custom_components.encore.history.sameness import local_uri

from .measured import measured
from .report import Skipped


class AccountRow(msgspec.Struct, gc=False):
    """A row of music, podcasts or audiobooks. Every key may be missing, every value null."""

    ts: str | None = msgspec.field(default=None, name="endTime")
    """The END of the play, UTC, in whole minutes."""
    ms_played: int | None = msgspec.field(default=None, name="msPlayed")
    artist: str | None = msgspec.field(default=None, name="artistName")
    track: str | None = msgspec.field(default=None, name="trackName")
    episode: str | None = msgspec.field(default=None, name="episodeName")
    chapter: str | None = msgspec.field(default=None, name="chapterName")


def understood(row: AccountRow) -> Heard | Skipped:
    """Return what a row says was heard, or why it is skipped.

    Music meets its real track by name. Episodes of daily shows repeat their titles, so podcasts and
    audiobooks would count twice beside any source that knows their URI; they are skipped.
    """
    if not (title := row.track):
        return Skipped.NAMED_ONLY if row.episode or row.chapter else Skipped.NO_ITEM
    artist = row.artist or ""
    ended_at, ms_played = measured(row.ts, row.ms_played)
    if isinstance(ended_at, Skipped):
        return ended_at
    return Heard(
        local_uri(Kind.TRACK, artist, title, ""),
        Kind.TRACK,
        title,
        artist,
        "",
        description(title, artist, Source.ACCOUNT_DATA),
        ended_at,
        ms_played,
    )
