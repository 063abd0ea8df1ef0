"""The options of the History entry."""

from collections.abc import Mapping
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.settings.options import USUAL_LOOKUPS_A_DAY, import_limits
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.budget.rate_limit import USUAL_A_MINUTE
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

MIB = 1024**2


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, page: str, chosen: Mapping[str, Any]
) -> None:
    """Choose something on a page of the options."""
    options = hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    assert menu["type"] == "menu"
    form = await options.async_configure(menu["flow_id"], {"next_step_id": page})
    assert form["type"] == "form"
    done = await options.async_configure(form["flow_id"], dict(chosen))
    assert done["type"] == "create_entry"
    await hass.async_block_till_done()


async def test_a_home_accepts_the_usual_exports_by_default(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Without a choice, and with the page sent as it is shown, the limits are the usual ones."""
    assert import_limits(hass) == Limits()
    await choose(hass, house, "imports", {})
    assert import_limits(hass) == Limits()


async def test_the_limits_of_an_import_can_be_chosen(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """What is chosen on one page leaves what other pages chose, and the entry is loaded again."""
    hass.config_entries.async_update_entry(house, options={"elsewhere": 1})
    chosen = {
        "import_zip_mib": 64,
        "import_rows": 20_000,
        "import_inflation": 50,
        "import_depth": 3,
    }
    await choose(hass, house, "imports", chosen)
    assert import_limits(hass) == Limits(64 * MIB, rows=20_000, inflation=50, depth=3)
    assert house.options["elsewhere"] == 1
    assert house.state is ConfigEntryState.LOADED


async def test_spotify_is_called_at_most_180_times_a_minute_by_default(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """The page sent as it is shown is what holds without a choice, and what is chosen is kept."""
    await choose(hass, house, "calls", {})
    assert house.options["calls_per_minute"] == USUAL_A_MINUTE == 180
    assert house.options["calls_per_day"] == 0
    assert house.options["metadata_calls_per_day"] == USUAL_LOOKUPS_A_DAY == 100
    await choose(hass, house, "calls", {"calls_per_minute": 60, "calls_per_day": 900})
    assert house.options["calls_per_minute"] == 60
    assert (await async_get_budget(hass)).calls_a_day == 900
