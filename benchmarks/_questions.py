"""How long questions take, each with fresh random parameters, from the registry to the finished answer."""

from contextlib import closing, suppress
from dataclasses import replace
import math
from pathlib import Path
import sqlite3
import statistics
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from benchmarks._exports import HOME, Household
from benchmarks._import_run import opened
from benchmarks._parameters import WHOLE, Drawing, Known, Values
from benchmarks._seen import DEVICES, ROOMS, listener
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Window
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN, Hidden
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.language.answering import (
    Response,
    answer_question,
    render,
)
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import QuestionError
from custom_components.encore.questions.base.parameters import read
from custom_components.encore.questions.base.query_context import QueryContext

SEED: Final = 11
WARMING: Final = 5
"""How often a question is asked before it is measured: languages and templates are read once."""


def known_of(history: History, home: Household) -> Known:
    """Return what can be asked about a household's history."""
    newest = history.ask(
        lambda queries: queries.plays(Window(0, 1 << 50), limit=1), hidden=NOBODY_HIDDEN
    )
    oldest = history.ask(lambda queries: queries.recorded_from(), hidden=NOBODY_HIDDEN)
    first, last = oldest.result(), newest.result()[0].ended_at
    assert first is not None
    tracks = [home.catalogue.names(item) for item in range(0, 20_000, 7)]
    columns = {
        "tracks": "master_metadata_track_name",
        "artists": "master_metadata_album_artist_name",
        "albums": "master_metadata_album_album_name",
    }
    return Known(
        Clock(last + 60_000, HOME),
        Window(first, last),
        [listener(number).name for number in range(len(home.rows))],
        [room.name for room in ROOMS],
        [device.name for device in DEVICES],
        {of: [str(names[key]) for names in tracks] for of, key in columns.items()},
    )


def query_context_of(known: Known) -> QueryContext:
    """Return the circumstances in which the first listener asks."""
    return QueryContext(known.clock, me=(listener(0),), here=ROOMS[0])


def ask(
    history: History,
    key: str,
    values: Values,
    query_context: QueryContext,
    hidden: Hidden = NOBODY_HIDDEN,
) -> Response:
    """Ask a question as an interface does, for a viewer from whom some listeners are hidden, and wait for the answer."""
    return history.ask(
        lambda queries: answered(queries, key, values, query_context),
        hidden=hidden,
    ).result()


def answered(
    queries: HistoryQueries, key: str, values: Values, query_context: QueryContext
) -> Response:
    """Return the answer to a question, rendered as interfaces do."""
    question = QUESTIONS[key]
    asked = read(question.declares, values)
    answer = answer_question(queries, question, asked, query_context)
    return render(question, answer, query_context)


def measured(store: str, rows: int, seed: int, times: int) -> dict[str, Any]:
    """Measure all questions of the registry, so many times each; `rows` and `seed` made the household."""
    home = Household(rows, seed)
    # The last listener is private: for the others, nothing may take longer than if that one never had been there.
    private = listener(len(home.rows) - 1).key
    with (
        TemporaryDirectory() as folder,
        opened(_without(store, private, Path(folder))) as without,
        opened(store) as history,
    ):
        known = known_of(history, home)
        known = replace(known, listeners=known.listeners[:-1])
        return {
            question.key: _measured(
                history,
                without,
                question.key,
                known,
                times=times,
                hidden=frozenset({private}),
            )
            for question in QUESTIONS
        }


def _without(store: str, key: str, folder: Path) -> str:
    """Return a copy of a store in which a listener (by key) never was."""
    file = folder / "without.db"
    with closing(sqlite3.connect(store)) as whole:
        whole.execute("VACUUM INTO ?", (str(file),))
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA foreign_keys=ON")
        ((number,),) = copy.execute(
            "SELECT id FROM listener WHERE key = ?", (key,)
        ).fetchall()
        copy.execute(
            "DELETE FROM play_room WHERE play IN (SELECT id FROM play WHERE listener = ?)",
            (number,),
        )
        for table in ("observation", "play", "recording", "recording_gap"):
            copy.execute(f"DELETE FROM {table} WHERE listener = ?", (number,))  # noqa: S608
        copy.commit()
        copy.execute("VACUUM")
    return str(file)


def _measured(
    history: History,
    without: History,
    key: str,
    known: Known,
    *,
    times: int,
    hidden: Hidden,
) -> dict[str, Any]:
    drawing, query_context = Drawing(known, SEED), query_context_of(known)
    restricted = replace(query_context, hidden=hidden)
    for _ in range(WARMING):
        values = drawing.values(QUESTIONS[key])
        _timed(history, key, values, query_context)
        _timed(history, key, values, restricted, hidden)
        _timed(without, key, values, query_context)
    all_ms, whole_ms, busy_ms, hidden_ms, without_ms = [], [], [], [], []
    for number in range(times):
        values = drawing.values(QUESTIONS[key])
        # What the first of two does warms the processor's caches for the other.
        first = number % 2
        if first:
            without_ms.append(_timed(without, key, values, query_context)[0])
        hidden_ms.append(_timed(history, key, values, restricted, hidden)[0])
        if not first:
            without_ms.append(_timed(without, key, values, query_context)[0])
        # What was selected for one viewer is kept for the next one who asks the same.
        values = drawing.values(QUESTIONS[key])
        ms, busy = _timed(history, key, values, query_context)
        all_ms.append(ms)
        busy_ms.append(busy)
        if values.get("window") == WHOLE:
            whole_ms.append(ms)
    return {
        "median_ms": round(statistics.median(all_ms), 3),
        "p95_ms": round(quantile(all_ms, 0.95), 3),
        "max_ms": round(max(all_ms), 3),
        "all_time_median_ms": round(statistics.median(whole_ms), 3)
        if whole_ms
        else None,
        "processor_median_ms": round(statistics.median(busy_ms), 3),
        "scoped_to_unscoped": round(
            statistics.median(hidden_ms) / statistics.median(all_ms), 2
        ),
        # Both answered with the same parameters, one right after the other.
        "beside_a_private_listener": round(
            statistics.median(
                beside / alone
                for beside, alone in zip(hidden_ms, without_ms, strict=True)
            ),
            2,
        ),
        "asked": times,
    }


def quantile(values: list[float], share: float) -> float:
    """Return the value that a share of all do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _timed(
    history: History,
    key: str,
    values: Values,
    query_context: QueryContext,
    hidden: Hidden = NOBODY_HIDDEN,
) -> tuple[float, float]:
    """Return how long a question took (ms), by the clock and of the processor."""
    begun, busy = time.perf_counter(), time.process_time()
    with suppress(QuestionError):  # "not known" takes as long to find out
        ask(history, key, values, query_context, hidden)
    return (time.perf_counter() - begun) * 1e3, (time.process_time() - busy) * 1e3
