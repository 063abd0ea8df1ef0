"""What people set in a room: each speaker shows what it has, and takes what is set."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos import speaker
from custom_components.encore.sonos.errors import SpeakerGone
from custom_components.encore.sonos.household import Household
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from simulator.clock import SimulatedClock
from simulator.sonos import BIG_HOME, SonosSimulator, moved_to
from tests.loopback import own_network

from .conftest import KITCHEN, AddHousehold, call, state_of, until


@pytest.fixture
async def big(
    hass: HomeAssistant,
    clock: SimulatedClock,
    add_household: AddHousehold,
) -> AsyncGenerator[SonosSimulator]:
    """Run a household with a home theatre, a stereo pair and a portable speaker, set up in Home Assistant."""
    simulator = SonosSimulator(clock, places=moved_to(own_network(3), BIG_HOME))
    await simulator.start()
    entry = await add_household(simulator.speaker("Kitchen").address)
    yield simulator
    await hass.config_entries.async_unload(entry.entry_id)
    await simulator.stop()


async def turn(hass: HomeAssistant, entity_id: str, on: bool, **more: Any) -> None:
    """Turn a switch."""
    action = "turn_on" if on else "turn_off"
    await hass.services.async_call(
        "switch", action, {"entity_id": entity_id}, blocking=True, **more
    )


async def set_to(
    hass: HomeAssistant, entity_id: str, value: float, **more: Any
) -> None:
    """Set a number."""
    await hass.services.async_call(
        "number",
        "set_value",
        {"entity_id": entity_id, "value": value},
        blocking=True,
        **more,
    )


def settings_of(hass: HomeAssistant, room: str) -> set[str]:
    """Return the entities of a room but its player, its alarms and what was heard there, without its name; those that are disabled too."""
    return {
        entry.entity_id.replace(f".{room}_", ".")
        for entry in er.async_get(hass).entities.values()
        if entry.platform == DOMAIN
        and f".{room}_" in entry.entity_id
        and not entry.entity_id.startswith(f"switch.{room}_alarm_")
    } - PLAYED_THERE


PLAYED_THERE = {"sensor.last_play", "sensor.listening_time_today"}

ALL_HAVE = {
    "number.group_volume",
    "number.bass",
    "number.treble",
    "number.balance",
    "number.sleep_timer",
    "sensor.sleep_timer_end",
    "switch.crossfade",
    "switch.loudness",
}


async def test_a_room_has_what_its_speakers_have(
    hass: HomeAssistant, big: SonosSimulator
) -> None:
    """Every room tone; the soundbar what soundbars have; the portable one a battery."""
    assert settings_of(hass, "kitchen") == ALL_HAVE
    assert settings_of(hass, "study") == ALL_HAVE
    assert settings_of(hass, "living_room") == ALL_HAVE | {
        "number.audio_delay",
        "number.subwoofer_gain",
        "switch.night_mode",
        "switch.speech_enhancement",
        "switch.subwoofer",
        "switch.surround",
    }
    assert settings_of(hass, "bath") == ALL_HAVE | {
        "binary_sensor.charging",
        "sensor.battery",
    }
    rooms = ("kitchen", "bedroom", "living_room", "study", "bath")
    disabled = {
        entry.entity_id
        for entry in er.async_get(hass).entities.values()
        if entry.platform == DOMAIN
        and entry.disabled
        and entry.entity_id.partition(".")[2].startswith(rooms)
    }
    assert disabled == {f"number.{room}_balance" for room in rooms} | {
        "number.living_room_audio_delay"
    }


async def test_tone_is_set_and_shown(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """From Home Assistant and from the Sonos app."""
    sound = sonos.speaker("Kitchen").sound
    await set_to(hass, "number.kitchen_bass", -4)
    await set_to(hass, "number.kitchen_treble", 6)
    await turn(hass, "switch.kitchen_loudness", on=False)
    await until(lambda: state_of(hass, "number.kitchen_bass").state == "-4")
    await until(lambda: state_of(hass, "number.kitchen_treble").state == "6")
    await until(lambda: state_of(hass, "switch.kitchen_loudness").state == "off")
    assert (sound.bass, sound.treble, sound.loudness) == (-4, 6, False)
    sonos.press("Kitchen", "sound", bass=3)
    await until(lambda: state_of(hass, "number.kitchen_bass").state == "3")
    assert state_of(hass, "number.bedroom_bass").state == "0"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("night_mode", "NightMode"),
        ("speech_enhancement", "DialogLevel"),
        ("surround", "SurroundEnable"),
        ("subwoofer", "SubEnable"),
    ],
)
async def test_a_soundbar_is_switched(
    hass: HomeAssistant, big: SonosSimulator, name: str, kind: str
) -> None:
    """On and off, both ways."""
    equaliser = big.speaker("Living Room").sound.equaliser
    entity = f"switch.living_room_{name}"
    before = equaliser[kind] == 1
    assert state_of(hass, entity).state == ("on" if before else "off")
    await turn(hass, entity, on=not before)
    await until(lambda: state_of(hass, entity).state == ("off" if before else "on"))
    assert equaliser[kind] == int(not before)
    big.press("Living Room", "sound", **{kind: int(before)})
    await until(lambda: state_of(hass, entity).state == ("on" if before else "off"))


async def test_the_gain_of_a_subwoofer_is_set(
    hass: HomeAssistant, big: SonosSimulator
) -> None:
    """Within what Sonos takes."""
    entity = "number.living_room_subwoofer_gain"
    await set_to(hass, entity, -15)
    await until(lambda: state_of(hass, entity).state == "-15")
    with pytest.raises(ServiceValidationError):
        await set_to(hass, entity, 16)
    assert big.speaker("Living Room").sound.equaliser["SubGain"] == -15


async def test_balance_and_delay_are_there_for_who_wants_them(
    hass: HomeAssistant, big: SonosSimulator
) -> None:
    """Both are disabled at first."""
    registry = er.async_get(hass)
    entities = ("number.study_balance", "number.living_room_audio_delay")
    for entity in entities:
        registry.async_update_entity(entity, disabled_by=None)
    entry = next(
        one
        for one in hass.config_entries.async_entries(DOMAIN)
        if one.data["kind"] == "sonos"
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    await set_to(hass, "number.study_balance", -30)
    await until(lambda: state_of(hass, "number.study_balance").state == "-30")
    sound = big.speaker("Study").sound
    assert (sound.left, sound.right) == (100, 70)
    await set_to(hass, "number.living_room_audio_delay", 3)
    await until(lambda: state_of(hass, "number.living_room_audio_delay").state == "3")


async def test_the_volume_of_a_group_keeps_its_proportions(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Each member shows the same, whichever of them is turned."""
    numbers = [f"number.{room}_group_volume" for room in ("kitchen", "bedroom")]
    await call(hass, "join", KITCHEN, group_members=["media_player.bedroom"])
    sonos.press("Bedroom", "volume", volume=40)
    await until(lambda: [state_of(hass, one).state for one in numbers] == ["30"] * 2)
    assert state_of(hass, "number.living_room_group_volume").state == "20"
    await set_to(hass, "number.bedroom_group_volume", 60)
    await until(lambda: [state_of(hass, one).state for one in numbers] == ["60"] * 2)
    volumes = [sonos.speaker(room).sound.volume for room in ("Kitchen", "Bedroom")]
    assert volumes == [40, 80]
    await call(hass, "unjoin", "media_player.bedroom")
    await until(lambda: [state_of(hass, one).state for one in numbers] == ["40", "80"])


async def test_crossfade_is_the_groups(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A member turns it for all."""
    await call(hass, "join", KITCHEN, group_members=["media_player.bedroom"])
    await turn(hass, "switch.bedroom_crossfade", on=True)
    await until(lambda: state_of(hass, "switch.kitchen_crossfade").state == "on")
    assert sonos.speaker("Kitchen").transport.crossfade
    assert state_of(hass, "switch.living_room_crossfade").state == "off"


async def test_a_sleep_timer_is_set_counted_and_cleared(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
) -> None:
    """It is the group's; what is left is shown in minutes, and the moment of its end."""
    await call(hass, "join", KITCHEN, group_members=["media_player.bedroom"])
    number, end = "number.bedroom_sleep_timer", "sensor.kitchen_sleep_timer_end"
    assert (state_of(hass, number).state, state_of(hass, end).state) == ("0", "unknown")
    before = dt_util.utcnow()
    await set_to(hass, number, 30)
    await until(lambda: state_of(hass, number).state == "30")
    ends = dt_util.parse_datetime(state_of(hass, end).state, raise_on_error=True)
    assert abs(ends - before - timedelta(minutes=30)) < timedelta(seconds=5)
    assert state_of(hass, "number.living_room_sleep_timer").state == "0"
    await set_to(hass, number, 0)
    await until(lambda: state_of(hass, end).state == "unknown")
    assert sonos.speaker("Kitchen").transport.sleep_timer.left_s is None


async def test_a_sleep_timer_set_in_the_app_is_shown_until_it_is_over(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Each minute that begins is one less; the last one counts."""
    sonos.press("Kitchen", "sleep", secs=62)
    await until(lambda: state_of(hass, "number.kitchen_sleep_timer").state == "2")
    await until(lambda: state_of(hass, "number.kitchen_sleep_timer").state == "1")
    sonos.press("Kitchen", "sleep", secs=1)
    await until(lambda: state_of(hass, "number.kitchen_sleep_timer").state == "1")
    await until(lambda: state_of(hass, "number.kitchen_sleep_timer").state == "0")
    assert state_of(hass, "sensor.kitchen_sleep_timer_end").state == "unknown"


async def test_a_battery_is_shown(hass: HomeAssistant, big: SonosSimulator) -> None:
    """How full it is, and whether it charges."""
    assert state_of(hass, "sensor.bath_battery").state == "100"
    assert state_of(hass, "binary_sensor.bath_charging").state == "on"
    battery = big.speaker("Bath").battery
    assert battery is not None
    battery.level, battery.power_source = 41, "BATTERY"
    big.speaker("Bath").battery_changed()
    await until(lambda: state_of(hass, "sensor.bath_battery").state == "41")
    assert state_of(hass, "binary_sensor.bath_charging").state == "off"


async def test_what_a_speaker_has_is_asked_where_no_event_arrives(
    impatient: None,
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A firewall takes no setting away."""
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events")
    entry = await add_household()
    assert state_of(hass, "switch.living_room_night_mode").state == "off"
    sonos.press("Living Room", "sound", NightMode=1, bass=-2)
    sonos.press("Living Room", "sleep", secs=600)
    await until(lambda: state_of(hass, "switch.living_room_night_mode").state == "on")
    await until(lambda: state_of(hass, "number.living_room_bass").state == "-2")
    await until(lambda: state_of(hass, "number.living_room_sleep_timer").state == "10")
    # What was set here is asked for at once, and not with what is asked for now and then.
    monkeypatch.setattr(speaker, "POLL_EVERY_S", 600)
    await set_to(hass, "number.living_room_treble", 5)
    await until(lambda: state_of(hass, "number.living_room_treble").state == "5")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_who_may_not_control_sets_nothing(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A user who was switched off."""
    user = MockUser(is_active=False).add_to_hass(hass)
    context = Context(user_id=user.id)
    with pytest.raises(Unauthorized):
        await turn(hass, "switch.kitchen_loudness", on=False, context=context)
    with pytest.raises(Unauthorized):
        await set_to(hass, "number.kitchen_bass", 5, context=context)
    assert sonos.speaker("Kitchen").sound.loudness
    assert sonos.speaker("Kitchen").sound.bass == 0


async def test_a_speaker_that_is_gone_takes_its_settings_with_it(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """They are unavailable, and there again with it."""
    address = sonos.speaker("Bedroom").address
    uid = sonos.speaker("Bedroom").uid
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, "number.bedroom_bass").state == "unavailable")
    await until(
        lambda: state_of(hass, "switch.bedroom_crossfade").state == "unavailable"
    )
    with pytest.raises(SpeakerGone):
        await household.async_call(uid, lambda soco: soco.bass)
    sonos.at(address).appear()
    await until(lambda: state_of(hass, "number.bedroom_bass").state == "0")
