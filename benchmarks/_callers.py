"""Twenty callers beside an import, in one event loop as in Home Assistant."""

import asyncio
from contextlib import suppress
import gc
from pathlib import Path
import random
import sys
import time
from typing import Any, Final

from benchmarks._exports import Household
from benchmarks._figures import print_stalls
from benchmarks._heartbeat import Heartbeat
from benchmarks._import_run import opened
from benchmarks._parameters import WHOLE, Known
from benchmarks._questions import SEED, answered, known_of, quantile, query_context_of
from benchmarks._seen import listener
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

CALLERS: Final = 20
ASKED: Final = ("plays", "top", "listening_time", "heatmap", "timeline", "repeat_rate")
SHORT: Final = ("today", "yesterday", "last_24_hours", "last_7_days")
QUIET_S: Final = 5.0
"""How long the callers ask before the import begins."""


def beside_an_import(store: str, export: str, rows: int, seed: int) -> dict[str, Any]:
    """Let 20 callers ask once a second each, while the export of another listener is imported."""
    return asyncio.run(_beside_an_import(store, export, rows, seed))


async def _beside_an_import(
    store: str, export: str, rows: int, seed: int
) -> dict[str, Any]:
    with opened(store) as history:
        known = await asyncio.to_thread(known_of, history, Household(rows, seed))
        callers = _Callers(history, known)
        for _ in range(len(ASKED)):  # columns are loaded, and templates read, once
            await callers.ask_once()
        callers.taken()
        gc.collect()  # what a start leaves; a home that runs has collected it
        tasks = [asyncio.create_task(callers.ask(number)) for number in range(CALLERS)]
        with Heartbeat() as resting:
            await asyncio.sleep(QUIET_S)
        quiet = callers.taken() | {"loop_max_ms": resting.max_ms}
        with Heartbeat() as heart:
            begun = time.perf_counter()
            report = await asyncio.wrap_future(
                history.import_export(Path(export), listener(len(known.listeners)))
            )
            seconds = time.perf_counter() - begun
        print_stalls(heart.stalls)
        busy = callers.taken()
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        return {
            "rows": report.rows,
            "import_s": round(seconds, 3),
            "loop_p999_ms": round(quantile(heart.late_ms, 0.999), 3),
            "loop_max_ms": heart.max_ms,
            "full_collections": heart.full_collections,
            "quiet": quiet,
            "busy": busy,
        }


class _Callers:
    """Those who ask, and how long they waited (ms)."""

    def __init__(self, history: History, known: Known) -> None:
        self._history = history
        self._known = known
        self._chance = random.Random(SEED)
        self._short: list[float] = []
        self._whole: list[float] = []
        self._errors = 0

    async def ask(self, number: int) -> None:
        """Ask once a second, forever; callers do not all begin at once."""
        loop = asyncio.get_running_loop()
        due = loop.time() + number / CALLERS
        while True:
            await asyncio.sleep(max(0.0, due - loop.time()))
            due += 1.0
            await self.ask_once()

    async def ask_once(self) -> None:
        """Ask about a short window or all of history."""
        if self._chance.random() < 0.5:
            self._short.append(await self._waited(self._chance.choice(SHORT)))
        else:
            self._whole.append(await self._waited(WHOLE))

    def taken(self) -> dict[str, Any]:
        """Return how long callers waited so far, and begin anew."""
        figures: dict[str, Any] = {"errors": self._errors}
        for name, waited in (("short", self._short), ("all_time", self._whole)):
            figures[f"{name}_asked"] = len(waited)
            if waited:
                figures[f"{name}_p99_ms"] = round(quantile(waited, 0.99), 3)
            waited.clear()
        self._errors = 0
        return figures

    async def _waited(self, window: str) -> float:
        key = self._chance.choice(ASKED)
        query_context = query_context_of(self._known)
        values = {"window": window}
        if self._chance.random() < 0.4:
            values["listener"] = self._chance.choice(self._known.listeners)
        begun = time.perf_counter()
        try:
            await asyncio.wrap_future(
                self._history.ask(
                    lambda queries: answered(queries, key, values, query_context),
                    hidden=NOBODY_HIDDEN,
                )
            )
        except Exception as err:  # noqa: BLE001  any error at all is what is counted
            self._errors += 1
            print(f"{key} failed: {err!r}", file=sys.stderr)
        return (time.perf_counter() - begun) * 1000
