"""What waits in a watched folder, and where it goes."""

import os
from pathlib import Path

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.history.imports.watched_files import (
    IMPORTED,
    known_export,
    set_aside,
    waiting,
)

from .exports import AUDIO, VIDEO, as_json, row, zipped
from .memory import ALVA, BEN, HOUR, NOON

ROWS = [row(NOON), row(NOON + HOUR)]


def imported(history: History, listener: str, path: Path) -> bool:
    """Return whether an export counts as imported."""
    export = known_export(path, Limits())
    assert export is not None
    return history.look_up(
        lambda queries: queries.was_imported(listener, export)
    ).result()


def test_a_mark_is_another_once_anything_changes(tmp_path: Path) -> None:
    """The size of a file, when it was written, or what lies in a folder at any depth."""
    deep = tmp_path / "export" / "deep"
    deep.mkdir(parents=True)
    (deep / "a.json").write_text("[]")
    marks = [waiting(tmp_path)]
    assert waiting(tmp_path) == marks[0]
    (deep / "a.json").write_text("[{}]")
    marks.append(waiting(tmp_path))
    os.utime(deep / "a.json", ns=(1, 1))
    marks.append(waiting(tmp_path))
    (deep / "b.pdf").write_bytes(b"%PDF")
    marks.append(waiting(tmp_path))
    assert len({each["export"] for each in marks}) == len(marks)


def test_a_name_that_is_no_text_keeps_nothing_else_from_waiting(
    history: History, tmp_path: Path
) -> None:
    """In a folder it is written as far as it is text; alone it can be in no record, and is left alone."""
    no_text = os.fsdecode(b"Caf\xe9")
    (tmp_path / f"{no_text}.zip").write_bytes(b"PK")
    export = tmp_path / "export"
    export.mkdir()
    (export / f"{no_text}.txt").write_text("")
    for number, each in enumerate(ROWS):
        more = os.fsdecode(bytes([0xE8 + number]))
        (export / f"endsong_{more}.json").write_bytes(as_json([each]))
    assert waiting(tmp_path).keys() == {"export"}
    report = history.import_export(export, ALVA).result()
    assert {file.name: file.stored for file in report.files} == {
        "endsong_\ufffd.json": 1,
        "endsong_\ufffd.json (2)": 1,
    }
    assert imported(history, ALVA.key, export)


def test_only_exports_wait(tmp_path: Path) -> None:
    """Nothing hidden, no link out of the folder, no folder without a JSON, no other kind of file."""
    (tmp_path / "DATA.ZIP").write_bytes(b"PK")
    (tmp_path / ".data.zip").write_bytes(b"PK")
    (tmp_path / "data.zip.part").write_bytes(b"PK")
    (tmp_path / "link.zip").symlink_to("/etc/hostname")
    for name, file in (
        ("export", "a.json"),
        ("pictures", "a.png"),
        (IMPORTED, "a.json"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("[]")
    assert waiting(tmp_path).keys() == {"DATA.ZIP", "export"}


def test_an_export_is_known_by_its_content_for_each_listener(
    history: History, tmp_path: Path
) -> None:
    """Whatever it is called; what was imported for one is new for another."""
    path = zipped(tmp_path / "data.zip", {AUDIO: ROWS})
    assert not imported(history, ALVA.key, path)
    history.import_export(path, ALVA, limits=Limits()).result()
    path = path.rename(tmp_path / "renamed.zip")
    assert imported(history, ALVA.key, path)
    assert not imported(history, BEN.key, path)


def test_an_export_that_was_refused_in_part_is_never_known(
    history: History, tmp_path: Path
) -> None:
    """With other limits, or of another Encore, more of it may be read."""
    path = zipped(tmp_path / "data.zip", {AUDIO: ROWS, VIDEO: b"[wrong"})
    history.import_export(path, ALVA, limits=Limits()).result()
    assert not imported(history, ALVA.key, path)
    locked = zipped(tmp_path / "evil.zip", {AUDIO: ROWS, "../" + VIDEO: as_json(ROWS)})
    assert known_export(locked, Limits()) is None
    assert known_export(tmp_path / "nowhere.zip", Limits()) is None


def test_nothing_is_overwritten_where_it_is_moved_to(tmp_path: Path) -> None:
    """Two exports of one name lie beside each other."""
    for content in (b"one", b"two"):
        path = tmp_path / "my.data.zip"
        path.write_bytes(content)
        set_aside(path, IMPORTED)
    assert (tmp_path / IMPORTED / "my.data.zip").read_bytes() == b"one"
    assert (tmp_path / IMPORTED / "my.data (2).zip").read_bytes() == b"two"
    (tmp_path / "refused").write_text("in the way")
    path.write_bytes(b"three")
    with pytest.raises(FileExistsError):
        set_aside(path, "refused")
    assert path.read_bytes() == b"three"
