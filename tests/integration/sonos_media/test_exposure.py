"""What is hidden from assistants stays out of their reach, by voice and by language models; automations reach it all the same."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.access.policy import (
    AccessLevel,
    Caller,
    CallerKind,
    Interface,
)
from custom_components.encore.commands.errors import (
    NoPlayerThere,
    NoSonosRoom,
    NotExposed,
    UnknownConnectDevice,
)
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.sonos.household import Household
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.running import async_command
from tests.integration.sonos.conftest import BEDROOM, KITCHEN

from .conftest import on

ASSISTS = (Interface.SENTENCE, Interface.INTENT, Interface.TOOL)


async def command(
    hass: HomeAssistant,
    key: str,
    door: Interface = Interface.SENTENCE,
    **values: object,
) -> dict[str, Any]:
    """Command something as somebody who may, through a door."""
    caller = Caller(Context(), AccessLevel.SUPERVISED, CallerKind.SATELLITE, door)
    query_context = async_query_context(hass, caller)
    return dict((await async_command(hass, key, values, query_context, caller)).data)


@pytest.fixture
async def hidden(
    hass: HomeAssistant, household: Household, alva: MockConfigEntry
) -> None:
    """Hide the kitchen and Alva's player from assistants."""
    assert await async_setup_component(hass, "homeassistant", {})
    for entity_id in (KITCHEN, _player_of(hass, alva)):
        async_expose_entity(hass, "conversation", entity_id, False)


def _player_of(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    (player,) = (
        each.entity_id
        for each in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
        if each.domain == "media_player"
    )
    return player


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("door", ASSISTS)
async def test_a_hidden_room_is_not_there(
    hass: HomeAssistant, sonos: SonosSimulator, door: Interface, tracks: list[Track]
) -> None:
    """Its name is not among those that an error tells either, nor is it reached as a Connect device."""
    kitchen = sonos.speaker("Kitchen")
    before = kitchen.sound.volume, on(kitchen.transport)
    with pytest.raises(NoSonosRoom) as reported:
        await command(hass, "set_volume", door, room="Kitchen", volume=7)
    assert str(reported.value).endswith("Available: Bedroom, Living Room")
    with pytest.raises((NoPlayerThere, NotExposed)) as untold:
        await command(hass, "play", door, what=tracks[0].uri, room="kitchen")
    assert "Players: Kitchen" not in str(untold.value)
    assert (kitchen.sound.volume, on(kitchen.transport)) == before


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("control", {"do": "pause"}),
        ("set_volume", {"volume": 7}),
        ("transfer", {"device": "Bedroom"}),
        ("add_to_queue", {"items": ["spotify:track:4uLU6hMCjMI75M1A2tKUQC"]}),
    ],
)
async def test_an_account_whose_player_is_hidden_is_not_controlled(
    hass: HomeAssistant, player: Player, key: str, values: dict[str, Any]
) -> None:
    """What to do about it is said."""
    with pytest.raises(NotExposed, match="Voice assistants"):
        await command(hass, key, **values)


async def test_music_is_not_moved_to_a_hidden_speaker(
    hass: HomeAssistant, household: Household, alva: MockConfigEntry, player: Player
) -> None:
    """By whichever of its names; an exposed one takes it."""
    assert await async_setup_component(hass, "homeassistant", {})
    async_expose_entity(hass, "conversation", KITCHEN, False)
    with pytest.raises(UnknownConnectDevice) as reported:
        await command(hass, "transfer", device="kitchen")
    assert "Bedroom" in str(reported.value)
    assert "Kitchen" not in str(reported.value)


@pytest.mark.usefixtures("hidden")
async def test_what_is_exposed_and_what_automations_do_is_as_before(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """Hidden is hidden from assistants alone."""
    await command(hass, "set_volume", room="Bedroom", volume=9)
    assert sonos.speaker("Bedroom").sound.volume == 9
    await command(hass, "set_volume", Interface.ACTION, room="Kitchen", volume=8)
    assert sonos.speaker("Kitchen").sound.volume == 8
    async_expose_entity(hass, "conversation", KITCHEN, True)
    await command(hass, "set_volume", room="Kitchen", volume=11)
    assert sonos.speaker("Kitchen").sound.volume == 11
    assert hass.states.get(BEDROOM) is not None
