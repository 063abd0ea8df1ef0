"""One row of Spotify's Extended Streaming History, with the oddities that real ones have."""

from datetime import UTC, datetime
from random import Random
from typing import Any

from .ledger import Played
from .people import Person

type Row = dict[str, Any]

EARLY = 0.08
"""So many rows have an end a few seconds early, and so overlap the row before when one reckons back from it."""

EARLIEST_S = 4
"""At most so many seconds early."""

_SKIPPED_FROM_MS = 1_427_846_400_000
"""2015-04-01: from here on `skipped` is false whatever happened, …"""
_SKIPPED_UNTIL_MS = 1_667_260_800_000
"""… until 2022-11-01; before and after it is null."""

_TRACK = (
    "master_metadata_track_name",
    "master_metadata_album_artist_name",
    "master_metadata_album_album_name",
    "spotify_track_uri",
)
_EPISODE = ("episode_name", "episode_show_name", "spotify_episode_uri")
_BOOK = (
    "audiobook_title",
    "audiobook_uri",
    "audiobook_chapter_uri",
    "audiobook_chapter_title",
)
_NOTHING = dict.fromkeys((*_TRACK, *_EPISODE, *_BOOK))


def ends_at_s(played: Played, rng: Random) -> int:
    """Return the `ts` of a row in whole UTC seconds: the end, or when the device came online again."""
    if played.synced_at is not None:
        return played.synced_at // 1000
    early = rng.randint(2, EARLIEST_S) if rng.random() < EARLY else 0
    return played.ended_at // 1000 - early


def export_row(
    played: Played, ts: int, person: Person, book_uri: str | None, rng: Random
) -> Row:
    """Return a row with the keys of 2025 and 2026. `book_uri` names the audiobook of a chapter."""
    within = _SKIPPED_FROM_MS <= played.ended_at < _SKIPPED_UNTIL_MS
    item: dict[str, str | None] = dict(_NOTHING)
    match played.kind:
        case "track":
            item |= zip(
                _TRACK,
                (played.title, played.artists[0], played.album, played.uri),
                strict=True,
            )
        case "episode":
            item |= zip(
                _EPISODE, (played.title, played.artists[0], played.uri), strict=True
            )
        case _:
            item |= zip(
                _BOOK, (played.album, book_uri, played.uri, played.title), strict=True
            )
    return {
        "ts": _iso(ts),
        "platform": played.platform,
        "ms_played": played.ms_played,
        "conn_country": played.country,
        "ip_addr": address(person, played.started_at),
        **item,
        "reason_start": played.reason_start,
        "reason_end": played.reason_end,
        "shuffle": played.shuffle,
        "skipped": False if within else None,
        "offline": played.offline,
        "offline_timestamp": _offline_timestamp(played, rng),
        "incognito_mode": played.private,
    }


def empty_row(ts: int, person: Person) -> Row:
    """Return a row that says when, and nothing else."""
    return {
        "ts": _iso(ts),
        "platform": None,
        "ms_played": 0,
        "conn_country": None,
        "ip_addr": address(person, ts * 1000),
        **_NOTHING,
        "reason_start": None,
        "reason_end": None,
        "shuffle": None,
        "skipped": None,
        "offline": None,
        "offline_timestamp": None,
        "incognito_mode": None,
    }


def as_before_2023(row: Row, person: Person) -> Row:
    """Return a row with the keys of older exports: more about the person, nothing of audiobooks."""
    older: Row = {"ts": row["ts"], "username": person.id}
    for key, value in row.items():
        if key == "ip_addr":
            older["ip_addr_decrypted"] = value
            older["user_agent_decrypted"] = "unknown"
        elif key not in {"ts", *_BOOK}:
            older[key] = value
    if row["audiobook_chapter_uri"] is not None:
        older |= zip(
            _EPISODE,
            (
                row["audiobook_chapter_title"],
                row["audiobook_title"],
                row["audiobook_chapter_uri"],
            ),
            strict=True,
        )
    return older


def address(person: Person, moment_ms: int) -> str:
    """Return an IP address that belongs to nobody (RFC 5737); another one each fortnight."""
    rng = Random(f"address {person.account_id} {moment_ms // (14 * 86_400_000)}")
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(1, 254)}"


def _offline_timestamp(played: Played, rng: Random) -> int | None:
    """Return the start in seconds or in ms; 0 or null for some that were online."""
    chance = rng.random()
    if played.offline:
        return played.started_at if chance < 0.3 else played.started_at // 1000
    if chance < 0.08:
        return 0
    if chance < 0.14:
        return None
    return played.started_at if chance < 0.2 else played.started_at // 1000


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
