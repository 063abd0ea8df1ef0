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
    named = _named(row)
    if named is None:
        return Skipped.NO_ITEM
    ended_at, ms_played = measured(row.ts, row.ms_played)
    if isinstance(ended_at, Skipped):
        return ended_at
    kind, title, artist, album = named
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


def _named(row: AccountRow) -> tuple[Kind, str, str, str] | None:
    """Return kind, title, artist and album of what a row names, as rows without a URI elsewhere do.

    Before 2023, podcasts were among the music.
    """
    if row.track:
        return Kind.TRACK, row.track, row.artist or "", ""
    if row.episode:
        show = row.show or ""
        return Kind.EPISODE, row.episode, show, show
    if title := row.chapter or row.book:
        book = row.book or ""
        return Kind.CHAPTER, title, book, book
    return None
