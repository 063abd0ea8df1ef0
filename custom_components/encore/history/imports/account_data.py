"""Rows of Spotify's account data: the last year, ends to the minute, names without URIs."""

from collections.abc import Sequence
from itertools import compress

import msgspec
import numpy as np

from ..ingest.export_columns import UNSAID, ExportColumns, Named, Numbered, named
from ..model import Kind
from .row_times import ParsedRows, measured


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


def understood(rows: Sequence[AccountRow], numbered: Numbered) -> ParsedRows:
    """Return what rows say was played, and why some are skipped."""
    items = [_named(row) for row in rows]
    ended_at, ms_played, fine, skipped = measured(
        items, [row.ts for row in rows], [row.ms_played for row in rows]
    )
    numbers, first_names = numbered.numbers(
        [one for one in compress(items, fine) if one is not None]
    )
    nothing = np.zeros(len(ended_at), np.int64)
    unsaid = np.full(len(ended_at), UNSAID, np.int8)
    columns = ExportColumns(
        numbers,
        ended_at,
        ms_played,
        nothing,
        unsaid,
        unsaid,
        unsaid,
        unsaid,
        [None],
        nothing,
        nothing,
    )
    return ParsedRows(columns, first_names, skipped)


def _named(row: AccountRow) -> Named | None:
    """Return what a row names, as rows without a URI elsewhere do.

    Before 2023, podcasts were among the music.
    """
    if row.track:
        return named(Kind.TRACK, row.artist, row.track, None)
    if row.episode:
        return named(Kind.EPISODE, row.show, row.episode, row.show)
    if title := row.chapter or row.book:
        return named(Kind.CHAPTER, row.book, title, row.book)
    return None
