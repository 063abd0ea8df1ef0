"""The store is opened on first need, held by all who use it, and closed with the last."""

import asyncio
from concurrent.futures import Future
from pathlib import Path
import sqlite3
import threading
from typing import Any

import pytest

from custom_components.encore.history.database.store import Store
from custom_components.encore.history.errors import MigrationFailed, StoreClosed
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Source,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.store.history_service import HistoryService
from custom_components.encore.runtime.store.outbox import WaitingObservations
from custom_components.encore.runtime.store.store_lifecycle import STORE_FILE
from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady

ALVA = Listener("spotify:alva", "Alva")
NOON = 1_790_000_000_000
A_DAY = Window(NOON - 43_200_000, NOON + 43_200_000)


def heard(title: str = "Paper Lanterns", ended_at: int = NOON) -> Observation:
    """Return what a player that was watched said of three minutes of music."""
    return Observation(
        source=Source.LIVE,
        listener=ALVA,
        item=Item(
            uri=f"spotify:track:{title.replace(' ', ''):0<22}",
            kind=Kind.TRACK,
            title=title,
            artists=("The Quiet Harbour",),
            album="Low Tide",
            duration_ms=180_000,
        ),
        started_at=ended_at - 180_000,
        ended_at=ended_at,
        ms_played=180_000,
    )


def titles(queries: HistoryQueries) -> list[str]:
    """Ask for the titles of a day."""
    return [play.item.title for play in queries.plays(A_DAY)]


async def test_what_was_appended_is_remembered(hass: HomeAssistant) -> None:
    """An observation becomes a play that questions see, and is still there after reopening."""
    memory = HistoryService(hass)
    async with memory.async_held():
        appended = await memory.async_append([heard()])
        assert (appended.stored, appended.plays_new) == (1, 1)
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
            "Paper Lanterns"
        ]
    assert not memory.is_open
    async with memory.async_held():
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == [
            "Paper Lanterns"
        ]


async def test_the_store_outlives_all_holders_but_the_last(hass: HomeAssistant) -> None:
    """Entries set up concurrently and in no order; whoever goes last closes."""
    memory = HistoryService(hass)
    await asyncio.gather(*(memory.async_acquire() for _ in range(3)))
    await memory.async_release()
    await memory.async_release()
    assert memory.is_open
    await memory.async_release()
    assert not memory.is_open


async def test_an_opening_that_nobody_waits_for_leaves_nothing_open(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread cannot be stopped, so what it opened is closed; Home Assistant stops and cancels all that it knows of."""
    begun, go_on = threading.Event(), threading.Event()
    opened: list[History] = []
    open_history = History.open

    def held_up(history: History, **how: bool) -> None:
        begun.set()
        go_on.wait()
        open_history(history, **how)
        opened.append(history)

    monkeypatch.setattr(History, "open", held_up)
    memory = HistoryService(hass)
    opening = asyncio.create_task(memory.async_acquire())
    await hass.async_add_executor_job(begun.wait)
    for each in (opening, *hass._background_tasks):
        each.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert not memory.is_open
    with pytest.raises(StoreClosed):
        opened[0].ask(titles, hidden=NOBODY_HIDDEN)


async def test_a_holder_who_is_cancelled_lets_go_all_the_same(
    hass: HomeAssistant,
) -> None:
    """Else the store would stay open for good."""
    memory = HistoryService(hass)
    await memory.async_acquire()
    async with memory._opening:
        leaving = asyncio.create_task(memory.async_release())
        opening = asyncio.create_task(memory.async_acquire())
        await asyncio.sleep(0)
        leaving.cancel()
        opening.cancel()
        await asyncio.wait((leaving, opening))
    assert leaving.cancelled()
    await hass.async_block_till_done()
    assert not memory.is_open


async def test_a_store_whose_waiting_plays_cannot_be_read_is_not_left_open(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody holds it, so nobody would close it."""
    memory = HistoryService(hass)

    async def unreadable(*_: object) -> None:
        raise OSError("no such disk")

    monkeypatch.setattr(WaitingObservations, "async_load", unreadable)
    with pytest.raises(OSError, match="no such disk"):
        await memory.async_acquire()
    assert not memory.is_open


async def test_home_assistant_closes_the_store_when_it_ends(
    hass: HomeAssistant,
) -> None:
    """Entries are not unloaded when Home Assistant stops, so the memory sees to it itself."""
    memory = HistoryService(hass)
    await memory.async_acquire()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_CLOSE)
    await hass.async_block_till_done()
    assert not memory.is_open


async def test_home_assistant_does_not_end_before_a_store_that_is_being_closed(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the one who waited for it was cancelled."""
    memory = HistoryService(hass)
    await memory.async_acquire()
    begun, go_on, closed = threading.Event(), threading.Event(), threading.Event()
    close = History.close

    def held_up(history: History) -> None:
        begun.set()
        go_on.wait()
        close(history)
        closed.set()

    monkeypatch.setattr(History, "close", held_up)
    known = {*hass._tasks}
    leaving = asyncio.create_task(memory.async_release())
    await hass.async_add_executor_job(begun.wait)
    for each in {*hass._tasks} - known:
        each.cancel("Home Assistant is stopping")
    await asyncio.wait((leaving,))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_CLOSE)
    hass.loop.call_later(0.05, go_on.set)
    await hass.async_block_till_done()
    assert closed.is_set()


async def test_a_store_is_closed_though_home_assistant_stops_waiting_for_it(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is under way when it stops is cancelled, before a thread may have begun with it."""
    memory = HistoryService(hass)
    await memory.async_acquire()
    closed, close = threading.Event(), History.close

    def closing(history: History) -> None:
        close(history)
        closed.set()

    monkeypatch.setattr(History, "close", closing)
    go_on = threading.Event()
    # No thread of Home Assistant's is free. It has 64; as many do not always end in time on a busy machine.
    executor = hass.loop._default_executor  # type: ignore[attr-defined]
    monkeypatch.setattr(executor, "_max_workers", len(executor._threads))
    busy = [
        hass.loop.run_in_executor(None, go_on.wait)
        for _ in range(len(executor._threads))
    ]
    known = asyncio.all_tasks()
    releasing = hass.async_create_task(memory.async_release())
    await asyncio.sleep(0.01)
    for task in {*(asyncio.all_tasks() - known), *hass._tasks}:
        task.cancel("Home Assistant is stopping")
    await asyncio.wait([releasing])
    go_on.set()
    await asyncio.wait(busy)
    assert await hass.loop.run_in_executor(None, closed.wait, 10)


async def test_a_store_of_a_newer_encore_is_left_alone(
    hass: HomeAssistant, config_folder: Path
) -> None:
    """Going back a version must not destroy what the newer one wrote."""
    memory = HistoryService(hass)
    async with memory.async_held():
        await memory.async_append([heard()])
    store = sqlite3.connect(config_folder / STORE_FILE)
    with store:
        store.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    store.close()
    with pytest.raises(ConfigEntryError) as refused:
        await memory.async_acquire()
    assert refused.value.translation_key == "store_too_new"
    assert not memory.is_open


async def test_a_step_that_fails_is_reported_with_what_it_met(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Trying again by itself would meet the same; the log has what a bug report needs."""

    def fail(store: Store, **_how: bool) -> None:
        raise MigrationFailed(7) from RuntimeError("a table is not as expected")

    monkeypatch.setattr(Store, "open", fail)
    with pytest.raises(ConfigEntryError) as refused:
        await HistoryService(hass).async_acquire()
    assert refused.value.translation_key == "store_not_migrated"
    assert refused.value.translation_placeholders == {"version": "7"}
    assert "a table is not as expected" in caplog.text


async def test_a_store_that_cannot_be_reached_is_tried_again(
    hass: HomeAssistant, config_folder: Path
) -> None:
    """A folder in its place stands for a disk that is away."""
    (config_folder / STORE_FILE).mkdir()
    memory = HistoryService(hass)
    with pytest.raises(ConfigEntryNotReady) as refused:
        await memory.async_acquire()
    assert refused.value.translation_key == "store_unavailable"
    (config_folder / STORE_FILE).rmdir()
    async with memory.async_held():
        assert await memory.async_ask(titles, hidden=NOBODY_HIDDEN) == []


async def test_all_that_work_reports_comes_before_its_result(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its thread is done before anybody waits for it."""
    memory = HistoryService(hass)
    reported: list[tuple[int, int]] = []
    wrap = asyncio.wrap_future

    def once_done(work: Future[Any]) -> asyncio.Future[Any]:
        work.exception(timeout=30)
        return wrap(work)

    async with memory.async_held():
        await memory.async_append([heard()])
        with monkeypatch.context() as hurried:
            hurried.setattr(asyncio, "wrap_future", once_done)
            report = memory.in_loop(lambda done, total: reported.append((done, total)))
            await memory.async_run(
                lambda history: history.rebuild(progress=report), threading.Event()
            )
            assert reported[-1] == (1, 1)
