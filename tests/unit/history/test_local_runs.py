"""Plays are counted by the local hours and days that they began in, in every zone and over every change of clocks."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import numpy as np
import pytest

from custom_components.encore.history.columns.local_runs import runs

ZONES = (
    "Europe/Amsterdam",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Monrovia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
HOUR, DAY = 3_600, 86_400
DST_ENDS = 1_792_890_000
"""2026-10-25 01:00 UTC, when Amsterdam puts its clocks back."""

MOMENTS = st.one_of(
    st.integers(0, 0xFFFF_FFFF),
    st.integers(0, 2 * DAY),
    st.integers(0xFFFF_FFFF - 2 * DAY, 0xFFFF_FFFF),
    st.integers(DST_ENDS - 4 * HOUR, DST_ENDS + 4 * HOUR),
)


@given(
    st.lists(st.tuples(MOMENTS, st.integers(0, 900_000), st.booleans()), max_size=40),
    st.sampled_from(ZONES),
    st.sampled_from((HOUR, DAY)),
)
def test_runs_are_what_counting_each_play_gives(
    plays: list[tuple[int, int, bool]], name: str, unit: int
) -> None:
    """Each play on its own, by the calendar of Python."""
    zone = ZoneInfo(name)
    plays.sort()
    expected_plays: Counter[int] = Counter()
    expected_ms: Counter[int] = Counter()
    for second, ms, passes in plays:
        if passes:
            local = datetime.fromtimestamp(second, zone).replace(tzinfo=UTC)
            expected_plays[int(local.timestamp() // unit)] += 1
            expected_ms[int(local.timestamp() // unit)] += ms
    found = runs(
        np.array([second for second, _, _ in plays], np.uint32),
        np.array([ms for _, ms, _ in plays], np.int32),
        np.array([passes for _, _, passes in plays], np.bool_),
        zone,
        unit,
    )
    counted: Counter[int] = Counter()
    sounded: Counter[int] = Counter()
    for number, count, ms in zip(*(column.tolist() for column in found), strict=True):
        counted[number] += count
        sounded[number] += ms
    assert counted == expected_plays
    assert sounded == expected_ms


@pytest.mark.parametrize("count", [0, 1, 5])
def test_all_plays_count_where_none_is_left_out(count: int) -> None:
    """Without flags each run has all of its plays."""
    seconds = np.arange(count, dtype=np.uint32) * np.uint32(HOUR // 2)
    found = runs(seconds, np.full(count, 7, np.int32), None, ZoneInfo("UTC"), HOUR)
    assert found.plays.sum() == count
    assert found.ms_played.sum() == 7 * count


def test_the_hour_that_comes_twice_is_one() -> None:
    """Where clocks are put back, the same local hour goes on."""
    seconds = np.array([DST_ENDS - HOUR, DST_ENDS - 1, DST_ENDS, DST_ENDS + HOUR])
    zone = ZoneInfo("Europe/Amsterdam")
    found = runs(seconds.astype(np.uint32), np.ones(4, np.int32), None, zone, HOUR)
    assert found.plays.tolist() == [3, 1]
