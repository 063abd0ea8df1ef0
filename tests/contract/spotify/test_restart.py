"""A simulator that starts again on its state folder still knows everything, even after a kill."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import os
from pathlib import Path
import signal
import socket
import sys

import aiohttp
import pytest

from demo.process import LEASH
from simulator.clock import SimulatedClock
from simulator.spotify import DEMO_CLIENT_ID, SpotifySimulator

from .conftest import ALL_SCOPES, START_MS

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def running(folder: Path) -> AsyncGenerator[SpotifySimulator]:
    """Run a simulator on a state folder."""
    clock = SimulatedClock(speed=0, start_ms=START_MS)
    simulator = SpotifySimulator(7, clock, state_dir=folder, past_days=2)
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.mark.usefixtures("loopback")
async def test_tokens_outlive_the_process(tmp_path: Path) -> None:
    """Access and refresh tokens still work, spent ones are still spent, and all are still listed."""
    async with running(tmp_path) as first:
        tokens = first.accounts.authorize("alva", ALL_SCOPES)
        app = first.accounts.check_client(DEMO_CLIENT_ID, None)
        renewed = first.accounts.refresh(app, tokens["refresh_token"])
        issued = first.accounts.issued
    async with running(tmp_path) as second:
        assert second.accounts.issued == issued
        assert second.accounts.bearer(renewed["access_token"]).person == "alva"
        assert second.accounts.refresh(app, renewed["refresh_token"])


@pytest.mark.usefixtures("loopback")
async def test_a_token_is_on_the_disk_before_anybody_knows_it(tmp_path: Path) -> None:
    """A kill right after it was issued does not forget it."""
    async with running(tmp_path) as alive:
        tokens = alive.accounts.authorize("alva", ALL_SCOPES)
        heir = SpotifySimulator(
            7,
            SimulatedClock(speed=0, start_ms=START_MS),
            state_dir=tmp_path,
            past_days=2,
        )
        assert heir.accounts.bearer(tokens["access_token"]).person == "alva"


@pytest.mark.usefixtures("loopback")
async def test_library_and_ledger_outlive_the_process(tmp_path: Path) -> None:
    """What was saved and heard is still there, and the past is not invented anew."""
    async with running(tmp_path) as first:
        track = next(iter(first.world.catalogue.tracks.values()))
        first.world.library("alva").save(track.uri, first.clock.now_ms())
        first.world.player("alva").play(uris=[track.uri])
        first.clock.advance(track.duration_ms + 1_000)
        played = list(first.world.ledger.played("alva"))
        assert played[-1].uri == track.uri
    async with running(tmp_path) as second:
        assert second.world.library("alva").contains(track.uri)
        assert list(second.world.ledger.played("alva")) == played


@asynccontextmanager
async def command(*arguments: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Run `python -m simulator` and end it; it ends by itself where the tests are killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        LEASH,
        "simulator",
        *arguments,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> bytes:
    """Return what the simulator printed as errors until it ended; its standard input stays open, which is its leash."""
    assert process.stderr
    errors = await process.stderr.read()
    await process.wait()
    return errors


async def reported(process: asyncio.subprocess.Process) -> str:
    """Return the address that the simulator prints."""
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    assert line.startswith("Spotify listens on http://127.0.0.1:")
    return line.split()[3]


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_starts_serves_and_stops_cleanly(
    tmp_path: Path, session: aiohttp.ClientSession, number: signal.Signals
) -> None:
    """It says where it listens, answers, and on a signal saves and exits without a word."""
    arguments = ("--port", "0", "--no-sonos", "--state", str(tmp_path))
    async with command(*arguments) as process:
        url = await reported(process)
        async with session.get(f"{url}/__sim__/people") as answer:
            assert answer.status == 200
        process.send_signal(number)
        errors = await ended(process)
    assert process.returncode == 0
    assert errors == b""
    assert (tmp_path / "accounts.json").exists()


@pytest.mark.usefixtures("loopback")
async def test_a_taken_port_is_a_clear_error() -> None:
    """One line that says so, and exit status 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with command("--port", str(port), "--no-sonos") as process:
            errors = await ended(process)
    assert process.returncode == 1
    assert errors.startswith(b"Cannot listen: ")
    assert len(errors.splitlines()) == 1


@pytest.mark.usefixtures("loopback")
async def test_it_listens_on_loopback_only() -> None:
    """Any other address is refused."""
    async with command("--host", "0.0.0.0", "--no-sonos") as process:
        errors = await ended(process)
    assert process.returncode == 2
    assert b"--host" in errors
