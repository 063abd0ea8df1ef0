"""Home Assistant's backup holds a history that is whole, whatever is played while it is made."""

import asyncio
from pathlib import Path
import shutil

import pytest

from custom_components.encore.backup import async_post_backup, async_pre_backup
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import Rule
from custom_components.encore.runtime.store import store_lifecycle
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from custom_components.encore.runtime.store.store_lifecycle import STORE_FILE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .test_history_service import NOON, heard, titles


@pytest.fixture
def memory(hass: HomeAssistant) -> HistoryService:
    """Return the house's memory."""
    hass.data[DATA_HISTORY] = HistoryService(hass)
    return hass.data[DATA_HISTORY]


def songs(first: int, after: int) -> list[str]:
    """Return titles by their number."""
    return [f"Song {number:03}" for number in range(first, after)]


async def test_a_copy_made_while_music_plays_is_whole(
    hass: HomeAssistant, memory: HistoryService, config_folder: Path, tmp_path: Path
) -> None:
    """It has what came before; what comes meanwhile waits, and is there afterwards."""

    def copy() -> list[str]:
        aside = tmp_path / "copy"
        aside.mkdir()
        # As the backup does: the log beside it, but not what is shared in memory.
        for name in (STORE_FILE, f"{STORE_FILE}-wal"):
            if (config_folder / name).exists():
                shutil.copy(config_folder / name, aside / name)
        copied = History(f"sqlite:///{aside / STORE_FILE}")
        copied.open()
        try:
            return copied.ask(titles, hidden=NOBODY_HIDDEN).result()
        finally:
            copied.close()

    async def play(first: int, after: int) -> None:
        for number, title in enumerate(songs(first, after), first):
            await memory.async_append([heard(title, NOON + number * 200_000)])
            await asyncio.sleep(0)

    async with memory.async_held():
        await play(0, 20)
        playing = asyncio.create_task(play(20, 60))
        await asyncio.sleep(0)
        await async_pre_backup(hass)
        then = await memory.async_ask(titles, hidden=NOBODY_HIDDEN)
        await playing
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == then
        assert await hass.async_add_executor_job(copy) == then
        assert 20 <= len(then) < 60
        await async_post_backup(hass)
        assert (
            await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == songs(0, 60)[::-1]
        )


async def test_what_is_to_be_forgotten_waits_for_a_backup(
    hass: HomeAssistant, memory: HistoryService
) -> None:
    """It meets no error, and is done when the copy is made."""
    async with memory.async_held():
        await memory.async_append([heard()])
        await async_pre_backup(hass)
        forget = hass.async_create_task(
            memory.async_run(
                lambda history: history.forget(
                    ForgetRequest(Rule(end=2 * NOON), 2 * NOON)
                )
            )
        )
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
            "Paper Lanterns"
        ]
        assert not forget.done()
        await async_post_backup(hass)
        assert (await forget).taken.plays == 1
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == []


async def test_a_store_that_nobody_holds_needs_no_pause(
    hass: HomeAssistant, memory: HistoryService
) -> None:
    """It is closed, and stays so."""
    await async_pre_backup(hass)
    await async_post_backup(hass)
    assert not memory.is_open


async def test_a_backup_waits_for_what_is_being_written_but_not_forever(
    hass: HomeAssistant, memory: HistoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused with words; the history goes on as if nobody had asked."""
    monkeypatch.setattr(store_lifecycle, "HOLD_TIMEOUT_S", 0.01)
    async with memory.async_held():
        history = memory._history
        assert history is not None
        go_on = asyncio.Event()
        loop = asyncio.get_running_loop()

        def busy(_connection: object, _intake: object) -> None:
            asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()

        history._opened.writer.submit(busy)
        with pytest.raises(HomeAssistantError) as refused:
            await async_pre_backup(hass)
        assert refused.value.translation_key == "history_busy"
        go_on.set()
        await memory.async_append([heard()])
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
            "Paper Lanterns"
        ]


async def test_closing_ends_a_pause(
    hass: HomeAssistant, memory: HistoryService
) -> None:
    """What waited is stored first."""
    async with memory.async_held():
        await async_pre_backup(hass)
        await memory.async_append([heard()])
    async with memory.async_held():
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
            "Paper Lanterns"
        ]
    await async_post_backup(hass)
