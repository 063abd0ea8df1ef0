"""Speakers come, go, move, refuse, are slow, and belong together."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
import logging
import threading

import pytest
from requests import ConnectTimeout

from custom_components.encore import async_remove_config_entry_device
from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos import (
    calls,
    entry as entry_module,
    household_speakers as household_module,
    polling,
    soco_speaker,
)
from custom_components.encore.sonos.errors import (
    SonosCannotPlay,
    SonosNotNow,
    SonosRefused,
    SonosServiceUnavailable,
    SonosUpnpOff,
    SpeakerGone,
    SpeakerUnreachable,
    SpotifyNotLinkedInSonos,
)
from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.playback.enqueue import play
from custom_components.encore.sonos.polling import FoundHousehold
from custom_components.encore.sonos.soco_speaker import SpeakerSoCo
from custom_components.encore.sonos.speaker import Link
from custom_components.encore.sonos.topology import Topology, read_topology
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from simulator.clock import SimulatedClock
from simulator.sonos import BIG_HOME, SonosSimulator, SpeakerPlace, moved_to
from tests.loopback import own_network

from .conftest import (
    BEDROOM,
    KITCHEN,
    NETWORK,
    PLACES,
    AddHousehold,
    call,
    state_of,
    until,
)


def issues(hass: HomeAssistant) -> set[str]:
    """Return what is reported about Sonos."""
    return {
        issue.translation_key or ""
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN
    }


async def test_a_speaker_that_goes_and_comes_back_is_reported_once_each(
    impatient: None,
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The others miss it at once."""
    caplog.set_level(logging.INFO, "custom_components.encore")
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    with pytest.raises(SpeakerGone):
        await household.async_call(sonos.at(PLACES[1].address).uid, play)
    await asyncio.sleep(1)
    sonos.at(PLACES[1].address).appear()
    await until(lambda: state_of(hass, BEDROOM).state == "idle")
    reported = [
        record.message for record in caplog.records if "Bedroom" in record.message
    ]
    assert [one.split(":")[0] for one in reported] == [
        "Bedroom is not there",
        "Bedroom is there again",
    ]


async def test_a_speaker_that_drops_off_the_network_unnoticed_is_missed(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """No other speaker says so; it does not answer any more."""
    sonos.press("Bedroom", "offline", secs=2)
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    assert state_of(hass, KITCHEN).state == "idle"
    await until(lambda: state_of(hass, BEDROOM).state == "idle")


async def test_a_lost_coordinator_leaves_its_members_without_a_sound(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And when it vanishes for good, another leads."""
    sonos.press("Bedroom", "join", to="Kitchen")
    sonos.press("Kitchen", "play")
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    sonos.press("Kitchen", "offline", secs=60)
    await until(lambda: state_of(hass, BEDROOM).state == "idle")
    sonos.press("Kitchen", "vanish")
    await until(
        lambda: state_of(hass, BEDROOM).attributes["group_members"] == [BEDROOM]
    )
    await call(hass, "volume_set", BEDROOM, volume_level=0.5)


async def test_a_new_speaker_gets_a_player(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """As soon as the household has it, with a device of its own."""
    await sonos.plug_in(SpeakerPlace("Bath", f"{NETWORK}.41"))
    await until(lambda: hass.states.get("media_player.bath") is not None)
    await until(lambda: state_of(hass, "media_player.bath").state == "idle")


async def test_another_address_is_followed(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And kept for the next start."""
    await sonos.move(sonos.speaker("Kitchen"), f"{NETWORK}.42")
    await until(lambda: f"{NETWORK}.42" in household.entry.data["hosts"])
    assert PLACES[0].address not in household.entry.data["hosts"]
    await call(hass, "volume_set", KITCHEN, volume_level=0.42)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.42)


async def test_a_speaker_that_was_away_for_days_comes_back(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """However often it was looked for in vain."""
    sonos.press("Bedroom", "offline", secs=600)
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    bedroom = household._speakers[sonos.speaker("Bedroom").uid]
    bedroom._failures = 5_000
    bedroom.async_doubt()
    await until(lambda: bedroom._failures > 5_000)
    sonos.speaker("Bedroom").faults.away_for(0)
    bedroom.async_doubt()
    await until(lambda: state_of(hass, BEDROOM).state == "idle")


async def test_a_household_is_found_by_any_speaker_that_answers(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """The first one known may be switched off."""
    sonos.press("Kitchen", "vanish")
    entry = await add_household(PLACES[0].address, PLACES[1].address)
    assert entry.state is ConfigEntryState.LOADED
    assert set(entry.runtime_data.zones) == {
        sonos.speaker("Bedroom").uid,
        sonos.speaker("Living Room").uid,
    }
    await hass.config_entries.async_unload(entry.entry_id)


async def test_speakers_that_are_away_keep_nobody_waiting(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    add_household: AddHousehold,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that answers is asked before the first one known was given up."""
    asked, overtaken = threading.Event(), []

    def find(host: str) -> FoundHousehold:
        if host != PLACES[0].address:
            overtaken.append(asked.wait(3))
            raise ConnectTimeout
        asked.set()
        return polling.find_household(host)

    monkeypatch.setattr(entry_module, "find_household", find)
    away = [f"{NETWORK}.{last}" for last in (55, 56)]
    entry = await add_household(*away, PLACES[0].address)
    assert entry.state is ConfigEntryState.LOADED
    assert overtaken == [True, True]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_speaker_that_says_nothing_holds_up_no_start(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    add_household: AddHousehold,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is in the household yet, and somebody pulled its plug: the others are set up before it was given up."""
    monkeypatch.setattr(household_module, "STARTED_WITHIN_S", 2)
    uid = sonos.speaker("Bedroom").uid
    sonos.press("Bedroom", "offline", secs=600, silent=True)
    entry = await add_household()
    household: Household = entry.runtime_data
    assert dict(household.links())[uid] is Link.NEW
    assert state_of(hass, BEDROOM).state == "unavailable"
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_household_that_does_not_answer_is_tried_again(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """After a power cut speakers take longer than Home Assistant."""
    entry = await add_household(f"{NETWORK}.55")
    assert entry.state is ConfigEntryState.SETUP_RETRY


async def test_another_household_at_the_known_address_is_an_error(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """It is told where to say the new address."""
    sonos.household.id = "Sonos_SomebodyElse"
    entry = await add_household()
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "household_id": "Sonos_Ours"}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key == "household_elsewhere"


async def test_upnp_switched_off_is_a_repair_that_ends_by_itself(
    impatient: None,
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
) -> None:
    """The rest of the household works on."""
    sonos.press("Kitchen", "upnp_off")
    with pytest.raises(SonosUpnpOff):
        await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    assert issues(hass) == {"sonos_upnp_off"}
    await call(hass, "volume_set", BEDROOM, volume_level=0.5)
    sonos.press("Kitchen", "upnp_on")
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    assert not issues(hass)


async def test_upnp_that_is_off_when_a_speaker_comes_back_is_reported(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And no more once it does not even refuse."""
    kitchen = sonos.speaker("Kitchen")
    sonos.press("Kitchen", "offline", secs=600)
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    assert not issues(hass)
    sonos.press("Kitchen", "upnp_off")
    kitchen.faults.away_for(0)
    await until(lambda: issues(hass) == {"sonos_upnp_off"})
    kitchen.faults.away_for(600_000)
    await until(lambda: not issues(hass))


async def test_upnp_switched_off_at_the_start_is_reported_as_such(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """Not as a household that does not answer only."""
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "upnp_off")
    entry = await add_household()
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert issues(hass) == {"sonos_upnp_off"}
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issues(hass)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (701, SonosNotNow),
        (712, SonosNotNow),
        (714, SonosCannotPlay),
        (800, SonosServiceUnavailable),
        (999, SonosRefused),
    ],
)
async def test_what_a_speaker_refuses_has_a_name(
    household: Household, sonos: SonosSimulator, code: int, error: type[SonosRefused]
) -> None:
    """By the code, which SoCo tells as text."""
    sonos.press("Kitchen", "fail", action="Play", code=code)
    with pytest.raises(error) as refused:
        await household.async_call(sonos.speaker("Kitchen").uid, play)
    assert type(refused.value) is error
    assert refused.value.code == str(code)


async def test_a_code_can_mean_something_of_its_own_in_a_call(
    household: Household, sonos: SonosSimulator
) -> None:
    """800 to something of Spotify's is not what it is to anything else."""
    sonos.press("Kitchen", "fail", action="Play", code=800)
    with pytest.raises(SpotifyNotLinkedInSonos):
        await household.async_call(
            sonos.speaker("Kitchen").uid,
            play,
            calls.ENQUEUE_TIMEOUT_S,
            {"800": SpotifyNotLinkedInSonos},
        )


async def test_a_slow_speaker_keeps_nobody_waiting(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Neither the event loop nor the other speakers; its own commands come in order."""
    sonos.press("Kitchen", "slow", secs=1)
    slow = [
        hass.async_create_task(
            call(hass, "volume_set", KITCHEN, volume_level=level / 100)
        )
        for level in (51, 52)
    ]
    await asyncio.sleep(0)
    await call(hass, "volume_set", BEDROOM, volume_level=0.5)
    await until(lambda: state_of(hass, BEDROOM).attributes["volume_level"] == 0.5)
    assert not slow[-1].done()
    await asyncio.gather(*slow)
    assert sonos.speaker("Kitchen").sound.volume == 52


async def test_a_speaker_that_says_nothing_is_given_up_in_time(
    household: Household, sonos: SonosSimulator
) -> None:
    """SoCo alone would wait for 20 seconds, and for some questions for ever."""
    assert soco_speaker.TIMEOUT_S == 9.5
    # For longer than a question may wait that was under way before, which is answered first.
    sonos.press("Kitchen", "offline", secs=600, silent=True)
    with pytest.raises(SpeakerUnreachable):
        await household.async_call(sonos.speaker("Kitchen").uid, play, 0.2)


async def test_a_speaker_that_answers_nonsense_is_asked_again(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Some do while their firmware is changed."""
    sonos.press("Kitchen", "answer_empty")
    with pytest.raises(SonosRefused):
        await household.async_call(sonos.speaker("Kitchen").uid, polling.ping)
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    sonos.press("Kitchen", "answer_empty", on=False)
    await until(lambda: state_of(hass, KITCHEN).state == "idle")


async def test_a_room_that_is_renamed_is_called_so(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """On its device; what the person named it stays."""
    sonos.press("Bedroom", "rename", name="Attic")
    await until(lambda: state_of(hass, BEDROOM).name == "Attic")


async def test_a_speaker_that_is_gone_can_be_removed(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """One that is there, and the household itself, would come back by themselves."""
    registry = dr.async_get(hass)
    uid = sonos.speaker("Bedroom").uid

    def device(name: str) -> dr.DeviceEntry:
        found = registry.async_get_device_by_identifier(
            (DOMAIN, name), household.entry.entry_id
        )
        assert found is not None
        return found

    async def removable(name: str) -> bool:
        return await async_remove_config_entry_device(
            hass, household.entry, device(name)
        )

    assert not await removable(uid)
    assert not await removable(household.id)
    assert device(uid).via_device_id == device(household.id).id
    sonos.press("Bedroom", "vanish")
    await until(lambda: not household.has(uid))
    assert await removable(uid)


@pytest.fixture
async def big_home(
    clock: SimulatedClock, addresses: None
) -> AsyncGenerator[SonosSimulator]:
    """Run a home with a stereo pair, a home theatre and a portable speaker."""
    simulator = SonosSimulator(clock, places=moved_to(own_network(3), BIG_HOME))
    await simulator.start()
    yield simulator
    await simulator.stop()


async def test_pairs_and_satellites_are_one_room(
    hass: HomeAssistant, big_home: SonosSimulator, add_household: AddHousehold
) -> None:
    """Five rooms of nine speakers; the hidden ones have neither player nor device."""
    entry = await add_household(big_home.speaker("Bath").address)
    household: Household = entry.runtime_data
    assert sorted(zone.name for zone in household.zones.values()) == [
        "Bath",
        "Bedroom",
        "Kitchen",
        "Living Room",
        "Study",
    ]
    hidden = {zone.name: len(zone.hidden) for zone in household.zones.values()}
    assert (hidden["Study"], hidden["Living Room"], hidden["Kitchen"]) == (1, 3, 0)
    await call(hass, "join", KITCHEN, group_members=["media_player.study"])
    assert state_of(hass, KITCHEN).attributes["group_members"] == [
        KITCHEN,
        "media_player.study",
    ]
    bath = household.zones[big_home.speaker("Bath").uid]
    assert bath.battery is not None
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, bath.uid), entry.entry_id
    )
    assert device is not None
    assert device.area_id is None
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_pair_that_is_made_takes_a_room_away(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And gives it back when it is undone."""
    sonos.press("Kitchen", "pair", **{"with": "Bedroom"})
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    uid = sonos.speaker("Kitchen").uid
    await until(lambda: len(household.zones[uid].hidden) == 1)
    sonos.press("Kitchen", "separate")
    await until(lambda: state_of(hass, BEDROOM).state == "idle")


async def test_a_household_that_was_cut_in_two_is_found_again(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A speaker that saw none of the others tells so, and is switched off."""
    kitchen = sonos.speaker("Kitchen").uid
    whole = household.topology
    sonos.press("Kitchen", "offline", secs=600)
    alone = Topology({kitchen: whole.members[kitchen]}, frozenset({(kitchen,)}))
    household._take_topology(alone)
    assert state_of(hass, BEDROOM).state == "unavailable"
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    await until(lambda: state_of(hass, BEDROOM).state == "idle")
    assert household.topology == whole


async def test_a_speaker_that_knows_nobody_yet_takes_no_room_away(
    hass: HomeAssistant, household: Household
) -> None:
    """It tells of an empty household while it starts."""
    household._take_topology(
        read_topology("<ZoneGroupState><ZoneGroups/></ZoneGroupState>")
    )
    assert state_of(hass, BEDROOM).state == "idle"


async def test_an_answer_that_an_event_overtook_counts_for_nothing(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It tells of the groups as they were before a room joined."""
    answered, reported = threading.Event(), threading.Event()

    def ask(soco: SpeakerSoCo) -> Topology:
        topology = polling.ask_topology(soco)
        answered.set()
        assert reported.wait(5)
        return topology

    monkeypatch.setattr(household_module, "ask_topology", ask)
    refreshing = hass.async_create_task(household.async_refresh_topology())
    await until(answered.is_set)
    sonos.press("Bedroom", "join", to="Kitchen")
    uid = sonos.speaker("Bedroom").uid
    await until(lambda: len(household.topology.group_of(uid)) == 2)
    reported.set()
    await refreshing
    assert len(household.topology.group_of(uid)) == 2


async def test_nothing_is_played_while_a_household_is_unloaded(
    household: Household, sonos: SonosSimulator
) -> None:
    """What an event began then would outlive it, such as the wait for a sleep timer."""
    uid = sonos.speaker("Kitchen").uid
    sonos.press("Bedroom", "slow", secs=0.5)
    closing = asyncio.ensure_future(household.async_close())
    await asyncio.sleep(0)
    sonos.press("Kitchen", "volume", volume=66)
    await closing
    assert household.zones[uid].sound.volume != 66


async def test_a_room_that_went_stays_away_whatever_its_subscriptions_say(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """It became the hidden half of a pair while it was connected to; it answers, and is no room any more."""
    simulated = sonos.speaker("Bedroom")
    bedroom = household._speakers[simulated.uid]
    sonos.press("Bedroom", "slow", secs=0.3)
    bedroom.async_reconnect()
    sonos.press("Kitchen", "pair", **{"with": "Bedroom"})
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    simulated.faults.answer_delay_s = 0
    await until(lambda: not bedroom._subscriptions._made)
    # The speaker is told, too.
    await until(lambda: not simulated.subscriptions)
    bedroom.async_reconnect()
    assert bedroom.has_left
    assert state_of(hass, BEDROOM).state == "unavailable"


async def test_speakers_of_two_households_cannot_play_together(
    hass: HomeAssistant,
    household: Household,
    clock: SimulatedClock,
    add_household: AddHousehold,
) -> None:
    """It is said of the room that is elsewhere."""
    places = [
        replace(place, name=f"Other {place.name}", address=f"{NETWORK}.{50 + number}")
        for number, place in enumerate(PLACES)
    ]
    other = SonosSimulator(clock, places=places, household_id="Sonos_Other")
    await other.start()
    entry = await add_household(
        places[0].address,
    )
    assert entry.state is ConfigEntryState.SETUP_ERROR
    hass.config_entries.async_update_entry(
        entry,
        unique_id="sonos:Sonos_Other",
        data={**entry.data, "household_id": "Sonos_Other"},
    )
    await hass.config_entries.async_reload(entry.entry_id)
    with pytest.raises(Exception, match="a different Sonos system") as refused:
        await call(hass, "join", KITCHEN, group_members=["media_player.other_kitchen"])
    assert getattr(refused.value, "translation_key", None) == "other_household"
    with pytest.raises(Exception, match="isn’t a Sonos room"):
        await call(hass, "join", KITCHEN, group_members=["media_player.nothing"])
    await hass.config_entries.async_unload(entry.entry_id)
    await other.stop()
