"""Rows of Spotify's extended streaming history, and the observations they are.

A row type has no field for what is personal (address, user name, user agent), so none is read.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec

from custom_components.encore.history.heard import Heard, description
from custom_components.encore.history.model import Kind, Source

from .report import Skipped

EARLIEST: Final = 1_136_073_600_000
"""2006-01-01: Spotify was founded that year."""

LATEST: Final = 4_102_444_800_000
"""2100-01-01."""

LONGEST_MS: Final = 86_400_000
"""No row lasts longer than a day."""

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


class Understood(NamedTuple):
    """What rows amount to: what was heard, and the number of rows that came to nothing."""

    heard: list[Heard]
    skipped: dict[Skipped, int]


def understood(rows: Sequence[ExtendedRow | None]) -> Understood:
    """Return what was heard by rows; None stands for a row that could not be read."""
    skipped: dict[Skipped, int] = {}
    heard: list[Heard] = []
    for row in rows:
        told = Skipped.WRONG_TYPE if row is None else _understand(row)
        if isinstance(told, Skipped):
            skipped[told] = skipped.get(told, 0) + 1
        else:
            heard.append(told)
    return Understood(heard, skipped)


def _understand(row: ExtendedRow) -> Heard | Skipped:
    """Return what a row says was heard, or why it is skipped."""
    named = _named(row)
    if named is None:
        return Skipped.LOCAL_FILE if row.master_metadata_track_name else Skipped.NO_ITEM
    ended_at = moment_of(row.ts)
    if ended_at is None:
        return Skipped.NO_TIME
    if not EARLIEST <= ended_at < LATEST:
        return Skipped.IMPOSSIBLE_TIME
    ms_played = row.ms_played
    if ms_played is None or not 0 <= ms_played <= LONGEST_MS:
        return Skipped.NO_LENGTH
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
    return None


def moment_of(ts: str | None) -> int | None:
    """Return a `ts`, such as `2024-03-31T01:59:59Z`, in UTC ms."""
    if ts is None:
        return None
    try:
        moment = datetime.fromisoformat(ts)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1000
