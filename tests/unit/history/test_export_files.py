"""The files of an export: what lies in them, how they come to be, and what stops them."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
import errno
from pathlib import Path
import sys
import threading
from typing import Any
import zipfile
from zoneinfo import ZoneInfo

import msgspec
import pyarrow.parquet
import pytest

from custom_components.encore.history.errors import ExportFailed, Unwritten
from custom_components.encore.history.exports import exporter, plays_with_sources
from custom_components.encore.history.exports.csv_and_parquet import PlayRow
from custom_components.encore.history.exports.exporter import (
    Exported,
    ExportFormat,
    ToExport,
)
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import slices
from custom_components.encore.history.imports.extended import ExtendedRow, understood
from custom_components.encore.history.ingest.export_columns import Numbered
from custom_components.encore.history.model import Device, Observation, Room, Source
from custom_components.encore.history.records.import_report import ImportProgress

from .exports import FOLDER, row, zipped
from .memory import (
    ALVA,
    BEN,
    DAY,
    HOUR,
    KITCHEN,
    NOON,
    OTHER,
    PHONE,
    STUDY,
    content,
    exported as exported_row,
    live,
    polled,
    span,
)
from .test_import import accounted, imported, plays_of

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = 366 * DAY


def asked(path: Path, form: ExportFormat = ExportFormat.JSON, **more: Any) -> ToExport:
    """Return what is asked for to have Alva's history in a file."""
    return ToExport(ALVA, path, form, BERLIN, **more)


def export(history: History, path: Path, **more: Any) -> Exported:
    """Write Alva's history into a file."""
    return history.export(asked(path, **more)).result()


@pytest.fixture
def played(history: History) -> History:
    """Give a history of three years, with rooms, of which two plays have two sources."""
    rooms = (span(KITCHEN, NOON - 60_000, NOON), span(STUDY, NOON - 9_000, NOON))
    history.append(
        [
            live(NOON, rooms=rooms, device=PHONE, skipped=False),
            polled(NOON),
            *(live(NOON + number * DAY) for number in range(1, 30)),
            live(NOON + YEAR),
            polled(NOON + YEAR + 1_000),
            polled(NOON + 2 * YEAR),
            exported_row(NOON, listener=BEN),
        ]
    ).result()
    return history


def test_a_zip_is_one_of_spotifys_for_other_programs(
    played: History, tmp_path: Path
) -> None:
    """Files by year under Spotify's names, valid JSON, and each play in one row."""
    path = tmp_path / "alva.zip"
    exported = export(played, path)
    assert exported == Exported(32, path.stat().st_size)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert [*files] == [
        f"{FOLDER}/Streaming_History_Audio_{year}_{number}.json"
        for number, year in enumerate((2024, 2025, 2026))
    ]
    rows = [
        one
        for file in files.values()
        for one in msgspec.json.decode(file, type=list[ExtendedRow])
    ]
    reported, _, skipped = understood(rows, Numbered())
    assert (len(reported), skipped) == (32, {})
    assert reported.ended_at.tolist() == [
        play.ended_at // 1000 * 1000
        for play in plays_of(played)
        if play.listener == ALVA
    ]


def test_an_exported_zip_is_imported_play_by_play(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is known from Spotify's by what its rows hold; each is accounted for; as is one file of it alone."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    path = tmp_path / "alva.zip"
    export(played, path)
    hers = content([play for play in plays_of(played) if play.listener == ALVA])
    again = imported(played, path)
    assert (again.rows, again.duplicates) == (32, 32)
    report = played.import_export(path, BEN).result()
    assert (report.rows, report.stored, report.merged) == (32, 31, {Source.EXPORT: 1})
    assert accounted(report) == 32
    first, *rest = content([play for play in plays_of(played) if play.listener == BEN])
    assert Source.EXPORT in first[5]
    assert first[-1] == hers[0][-1]
    assert rest == [(BEN.key, *one[1:]) for one in hers[1:]]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    [single] = tmp_path.glob("*/*_2025_*.json")
    assert imported(played, single).duplicates == 1
    assert imported(played, tmp_path / FOLDER).duplicates == 32


def test_an_import_of_ours_that_is_stopped_goes_on(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the slice under way, from the row after it."""
    history.append([live(NOON + number * HOUR) for number in range(50)]).result()
    path = tmp_path / "alva.zip"
    export(history, path)
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    cancelled = threading.Event()

    def stop(now: ImportProgress) -> None:
        if now.rows:
            cancelled.set()

    stopped = history.import_export(
        path, BEN, progress=stop, cancelled=cancelled
    ).result()
    assert stopped.cancelled
    assert 0 < stopped.rows < 50
    report = history.import_export(path, BEN).result()
    assert (report.rows, report.stored, report.duplicates) == (50, 50, 0)


def test_spotifys_own_files_may_lie_beside_ours(
    played: History, tmp_path: Path
) -> None:
    """Each is read as what it is."""
    export(played, tmp_path / "alva.zip")
    with zipfile.ZipFile(tmp_path / "alva.zip") as archive:
        files: dict[str, Any] = {
            name: archive.read(name) for name in archive.namelist()
        }
    path = zipped(
        tmp_path / "both.zip", files | {"endsong_0.json": [row(NOON + 40 * DAY)]}
    )
    report = imported(played, path)
    assert (report.duplicates, report.stored) == (32, 1)


def test_csv_has_a_play_in_a_row(played: History, tmp_path: Path) -> None:
    """With local and UTC times, as spreadsheets read them."""
    path = tmp_path / "alva.csv"
    assert export(played, path, form=ExportFormat.CSV).plays == 32
    with path.open(newline="", encoding="utf-8") as stream:
        rows = [*csv.DictReader(stream)]
    assert len(rows) == 32
    assert rows[0] == {
        "started_local": "2024-06-01T13:56:40.000+02:00",
        "ended_local": "2024-06-01T14:00:00.000+02:00",
        "started_utc": "2024-06-01T11:56:40.000+00:00",
        "ended_utc": "2024-06-01T12:00:00.000+00:00",
        "title": "Slow Rivers",
        "artists": "Ilse Vann; Tor",
        "album": "Low Water",
        "kind": "track",
        "uri": "spotify:track:6rqhFgbbKwnb9MLmUQDhG6",
        "listener": "Alva",
        "rooms": "Kitchen; Study",
        "device": "Alva's phone",
        "seconds": "200.000",
        "skipped": "false",
        "sources": "live; polled",
    }
    assert (rows[1]["skipped"], rows[1]["rooms"], rows[1]["device"]) == ("", "", "")


FORMULAS = ("=1+1", "+44", "-M-", "@home", "\tx", "\rx")


def formula(text: str, number: int) -> Observation:
    """Return a play of which every name begins as a formula does."""
    item = replace(
        OTHER,
        uri=f"spotify:track:{number:022}",
        title=text,
        artists=(f"{text} artist", "Tor"),
        album=f"{text} album",
    )
    end = NOON + number * HOUR
    rooms = (span(Room("area:attic", f"{text} room"), end - 60_000, end),)
    return live(end, item=item, rooms=rooms, device=Device("d", f"{text} device"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(
    history: History, tmp_path: Path, text: str
) -> None:
    """A spreadsheet would compute what a title or the name of a device says; after an apostrophe it is a text."""
    history.append([formula(text, 1)]).result()
    path = tmp_path / "alva.csv"
    export(history, path, form=ExportFormat.CSV)
    with path.open(newline="", encoding="utf-8") as stream:
        (found,) = csv.DictReader(stream)
    assert found["title"] == f"'{text}"
    assert found["artists"] == f"'{text} artist; Tor"
    assert found["album"] == f"'{text} album"
    assert found["rooms"] == f"'{text} room"
    assert found["device"] == f"'{text} device"
    assert found["seconds"] == "200.000"


def test_what_begins_as_a_formula_comes_back_the_same(
    history: History, tmp_path: Path
) -> None:
    """The ZIP, which is what Encore imports, has each name as it is."""
    history.append([formula(text, n) for n, text in enumerate(FORMULAS, 1)]).result()
    path = tmp_path / "alva.zip"
    export(history, path)
    before = plays_of(history)
    history.import_export(path, BEN).result()
    after = [play for play in plays_of(history) if play.listener == BEN]
    assert {play.item for play in after} == {play.item for play in before}
    assert {play.item.title for play in after} == set(FORMULAS)
    assert {play.device for play in after} == {play.device for play in before}


def test_parquet_is_typed(played: History, tmp_path: Path) -> None:
    """The same columns; local times as the clock showed them."""
    path = tmp_path / "alva.parquet"
    assert export(played, path, form=ExportFormat.PARQUET).plays == 32
    table = pyarrow.parquet.read_table(path)
    assert table.schema.names == [*PlayRow._fields]
    first, *rest = table.to_pylist()
    assert len(rest) == 31
    assert first["started_local"] == datetime(2024, 6, 1, 13, 56, 40)
    assert first["ended_utc"] == datetime(2024, 6, 1, 12, tzinfo=UTC)
    assert (first["rooms"], first["sources"]) == (
        ["Kitchen", "Study"],
        ["live", "polled"],
    )
    assert (first["seconds"], first["skipped"], rest[0]["skipped"]) == (
        200.0,
        False,
        None,
    )


def test_parquet_without_pyarrow_says_what_is_missing(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no requirement; nothing is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportFailed) as refused:
        export(played, tmp_path / "alva.parquet", form=ExportFormat.PARQUET)
    assert refused.value.reason is Unwritten.NO_PYARROW
    assert not [*tmp_path.glob("alva*"), *tmp_path.glob(".*")]


@pytest.mark.parametrize("form", ExportFormat)
def test_who_never_played_anything_has_a_file_without_plays(
    history: History, tmp_path: Path, form: ExportFormat
) -> None:
    """It is whole all the same."""
    path = tmp_path / f"alva{exporter.SUFFIXES[form]}"
    exported = export(history, path, form=form)
    assert (exported.plays, exported.bytes) == (0, path.stat().st_size)
    if form is ExportFormat.JSON:
        with zipfile.ZipFile(path) as archive:
            assert archive.read(archive.namelist()[0]) == b"[]"


def test_a_file_that_is_there_stays_unless_it_may_go(
    played: History, tmp_path: Path
) -> None:
    """Also a folder, and whatever is called otherwise than its format."""
    path = tmp_path / "alva.zip"
    path.write_text("mine")
    (tmp_path / "folder.zip").mkdir()
    for name, more, reason in (
        ("alva.zip", {}, Unwritten.EXISTS),
        ("folder.zip", {"overwrite": True}, Unwritten.EXISTS),
        ("secrets.yaml", {"overwrite": True}, Unwritten.WRONG_NAME),
        ("alva.zip", {"form": ExportFormat.CSV}, Unwritten.WRONG_NAME),
        ("nowhere/alva.zip", {}, Unwritten.FAILED),
    ):
        with pytest.raises(ExportFailed) as refused:
            export(played, tmp_path / name, **more)
        assert refused.value.reason is reason
    assert path.read_text() == "mine"
    export(played, path, overwrite=True)
    assert zipfile.is_zipfile(path)
    assert not [*tmp_path.glob(".*")]


@pytest.mark.parametrize("form", ExportFormat)
def test_a_full_disk_leaves_nothing_behind(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat
) -> None:
    """What was there before stays."""
    path = tmp_path / f"alva{exporter.SUFFIXES[form]}"
    path.write_text("before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ExportFailed) as failed:
        export(played, path, form=form, overwrite=True)
    assert failed.value.reason is Unwritten.FULL
    assert path.read_text() == "before"
    assert not [*tmp_path.glob(".*")]


def test_what_a_killed_export_left_is_not_written_through(
    played: History, tmp_path: Path
) -> None:
    """A link under its name may lead out of the folder."""
    (tmp_path / "mine").write_text("mine")
    (tmp_path / ".alva.zip.part").symlink_to(tmp_path / "mine")
    export(played, tmp_path / "alva.zip")
    assert (tmp_path / "mine").read_text() == "mine"
    assert not [*tmp_path.glob(".*")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("form", ExportFormat)
def test_a_disk_that_fills_while_it_is_written_is_named(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat
) -> None:
    """Every byte that is written fails, also those that a format writes when it gives up."""
    monkeypatch.setattr(exporter, "create", lambda part: Path("/dev/full").open("wb"))
    with pytest.raises(ExportFailed) as failed:
        export(played, tmp_path / f"alva{exporter.SUFFIXES[form]}", form=form)
    assert failed.value.reason is Unwritten.FULL
    assert not [*tmp_path.glob(".*"), *tmp_path.glob("alva*")]


@pytest.mark.parametrize("form", ExportFormat)
def test_an_export_can_be_cancelled(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat
) -> None:
    """After the page under way; progress counts plays, and nothing is left."""
    monkeypatch.setattr(plays_with_sources, "PAGE", 10)
    cancelled = threading.Event()
    reported: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        reported.append((done, total))
        if done == 20:
            cancelled.set()

    path = tmp_path / f"alva{exporter.SUFFIXES[form]}"
    exporting = played.export(asked(path, form), progress=progress, cancelled=cancelled)
    assert exporting.result() == Exported(0, 0, cancelled=True)
    assert reported == [(0, 32), (10, 32), (20, 32)]
    assert not [*tmp_path.glob(".*"), *tmp_path.glob("alva*")]


def test_what_is_recorded_meanwhile_waits_for_nothing(
    played: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export tells of the moment in which it began, while plays are recorded."""
    monkeypatch.setattr(plays_with_sources, "PAGE", 10)

    def progress(done: int, total: int) -> None:
        if done == 10:
            played.append([live(NOON + 29 * DAY + HOUR)]).result()

    exported = played.export(asked(tmp_path / "a.zip"), progress=progress).result()
    assert exported.plays == 32
    assert export(played, tmp_path / "b.zip").plays == 33
