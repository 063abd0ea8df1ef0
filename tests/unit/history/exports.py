"""Builders of exports, shaped as Spotify's of 2025–26, with the personal fields that they hold."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any
import zipfile

from .memory import NOON

type Row = dict[str, Any]

FOLDER = "Spotify Extended Streaming History"
AUDIO = f"{FOLDER}/Streaming_History_Audio_2024_0.json"
VIDEO = f"{FOLDER}/Streaming_History_Video_2024.json"

SECRETS = ("84.12.200.7", "alva.private.name", "Mozilla/5.0 (secret)")
"""What a row holds of its owner: address, user name, user agent."""


def ts(moment: int) -> str:
    """Return a moment (UTC ms) as a row's `ts`."""
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def row(end: int = NOON, ms: int | None = 200_000, **more: Any) -> Row:
    """Return a row of a track that ended at a moment."""
    return {
        "ts": ts(end),
        "username": SECRETS[1],
        "platform": "Partner sonos_ppc Sonos;S14",
        "ms_played": ms,
        "conn_country": "NL",
        "ip_addr": SECRETS[0],
        "user_agent_decrypted": SECRETS[2],
        "master_metadata_track_name": "Slow Rivers",
        "master_metadata_album_artist_name": "Ilse Vann",
        "master_metadata_album_album_name": "Low Water",
        "spotify_track_uri": "spotify:track:6rqhFgbbKwnb9MLmUQDhG6",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    } | more


NAMELESS: Row = {
    "master_metadata_track_name": None,
    "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None,
    "spotify_track_uri": None,
}
"""What a row has where no track was played."""


def episode_row(end: int = NOON, **more: Any) -> Row:
    """Return a row of a podcast."""
    return row(
        end,
        **NAMELESS,
        episode_name="The Weather, Again",
        episode_show_name="Daily Dial",
        spotify_episode_uri="spotify:episode:512ojhOuo1ktJprKbVcKyQ",
        **more,
    )


def chapter_row(end: int = NOON, **more: Any) -> Row:
    """Return a row of an audiobook, whose chapter has an episode's URI."""
    return row(
        end,
        **NAMELESS,
        audiobook_title="The Long Field",
        audiobook_uri="spotify:show:7iHfbu1YPACw6oZPAFJtqe",
        audiobook_chapter_uri="spotify:episode:0Q86acNRm6V9GYx55SXKwf",
        audiobook_chapter_title="Chapter 3",
        **more,
    )


def zipped(path: Path, files: Mapping[str, Sequence[Row] | bytes]) -> Path:
    """Write an export: files by their name in it, as rows or as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, as_json(content))
        archive.writestr(f"{FOLDER}/ReadMeFirst_ExtendedStreamingHistory.pdf", b"%PDF")
    return path


def as_json(content: Sequence[Row] | bytes) -> bytes:
    """Return rows as Spotify writes them; bytes stay as they are."""
    if isinstance(content, bytes):
        return content
    return json.dumps(content, indent=2, ensure_ascii=False).encode()
