"""Language models and our players: whatever tool they use, they do no more than they are trusted with."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, llm
from homeassistant.setup import async_setup_component
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.api.test_tools import context_of

from .test_devices import PHONE, named, sound

PAUSE = llm.ToolInput("media_player__HassMediaPause", {})


@pytest.fixture
async def playing(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    player: Player,
    tracks: list[Track],
) -> str:
    """Let Alva's player play, exposed to Assist; return its entity."""
    assert await async_setup_component(hass, "homeassistant", {})
    player.play(uris=[tracks[0].uri], device_id=named(player, PHONE))
    await alva.runtime_data.coordinator.async_refresh()
    [entity] = [
        each.entity_id
        for each in er.async_entries_for_config_entry(er.async_get(hass), alva.entry_id)
        if each.domain == "media_player"
    ]
    async_expose_entity(hass, "conversation", entity, True)
    await hass.async_block_till_done()
    state = hass.states.get(entity)
    assert state is not None and state.state == "playing"
    return entity


@pytest.mark.parametrize("api", [llm.LLM_API_ASSIST, [llm.LLM_API_ASSIST, DOMAIN]])
async def test_an_intern_can_not_pause_with_home_assistants_own_tool(
    hass: HomeAssistant,
    playing: str,
    player: Player,
    as_admin: Context,
    api: str | list[str],
) -> None:
    """Whoever speaks through it is an administrator, and the tool is none of ours."""
    instance = await llm.async_get_api(hass, api, context_of(as_admin))
    [pause] = [tool for tool in instance.tools if "HassMediaPause" in tool.name]
    with pytest.raises(HomeAssistantError):
        await instance.async_call_tool(llm.ToolInput(pause.name, {}))
    assert sound(player) == (PHONE, True)


async def test_a_supervised_model_can(
    hass: HomeAssistant, playing: str, player: Player, as_admin: Context
) -> None:
    """When somebody chose so."""
    [history] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.unique_id == "history"
    ]
    options = {**history.options, "trust_language_model": "supervised"}
    hass.config_entries.async_update_entry(history, options=options)
    instance = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context_of(as_admin))
    result = await instance.async_call_tool(PAUSE)
    assert not result.error
    assert sound(player) == (PHONE, False)
