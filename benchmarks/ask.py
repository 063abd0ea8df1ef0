"""How long somebody waits who asks Assist: from the text of a sentence to the text of its answer, in a real Home Assistant."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from benchmarks._exports import Household
from benchmarks._home_runs import PEOPLE, SEED, print_figures
from demo.api import HomeAssistantApi
from demo.home import Home
from demo.link import belongs_to, link, register_app
from demo.past import Export, import_past
from demo.ports import free_port

ROUNDS: Final = 10

SENTENCES: Final = (
    "What did I listen to last night?",
    "What did we listen to yesterday evening?",
    "What did Alva listen to last Tuesday?",
    "Who was my top artist this year?",
    "Who were my top five artists last summer?",
    "What were my most played songs in 2024?",
    "What were our top albums last month?",
    "What was playing at 8 pm yesterday?",
    "What was playing ten minutes ago?",
    "How much did I listen this week?",
    "How many hours did we listen last month?",
    "How often did I hear {track}?",
    "How many times have I played {artist}?",
    "When did I last hear {artist}?",
    "When did I first listen to {track}?",
    "Did I ever listen to {artist}?",
    "What did I listen to on this day?",
    "What are my forgotten favourites?",
    "Search my history for {artist}",
    "Sum up my taste in music",
    "How was my year in music?",
    "How complete is my listening history?",
    "Where did we listen most this month?",
    "What did I hear in July?",
    "What did I hear in the last 90 days?",
)
"""One after the other: short windows and all of the past, names that the history has to look for."""


async def _names(api: HomeAssistantApi) -> dict[str, str]:
    """Return names that there are in the history."""
    names = {}
    for name, of in (("track", "tracks"), ("artist", "artists")):
        answer = await api.act(
            "encore.get_top",
            {"of": of, "time_range": "all_time", "limit": 40},
            answer=True,
        )
        names[name] = answer["top"][-1]["name"]
    return names


async def _said(api: HomeAssistantApi, text: str) -> str:
    """Say a sentence to Assist, and return what it says."""
    answer = await api.post(
        "/api/conversation/process", {"text": text, "language": "en"}
    )
    speech: str = answer["response"]["speech"]["plain"]["speech"]
    return speech


async def measured(api: HomeAssistantApi, sentences: Sequence[str]) -> dict[str, Any]:
    """Say every sentence a number of times, the first round left out; return how long answers took (ms)."""
    help_text = await _said(api, "What did I listen to upside down and sideways?")
    took: dict[str, list[float]] = {sentence: [] for sentence in sentences}
    not_answered = []
    for round_number in range(ROUNDS + 1):
        for sentence in sentences:
            begun = time.perf_counter()
            speech = await _said(api, sentence)
            if round_number:
                took[sentence].append((time.perf_counter() - begun) * 1000)
            elif speech == help_text:
                not_answered.append(sentence)
    every = [each for times in took.values() for each in times]
    slowest = max(took, key=lambda sentence: statistics.median(took[sentence]))
    return {
        "median_ms": round(statistics.median(every), 2),
        "p95_ms": round(statistics.quantiles(every, n=20)[-1], 2),
        "max_ms": round(max(every), 2),
        "sentences": len(sentences),
        "answers": len(every),
        "slowest": slowest,
        "slowest_median_ms": round(statistics.median(took[slowest]), 2),
        "not_understood": not_answered,
    }


async def figures(home: Home, plays: int) -> dict[str, Any]:
    """Link two accounts, import exports of so many rows together, and ask."""
    await home.start_simulators()
    await home.start_home_assistant(("Alva",))
    api = home.api
    await register_app(api)
    household = await asyncio.to_thread(Household, plays, SEED)
    for listener, person in enumerate(PEOPLE[: len(household.rows)]):
        entry = await link(api, person)
        if not listener:
            await belongs_to(api, entry["entry_id"], "person.alva")
        export = home.home_assistant.media / f"my_spotify_data_{person}.zip"
        await asyncio.to_thread(household.write, export, listener)
        await import_past(api, entry["entry_id"], Export(export, {}))
    names = await _names(api)
    return await measured(api, [each.format(**names) for each in SENTENCES])


async def _run(plays: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        async with Home(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18423),
            simulator_port=free_port(19390),
        ) as home:
            return await figures(home, plays)


def main() -> None:
    """Print the figures."""
    figures = print_figures(
        "ask",
        __doc__,
        _run,
        f"{{plays}} plays, {len(SENTENCES)} sentences to Assist, {ROUNDS} times each, over HTTP",
    )
    for sentence in figures["not_understood"]:
        print(f"not understood: {sentence}")


if __name__ == "__main__":
    main()
