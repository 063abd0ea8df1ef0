"""What a running history does beside answering: it loads its columns, and takes in what was just heard."""

import asyncio
from collections.abc import Callable, Sequence
import random
import statistics
import time
from typing import Any, Final

from benchmarks._heartbeat import Heartbeat
from benchmarks._import_run import opened
from benchmarks._seen import ROOMS, listener
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    Observation,
    Play,
    RoomSpan,
    Source,
    Window,
)
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

ALWAYS: Final = Window(0, 1 << 50)
TIMES: Final = 15
PLAYS: Final = 50


def loaded(store: str) -> dict[str, Any]:
    """Load the columns beside an event loop that does nothing else."""
    return asyncio.run(_loaded(store))


async def _loaded(store: str) -> dict[str, Any]:
    with opened(store) as history, Heartbeat() as heart:
        begun, busy = time.perf_counter(), time.process_time()
        asked = history.ask(
            lambda queries: len(queries.select(ALWAYS, min_ms=0)), hidden=NOBODY_HIDDEN
        )
        plays = await asyncio.wrap_future(asked)
        return {
            "seconds": round(time.perf_counter() - begun, 3),
            "processor_s": round(time.process_time() - busy, 3),
            "plays": plays,
            "loop_max_ms": heart.max_ms,
        }


def appends(store: str) -> dict[str, Any]:
    """Append 50 plays at a time: new ones, and second witnesses of plays that are there.

    Each time until they are stored, and until a question about all plays knows of them.
    """
    chance = random.Random(5)
    with opened(store) as history:
        newest = history.ask(
            lambda queries: queries.plays(ALWAYS, limit=TIMES * PLAYS),
            hidden=NOBODY_HIDDEN,
        )
        known = newest.result()
        return {
            "new": _appended(history, lambda number: _new(known, number)),
            "merging": _appended(
                history,
                lambda number: [
                    _polled(play, chance)
                    for play in known[number * PLAYS : (number + 1) * PLAYS]
                ],
            ),
        }


def _appended(
    history: History, observations_of: Callable[[int], Sequence[Observation]]
) -> dict[str, float]:
    stored, answered, processor = [], [], []
    for number in range(TIMES):
        observations = observations_of(number)
        begun, busy = time.perf_counter(), time.process_time()
        history.append(observations).result()
        stored.append(time.perf_counter() - begun)
        history.ask(
            lambda queries: queries.total(ALWAYS), hidden=NOBODY_HIDDEN
        ).result()
        answered.append(time.perf_counter() - begun)
        processor.append(time.process_time() - busy)
    figures = {
        "stored_ms": stored,
        "answered_ms": answered,
        "processor_answered_ms": processor,
    }
    return {
        name: round(statistics.median(values) * 1000, 3)
        for name, values in figures.items()
    }


def _new(known: Sequence[Play], number: int) -> list[Observation]:
    """Return plays as they come in live, after all that is known, in a room."""
    begin = known[0].ended_at + (number + 1) * 86_400_000
    observations = []
    for place, play in enumerate(known[:PLAYS]):
        end = begin + (place + 1) * 200_000
        observations.append(
            Observation(
                Source.LIVE,
                listener(0),
                play.item,
                end - 180_000,
                end,
                180_000,
                rooms=(RoomSpan(ROOMS[0], end - 180_000, end),),
            )
        )
    return observations


def _polled(play: Play, chance: random.Random) -> Observation:
    """Return what the recently played list says of a play that is known."""
    end = play.ended_at + chance.randint(-20_000, 20_000)
    start = end - play.ms_played
    return Observation(
        Source.POLLED, play.listener, play.item, start, end, play.ms_played
    )
