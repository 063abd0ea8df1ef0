"""Rows of Spotify's account data: the last year, ends to the minute, names without URIs."""

from collections.abc import Sequence
from itertools import compress

import msgspec
import numpy as np

from custom_components.encore.history.heard import Heard, Told, once_each
from custom_components.encore.history.model import Kind
from custom_components.encore.history.sameness import local_uri

from .measured import measured
from .report import Understood


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


def understood(rows: Sequence[AccountRow]) -> Understood:
    """Return what rows say was heard, and why some are skipped."""
    told = [_told(row) for row in rows]
    ended_at, ms_played, fine, skipped = measured(
        told, [row.ts for row in rows], [row.ms_played for row in rows]
    )
    unsaid = [None] * len(ended_at)
    heard = Heard(
        *once_each(one for one in compress(told, fine) if one is not None),
        ended_at,
        ms_played,
        np.zeros(len(ended_at), np.int64),
        unsaid,
        unsaid,
        unsaid,
        unsaid,
        unsaid,
        unsaid,
    )
    return Understood(heard, skipped)


def _told(row: AccountRow) -> Told | None:
    """Return what a row names, as rows without a URI elsewhere do.

    Before 2023, podcasts were among the music.
    """
    if row.track:
        return _named(Kind.TRACK, row.artist or "", row.track, "")
    if row.episode:
        show = row.show or ""
        return _named(Kind.EPISODE, show, row.episode, show)
    if title := row.chapter or row.book:
        book = row.book or ""
        return _named(Kind.CHAPTER, book, title, book)
    return None


def _named(kind: Kind, artist: str, title: str, album: str) -> Told:
    return Told(local_uri(kind, artist, title, album), kind, title, artist, album)
