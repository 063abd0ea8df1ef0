"""The speakers and servers of the demo find a place where others have theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import socket
import subprocess
import sys

import pytest

from demo.errors import DemoError
from demo.ports import any_port, exactly, free_port
from demo.simulators import SimulatorProcess, network_of, speakers_on
from simulator.sonos import BIG_HOME, SONOS_PORT
from tests.loopback import own_network

NETWORK = own_network(3)


@pytest.fixture
def taken(socket_enabled: None) -> Iterator[None]:
    """Let somebody listen where a speaker would."""
    with socket.create_server((speakers_on(NETWORK)[-1].address, SONOS_PORT)):
        yield


def test_speakers_move_to_free_addresses(taken: None) -> None:
    """All of them to one other network, so that nothing of the house is missing."""
    places = speakers_on(NETWORK)
    assert [one.name for one in places] == [one.name for one in BIG_HOME]
    [network] = {network_of(place.address) for place in places}
    assert network != NETWORK


def test_speakers_stay_where_they_are_wanted(socket_enabled: None) -> None:
    """While nobody else is there."""
    assert {network_of(one.address) for one in speakers_on(NETWORK)} == {NETWORK}


@contextmanager
def another(port: int, network: str) -> Iterator[tuple[int, str]]:
    """Give the port and the network that another process chooses where it wants these, and keeps for as long."""
    chooses = f"from demo.ports import free_port; from demo.simulators import speakers_on; print(free_port({port}), speakers_on('{network}')[0].address, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", chooses],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        chosen, address = other.stdout.readline().split()
        yield int(chosen), network_of(address)
        other.communicate("\n")


def test_two_demos_that_start_at_once_choose_other_places(socket_enabled: None) -> None:
    """Before either of them listens, which takes seconds."""
    wanted, network = any_port(), own_network(2)
    with another(wanted, network) as chosen:
        assert chosen == (wanted, network)
        assert free_port(wanted) != wanted
        with pytest.raises(DemoError, match="is taken"):
            exactly(wanted)
        assert network_of(speakers_on(network)[0].address) != network
    assert exactly(wanted) == wanted


async def test_speakers_that_have_stopped_leave_their_addresses(
    socket_enabled: None, tmp_path: Path
) -> None:
    """To another process; until then, they keep them."""
    network = own_network(1)
    simulator = SimulatorProcess(tmp_path, port=any_port(), network=network)
    simulator.speakers = speakers_on(network)
    with another(any_port(), network) as (_, chosen):
        assert chosen != network
    await simulator.stop()
    with another(any_port(), network) as (_, chosen):
        assert chosen == network
