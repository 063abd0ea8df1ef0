"""What is played while the store cannot be written: it waits in memory, and nothing is lost."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.store import outbox
from custom_components.encore.runtime.store.history_service import HistoryService
from custom_components.encore.runtime.store.outbox import ISSUE_STORE_FULL
from custom_components.encore.runtime.store.store_lifecycle import STORE_FILE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .test_history_service import NOON, heard, titles

PAGES = 1 << 30


@pytest.fixture
async def memory(hass: HomeAssistant) -> AsyncGenerator[HistoryService]:
    """Give a memory that is held open."""
    memory = HistoryService(hass)
    async with memory.async_held():
        yield memory


async def pragma(memory: HistoryService, what: str) -> None:
    """Set something of the connection that writes."""
    history = memory._history
    assert history is not None
    job = history._opened.writer.submit(
        lambda connection, _: connection.exec_driver_sql(f"PRAGMA {what}")
    )
    await asyncio.wrap_future(job)


async def limit(memory: HistoryService, pages: int) -> None:
    """Make the disk full, or give it room: SQLite itself refuses pages beyond a number."""
    await pragma(memory, f"max_page_count={pages}")


async def later(hass: HomeAssistant, seconds: float = 301) -> None:
    """Let the time for the next attempt come."""
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=seconds))
    await hass.async_block_till_done(wait_background_tasks=True)


def issue(hass: HomeAssistant, name: str) -> ir.IssueEntry | None:
    """Return an issue that stands."""
    return ir.async_get(hass).async_get_issue(DOMAIN, name)


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged that a person should see."""
    return [
        record.message
        for record in caplog.records
        if record.levelname in {"WARNING", "ERROR"} and DOMAIN in record.name
    ]


def many(number: int) -> list[str]:
    """Return titles that fill some pages."""
    return [f"{place:03} {'long ' * 200}" for place in range(number)]


async def test_a_full_disk_loses_nothing(
    hass: HomeAssistant, memory: HistoryService, caplog: pytest.LogCaptureFixture
) -> None:
    """One error and an issue; questions are answered; all is stored in order once there is room."""
    await memory.async_append([heard()])
    await limit(memory, 1)
    for place, title in enumerate(many(40), 1):
        await memory.async_append([heard(title, NOON + place * 200_000)])
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["Paper Lanterns"]
    full = issue(hass, ISSUE_STORE_FULL)
    assert full is not None
    assert full.translation_placeholders is not None
    assert full.translation_placeholders["reason"] == "database or disk is full"
    await later(hass)
    await later(hass)
    [only] = complaints(caplog)
    assert "cannot be written: database or disk is full" in only
    await limit(memory, PAGES)
    await later(hass)
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
        *reversed(many(40)),
        "Paper Lanterns",
    ]
    assert issue(hass, ISSUE_STORE_FULL) is None
    assert complaints(caplog)[1:] == [
        "The history can be written again: 40 observations that waited are stored, 0 were let go"
    ]


async def test_no_more_wait_than_there_is_room_for(
    hass: HomeAssistant,
    memory: HistoryService,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The oldest are kept: the newest, Spotify can tell again."""
    monkeypatch.setattr(outbox, "MOST_WAITING", 3)
    await limit(memory, 1)
    for place, title in enumerate(many(5)):
        await memory.async_append([heard(title, NOON + place * 200_000)])
    await limit(memory, PAGES)
    await later(hass)
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == many(5)[2::-1]
    assert "2 were let go" in complaints(caplog)[-1]


async def test_what_waits_outlives_a_restart(hass: HomeAssistant) -> None:
    """It is kept beside the store, and stored by the next start."""
    first = HistoryService(hass)
    async with first.async_held():
        await limit(first, 1)
        for place, title in enumerate(many(40)):
            await first.async_append([heard(title, NOON + place * 200_000)])
        assert issue(hass, ISSUE_STORE_FULL) is not None
    assert issue(hass, ISSUE_STORE_FULL) is None
    second = HistoryService(hass)
    async with second.async_held():
        assert await second.async_ask(titles, hidden=NOBODY_HIDDEN) == many(40)[::-1]
    third = HistoryService(hass)
    async with third.async_held():
        assert not third._outbox._waiting


async def test_what_can_never_be_stored_holds_up_nothing(
    hass: HomeAssistant, memory: HistoryService, caplog: pytest.LogCaptureFixture
) -> None:
    """It is left out, and the log does not quote it."""
    wrong = heard("Wrong", NOON)
    object.__setattr__(wrong, "ms_played", -1)
    await memory.async_hold()
    for one in (heard("A", NOON - 400_000), wrong, heard("B", NOON + 400_000)):
        await memory.async_append([one])
    await memory.async_go_on()
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["B", "A"]
    assert "An observation cannot be stored: ValueError" in complaints(caplog)
    assert "Wrong" not in caplog.text


async def test_what_can_never_be_stored_keeps_nothing_beside_it_out(
    memory: HistoryService, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever brings it has nothing to try again."""
    wrong = heard("Wrong", NOON)
    object.__setattr__(wrong, "ms_played", -1)
    right = [heard("A", NOON - 400_000), wrong, heard("B", NOON + 400_000)]
    await memory.async_append(right)
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["B", "A"]
    assert complaints(caplog) == ["An observation cannot be stored: ValueError"]


async def test_a_disk_that_stays_away_is_reported_to_who_asks(
    hass: HomeAssistant, memory: HistoryService, config_folder: Path
) -> None:
    """Until it is back; then all that was played is there."""
    await memory.async_append([heard("Before")])
    away = config_folder / "away"

    def take_away() -> None:
        away.mkdir()
        for file in config_folder.glob(f"{STORE_FILE}*"):
            file.rename(away / file.name)
        (config_folder / STORE_FILE).mkdir()

    def bring_back() -> None:
        (config_folder / STORE_FILE).rmdir()
        for file in away.iterdir():
            file.rename(config_folder / file.name)

    await hass.async_add_executor_job(take_away)
    await memory.async_append([heard("After", NOON + 400_000)])
    await later(hass)
    with pytest.raises(StoreUnavailable):
        await memory.async_ask(titles, hidden=NOBODY_HIDDEN)
    await hass.async_add_executor_job(bring_back)
    await later(hass)
    assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == ["After", "Before"]
