"""Spotify's two kinds of privacy export, written from the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import crc32

from .export_rows import Row, as_before_2023, empty_row, ends_at_s, export_row
from .ledger import Played
from .music import Chapter, Episode
from .world import SpotifyWorld

EXTENDED_FOLDER = "Spotify Extended Streaming History"
ACCOUNT_FOLDER = "Spotify Account Data"

ROWS_A_FILE = 15_000
ACCOUNT_ROWS_A_FILE = 10_000

_TWICE = 0.004
_EMPTY = 0.003
_FILMED = 2
"""Of a hundred plays of tracks, so many were music videos and are in the Video file."""

_README = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds, for tests that count."""

    path: Path
    plays: int
    """Rows that stand for a row of the ledger."""
    duplicates: int
    """Rows repeated exactly."""
    empty: int
    """Rows whose item is null."""
    files: tuple[str, ...]
    """The files with rows, by their names in the ZIP."""


def write_extended_history(
    world: SpotifyWorld,
    person_key: str,
    path: Path,
    *,
    until_ms: int | None = None,
    older: bool = False,
) -> ExportReport:
    """Write the Extended Streaming History ZIP of what ended up to `until_ms` (default: now).

    `older` writes it as exports looked before 2023: `MyData/endsong_N.json`, with their keys. Each play of the
    ledger has one row, some have an exact duplicate; a row's end is at most 5 s before the true one. What was
    heard offline has the moment of its sync as end, and is there once it was synced.
    """
    until_ms = world.clock.now_ms() if until_ms is None else until_ms
    person = world.people[person_key]
    rng = Random(f"export {world.seed} {person_key}")
    audio: list[tuple[int, Row]] = []
    video: list[tuple[int, Row]] = []
    plays = duplicates = empty = 0
    for played in world.ledger.played(person_key):
        if max(played.ended_at, played.synced_at or 0) > until_ms:
            continue
        ts = ends_at_s(played, rng)
        row = export_row(played, ts, person, _book_uri(world, played), rng)
        if older:
            row = as_before_2023(row, person)
        rows = video if _is_video(world, played) else audio
        rows.append((ts, row))
        plays += 1
        if rng.random() < _TWICE:
            rows.append((ts, row))
            duplicates += 1
        if rng.random() < _EMPTY:
            nothing = empty_row(ts, person)
            rows.append((ts, as_before_2023(nothing, person) if older else nothing))
            empty += 1
    members = dict(_older_files(audio, video) if older else _files(audio, video))
    readme = (
        {}
        if older
        else {f"{EXTENDED_FOLDER}/ReadMeFirst_ExtendedStreamingHistory.pdf": _README}
    )
    _write_zip(path, members | readme)
    return ExportReport(path, plays, duplicates, empty, tuple(members))


def write_account_data(
    world: SpotifyWorld, person_key: str, path: Path, *, until_ms: int | None = None
) -> ExportReport:
    """Write the account data ZIP: the last year to the minute, no URIs; no private sessions."""
    until_ms = world.clock.now_ms() if until_ms is None else until_ms
    person = world.people[person_key]
    shelves: dict[str, list[dict[str, Any]]] = {
        "music": [],
        "podcast": [],
        "audiobook": [],
    }
    for played in world.ledger.played(person_key, start=until_ms - 365 * 86_400_000):
        if max(played.ended_at, played.synced_at or 0) > until_ms or played.private:
            continue
        end = datetime.fromtimestamp(played.ended_at / 1000, UTC).strftime(
            "%Y-%m-%d %H:%M"
        )
        match played.kind:
            case "track":
                names = {"artistName": played.artists[0], "trackName": played.title}
                shelves["music"].append(
                    {"endTime": end, **names, "msPlayed": played.ms_played}
                )
            case "episode":
                names = {"podcastName": played.artists[0], "episodeName": played.title}
                shelves["podcast"].append(
                    {"endTime": end, **names, "msPlayed": played.ms_played}
                )
            case _:
                author = _author(world, played)
                names = {
                    "audiobookName": played.album,
                    "chapterName": played.title,
                    "authorName": author,
                }
                shelves["audiobook"].append(
                    {"endTime": end, **names, "msPlayed": played.ms_played}
                )
    members = {
        f"{ACCOUNT_FOLDER}/StreamingHistory_{word}_{number}.json": _json(
            rows[start : start + ACCOUNT_ROWS_A_FILE]
        )
        for word, rows in shelves.items()
        for number, start in enumerate(range(0, len(rows), ACCOUNT_ROWS_A_FILE))
    }
    about = {
        "username": person.id,
        "email": f"{person.key}@example.org",
        "country": person.country,
        "birthdate": "1990-01-01",
    }
    saved = [
        world.catalogue.tracks[track_id]
        for track_id in world.library(person_key).tracks
    ]
    library = {
        "tracks": [
            {
                "artist": track.artist_names[0],
                "album": track.album_name,
                "track": track.name,
                "uri": track.uri,
            }
            for track in saved
        ]
    }
    others = {
        f"{ACCOUNT_FOLDER}/Userdata.json": _json(about),
        f"{ACCOUNT_FOLDER}/YourLibrary.json": _json(library),
    }
    _write_zip(path, members | others)
    return ExportReport(path, sum(map(len, shelves.values())), 0, 0, tuple(members))


def _files(
    audio: Sequence[tuple[int, Row]], video: Sequence[tuple[int, Row]]
) -> Iterable[tuple[str, bytes]]:
    for number, part in enumerate(_parts(audio)):
        yield (
            f"{EXTENDED_FOLDER}/Streaming_History_Audio_{_years(part)}_{number}.json",
            _json([row for _, row in part]),
        )
    if video:
        part = sorted(video, key=_ts)
        yield (
            f"{EXTENDED_FOLDER}/Streaming_History_Video_{_years(part)}.json",
            _json([row for _, row in part]),
        )


def _older_files(
    audio: Sequence[tuple[int, Row]], video: Sequence[tuple[int, Row]]
) -> Iterable[tuple[str, bytes]]:
    for number, part in enumerate(_parts(audio)):
        yield f"MyData/endsong_{number}.json", _json([row for _, row in part])
    yield "MyData/endvideo.json", _json([row for _, row in sorted(video, key=_ts)])


def _parts(rows: Sequence[tuple[int, Row]]) -> Iterable[Sequence[tuple[int, Row]]]:
    """Cut rows into files, in the order of their end."""
    ordered = sorted(rows, key=_ts)
    return (
        ordered[start : start + ROWS_A_FILE]
        for start in range(0, len(ordered), ROWS_A_FILE)
    )


def _ts(entry: tuple[int, Row]) -> int:
    return entry[0]


def _years(part: Sequence[tuple[int, Row]]) -> str:
    first, last = part[0][1]["ts"][:4], part[-1][1]["ts"][:4]
    return first if first == last else f"{first}-{last}"


def _is_video(world: SpotifyWorld, played: Played) -> bool:
    item = world.catalogue.playable(played.uri)
    if isinstance(item, Episode):
        return item.has_video
    return (
        played.kind == "track"
        and crc32(f"video {played.uri} {played.started_at}".encode()) % 100 < _FILMED
    )


def _book_uri(world: SpotifyWorld, played: Played) -> str | None:
    item = world.catalogue.playable(played.uri)
    return item.audiobook.uri if isinstance(item, Chapter) else None


def _author(world: SpotifyWorld, played: Played) -> str:
    item = world.catalogue.playable(played.uri)
    return item.audiobook.authors[0] if isinstance(item, Chapter) else played.artists[0]


def _json(rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write the ZIP beside its place and put it there when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    with ZipFile(unfinished, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    unfinished.replace(path)
