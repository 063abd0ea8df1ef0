"""What is usual for a listener is learned from when they played something."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.encore.spotify.tracking.usual_hours import (
    UsualHours,
    usual_hours,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 9, 14, tzinfo=BERLIN)
WEEKS = 8
NOW = MONDAY + timedelta(weeks=WEEKS, hours=12)


def learned(*begun: datetime, minutes: int = 45) -> UsualHours:
    """Return what is learned from sessions, of which each is heard in tracks of three minutes."""
    starts = sorted(
        round(at.timestamp()) + 180 * number
        for at in begun
        for number in range(minutes // 3)
    )
    found = np.array(starts, np.int64)
    return usual_hours(found, found + 180, BERLIN, round(NOW.timestamp()))


def at(usual: UsualHours, moment: datetime) -> bool:
    """Return whether a moment is in a usual hour."""
    return usual.at(round(moment.timestamp() * 1000))


def test_a_weekday_has_hours_of_its_own() -> None:
    """Mondays at 18:30 and Saturdays at 9:10, by the listener's clock, also when clocks were changed meanwhile."""
    days = [MONDAY + timedelta(weeks=week) for week in range(WEEKS)]
    usual = learned(
        *(day + timedelta(hours=18, minutes=30) for day in days),
        *(day + timedelta(days=5, hours=9, minutes=10) for day in days),
    )
    assert usual.learned
    monday, saturday = NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=5)
    assert at(usual, monday + timedelta(hours=18, minutes=5))
    assert at(usual, monday + timedelta(hours=19, minutes=10))
    assert not at(usual, monday + timedelta(hours=20))
    assert not at(usual, saturday + timedelta(hours=18, minutes=5))
    assert at(usual, saturday + timedelta(hours=9, minutes=59))
    assert usual.hours.sum() == 3
    begins = monday + timedelta(hours=18, minutes=31)
    assert usual.begins_at(round(begins.timestamp() * 1000))
    later = monday + timedelta(hours=19, minutes=15)
    assert not usual.begins_at(round(later.timestamp() * 1000))


def test_what_was_once_is_not_usual() -> None:
    """One night, among weeks of evenings."""
    evenings = [
        MONDAY + timedelta(days=day, hours=20) for day in range(7 * WEEKS) if day % 3
    ]
    usual = learned(*evenings, MONDAY + timedelta(days=30, hours=3))
    assert set(np.flatnonzero(usual.hours) % 24) == {20}


def test_of_whom_little_is_known_waking_hours_are_taken_to_be_usual() -> None:
    """From 7 to 23; a week of plays is enough to know better."""
    for nobody in (learned(), learned(NOW - timedelta(days=2))):
        assert not nobody.learned
        assert [
            hour for hour in range(24) if at(nobody, MONDAY + timedelta(hours=hour))
        ] == [*range(7, 23)]
    assert learned(*(NOW - timedelta(days=day) for day in range(8))).learned


def test_an_hour_begins_where_the_listeners_clock_says() -> None:
    """In zones that are half an hour off, too."""
    half = UsualHours.unknown(ZoneInfo("Asia/Kolkata"))
    moment = round(datetime(2026, 11, 24, 12, 10, 7, 42_000, UTC).timestamp() * 1000)
    began = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert half.hour_began(moment) == began.timestamp() * 1000


@pytest.mark.parametrize("spread", [10, 60, 170])
def test_beginnings_are_expected_for_no_more_than_forty_minutes_of_any_hour(
    spread: int,
) -> None:
    """Where looks are dear, what is expected everywhere is expected nowhere."""
    rng = np.random.default_rng(7)
    usual = learned(
        *(
            MONDAY + timedelta(days=day, hours=hour, minutes=int(rng.integers(spread)))
            for day in range(7 * WEEKS)
            for hour in (7, 12, 18)
        ),
        minutes=6,
    )
    assert usual.begins.any()
    twice = np.concatenate((usual.begins, usual.begins[:12]))
    assert max(twice[at : at + 12].sum() for at in range(7 * 288)) <= 8
