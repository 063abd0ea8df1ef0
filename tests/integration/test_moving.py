"""A person moves the history into another database, by reconfiguring its entry."""

import asyncio
from collections.abc import Callable
from pathlib import Path
import threading
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import create_engine, text

from custom_components.encore.backup import async_post_backup, async_pre_backup
from custom_components.encore.const import (
    CONF_DB_URL,
    CONF_KIND,
    CONF_STORE_MADE,
    DOMAIN,
    KIND_HISTORY,
)
from custom_components.encore.diagnostics import async_get_config_entry_diagnostics
from custom_components.encore.history.database.size import MEGABYTE, in_whole_megabytes
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.errors import StoreBusy
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import Rule
from custom_components.encore.history.recovery import store_move
from custom_components.encore.runtime.error_translation import translated_errors
from custom_components.encore.runtime.store import store_lifecycle
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from custom_components.encore.runtime.store.store_lifecycle import STORE_FILE
from custom_components.encore.runtime.store.store_opening import (
    POSTGRESQL_DRIVER,
    DriverMissing,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import package

from .test_history_service import NOON, heard, titles

LATER = heard("Later", NOON + 400_000)


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
    assert await hass.config_entries.async_setup(entry.entry_id)
    await memory_of(hass).async_append([heard()])
    return entry


def memory_of(hass: HomeAssistant) -> HistoryService:
    """Return the house's memory."""
    return hass.data[DATA_HISTORY]


def without_driver(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have no driver, and nothing from which to install it; return what was tried."""
    tried: list[str] = []

    def fails(requirement: str, **_: Any) -> bool:
        tried.append(requirement)
        return False

    monkeypatch.setattr(package, "is_installed", lambda _: False)
    monkeypatch.setattr(package, "install_package", fails)
    return tried


async def reconfigured(
    hass: HomeAssistant, entry: MockConfigEntry, **asked: Any
) -> Any:
    """Fill in the page, and return what comes after the move."""
    page = await entry.start_reconfigure_flow(hass)
    assert (page["type"], page["step_id"]) == (FlowResultType.FORM, "store")
    configure = hass.config_entries.flow.async_configure
    result = await configure(page["flow_id"], {"copy": True, **asked})
    while result["type"] in {
        FlowResultType.SHOW_PROGRESS,
        FlowResultType.SHOW_PROGRESS_DONE,
    }:
        await hass.async_block_till_done()
        result = await configure(page["flow_id"])
    await hass.async_block_till_done()
    return result


async def test_diagnostics_tell_the_size_of_the_store_that_is_used(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    config_folder: Path,
    hass_client: ClientSessionGenerator,
) -> None:
    """Neither that of the file it moved from, nor nothing at all once that file is gone."""
    assert await async_setup_component(hass, "diagnostics", {})
    await reconfigured(hass, entry, db_url=new_store())
    size = await memory_of(hass).async_look_up(lambda queries: queries.store_bytes())
    client = await hass_client()
    stale = config_folder / STORE_FILE

    def grow() -> None:
        stale.write_bytes(bytes(3 * size + 40 * MEGABYTE))

    for change in (grow, stale.unlink):
        await hass.async_add_executor_job(change)
        url = f"/api/diagnostics/config_entry/{entry.entry_id}"
        response = await client.get(url)
        assert response.status == 200
        told = (await response.json())["data"]["history"]
        # PostgreSQL may have written something in between.
        after = await memory_of(hass).async_look_up(
            lambda queries: queries.store_bytes()
        )
        assert told["bytes"] in {in_whole_megabytes(each) for each in (size, after)}
        assert told["listeners"] == 1


async def test_the_history_moves_and_comes_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    config_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With all that is in it, while the house goes on; also over a restart, and no password is told."""
    memory = memory_of(hass)
    url = new_store()
    result = await reconfigured(hass, entry, db_url=url)
    assert (result["type"], result["reason"]) == ("abort", "store_moved")
    assert entry.data[CONF_DB_URL] == url
    await memory.async_append([LATER])
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]
    fresh = HistoryService(hass)
    assert fresh.url == url
    await hass.config_entries.async_reload(entry.entry_id)
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert url not in str(told)
    # The file from before is another history now.
    result = await reconfigured(hass, entry)
    assert result["errors"] == {"base": "store_taken"}
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]
    hass.config_entries.flow.async_abort(result["flow_id"])
    result = await reconfigured(hass, entry, copy=False)
    assert result["reason"] == "store_moved"
    assert CONF_DB_URL not in entry.data
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["Paper Lanterns"]
    assert memory.url.endswith(str(config_folder / STORE_FILE))
    if url.startswith("postgresql"):
        password = url.split(":")[2].split("@")[0]
        assert password not in caplog.text


async def test_a_history_of_a_newer_encore_is_not_moved_to(
    hass: HomeAssistant, entry: MockConfigEntry, new_store: Callable[[], str]
) -> None:
    """It is said, nothing there is touched, and the house goes on where it is."""
    url = new_store()

    def newer() -> None:
        history = History(url)
        history.open()
        history.close()
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
            )
        engine.dispose()

    await hass.async_add_executor_job(newer)
    for copy in (True, False):
        result = await reconfigured(hass, entry, db_url=url, copy=copy)
        assert result["errors"] == {"base": "store_of_newer_encore"}
        hass.config_entries.flow.async_abort(result["flow_id"])
    assert CONF_DB_URL not in entry.data
    assert await memory_of(hass).async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Paper Lanterns"
    ]


async def test_a_move_waits_for_work_that_is_all_but_over(
    hass: HomeAssistant, entry: MockConfigEntry, new_store: Callable[[], str]
) -> None:
    """Such as what a start takes up, of which the person knows nothing."""
    history = memory_of(hass)._history
    assert history is not None
    go_on = threading.Event()
    work = history._opened.background.submit(lambda _: go_on.wait(60))
    hass.loop.call_later(0.1, go_on.set)
    result = await reconfigured(hass, entry, db_url=new_store())
    assert result["reason"] == "store_moved"
    assert work.result(0)


async def test_long_work_is_not_cut_short_by_a_move(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page says so, the work goes on; once it is over, the history moves."""
    monkeypatch.setattr(store_lifecycle, "REST_TIMEOUT_S", 0.01)
    memory = memory_of(hass)
    history = memory._history
    assert history is not None
    go_on = threading.Event()
    work = history._opened.background.submit(lambda _: go_on.wait(60))
    result = await reconfigured(hass, entry, db_url=new_store())
    assert result["errors"] == {"base": "store_busy"}
    assert entry.data == {CONF_KIND: KIND_HISTORY, CONF_STORE_MADE: True}
    hass.config_entries.flow.async_abort(result["flow_id"])
    go_on.set()
    assert await asyncio.wrap_future(work)
    await memory.async_append([LATER])
    result = await reconfigured(hass, entry, db_url=new_store())
    assert result["reason"] == "store_moved"
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]


async def test_nothing_is_written_to_a_store_that_is_being_left(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who wants to forget or import meanwhile is told to come again; what is played waits."""
    memory = memory_of(hass)
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    copy = store_move.copy

    def slowly(source: str, target: str) -> int:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(60)
        return copy(source, target)

    monkeypatch.setattr(store_move, "copy", slowly)
    move = hass.async_create_task(memory.async_move(new_store(), copy=True))
    await begun.wait()
    with pytest.raises(HomeAssistantError) as refused, translated_errors():
        await memory.async_run(
            lambda history: history.forget(
                ForgetRequest(Rule(artist="Ilse Vann"), NOON)
            )
        )
    assert refused.value.translation_key == "history_moving"
    with pytest.raises(StoreBusy):
        await memory.async_move(new_store(), copy=True)
    await memory.async_append([LATER])
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["Paper Lanterns"]
    go_on.set()
    await move
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("mysql://host/name", "not_a_db_url"),
        ("nonsense", "not_a_db_url"),
        ("sqlite:////nowhere/at/all/encore.db", "store_refused"),
        ("postgresql://encore:s3cret@127.0.0.1:9/encore", "store_refused"),
    ],
)
async def test_what_cannot_be_reached_changes_nothing(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    url: str,
    error: str,
) -> None:
    """The page says why, without the password; the history goes on where it is."""
    result = await reconfigured(hass, entry, db_url=url)
    assert result["errors"] == {"base": error}
    assert "s3cret" not in str(result["description_placeholders"]) + caplog.text
    assert entry.data == {CONF_KIND: KIND_HISTORY, CONF_STORE_MADE: True}
    await memory_of(hass).async_append([LATER])
    assert await memory_of(hass).async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]


async def test_a_driver_that_cannot_be_installed_is_named(
    hass: HomeAssistant, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so, and tries again when it is submitted again; the history stays where it is."""
    without_driver(monkeypatch)
    url = "postgresql://encore:s3cret@127.0.0.1:9/encore"
    result = await reconfigured(hass, entry, db_url=url)
    assert result["errors"] == {"base": "driver_missing"}
    assert result["description_placeholders"]["reason"] == POSTGRESQL_DRIVER
    assert CONF_DB_URL not in entry.data
    monkeypatch.undo()
    result = await reconfigured(hass, entry, db_url=url)
    assert result["errors"] == {"base": "store_refused"}


@pytest.mark.parametrize("copy", [True, False])
async def test_only_a_copy_needs_the_driver_of_what_is_left(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    copy: bool,
) -> None:
    """A history in PostgreSQL whose driver is gone can be left, but not read."""
    tried = without_driver(monkeypatch)
    memory = memory_of(hass)
    monkeypatch.setattr(memory, "_moved_to", "postgresql://encore@127.0.0.1:9/encore")
    move = memory.async_move(f"sqlite:///{tmp_path}/new.db", copy=copy)
    if not copy:
        await move
        assert tried == []
        return
    with pytest.raises(DriverMissing):
        await move
    assert memory.url.startswith("postgresql:")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://encore@127.0.0.1:9/encore", [POSTGRESQL_DRIVER]),
        ("sqlite:///{folder}/encore.db", []),
    ],
)
async def test_only_postgresql_asks_for_a_driver(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    url: str,
    wanted: list[str],
) -> None:
    """An entry whose history is in PostgreSQL is tried again later and says why; SQLite installs nothing."""
    installed = without_driver(monkeypatch)
    entry = MockConfigEntry(
        domain=DOMAIN,
        unique_id=KIND_HISTORY,
        data={CONF_KIND: KIND_HISTORY, CONF_DB_URL: url.format(folder=tmp_path)},
    )
    entry.add_to_hass(hass)
    assert await async_setup_component(hass, "homeassistant", {})
    assert await hass.config_entries.async_setup(entry.entry_id) is not bool(wanted)
    assert sorted(set(installed)) == wanted
    assert entry.error_reason_translation_key == ("driver_missing" if wanted else None)


@pytest.mark.parametrize("closed", [True, False])
async def test_a_page_that_nobody_looks_at_moves_all_the_same(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    closed: bool,
) -> None:
    """Whether it was closed or its browser is gone: after a restart the history is where it moved to."""
    memory, url = memory_of(hass), new_store()
    begun, go_on = slow_copies(monkeypatch)
    page = await entry.start_reconfigure_flow(hass)
    flow = hass.config_entries.flow
    shown = await flow.async_configure(page["flow_id"], {"copy": True, "db_url": url})
    assert shown["type"] is FlowResultType.SHOW_PROGRESS
    await begun.wait()
    if closed:
        flow.async_abort(page["flow_id"])
    go_on.set()
    await hass.async_block_till_done()
    assert entry.data[CONF_DB_URL] == memory.url == url
    await memory.async_append([LATER])
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]


async def test_a_backup_does_not_begin_within_a_move(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    new_store: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is refused; and its end does not let anything be written to the store that is being left."""
    memory = memory_of(hass)
    begun, go_on = slow_copies(monkeypatch)
    moved = hass.async_create_task(memory.async_move(new_store(), copy=True))
    await begun.wait()
    with pytest.raises(HomeAssistantError) as refused:
        await async_pre_backup(hass)
    assert refused.value.translation_key == "history_busy"
    await async_post_backup(hass)
    await memory.async_append([LATER])
    go_on.set()
    await moved
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        "Later",
        "Paper Lanterns",
    ]


def slow_copies(
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[asyncio.Event, threading.Event]:
    """Have histories copied slowly; returns what says that one was, and what lets it end."""
    copied, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    copy = store_move.copy

    def slowly(source: str, target: str) -> int:
        rows = copy(source, target)
        loop.call_soon_threadsafe(copied.set)
        assert go_on.wait(60)
        return rows

    monkeypatch.setattr(store_move, "copy", slowly)
    return copied, go_on
