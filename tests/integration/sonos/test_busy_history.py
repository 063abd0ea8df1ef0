"""Entities are there before the history answers what they show, however busy it is."""

import asyncio
from typing import Any

import pytest

from custom_components.encore.const import CONF_KIND, DOMAIN
from custom_components.encore.entities.entity_platforms import (
    PLATFORMS,
    async_load_platforms,
)
from custom_components.encore.runtime.store.history_service import HistoryService
from custom_components.encore.setup import entries
from custom_components.encore.sonos.household import Household
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator.spotify import SpotifySimulator
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)

from .conftest import until

PATIENCE_S = 10
"""As long as Home Assistant waits before it says that a platform takes too long."""

NOTHING = (STATE_UNKNOWN, STATE_UNAVAILABLE)
OF_NOTHING = ("_last_play", "_sleep_timer_end", "_top_artist_this_week")
"""What the names of sensors end with that show nothing where nothing was heard and no timer is set."""

type States = dict[str, str]
"""What entities show, by their ids."""


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> dict[str, States]:
    """Let the history answer nothing while entities are set up; return what they show then, by the kind of entry."""
    shown: dict[str, States] = {}
    answers = asyncio.Event()
    answers.set()
    ask = HistoryService.async_ask

    async def later(self: HistoryService, *values: Any, **more: Any) -> Any:
        await answers.wait()
        return await ask(self, *values, **more)

    async def load(hass: HomeAssistant, entry: ConfigEntry) -> None:
        answers.clear()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await async_load_platforms(hass, entry)
            shown[entry.data[CONF_KIND]] = states_of(hass, entry)
        finally:
            answers.set()

    monkeypatch.setattr(HistoryService, "async_ask", later)
    monkeypatch.setattr(entries, "async_load_platforms", load)
    return shown


def states_of(hass: HomeAssistant, entry: ConfigEntry) -> States:
    """Return what the enabled entities of an entry show."""
    registry = er.async_get(hass)
    return {
        entity.entity_id: state.state if (state := hass.states.get(entity.entity_id)) else ""
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        if entity.disabled_by is None
    }  # fmt: skip


async def test_entities_are_there_before_their_answers(
    hass: HomeAssistant,
    household: Household,
    spotify: SpotifySimulator,
    link: Link,  # noqa: F811 - a fixture
    busy: dict[str, States],
) -> None:
    """Of all platforms, of an account, the history and a household; what they show comes after, by itself."""
    account = await link("alva")
    assert await hass.config_entries.async_setup(account.entry_id)
    every = {entry.data[CONF_KIND]: entry for entry in hass.config_entries.async_entries(DOMAIN)}  # fmt: skip
    for kind in ("history", "sonos"):
        assert await hass.config_entries.async_reload(every[kind].entry_id)
    for kind, entry in every.items():
        assert entry.state is ConfigEntryState.LOADED
        assert "" not in busy[kind].values(), busy[kind]
        there = {entity_id.partition(".")[0] for entity_id in busy[kind]}
        assert {str(each) for each in PLATFORMS[kind]} - there <= {"binary_sensor"}
    unknown = [
        entity_id
        for states in busy.values()
        for entity_id, state in states.items()
        if state == STATE_UNKNOWN and entity_id.startswith("sensor.")
    ]
    assert len(unknown) > 10

    def answered() -> bool:
        states = [hass.states.get(entity_id) for entity_id in unknown]
        silent = [each for each in states if each and each.state in NOTHING]
        return all(each.entity_id.endswith(OF_NOTHING) for each in silent)

    await until(answered)
