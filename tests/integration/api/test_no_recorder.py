"""A house whose recorder is switched off has no statistics, and lacks nothing else."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.statistics.hourly_statistics import (
    SOON_S,
    async_get_statistics,
)
from homeassistant.core import Context, HomeAssistant
from tests.integration.running import async_act as act
from tests.unit.questions.house import BEN, EMBER, heard


async def test_nothing_fails_without_a_recorder(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    freezer: FrozenDateTimeFactory,
    as_alva: Context,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Plays are stored and told of, hours pass, accounts stop sharing."""
    assert "recorder" not in hass.config.components
    await hass.data[DATA_HISTORY].async_append([heard(BEN, EMBER, "2026-07-15 14:20")])
    for wait in (SOON_S + 1, 3_600):
        freezer.tick(timedelta(seconds=wait))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    options = {**accounts["ben"].options, "privacy": "private"}
    hass.config_entries.async_update_entry(accounts["ben"], options=options)
    async_get_statistics(hass).async_look_again()
    await hass.async_block_till_done(wait_background_tasks=True)
    answer = await act(hass, "get_plays", as_alva, time_range="this_week")
    assert answer["total"]["play_count"] > 0
    reported = (await act(hass, "get_jobs", as_alva))["jobs"]
    assert not [job for job in reported if job["kind"] == "statistics"]
    errors = [each for each in caplog.records if each.levelname == "ERROR"]
    assert not [each.getMessage() for each in errors]
