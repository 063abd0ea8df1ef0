"""A house that records, with three linked accounts, and ways to ask its recorder what it has of Encore's."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
import time
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Listener, Observation
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.statistics import statistic_rows
from custom_components.encore.statistics.hourly_statistics import (
    SOON_S,
    async_get_statistics,
)
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.statistics import (
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.setup import async_setup_component
from tests.integration.running import async_act

HOUR_S: Final = 3_600

type Rows = list[tuple[int, Any, Any]]
"""When each began (s), its state and its sum."""


@pytest.fixture(autouse=True)
def encore_enabled(
    async_test_recorder: object,
    enable_custom_integrations: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let Home Assistant find Encore; the recorder's database comes before the home. Time stands still, and so no pause would end."""
    monkeypatch.setattr(statistic_rows, "PAUSE_S", 0)


@dataclass
class Home:
    """The home, and what its recorder has."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    history: MockConfigEntry
    accounts: dict[str, MockConfigEntry]
    administrator: Context

    async def hear(self, *played: Observation) -> None:
        """Let sources say what was heard, and let it be written."""
        await self.store(*played)
        await self.soon()

    async def store(self, *played: Observation) -> None:
        """Let sources say what was heard, and wait for the work that this gives: statistics wait for it too."""
        memory = self.hass.data[DATA_HISTORY]
        await memory.async_append(played)
        while memory.at_work:
            # No timer of the event loop ends while its time stands still.
            await self.hass.async_add_executor_job(time.sleep, 0.01)

    async def soon(self) -> None:
        """Let as much time pass as is left to know who listened."""
        await self.hass.async_block_till_done(wait_background_tasks=True)
        async_fire_time_changed(self.hass)
        await self.followed()
        self.freezer.tick(SOON_S + 1)
        async_fire_time_changed(self.hass)
        await self.followed()

    async def restart(self) -> None:
        """Set up the History entry again; what is to be tidied up at a start comes first."""
        await self.hass.config_entries.async_reload(self.history.entry_id)
        await self.soon()

    async def followed(self) -> None:
        """Wait until what is under way is written."""
        await self.hass.async_block_till_done(wait_background_tasks=True)
        await async_wait_recording_done(self.hass)

    async def follow(self) -> None:
        """Let the statistics follow now."""
        await async_get_statistics(self.hass).async_follow()
        await self.followed()

    async def share(self, name: str, privacy: str) -> None:
        """Choose how a listener shares, as the options do: the account is set up again."""
        entry = self.accounts[name]
        options = {**entry.options, "privacy": privacy}
        self.hass.config_entries.async_update_entry(entry, options=options)
        async_get_statistics(self.hass).async_look_again()
        await self.followed()

    async def names(self) -> dict[str, str]:
        """Return the statistics of Encore with their names, as the dashboards' editors list them."""
        listed = await get_instance(self.hass).async_add_executor_job(
            list_statistic_ids, self.hass
        )
        return {
            str(each["statistic_id"]): str(each["name"])
            for each in listed
            if each["source"] == DOMAIN
        }

    async def rows(self, statistic_id: str) -> Rows:
        """Return when each row begins (s), its state and its sum."""
        found = await self.during(statistic_id, 0, 1 << 31, {"state", "sum"})
        return [(int(row["start"]), row["state"], row["sum"]) for row in found]

    async def changes(self, statistic_id: str) -> dict[int, float]:
        """Return by how much it grew in each hour, by when that began (s)."""
        found = await self.during(statistic_id, 0, 1 << 31, {"change"})
        return {int(row["start"]): row["change"] for row in found}

    async def grew(self, statistic_id: str, start: int, end: int) -> float:
        """Return by how much it grew in a window of whole hours (s), as a graph of changes shows it."""
        found = await self.during(statistic_id, start, end, {"change"})
        return sum((row["change"] for row in found), 0.0)

    async def during(
        self, statistic_id: str, start: int, end: int, types: set[Any]
    ) -> list[Any]:
        """Return the hourly rows of a window (s)."""
        found = await get_instance(self.hass).async_add_executor_job(
            statistics_during_period,
            self.hass,
            datetime.fromtimestamp(start, UTC),
            datetime.fromtimestamp(end, UTC),
            {statistic_id},
            "hour",
            None,
            types,
        )
        return found.get(statistic_id, [])

    async def asked(self, question: str, **values: object) -> dict[str, Any]:
        """Ask a question as an automation of the home does."""
        answer = await self.hass.services.async_call(
            DOMAIN, question, values, blocking=True, return_response=True
        )
        assert answer is not None
        return dict(answer)

    async def tell(self, action: str, **values: object) -> dict[str, Any]:
        """Tell Encore something as an administrator does, and return what it answers."""
        return await async_act(self.hass, action, self.administrator, **values)


def linked(listener: Listener) -> MockConfigEntry:
    """Return the entry of the account of a listener; it is not loaded, as when Spotify is out of reach."""
    account = listener.key.removeprefix("spotify:")
    return MockConfigEntry(
        domain=DOMAIN,
        title=listener.name,
        unique_id=listener.key,
        data={
            "kind": "spotify",
            "account_id": account,
            "display_name": listener.name,
        },
        options={"privacy": "household"},
    )


@pytest.fixture
def who() -> tuple[Listener, ...]:
    """Return whose accounts are linked."""
    return (
        Listener("spotify:alva", "Alva"),
        Listener("spotify:ben", "Ben"),
        Listener("spotify:cleo", "Cleo"),
    )


@pytest.fixture
async def home(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    freezer: FrozenDateTimeFactory,
    who: tuple[Listener, ...],
    hass_admin_user: MockUser,
) -> AsyncGenerator[Home]:
    """Set up the home on a Wednesday at half past two in Berlin."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-07-15T12:30:00+00:00")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    accounts = {each.name.casefold(): linked(each) for each in who}
    for account in accounts.values():
        account.add_to_hass(hass)
        account.mock_state(hass, account.state.SETUP_RETRY)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id="history",
        data={"kind": "history"},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    administrator = Context(user_id=hass_admin_user.id)
    home = Home(hass, freezer, entry, accounts, administrator)
    await home.followed()
    yield home
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
