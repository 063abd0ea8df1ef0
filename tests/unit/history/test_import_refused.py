"""Exports that cannot be imported: the error names file and place, and the good files go in."""

from collections.abc import Callable
import json
from pathlib import Path
import time
from typing import Any
import warnings
import zipfile

import pytest

from custom_components.encore.history.errors import ImportRefused, Refusal
from custom_components.encore.history.history import History
from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.history.imports.slices import SLICES_AT_ONCE
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import ImportReport, Skipped

from .exports import AUDIO, FOLDER, VIDEO, as_json, row, zipped
from .memory import ALL, ALVA, DAY, NOON

type Made = Callable[[Path], Path]


def imported(history: History, path: Path, **limits: int) -> ImportReport:
    """Import an export of Alva's."""
    return history.import_export(path, ALVA, limits=Limits(**limits)).result()


def refused(history: History, path: Path, **limits: int) -> ImportRefused:
    """Return why an export is refused as a whole; nothing of it may be stored."""
    with pytest.raises(ImportRefused) as caught:
        imported(history, path, **limits)
    assert (
        history.ask(lambda queries: queries.total(ALL, min_ms=0), hidden=NOBODY_HIDDEN)
        .result()
        .plays
        == 0
    )
    return caught.value


def test_what_is_not_there(history: History, tmp_path: Path) -> None:
    """A path that leads nowhere."""
    error = refused(history, tmp_path / "no.zip")
    assert (error.reason, error.file) == (Refusal.NOT_FOUND, "no.zip")


def test_what_is_called_a_zip_but_is_none(history: History, tmp_path: Path) -> None:
    """Any file can be renamed."""
    path = tmp_path / "photo.zip"
    path.write_bytes(b"\x89PNG" * 100)
    assert refused(history, path).reason is Refusal.NOT_A_ZIP


def test_a_zip_that_ends_too_early(history: History, tmp_path: Path) -> None:
    """A download that broke off."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()] * 50})
    path.write_bytes(path.read_bytes()[:-100])
    assert refused(history, path).reason is Refusal.TRUNCATED


def test_a_zip_of_something_else(history: History, tmp_path: Path) -> None:
    """No file of it is Spotify's, whatever lies in it."""
    path = zipped(tmp_path / "a.zip", {"package.json": b"{}", "holiday.json": b"[]"})
    assert refused(history, path).reason is Refusal.NOT_SPOTIFY


def test_a_folder_of_something_else(history: History, tmp_path: Path) -> None:
    """Nor of a folder."""
    (tmp_path / "export").mkdir()
    assert refused(history, tmp_path / "export").reason is Refusal.NOT_SPOTIFY


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (b'{"a": 1}', "not a list of rows"),
        (b"", "at byte 0"),
        (b"[", "at byte 1"),
        (b"[1, 2]", "at byte 1"),
        (b'[{"ts": "2024", "ms_played": ', "at byte 1"),
        (b"<html></html>", "not a list of rows"),
    ],
)
def test_json_that_is_no_list_of_rows(
    history: History, tmp_path: Path, text: bytes, detail: str
) -> None:
    """The place is named."""
    error = refused(history, zipped(tmp_path / "a.zip", {AUDIO: text}))
    assert (error.reason, error.file, error.detail) == (
        Refusal.WRONG_JSON,
        AUDIO,
        detail,
    )


def test_rows_without_any_time(history: History, tmp_path: Path) -> None:
    """A list of objects in a JSON file that was picked by mistake."""
    path = tmp_path / "contacts.json"
    path.write_text(json.dumps([{"name": "A"}, {"name": "B", "ts": None}]))
    assert refused(history, path).reason is Refusal.NOT_SPOTIFY


def test_rows_of_wrong_types_do_not_hide_those_after_them(
    history: History, tmp_path: Path
) -> None:
    """However many come first, they are skipped; the file is still Spotify's."""
    wrong = {"ts": "2024-06-01T12:00:00Z", "ms_played": "x" * 250_000}
    rows = [wrong] * (SLICES_AT_ONCE + 10) + [row(NOON), row(NOON + DAY)]
    path = tmp_path / "endsong_0.json"
    path.write_bytes(as_json(rows))
    report = imported(history, path)
    assert (report.stored, report.refused) == (2, [])
    assert report.skipped == {Skipped.WRONG_TYPE: SLICES_AT_ONCE + 10}


def test_rows_that_cannot_be_read_at_all(history: History, tmp_path: Path) -> None:
    """Where no row can be read, none has a time."""
    rows: list[dict[str, Any]] = [{"ts": 1, "ms_played": 2}, {"ts": {}}]
    error = refused(history, zipped(tmp_path / "a.zip", {AUDIO: as_json(rows)}))
    assert error.reason is Refusal.NOT_SPOTIFY


def test_one_wrong_file_of_ten(history: History, tmp_path: Path) -> None:
    """Nine files go in whole, the tenth up to its wrong place, which is named."""
    names = [f"{FOLDER}/Streaming_History_Audio_{2010 + i}_{i}.json" for i in range(10)]
    files: dict[str, bytes] = {
        name: as_json([row(NOON + (10 * i + j) * DAY) for j in range(10)])
        for i, name in enumerate(names)
    }
    half = files[names[4]]
    at = half.index(b'"ts"', len(half) // 2)
    files[names[4]] = half[:at] + b"?" + half[at:]
    report = imported(history, zipped(tmp_path / "a.zip", files))
    [error] = report.refused
    assert (error.reason, error.file) == (Refusal.WRONG_JSON, names[4])
    assert 0 < int(error.detail.removeprefix("at byte ")) < at
    rows = {file.name: file.rows for file in report.files}
    assert 0 < rows.pop(names[4]) < 10
    assert set(rows.values()) == {10}
    assert report.stored == report.rows


def set_encrypted(path: Path) -> None:
    """Set the flag of encryption on the first file of a ZIP, where it says so twice."""
    raw = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1
    path.write_bytes(raw)


def test_an_encrypted_file(history: History, tmp_path: Path) -> None:
    """It is named; the one beside it goes in."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()], VIDEO: [row(NOON + DAY)]})
    set_encrypted(path)
    report = imported(history, path)
    assert [(error.reason, error.file) for error in report.refused] == [
        (Refusal.ENCRYPTED, AUDIO)
    ]
    assert report.stored == 1


def test_an_export_that_is_encrypted_altogether(
    history: History, tmp_path: Path
) -> None:
    """With no other file, the whole is refused."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()]})
    set_encrypted(path)
    assert refused(history, path).reason is Refusal.ENCRYPTED


@pytest.mark.parametrize(
    "name",
    [f"../{AUDIO}", f"/etc/{AUDIO}", "..\\..\\endsong_0.json", "C:\\endsong_0.json"],
)
def test_a_name_that_points_outside(
    history: History, tmp_path: Path, name: str
) -> None:
    """Nothing is ever written to such a name, and the file is refused all the same."""
    path = zipped(tmp_path / "a.zip", {name: [row()], AUDIO: [row()]})
    report = imported(history, path)
    assert [(error.reason, error.file) for error in report.refused] == [
        (Refusal.OUTSIDE, name)
    ]
    assert report.stored == 1


def test_a_link_that_leads_out_of_a_folder(history: History, tmp_path: Path) -> None:
    """A folder's own files are imported, not what a link of it points to."""
    (tmp_path / "endsong_9.json").write_bytes(as_json([row()]))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "endsong_0.json").symlink_to(tmp_path / "endsong_9.json")
    assert refused(history, folder).reason is Refusal.OUTSIDE


def test_bytes_that_were_damaged(history: History, tmp_path: Path) -> None:
    """The compressed bytes of one file are wrong; the other goes in."""
    path = zipped(
        tmp_path / "a.zip",
        {AUDIO: [row(NOON + i * DAY) for i in range(99)], VIDEO: [row()]},
    )
    raw = bytearray(path.read_bytes())
    raw[400:420] = bytes(20)
    path.write_bytes(raw)
    report = imported(history, path)
    [error] = report.refused
    assert (error.reason, error.file) == (Refusal.DAMAGED, AUDIO)
    assert report.files[-1].stored == 1


def test_a_zip_bomb(history: History, tmp_path: Path) -> None:
    """What would unpack to hundreds of times its size is not unpacked."""
    path = zipped(tmp_path / "a.zip", {AUDIO: b"[" + b" " * 5_000_000 + b"]"})
    error = refused(history, path)
    assert error.reason is Refusal.TOO_LARGE
    assert "would unpack to 5000002" in error.detail


def test_a_zip_of_very_many_files(history: History, tmp_path: Path) -> None:
    """To list a million would fill the memory before one of them is looked at; what is beside them is not read either."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()]})
    assert imported(history, path, directory_bytes=500).rows == 1
    many = zipped(
        tmp_path / "b.zip",
        {AUDIO: [row(NOON + DAY)], **{f"{number}.txt": b"" for number in range(100)}},
    )
    with pytest.raises(ImportRefused) as caught:
        imported(history, many, directory_bytes=500)
    error = caught.value
    assert (error.reason, error.file) == (Refusal.TOO_LARGE, "b.zip")
    assert "list of its files" in error.detail
    assert imported(history, many).stored == 1


def test_the_inflation_that_is_accepted_can_be_chosen(
    history: History, tmp_path: Path
) -> None:
    """Even an honest file unpacks to some times its size."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()] * 500})
    assert refused(history, path, inflation=5).reason is Refusal.TOO_LARGE
    assert refused(history, path, unpacked_bytes=9_999).reason is Refusal.TOO_LARGE
    assert imported(history, path).rows == 500


def test_a_zip_that_is_too_large(history: History, tmp_path: Path) -> None:
    """It is not even listed."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()]})
    assert refused(history, path, zip_bytes=100).reason is Refusal.TOO_LARGE


def test_too_many_rows(history: History, tmp_path: Path) -> None:
    """The file that goes beyond the limit is refused, those before it stay."""
    days = [row(NOON + i * DAY) for i in range(6)]
    path = zipped(tmp_path / "a.zip", {AUDIO: days[:2], VIDEO: days[2:]})
    report = imported(history, path, rows=3)
    assert [(error.reason, error.file) for error in report.refused] == [
        (Refusal.TOO_LARGE, VIDEO)
    ]
    assert (report.rows, report.stored) == (2, 2)


def test_a_smaller_file_after_too_many_rows(history: History, tmp_path: Path) -> None:
    """It is imported, and what it names is not mistaken for what the refused one named."""
    refused_rows = [
        row(NOON + i * DAY, spotify_track_uri=f"spotify:track:{i:022}")
        for i in range(4)
    ]
    named = row(
        NOON + 9 * DAY,
        spotify_track_uri=f"spotify:track:{9:022}",
        master_metadata_track_name="Nine Lamps",
    )
    path = zipped(tmp_path / "a.zip", {AUDIO: refused_rows, VIDEO: [named]})
    report = imported(history, path, rows=3)
    assert [error.file for error in report.refused] == [AUDIO]
    assert (report.rows, report.stored) == (1, 1)
    (play,) = history.ask(
        lambda queries: queries.plays(ALL, limit=9), hidden=NOBODY_HIDDEN
    ).result()
    assert play.item.title == "Nine Lamps"


def test_a_file_that_cannot_be_read_for_its_hash(
    history: History, tmp_path: Path
) -> None:
    """It is refused by its name, and the writer goes on."""
    (tmp_path / "export" / "endsong_0.json").mkdir(parents=True)
    error = refused(history, tmp_path / "export")
    assert (error.reason, error.file) == (Refusal.NOT_FOUND, "endsong_0.json")


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_lies_too_deep(
    history: History, tmp_path: Path, packed: bool
) -> None:
    """Folders in folders are fine up to a depth; the file beyond it is named."""
    deep = "a/b/c/endsong_0.json"
    if packed:
        path = zipped(tmp_path / "a.zip", {deep: [row()], AUDIO: [row()]})
    else:
        path = tmp_path / "export"
        for name in (deep, AUDIO):
            (path / name).parent.mkdir(parents=True)
            (path / name).write_bytes(as_json([row()]))
    report = imported(history, path, depth=2)
    assert [(error.reason, error.file) for error in report.refused] == [
        (Refusal.TOO_DEEP, deep)
    ]
    assert report.stored == 1
    assert imported(history, path, depth=3).rows == 2


def test_a_row_without_end(history: History, tmp_path: Path) -> None:
    """Memory is bounded: nothing is gathered for ever."""
    text = b'[{"ts": "' + b"x" * 3_000_000 + b'"}]'
    path = tmp_path / "endless.json"
    path.write_bytes(text)
    error = refused(history, path)
    assert (error.reason, error.detail) == (Refusal.WRONG_JSON, "at byte 1")


def test_two_files_of_one_name(history: History, tmp_path: Path) -> None:
    """A ZIP may hold a name twice; both are read."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(AUDIO, as_json([row(NOON)]))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(AUDIO, as_json([row(NOON + DAY)]))
    report = imported(history, path)
    assert (report.stored, [file.name for file in report.files]) == (
        2,
        [AUDIO, f"{AUDIO} (2)"],
    )


def test_a_name_in_a_zip_that_is_no_text(history: History, tmp_path: Path) -> None:
    """It says that it is UTF-8, and is not."""
    path = zipped(tmp_path / "a.zip", {"endsong_é.json": [row()]})
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xfe"))
    error = refused(history, path)
    assert (error.reason, error.file) == (Refusal.DAMAGED, "a.zip")


@pytest.mark.parametrize("names", ["one", "many"])
def test_a_zip_of_thousands_of_empty_files_ends_in_seconds(
    history: History, tmp_path: Path, names: str
) -> None:
    """Also where all are called the same: each keeps a report of its own."""
    path = tmp_path / "a.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # about names that are there twice
        for number in range(9_000):
            archive.writestr(f"endsong_{number if names == 'many' else 0}.json", "[]")
    begun = time.process_time()
    report = imported(history, path)
    assert time.process_time() - begun < 15
    assert len({file.name for file in report.files}) == 9_000
    assert report.rows == 0
