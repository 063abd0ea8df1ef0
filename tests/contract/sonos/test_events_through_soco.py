"""The household pushes its events to SoCo as a real one does."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
import requests
from soco import SoCo, events_asyncio
from soco.events_base import Event

from simulator.sonos import SonosSimulator

from .conftest import HERE, reported, until

SERVICES = (
    "avTransport",
    "renderingControl",
    "zoneGroupTopology",
    "contentDirectory",
    "groupRenderingControl",
    "deviceProperties",
    "alarmClock",
)


class Ear:
    """Subscribes to speakers and keeps what it hears."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.heard: list[Event] = []
        self.subscriptions: list[Any] = []
        self.failures: list[Exception] = []

    async def listen(self, zone: SoCo, *services: str, lease_s: int = 600) -> Any:
        """Subscribe to services of a zone."""
        # SoCo asks for the household first, in the loop, unless it knows it.
        await reported(lambda: zone.household_id)
        for name in services:
            subscription = await getattr(zone, name).subscribe(
                requested_timeout=lease_s, auto_renew=True
            )
            subscription.callback = self.heard.append
            subscription.auto_renew_fail = self.failures.append
            self.subscriptions.append(subscription)
        return self.subscriptions[-1]

    async def hears(self, matches: Callable[[Event], bool]) -> Event:
        """Wait for an event."""
        found: list[Event] = []

        def come() -> bool:
            found[:] = [event for event in self.heard if matches(event)]
            return bool(found)

        await until(come)
        return found[-1]


@pytest.fixture
async def ear(kitchen: SoCo) -> AsyncGenerator[Ear]:
    """Listen, and be quiet afterwards."""
    ear = Ear()
    yield ear
    for subscription in ear.subscriptions:
        try:
            await subscription.unsubscribe()
        except TimeoutError, requests.RequestException:
            continue
    await until(lambda: events_asyncio.event_listener.runner is None)
    await events_asyncio.event_listener.async_stop()


def value(event: Event, name: str) -> Any:
    """Return a variable of an event, or None."""
    return event.variables.get(name)


async def test_each_subscription_begins_with_the_full_state(
    kitchen: SoCo, ear: Ear
) -> None:
    """One event a service comes at once, with sequence number 0."""
    await ear.listen(kitchen, *SERVICES)
    await until(lambda: len(ear.heard) == len(SERVICES))
    assert {event.seq for event in ear.heard} == {"0"}


async def test_volume_and_transport_are_pushed(kitchen: SoCo, ear: Ear) -> None:
    """What changes at the speaker is heard without asking."""
    await ear.listen(kitchen, "avTransport", "renderingControl")
    await reported(setattr, kitchen, "volume", 37)
    await ear.hears(lambda event: (value(event, "volume") or {}).get("Master") == "37")
    await reported(kitchen.play)
    await ear.hears(lambda event: value(event, "transport_state") == "TRANSITIONING")
    await ear.hears(lambda event: value(event, "transport_state") == "PLAYING")
    await reported(kitchen.next)
    changed = await ear.hears(
        lambda event: (
            getattr(value(event, "current_track_meta_data"), "title", "") == "Song 2"
        )
    )
    assert value(changed, "current_track_meta_data").creator == "Band 2"


async def test_a_join_is_pushed_as_topology(
    kitchen: SoCo, bedroom: SoCo, ear: Ear
) -> None:
    """Both the coordinator's members and the member's transport are told."""
    # Once it is subscribed, SoCo asks for no uid and waits for the first event.
    members = await reported(lambda: f"{kitchen.uid},{bedroom.uid}")
    await ear.listen(kitchen, "zoneGroupTopology")
    await ear.listen(bedroom, "avTransport")
    await reported(bedroom.join, kitchen)
    await ear.hears(
        lambda event: value(event, "zone_player_uui_ds_in_group") == members
    )
    await ear.hears(
        lambda event: (
            event.service.soco is bedroom
            and value(event, "current_track_uri") == f"x-rincon:{kitchen.uid}"
        )
    )


async def test_a_firewall_lets_subscriptions_through_and_no_event(
    kitchen: SoCo, sonos: SonosSimulator, ear: Ear
) -> None:
    """The trap that a poll must catch."""
    sonos.speaker("Kitchen").faults.events_blocked = True
    subscription = await ear.listen(kitchen, "avTransport")
    await reported(kitchen.play)
    await until(lambda: sonos.speaker("Kitchen").transport.state == "PLAYING")
    assert subscription.is_subscribed
    assert ear.heard == []


async def test_a_reboot_loses_subscriptions_until_renewal(
    kitchen: SoCo, sonos: SonosSimulator, ear: Ear
) -> None:
    """The renewal meets a 412, and BootSeq has counted up."""
    speaker = sonos.speaker("Kitchen")
    boots = speaker.boot_sequence
    subscription = await ear.listen(kitchen, "avTransport", lease_s=2)
    await until(lambda: len(ear.heard) == 1)
    speaker.reboot(0)
    await until(lambda: bool(ear.failures))
    assert "412" in str(ear.failures[0])
    assert not subscription.is_subscribed
    assert speaker.boot_sequence == boots + 1


async def test_a_lost_event_leaves_a_gap_in_the_numbers(
    kitchen: SoCo, sonos: SonosSimulator, ear: Ear
) -> None:
    """Who counts notices that something was missed."""
    await ear.listen(kitchen, "renderingControl")
    await until(lambda: len(ear.heard) == 1)
    sonos.press("Kitchen", "lose_events", times=2)
    for volume in (31, 32, 33):
        sonos.press("Kitchen", "volume", volume=volume)
    await until(lambda: len(ear.heard) == 2)
    assert [event.seq for event in ear.heard] == ["0", "3"]
    assert value(ear.heard[-1], "volume")["Master"] == "33"


async def test_a_station_reports_its_songs_in_events(
    kitchen: SoCo, sonos: SonosSimulator, ear: Ear
) -> None:
    """The track's title is the station's address; the song is in the stream's content."""
    await ear.listen(kitchen, "avTransport")
    sonos.press("Kitchen", "radio")
    playing = await ear.hears(
        lambda event: value(event, "transport_state") == "PLAYING"
    )
    track = value(playing, "current_track_meta_data")
    assert track.stream_content == "The Quiet Harbour - Paper Lanterns"
    assert track.radio_show == "The Morning Tide,p99999"
    assert track.title.startswith("x-sonosapi-stream:")
    assert value(playing, "current_track_uri").startswith("x-rincon-mp3radio:")
    assert value(playing, "enqueued_transport_uri_meta_data").title == "Harbour FM"
    sonos.press("Kitchen", "stream_title", content="The news at noon")
    await ear.hears(
        lambda event: (
            getattr(value(event, "current_track_meta_data"), "stream_content", "")
            == "The news at noon"
        )
    )


async def test_a_battery_is_reported_in_events(
    big_sonos: SonosSimulator, fresh_soco: None
) -> None:
    """As part of what a speaker tells beside its settings."""
    ear = Ear()
    subscription = await ear.listen(SoCo(f"{HERE}.19"), "deviceProperties")
    big_sonos.press("Bath", "battery", level=41, power_source="BATTERY")
    reported_of = "RawBattPct:41,BattPct:41,BattChg:NOT_CHARGING,BattTmp:25"
    await ear.hears(lambda event: value(event, "more_info") == reported_of)
    await subscription.unsubscribe()
    await until(lambda: events_asyncio.event_listener.runner is None)
    await events_asyncio.event_listener.async_stop()
