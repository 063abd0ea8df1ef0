"""Statistics agree with the questions: over random windows, whatever became of the history in between."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
import random
from typing import Final

import pytest

from custom_components.encore.history.model import Listener, Source
from custom_components.encore.statistics.statistic_rows import Measure, Of, Statistic
from tests.unit.history.exports import AUDIO, row, zipped
from tests.unit.history.years import EDGES, FIRST, LAST, LISTENERS, ROOMS, years

from .conftest import HOUR_S, Home

WINDOWS: Final = 40
NOT_EMPTY: Final = 12
"""How many of them must have something in them."""


@pytest.fixture
def who() -> tuple[Listener, ...]:
    """Return whose accounts are linked."""
    return LISTENERS


def windows(chance: random.Random) -> list[tuple[int, int]]:
    """Return random windows of whole hours (s): of years, of months, and of the hours around what clocks do."""
    found: list[tuple[int, int]] = []
    for _ in range(WINDOWS):
        start = chance.randrange(FIRST, LAST) // 1000
        if chance.random() < 0.5:
            start = chance.choice(EDGES) // 1000 + chance.randrange(-7_200, 7_200)
        length = chance.choice((1, 2, 5, 24, 24 * 30, 24 * 400, 24 * 2_000))
        start -= start % HOUR_S
        found.append((start, start + length * HOUR_S))
    return found


def iso(moment: int) -> str:
    """Return a moment (s) as a question takes it."""
    return datetime.fromtimestamp(moment, UTC).isoformat()


async def check(
    home: Home, seed: int, shared: Collection[Listener] = LISTENERS
) -> None:
    """Hold every statistic against the questions of its windows."""
    chance = random.Random(seed)
    of = [
        *((Of.LISTENER, each.key, {"listener": each.name}) for each in shared),
        *((Of.ROOM, each.key, {"room": each.name}) for each in ROOMS),
    ]
    played = 0
    for start, end in windows(chance):
        kind, key, scope = chance.choice(of)
        answer = await home.asked(
            chance.choice(("get_listening_time", "get_timeline")),
            start_time=iso(start),
            end_time=iso(end),
            **scope,
        )
        ids = {each: Statistic(kind, key, each).id for each in Measure}
        plays = await home.grew(ids[Measure.PLAYS], start, end)
        minutes = await home.grew(ids[Measure.MINUTES], start, end)
        assert round(plays) == answer["total"]["play_count"]
        # To the millisecond: answers round whole minutes from there.
        assert round(round(minutes * 60_000) / 60_000) == answer["total"]["minutes"]
        played += bool(answer["total"]["play_count"])
    assert played >= NOT_EMPTY
    names = await home.names()
    reported = {each for each in names if each.startswith("encore:listener_")}
    assert reported == {
        Statistic(Of.LISTENER, each.key, measure).id
        for each in shared
        for measure in Measure
    }
    for each in names:
        # Each sum is that of all before it, so that no graph ever falls.
        total = 0.0
        for _, state, grown in await home.rows(each):
            total += state
            assert state >= 0 and grown == pytest.approx(total, abs=1e-6)


async def test_random_windows_have_the_same_sums(home: Home) -> None:
    """Of each listener and each room, over a life of ten years."""
    await home.hear(*years(900))
    await check(home, 1)


async def test_what_comes_late_changes_what_was_written(home: Home) -> None:
    """The first half of a life that is told after the second changes every sum."""
    life = sorted(years(900, seed=2), key=lambda one: -one.started_at)
    await home.hear(*life[:400])
    await home.hear(*life[400:])
    await check(home, 2)


async def test_what_was_forgotten_is_taken_back(home: Home) -> None:
    """With zeros in its hours, and with other sums after them; and undone, it is there again."""
    await home.hear(*years(900, seed=3))
    before = {each: await home.rows(each) for each in await home.names()}
    forgotten = await home.tell(
        "delete_plays", start_time="2018-01-01", end_time="2020-01-01", confirm=True
    )
    await home.soon()
    for each, rows in before.items():
        after = await home.rows(each)
        assert len(after) == len(rows) and after != rows
    await check(home, 3)
    await home.tell("undo_deletion", id=forgotten["undo_id"])
    await home.soon()
    assert {each: await home.rows(each) for each in before} == before


async def test_a_rebuild_changes_nothing(home: Home) -> None:
    """What is derived anew is what it was."""
    await home.hear(*years(600, seed=4))
    before = {each: await home.rows(each) for each in await home.names()}
    await home.tell("rebuild_history")
    await home.soon()
    assert {each: await home.rows(each) for each in before} == before
    await check(home, 4)


async def test_whatever_happens_one_after_the_other(home: Home, tmp_path: Path) -> None:
    """An import, another witness, what is forgotten and comes back, who turns private: each meets what the last one left."""
    home.hass.config.allowlist_external_dirs = {str(tmp_path)}
    chance = random.Random(5)
    life = years(600, seed=5)
    await home.hear(*life)
    await check(home, 5)

    # Spotify's own record of some of it, which knows better when it began, and of what nobody saw.
    rows = [row(chance.randrange(FIRST, LAST)) for _ in range(200)]
    path = zipped(tmp_path / "my_spotify_data.zip", {AUDIO: rows})
    report = await home.tell(
        "import_history",
        config_entry_id=home.accounts["ada"].entry_id,
        path=str(path),
    )
    assert report["stored"] >= 190
    await home.soon()
    await check(home, 6)

    other = {Source.LIVE: Source.EXPORT, Source.EXPORT: Source.LIVE}
    await home.hear(
        *(
            replace(
                one,
                source=other[one.source],
                started_at=one.started_at - 60_000,
                ms_played=one.ms_played + 60_000,
                rooms=(),
            )
            for one in life
            if one.source in other
        )
    )
    await check(home, 7)

    forgotten = await home.tell(
        "delete_plays",
        listener="Ada",
        start_time="2017-01-01",
        end_time="2022-01-01",
        confirm=True,
    )
    await home.share("bo", "private")
    await home.soon()
    await check(home, 8, [each for each in LISTENERS if each.name != "Bo"])

    await home.hear(*years(200, seed=9))
    await home.tell("undo_deletion", id=forgotten["undo_id"])
    await home.share("bo", "household")
    await home.soon()
    await check(home, 9)
