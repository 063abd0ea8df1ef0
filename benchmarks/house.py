"""What Encore costs Home Assistant's event loop: with every entity enabled while plays come in, and while statistics are written after an import."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
import sqlite3
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from benchmarks._exports import Household
from benchmarks._figures import print_stalls
from benchmarks._home_runs import PEOPLE, SEED, print_figures
from benchmarks._questions import quantile
from demo.api import HomeAssistantApi
from demo.home import Home
from demo.home_assistant import CONFIGURATION
from demo.link import belongs_to, link, register_app
from demo.past import Export, import_past
from demo.ports import free_port
from demo.rooms import furnish_rooms

WATCH: Final = Path(__file__).parent / "loop_watch"
REST_S: Final = 30.0
LIVING_S: Final = 180.0
SKIPS_EVERY_S: Final = 3.0
"""How often somebody skips: each time a play ends and another begins, in a room or on a phone."""
SETTLES_S: Final = 150.0
"""After a change, statistics wait for two minutes."""
PATIENCE_S: Final = 3600.0


class Loop:
    """The event loop of Home Assistant, as `loop_watch` sees it from inside."""

    def __init__(self, api: HomeAssistantApi) -> None:
        """Take the doors of a Home Assistant that watches its loop."""
        self._api = api

    async def during(self, act: Callable[[], Awaitable[None]]) -> dict[str, Any]:
        """Return how late the loop was (ms) while something went on."""
        await self._api.command("loop_watch/taken")
        await act()
        taken = await self._api.command("loop_watch/taken")
        delays_ms, stalls = taken["late_ms"], taken["stalls"]
        print_stalls(stalls)
        return {
            "loop_p99_ms": quantile(delays_ms, 0.99),
            "loop_p999_ms": quantile(delays_ms, 0.999),
            "loop_max_ms": max(delays_ms),
            "beats": len(delays_ms),
            "full_collections": taken["full_collections"],
            "stalls": stalls,
        }


def watched(folder: Path) -> None:
    """Have Home Assistant in a new configuration folder watch its loop."""
    integrations = folder / "custom_components"
    integrations.mkdir(parents=True)
    (integrations / WATCH.name).symlink_to(WATCH, target_is_directory=True)
    (folder / "configuration.yaml").write_text(f"{CONFIGURATION}\n{WATCH.name}:\n")


async def linked(api: HomeAssistantApi) -> list[str]:
    """Link an account for each listener; return their config entries."""
    entries: list[str] = []
    for person in PEOPLE:
        entry = await link(api, person)
        if not entries:
            await belongs_to(api, entry["entry_id"], "person.alva")
        entries.append(str(entry["entry_id"]))
    return entries


async def _enable_all(home: Home) -> int:
    """Enable every entity of Encore's, and start again; return how many there are."""
    ours = []
    async with home.api.socket() as socket:
        for entity in await socket.command("config/entity_registry/list"):
            if entity["platform"] != "encore":
                continue
            ours.append(entity["entity_id"])
            if entity["disabled_by"]:
                await socket.command(
                    "config/entity_registry/update",
                    entity_id=entity["entity_id"],
                    disabled_by=None,
                )
    await home.restart_home_assistant()
    return len(ours)


async def imported(home: Home, entries: list[str], plays: int) -> None:
    """Import an export for each of some accounts, so many rows together."""
    household = await asyncio.to_thread(Household, plays, SEED)
    for listener, person in enumerate(PEOPLE[: len(household.rows)]):
        path = home.home_assistant.media / f"my_spotify_data_{person}.zip"
        await asyncio.to_thread(household.write, path, listener)
        await import_past(home.api, entries[listener], Export(path, {}))


async def _statistics_jobs(api: HomeAssistantApi) -> list[dict[str, Any]]:
    """Return the records of statistics that were written."""
    answer = await api.act("encore.get_jobs", {"limit": 50}, answer=True)
    return [job for job in answer["jobs"] if job["kind"] == "statistics"]


async def backfilled(home: Home) -> None:
    """Wait until the statistics are what the history says: what is begun is done, and the listeners' last hours are there."""
    until = time.monotonic() + PATIENCE_S
    done = 0.0
    while time.monotonic() < until:
        await asyncio.sleep(2)
        jobs = await _statistics_jobs(home.api)
        rows = sum(job["rows"] for job in jobs)
        if not jobs or any(job["state"] not in ("done", "cancelled") for job in jobs):
            done = 0.0
        elif rows == done:
            return
        else:
            # What came in meanwhile is looked for once more.
            done = rows
            await asyncio.sleep(SETTLES_S)
    raise TimeoutError("The statistics were not written")


async def _living(home: Home) -> None:
    """Let everybody listen, and skip all the time."""
    players = [
        entity["entity_id"]
        for entity in await home.api.command("config/entity_registry/list")
        if entity["platform"] == "encore"
        and entity["entity_id"].startswith("media_player.")
    ]
    for person in PEOPLE:
        plays = await home.truth.heard(person)
        album = next(
            row["context_uri"]
            for row in reversed(plays)
            if (row["context_uri"] or "").startswith("spotify:album:")
        )
        await home.truth.do("play", person=person, context_uri=album)
    until = time.monotonic() + LIVING_S
    while time.monotonic() < until:
        for person in PEOPLE:
            await home.truth.do("skip", person=person)
        await home.api.post(
            "/api/services/homeassistant/update_entity", {"entity_id": players}
        )
        await asyncio.sleep(SKIPS_EVERY_S)


def _lasted_s(job: dict[str, Any]) -> float:
    """Return how long a job went on."""
    started, ended = (datetime.fromisoformat(job[at]) for at in ("started", "ended"))
    return (ended - started).total_seconds()


def _recorded(config: Path) -> int:
    """Return how many rows of statistics the recorder has of Encore's."""
    database = sqlite3.connect(
        f"file:{config / 'home-assistant_v2.db'}?mode=ro", uri=True
    )
    try:
        [(rows,)] = database.execute(
            "SELECT count(*) FROM statistics s JOIN statistics_meta m ON m.id = s.metadata_id"
            " WHERE m.source = 'encore'"
        )
    finally:
        database.close()
    return int(rows)


async def measured(home: Home, plays: int) -> dict[str, Any]:
    """Measure a home whose Home Assistant watches its loop, and which has no past yet."""
    loop = Loop(home.api)
    await register_app(home.api)
    entries = await linked(home.api)
    if home.simulators.speakers:
        await furnish_rooms(home)
    entities = await _enable_all(home)

    async def rest() -> None:
        await asyncio.sleep(REST_S)

    quiet = await loop.during(rest)
    importing = await loop.during(lambda: imported(home, entries, plays))
    writing = await loop.during(lambda: backfilled(home))
    jobs = await _statistics_jobs(home.api)
    resting = await loop.during(rest)
    living = await loop.during(lambda: _living(home))
    return {
        "entities": entities,
        "before": quiet,
        "import": importing,
        "statistics": writing
        | {
            "rows_written": sum(job["rows"] for job in jobs),
            "rows_kept": await asyncio.to_thread(_recorded, home.home_assistant.folder),
            "seconds": round(sum(map(_lasted_s, jobs)), 1),
        },
        "resting": resting,
        "living": living,
    }


async def _run(plays: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        watched(folder / "config")
        async with Home(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18533),
            simulator_port=free_port(19533),
            network="127.0.83",
        ) as home:
            await home.start_simulators()
            await home.start_home_assistant(("Alva",))
            return await measured(home, plays)


def main() -> None:
    """Print the figures."""
    print_figures(
        "house",
        __doc__,
        _run,
        f"{{plays}} plays, every entity enabled; a skip by each listener every {SKIPS_EVERY_S:g} s for {LIVING_S:g} s",
    )


if __name__ == "__main__":
    main()
