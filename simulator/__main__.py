"""Run the simulators: `python -m simulator`. Both live in one process and share one clock."""

import argparse
import asyncio
from ipaddress import ip_address
from pathlib import Path
import signal
import sys

from .clock import SimulatedClock
from .sonos import BIG_HOME, SonosSimulator, many_rooms, moved_to
from .spotify import DEMO_CLIENT_ID, SpotifySimulator


def _loopback(text: str) -> str:
    if not ip_address(text).is_loopback:
        raise ValueError(text)
    return text


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A simulated Spotify and a simulated Sonos household, on loopback only.",
    )
    parser.add_argument(
        "--host", type=_loopback, default="127.0.0.1", help="a loopback address"
    )
    parser.add_argument("--port", type=int, default=9090, help="of Spotify; 0: any")
    parser.add_argument("--seed", type=int, default=7, help="of the invented world")
    parser.add_argument("--speed", type=float, default=1.0, help="of the clock")
    parser.add_argument("--state", type=Path, help="a folder that outlives a restart")
    parser.add_argument(
        "--past-days", type=int, help="how long people have listened; default: years"
    )
    parser.add_argument(
        "--rooms", type=int, help="so many rooms of one speaker each, not the home's"
    )
    parser.add_argument(
        "--network",
        default="127.0.0",
        help="the first three parts of the speakers' loopback addresses",
    )
    parser.add_argument(
        "--no-sonos",
        "--spotify-only",
        action="store_true",
        help="start no Sonos household",
    )
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    clock = SimulatedClock(speed=arguments.speed)
    spotify = SpotifySimulator(
        arguments.seed,
        clock,
        state_dir=arguments.state,
        past_days=arguments.past_days,
    )
    places = (
        many_rooms(arguments.rooms, arguments.network)
        if arguments.rooms
        else moved_to(arguments.network, BIG_HOME, same_speakers=True)
    )
    sonos = (
        None
        if arguments.no_sonos
        else SonosSimulator(clock, spotify.world, places=places)
    )
    try:
        if sonos:
            await sonos.start()
        # The last to answer, so that who waits for it finds everything.
        await spotify.start(arguments.host, arguments.port)
        print(
            f"Spotify listens on {spotify.url} (client id {DEMO_CLIENT_ID})", flush=True
        )
        for speaker in sonos.household.rooms if sonos else ():
            print(f"Sonos {speaker.name} listens on {speaker.address}", flush=True)
        await stopped.wait()
    finally:
        if sonos:
            await sonos.stop()
        await spotify.stop()


def main() -> int:
    """Run until SIGINT or SIGTERM; return the exit status: 1 when an address is taken."""
    try:
        asyncio.run(_run(_arguments()))
    except OSError as err:
        print(f"Cannot listen: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
