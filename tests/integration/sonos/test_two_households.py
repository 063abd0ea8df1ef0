"""Two Sonos households in one house: each works, and what would have to reach across them is refused in words."""

from collections.abc import AsyncGenerator

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import WhichAlarm, WhichHousehold
from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos.errors import NotASonosRoom, OtherHousehold
from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from simulator.clock import SimulatedClock
from simulator.sonos import SonosSimulator, SpeakerPlace
from tests.integration.running import async_act as act
from tests.loopback import own_network

from .conftest import BEDROOM, KITCHEN, call, state_of, until

ATTIC = "media_player.attic"
PLACE = SpeakerPlace("Attic", f"{own_network(3)}.41", "S15", "Sonos Port")


@pytest.fixture(autouse=True)
async def neighbours(
    hass: HomeAssistant, household: Household, clock: SimulatedClock
) -> AsyncGenerator[SonosSimulator]:
    """Run another household with one room, set up beside the first."""
    simulator = SonosSimulator(clock, places=[PLACE], household_id="Sonos_Neighbours")
    await simulator.start()
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Neighbours",
        unique_id=f"sonos:{simulator.household.id}",
        data={
            "kind": "sonos",
            "household_id": simulator.household.id,
            "hosts": [PLACE.address],
        },
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    yield simulator
    await hass.config_entries.async_unload(entry.entry_id)
    await simulator.stop()


async def test_rooms_of_two_households_do_not_play_together(
    hass: HomeAssistant, sonos: SonosSimulator, neighbours: SonosSimulator
) -> None:
    """Nor does a player that is no room of Sonos join; the groups stay as they are."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    with pytest.raises(
        OtherHousehold, match="attic belongs to a different Sonos system"
    ):
        await call(hass, "join", KITCHEN, group_members=[ATTIC])
    hass.states.async_set("media_player.other", "idle")
    with pytest.raises(NotASonosRoom, match="other"):
        await call(hass, "join", KITCHEN, group_members=["media_player.other"])
    with pytest.raises(OtherHousehold):
        await act(hass, "group_rooms", room="kitchen", others=["attic"])
    with pytest.raises(OtherHousehold):
        await act(hass, "save_group_preset", name="All", rooms=["kitchen", "attic"])
    assert len(sonos.speaker("Kitchen").members) == 2
    assert len(neighbours.speaker("Attic").members) == 1


async def test_an_alarm_does_not_move_to_another_household(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """Each household has its own; they are told together."""
    reported = await act(hass, "get_alarms")
    assert {one["room"] for one in reported["alarms"]} == {"Kitchen", "Attic"}
    with pytest.raises(OtherHousehold):
        await act(hass, "update_alarm", alarm="switch.kitchen_alarm_1", room="attic")


async def test_an_alarm_is_that_of_its_household(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    neighbours: SonosSimulator,
) -> None:
    """Each counts its alarms from 1: the switch says which is meant, an id alone may not."""
    await until(lambda: hass.states.get("switch.attic_alarm_1"))
    done = await act(hass, "update_alarm", alarm="switch.attic_alarm_1", volume=7)
    assert (done["room"], done["volume"]) == ("Attic", 7)
    volumes = [one.household.alarms.known("1")["Volume"] for one in (sonos, neighbours)]
    assert volumes == ["25", "7"]
    with pytest.raises(WhichAlarm) as caught:
        await act(hass, "update_alarm", alarm="1", volume=9)
    words = caught.value.translation_placeholders
    assert words == {"alarm": "1", "known": "1 (Kitchen, 07:00), 1 (Attic, 07:00)"}


async def test_a_snapshot_is_of_one_household(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """Of which one, has to be said by a room."""
    with pytest.raises(WhichHousehold) as caught:
        await act(hass, "create_snapshot")
    words = caught.value.translation_placeholders
    assert words == {"rooms": "Attic, Bedroom, Kitchen, Living Room"}
    stored = await act(hass, "create_snapshot", rooms=["attic"])
    assert [part["rooms"] for part in stored["groups"]] == [["Attic"]]


async def test_the_second_household_plays_by_itself(
    hass: HomeAssistant, sonos: SonosSimulator, neighbours: SonosSimulator
) -> None:
    """And the first does not hear of it."""
    neighbours.press("Attic", "radio")
    await until(lambda: state_of(hass, ATTIC).state == "playing")
    assert state_of(hass, KITCHEN).state != "playing"
    assert state_of(hass, KITCHEN).attributes["source_list"]
    assert "Line-in: Attic" not in state_of(hass, KITCHEN).attributes["source_list"]
