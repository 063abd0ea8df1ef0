"""When something ends that lasts until Monday, for two hours, or this evening."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from custom_components.encore.history.errors import UnknownWindow
from custom_components.encore.history.time_ranges.ahead import (
    end_ahead,
    moment_after,
    moment_ahead,
)
from custom_components.encore.history.time_ranges.local_clock import Clock

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """Return a local time in Berlin as UTC milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


AFTERNOON = Clock(at("2026-07-15 14:30"), BERLIN)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("meant", "text", "moment"),
    [
        (moment_ahead, "tomorrow", "2026-07-16 00:00"),
        (moment_ahead, "tomorrow_morning", "2026-07-16 05:00"),
        (moment_ahead, "monday", "2026-07-20 00:00"),
        (moment_ahead, "wednesday", "2026-07-22 00:00"),
        (moment_ahead, "friday evening", "2026-07-17 18:00"),
        (moment_ahead, "this_evening", "2026-07-15 18:00"),
        (moment_ahead, "this_afternoon", "2026-07-15 18:00"),
        (moment_ahead, "20:00", "2026-07-15 20:00"),
        (moment_ahead, "8:00 ?", "2026-07-15 20:00"),
        (moment_ahead, "8:00 am", "2026-07-16 08:00"),
        (moment_ahead, "tomorrow 9:00 ?", "2026-07-16 09:00"),
        (moment_ahead, "next_week", "2026-07-20 00:00"),
        (moment_ahead, "2026-07-17 18:30", "2026-07-17 18:30"),
        (end_ahead, "tonight", "2026-07-16 06:00"),
        (end_ahead, "this_evening", "2026-07-16 00:00"),
        (end_ahead, "today", "2026-07-16 00:00"),
        (end_ahead, "friday", "2026-07-18 00:00"),
        (end_ahead, "this_week", "2026-07-20 00:00"),
        (moment_after, "2_hours", "2026-07-15 16:30"),
        (moment_after, "1_day", "2026-07-16 14:30"),
    ],
)
def test_a_time_ahead(
    meant: Callable[[str, Clock], int], text: str, moment: str
) -> None:
    """The next one that is named, by the clock of the home."""
    assert meant(text, AFTERNOON) == at(moment)


@pytest.mark.parametrize(
    ("meant", "text"),
    [
        (moment_ahead, "nonsense"),
        (moment_ahead, "2026-07-01 12:00"),
        (moment_ahead, "2036-07-01 12:00"),
        (moment_ahead, "25:00"),
        (moment_ahead, "yesterday"),
        (end_ahead, "last_night"),
        (end_ahead, ""),
        (moment_after, "0_hours"),
        (moment_after, "99999_weeks"),
        (moment_after, "two hours"),
    ],
)
def test_what_does_not_lie_ahead(meant: Callable[[str, Clock], int], text: str) -> None:
    """A time that is over, too far, or none is refused."""
    with pytest.raises(UnknownWindow):
        meant(text, AFTERNOON)
