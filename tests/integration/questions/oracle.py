"""An oracle: the same plays in DuckDB, asked in plain SQL that shares nothing with the questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import random
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from custom_components.encore.history.model import Kind, Play, Source
from tests.unit.history.years import DEVICES, EDGES, FIRST, LAST, LISTENERS, ROOMS

ZONES = (
    "Europe/Amsterdam",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "UTC",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KIND_NAMES = {Kind.TRACK: "music", Kind.EPISODE: "podcast", Kind.CHAPTER: "audiobook"}


@dataclass(frozen=True)
class Case:
    """A random question: what a door is given, and which plays that means."""

    zone: ZoneInfo
    values: dict[str, Any]
    """Window and filters."""
    window: str
    """The window as a condition on a play in SQL."""
    filters: str
    """The filters as conditions, each after an AND."""
    heard: str = "ms"
    """How long a play counts: in the rooms that are asked for, if any are."""


ASSUMED: Final = "sum(ms) FILTER (sources = ['polled'] AND kind = 'music')"
"""How long songs sounded of which nobody knows for how long: recently played alone told of them."""


def total(plays: int, ms: int | None, assumed_ms: int | None = None) -> dict[str, Any]:
    """Return a total as answers give it."""
    assumed = {"assumed_minutes": round(assumed_ms / 60_000)} if assumed_ms else {}
    return {"play_count": plays, "minutes": round((ms or 0) / 60_000), **assumed}


class Oracle:
    """Some plays, one row each, in DuckDB."""

    def __init__(self, plays: Sequence[Play]) -> None:
        """Take the plays."""
        self.plays = plays
        # Each statement is small: threads would wait for each other.
        self._database = duckdb.connect(config={"threads": 1})
        self._case: Case | None = None
        self._is_filtered = False
        self._question = ""
        self._known: dict[tuple[object, ...], list[tuple[Any, ...]]] = {}
        self._zones: dict[str, str] = {}
        """By time zone the table that has every play with its `local` start."""
        self._database.execute(
            "CREATE TABLE play (id BIGINT, listener TEXT, began BIGINT, ms BIGINT, title TEXT, uri TEXT, kind TEXT,"
            " artists TEXT[], album TEXT, sources TEXT[], rooms TEXT[], device TEXT, skipped BOOLEAN,"
            " spans STRUCT(room TEXT, since BIGINT, until BIGINT)[])"
        )
        reported = pa.Table.from_pylist([_row(play) for play in plays])
        self._database.register("told", reported)
        self._database.execute("INSERT INTO play BY NAME FROM told")
        self._database.unregister("told")

    def keep_for(self, question: str) -> None:
        """Answer what is asked again about this question from memory, and let go of what was asked about another one."""
        if question != self._question:
            self._known.clear()
        self._question = question

    def rows(self, statement: str, case: Case) -> list[tuple[Any, ...]]:
        """Return the rows of a statement on `chosen`, the plays of a case with their `local` start; `ms` is what counts of the `whole`.

        `filtered` are those that pass its filters, whenever they were, and `every` is every play.
        """
        asked = (statement, case.zone.key, case.window, case.filters, case.heard)
        if asked not in self._known:
            if case is not self._case:
                self._choose(case)
                self._case, self._is_filtered = case, False
            if "filtered" in statement and not self._is_filtered:
                self._database.execute(
                    f"CREATE OR REPLACE TEMP TABLE filtered AS {self._filtered(case)}"
                )
                self._is_filtered = True
            self._known[asked] = self._database.execute(statement).fetchall()
        return self._known[asked]

    def _choose(self, case: Case) -> None:
        """Make what all statements on a case read."""
        zone = case.zone.key
        if zone not in self._zones:
            local = f"timezone('{zone}', to_timestamp(began // 1000))"
            self._zones[zone] = f"every_{len(self._zones)}"
            self._database.execute(
                f"CREATE TABLE {self._zones[zone]} AS SELECT *, {local} AS local FROM play"  # noqa: S608  our own words
            )
        self._database.execute(
            f"CREATE OR REPLACE TEMP VIEW every AS FROM {self._zones[zone]}"
        )
        self._database.execute(
            f"CREATE OR REPLACE TEMP TABLE chosen AS FROM ({self._filtered(case)}) WHERE {case.window}"
        )

    def _filtered(self, case: Case) -> str:
        every = self._zones[case.zone.key]
        return f"SELECT * REPLACE ({case.heard} AS ms), ms AS whole FROM (FROM {every}) WHERE true {case.filters}"  # noqa: S608  our own words

    def start_of(self, case: Case) -> int:
        """Return from when on the window of a case is, in UTC milliseconds."""
        values = case.values
        if "start_time" in values:
            return round(
                datetime.fromisoformat(values["start_time"]).timestamp() * 1000
            )
        if (name := values["window"]) == "all_time":
            return 0
        year, _, month = name.partition("-")
        first = datetime(int(year), int(month or 1), 1, tzinfo=case.zone)
        return round(first.timestamp() * 1000)

    def end_of(self, case: Case) -> int:
        """Return until when the window of a case is, in UTC milliseconds."""
        values = case.values
        if "end_time" in values:
            return round(datetime.fromisoformat(values["end_time"]).timestamp() * 1000)
        if (name := values["window"]) == "all_time":
            return 1 << 50
        year, _, month = name.partition("-")
        months = int(year) * 12 + (int(month) if month else 12)
        after = datetime(months // 12, months % 12 + 1, 1, tzinfo=case.zone)
        return round(after.timestamp() * 1000)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


@contextmanager
def oracle_of(plays: Sequence[Play]) -> Iterator[Oracle]:
    """Give an oracle for the length of a block."""
    oracle = Oracle(plays)
    try:
        yield oracle
    finally:
        oracle.close()


def _row(play: Play) -> dict[str, Any]:
    return {
        "id": play.id,
        "listener": play.listener.name,
        "began": play.started_at,
        "ms": play.ms_played,
        "title": play.item.title,
        "uri": play.item.uri,
        "kind": KIND_NAMES[play.item.kind],
        "artists": list(play.item.artists),
        "album": play.item.album or None,
        "sources": [Source(source).name.lower() for source in play.sources],
        "rooms": [span.room.name for span in play.rooms],
        "device": play.device.name if play.device else None,
        "skipped": play.skipped,
        "spans": [
            {"room": span.room.name, "since": span.start, "until": span.end}
            for span in play.rooms
        ],
    }


def cases(count: int, seed: int) -> Iterator[Case]:
    """Yield random windows, zones and filters, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        zone = ZoneInfo(chance.choice(ZONES))
        values, window = _window(chance)
        where = ""
        for value, condition in (
            _names(chance, "listener", LISTENERS, "listener"),
            _names(chance, "room", ROOMS, "rooms"),
        ):
            values |= value
            where += condition
        if chance.random() < 0.2:
            device = chance.choice(DEVICES).name
            values["device"] = device
            where += f" AND device = '{device}'"
        if chance.random() < 0.3:
            values["kind"] = kind = chance.choice([*KIND_NAMES.values()])
            where += f" AND kind = '{kind}'"
        if chance.random() < 0.2:
            values["source"] = source = chance.choice(["live", "export", "sonos"])
            where += f" AND list_contains(sources, '{source}')"
        least = 30
        if chance.random() < 0.4:
            values["minimum_played"] = least = chance.choice([0, 29, 31, 150])
        where += f" AND ms >= {least * 1000}"
        yield Case(zone, values, window, where, _played(values.get("room")))


def _window(chance: random.Random) -> tuple[dict[str, Any], str]:
    match chance.randrange(4):
        case 0:
            year = chance.randrange(2016, 2027)
            return {"window": str(year)}, f"year(local) = {year}"
        case 1:
            year, month = chance.randrange(2016, 2026), chance.randrange(1, 13)
            name = f"{year}-{month:02}"
            return {"window": name}, f"strftime(local, '%Y-%m') = '{name}'"
        case 2:
            return {"window": "all_time"}, "true"
        case _:
            moments = (
                *EDGES,
                FIRST,
                chance.randrange(FIRST, LAST),
                chance.randrange(FIRST, LAST),
            )
            start, end = sorted(chance.sample(moments, 2))
            span = {"start_time": _iso(start), "end_time": _iso(end)}
            return span, f"began >= {start} AND began < {end}"


def _names(
    chance: random.Random, parameter: str, of: Sequence[Any], column: str
) -> tuple[dict[str, Any], str]:
    if chance.random() < 0.6:
        return {}, ""
    named = [each.name for each in chance.sample(of, chance.choice((1, 2)))]
    listed = ", ".join(f"'{name}'" for name in named)
    condition = (
        f"list_has_any(rooms, [{listed}])"
        if column == "rooms"
        else f"{column} IN ({listed})"
    )
    return {parameter: named[0] if len(named) == 1 else named}, f" AND {condition}"


def _played(rooms: str | list[str] | None) -> str:
    """Return how long a play sounded in one or two rooms, each of which it was in once: what they share counts once."""
    if rooms is None:
        return "ms"
    named = ", ".join(
        f"'{each}'" for each in ([rooms] if isinstance(rooms, str) else rooms)
    )
    there = f"list_filter(spans, lambda s: s.room IN ({named}))"
    each = f"list_sum([s.until - s.since for s in {there}])"
    end = f"list_min([s.until for s in {there}])"
    start = f"list_max([s.since for s in {there}])"
    shared = f"greatest(0, {end} - {start})"
    return f"least(ms, {each} - if(len({there}) > 1, {shared}, 0))"


def _iso(moment: int) -> str:
    return (EPOCH + timedelta(milliseconds=moment)).isoformat(timespec="milliseconds")
