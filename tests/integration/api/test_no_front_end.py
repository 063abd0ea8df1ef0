"""A house without a front end, such as one that is only spoken to."""

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .test_history_options import choose


async def test_a_home_without_a_front_end_goes_without_panel_and_cards(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Nothing fails, whoever is to have the panel, and whenever the history is loaded again."""
    assert "frontend" not in hass.config.components
    for chosen in ("administrators", "nobody", "everyone"):
        await choose(hass, house, "shown", {"panel": chosen})
        assert house.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(house.entry_id)
