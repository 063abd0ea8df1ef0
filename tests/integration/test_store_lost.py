"""A history that is damaged or gone: a person is asked, what is played waits, and nothing is answered as if it were empty."""

from collections.abc import Callable
from pathlib import Path
import shutil
import sqlite3
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, flush_store
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from custom_components.encore.const import (
    CONF_KIND,
    CONF_STORE_MADE,
    DOMAIN,
    KIND_HISTORY,
)
from custom_components.encore.history.errors import HistoryError, StoreUnavailable
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.jobs import EVENT_JOB
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from custom_components.encore.runtime.store.outbox import ISSUE_STORE_UNREACHABLE
from custom_components.encore.runtime.store.store_copies import FIRST_LOOK_S
from custom_components.encore.runtime.store.store_issue import ISSUE_STORE_BROKEN
from custom_components.encore.runtime.store.store_lifecycle import (
    LOOKED_AT_EVERY,
    STORE_FILE,
)
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from .test_history_service import NOON, heard, titles
from .test_outbox import issue, later, many

AFTER = NOON + 400_000
PAGE = 4096


@pytest.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return the loaded History entry of a house in which something was played."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id=KIND_HISTORY,
        data={CONF_KIND: KIND_HISTORY},
    )
    entry.add_to_hass(hass)
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, REPAIRS, {})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    await memory_of(hass).async_append(
        [heard(title, NOON - place * 200_000) for place, title in enumerate(many(60))]
    )
    return entry


def memory_of(hass: HomeAssistant) -> HistoryService:
    """Return the house's memory."""
    return hass.data[DATA_HISTORY]


async def asked(hass: HomeAssistant) -> list[str]:
    """Ask for the titles of a day."""
    return await memory_of(hass).async_ask(titles, hidden=NOBODY_HIDDEN)


async def in_thread[T](hass: HomeAssistant, work: Callable[[], T]) -> T:
    """Do something with files."""
    return await hass.async_add_executor_job(work)


def delete(folder: Path) -> None:
    """Delete the store with its log."""
    for file in folder.glob(f"{STORE_FILE}*"):
        if file.is_file():
            file.unlink()


def damage(file: Path, table: str = "track", place: int = 1) -> None:
    """Write nonsense over a leaf page of a table."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    [(root,)] = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
    )
    connection.close()
    raw = bytearray(file.read_bytes())
    at = (root - 1) * PAGE
    assert raw[at] in {0x02, 0x05}, "the table has one page only"
    cell = at + int.from_bytes(raw[at + 12 + 2 * place : at + 14 + 2 * place])
    page = int.from_bytes(raw[cell : cell + 4])
    raw[(page - 1) * PAGE : page * PAGE] = b"\x5a" * PAGE
    file.write_bytes(raw)


async def stop(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Close the store, as a restart does; what works in the background has let go of it, too."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not memory_of(hass).is_open


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Open the house again."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


async def open_repair(hass: HomeAssistant) -> Any:
    """Open the repair of the store."""
    manager = hass.data[REPAIRS]["flow_manager"]
    return await manager.async_init(DOMAIN, data={"issue_id": ISSUE_STORE_BROKEN})


async def choose(hass: HomeAssistant, page: Any, option: str) -> Any:
    """Choose from the menu of the repair, confirm, and return the last page."""
    manager = hass.data[REPAIRS]["flow_manager"]
    page = await manager.async_configure(page["flow_id"], {"next_step_id": option})
    while page["type"] in {
        FlowResultType.SHOW_PROGRESS,
        FlowResultType.SHOW_PROGRESS_DONE,
    }:
        await hass.async_block_till_done(wait_background_tasks=True)
        page = await manager.async_configure(page["flow_id"])
    if page["type"] is FlowResultType.FORM:
        page = await manager.async_configure(page["flow_id"], {})
    await hass.async_block_till_done()
    return page


async def test_a_file_that_is_deleted_is_noticed_at_the_next_question(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """SQLite would go on to answer from what has no name any more, and lose it at the next start."""
    await in_thread(hass, lambda: delete(config_folder))
    with pytest.raises(StoreUnavailable):
        await asked(hass)
    await hass.async_block_till_done()
    await later(hass, 1)
    assert issue(hass, ISSUE_STORE_BROKEN) is not None
    assert issue(hass, ISSUE_STORE_UNREACHABLE) is None
    assert not (config_folder / STORE_FILE).exists()


async def test_a_file_that_is_deleted_is_noticed_at_the_next_write(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """What met that waits, and so does what follows."""
    await in_thread(hass, lambda: delete(config_folder))
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    assert issue(hass, ISSUE_STORE_BROKEN) is not None
    await memory_of(hass).async_append([heard("Later", AFTER + 400_000)])
    with pytest.raises(StoreUnavailable):
        await asked(hass)
    with pytest.raises(HomeAssistantError) as error:
        await hass.services.async_call(
            DOMAIN, "get_top", {"of": "artists"}, blocking=True, return_response=True
        )
    assert error.value.translation_key == "history_lost"
    page = await open_repair(hass)
    assert (page["step_id"], page["menu_options"]) == ("gone", ["create"])
    assert (await choose(hass, page, "create"))["type"] is FlowResultType.CREATE_ENTRY
    assert await asked(hass) == ["Later", "After"]
    assert issue(hass, ISSUE_STORE_BROKEN) is None


async def test_a_file_that_is_deleted_is_noticed_within_a_minute(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """Also where nobody asks, and nothing is played."""
    await in_thread(hass, lambda: delete(config_folder))
    await later(hass, LOOKED_AT_EVERY.total_seconds() + 1)
    await later(hass, LOOKED_AT_EVERY.total_seconds() + 2)
    assert issue(hass, ISSUE_STORE_BROKEN) is not None


async def test_what_waits_for_a_decision_outlives_a_crash(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    config_folder: Path,
    hass_storage: dict[str, Any],
) -> None:
    """It may take days; so it is saved within a minute, and removed once it is stored."""
    await in_thread(hass, lambda: delete(config_folder))
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    await memory_of(hass).async_append([heard("Later", AFTER + 400_000)])
    await flush_store(memory_of(hass)._outbox._storage)
    assert len(hass_storage[f"{DOMAIN}.waiting"]["data"]) == 2
    await memory_of(hass).async_create()
    assert f"{DOMAIN}.waiting" not in hass_storage
    assert await asked(hass) == ["Later", "After"]


async def test_a_file_that_is_put_back_is_taken_as_it_is(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """A disk that was away, or a backup: nobody has to decide anything."""
    file = config_folder / STORE_FILE
    away = config_folder / "away.db"
    await stop(hass, entry)
    await in_thread(hass, lambda: shutil.copy(file, away))
    await start(hass, entry)
    await in_thread(hass, lambda: delete(config_folder))
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    await later(hass)
    assert issue(hass, ISSUE_STORE_BROKEN) is not None
    await in_thread(hass, lambda: away.rename(file))
    await later(hass, 700)
    assert issue(hass, ISSUE_STORE_BROKEN) is None
    assert await asked(hass) == ["After", *many(60)]


async def test_a_file_that_is_gone_at_the_next_start_is_not_made_by_itself(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """The entry knows that there was one; the house is set up, and what is played waits, over another restart too."""
    assert entry.data[CONF_STORE_MADE]
    await stop(hass, entry)
    await in_thread(hass, lambda: delete(config_folder))
    await start(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert issue(hass, ISSUE_STORE_BROKEN) is not None
    with pytest.raises(StoreUnavailable):
        await asked(hass)
    await memory_of(hass).async_append([heard("After", AFTER)])
    await stop(hass, entry)
    await start(hass, entry)
    assert not (config_folder / STORE_FILE).exists()
    page = await open_repair(hass)
    await choose(hass, page, "create")
    assert await asked(hass) == ["After"]


async def test_who_removes_the_entry_may_delete_the_file(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """That is how a history is forgotten on purpose."""
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await in_thread(hass, lambda: delete(config_folder))
    again = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: KIND_HISTORY})
    again.add_to_hass(hass)
    await start(hass, again)
    assert issue(hass, ISSUE_STORE_BROKEN) is None
    assert await asked(hass) == []


async def test_a_store_that_is_chosen_instead_ends_the_repair(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    config_folder: Path,
    new_store: Callable[[], str],
) -> None:
    """Whoever moves elsewhere has decided; what waited is stored there. There is nothing to copy."""
    await in_thread(hass, lambda: delete(config_folder))
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    url = new_store()
    with pytest.raises(HistoryError):
        await memory_of(hass).async_move(url, copy=True)
    assert not (config_folder / STORE_FILE).exists()
    await memory_of(hass).async_move(url, copy=False)
    assert await asked(hass) == ["After"]
    assert issue(hass, ISSUE_STORE_BROKEN) is None


async def test_what_can_be_read_of_a_damaged_file_is_saved(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """As a job; the damaged file stays, and what was played meanwhile is there as well."""
    file = config_folder / STORE_FILE
    await stop(hass, entry)
    await in_thread(hass, lambda: damage(file))
    await start(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    with pytest.raises(StoreUnavailable):
        await asked(hass)
    await memory_of(hass).async_append([heard("After", AFTER)])
    told: list[Event] = []
    hass.bus.async_listen(EVENT_JOB, told.append)
    page = await open_repair(hass)
    assert page["menu_options"] == ["salvage", "create"]
    kept = Path(page["description_placeholders"]["kept"])
    last = await choose(hass, page, "salvage")
    assert last["type"] is FlowResultType.CREATE_ENTRY
    after = await asked(hass)
    assert after[0] == "After"
    assert 30 < len(after) < 61
    assert await in_thread(hass, kept.exists)
    assert issue(hass, ISSUE_STORE_BROKEN) is None
    states = [event.data["state"] for event in told]
    assert (states[0], states[-1]) == ("pending", "done")
    [job, *_] = await memory_of(hass).async_look_up(
        lambda queries: queries.jobs(1, hidden=NOBODY_HIDDEN)
    )
    assert (job.work.about, job.state) == (kept.name, "done")
    assert job.counts["unreadable"] == 1
    assert job.counts["left_out"] >= 61 - len(after)


async def test_damage_that_is_met_while_running_is_reported_at_once(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """Not only at the next start; the damaged file is kept, and what met the damage waits."""
    file = config_folder / STORE_FILE
    await memory_of(hass).async_hold()
    await memory_of(hass).async_go_on()

    def ruin(connection: Connection, _: object) -> None:
        raw = file.read_bytes()
        file.write_bytes(raw[:PAGE] + b"\x5a" * (len(raw) - PAGE))
        # What SQLite has in memory is still whole.
        connection.exec_driver_sql("PRAGMA shrink_memory")

    # In the writer's thread: an entity that asks may meet the damage first, and the store is closed then.
    await memory_of(hass).async_write(ruin)
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    found = issue(hass, ISSUE_STORE_BROKEN)
    assert found is not None
    assert found.data is not None
    kept = Path(str(found.data["moved_to"]))
    assert await in_thread(hass, kept.exists)
    assert issue(hass, ISSUE_STORE_UNREACHABLE) is None
    with pytest.raises(StoreUnavailable):
        await asked(hass)
    page = await open_repair(hass)
    last = await choose(hass, page, "salvage")
    assert (last["type"], last["reason"]) == (FlowResultType.ABORT, "salvage_failed")
    assert await in_thread(hass, kept.exists)
    await choose(hass, await open_repair(hass), "create")
    assert await asked(hass) == ["After"]


async def test_an_error_that_the_file_does_not_bear_out_changes_nothing(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """A store in which damage was met is looked at thoroughly; one that is whole is opened again."""

    def malformed(_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise DatabaseError("SELECT", None, error)

    with pytest.raises(StoreUnavailable):
        await memory_of(hass).async_look_up(malformed)
    await later(hass, 1)
    assert issue(hass, ISSUE_STORE_BROKEN) is None
    assert await asked(hass) == many(60)


async def test_the_daily_copy_is_offered(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """It is made by itself, and has what there was then."""
    await later(hass, FIRST_LOOK_S + 1)
    [copy] = (config_folder / f"{STORE_FILE}.copies").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    await memory_of(hass).async_append([heard("Not copied", NOON + 200_000)])
    await in_thread(hass, lambda: delete(config_folder))
    await memory_of(hass).async_append([heard("After", AFTER)])
    await later(hass, 1)
    page = await open_repair(hass)
    assert page["menu_options"] == ["copy", "create"]
    assert (await choose(hass, page, "copy"))["type"] is FlowResultType.CREATE_ENTRY
    assert await asked(hass) == ["After", *many(60)]
    assert copy.exists()


async def test_who_wants_no_copies_has_none(
    hass: HomeAssistant, entry: MockConfigEntry, config_folder: Path
) -> None:
    """Those there are go; the page says how much room they take."""
    await later(hass, FIRST_LOOK_S + 1)
    options = hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "copies"})
    words = form["description_placeholders"]
    assert words is not None
    assert (words["number"], words["size"]) == ("1", "1")
    await options.async_configure(form["flow_id"], {"daily_copies": False})
    await hass.async_block_till_done()
    await later(hass, 2 * FIRST_LOOK_S)
    assert not (config_folder / f"{STORE_FILE}.copies").exists()
