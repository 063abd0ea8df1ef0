"""What the demo prints is what there is."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest

from demo import rooms, show, simulators
from demo.ports import any_port
from tests.loopback import own_network


def home(*speakers: object) -> Any:
    """Return what the lines are about: an address, and the speakers that there are."""
    return SimpleNamespace(
        url="http://127.0.0.1:8123",
        owner=SimpleNamespace(username="alva", password="secret"),
        simulators=SimpleNamespace(speakers=speakers),
    )


@pytest.mark.parametrize("speakers", [(), ("kitchen",)])
def test_things_to_try_are_numbered_and_there(
    capsys: pytest.CaptureFixture[str], speakers: tuple[str, ...]
) -> None:
    """Rooms are among them only where there are speakers."""
    show._tell(home(*speakers), 12.4)
    printed = capsys.readouterr().out
    numbers = [
        line.strip().partition(".")[0]
        for line in printed.partition("Things to try:")[2].splitlines()
        if line.startswith("  ")
    ]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert ("Group the rooms" in printed) is bool(speakers)
    assert "after 12 s" in printed


async def test_a_demo_without_speakers_says_why(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    socket_enabled: None,
) -> None:
    """Somebody listens at the speakers' port on every address of the machine."""
    port = any_port()
    monkeypatch.setattr(simulators, "SONOS_PORT", port)
    monkeypatch.setattr(rooms, "SONOS_PORT", port)
    with socket.create_server(("0.0.0.0", port)):
        assert simulators.speakers_on(own_network(4)) == ()
    assert await rooms.furnish_rooms(home()) == []
    assert f"port {port} is taken on every address" in capsys.readouterr().out
