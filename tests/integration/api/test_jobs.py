"""Long work: recorded, told of as it goes on, cancelled, and read back through the doors."""

import asyncio
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.imports import slices
from custom_components.encore.history.imports.remaining_time import RemainingTime
from custom_components.encore.runtime import jobs as module
from custom_components.encore.runtime.job_errors import read_error
from custom_components.encore.runtime.jobs import DATA_JOBS, EVENT_JOB
from custom_components.encore.runtime.running_job import RunningJob, async_listen_jobs
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util
from tests.integration.running import async_act as act
from tests.unit.history.exports import AUDIO, row, zipped
from tests.unit.history.memory import MINUTE, NOON

ROWS = [row(NOON + number * 5 * MINUTE) for number in range(400)]


@pytest.fixture
def export(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return an export that Home Assistant may read."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    return zipped(tmp_path / "my_spotify_data.zip", {AUDIO: ROWS})


@pytest.fixture
def data(accounts: dict[str, MockConfigEntry], export: Path) -> dict[str, str]:
    """Return what an import of Cleo's is asked for with."""
    return {"config_entry_id": accounts["cleo"].entry_id, "path": str(export)}


def cut_off(export: Path) -> bytes:
    """Leave half of a file, as a download that broke off; returns all of it."""
    whole = export.read_bytes()
    export.write_bytes(whole[: len(whole) // 2])
    return whole


def restore(export: Path, whole: bytes) -> None:
    """Make a file whole again."""
    export.write_bytes(whole)


async def jobs(hass: HomeAssistant, context: Context) -> list[dict[str, Any]]:
    """Return the records, the newest first."""
    answer = await act(hass, "get_jobs", context)
    found: list[dict[str, Any]] = answer["jobs"]
    return found


async def test_an_import_is_a_job(
    hass: HomeAssistant, house: MockConfigEntry, data: dict[str, str], as_alva: Context
) -> None:
    """Its record has the file's name without the folder, whose it is, and what came of it."""
    reported = async_capture_events(hass, EVENT_JOB)
    await act(hass, "import_history", as_alva, **data)
    [job] = await jobs(hass, as_alva)
    assert (job["kind"], job["state"], job["about"]) == (
        "import",
        "done",
        "my_spotify_data.zip",
    )
    assert (job["listener"], job["percent"], job["error"]) == ("Cleo", 100, None)
    assert job["counts"]["stored"] == len(ROWS)
    assert job["requested_at"] <= job["started_at"] <= job["ended_at"]
    ended = datetime.fromisoformat(job["ended_at"])
    assert ended.utcoffset() == dt_util.as_local(ended).utcoffset()
    states = [event.data["state"] for event in reported]
    assert (states[0], states[1], states[-1]) == ("pending", "running", "done")
    assert {event.data["job"] for event in reported} == {job["job"]}
    assert reported[-1].data["counts"] == job["counts"]


async def test_jobs_of_one_kind_or_state_are_reported_alone(
    hass: HomeAssistant, house: MockConfigEntry, data: dict[str, str], as_alva: Context
) -> None:
    """However many others are newer; what is no kind is refused."""
    await act(hass, "import_history", as_alva, **data)
    await act(hass, "rebuild_history", as_alva)

    async def kinds(**only: object) -> list[str]:
        answer = await act(hass, "get_jobs", as_alva, **only)
        return [job["kind"] for job in answer["jobs"]]

    assert await kinds() == ["rebuild", "import"]
    assert await kinds(kind="import", limit=1) == ["import"]
    assert await kinds(state="done") == ["rebuild", "import"]
    assert await kinds(state="failed") == []
    assert await kinds(kind="rebuild", state="done") == ["rebuild"]
    with pytest.raises(probatio.Invalid):
        await kinds(kind="dance")


def followed(hass: HomeAssistant) -> list[RunningJob]:
    """Return a list to which the job that is under way is added, as it then is, whenever jobs change."""
    reported: list[RunningJob] = []

    def changed() -> None:
        reported.extend(map(copy, hass.data[DATA_JOBS]._running.values()))

    async_listen_jobs(hass, callback(changed))
    return reported


async def test_a_job_says_how_long_it_still_takes(
    hass: HomeAssistant,
    house: MockConfigEntry,
    data: dict[str, str],
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the pace of what was written, not of the bytes that were begun with; nothing once it is over."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    monkeypatch.setattr(module, "SIGNALED_EVERY_S", 0)
    monkeypatch.setattr(RemainingTime, "seconds_left", lambda self, position: 41.6)
    reported, events = followed(hass), async_capture_events(hass, EVENT_JOB)
    await act(hass, "import_history", as_alva, **data)
    assert [each.seconds_left for each in reported[:2]] == [None, None]
    assert {each.seconds_left for each in reported[2:]} == {42}
    assert events[-1].data["seconds_left"] is None
    reported.clear()
    await act(hass, "rebuild_history", as_alva)
    assert 42 in {each.seconds_left for each in reported}
    assert events[-1].data["seconds_left"] is None


async def test_how_far_a_job_is_is_on_no_event(
    hass: HomeAssistant,
    house: MockConfigEntry,
    data: dict[str, str],
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That it is asked for, begins and ends is; what shows how far it is listens to the signal."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    monkeypatch.setattr(module, "SIGNALED_EVERY_S", 0)
    events = async_capture_events(hass, EVENT_JOB)
    reported = followed(hass)
    await act(hass, "import_history", as_alva, **data)
    assert [event.data["state"] for event in events] == ["pending", "running", "done"]
    percents = [each.percent for each in reported]
    assert percents == sorted(percents)
    assert len({*percents}) > 5


async def test_an_import_that_fails_says_why_and_counts_as_retried(
    hass: HomeAssistant,
    house: MockConfigEntry,
    data: dict[str, str],
    export: Path,
    as_alva: Context,
) -> None:
    """The record names file and place; a later one of the same file knows that it is another try."""
    whole = cut_off(export)
    with pytest.raises(ServiceValidationError):
        await act(hass, "import_history", as_alva, **data)
    restore(export, whole)
    await act(hass, "import_history", as_alva, **data)
    done, failed = await jobs(hass, as_alva)
    assert (failed["state"], failed["retries"]) == ("failed", 0)
    assert failed["error_key"] == "import_truncated"
    assert failed["error"].startswith("my_spotify_data.zip ")
    assert failed["error_key"] not in failed["error"]
    assert (done["state"], done["retries"]) == ("done", 1)


async def test_a_job_that_the_end_of_the_process_stopped_says_so_in_words(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """As one does that failed before errors were kept by name."""
    assert read_error("interrupted").key == "interrupted"
    assert "Home Assistant was stopped before this was finished" in (
        read_error("interrupted").words or ""
    )
    assert read_error("alva.zip: not_found") == (None, "alva.zip: not_found")
    assert read_error(None) == (None, None)


async def test_a_job_can_be_cancelled_and_goes_on_when_asked_again(
    hass: HomeAssistant,
    house: MockConfigEntry,
    data: dict[str, str],
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By its number, from the event that tells of it."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    hurried: list[asyncio.Task[None]] = []

    async def cancel(event: Event) -> None:
        await hass.services.async_call(
            DOMAIN,
            "cancel_job",
            {"job": event.data["job"]},
            blocking=True,
            context=as_alva,
        )

    @callback
    def when_asked(event: Event) -> None:
        if event.data["state"] == "pending":
            hurried.append(hass.async_create_task(cancel(event)))

    unlisten = hass.bus.async_listen(EVENT_JOB, when_asked)
    report = await act(hass, "import_history", as_alva, **data)
    unlisten()
    await asyncio.gather(*hurried)
    assert report["cancelled"]
    assert (await jobs(hass, as_alva))[0]["state"] == "cancelled"
    report = await act(hass, "import_history", as_alva, **data)
    assert (report["cancelled"], report["rows"]) == (False, len(ROWS))
    assert (await jobs(hass, as_alva))[0]["retries"] == 1


async def test_a_rebuild_is_a_job_that_changes_nothing_that_was_right(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """It goes through every observation."""
    answer = await act(hass, "rebuild_history", as_alva)
    assert answer["observations"] > 5
    assert (answer["changed"], answer["cancelled"]) == (0, False)
    [job] = await jobs(hass, as_alva)
    assert (job["kind"], job["state"], job["rows"]) == (
        "rebuild",
        "done",
        answer["observations"],
    )


async def test_only_administrators_see_files_and_change_jobs(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """Names of files are nobody else's business."""
    await act(hass, "rebuild_history", as_alva)
    assert all("files" in job for job in await jobs(hass, as_alva))
    for context in (as_ben, Context()):
        (job,) = (await act(hass, "get_jobs", context))["jobs"]
        assert job["kind"] == "rebuild"
        assert "files" not in job
        with pytest.raises(Unauthorized):
            await act(hass, "rebuild_history", context)
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN, "cancel_job", {"job": 1}, blocking=True, context=context
            )


async def test_a_job_that_is_over_cannot_be_cancelled(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """The error says which."""
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN, "cancel_job", {"job": 7}, blocking=True, context=as_alva
        )
    assert refused.value.translation_key == "no_such_job"
    assert "7" in str(refused.value)
