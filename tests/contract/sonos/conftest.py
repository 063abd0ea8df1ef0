"""A household on loopback, and SoCo's view of its speakers."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any

import pytest
import pytest_socket
from soco import SoCo, config, events_asyncio
from soco.core import soco_reset

from simulator.clock import SimulatedClock
from simulator.sonos import BIG_HOME, HOME, SonosSimulator, moved_to
from simulator.spotify.world import SpotifyWorld
from tests.loopback import own_network

HERE, NEXT_DOOR = own_network(0), own_network(1)
PLACES = moved_to(HERE, HOME)
BIG_PLACES = moved_to(HERE, BIG_HOME)
OTHER_PLACES = moved_to(NEXT_DOOR, HOME)
SPARE_ADDRESS = f"{HERE}.99"


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """Allow connections inside the machine and nowhere else."""
    places = (*BIG_PLACES, *OTHER_PLACES)
    addresses = ["127.0.0.1", SPARE_ADDRESS, *(place.address for place in places)]
    pytest_socket.socket_allow_hosts(addresses, allow_unix_socket=True)


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
    clock: SimulatedClock, world: SpotifyWorld
) -> AsyncGenerator[SonosSimulator]:
    """Run a household whose speakers are Connect devices of the world."""
    simulator = SonosSimulator(clock, world, places=PLACES)
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert not simulator.household.unknown_actions


@pytest.fixture
async def big_sonos(
    clock: SimulatedClock, fresh_soco: None
) -> AsyncGenerator[SonosSimulator]:
    """Run a household with a soundbar and its satellites, a stereo pair and a speaker with a battery."""
    simulator = SonosSimulator(clock, places=BIG_PLACES)
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert not simulator.household.unknown_actions


@pytest.fixture
async def other_sonos(
    clock: SimulatedClock, fresh_soco: None
) -> AsyncGenerator[SonosSimulator]:
    """Run the neighbours' household on the same network."""
    simulator = SonosSimulator(
        clock, places=OTHER_PLACES, household_id="Sonos_SimHouseholdBBBBBBBBBBBBBB"
    )
    await simulator.start()
    yield simulator
    await simulator.stop()
    assert not simulator.household.unknown_actions


@pytest.fixture
def fresh_soco(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> Generator[None]:
    """Let SoCo forget the speakers of earlier tests, and take events in the loop."""
    monkeypatch.setattr(config, "EVENTS_MODULE", events_asyncio)
    monkeypatch.setattr(config, "EVENT_LISTENER_IP", "127.0.0.1")
    # SoCo reads the configured port when it is imported.
    monkeypatch.setattr(
        events_asyncio.event_listener, "requested_port_number", unused_tcp_port
    )
    monkeypatch.setattr(events_asyncio.event_listener, "_stop_grace_seconds", 0)
    forget_speakers()
    yield
    forget_speakers()


def forget_speakers() -> None:
    """Empty SoCo's process-wide memory of speakers and their groups."""
    soco_reset()
    SoCo.zone_group_states.clear()


@pytest.fixture
def kitchen(sonos: SonosSimulator, fresh_soco: None) -> SoCo:
    """Return SoCo's kitchen."""
    return SoCo(f"{HERE}.11")


@pytest.fixture
def bedroom(sonos: SonosSimulator, fresh_soco: None) -> SoCo:
    """Return SoCo's bedroom."""
    return SoCo(f"{HERE}.12")


@pytest.fixture
def living_room(sonos: SonosSimulator, fresh_soco: None) -> SoCo:
    """Return SoCo's living room, a soundbar."""
    return SoCo(f"{HERE}.13")


async def reported[T](call: Callable[..., T], *args: Any) -> T:
    """Do what blocks, as SoCo does, beside the loop that the household runs in."""
    return await asyncio.to_thread(call, *args)


async def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for a condition; TimeoutError if it does not come true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
