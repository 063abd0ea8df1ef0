"""The export ZIPs agree with the ledger, oddities included."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_address, ip_network
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify import past
from simulator.spotify.export_rows import EARLIEST_S
from simulator.spotify.exports import (
    ExportReport,
    write_account_data,
    write_extended_history,
)
from simulator.spotify.ledger import Played
from simulator.spotify.world import SpotifyWorld
from tests.unit.simulator.conftest import NOW_MS

# A whole past takes long to invent, and its rows much memory: by one worker, once.
pytestmark = pytest.mark.xdist_group("exports")

NOBODYS = [
    ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
]


@pytest.fixture(scope="module")
def lived() -> Iterator[SpotifyWorld]:
    """Return a world with everyone's whole past, for reading only, which is held no longer than it is read."""
    yield SpotifyWorld(7, SimulatedClock(speed=0, start_ms=NOW_MS))
    past.invented_days.cache_clear()


@pytest.fixture(scope="module")
def export(
    lived: SpotifyWorld, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ExportReport]:
    """Return Alva's extended streaming history, whose rows are read once and held no longer than it."""
    yield write_extended_history(
        lived, "alva", tmp_path_factory.mktemp("export") / "my_spotify_data.zip"
    )
    rows_of.cache_clear()


@cache
def rows_of(report: ExportReport, word: str = "") -> list[dict[str, Any]]:
    """Read the rows of the files whose names hold a word."""
    with ZipFile(report.path) as archive:
        return [
            row
            for name in report.files
            if word in name
            for row in json.loads(archive.read(name))
        ]


def uri_of(row: dict[str, Any]) -> str | None:
    """Return the URI of a row's item."""
    uri: str | None = (
        row["spotify_track_uri"]
        or row["spotify_episode_uri"]
        or row["audiobook_chapter_uri"]
    )
    return uri


def ends_at(row: dict[str, Any]) -> int:
    """Return a row's end in UTC ms."""
    return int(datetime.fromisoformat(row["ts"]).timestamp() * 1000)


def expected_end(played: Played) -> int:
    """Return the end that Spotify knows of a play."""
    return played.synced_at or played.ended_at


def test_every_play_has_its_row(lived: SpotifyWorld, export: ExportReport) -> None:
    """Plays, duplicates and empty rows are as many as reported, and the plays are those of the ledger."""
    played = lived.ledger.played("alva")
    rows = rows_of(export)
    assert export.plays == len(played)
    assert len(rows) == export.plays + export.duplicates + export.empty
    assert sum(uri_of(row) is None for row in rows) == export.empty > 0
    seen = Counter(json.dumps(row) for row in rows if uri_of(row))
    assert sum(count - 1 for count in seen.values()) == export.duplicates > 0
    unique = Counter((uri_of(row), row["ms_played"]) for row in map(json.loads, seen))
    assert unique == Counter((row.uri, row.ms_played) for row in played)


def test_ts_is_the_end_in_whole_seconds(
    lived: SpotifyWorld, export: ExportReport
) -> None:
    """At most a few seconds early, never late; offline plays have the moment of their sync."""
    by_play: dict[tuple[str, int], list[int]] = {}
    for row in rows_of(export):
        if uri := uri_of(row):
            by_play.setdefault((uri, row["ms_played"]), []).append(ends_at(row))
    for played in lived.ledger.played("alva")[-2_000:]:
        end = expected_end(played)
        assert any(
            0 <= end - found < (EARLIEST_S + 1) * 1000
            for found in by_play[(played.uri, played.ms_played)]
        )


def test_offline_plays_of_one_sitting_share_their_end(export: ExportReport) -> None:
    """Only `offline_timestamp` tells when they were heard, in seconds or in ms."""
    offline = [row for row in rows_of(export) if row["offline"]]
    shared = Counter(row["ts"] for row in offline)
    assert max(shared.values()) > 3
    assert {row["offline_timestamp"] > 10**11 for row in offline} == {True, False}
    online = {
        type(row["offline_timestamp"])
        for row in rows_of(export)
        if row["offline"] is False
    }
    assert online == {int, type(None)}
    assert any(row["offline_timestamp"] == 0 for row in rows_of(export))


def test_files_are_named_and_cut_as_spotify_does(export: ExportReport) -> None:
    """Audio in numbered parts by years, in order; one Video file that holds music too; a PDF beside them."""
    audio = [name for name in export.files if "_Audio_" in name]
    assert (
        audio[0]
        == "Spotify Extended Streaming History/Streaming_History_Audio_2021-2023_0.json"
    )
    assert len(audio) >= 3
    video = rows_of(export, "_Video_")
    assert any(row["spotify_track_uri"] for row in video)
    assert any(row["spotify_episode_uri"] for row in video)
    ends = [row["ts"] for row in rows_of(export, "_Audio_")]
    assert ends == sorted(ends)
    with ZipFile(export.path) as archive:
        assert any(name.endswith(".pdf") for name in archive.namelist())


def test_rows_have_the_keys_of_today_and_nobodys_address(export: ExportReport) -> None:
    """All 23 keys, IP addresses that are reserved for documents, `skipped` as mute as it is."""
    rows = rows_of(export)
    assert {len(row) for row in rows} == {23}
    assert list(rows[0])[:5] == [
        "ts",
        "platform",
        "ms_played",
        "conn_country",
        "ip_addr",
    ]
    for row in rows[::500]:
        assert any(ip_address(row["ip_addr"]) in net for net in NOBODYS)
    for row in rows:
        if uri_of(row):
            assert row["skipped"] is (False if row["ts"] < "2022-11" else None)
    assert any(row["reason_end"] == "fwdbtn" for row in rows)
    assert any(row["incognito_mode"] for row in rows)
    chapter = next(row for row in rows if row["audiobook_chapter_uri"])
    assert chapter["audiobook_uri"].startswith("spotify:show:")


def test_older_export_has_older_names_and_keys(
    lived: SpotifyWorld, tmp_path: Path
) -> None:
    """Before 2023: `endsong_N.json`, the user's name, and no audiobooks."""
    until = int(datetime(2022, 9, 1, tzinfo=UTC).timestamp() * 1000)
    report = write_extended_history(
        lived, "alva", tmp_path / "old.zip", until_ms=until, older=True
    )
    rows = rows_of(report)
    assert set(report.files) == {"MyData/endsong_0.json", "MyData/endvideo.json"}
    assert rows[0]["username"] == lived.people["alva"].id
    assert not any(key.startswith("audiobook") for row in rows for key in row)
    assert max(map(ends_at, rows)) <= until
    assert report.plays == sum(
        expected_end(row) <= until for row in lived.ledger.played("alva")
    )


def test_export_holds_what_was_just_played(
    world: SpotifyWorld, clock: SimulatedClock, tmp_path: Path
) -> None:
    """The cut is now: a play that has ended is in, the one that sounds is not."""
    album = next(iter(world.catalogue.albums.values()))
    world.player("ben").play(context_uri=album.uri)
    track = world.catalogue.tracks_of(album)[0]
    clock.advance(track.duration_ms + 9_000)
    report = write_extended_history(world, "ben", tmp_path / "now.zip")
    assert report.plays == 1
    assert (
        uri_of(rows_of(report, "Audio" if "Audio" in report.files[0] else "Video")[0])
        == track.uri
    )


def test_account_data_is_the_last_year_to_the_minute(
    lived: SpotifyWorld, tmp_path: Path
) -> None:
    """Names without URIs, no private sessions, and the same plays as in the ledger."""
    report = write_account_data(lived, "alva", tmp_path / "account.zip")
    since = NOW_MS - 365 * 86_400_000
    played = [
        row
        for row in lived.ledger.played("alva", start=since)
        if not row.private and expected_end(row) <= NOW_MS
    ]
    music = rows_of(report, "StreamingHistory_music_")
    assert report.plays == len(played)
    assert Counter(
        (row["artistName"], row["trackName"], row["msPlayed"]) for row in music
    ) == Counter(
        (row.artists[0], row.title, row.ms_played)
        for row in played
        if row.kind == "track"
    )
    assert all(
        datetime.strptime(row["endTime"], "%Y-%m-%d %H:%M") for row in music[:50]
    )
    assert {"podcastName", "episodeName"} <= rows_of(report, "podcast")[0].keys()
    assert {"audiobookName", "chapterName"} <= rows_of(report, "audiobook")[0].keys()
