"""Pausing, going on, skipping and turning what a room plays, by the commands of all doors."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from simulator.sonos.speaker import Speaker
from simulator.spotify.music import Track
from tests.integration.running import async_act
from tests.integration.sonos.conftest import KITCHEN, state_of, until

from .conftest import on
from .test_play_in_a_room import act


async def test_a_room_is_controlled(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """By its area, its name or its speaker."""
    album = tracks[0].album.uri
    await act(hass, item=album, room="kitchen")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    first = on(kitchen.transport)

    async def command(key: str, **values: Any) -> dict[str, Any]:
        return await async_act(hass, key, room="Kitchen", **values)

    answer = await command("control", do="pause")
    assert answer["speech"] == "Paused Kitchen."
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    await command("control", do="go_on")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await command("control", do="next")
    await until(lambda: on(kitchen.transport) != first)
    await command("control", do="previous")
    await until(lambda: on(kitchen.transport) == first)
    answer = await command("set_volume", volume=31)
    assert (answer["room"], answer["volume"]) == ("Kitchen", 31)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.31)
