"""How well Encore keeps up, and what it worked at: told to whom may know of the listener."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.history.records.job_records import (
    JobKind,
    Work,
    begin_job,
    note_job,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.integration.persons import add_person

from .conftest import LISTENER, Act


async def speak_privately(
    hass: HomeAssistant, entry: MockConfigEntry, user: MockUser
) -> None:
    """Keep an account for a user alone."""
    await add_person(hass, "owner", user, LISTENER)
    options = {**entry.options, "privacy": "private", "person": "person.owner"}
    hass.config_entries.async_update_entry(entry, options=options)


async def begin(hass: HomeAssistant, account: MockConfigEntry) -> int:
    """Record that an import of an account begins; returns its number."""
    work = Work(JobKind.IMPORT, "export.zip", account.runtime_data.listener)
    return await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: begin_job(connection, ingest.registers, work, 0)
    )


async def test_an_account_that_keeps_up(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """Connected, recorded, watched until now."""
    await act("sync_now")
    answer = await act("get_sync_status")
    [account] = answer["accounts"]
    assert (account["listener"], account["problem"]) == (LISTENER, None)
    assert account["connected"] and account["recording"]
    assert account["recorded_until"] and account["fetched_until"]
    assert answer["calls_last_24_hours"] > 0
    assert answer["speech"].startswith(f"Recording is on for {LISTENER}, last synced")


async def test_a_pause_and_a_lost_account_are_said(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """Whoever wonders why something is missing hears why."""
    await act("pause_recording")
    answer = await act("get_sync_status")
    assert not answer["accounts"][0]["recording"]
    assert answer["speech"] == f"Recording is paused for {LISTENER}."
    await hass.config_entries.async_unload(alva.entry_id)
    answer = await act("get_sync_status")
    assert not answer["accounts"][0]["connected"]
    assert answer["speech"] == f"{LISTENER}’s account is not connected."


async def test_the_latest_work_is_reported(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """What was fetched when the account was linked, what came of it, and of an import how many plays."""
    await act("sync_now")
    answer = await act("get_latest_jobs", kind="poll")
    [job, *_] = answer["jobs"]
    assert (job["state"], job["listener"], job["error"]) == ("done", LISTENER, None)
    assert answer["speech"].startswith(f"{LISTENER}’s sync ended today at")
    assert (await act("get_latest_jobs", kind="import"))[
        "speech"
    ] == "There were no background tasks recently."
    memory = hass.data[DATA_HISTORY]
    number = await begin(hass, alva)
    answer = await act("get_latest_jobs", kind="import")
    assert answer["speech"] == f"{LISTENER}’s import is waiting."
    done = {"state": "done", "ended_at": 0, "counts": {"stored": 12}}
    await memory.async_note(lambda connection, _: note_job(connection, number, done))
    answer = await act("get_latest_jobs", kind="import", limit=1)
    assert [job["about"] for job in answer["jobs"]] == ["export.zip"]
    assert answer["speech"].endswith("and added twelve new plays.")


@pytest.mark.parametrize("command", ["get_sync_status", "get_jobs", "get_latest_jobs"])
async def test_of_a_private_listener_nothing_is_reported_to_others(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    as_admin: Context,
    hass_admin_user: MockUser,
    command: str,
) -> None:
    """Not even that there is an account."""
    await begin(hass, alva)
    await speak_privately(hass, alva, hass_admin_user)
    assert LISTENER in str(await act(command, as_admin))
    try:
        reported = str(await act(command))
    except ServiceValidationError as err:
        reported = str(err.translation_key)
        assert reported == "no_account"
    assert LISTENER not in reported
