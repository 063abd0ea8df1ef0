"""The same questions in plain SQL: in DuckDB, and in SQLite on Encore's own tables, beside Encore's answers.

Each is asked about the same random windows, and its rows are held against the answer.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
import sqlite3
import statistics
import time
from typing import Any, Final

import duckdb
import numpy as np

from benchmarks._exports import HOME, Household
from benchmarks._import_run import opened
from benchmarks._parameters import Drawing, Span
from benchmarks._questions import SEED, ask, known_of, query_context_of
from custom_components.encore.history.time_ranges.utc_offsets import offsets_of

type Rows = list[tuple[Any, ...]]

_TABLES: Final[dict[str, dict[str, Any]]] = {
    "play": {"started_at": "i8", "track": "i4", "ms_played": "i4"},
    "track": {"id": "i4", "kind": "u1"},
    "track_artist": {"track": "i4", "artist": "i4"},
    "artist": {"id": "i4", "name": object},
}
"""What DuckDB is given."""

_COUNTED: Final = "p.started_at BETWEEN $1 AND $2 - 1 AND p.ms_played >= 30000"
_BY_HOUR: Final = {
    "duckdb": "timezone('Europe/Amsterdam', to_timestamp(p.started_at // 1000))",
    "sqlite": "(p.started_at / 1000 + (SELECT z.ahead FROM zone z WHERE z.since * 1000 <= p.started_at"
    " ORDER BY z.since DESC LIMIT 1))",
}
_TOTAL: Final = (
    f"SELECT count(*), coalesce(sum(p.ms_played), 0) FROM play p WHERE {_COUNTED}"  # noqa: S608  our own words
)
_TOP: Final = (
    "SELECT a.name, count(*) AS plays, sum(p.ms_played) AS ms FROM play p"  # noqa: S608  our own words
    " JOIN track t ON t.id = p.track AND t.kind = 1 JOIN track_artist c ON c.track = t.id JOIN artist a ON a.id = c.artist"
    f" WHERE {_COUNTED} GROUP BY a.id, a.name ORDER BY plays DESC, ms DESC, a.name LIMIT 10"
)
_DIFFERENT: Final = (
    f"SELECT count(*), count(DISTINCT p.track) FROM play p WHERE {_COUNTED}"  # noqa: S608  our own words
)
_NEW: Final = (
    "WITH new AS (SELECT c.artist, min(p.started_at) AS began, sum(CASE WHEN p.started_at >= $1 THEN 1 ELSE 0 END) AS plays"
    " FROM play p JOIN track t ON t.id = p.track AND t.kind = 1 JOIN track_artist c ON c.track = t.id"
    " WHERE p.started_at < $2 AND p.ms_played >= 30000 GROUP BY c.artist)"
    " SELECT count(*) FROM new WHERE began >= $1"
)


def _local(duckdb_says: str, sqlite_says: str) -> tuple[str, str]:
    """Return both dialects of a count by something of the local start."""
    statement = f"SELECT {{}}, count(*), sum(p.ms_played) FROM play p WHERE {_COUNTED} GROUP BY 1"  # noqa: S608  our own words
    return (
        statement.format(duckdb_says.format(local=_BY_HOUR["duckdb"])),
        statement.format(sqlite_says.format(local=_BY_HOUR["sqlite"])),
    )


@dataclass(frozen=True)
class Peer:
    """A question with some values, its SQL in two dialects, and what both must agree on."""

    values: dict[str, Any]
    duckdb: str
    sqlite: str
    says: Callable[[Rows], object]
    """What the rows come to."""
    answered: Callable[[dict[str, Any]], object]
    """What Encore's answer comes to."""


def _plays(data: dict[str, Any]) -> object:
    return data["total"]["play_count"]


def _first(rows: Rows) -> object:
    return rows[0][0]


PEERS: Final = {
    "plays": Peer({}, _TOTAL, _TOTAL, _first, _plays),
    "top": Peer(
        {"of": "artists"},
        _TOP,
        _TOP,
        lambda rows: [row[:2] for row in rows],
        lambda data: [(each["name"], each["play_count"]) for each in data["top"]],
    ),
    "listening_time": Peer(
        {},
        *_local("date_trunc('day', {local})", "{local} / 86400"),
        lambda rows: (len(rows), sum(row[1] for row in rows)),
        lambda data: (data["days"], data["total"]["play_count"]),
    ),
    "heatmap": Peer(
        {},
        *_local("isodow({local}) * 24 + hour({local})", "({local} / 3600 + 72) % 168"),
        lambda rows: sorted(row[1] for row in rows),
        lambda data: sorted(
            count for day in data["hours"].values() for count in day if count
        ),
    ),
    "timeline": Peer(
        {"step": "month", "limit": 10_000},
        *_local(
            "date_trunc('month', {local})", "strftime('%Y-%m', {local}, 'unixepoch')"
        ),
        lambda rows: [row[1] for row in sorted(rows)],
        lambda data: [step["play_count"] for step in data["steps"]],
    ),
    "streaks": Peer(
        {},
        *_local("date_trunc('day', {local})", "{local} / 86400"),
        len,
        lambda data: data["days"],
    ),
    "repeat_rate": Peer(
        {},
        _DIFFERENT,
        _DIFFERENT,
        lambda rows: rows[0],
        lambda data: (data["total"]["play_count"], data["different"]),
    ),
    "discoveries": Peer(
        {"of": "artists"}, _NEW, _NEW, _first, lambda data: data["new"]
    ),
}


def compared(store: str, rows: int, seed: int, times: int) -> dict[str, Any]:
    """Ask each peer question so many times, of Encore, of DuckDB and of SQLite (median ms)."""
    with (
        opened(store) as history,
        closing(_in_duckdb(store)) as duck,
        closing(_in_sqlite(store)) as lite,
    ):
        known = known_of(history, Household(rows, seed))
        query_context, drawing = query_context_of(known), Drawing(known, SEED)

        def measure(key: str, peer: Peer) -> dict[str, float]:
            def by_encore(span: Span) -> object:
                values = peer.values | span.values
                return peer.answered(ask(history, key, values, query_context).data)

            def by_duckdb(span: Span) -> object:
                bounds = [span.start, span.end]
                return peer.says(duck.execute(peer.duckdb, bounds).fetchall())

            def by_sqlite(span: Span) -> object:
                bounds = (span.start, span.end)
                return peer.says(lite.execute(sqlite, bounds).fetchall())

            sqlite = peer.sqlite.replace("$", "?")  # as it numbers parameters
            systems = (by_encore, by_duckdb, by_sqlite)
            took: list[list[float]] = [[], [], []]
            for number in range(-1, times):
                span = drawing.span()
                if number == 0:  # what is read once was read
                    took = [[], [], []]
                said = [_timed(*each, span) for each in zip(systems, took, strict=True)]
                if said[0] != said[1] or said[0] != said[2]:
                    raise AssertionError(f"{key} in {span}: {said}")
            names = ("encore_ms", "duckdb_ms", "sql_ms")
            return {
                name: round(statistics.median(ms), 3)
                for name, ms in zip(names, took, strict=True)
            }

        return {key: measure(key, peer) for key, peer in PEERS.items()}


def _timed(ask_it: Callable[[Span], object], took: list[float], span: Span) -> object:
    begun = time.perf_counter()
    said = ask_it(span)
    took.append((time.perf_counter() - begun) * 1000)
    return said


def _in_sqlite(store: str) -> sqlite3.Connection:
    """Open Encore's own tables, with the offsets of the home beside them."""
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("CREATE TEMP TABLE zone (since INTEGER PRIMARY KEY, ahead)")
    since, ahead = offsets_of(HOME)
    connection.executemany(
        "INSERT INTO zone VALUES (?, ?)",
        zip(since.tolist(), ahead.tolist(), strict=True),
    )
    return connection


def _in_duckdb(store: str) -> duckdb.DuckDBPyConnection:
    """Copy what questions need into DuckDB."""
    database = duckdb.connect()
    with closing(sqlite3.connect(store)) as connection:
        for table, columns in _TABLES.items():
            names = ", ".join(columns)
            rows = connection.execute(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608  our own words
            copied = {
                name: np.array(column, dtype)
                for (name, dtype), column in zip(
                    columns.items(), zip(*rows, strict=True), strict=True
                )
            }
            database.register("copied", copied)
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM copied")  # noqa: S608  our own words
            database.unregister("copied")
    return database
