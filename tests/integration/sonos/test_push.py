"""Events bring what speakers do, and what is in their way is noticed and made up for."""

import asyncio
from functools import partial
import threading
from typing import Any

import pytest
import requests

from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos import speaker, subscriptions
from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.model import Transport, Zone
from custom_components.encore.sonos.speaker import Link
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, AddHousehold, call, state_of, until


def links(household: Household) -> set[Link]:
    """Return how the speakers are heard."""
    return {link for _, link in household.links()}


def shows_volume(hass: HomeAssistant, level: float) -> bool:
    """Whether the kitchen's player shows a volume."""
    return bool(state_of(hass, KITCHEN).attributes["volume_level"] == level)


def blocked_issue(hass: HomeAssistant) -> ir.IssueEntry | None:
    """Return the issue about events that do not arrive."""
    for (domain, name), issue in ir.async_get(hass).issues.items():
        if domain == DOMAIN and name.startswith("sonos_events_blocked"):
            return issue
    return None


async def test_a_change_is_seen_before_anybody_asks(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Changes at the speaker are states in Home Assistant, and no speaker is asked how loud it is."""
    asked: list[str] = []
    send = requests.Session.send

    def watched(self: Any, request: Any, **more: Any) -> requests.Response:
        asked.append(str(request.headers.get("SOAPACTION")))
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", watched)
    for volume in range(30, 60):
        sonos.press("Kitchen", "volume", volume=volume)
        await until(partial(shows_volume, hass, volume / 100))
    assert not [action for action in asked if "GetVolume" in action]


async def test_nothing_waits_for_a_speaker_in_the_event_loop(
    add_household: AddHousehold,
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither what is asked first, nor what SoCo asks by itself when it subscribes."""
    threads = []
    send = requests.Session.send

    def watched(self: Any, *args: Any, **more: Any) -> requests.Response:
        threads.append(threading.current_thread())
        return send(self, *args, **more)

    monkeypatch.setattr(requests.Session, "send", watched)
    entry = await add_household()
    await call(hass, "media_play", KITCHEN)
    await hass.config_entries.async_unload(entry.entry_id)
    assert threads
    assert threading.main_thread() not in threads


async def test_a_firewall_is_noticed_and_speakers_are_asked(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """A repair issue says where events should arrive; it goes when they do."""
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events")
    entry = await add_household()
    household = entry.runtime_data
    assert links(household) == {Link.POLLED}
    issue = blocked_issue(hass)
    assert issue is not None
    assert issue.translation_placeholders == {
        "rooms": "Bedroom, Kitchen, Living Room",
        "address": ":".join(map(str, household.listens_on)),
    }
    assert not any(one.subscriptions for one in sonos.household.speakers)
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    assert state_of(hass, BEDROOM).state == "playing"
    sonos.press("Bedroom", "leave")
    await until(
        lambda: state_of(hass, BEDROOM).attributes["group_members"] == [BEDROOM]
    )
    await until(lambda: len(household.favourites.known) == 2)
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events", on=False)
    await until(lambda: links(household) == {Link.PUSHED})
    assert blocked_issue(hass) is None
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_change_is_not_kept_waiting_while_it_is_tried_whether_events_arrive(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The try takes seconds when they do not; the speaker is asked before it."""
    monkeypatch.setattr(speaker, "_EVENTS_AGAIN_SOON_S", 0)
    monkeypatch.setattr(speaker, "EVENTS_AGAIN_S", 0)
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events")
    entry = await add_household()
    assert links(entry.runtime_data) == {Link.POLLED}
    monkeypatch.setattr(subscriptions, "FIRST_EVENT_WITHIN_S", 60)
    sonos.press("Kitchen", "volume", volume=66)
    await until(lambda: shows_volume(hass, 0.66))
    rooms = sonos.household.rooms
    await until(lambda: all(len(one.subscriptions) == 6 for one in rooms))
    await hass.config_entries.async_unload(entry.entry_id)


async def test_one_speaker_behind_a_firewall_leaves_the_others_pushed(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """It gets longer than a household of which nothing arrives, and is named alone."""
    sonos.press("Bedroom", "mute_events")
    entry = await add_household()
    household = entry.runtime_data
    assert sorted(link for _, link in household.links()) == [
        Link.POLLED,
        Link.PUSHED,
        Link.PUSHED,
    ]
    issue = blocked_issue(hass)
    assert issue is not None
    assert (issue.translation_placeholders or {})["rooms"] == "Bedroom"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_firewall_that_comes_later_is_noticed_by_what_changed_unsaid(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A reconcile finds the change, and then that no event arrives."""
    sonos.press("Kitchen", "mute_events")
    sonos.press("Kitchen", "volume", volume=77)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.77)
    await until(lambda: Link.POLLED in links(household))
    assert blocked_issue(hass) is not None


async def test_a_missed_event_makes_everything_be_read(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The next one has a number too many."""
    sonos.press("Kitchen", "lose_events", times=1)
    sonos.press("Kitchen", "sound", bass=5)
    await until(lambda: not sonos.speaker("Kitchen").faults.events_to_lose)
    sonos.press("Kitchen", "volume", volume=61)
    uid = sonos.speaker("Kitchen").uid
    await until(lambda: household.zones[uid].sound.volume == 61)
    await until(lambda: household.zones[uid].sound.bass == 5)


async def test_a_reboot_is_noticed_by_its_count(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The speaker forgot its subscriptions, and would say so at the renewal in minutes only."""
    sonos.press("Kitchen", "reboot", secs=0.5)
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await until(lambda: links(household) == {Link.PUSHED})
    sonos.press("Kitchen", "volume", volume=64)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.64)


async def test_speakers_send_nothing_to_a_home_assistant_that_stopped(
    add_household: AddHousehold, hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """They are told to, in place of sending until the lease is over; and nothing listens any more."""
    household = (await add_household()).runtime_data
    rooms = sonos.household.speakers
    await until(lambda: all(one.subscriptions for one in rooms))
    # Not the port itself: another process may have it by then.
    server = household._listener._runner
    assert server is not None
    assert server.addresses == [household.listens_on]
    await hass.async_stop()
    assert not any(one.subscriptions for one in rooms)
    assert server.addresses == []


async def test_a_subscription_that_cannot_be_renewed_is_made_again(
    household: Household, sonos: SonosSimulator, hass: HomeAssistant
) -> None:
    """The speaker answers 412 to a renewal of what it forgot."""
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    sonos.press("Kitchen", "drop_subs")
    lost = kitchen._subscriptions._made[0]
    await lost.renew(is_autorenew=True, strict=False)
    await until(lambda: len(sonos.speaker("Kitchen").subscriptions) == 6)
    sonos.press("Kitchen", "volume", volume=65)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.65)


async def test_a_loss_while_a_speaker_is_connected_to_is_made_up_for(
    household: Household, sonos: SonosSimulator, hass: HomeAssistant
) -> None:
    """It moves or reboots once more, and what was subscribed to until then is worth nothing."""
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    sonos.press("Kitchen", "slow", secs=0.2)
    kitchen.async_reconnect()
    await until(lambda: len(sonos.speaker("Kitchen").subscriptions) == 12)
    kitchen.async_reconnect()
    sonos.press("Kitchen", "drop_subs")
    sonos.press("Kitchen", "slow", secs=0)
    await until(lambda: len(sonos.speaker("Kitchen").subscriptions) == 6)
    sonos.press("Kitchen", "volume", volume=63)
    await until(lambda: shows_volume(hass, 0.63))


async def test_renewals_that_fail_together_connect_once(
    household: Household, sonos: SonosSimulator
) -> None:
    """The first one to fail says that the speaker is to be connected to anew; the others have nothing to add."""
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    first, *others = kitchen._subscriptions._made
    sonos.press("Kitchen", "drop_subs")
    await first.renew(is_autorenew=True, strict=False)
    await until(lambda: kitchen.link is Link.PUSHED)
    made = [*kitchen._subscriptions._made]
    assert len(made) == 6
    for one in others:
        await one.renew(is_autorenew=True, strict=False)
    assert kitchen._subscriptions._made == made
    assert kitchen.link is Link.PUSHED


async def test_a_stale_household_is_waited_for(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Old groups are told for a while after a join; commands go to the leader that is."""
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    sonos.press("Kitchen", "stale", secs=0.7)
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await call(hass, "media_pause", BEDROOM)
    await until(lambda: state_of(hass, BEDROOM).state == "paused")
    assert sonos.speaker("Kitchen").transport.state == "PAUSED_PLAYBACK"


async def test_a_command_during_a_join_waits_for_the_group(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """It would go to a speaker that leads no more."""
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    sonos.press("Kitchen", "stale", secs=0.5)
    joining = hass.async_create_task(
        call(hass, "join", KITCHEN, group_members=[BEDROOM])
    )
    await asyncio.sleep(0.1)
    await call(hass, "media_pause", BEDROOM)
    await joining
    await until(lambda: sonos.speaker("Kitchen").transport.state == "PAUSED_PLAYBACK")


async def test_listeners_get_a_zone_before_and_after(
    household: Household, sonos: SonosSimulator
) -> None:
    """Also of the members, who play what their coordinator plays."""
    changes: list[tuple[Zone | None, Zone]] = []
    end = household.async_listen(lambda before, after: changes.append((before, after)))
    sonos.press("Bedroom", "join", to="Kitchen")
    uid = sonos.speaker("Bedroom").uid
    await until(lambda: len(household.zones[uid].members) == 2)
    sonos.press("Kitchen", "play")
    await until(lambda: household.zones[uid].is_playing)
    end()
    reported = [(before, after) for before, after in changes if after.uid == uid]
    assert reported[0][0] is not None
    assert reported[0][0].members == (uid,)
    starts = [after.playback.in_transition for _, after in reported]
    states = [after.playback.transport for _, after in reported]
    assert starts.index(True) < states.index(Transport.PLAYING)
    assert Transport.TRANSITIONING not in states
    assert household.zones[uid].coordinator == sonos.speaker("Kitchen").uid
    count = len(changes)
    sonos.press("Kitchen", "pause")
    await until(lambda: not household.zones[uid].is_playing)
    assert len(changes) == count
