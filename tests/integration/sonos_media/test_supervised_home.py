"""A running house in which everything that works by itself fails once: each comes back, and every entry unloads."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.listeners.enrichment import async_get_enrichment
from custom_components.encore.runtime import supervision
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.sonos.household import Household
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator
from tests.integration.settling import until_set_up
from tests.integration.sonos.conftest import KITCHEN, state_of, until

LONG_LIVED = {
    "encore: the Sonos speaker Kitchen",
    "encore: the Sonos speaker Bedroom",
    "encore: the Sonos speaker Living Room",
    "encore: the groups of a Sonos household",
}
"""What never ends by itself. All else is planned by a timer, one turn after another."""


class OutOfNowhere(Exception):
    """What nobody foresaw."""


def running() -> dict[str, asyncio.Task[Any]]:
    """Return the tasks of Encore that wait for something, by name."""
    return {
        task.get_name(): task
        for task in asyncio.all_tasks()
        if "custom_components/encore" in getattr(task.get_coro(), "cr_code").co_filename  # noqa: B009
    }


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what fails begin again at once."""
    monkeypatch.setattr(supervision, "FIRST_RETRY_S", 0.01)


def fail_once(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> Callable[[], bool]:
    """Let a method raise once, and return a way to tell whether it was called again."""
    real = getattr(owner, name)
    calls: list[bool] = []

    async def failing(*args: Any, **more: Any) -> Any:
        if not calls:
            calls.append(False)
            raise OutOfNowhere
        calls.append(True)
        return await real(*args, **more)

    monkeypatch.setattr(owner, name, failing)
    return lambda: any(calls)


async def test_everything_that_works_by_itself_comes_back(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    alva: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Loops, and turns that plan the next; what failed is logged with one traceback for each kind."""
    await until_set_up(hass)
    await until(
        lambda: (
            {name for name in running() if name.startswith("encore: ")} == LONG_LIVED
        )
    )
    keepers = [running()[name] for name in LONG_LIVED]
    for keeper in keepers:
        # As if what it waits for had raised.
        keeper._fut_waiter.set_exception(OutOfNowhere())  # type: ignore[attr-defined]
    await until(lambda: "OutOfNowhere" in caplog.text)
    assert not any(keeper.done() for keeper in keepers)
    sonos.press("Kitchen", "volume", volume=66)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.66)
    await until(lambda: running().keys() >= LONG_LIVED)

    account, memory = alva.runtime_data, hass.data[DATA_HISTORY]
    enrichment, waiting = async_get_enrichment(hass), memory._outbox
    # Its first fetch is long.
    await until(lambda: account.collector._polls._next.is_planned, 30)
    turns: list[tuple[object, str, Callable[[], object]]] = [
        (account.library, "async_refresh", account.library._due),
        (account.collector._polls, "_async_fetch", account.collector._polls.poll),
        (enrichment, "_async_look_up", enrichment._due),
        (household.alarms, "async_read", household.alarms.async_look),
    ]
    for owner, name, begin in turns:
        came_back = fail_once(monkeypatch, owner, name)
        begin()
        await until(came_back)
    await until(lambda: account.library._next.is_planned)
    await until(lambda: account.collector._polls._next.is_planned)
    await until(lambda: enrichment._next.is_planned)

    # What waits for a store that was lost is tried again, whatever its opening raises.
    monkeypatch.setattr(
        "custom_components.encore.runtime.store.outbox.RETRY_FIRST_S", 0.01
    )
    came_back = fail_once(monkeypatch, waiting, "_reopen")
    waiting.failed(StoreUnavailable("away"))
    await until(lambda: came_back() and not waiting.wait)

    kinds = [one for one in caplog.records if one.exc_info and "unforeseen" in one.message]  # fmt: skip
    assert len(kinds) == 3, "two kinds of waiting, and `failing`"
    entries = hass.config_entries.async_entries(DOMAIN)
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)
    assert {entry.state for entry in entries} == {ConfigEntryState.NOT_LOADED}
    assert not [name for name in running() if name in LONG_LIVED]
