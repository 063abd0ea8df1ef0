"""The same day of other years: which years, and which day."""

from pathlib import Path

import pytest

from custom_components.encore.history.errors import UnknownWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.time_ranges.local_clock import Clock

from .house import ALVA, BERLIN, EMBER, GLASS, ask, at, heard, history_of, query_context

YEARS = [
    heard(ALVA, EMBER, "2016-02-29 10:00"),
    heard(ALVA, EMBER, "2019-02-28 10:00"),
    heard(ALVA, EMBER, "2020-02-29 23:59:59"),
    heard(ALVA, GLASS, "2020-03-01 00:00"),
    heard(ALVA, GLASS, "2023-03-01 00:00"),
    heard(ALVA, EMBER, "2024-02-29 00:00"),
]


def years(history: History, now: str, **values: object) -> list[str]:
    """Return the days that are told to somebody who asks on a day."""
    then = query_context(clock=Clock(at(now), BERLIN))
    data = ask(history, "on_this_day", then, **values).data
    return [each["date"] for each in data["years"]]


def test_a_leap_day_comes_in_leap_years(tmp_path: Path) -> None:
    """Neither the day before nor the day after stands in for it."""
    with history_of(tmp_path, YEARS) as history:
        assert years(history, "2024-02-29 12:00") == ["2020-02-29", "2016-02-29"]
        assert years(history, "2025-02-28 12:00") == ["2019-02-28"]
        assert years(history, "2025-03-01 12:00") == ["2023-03-01", "2020-03-01"]
        assert years(history, "2025-06-01 12:00", date="february_29") == [
            "2024-02-29",
            "2020-02-29",
            "2016-02-29",
        ]


def test_a_day_that_is_not_over_is_left_out(tmp_path: Path) -> None:
    """Of today its earlier years are told; a day of this year that is over is told too."""
    with history_of(tmp_path, YEARS) as history:
        assert years(history, "2020-03-01 12:00") == []
        assert years(history, "2020-03-02 12:00", date="yesterday") == ["2020-03-01"]
        assert years(history, "2021-01-01 12:00", date="2020-03-01") == ["2020-03-01"]


def test_a_window_bounds_the_years(tmp_path: Path) -> None:
    """Last year's such day is one year's."""
    with history_of(tmp_path, YEARS) as history:
        now = "2024-03-01 12:00"
        assert years(history, now, window="last_year") == ["2023-03-01"]
        assert years(history, now, end_time="2022-01-01") == ["2020-03-01"]


@pytest.mark.parametrize("date", ["july", "last_night", "monday_evening", "2019"])
def test_what_is_no_day_is_refused(history: History, date: str) -> None:
    """A month or a part of a day is no day of the year."""
    with pytest.raises(UnknownWindow):
        ask(history, "on_this_day", date=date)


def test_each_year_has_its_first_play_and_its_top(history: History) -> None:
    """As many tracks are named as are asked for."""
    data = ask(history, "on_this_day", date="june_20", limit=1).data
    (year,) = data["years"]
    assert (year["play_count"], year["minutes"]) == (3, 10)
    assert year["first"]["started_at"] == "2026-06-20T12:00:00+02:00"
    assert [entry["name"] for entry in year["top"]] == ["Ember"]
