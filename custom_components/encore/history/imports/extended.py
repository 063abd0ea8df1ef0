"""Rows of Spotify's extended streaming history, and the observations they are.

A row type has no field for what is personal (address, user name, user agent), so none is read.
"""

from typing import Final

import msgspec

from custom_components.encore.history.heard import Heard, description
from custom_components.encore.history.model import Kind, Source
from custom_components.encore.history.sameness import local_uri

from .measured import EARLIEST, LATEST, measured
from .report import Skipped

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


type _Named = tuple[str, Kind, str, str, str]


def understood(row: ExtendedRow) -> Heard | Skipped:
    """Return what a row says was heard, or why it is skipped."""
    named = _named(row)
    if named is None:
        return Skipped.NO_ITEM
    ended_at, ms_played = measured(row.ts, row.ms_played)
    if isinstance(ended_at, Skipped):
        return ended_at
    offline_at = row.offline_timestamp or 0
    if offline_at < _MS_FROM:
        offline_at *= 1000
    if not EARLIEST <= offline_at < LATEST:
        offline_at = 0
    if row.offline and offline_at and offline_at + ms_played < ended_at:
        # Heard without a network: `ts` may be the time of the sync, shared by many rows.
        ended_at = offline_at + ms_played
    uri, kind, title, artist, album = named
    return Heard(
        uri,
        kind,
        title,
        artist,
        album,
        description(title, artist, Source.EXPORT),
        ended_at,
        ms_played,
        offline_at,
        row.skipped,
        row.shuffle,
        row.offline,
        row.incognito_mode,
        row.reason_start,
        row.reason_end,
    )


def _named(row: ExtendedRow) -> _Named | None:
    """Return what was heard. Chapters have URIs of episodes, and may fill the episode's keys too."""
    if uri := row.spotify_track_uri:
        return (
            uri,
            Kind.TRACK,
            row.master_metadata_track_name or "",
            row.master_metadata_album_artist_name or "",
            row.master_metadata_album_album_name or "",
        )
    if uri := row.audiobook_chapter_uri:
        book = row.audiobook_title or ""
        return (uri, Kind.CHAPTER, row.audiobook_chapter_title or "", book, book)
    if uri := row.spotify_episode_uri:
        show = row.episode_show_name or ""
        return (uri, Kind.EPISODE, row.episode_name or "", show, show)
    return _named_without_uri(row)


def _named_without_uri(row: ExtendedRow) -> _Named | None:
    """Return what was heard where no URI says it: files of the listener's own, for one."""
    if title := row.master_metadata_track_name:
        artist = row.master_metadata_album_artist_name or ""
        album = row.master_metadata_album_album_name or ""
        uri = local_uri(Kind.TRACK, artist, title, album)
        return uri, Kind.TRACK, title, artist, album
    if title := row.audiobook_chapter_title:
        book = row.audiobook_title or ""
        uri = local_uri(Kind.CHAPTER, book, title, book)
        return uri, Kind.CHAPTER, title, book, book
    if title := row.episode_name:
        show = row.episode_show_name or ""
        uri = local_uri(Kind.EPISODE, show, title, show)
        return uri, Kind.EPISODE, title, show, show
    return None
