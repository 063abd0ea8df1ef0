"""What can be attached to a bug report tells how speakers are heard, and no name or address."""

import json

from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.encore.diagnostics import async_get_config_entry_diagnostics
from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator

from .conftest import NETWORK, PLACES, AddHousehold, until


async def test_diagnostics_name_nobody(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Neither rooms, addresses nor what plays."""
    sonos.press("Kitchen", "play")
    await until(lambda: household.zones[sonos.speaker("Kitchen").uid].is_playing)
    reported = await async_get_config_entry_diagnostics(hass, household.entry)
    playing = [one for one in reported["speakers"] if one["transport"] == "playing"]
    assert [one["source"] for one in playing] == ["library"]
    assert {one["link"] for one in reported["speakers"]} == {"pushed"}
    text = json.dumps(reported)
    for secret in (
        household.id,
        "Song 1",
        *(place.name for place in PLACES),
        *(place.address for place in PLACES),
        *household.zones,
    ):
        assert secret not in text


async def test_a_household_that_is_not_loaded_has_diagnostics_too(
    hass: HomeAssistant, add_household: AddHousehold
) -> None:
    """It is when they are wanted most."""
    entry = await add_household(f"{NETWORK}.55")
    reported = await async_get_config_entry_diagnostics(hass, entry)
    assert reported["state"] == "setup_retry"
    assert reported["speakers"] is None


async def test_system_information_counts_speakers(
    hass: HomeAssistant, household: Household
) -> None:
    """By how they are heard."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, "encore")
    assert info["sonos_speakers"] == "3 pushed"
