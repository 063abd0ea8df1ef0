"""How soon a change at a speaker is a state in Home Assistant, and what a large household costs.

A real Home Assistant and the simulated speakers run in processes of their own; a change is timed from before it is
asked for until Home Assistant wrote the state that shows it. Disabling the entry is what "without Encore" means: the
same Home Assistant, and no household in it.
"""

import argparse
import asyncio
from collections.abc import Sequence
import json
import os
from pathlib import Path
import platform
import statistics
import time
from typing import Any, Final

from demo.api import Json

from ._figures import printed
from ._speaker_changes import MeasuredHome, Shows, home

CHANGES: Final = 200
BLOCKED_ROUNDS: Final = 6
ROOMS: Final = 32
MINUTE_S: Final = 60
MANY: Final = 3_600
A_SECOND: Final = 10
SETTLES_S: Final = 20
"""After a set-up Home Assistant saves its registries, and speakers are asked what they are."""


def spread(seconds: Sequence[float]) -> dict[str, Any]:
    """Return the figures of some waits: median, 95th percentile and the longest, in ms."""
    inside = [each for each in seconds if each != float("inf")]
    ordered = sorted(inside) or [0.0]
    return {
        "changes": len(seconds),
        "never_shown": len(seconds) - len(inside),
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[round(0.95 * (len(ordered) - 1))] * 1000, 1),
        "longest_ms": round(ordered[-1] * 1000, 1),
    }


def volume_is(percent: int) -> Shows:
    """Return whether a state has a volume."""
    return lambda state: (
        round(state["attributes"].get("volume_level", -1) * 100) == (percent)
    )


def title_is(title: str) -> Shows:
    """Return whether a state has a title."""
    return lambda state: state["attributes"].get("media_title") == title


def playing(state: Json) -> bool:
    """Whether a state plays."""
    return bool(state["state"] == "playing")


def paused(state: Json) -> bool:
    """Whether a state is paused."""
    return bool(state["state"] == "paused")


async def changes(here: MeasuredHome) -> dict[str, Any]:
    """Turn, pause and skip in all rooms by turns, one thing after another."""
    waits: dict[str, list[float]] = {"volume": [], "transport": [], "track": []}
    first = here.rooms[0]
    await here.change(first, "play", playing, queue=1)
    place = 1
    for number in range(CHANGES):
        match number % 4:
            case 0 | 1:
                room = here.rooms[number % len(here.rooms)]
                percent = 21 + number // len(here.rooms)
                waits["volume"].append(
                    await here.change(
                        room, "volume", volume_is(percent), volume=percent
                    )
                )
            case 2:
                waits["transport"].append(await here.change(first, "pause", paused))
            case 3 if number % 8 == 3:
                waits["transport"].append(await here.change(first, "play", playing))
            case _:
                place = place % 4 + 1
                waits["track"].append(
                    await here.change(
                        first, "play", title_is(f"Song {place}"), queue=place
                    )
                )
        await asyncio.sleep(0.05)
    return {
        "all": spread([each for kind in waits.values() for each in kind]),
        **{kind: spread(each) for kind, each in waits.items()},
    }


async def blocked(here: MeasuredHome) -> dict[str, Any]:
    """Turn the volume in all rooms while a firewall keeps every event back."""
    await here.switch(on=False)
    for room in here.rooms:
        await here.app.press(room, "mute_events")
    await here.switch(on=True)
    await asyncio.sleep(SETTLES_S)
    waits: list[float] = []
    for number in range(BLOCKED_ROUNDS):
        # Not at once: the moment within the interval of asking matters.
        waits += await asyncio.gather(
            *(
                _later(here, room, 11 + number, place * 1.7 + number * 0.9)
                for place, room in enumerate(here.rooms)
            )
        )
    for room in here.rooms:
        await here.app.press(room, "mute_events", on=False)
    return spread(waits)


async def _later(here: MeasuredHome, room: str, percent: int, after_s: float) -> float:
    await asyncio.sleep(after_s)
    return await here.change(room, "volume", volume_is(percent), volume=percent)


async def many_rooms(here: MeasuredHome) -> dict[str, Any]:
    """Load and unload a household of 32 rooms, leave it alone for a minute, then turn volumes without a pause."""
    await asyncio.sleep(SETTLES_S)
    figures: dict[str, Any] = {"set_up_s": []}
    for _ in range(3):
        await here.switch(on=False)
        await asyncio.sleep(1)
        figures["set_up_s"].append(round(await here.switch(on=True), 2))
    await asyncio.sleep(SETTLES_S)
    with_it = await here.idle_percent(MINUTE_S)
    await here.switch(on=False)
    await asyncio.sleep(SETTLES_S)
    without = await here.idle_percent(MINUTE_S)
    await here.switch(on=True)
    await asyncio.sleep(5)
    return {
        "set_up_longest_s": max(figures["set_up_s"]),
        **figures,
        "idle_cpu_percent": round(with_it, 2),
        "idle_cpu_percent_without": round(without, 2),
        "idle_cpu_percent_difference": round(with_it - without, 2),
        "stream": await stream(here),
    }


async def stream(here: MeasuredHome) -> dict[str, Any]:
    """Turn volumes ten times a second, room after room; count what no state has shown."""
    here.watcher.volumes.clear()
    turned: dict[str, list[int]] = {room: [] for room in here.rooms}
    waits: list[asyncio.Task[float]] = []
    begun, used = time.perf_counter(), here.cpu_s()
    for number in range(MANY):
        room = here.rooms[number % len(here.rooms)]
        percent = 5 + number // len(here.rooms) % 90
        turned[room].append(percent)
        waits.append(
            asyncio.create_task(
                here.change(room, "volume", volume_is(percent), volume=percent)
            )
        )
        await asyncio.sleep(begun + (number + 1) / A_SECOND - time.perf_counter())
    took = time.perf_counter() - begun
    cpu = (here.cpu_s() - used) / took * 100
    all_waits = await asyncio.gather(*waits)
    missed = sum(
        here.watcher.volumes.get(here.players[room], [])[-len(volumes) :] != volumes
        for room, volumes in turned.items()
    )
    return {
        **spread(all_waits),
        "rooms_with_another_order": missed,
        "a_second": round(MANY / took, 1),
        "cpu_percent": round(cpu, 1),
    }


async def measured(only: str | None) -> dict[str, Any]:
    """Return all figures."""
    figures: dict[str, Any] = {}
    if only in (None, "changes", "blocked"):
        async with home("127.0.41") as here:
            if only != "blocked":
                figures["changes"] = await changes(here)
            if only != "changes":
                figures["blocked"] = await blocked(here)
    if only in (None, "rooms"):
        async with home("127.0.42", ROOMS) as here:
            figures["rooms"] = await many_rooms(here)
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="script/bench sonos", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument(
        "--only",
        choices=("changes", "blocked", "rooms"),
        help="measure one of the parts",
    )
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(
        f"Sonos: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, load {load:.1f}"
    )
    figures = asyncio.run(measured(options.only))
    printed({1: figures})
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
