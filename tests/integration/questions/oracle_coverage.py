"""What coverage comes to, in plain SQL over elementary stretches: between any two boundaries nothing changes."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
import random
from typing import Any

import duckdb

from custom_components.encore.history.model import Source
from custom_components.encore.history.records.recording_coverage import (
    GapReason,
    Recorded,
    Unrecorded,
)
from tests.unit.history.years import EDGES, FIRST, LAST, LISTENERS

from .oracle import Case, Oracle

type Data = dict[str, Any]
type Interval = tuple[int, int, bool, str]
"""From when until when (UTC ms), whether it is covered, and why it is not."""

DAY = 86_400_000
NOTED = [reason for reason in GapReason if reason is not GapReason.NOT_RECORDING]
SOURCES = (Source.LIVE, Source.POLLED, Source.EXPORT, Source.SONOS)


@cache
def intervals() -> tuple[list[Recorded], list[Unrecorded]]:
    """Return when the listeners were recorded and when not: overlapping, touching, in no order."""
    chance = random.Random(5)
    ends: list[int] = [*EDGES]

    def interval() -> tuple[int, int]:
        start = chance.randrange(FIRST, LAST)
        if chance.random() < 0.3:
            start = chance.choice(ends)
        length = chance.choice((60_000, DAY // 3, 9 * DAY, 70 * DAY, 300 * DAY))
        end = start + chance.randrange(1, length)
        ends.append(end)
        return start, end

    recorded = [
        Recorded(listener, chance.choice(SOURCES), *interval())
        for listener in LISTENERS
        for _ in range(25)
    ]
    unrecorded = [
        Unrecorded(listener, chance.choice(NOTED), *interval())
        for listener in LISTENERS
        for _ in range(25)
    ]
    return recorded, unrecorded


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the elementary stretches of each listener: by each source, and by any."""
    database = duckdb.connect(config={"threads": 1})
    recorded, unrecorded = intervals()
    database.execute("CREATE TABLE seen (who TEXT, source TEXT, s BIGINT, e BIGINT)")
    database.executemany(
        "INSERT INTO seen VALUES (?, ?, ?, ?)",
        [
            (one.listener.name, one.source.name.lower(), one.start, one.end)
            for one in recorded
        ],
    )
    database.execute(
        "CREATE TABLE unseen (who TEXT, reason TEXT, weight INTEGER, s BIGINT, e BIGINT)"
    )
    database.executemany(
        "INSERT INTO unseen VALUES (?, ?, ?, ?, ?)",
        [
            (
                gap.listener.name,
                gap.reason.name.lower(),
                int(gap.reason),
                gap.start,
                gap.end,
            )
            for gap in unrecorded
        ],
    )
    database.execute(
        """
        CREATE TABLE told AS
        WITH bounds AS (
            SELECT s AS moment FROM seen UNION SELECT e FROM seen
            UNION SELECT s FROM unseen UNION SELECT e FROM unseen
            UNION SELECT 0 UNION SELECT 1::BIGINT << 50
        ), parts AS (
            SELECT moment AS s, lead(moment) OVER (ORDER BY moment) AS e FROM bounds
        ), whose AS (
            SELECT DISTINCT who FROM seen
        ), by_whom AS (
            SELECT 'any' AS source UNION SELECT DISTINCT source FROM seen
        ), noted AS (
            SELECT parts.s, parts.e, w.who, b.source,
                coalesce(bool_or(n.source IN ('export', 'account_data')), false) AS exported,
                coalesce(bool_or(n.source NOT IN ('export', 'account_data')), false) AS watched
            FROM parts CROSS JOIN whose w CROSS JOIN by_whom b
            LEFT JOIN seen n ON n.who = w.who AND n.s <= parts.s AND n.e > parts.s
                AND b.source IN ('any', n.source)
            WHERE parts.e IS NOT NULL GROUP BY ALL
        )
        SELECT noted.s, noted.e, noted.who, noted.source,
            (exported OR (watched AND count(*) FILTER (u.reason IN ('private', 'paused')) = 0))
                AND count(*) FILTER (u.reason = 'forgotten') = 0 AS covered,
            coalesce(arg_min(u.reason, u.weight), 'not_recording') AS reason,
            coalesce(min(u.weight), 9) AS weight
        FROM noted LEFT JOIN unseen u ON u.who = noted.who AND u.s <= noted.s AND u.e > noted.s
        GROUP BY noted.s, noted.e, noted.who, noted.source, exported, watched
        """
    )
    return database


@cache
def _parts(who: tuple[str, ...], source: str, start: int, end: int) -> list[Interval]:
    """Return a window in elementary stretches, for any of some listeners."""
    return (
        _database()
        .execute(
            "SELECT greatest(s, ?), least(e, ?), bool_or(covered), arg_min(reason, weight)"
            " FROM told WHERE list_contains(?, who) AND source = ? AND s < ? AND e > ?"
            " GROUP BY s, e ORDER BY s",
            [start, end, list(who), source, end, start],
        )
        .fetchall()
    )


def let_go() -> None:
    """Let go of all that was asked so far, and of what it was read from."""
    _parts.cache_clear()
    _database.cache_clear()


def _joined(parts: Sequence[Interval], *, covered: bool) -> list[tuple[int, int, str]]:
    """Return the stretches that are covered, or the gaps of one reason each, in the order of time."""
    found: list[tuple[int, int, str]] = []
    for start, end, reported, why in parts:
        reason = "" if covered else why
        if reported is not covered:
            continue
        if found and found[-1][1:] == (start, reason):
            found[-1] = (found[-1][0], end, reason)
        else:
            found.append((start, end, reason))
    return found


def _share(parts: Sequence[Interval]) -> float:
    length = sum(end - start for start, end, *_ in parts)
    covered = sum(end - start for start, end, reported, _ in parts if reported)
    return round(covered / length, 4) if length else 0.0


def _hours(ms: int) -> float:
    return round(ms / 3_600_000, 1)


def _second(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def coverage(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the shares, for all and for each listener and source, and the gaps with their reasons."""
    asked = case.values.get("listener") or [each.name for each in LISTENERS]
    names = (asked,) if isinstance(asked, str) else tuple(asked)
    source = case.values.get("source", "any")
    now = LAST + 1
    end = min(oracle.end_of(case), now)

    def parts(
        who: tuple[str, ...], by: str, *, from_first_of: str | None = None
    ) -> list[Interval]:
        if start := oracle.start_of(case):
            return _parts(who, by, start, end) if start < end else []
        ever = _parts(who, from_first_of or by, 0, 1 << 50)
        first = next((begins for begins, _, reported, _ in ever if reported), end)
        return _parts(who, by, first, end) if first < end else []

    everybody = parts(names, source)
    assert data["coverage"] == _share(everybody)
    assert data["hours"] == {
        "recorded": _hours(sum(e - s for s, e, reported, _ in everybody if reported)),
        "total": _hours(sum(e - s for s, e, *_ in everybody)),
    }
    gaps = {name: _joined(parts((name,), source), covered=False) for name in names}
    assert {
        each["listener"]: (each["coverage"], each["gap_count"])
        for each in data["by_listener"]
    } == {name: (_share(parts((name,), source)), len(gaps[name])) for name in names}
    keys = {each.name: each.key for each in LISTENERS}
    latest = sorted(
        ((name, *gap) for name, some in gaps.items() for gap in some),
        key=lambda gap: (-gap[2], keys[gap[0]]),
    )
    assert data["gap_count"] == len(latest)
    assert [
        (
            gap["listener"],
            _second(gap["start"]),
            _second(gap["end"]),
            gap["reason"],
            gap["hours"],
        )
        for gap in data["gaps"]
    ] == [
        (name, start // 1000, end // 1000, reason, _hours(end - start))
        for name, start, end, reason in latest[: case.values["limit"]]
    ]
    by_source = {each["source"]: each for each in data["sources"]}
    assert by_source.keys() <= {one.name.lower() for one in SOURCES}
    for name, each in by_source.items():
        by = parts(names, name, from_first_of=source)
        assert each["coverage"] == _share(by)
        assert [
            (_second(span["start"]), _second(span["end"]))
            for span in each["time_ranges"]
        ] == [
            (start // 1000, end // 1000)
            for start, end, _ in reversed(_joined(by, covered=True))
        ][: case.values["limit"]]
    return 0 < data["coverage"] < 1 and bool(latest)
