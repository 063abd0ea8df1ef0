"""Statistics agree with the questions: over random windows, whatever became of the history in between."""

from datetime import UTC, datetime
import random
from typing import Final

import pytest

from custom_components.encore.history.model import Listener
from custom_components.encore.statistic_rows import Measure, Of, Statistic
from tests.unit.history.years import EDGES, FIRST, LAST, LISTENERS, ROOMS, years

from .conftest import HOUR_S, House

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


async def check(house: House, seed: int) -> None:
    """Hold every statistic against the questions of its windows."""
    chance = random.Random(seed)
    of = [
        *((Of.LISTENER, each.key, {"listener": each.name}) for each in LISTENERS),
        *((Of.ROOM, each.key, {"room": each.name}) for each in ROOMS),
    ]
    heard = 0
    for start, end in windows(chance):
        kind, key, scope = chance.choice(of)
        answer = await house.asked(
            chance.choice(("listening_time", "timeline")),
            start_time=iso(start),
            end_time=iso(end),
            **scope,
        )
        ids = {each: Statistic(kind, key, each).id for each in Measure}
        plays = await house.grew(ids[Measure.PLAYS], start, end)
        minutes = await house.grew(ids[Measure.MINUTES], start, end)
        assert round(plays) == answer["total"]["plays"]
        # To the millisecond: answers round whole minutes from there.
        assert round(round(minutes * 60_000) / 60_000) == answer["total"]["minutes"]
        heard += bool(answer["total"]["plays"])
    assert heard >= NOT_EMPTY


async def test_random_windows_have_the_same_sums(house: House) -> None:
    """Of each listener and each room, over a life of ten years."""
    await house.hear(*years(900))
    await check(house, 1)


async def test_what_comes_late_changes_what_was_written(house: House) -> None:
    """The first half of a life that is told after the second changes every sum."""
    life = sorted(years(900, seed=2), key=lambda one: -one.started_at)
    await house.hear(*life[:400])
    await house.hear(*life[400:])
    await check(house, 2)


async def test_what_was_forgotten_is_taken_back(house: House) -> None:
    """With zeros in its hours, and with other sums after them; and undone, it is there again."""
    await house.hear(*years(900, seed=3))
    before = {each: await house.rows(each) for each in await house.names()}
    forgotten = await house.tell(
        "forget", start_time="2018-01-01", end_time="2020-01-01"
    )
    await house.soon()
    for each, rows in before.items():
        after = await house.rows(each)
        assert len(after) == len(rows) and after != rows
    await check(house, 3)
    await house.tell("undo_forget", id=forgotten["undo_id"])
    await house.soon()
    assert {each: await house.rows(each) for each in before} == before


async def test_a_rebuild_changes_nothing(house: House) -> None:
    """What is derived anew is what it was."""
    await house.hear(*years(600, seed=4))
    before = {each: await house.rows(each) for each in await house.names()}
    await house.tell("rebuild_history")
    await house.soon()
    assert {each: await house.rows(each) for each in before} == before
    await check(house, 4)
