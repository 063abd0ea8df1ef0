"""What answers while Spotify wants a pause, and how soon: over HTTP, in a real Home Assistant with years of history."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
import json
import os
from pathlib import Path
import platform
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from benchmarks._figures import printed
from demo.api import HomeAssistantApi
from demo.errors import Refused
from demo.home import Home
from demo.link import NotLinked, go_through, link, register_app
from demo.past import export_of, import_past
from demo.ports import free_port

ASKS: Final = 60
PERSON: Final = "alva"
PAUSE_S: Final = 6 * 3600
READ_IN_S: Final = 420
"""Encore reads a library some minutes after it may."""

type Ask = Callable[[], Awaitable[Any]]


async def _widened(api: HomeAssistantApi, player: str) -> None:
    """Ask for what is saved and followed, give the permissions that this asks for, and wait until it was read."""
    for ask in (act(api, "encore.get_followed_artists"), liked_songs(api, player)):
        await _refused(ask)
    [flow] = await api.command("config_entries/flow/progress")
    step = await api.get(f"/api/config/config_entries/flow/{flow['flow_id']}")
    try:
        await go_through(api, step, PERSON, access="control")
    except NotLinked as over:
        if over.reason != "reauth_successful":
            raise
    for _ in range(READ_IN_S):
        answer = await act(api, "encore.search", text="the", where="library")()
        if answer["library"]["known_since"]:
            return
        await asyncio.sleep(1)
    raise RuntimeError("The library was not read")


def act(api: HomeAssistantApi, action: str, **data: Any) -> Ask:
    """Return what performs an action that answers."""
    return lambda: api.act(action, data, answer=True)


def liked_songs(api: HomeAssistantApi, player: str) -> Ask:
    """Return what opens the folder of liked songs in the media browser."""
    return act(
        api,
        "media_player.browse_media",
        entity_id=player,
        media_content_type="encore",
        media_content_id="encore:liked_songs",
    )


async def _seconds(ask: Ask) -> float:
    begun = time.perf_counter()
    await ask()
    return time.perf_counter() - begun


async def _measured(ask: Ask) -> dict[str, float]:
    """Return how long it takes (ms), the first of all left out."""
    took = [await _seconds(ask) * 1000 for _ in range(ASKS + 1)][1:]
    return {
        "median_ms": statistics.median(took),
        "p95_ms": statistics.quantiles(took, n=20)[-1],
        "max_ms": max(took),
    }


async def _refused(ask: Ask) -> None:
    try:
        await ask()
    except Refused:
        return
    raise RuntimeError("What cannot be done now was done")


async def figures(home: Home) -> dict[str, Any]:
    """Let an account be linked, its past imported and its library read; measure what answers in a pause."""
    await home.start_simulators()
    await home.start_home_assistant(("Alva",))
    api = home.api
    await register_app(api)
    entry = await link(api, PERSON)
    async with export_of(home.truth, PERSON, home.home_assistant.media) as export:
        await import_past(api, entry["entry_id"], export)
    player = await home.player_of(entry["entry_id"])
    await _widened(api, player)
    top = await act(api, "encore.get_top", time_range="all_time")()
    artist = top["top"][0]["name"]

    def command() -> Awaitable[Any]:
        return api.act("media_player.media_next_track", {"entity_id": player})

    await home.truth.do("faults", kind="rate_limited", match="/v1/*", retry_after=PAUSE_S)  # fmt: skip
    await _refused(command)
    asked: dict[str, Ask] = {
        "search": act(api, "encore.search", text=artist),
        "following": act(api, "encore.get_followed_artists"),
        "browse_liked_songs": liked_songs(api, player),
        "search_media": act(
            api, "media_player.search_media", entity_id=player, search_query=artist
        ),
        "command_refused": lambda: _refused(command),
    }
    return {name: await _measured(ask) for name, ask in asked.items()}


async def _run() -> tuple[int, dict[str, Any]]:
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        async with Home(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18423),
            simulator_port=free_port(19390),
        ) as home:
            measured = await figures(home)
            answer = await act(home.api, "encore.get_top", time_range="all_time")()
            return answer["total"]["play_count"], measured


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="script/bench away", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    print(
        f"Spotify wants a pause: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};"
        f" {ASKS} asks each, over HTTP"
    )
    plays, measured = asyncio.run(_run())
    printed({plays: measured})
    if options.json is not None:
        options.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
