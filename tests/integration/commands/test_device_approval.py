"""A new Connect device is played on once an administrator has let it in, if the house wants that."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.flows.issue_repairs import NewDeviceRepair
from custom_components.encore.repairs import async_create_fix_flow
from custom_components.encore.spotify.api.device_approval import (
    async_get_device_approval,
)
from custom_components.encore.spotify.errors import DeviceNotApproved
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify.devices import Device, DeviceType
from simulator.spotify.music import Track
from simulator.spotify.player import Player

from .conftest import Act
from .test_devices import LAPTOP, sound

TABLET = Device("7ab1e7" + 34 * "0", "Guest tablet", DeviceType.COMPUTER, "web")
ISSUE = f"new_device_{TABLET.id}"


@pytest.fixture
async def careful(hass: HomeAssistant, alva: MockConfigEntry, act: Act) -> None:
    """Let the home want to be asked from now on; it has seen Alva's devices."""
    await act("get_devices")
    [history] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    hass.config_entries.async_update_entry(history, options={"approve_devices": True})


def played(player: Player) -> str | None:
    """Return the URI of what is on."""
    return player.state.item.uri if player.state else None


def asked(hass: HomeAssistant) -> bool:
    """Whether an administrator is asked about the tablet."""
    return ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is not None


async def decide(hass: HomeAssistant, choice: str) -> None:
    """Choose on the repairs page."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE)
    assert issue is not None
    flow = await async_create_fix_flow(hass, ISSUE, issue.data)
    assert isinstance(flow, NewDeviceRepair)
    flow.hass, flow.issue_id = hass, ISSUE
    menu = await flow.async_step_init()
    assert menu["description_placeholders"] == {"device": TABLET.name}
    assert choice in menu["menu_options"]
    await getattr(flow, f"async_step_{choice}")()


@pytest.mark.usefixtures("careful")
async def test_what_was_there_before_is_played_on(act: Act, player: Player) -> None:
    """Nobody has to let in what the home has used for years."""
    await act("transfer_playback", device=LAPTOP, play=True)
    assert sound(player) == (LAPTOP, True)


@pytest.mark.usefixtures("careful")
async def test_a_new_device_waits_until_it_is_let_in(
    hass: HomeAssistant, act: Act, player: Player, tracks: list[Track]
) -> None:
    """It is refused by its name, for transfers and for what is to play on it; then it is as good as the others."""
    player.gain(TABLET)
    for action, parameters in (
        ("transfer_playback", {"device": TABLET.name}),
        ("play_media", {"item": tracks[0].uri, "room": TABLET.name}),
    ):
        with pytest.raises(DeviceNotApproved) as refused:
            await act(action, **parameters)
        assert refused.value.translation_placeholders == {"device": TABLET.name}
    assert sound(player) != (TABLET.name, True)
    assert asked(hass)
    await decide(hass, "approve")
    assert not asked(hass)
    await act("transfer_playback", device=TABLET.name, play=True)
    assert sound(player) == (TABLET.name, True)


@pytest.mark.usefixtures("careful")
async def test_nothing_is_played_on_a_new_device_that_somebody_has_on(
    hass: HomeAssistant, alva: MockConfigEntry, player: Player, tracks: list[Track]
) -> None:
    """What they play goes on, and an administrator is asked, though nobody has looked which devices there are."""
    player.gain(TABLET)
    player.play(uris=[tracks[0].uri], device_id=TABLET.id)
    await alva.runtime_data.coordinator.async_refresh()
    assert alva.runtime_data.coordinator.data.device.name == TABLET.name
    before = played(player)
    with pytest.raises(DeviceNotApproved):
        await alva.runtime_data.coordinator.async_play(uris=[tracks[3].uri])
    assert played(player) == before
    assert sound(player) == (TABLET.name, True)
    assert asked(hass)
    await decide(hass, "approve")
    await alva.runtime_data.coordinator.async_play(uris=[tracks[3].uri])
    assert played(player) != before


@pytest.mark.usefixtures("careful")
async def test_a_device_that_is_refused_is_not_asked_about_again(
    hass: HomeAssistant, act: Act, player: Player
) -> None:
    """Nor played on, whoever asks."""
    player.gain(TABLET)
    for decided in (False, True):
        with pytest.raises(DeviceNotApproved):
            await act("transfer_playback", device=TABLET.name)
        assert asked(hass) is not decided
        if not decided:
            await decide(hass, "refuse")


async def test_where_nobody_has_to_be_asked_a_new_device_counts_as_let_in(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """Also after the home begins to ask."""
    player.gain(TABLET)
    await act("transfer_playback", device=TABLET.name, play=True)
    assert (sound(player), asked(hass)) == ((TABLET.name, True), False)
    approval = async_get_device_approval(hass)
    assert not approval.is_needed
    approval.require("never seen")
