"""A speaker that refuses to tell of something is asked instead, and is left with no subscription that nobody wants."""

from datetime import time
from functools import partial

import pytest

from custom_components.encore.sonos import speaker
from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.playback.alarms import EVERY_DAY, Alarm
from custom_components.encore.sonos.speaker import Link
from custom_components.encore.sonos.subscriptions import SERVICES
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, AddHousehold, call, state_of, until

ROOMS = ("Kitchen", "Bedroom", "Living Room")


def reported_of(sonos: SonosSimulator, room: str) -> list[str]:
    """Return the services that a speaker tells of, once for each subscription that it has, by its own count."""
    there = sonos.speaker(room).subscriptions.values()
    return sorted(one.service for one in there if not one.expired)


def refuse(sonos: SonosSimulator, service: str, *, on: bool = True) -> None:
    """Let all speakers refuse a service, or take it again."""
    for room in ROOMS:
        sonos.press(room, "refuse_events", service=service, on=on)


def no_issue(hass: HomeAssistant) -> bool:
    """Whether nobody is told that events are blocked: they are not."""
    return not [
        name for _, name in ir.async_get(hass).issues if "events_blocked" in name
    ]


@pytest.mark.parametrize(
    "services",
    [
        {"AVTransport", "AlarmClock"},
        {"RenderingControl", "ContentDirectory"},
        {"ZoneGroupTopology", "DeviceProperties"},
    ],
)
async def test_a_room_is_there_whatever_it_refuses_to_tell(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
    services: set[str],
) -> None:
    """Everything is seen, told or asked, and the other services are subscribed to once, however often it is tried."""
    for service in services:
        refuse(sonos, service)
    entry = await add_household()
    household: Household = entry.runtime_data
    assert state_of(hass, KITCHEN).state == "idle"
    rest = sorted(set(SERVICES) - services)
    assert reported_of(sonos, "Kitchen") == rest
    assert no_issue(hass)
    sonos.press("Kitchen", "volume", volume=66)
    sonos.press("Kitchen", "play")
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.66)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    sonos.press("Bedroom", "join", to="Kitchen")
    await until(
        lambda: (
            state_of(hass, BEDROOM).attributes["group_members"] == [KITCHEN, BEDROOM]
        )
    )
    sonos.household.shelf.save_queue("Party", [])
    await until(lambda: household.favourites.playlists)
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    tries = kitchen._events_again_at
    await until(lambda: kitchen._events_again_at > tries)
    await until(partial(_is, sonos, "Kitchen", rest))
    for service in services:
        refuse(sonos, service, on=False)
    await until(lambda: {link for _, link in household.links()} == {Link.PUSHED})
    await until(partial(_is, sonos, "Kitchen", sorted(SERVICES)))
    await hass.config_entries.async_unload(entry.entry_id)
    assert reported_of(sonos, "Kitchen") == []


def _is(sonos: SonosSimulator, room: str, services: list[str]) -> bool:
    return reported_of(sonos, room) == services


async def test_alarms_are_seen_where_no_speaker_reports_them(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """As firmware with alarms set was seen to refuse it (homebridge-zp#225)."""
    refuse(sonos, "AlarmClock")
    entry = await add_household()
    household: Household = entry.runtime_data
    await until(lambda: household.alarms.is_read)
    kitchen, known = sonos.speaker("Kitchen").uid, set(household.alarms.known)
    made = await household.alarms.async_create(
        Alarm("", kitchen, time(5, 55), EVERY_DAY, enabled=True, volume=20)
    )
    await until(lambda: set(household.alarms.known) == {*known, made.id})
    sonos.household.alarms.destroy(made.id)
    await until(lambda: set(household.alarms.known) == known)
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_speaker_that_refuses_all_is_asked(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """It answers, so it is there."""
    sonos.press("Kitchen", "refuse_events", status=500)
    entry = await add_household()
    assert state_of(hass, KITCHEN).state == "idle"
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    sonos.press("Kitchen", "refuse_events", on=False)
    await until(partial(_is, sonos, "Kitchen", sorted(SERVICES)))
    await until(
        lambda: {link for _, link in entry.runtime_data.links()} == {Link.PUSHED}
    )
    await hass.config_entries.async_unload(entry.entry_id)


async def test_connecting_again_and_again_leaves_nothing_behind(
    impatient: None,
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was subscribed to before is ended at the speaker, also where only a part of it was."""
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    for _ in range(4):
        kitchen.async_reconnect()
        await until(lambda: kitchen.link is Link.PUSHED)
        await until(partial(_is, sonos, "Kitchen", sorted(SERVICES)))
    monkeypatch.setattr(speaker, "_FIRST_RETRY_S", 0.05)
    sonos.press("Kitchen", "fail", action="GetTransportInfo", code=501, times=3)
    sonos.press("Kitchen", "refuse_events", service="AVTransport")
    kitchen.async_reconnect()
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await until(partial(_is, sonos, "Kitchen", sorted(set(SERVICES) - {"AVTransport"})))


async def test_an_endless_lease_is_a_subscription(
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """UPnP knows `infinite`; SoCo reads seconds alone."""
    sonos.household.endless_leases = True
    entry = await add_household()
    assert {link for _, link in entry.runtime_data.links()} == {Link.PUSHED}
    assert reported_of(sonos, "Kitchen") == sorted(SERVICES)
    await hass.config_entries.async_unload(entry.entry_id)
    assert reported_of(sonos, "Kitchen") == []
