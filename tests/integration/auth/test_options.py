"""The options of an account."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from tests.integration.auth.conftest import Link


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, set up."""
    entry = await link("alva", "history")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def test_a_person_and_what_is_recorded_can_be_chosen(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """The choices are kept, and the account is set up anew with them."""
    loaded = entry.runtime_data
    form = await hass.config_entries.options.async_init(entry.entry_id)
    assert form["type"] == "form"
    chosen = {
        "person": "person.alva",
        "privacy": "household",
        "shared_with": [],
        "satellites": ["assist_satellite.study"],
        "record": True,
        "record_private": True,
        "backfill": False,
        "daily_calls": 100,
        "responsiveness": "live",
        "top_window": "this_month",
    }
    await hass.config_entries.options.async_configure(form["flow_id"], chosen)
    await hass.async_block_till_done()
    assert dict(entry.options) == chosen
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data is not loaded


async def test_everything_is_recorded_by_default(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """The page as it is first shown can be sent as it is."""
    form = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(form["flow_id"], {})
    await hass.async_block_till_done()
    assert dict(entry.options) == {
        "privacy": "household",
        "shared_with": [],
        "satellites": [],
        "record": True,
        "record_private": False,
        "backfill": True,
        "daily_calls": 0,
        "responsiveness": "balanced",
        "top_window": "this_week",
    }


async def test_a_person_can_be_taken_back(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """An emptied field leaves no person behind."""
    for chosen in ({"person": "person.alva"}, {}):
        form = await hass.config_entries.options.async_init(entry.entry_id)
        await hass.config_entries.options.async_configure(
            form["flow_id"], {"record": True, "backfill": True, **chosen}
        )
        await hass.async_block_till_done()
        assert entry.options.get("person") == chosen.get("person")
