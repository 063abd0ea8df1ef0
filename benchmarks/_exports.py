"""Seeded exports of any size, with the habits of real ones: favourites, album runs, sessions, skips."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, batched
import json
from pathlib import Path
import random
from typing import NamedTuple
import zipfile

ROWS_PER_FILE = 14_000
FIRST_END = 1_262_304_000
"""2010-01-01 UTC, in seconds."""

WORDS = (
    "love",
    "night",
    "blue",
    "fire",
    "home",
    "dance",
    "rain",
    "gold",
    "dream",
    "heart",
    "light",
    "city",
    "away",
    "run",
    "time",
    "ghost",
)
"""Titles and names are made of these."""

ROWS_PER_LISTENER = 200_000
"""More than that would fill more years than there are."""

type Row = dict[str, object]


class Household(NamedTuple):
    """Who listens, as row counts by seed, and from how many tracks."""

    rows: dict[int, int]
    tracks: int


def household(rows: int, seed: int) -> Household:
    """Share rows out among as many listeners as they need."""
    listeners = -(-rows // ROWS_PER_LISTENER)
    shares = {seed + i: rows // listeners for i in range(listeners)}
    return Household(shares, max(1_000, rows // 6))


def write_export(path: Path, rows: int, seed: int, tracks: int = 0) -> None:
    """Write a ZIP of extended streaming history with a number of rows, of so many tracks."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, some in enumerate(
            batched(history(rows, seed, tracks), ROWS_PER_FILE, strict=False)
        ):
            years = f"{str(some[0]['ts'])[:4]}-{str(some[-1]['ts'])[:4]}"
            archive.writestr(
                f"Spotify Extended Streaming History/Streaming_History_Audio_{years}_{number}.json",
                json.dumps(some, ensure_ascii=False, separators=(",", ":")),
            )


def history(rows: int, seed: int, tracks: int = 0) -> Iterator[Row]:
    """Yield the rows of a listener, in the order of time; 200,000 of them fill some 24 years."""
    words = random.Random(0)  # whoever listens, the same tracks
    chance = random.Random(seed)
    tracks = tracks or max(1_000, rows // 6)
    catalogue = [_names(words, number) for number in range(tracks)]
    weights = list(
        accumulate(1 / (place + 10) for place in range(len(catalogue)))
    )  # the few are played much, the many little
    end, place = FIRST_END, 0
    for number in range(rows):
        if chance.random() < 1 / 12:  # a session ends
            end += chance.randrange(3_600, 24 * 3_600)
        if chance.random() < 0.35:  # the album goes on
            place = (place + 1) % len(catalogue)
        else:
            place = chance.choices(range(len(catalogue)), cum_weights=weights)[0]
        skipped = chance.random() < 0.18
        ms = (
            chance.randrange(800, 60_000)
            if skipped
            else chance.randrange(31_000, 400_000)
        )
        end += ms // 1000 + chance.randrange(4)
        row = _row(end, ms, skipped, catalogue[place])
        if number % 300 == 0:
            row["spotify_track_uri"] = row["master_metadata_track_name"] = None
        yield row
        if number % 200 == 0:
            yield row  # exports repeat themselves


def _names(chance: random.Random, number: int) -> Row:
    artist = number // 8
    return {
        "master_metadata_track_name": f"{' '.join(chance.choices(WORDS, k=3)).title()} {number % 97}",
        "master_metadata_album_artist_name": f"The {WORDS[artist % 16].title()}s {artist}",
        "master_metadata_album_album_name": f"{WORDS[artist % 13].title()} {number // 4 % 7}",
        "spotify_track_uri": f"spotify:track:{number:022d}",
    }


def _row(end: int, ms: int, skipped: bool, names: Row) -> Row:
    reason = "fwdbtn" if skipped else "trackdone"
    return {
        "ts": datetime.fromtimestamp(end, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "platform": "Partner sonos_ppc Sonos;S14",
        "ms_played": ms,
        "conn_country": "NL",
        "ip_addr": "192.0.2.17",
        **names,
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": "trackdone",
        "reason_end": reason,
        "shuffle": False,
        "skipped": skipped,
        "offline": False,
        "offline_timestamp": end - ms // 1000,
        "incognito_mode": False,
    }
