"""How long the panel waits for Home Assistant: every question of every page over the WebSocket, and its first paint in Chromium."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from benchmarks._home_runs import print_figures
from benchmarks._panel_visits import (
    PAINTED,
    Listening,
    Visit,
    Waves,
    first_paint,
    looked_at,
    name_of,
    searched,
    without,
)
from benchmarks.house import backfilled, imported, linked
from demo.api import HomeAssistantApi, Socket
from demo.home import Home
from demo.link import register_app
from demo.ports import free_port
from tests.e2e.browser import visitor

ROUNDS: Final = 7
PAGES: Final = ("now", "history", "insights", "year", "import", "manage")
FILTERS: Final = (
    "",
    "?window=all_time",
    "?window=last_year&listener=Alva",
    "?kind=music&window=this_year",
)
"""What is looked at: each page as it opens, all of the past, one listener's, one kind."""
MORE: Final = {
    "history": (
        "?day=2023-06-30",
        "?day=2014-03-01&listener=Ben",
    ),
    "insights": (
        "?window=all_time&by=minutes&step=year",
        "?window=all_time&listener=Alva&step=day",
    ),
    "year": ("?year=2024", "?year=2018&listener=Alva"),
}
"""What else: far back in the list, other pictures, past years."""
NAMES: Final = {"type": "encore/names"}
"""What the panel asks when it is opened, before any page."""
PAINTS: Final = 5
PAINTED_PAGES: Final = ("now", "history", "insights")


async def _visited(home: Home, pictures: Path) -> dict[str, list[Visit]]:
    """Look at each page with each filter in a browser, all the way down; return the visits to each."""
    visits: dict[str, list[Visit]] = {page: [] for page in PAGES}
    async with visitor(home.url, home.owner, pictures) as guest:
        listening = await Listening.to(guest.page)
        for page in PAGES:
            for filters in (*FILTERS, *MORE.get(page, ())):
                visit = await looked_at(guest, page, filters, listening)
                visit.waves.insert(0, [NAMES])
                visits[page].append(visit)
        name = (await _first_artist(home.api))[:8]
        await looked_at(guest, "history", "", listening)
        visits["history"].append(await searched(guest, name, listening))
        visits["history"].append(
            await searched(guest, name[1::-1] + name[2:], listening)
        )
    return visits


async def _first_artist(api: HomeAssistantApi) -> str:
    """Return an artist's name that there is in the history, neither among the most heard nor the least."""
    top = await api.act(
        "encore.get_top",
        {"of": "artists", "time_range": "all_time", "limit": 40},
        answer=True,
    )
    return str(top["top"][-1]["name"])


async def _painted(home: Home, pictures: Path) -> dict[str, Any]:
    """Load pages a number of times; return medians of how long after the frontend they were there (ms)."""
    figures: dict[str, Any] = {}
    async with visitor(home.url, home.owner, pictures) as guest:
        await guest.page.add_init_script(PAINTED)
        for page in PAINTED_PAGES:
            await first_paint(guest, page)
            seen = [await first_paint(guest, page) for _ in range(PAINTS)]
            figures[page] = {
                part: round(statistics.median(each[part] for each in seen), 0)
                for part in seen[0]
            }
    return figures


class Visitor:
    """A caller of the WebSocket without a browser, and how long each answer took (ms), by what was asked."""

    def __init__(self, socket: Socket) -> None:
        """Take a WebSocket that is signed in."""
        self.took: dict[str, list[float]] = defaultdict(list)
        self.refused: set[str] = set()
        self.whole: list[float] = []
        """How long each visit waited for its answers in all."""
        self._socket = socket

    async def visit(self, waves: Waves) -> None:
        """Ask what a page asked: each wave at once, the next when all of it is answered."""
        visit_began = time.perf_counter()
        followed = []
        for wave in waves:
            sent: dict[int, str] = {}
            began = time.perf_counter()
            for message in wave:
                number = await self._socket.send(
                    message["type"], **without(message, "id", "type")
                )
                sent[number] = name_of(message)
            while sent:
                answer = await self._socket.receive()
                if answer["type"] == "result" and answer["id"] in sent:
                    took = (time.perf_counter() - began) * 1000
                    name = sent.pop(answer["id"])
                    self.took[name].append(took)
                    if not answer["success"]:
                        self.refused.add(f"{name}: {answer['error']['code']}")
                    elif answer["result"] is None:
                        followed.append(answer["id"])
        self.whole.append((time.perf_counter() - visit_began) * 1000)
        for number in followed:
            await self._socket.command("unsubscribe_events", subscription=number)

    def taken(self) -> dict[str, list[float]]:
        """Return how long answers took until now, and begin anew."""
        took, self.took = self.took, defaultdict(list)
        self.whole = []
        return took


async def _asked(home: Home, visits: dict[str, list[Visit]]) -> dict[str, Any]:
    """Ask what the visits asked, first after a start of Home Assistant, then again and again; return how long it took."""
    figures: dict[str, Any] = {}
    await home.restart_home_assistant()
    async with home.api.socket() as socket:
        visitor = Visitor(socket)
        first: dict[str, float] = {}
        for page, paid in visits.items():
            for visit in paid:
                await visitor.visit(visit.waves)
            first[page] = max(_all(visitor.taken()))
        for page, paid in visits.items():
            for _ in range(ROUNDS):
                for visit in paid:
                    await visitor.visit(visit.waves)
            whole = statistics.median(visitor.whole)
            took = visitor.taken()
            figures[page] = _spread(took) | {
                "visit_ms": round(whole, 1),
                "first_max_ms": round(first[page], 1),
                "in_chromium_p95_ms": _p95(_all(*(visit.took for visit in paid))),
            }
        if visitor.refused:
            print(f"Not answered: {sorted(visitor.refused)}")
    return figures


def _spread(took: dict[str, list[float]]) -> dict[str, Any]:
    every = _all(took)
    slowest = max(took, key=lambda name: _p95(took[name]))
    return {
        "questions": len(every) // ROUNDS,
        "median_ms": round(statistics.median(every), 1),
        "p95_ms": _p95(every),
        "max_ms": round(max(every), 1),
        "slowest": slowest,
        "slowest_p95_ms": _p95(took[slowest]),
        "by_question": {
            name: [round(statistics.median(each), 1), _p95(each)]
            for name, each in sorted(took.items())
        },
    }


def _all(*took: dict[str, list[float]]) -> list[float]:
    return [each for one in took for waits in one.values() for each in waits]


def _p95(waits: Sequence[float]) -> float:
    return (
        round(statistics.quantiles(waits, n=20, method="inclusive")[-1], 1)
        if waits[1:]
        else round(waits[0], 1)
    )


async def measured(home: Home, folder: Path) -> dict[str, Any]:
    """Measure the panel of a home that has a past."""
    visits = await _visited(home, folder)
    figures = await _asked(home, visits)
    return {**figures, "painted": await _painted(home, folder)}


async def _run(plays: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        async with Home(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18523),
            simulator_port=free_port(19490),
        ) as home:
            await home.start_simulators()
            await home.start_home_assistant(("Alva",))
            await register_app(home.api)
            await imported(home, await linked(home.api), plays)
            await backfilled(home)
            return await measured(home, folder)


def main() -> None:
    """Print the figures."""
    print_figures(
        "panel",
        __doc__,
        _run,
        f"{{plays}} plays, each page with {len(FILTERS)} filters and more, {ROUNDS} times",
    )


if __name__ == "__main__":
    main()
