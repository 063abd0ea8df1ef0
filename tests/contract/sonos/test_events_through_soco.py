"""The household pushes its events to SoCo as a real one does."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
import requests
from soco import SoCo, events_asyncio
from soco.events_base import Event

from simulator.sonos import SonosSimulator

from .conftest import told, until

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
        await told(lambda: zone.household_id)
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
    await told(setattr, kitchen, "volume", 37)
    await ear.hears(lambda event: (value(event, "volume") or {}).get("Master") == "37")
    await told(kitchen.play)
    await ear.hears(lambda event: value(event, "transport_state") == "TRANSITIONING")
    await ear.hears(lambda event: value(event, "transport_state") == "PLAYING")
    await told(kitchen.next)
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
    await ear.listen(kitchen, "zoneGroupTopology")
    await ear.listen(bedroom, "avTransport")
    await told(bedroom.join, kitchen)
    members = f"{kitchen.uid},{bedroom.uid}"
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
    sonos.speaker("Kitchen").events_blocked = True
    subscription = await ear.listen(kitchen, "avTransport")
    await told(kitchen.play)
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
