"""A short walk at random through a house with speakers and accounts, lived in seconds: what was heard is one play, in its rooms."""

from collections.abc import Generator

import pytest
import pytest_socket

from benchmarks._walk_run import walk
from tests.loopback import own_network

NETWORK = own_network(2)
STEPS = 60


@pytest.fixture
def speakers(loopback: None) -> Generator[None]:
    """Allow the addresses of speakers too."""
    pytest_socket.socket_allow_hosts(
        ["127.0.0.1", "::1", *(f"{NETWORK}.{last}" for last in range(1, 60))],
        allow_unix_socket=True,
    )
    yield
    pytest_socket.socket_allow_hosts(["127.0.0.1"])


@pytest.mark.parametrize("linked", [False, True], ids=["guests", "accounts"])
def test_whatever_groups_do_a_thing_played_is_one_play(
    speakers: None, *, linked: bool
) -> None:
    """Of guests, of accounts and of the queues, with transfers and restarts, in the rooms in which it sounded; `script/bench walk` goes further."""
    walked = walk(1, STEPS, NETWORK, linked=linked)
    assert len(walked.steps) == STEPS
    assert walked.played > 5
    assert walked.wrong == [], [*walked.steps, *walked.wrong]
