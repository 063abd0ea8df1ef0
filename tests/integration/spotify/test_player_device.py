"""Where something plays that is asked for while nothing is on: the account's options decide."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.spotify.errors import (
    DeviceMissing,
    NoActiveDevice,
    RestrictedDevice,
    TransferIgnored,
    WhichDevice,
)
from homeassistant.core import HomeAssistant
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.spotify.conftest import ALVA, Later
from tests.integration.spotify.playing import call, seen

PHONE, LAPTOP = "Alva’s Pixel 9", "Alva’s laptop"


@pytest.fixture
def player(spotify: SpotifySimulator) -> Player:
    """Return Alva's player, as her own hands use it."""
    return spotify.world.player("alva")


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, **chosen: str
) -> dict[str, Any]:
    """Choose options of an account as a person does, and return the last page."""
    page = await hass.config_entries.options.async_init(entry.entry_id)
    page = await hass.config_entries.options.async_configure(page["flow_id"], chosen)
    await hass.async_block_till_done(wait_background_tasks=True)
    return dict(page)


def plays_on(player: Player) -> str:
    """Return the name of the device that plays."""
    assert player.active_device is not None
    return player.active_device.name


async def test_the_device_of_the_options_is_taken(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track]
) -> None:
    """Whatever was used last, and however its name is written."""
    await choose(hass, alva, play_on="named", play_on_device=LAPTOP.upper())
    await call(hass, "play_media", media_content_type="music", media_content_id=tracks[0].uri)  # fmt: skip
    assert plays_on(player) == LAPTOP


async def test_a_device_that_is_not_there_is_named_with_those_that_are(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track]
) -> None:
    """Nothing plays elsewhere instead."""
    await choose(hass, alva, play_on="named", play_on_device="Kitchen")
    with pytest.raises(
        DeviceMissing, match=f"device Kitchen isn’t available.*: {LAPTOP}, {PHONE}"
    ):
        await call(hass, "media_play")
    assert player.active_device is None


@pytest.mark.parametrize("resumes", [True, False])
async def test_a_device_that_does_not_wake_up_is_reported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    player: Player,
    tracks: list[Track],
    resumes: bool,
) -> None:
    """Spotify says that it plays there, and nothing does."""
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER, "/v1/me/player/play", "PUT"))
    song = {"media_content_type": "music", "media_content_id": tracks[0].uri}
    action = "media_play" if resumes else "play_media"
    data: dict[str, Any] = {} if resumes else song
    with pytest.raises(TransferIgnored, match=PHONE):
        await call(hass, action, **data)
    assert player.active_device is None


async def test_a_person_who_wants_to_be_asked_gets_the_devices(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track], later: Later
) -> None:  # fmt: skip
    """Choosing one as source is the answer; where there is only one, there is no question."""
    await choose(hass, alva, play_on="ask")
    with pytest.raises(WhichDevice, match=f"try again: {LAPTOP}, {PHONE}"):
        await call(hass, "media_play")
    await call(hass, "select_source", source=LAPTOP)
    await seen(alva, later)
    await call(hass, "play_media", media_content_type="music", media_content_id=tracks[0].uri)  # fmt: skip
    assert plays_on(player) == LAPTOP


async def test_where_there_is_one_device_nobody_is_asked(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player
) -> None:
    """The restricted television does not count."""
    await choose(hass, alva, play_on="ask")
    player.devices[0].is_restricted = True
    await call(hass, "media_play")
    assert plays_on(player) == LAPTOP


async def test_a_restricted_device_is_no_source_and_said_to_be_restricted(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """Spotify does see it, so "no such device" would be wrong."""
    state = hass.states.get(ALVA)
    assert state is not None
    assert "Living room TV" not in state.attributes["source_list"]
    with pytest.raises(RestrictedDevice):
        await call(hass, "select_source", source="Living room TV")


async def test_without_a_device_every_choice_says_so(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player
) -> None:
    """And what to do."""
    for device in player.devices:
        device.is_restricted = True
    for chosen in ({"play_on": "ask"}, {"play_on": "named", "play_on_device": LAPTOP}):
        await choose(hass, alva, **chosen)
        with pytest.raises(NoActiveDevice, match="Open Spotify on a device"):
            await call(hass, "media_play")


async def test_the_device_used_last_is_known_over_a_restart(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    player: Player,
    tracks: list[Track],
    later: Later,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The history has it, when Encore has not seen the player play since."""
    player.play(uris=[tracks[0].uri], device_id=player.devices[1].id)
    await seen(alva, later)
    await later(tracks[0].duration_ms / 1000)
    await later(10)
    await later(3600)
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert player.active_device is None
    await call(hass, "media_play")
    assert plays_on(player) == LAPTOP


async def test_a_certain_device_has_to_be_named(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """The page says so, and offers those that were seen."""
    page = await choose(hass, alva, play_on="named")
    assert page["errors"] == {"play_on_device": "device_not_named"}
    (field,) = [
        value for key, value in page["data_schema"].schema.items() if key == "play_on_device"
    ]  # fmt: skip
    assert field.config["options"] == [LAPTOP, PHONE]
