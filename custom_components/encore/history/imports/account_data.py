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
    show: str | None = msgspec.field(default=None, name="podcastName")
    episode: str | None = msgspec.field(default=None, name="episodeName")
    book: str | None = msgspec.field(default=None, name="audiobookName")
    chapter: str | None = msgspec.field(default=None, name="chapterName")


def understood(row: AccountRow) -> Heard | Skipped:
    """Return what a row says was heard, or why it is skipped."""
    if row.track:
        kind, title, artist, album = Kind.TRACK, row.track, row.artist or "", ""
    elif row.episode:
        kind, title, artist = Kind.EPISODE, row.episode, row.show or ""
        album = artist
    elif row.chapter:
        kind, title, artist = Kind.CHAPTER, row.chapter, row.book or ""
        album = artist
    else:
        return Skipped.NO_ITEM
    ended_at, ms_played = measured(row.ts, row.ms_played)
    if isinstance(ended_at, Skipped):
        return ended_at
    return Heard(
        local_uri(kind, artist, title, album),
        kind,
        title,
        artist,
        album,
        description(title, artist, Source.ACCOUNT_DATA),
        ended_at,
        ms_played,
    )
