"""How long the pages of the panel wait for Home Assistant: every question that a page asks over WebSocket, in a real browser."""

import argparse
import asyncio
from collections import defaultdict
import json
import os
from pathlib import Path
import platform
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from playwright.async_api import Page, WebSocket

from benchmarks._exports import ROWS_PER_LISTENER, Household
from benchmarks._figures import printed
from benchmarks.ask import PEOPLE, SEED
from demo.api import HomeAssistantApi
from demo.house import House
from demo.link import belongs_to, link, register_app
from demo.past import Export, import_past
from demo.ports import free_port
from tests.e2e.browser import visitor

ROUNDS: Final = 5
PAGES: Final = ("now", "history", "insights", "year", "import", "manage")
FILTERS: Final = (
    "",
    "?window=all_time",
    "?window=last_year&listener=Alva",
    "?kind=music&window=this_year",
)
"""What is looked at: each page as it opens, all of the past, one listener's, one kind."""
OURS: Final = "encore"


class Waits:
    """How long each message of Encore's took until its answer, by what it asked (ms)."""

    def __init__(self, page: Page) -> None:
        """Listen to a page."""
        self.took: dict[str, list[float]] = defaultdict(list)
        self._sent: dict[int, tuple[str, float]] = {}
        page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framesent", self._note_sent)
        socket.on("framereceived", self._note_answered)

    def _note_sent(self, frame: str | bytes) -> None:
        for message in _messages(frame):
            kind = str(message.get("type", ""))
            if kind.partition("/")[0] == OURS or message.get("domain") == OURS:
                what = message.get("question") or message.get("command")
                named = str(what or message.get("service") or kind)
                self._sent[message["id"]] = (named, time.perf_counter())

    def _note_answered(self, frame: str | bytes) -> None:
        for message in _messages(frame):
            sent = self._sent.pop(message.get("id", -1), None)
            if sent is not None and message["type"] == "result":
                named, begun = sent
                self.took[named].append((time.perf_counter() - begun) * 1000)


def _messages(frame: str | bytes) -> list[dict[str, Any]]:
    """Return the messages of a frame, which may be one or a list."""
    told = json.loads(frame)
    return told if isinstance(told, list) else [told]


async def _looked_at(house: House, pictures: Path) -> dict[str, Any]:
    """Open each page with each filter a number of times, the first left out; return how long its questions took."""
    figures: dict[str, Any] = {}
    async with visitor(house.url, house.owner, pictures) as guest:
        waits = Waits(guest.page)
        for page in PAGES:
            waits.took.clear()
            for number in range(ROUNDS + 1):
                for filters in FILTERS:
                    if number == 1 and filters == FILTERS[0]:
                        waits.took.clear()
                    await guest.opens_panel(f"{page}{filters}")
            every = [each for took in waits.took.values() for each in took]
            slowest = max(
                waits.took, key=lambda name: statistics.median(waits.took[name])
            )
            figures[page] = {
                "questions": len(every),
                "median_ms": round(statistics.median(every), 1),
                "p95_ms": round(statistics.quantiles(every, n=20)[-1], 1),
                "max_ms": round(max(every), 1),
                "slowest": slowest,
                "slowest_median_ms": round(statistics.median(waits.took[slowest]), 1),
            }
    return figures


async def _past(house: House, api: HomeAssistantApi, plays: int) -> None:
    """Link two accounts, shared with the household, and import exports of so many rows together."""
    household = await asyncio.to_thread(Household, plays, SEED)
    for listener, person in enumerate(PEOPLE[: len(household.rows)]):
        entry = await link(api, person)
        if not listener:
            await belongs_to(api, entry["entry_id"], "person.alva")
        export = house.home_assistant.media / f"my_spotify_data_{person}.zip"
        await asyncio.to_thread(household.write, export, listener)
        await import_past(api, entry["entry_id"], Export(export, {}))


async def _run(plays: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        async with House(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18523),
            simulator_port=free_port(19490),
        ) as house:
            await house.start_simulators()
            await house.start_home_assistant(("Alva",))
            await register_app(house.api)
            await _past(house, house.api, plays)
            return await _looked_at(house, folder)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="script/bench panel", description=__doc__)
    parser.add_argument(
        "--plays", type=int, default=1_000_000, help="rows of listening"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    if not 0 < options.plays <= len(PEOPLE) * ROWS_PER_LISTENER:
        parser.error(f"--plays: up to {len(PEOPLE) * ROWS_PER_LISTENER}")
    print(
        f"The panel: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};"
        f" {options.plays} plays, each page with {len(FILTERS)} filters, {ROUNDS} times, in Chromium"
    )
    told = asyncio.run(_run(options.plays))
    printed({options.plays: told})
    if options.json is not None:
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
