"""A listener's history is written into a file through the action, and comes back by the import's."""

import errno
from pathlib import Path
from typing import Any
import zipfile

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.exports import exporter
from custom_components.encore.history.model import Play
from custom_components.encore.history.queries.visible_plays import EVER, NOBODY_HIDDEN
from custom_components.encore.runtime.jobs import EVENT_JOB
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from tests.integration.running import async_act as act
from tests.unit.history.memory import content
from tests.unit.questions.house import ALVA, BEN, CLEO

from .test_jobs import jobs


@pytest.fixture
def folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a folder that Home Assistant may write to."""
    allowed = tmp_path / "exports"
    allowed.mkdir()
    hass.config.allowlist_external_dirs = {str(allowed)}
    return allowed


def size_of(path: str) -> int:
    """Return the size of a file in bytes."""
    return Path(path).stat().st_size


def names_in(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files included."""
    return [file.name for file in folder.iterdir()]


async def plays_of(hass: HomeAssistant, listener: Any) -> list[Play]:
    """Return all plays of a listener."""
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: [
            play
            for play in queries.plays(EVER, min_ms=0)
            if play.listener.key == listener.key
        ],
        hidden=NOBODY_HIDDEN,
    )


def without_listener(plays: list[Play]) -> list[tuple[Any, ...]]:
    """Return what plays say, whoever heard them."""
    return [one[1:] for one in content(plays)]


async def test_an_export_comes_back_the_same(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    folder: Path,
    as_alva: Context,
) -> None:
    """Nothing new for its own account, all of it for another, and all of it in an empty home."""
    alva = accounts["alva"].entry_id
    path = str(folder / "alva.zip")
    before = content(await plays_of(hass, ALVA))
    answer = await act(hass, "export_history", as_alva, config_entry_id=alva, path=path)
    assert answer == {
        "path": path,
        "play_count": len(before),
        "bytes": size_of(path),
        "cancelled": False,
    }
    report = await act(hass, "import_history", as_alva, config_entry_id=alva, path=path)
    assert (report["rows"], report["duplicates"]) == (len(before), len(before))
    assert content(await plays_of(hass, ALVA)) == before
    cleo = accounts["cleo"].entry_id
    report = await act(hass, "import_history", as_alva, config_entry_id=cleo, path=path)
    assert report["stored"] == len(before)
    reported = without_listener(await plays_of(hass, CLEO))
    assert sorted(reported) == sorted(one[1:] for one in before)
    empty = folder.parent / "empty.db"
    await hass.data[DATA_HISTORY].async_move(f"sqlite:///{empty}", copy=False)
    assert await plays_of(hass, ALVA) == []
    await act(hass, "import_history", as_alva, config_entry_id=alva, path=path)
    assert content(await plays_of(hass, ALVA)) == before


async def test_a_listener_is_exported_by_name_by_their_own_clock(
    hass: HomeAssistant, house: MockConfigEntry, folder: Path, as_alva: Context
) -> None:
    """As CSV too; whoever was heard, with or without an account."""
    path = folder / "ben.csv"
    answer = await act(
        hass, "export_history", as_alva, listener="ben", path=str(path), format="csv"
    )
    assert answer["play_count"] == len(await plays_of(hass, BEN))
    _, first, *_ = path.read_text().splitlines()
    assert first.startswith("2026-07-13T20:00:00.000+02:00,")
    assert ",Ben," in first


async def test_an_export_is_a_job(
    hass: HomeAssistant, house: MockConfigEntry, folder: Path, as_alva: Context
) -> None:
    """With the file's name alone, whose it is, and what came of it."""
    reported = async_capture_events(hass, EVENT_JOB)
    path = str(folder / "alva.zip")
    answer = await act(hass, "export_history", as_alva, listener="Alva Lind", path=path)
    [job] = await jobs(hass, as_alva)
    assert (job["kind"], job["state"], job["about"], job["listener"]) == (
        "export",
        "done",
        "alva.zip",
        "Alva Lind",
    )
    assert job["counts"] == {"plays": answer["play_count"], "bytes": answer["bytes"]}
    assert (job["rows"], job["percent"]) == (answer["play_count"], 100)
    assert [event.data["state"] for event in reported] == ["pending", "running", "done"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"config_entry_id": "nobody"}, "not_an_account"),
        ({}, "not_an_account"),
        ({"listener": "everyone"}, "export_ambiguous"),
        ({"listener": "Nobody"}, "unknown_listener"),
        ({"listener": "Ben", "path": "/etc/ben.zip"}, "path_not_allowed"),
        ({"listener": "Ben", "path": "ben.csv"}, "export_wrong_name"),
        ({"listener": "Ben", "path": "mine.zip"}, "export_exists"),
    ],
)
async def test_what_the_caller_can_mend_is_said(
    hass: HomeAssistant,
    house: MockConfigEntry,
    folder: Path,
    as_alva: Context,
    data: dict[str, str],
    key: str,
) -> None:
    """Nothing is written, and what is there stays."""
    (folder / "mine.zip").write_text("mine")
    path = str(folder / data.get("path", "new.zip"))
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, "export_history", as_alva, **(data | {"path": path}))
    assert refused.value.translation_key == key
    assert names_in(folder) == ["mine.zip"]
    assert (folder / "mine.zip").read_text() == "mine"


async def test_a_file_may_be_overwritten_where_that_is_said(
    hass: HomeAssistant, house: MockConfigEntry, folder: Path, as_alva: Context
) -> None:
    """As for an export every night."""
    data = {"listener": "Ben", "path": str(folder / "ben.zip")}
    for overwrite in (False, True):
        await act(hass, "export_history", as_alva, **data, overwrite=overwrite)
    assert zipfile.is_zipfile(data["path"])


async def test_a_full_disk_is_said_and_recorded(
    hass: HomeAssistant,
    house: MockConfigEntry,
    folder: Path,
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not the caller's fault; nothing is left behind."""

    def full(part: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporter, "create", full)
    with pytest.raises(HomeAssistantError) as failed:
        await act(
            hass,
            "export_history",
            as_alva,
            listener="Ben",
            path=str(folder / "ben.zip"),
        )
    assert not isinstance(failed.value, ServiceValidationError)
    assert failed.value.translation_key == "export_full"
    assert not names_in(folder)
    [job] = await jobs(hass, as_alva)
    assert job["state"] == "failed"


async def test_only_administrators_export(
    hass: HomeAssistant, house: MockConfigEntry, folder: Path, as_ben: Context
) -> None:
    """Not even one's own: the file is for whoever reads the folder."""
    for context in (as_ben, Context()):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN,
                "export_history",
                {"listener": "Ben", "path": str(folder / "ben.zip")},
                blocking=True,
                context=context,
            )
    assert not names_in(folder)
