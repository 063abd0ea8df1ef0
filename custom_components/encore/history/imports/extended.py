"""Rows of Spotify's extended streaming history, and the observations they are.

A row type has no field for what is personal (address, user name, user agent), so none is read.
"""

from collections.abc import Sequence
from itertools import compress
from typing import Final

import msgspec
import numpy as np

from custom_components.encore.history.heard import Heard, Numbers, Told, once_each
from custom_components.encore.history.model import Kind
from custom_components.encore.history.sameness import local_uri

from .measured import EARLIEST, LATEST, measured
from .report import Understood

_MS_FROM: Final = 100_000_000_000
"""`offline_timestamp` comes in seconds or in milliseconds; from here on it is the latter."""


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


def understood(rows: Sequence[ExtendedRow]) -> Understood:
    """Return what rows say was heard, and why some are skipped."""
    told = [
        Told(
            uri,
            Kind.TRACK,
            row.master_metadata_track_name or "",
            row.master_metadata_album_artist_name or "",
            row.master_metadata_album_album_name or "",
        )
        if (uri := row.spotify_track_uri)
        else _told(row)
        for row in rows
    ]
    ended_at, ms_played, fine, skipped = measured(
        told, [row.ts for row in rows], [row.ms_played for row in rows]
    )
    if skipped:
        told, rows = list(compress(told, fine)), list(compress(rows, fine))
    offline_at = _offline_at(rows)
    # Heard without a network: `ts` may be the time of the sync, shared by many rows.
    offline = np.array([bool(row.offline) for row in rows], np.bool_)
    until = offline_at + ms_played
    synced = offline & (offline_at > 0) & (until < ended_at)
    heard = Heard(
        *once_each(one for one in told if one is not None),
        np.where(synced, until, ended_at),
        ms_played,
        offline_at,
        [row.skipped for row in rows],
        [row.shuffle for row in rows],
        [row.offline for row in rows],
        [row.incognito_mode for row in rows],
        [row.reason_start for row in rows],
        [row.reason_end for row in rows],
    )
    return Understood(heard, skipped)


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


def _told(row: ExtendedRow) -> Told | None:
    """Return what was heard if it is no track with a URI. Chapters have URIs of episodes, and may fill the episode's keys too."""
    if uri := row.audiobook_chapter_uri:
        book = row.audiobook_title or ""
        return Told(uri, Kind.CHAPTER, row.audiobook_chapter_title or "", book, book)
    if uri := row.spotify_episode_uri:
        show = row.episode_show_name or ""
        return Told(uri, Kind.EPISODE, row.episode_name or "", show, show)
    return _told_without_uri(row)


def _told_without_uri(row: ExtendedRow) -> Told | None:
    """Return what was heard where no URI says it: files of the listener's own, for one."""
    if title := row.master_metadata_track_name:
        artist = row.master_metadata_album_artist_name or ""
        album = row.master_metadata_album_album_name or ""
        uri = local_uri(Kind.TRACK, artist, title, album)
        return Told(uri, Kind.TRACK, title, artist, album)
    if title := row.audiobook_chapter_title:
        book = row.audiobook_title or ""
        uri = local_uri(Kind.CHAPTER, book, title, book)
        return Told(uri, Kind.CHAPTER, title, book, book)
    if title := row.episode_name:
        show = row.episode_show_name or ""
        uri = local_uri(Kind.EPISODE, show, title, show)
        return Told(uri, Kind.EPISODE, title, show, show)
    return None
