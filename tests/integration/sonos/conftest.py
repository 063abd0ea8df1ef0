"""What the tests of Sonos share: a simulated household, and its entry in Home Assistant."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from ipaddress import ip_address
import socket
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import pytest_socket

from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos import (
    household_speakers as household_module,
    speaker,
    subscriptions,
)
from custom_components.encore.sonos.household import Household
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, State
from homeassistant.setup import async_setup_component
from simulator.clock import SimulatedClock
from simulator.sonos import HOME, SonosSimulator, moved_to
from simulator.spotify.world import SpotifyWorld
from tests.loopback import own_network

NETWORK = own_network(2)
PLACES = moved_to(NETWORK, HOME)
KITCHEN = "media_player.kitchen"
BEDROOM = "media_player.bedroom"
LIVING_ROOM = "media_player.living_room"

type AddHousehold = Callable[..., Awaitable[MockConfigEntry]]


@pytest.fixture(autouse=True)
def addresses(loopback: None) -> None:
    """Allow the addresses of speakers too."""
    pytest_socket.socket_allow_hosts(
        [
            "127.0.0.1",
            "::1",
            *(f"{NETWORK}.{last}" for last in range(1, 60)),
            # The same by IPv6.
            *(f"::ffff:{NETWORK}.{last}" for last in range(1, 60)),
            *(f"{own_network(3)}.{last}" for last in range(1, 60)),
        ],
        allow_unix_socket=True,
    )


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the names that the home's DNS knows, with their addresses; it says so of any other."""
    known: dict[str, str] = {}
    look_up = socket.getaddrinfo

    def getaddrinfo(host: str | None, *args: Any, **more: Any) -> Any:
        if host is not None and host not in known:
            try:
                ip_address(host)
            except ValueError:
                raise socket.gaierror(
                    socket.EAI_NONAME, "Name or service not known"
                ) from None
        return look_up(known.get(host or "", host), *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


@pytest.fixture
def clock() -> SimulatedClock:
    """Return a clock that follows the real one."""
    return SimulatedClock()


@pytest.fixture
def world(clock: SimulatedClock) -> SpotifyWorld:
    """Return a Spotify without much of a past."""
    return SpotifyWorld(7, clock, past_days=2)


@pytest.fixture
async def sonos(
    clock: SimulatedClock, world: SpotifyWorld, addresses: None
) -> AsyncGenerator[SonosSimulator]:
    """Run a household whose speakers are Connect devices of the world."""
    simulator = SonosSimulator(clock, world, places=PLACES)
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
def add_household(hass: HomeAssistant, sonos: SonosSimulator) -> AddHousehold:
    """Return a way to have the household's entry set up; `entry.runtime_data` is the household."""

    async def add(*hosts: str, **more: Any) -> MockConfigEntry:
        for domain in ("homeassistant", "media_player"):
            assert await async_setup_component(hass, domain, {})
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Sonos",
            unique_id=f"sonos:{sonos.household.id}",
            data={
                "kind": "sonos",
                "household_id": sonos.household.id,
                "hosts": list(hosts) or [PLACES[0].address],
            },
            **more,
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        # The History entry is made beside it, whether the household answers or not.
        await until(lambda: _has_history(hass), 20)
        return entry

    return add


@pytest.fixture
async def household(
    hass: HomeAssistant, add_household: AddHousehold
) -> AsyncGenerator[Household]:
    """Return the household, set up, and unload it at the end."""
    entry = await add_household()
    yield entry.runtime_data
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask speakers that send events for nothing, however slow the machine is: what changes is told by events alone."""
    for module in (speaker, household_module):
        monkeypatch.setattr(module, "POLL_EVERY_S", 600)
        monkeypatch.setattr(module, "RECONCILE_EVERY_S", 600)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what takes minutes take moments."""
    monkeypatch.setattr(subscriptions, "FIRST_EVENT_WITHIN_S", 0.3)
    monkeypatch.setattr(subscriptions, "LATE_EVENT_WITHIN_S", 0.6)
    monkeypatch.setattr(speaker, "POLL_EVERY_S", 0.3)
    monkeypatch.setattr(speaker, "_ON_ITS_WAY_S", 0.15)
    monkeypatch.setattr(speaker, "RECONCILE_EVERY_S", 0.5)
    monkeypatch.setattr(speaker, "EVENTS_AGAIN_S", 1)
    monkeypatch.setattr(speaker, "_FIRST_RETRY_S", 0.1)
    monkeypatch.setattr(household_module, "POLL_EVERY_S", 0.3)
    monkeypatch.setattr(household_module, "RECONCILE_EVERY_S", 0.5)


def _has_history(hass: HomeAssistant) -> bool:
    return any(
        entry.data["kind"] == "history" and entry.state is ConfigEntryState.LOADED
        for entry in hass.config_entries.async_entries(DOMAIN)
    )


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity, which must be there."""
    state = hass.states.get(entity_id)
    assert state is not None, entity_id
    return state


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for a condition; TimeoutError if it does not come true by an event, as nobody asks speakers for so long (`patient`)."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def call(
    hass: HomeAssistant, action: str, entity_id: str, **data: object
) -> None:
    """Do what a person does with a player."""
    await hass.services.async_call(
        "media_player", action, {"entity_id": entity_id, **data}, blocking=True
    )
