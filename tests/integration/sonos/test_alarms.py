"""The alarms of Sonos: switches that come and go with them, and actions that change them."""

from typing import Any

import pytest

from custom_components.encore.commands.errors import BadDays, BadTime, UnknownAlarm
from custom_components.encore.sonos.errors import (
    AlarmExists,
    AlarmGone,
    SpeakerUnreachable,
    UnknownSonosSource,
)
from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.playback.alarms import read_alarms
from custom_components.encore.sonos.xml_reading import Unreadable
from homeassistant.auth.models import User
from homeassistant.const import ATTR_FRIENDLY_NAME
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator.sonos import SonosSimulator
from tests.integration.running import async_act as act

from .conftest import BEDROOM, KITCHEN, LIVING_ROOM, AddHousehold, state_of, until

KITCHEN_ALARM = "switch.kitchen_alarm_2"


@pytest.fixture(autouse=True)
def no_alarm_yet(sonos: SonosSimulator) -> None:
    """Remove the alarm that the simulated home begins with."""
    sonos.household.alarms.destroy("1")


def set_in_the_app(sonos: SonosSimulator, room: str, **more: str) -> str:
    """Set an alarm as the Sonos app does, and return its id."""
    alarm = {
        "StartLocalTime": "07:00:00",
        "Duration": "01:00:00",
        "Recurrence": "WEEKDAYS",
        "Enabled": "1",
        "RoomUUID": sonos.speaker(room).uid,
        "ProgramURI": "x-rincon-buzzer:0",
        "ProgramMetaData": "",
        "PlayMode": "SHUFFLE_NOREPEAT",
        "Volume": "25",
        "IncludeLinkedZones": "0",
    }
    return sonos.household.alarms.create(alarm | more)


def changed(sonos: SonosSimulator, alarm_id: str, **more: str) -> None:
    """Change an alarm as the Sonos app does."""
    alarms = sonos.household.alarms
    alarms.update(alarm_id, alarms.known(alarm_id) | more)


async def turn(hass: HomeAssistant, entity_id: str, action: str) -> None:
    """Turn a switch."""
    await hass.services.async_call(
        "switch", action, {"entity_id": entity_id}, blocking=True
    )


async def test_an_alarm_is_a_switch_while_it_is_there(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """It comes, is renamed, moves to another room and goes as in the app."""
    alarm_id = set_in_the_app(sonos, "Kitchen")
    await until(lambda: hass.states.get(KITCHEN_ALARM))
    state = state_of(hass, KITCHEN_ALARM)
    assert state.state == "on"
    assert state.attributes[ATTR_FRIENDLY_NAME] == "Kitchen Alarm 07:00"
    shown = {name: state.attributes[name] for name in ("time", "recurrence", "volume", "minutes", "media", "grouped")}  # fmt: skip
    assert shown == {"time": "07:00", "recurrence": "weekdays", "volume": 25, "minutes": 60, "media": None, "grouped": False}  # fmt: skip
    changed(sonos, alarm_id, StartLocalTime="08:30:00", Recurrence="ON_06")
    await until(lambda: state_of(hass, KITCHEN_ALARM).attributes["time"] == "08:30")
    state = state_of(hass, KITCHEN_ALARM)
    assert state.attributes[ATTR_FRIENDLY_NAME] == "Kitchen Alarm 08:30"
    assert state.attributes["days"] == ["saturday", "sunday"]
    changed(sonos, alarm_id, RoomUUID=sonos.speaker("Bedroom").uid)
    await until(lambda: device_of(hass, KITCHEN_ALARM) == "Bedroom")
    sonos.household.alarms.destroy(alarm_id)
    await until(lambda: hass.states.get(KITCHEN_ALARM) is None)
    assert er.async_get(hass).async_get(KITCHEN_ALARM) is None


def device_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the name of the device of an entity."""
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None
    assert entity.device_id is not None
    device = dr.async_get(hass).async_get(entity.device_id)
    return device.name if device else None


async def test_an_alarm_is_switched_off_and_on(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And keeps what it is."""
    alarm_id = set_in_the_app(sonos, "Kitchen")
    await until(lambda: hass.states.get(KITCHEN_ALARM))
    before = sonos.household.alarms.known(alarm_id)
    await turn(hass, KITCHEN_ALARM, "turn_off")
    assert state_of(hass, KITCHEN_ALARM).state == "off"
    assert sonos.household.alarms.known(alarm_id) == before | {"Enabled": "0"}
    await turn(hass, KITCHEN_ALARM, "turn_on")
    assert sonos.household.alarms.known(alarm_id) == before


async def test_an_alarm_that_went_while_home_assistant_was_off_leaves_no_switch(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Those that stay are the same switches."""
    removed, stays = set_in_the_app(sonos, "Kitchen"), set_in_the_app(sonos, "Bedroom")
    entry = await add_household()
    await until(lambda: hass.states.get(f"switch.bedroom_alarm_{stays}"))
    await hass.config_entries.async_unload(entry.entry_id)
    sonos.household.alarms.destroy(removed)
    await hass.config_entries.async_setup(entry.entry_id)
    await until(lambda: state_of(hass, f"switch.bedroom_alarm_{stays}").state == "on")
    assert er.async_get(hass).async_get(KITCHEN_ALARM) is None
    await hass.config_entries.async_unload(entry.entry_id)


async def test_an_alarm_is_created_changed_and_removed(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    hass_admin_user: User,
) -> None:
    """By actions, with what it plays."""
    await until(lambda: len(household.favourites.known) == 2)
    made = await act(hass, "create_alarm", room="bedroom", time="6:45", days="monday, thu", volume=15, media="harbour fm")  # fmt: skip
    assert (made["time"], made["days"], made["media"]) == ("06:45", "monday, thursday", "Harbour FM")  # fmt: skip
    assert made["speech"] == "It rings in Bedroom at 06:45, monday, thursday."
    stored = sonos.household.alarms.known(made["alarm"])
    assert (stored["StartLocalTime"], stored["Recurrence"]) == ("06:45:00", "ON_14")
    assert (stored["Volume"], stored["Duration"]) == ("15", "01:00:00")
    switch = f"switch.bedroom_alarm_{made['alarm']}"
    await until(lambda: hass.states.get(switch))
    done = await act(hass, "update_alarm", alarm=switch, room="kitchen", days="once", enabled=False)  # fmt: skip
    assert done["speech"] == "The alarm at 06:45 in Kitchen is off."
    reported = await act(hass, "get_alarms", rooms=["kitchen"])
    (only,) = reported["alarms"]
    assert (only["room"], only["days"], only["enabled"]) == ("Kitchen", "once", False)
    assert only["media"] == "Harbour FM"
    admin = Context(user_id=hass_admin_user.id)
    await act(hass, "delete_alarm", admin, alarm=made["alarm"])
    assert await act(hass, "get_alarms") == {
        "alarms": [],
        "speech": "No alarm is set.",
    }


async def test_alarms_are_said_with_those_that_ring(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The earliest of the day first."""
    set_in_the_app(sonos, "Kitchen", Enabled="0")
    set_in_the_app(sonos, "Bedroom", StartLocalTime="06:00:00", Recurrence="ONCE")
    reported = await act(hass, "get_alarms")
    assert [one["room"] for one in reported["alarms"]] == ["Bedroom", "Kitchen"]
    assert reported["speech"] == "One alarm is on: the one at 06:00 in Bedroom."


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"time": "quarter past"}, BadTime),
        ({"time": "25:00"}, BadTime),
        ({"time": "07:00", "days": "someday"}, BadDays),
        ({"time": "07:00", "media": "Nothing FM"}, UnknownSonosSource),
        ({"time": "07:00"}, AlarmExists),
    ],
)
async def test_what_cannot_ring_is_reported(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    asked: dict[str, Any],
    error: type[Exception],
) -> None:
    """And nothing is set."""
    set_in_the_app(sonos, "Kitchen")
    with pytest.raises(error):
        await act(hass, "create_alarm", room="kitchen", **asked)
    assert sonos.household.alarms.listing().count("<Alarm ") == 1


async def test_an_unknown_alarm_is_reported_with_those_that_there_are(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """By id, room and time."""
    set_in_the_app(sonos, "Kitchen")
    with pytest.raises(UnknownAlarm) as caught:
        await act(hass, "update_alarm", alarm="77", volume=3)
    words = caught.value.translation_placeholders
    assert words == {"alarm": "77", "known": "2 (Kitchen, 07:00)"}


async def test_an_alarm_that_somebody_just_removed_is_reported(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The event is on its way yet."""
    alarm_id = set_in_the_app(sonos, "Kitchen")
    await until(lambda: alarm_id in household.alarms.known)
    alarm = household.alarms.known[alarm_id]
    sonos.household.alarms.destroy(alarm_id)
    with pytest.raises(AlarmGone):
        await household.alarms.async_change(alarm)


async def test_an_alarm_of_a_room_that_is_away_is_changed_and_removed_by_another(
    impatient: None,
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    hass_admin_user: User,
) -> None:
    """Every speaker knows all alarms; without any that is said."""
    alarm_id = set_in_the_app(sonos, "Bedroom")
    await until(lambda: alarm_id in household.alarms.known)
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    done = await act(hass, "update_alarm", alarm=alarm_id, enabled=False)
    assert (done["room"], done["enabled"]) == ("Bedroom", False)
    assert sonos.household.alarms.known(alarm_id)["Enabled"] == "0"
    done = await act(hass, "update_alarm", alarm=alarm_id, room="kitchen")
    assert done["room"] == "Kitchen"
    admin = Context(user_id=hass_admin_user.id)
    await act(hass, "delete_alarm", admin, alarm=alarm_id)
    assert household.alarms.known == {}
    for room in ("Kitchen", "Living Room"):
        sonos.press(room, "offline", secs=600)
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "unavailable")
    with pytest.raises(SpeakerUnreachable):
        await act(hass, "get_alarms")


async def test_a_room_that_is_away_since_the_start_is_reported_by_its_name(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Its device in Home Assistant has it."""
    entry = await add_household()
    set_in_the_app(sonos, "Bedroom")
    await hass.config_entries.async_unload(entry.entry_id)
    sonos.press("Bedroom", "vanish")
    await hass.config_entries.async_setup(entry.entry_id)
    reported = await act(hass, "get_alarms")
    assert [one["room"] for one in reported["alarms"]] == ["Bedroom"]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_only_administrators_remove_alarms(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Automations switch them off."""
    set_in_the_app(sonos, "Kitchen")
    with pytest.raises(Unauthorized):
        await act(hass, "delete_alarm", alarm="2")
    assert sonos.household.alarms.listing().count("<Alarm ") == 1


async def test_alarms_are_looked_for_where_no_event_arrives(
    impatient: None,
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
) -> None:
    """Within the time in which everything else is."""
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events")
    entry = await add_household()
    set_in_the_app(sonos, "Kitchen")
    await until(lambda: hass.states.get(KITCHEN_ALARM))
    await hass.config_entries.async_unload(entry.entry_id)


def test_an_alarm_that_cannot_be_read_is_reported() -> None:
    """Rather than taken for none."""
    assert read_alarms("<Alarms></Alarms>") == []
    with pytest.raises(Unreadable):
        read_alarms('<Alarms><Alarm ID="1"/></Alarms>')
