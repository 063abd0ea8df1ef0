"""Pausing, going on, skipping and turning what an account plays."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.spotify.errors import NoActiveDevice
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from simulator.spotify.music import Track
from simulator.spotify.player import Player

from .conftest import LISTENER, Act
from .test_devices import PHONE, named, sound


async def test_what_plays_is_controlled(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    player: Player,
    tracks: list[Track],
) -> None:
    """Each button does what it says, and says so."""
    player.play(
        uris=[track.uri for track in tracks[:3]], device_id=named(player, PHONE)
    )

    def title() -> str:
        assert player.state is not None and player.state.item is not None
        return player.state.item.name

    answer = await act("control", do="pause")
    assert sound(player) == (PHONE, False)
    assert answer == {
        "listener": LISTENER,
        "done": "pause",
        "speech": f"Paused the music of {LISTENER}.",
    }
    await act("control", do="go_on")
    assert sound(player) == (PHONE, True)
    await act("control", do="next")
    assert title() == tracks[1].name
    await act("control", do="previous")
    assert title() == tracks[0].name
    answer = await act("set_volume", volume=23)
    assert player.device(named(player, PHONE)).volume_percent == 23
    assert answer["volume"] == 23
    assert answer["speech"] == f"The music of {LISTENER} is at 23% volume now."


async def test_where_nothing_plays_that_is_said(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """There is nothing to pause."""
    with pytest.raises(HomeAssistantError) as error:
        await act("control", do="pause")
    assert error.value.translation_key == NoActiveDevice.key
