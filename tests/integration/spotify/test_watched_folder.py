"""A folder of an account: what is put there is imported, once, when it does not change any more."""

from collections.abc import Awaitable, Callable
import json
import os
from pathlib import Path
import shutil
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.encore.api.uploads.watched_folder import MOST_TRIES
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.imports import import_process, importer
from custom_components.encore.history.records.job_records import JobKind
from custom_components.encore.runtime.jobs import EVENT_JOB
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from tests.integration.auth.conftest import Link
from tests.unit.history.exports import AUDIO, VIDEO, row, zipped
from tests.unit.history.memory import MINUTE, NOON

from .conftest import Later, plays, set_up

ROWS = [row(NOON + number * 5 * MINUTE) for number in range(5)]

type Counted = Callable[[], Awaitable[int]]


@pytest.fixture
def folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a folder that Home Assistant may read."""
    folder = tmp_path / "dropped"
    folder.mkdir()
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    return folder


@pytest.fixture
async def alva(
    hass: HomeAssistant, link: Link, later: Later, folder: Path
) -> MockConfigEntry:
    """Link Alva, whose folder is watched."""
    assert await async_setup_component(hass, "repairs", {})
    entry = await link("alva")
    options = {"backfill": False, "import_folder": str(folder)}
    hass.config_entries.async_update_entry(entry, options=options)
    return await set_up(hass, entry)


@pytest.fixture
def imported(hass: HomeAssistant) -> Counted:
    """Return a way to count the plays of the export."""

    async def imported() -> int:
        found = await plays(hass)
        return sum(play.item.title == "Slow Rivers" for play in found)

    return imported


def lies(folder: Path) -> list[str]:
    """Return what lies in a folder, at any depth."""
    found = (path.relative_to(folder) for path in folder.rglob("*"))
    return sorted(path.as_posix() for path in found)


def notices(hass: HomeAssistant) -> list[ir.IssueEntry]:
    """Return the notices about imports."""
    registry = ir.async_get(hass)
    return [
        issue
        for issue in registry.issues.values()
        if issue.domain == DOMAIN and str(issue.translation_key).startswith("import_")
    ]


def make(folder: Path) -> None:
    """Make a folder."""
    folder.mkdir()


def take_away(folder: Path) -> None:
    """Remove an empty folder."""
    folder.rmdir()


async def minutes(later: Later, number: int) -> None:
    """Let minutes pass."""
    for _ in range(number):
        await later(60)


async def test_what_is_put_there_is_imported_and_set_aside(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """For the listener of the account, as a job; by the second look at the latest."""
    reported = async_capture_events(hass, EVENT_JOB)
    zipped(folder / "my_spotify_data.zip", {AUDIO: ROWS})
    await minutes(later, 2)
    assert await imported() == len(ROWS)
    listeners = {
        play.listener.key
        for play in await plays(hass)
        if play.item.title == "Slow Rivers"
    }
    assert listeners == {alva.runtime_data.listener.key}
    assert lies(folder) == ["imported", "imported/my_spotify_data.zip"]
    assert reported[-1].data["state"] == "done"
    assert notices(hass) == []


async def test_what_still_grows_is_left_alone(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """Half a download is no broken export."""
    export = zipped(folder / "data.zip", {AUDIO: ROWS})
    whole = export.read_bytes()
    for part in range(1, 5):
        export.write_bytes(whole[: part * len(whole) // 5])
        await later(60)
    assert await imported() == 0
    assert notices(hass) == []
    export.write_bytes(whole)
    await minutes(later, 2)
    assert await imported() == len(ROWS)


async def test_a_folder_and_a_json_are_exports_too(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """And what is neither stays where it is."""
    inside = folder / "Spotify Extended Streaming History"
    inside.mkdir()
    (inside / "Streaming_History_Audio_2023_0.json").write_text(json.dumps(ROWS[:2]))
    (folder / "Streaming_History_Audio_2024_1.json").write_text(json.dumps(ROWS[2:]))
    (folder / "notes.txt").write_text("to do")
    (folder / ".hidden.json").write_text("[]")
    (folder / "empty").mkdir()
    (folder / "link.json").symlink_to(folder / ".hidden.json")
    await minutes(later, 2)
    assert await imported() == len(ROWS)
    stays = [name for name in lies(folder) if not name.startswith("imported/")]
    assert stays == [".hidden.json", "empty", "imported", "link.json", "notes.txt"]


async def test_the_same_content_is_imported_once(
    hass: HomeAssistant, alva: MockConfigEntry, folder: Path, later: Later
) -> None:
    """Under whatever name it comes again; it is set aside beside the first."""
    zipped(folder / "data.zip", {AUDIO: ROWS})
    await minutes(later, 2)
    reported = async_capture_events(hass, EVENT_JOB)
    for name in ("data.zip", "again.zip"):
        shutil.copyfile(folder / "imported" / "data.zip", folder / name)
    await minutes(later, 2)
    assert reported == []
    assert lies(folder) == [
        "imported",
        "imported/again.zip",
        "imported/data (2).zip",
        "imported/data.zip",
    ]


async def test_what_is_refused_is_reported_with_file_and_place(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """It is set aside, the notice goes by confirming it, and a whole one of that name takes it back."""
    export = zipped(folder / "data.zip", {AUDIO: ROWS})
    whole = export.read_bytes()
    export.write_bytes(whole[: len(whole) // 2])
    await minutes(later, 3)
    assert lies(folder) == ["refused", "refused/data.zip"]
    [notice] = notices(hass)
    assert notice.translation_key == "import_refused"
    assert notice.translation_placeholders is not None
    assert notice.translation_placeholders["file"] == "data.zip"
    assert "data.zip" in notice.translation_placeholders["detail"]
    export.write_bytes(whole)
    await minutes(later, 2)
    assert await imported() == len(ROWS)
    assert notices(hass) == []


async def test_the_good_files_of_an_export_are_imported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """The notice names the others; confirming takes it away."""
    zipped(folder / "data.zip", {AUDIO: ROWS, VIDEO: b'[{"ts": 1'})
    await minutes(later, 2)
    assert await imported() == len(ROWS)
    assert lies(folder) == ["imported", "imported/data.zip"]
    [notice] = notices(hass)
    assert notice.translation_key == "import_incomplete"
    assert notice.translation_placeholders is not None
    assert VIDEO in notice.translation_placeholders["detail"]
    flows = repairs_flow_manager(hass)
    assert flows is not None
    flow = await flows.async_init(DOMAIN, data={"issue_id": notice.issue_id})
    await flows.async_configure(flow["flow_id"], {})
    assert notices(hass) == []


def imports(reported: list[Event[Any]]) -> list[str]:
    """Return the states of imports among those of other work, such as a look at Spotify that failed."""
    return [
        event.data["state"]
        for event in reported
        if event.data["kind"] == JobKind.IMPORT
    ]


async def test_what_cannot_be_moved_is_not_tried_again_until_it_changes(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
) -> None:
    """Not even after a restart."""
    (folder / "refused").write_text("in the way")
    (folder / "imported").write_text("in the way")
    export = zipped(folder / "data.zip", {AUDIO: b"[not JSON"})
    reported = async_capture_events(hass, EVENT_JOB)
    await minutes(later, 4)
    assert imports(reported).count("failed") == 1
    await hass.config_entries.async_reload(alva.entry_id)
    await minutes(later, 4)
    assert imports(reported).count("failed") == 1
    zipped(export, {AUDIO: ROWS})
    await minutes(later, 4)
    assert await imported() == len(ROWS)
    assert imports(reported).count("done") == 1


async def test_an_export_whose_reader_always_dies_is_given_up_and_reported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Not tried every minute for ever, nor in the way of what lies beside it; put there anew it is tried again."""
    program = tmp_path / "dying.py"
    program.write_text("raise SystemExit(9)")
    monkeypatch.setattr(importer, "READ_HERE_BYTES", 10_000)
    export = zipped(folder / "a.zip", {AUDIO: [row(NOON - number * 5 * MINUTE) for number in range(50)]})  # fmt: skip
    zipped(folder / "b.zip", {AUDIO: ROWS})
    reported = async_capture_events(hass, EVENT_JOB)
    with monkeypatch.context() as dying:
        dying.setattr(import_process, "_PROGRAM", program)
        await minutes(later, 8)
    assert imports(reported).count("failed") == MOST_TRIES
    assert lies(folder) == ["a.zip", "imported", "imported/b.zip"]
    assert await imported() == len(ROWS)
    [notice] = notices(hass)
    assert notice.translation_key == "import_given_up"
    assert notice.translation_placeholders is not None
    assert "exit code 9" in notice.translation_placeholders["detail"]
    os.utime(export, (1, 1))
    await minutes(later, 3)
    assert lies(folder) == ["imported", "imported/a.zip", "imported/b.zip"]
    assert notices(hass) == []


async def test_nothing_is_looked_at_while_the_account_is_not_loaded(
    hass: HomeAssistant, alva: MockConfigEntry, folder: Path, later: Later
) -> None:
    """What was put there meanwhile is imported after the next start."""
    await hass.config_entries.async_unload(alva.entry_id)
    zipped(folder / "data.zip", {AUDIO: ROWS})
    await minutes(later, 3)
    assert lies(folder) == ["data.zip"]
    await set_up(hass, alva)
    await minutes(later, 3)
    assert lies(folder) == ["imported", "imported/data.zip"]


async def test_a_folder_that_cannot_be_read_is_reported_once(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    folder: Path,
    later: Later,
    imported: Counted,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As on a share that is gone for a while."""
    take_away(folder)
    await minutes(later, 3)
    reported = [each for each in caplog.messages if "Nothing can be imported" in each]
    assert len(reported) == 1
    make(folder)
    zipped(folder / "data.zip", {AUDIO: ROWS})
    await minutes(later, 3)
    assert await imported() == len(ROWS)


async def test_a_removed_account_leaves_no_notice_behind(
    hass: HomeAssistant, alva: MockConfigEntry, folder: Path, later: Later
) -> None:
    """Nor what was remembered of its folder."""
    (folder / "Streaming_History_Audio_2024.json").write_text("{}")
    await minutes(later, 2)
    assert len(notices(hass)) == 1
    await hass.data[DATA_HISTORY].async_acquire()
    await hass.config_entries.async_remove(alva.entry_id)
    assert notices(hass) == []
    await hass.data[DATA_HISTORY].async_release()


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ("not/absolute", "folder_missing"),
        ("{tmp}/nowhere", "folder_missing"),
        ("{tmp}/no\0where", "folder_missing"),
        ("{tmp}/half \ud83d", "folder_missing"),
        ("{tmp}/" + "x" * 300, "folder_missing"),
        ("{tmp}" + "/x" * 3000, "folder_missing"),
        ("/proc", "folder_not_allowed"),
        ("{tmp}/dropped", "folder_taken"),
        ("{tmp}", "folder_taken"),
    ],
)
async def test_only_a_folder_of_ones_own_that_may_be_read_can_be_chosen(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    link: Link,
    tmp_path: Path,
    chosen: str,
    error: str,
) -> None:
    """What another listener's exports are put into is theirs."""
    ben = await link("ben")
    options = hass.config_entries.options
    form: Any = await options.async_init(ben.entry_id)
    folder = chosen.format(tmp=tmp_path)
    shared = {"privacy": "household"}
    wrong = {**shared, "import_folder": folder}
    form = await options.async_configure(form["flow_id"], wrong)
    assert form["errors"] == {"import_folder": error}
    make(tmp_path / "bens")
    right = {**shared, "import_folder": str(tmp_path / "bens")}
    done = await options.async_configure(form["flow_id"], right)
    assert done["type"] == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
