"""Snapshots by actions bring back what came from the Spotify app, too."""

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator
from simulator.sonos.connect import connect_id
from simulator.sonos.speaker import Speaker
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.running import async_act as act
from tests.integration.sonos.conftest import KITCHEN, state_of, until


async def test_connect_goes_on_by_the_action(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """The same track, within five seconds of where it was."""
    track, device = tracks[0], connect_id(kitchen.uid)
    player.play(uris=[track.uri], position_ms=70_000, device_id=device)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    stored = await act(hass, "create_snapshot", rooms=["kitchen"])
    assert stored["groups"][0]["source"] == "spotify_connect"
    sonos.press("Kitchen", "radio")
    done = await act(hass, "restore_snapshot")
    assert done["groups"][0]["problem"] is None
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (track.uri, True)
    assert abs(kitchen.transport.position_s - 70) <= 5


async def test_of_a_session_of_a_guest_it_is_said_why_it_does_not_come_back(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    sonos: SonosSimulator,
    player: Player,
    tracks: list[Track],
) -> None:
    """No linked account could play it."""
    player.play(uris=[tracks[0].uri], device_id=connect_id(kitchen.uid))
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await act(hass, "create_snapshot", rooms=["kitchen"])
    sonos.press("Kitchen", "radio")
    done = await act(hass, "restore_snapshot")
    assert done["groups"][0]["problem"] == (
        "Kitchen was playing from the Spotify app of an account that isn’t linked. Start it again in that app"
    )
    assert done["speech"].startswith("Not everything could be restored:")


async def test_why_it_does_not_come_back_is_said_in_the_language_of_the_home(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    sonos: SonosSimulator,
) -> None:
    """Where Encore has its texts in that language; Home Assistant falls back to English."""
    sonos.press("Kitchen", "airplay")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await act(hass, "create_snapshot", rooms=["kitchen"])
    sonos.press("Kitchen", "radio")
    hass.config.language = "pl"
    done = await act(hass, "restore_snapshot")
    assert done["groups"][0]["problem"].startswith("Kitchen was playing by AirPlay")
    hass.config.language = "de"
    done = await act(hass, "restore_snapshot")
    assert done["groups"][0]["problem"].startswith("Kitchen spielte über AirPlay")
