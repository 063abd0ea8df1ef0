"""Rows of Spotify's extended streaming history, and the observations they are.

A row type has no field for what is personal (address, user name, user agent), so none is read.
"""

from collections.abc import Sequence
from itertools import compress
from typing import Final

import msgspec
import numpy as np

from ..ingest.export_columns import (
    ExportColumns,
    Named,
    Numbered,
    Numbers,
    flags,
    named,
)
from ..model import Kind
from .row_times import EARLIEST, LATEST, ParsedRows, measured

_MS_FROM: Final = 100_000_000_000
"""`offline_timestamp` comes in seconds or in milliseconds; from here on it is the latter."""


# What is no number costs much in a look-up.
_TRACK, _EPISODE, _CHAPTER = map(int, (Kind.TRACK, Kind.EPISODE, Kind.CHAPTER))


class ExtendedRow(msgspec.Struct, gc=False):
    """A row as Spotify writes it (2016 to 2026). Every key may be missing, every value null."""

    ts: str | None = None
    """The END of the play, UTC, in whole seconds."""
    ms_played: int | None = None
    spotify_track_uri: str | None = None
    master_metadata_track_name: str | None = None
    master_metadata_album_artist_name: str | None = None
    master_metadata_album_album_name: str | None = None
    spotify_episode_uri: str | None = None
    episode_name: str | None = None
    episode_show_name: str | None = None
    audiobook_chapter_uri: str | None = None
    audiobook_chapter_title: str | None = None
    audiobook_title: str | None = None
    reason_start: str | None = None
    reason_end: str | None = None
    shuffle: bool | None = None
    skipped: bool | None = None
    offline: bool | None = None
    offline_timestamp: int | None = None
    incognito_mode: bool | None = None


def understood(rows: Sequence[ExtendedRow], numbered: Numbered) -> ParsedRows:
    """Return what rows say was played, and why some are skipped."""
    items = [
        (
            uri,
            _TRACK,
            row.master_metadata_track_name,
            row.master_metadata_album_artist_name,
            row.master_metadata_album_album_name,
        )
        if (uri := row.spotify_track_uri)
        else _named(row)
        for row in rows
    ]
    ended_at, ms_played, fine, skipped = measured(
        items, [row.ts for row in rows], [row.ms_played for row in rows]
    )
    if skipped:
        items, rows = list(compress(items, fine)), list(compress(rows, fine))
    offline_at = _offline_at(rows)
    # Played without a network: `ts` may be the time of the sync, shared by many rows.
    offline = np.array([bool(row.offline) for row in rows], np.bool_)
    until = offline_at + ms_played
    synced = offline & (offline_at > 0) & (until < ended_at)
    numbers, first_names = numbered.numbers([one for one in items if one is not None])
    words: dict[str | None, int] = {None: 0}
    reason_start = _places(words, [row.reason_start for row in rows])
    reason_end = _places(words, [row.reason_end for row in rows])
    columns = ExportColumns(
        numbers,
        np.where(synced, until, ended_at),
        ms_played,
        offline_at,
        flags([row.skipped for row in rows]),
        flags([row.shuffle for row in rows]),
        flags([row.offline for row in rows]),
        flags([row.incognito_mode for row in rows]),
        list(words),
        reason_start,
        reason_end,
    )
    return ParsedRows(columns, first_names, skipped)


def _places(known: dict[str | None, int], words: Sequence[str | None]) -> Numbers:
    """Return the places of words among those that are known, to which new ones are added."""
    for word in set(words) - known.keys():
        known[word] = len(known)
    return np.array([*map(known.__getitem__, words)], np.int64)


def _offline_at(rows: Sequence[ExtendedRow]) -> Numbers:
    """Return `offline_timestamp` of rows in UTC ms, 0 where it is not said or cannot be."""
    stamps = np.array(
        [
            stamp if (stamp := row.offline_timestamp) and 0 < stamp < LATEST else 0
            for row in rows
        ],
        np.int64,
    )
    stamps = np.where(stamps < _MS_FROM, stamps * 1000, stamps)
    return np.where((stamps >= EARLIEST) & (stamps < LATEST), stamps, 0)


def _named(row: ExtendedRow) -> Named | None:
    """Return what was played if it is no track with a URI. Chapters have URIs of episodes, and may fill the episode's keys too."""
    if uri := row.audiobook_chapter_uri:
        book = row.audiobook_title
        return uri, _CHAPTER, row.audiobook_chapter_title, book, book
    if uri := row.spotify_episode_uri:
        show = row.episode_show_name
        return uri, _EPISODE, row.episode_name, show, show
    return _names_without_uri(row)


def _names_without_uri(row: ExtendedRow) -> Named | None:
    """Return what was played where no URI says it: files of the listener's own, for one."""
    if title := row.master_metadata_track_name:
        artist = row.master_metadata_album_artist_name
        return named(Kind.TRACK, artist, title, row.master_metadata_album_album_name)
    if title := row.audiobook_chapter_title:
        return named(Kind.CHAPTER, row.audiobook_title, title, row.audiobook_title)
    if title := row.episode_name:
        show = row.episode_show_name
        return named(Kind.EPISODE, show, title, show)
    return None
