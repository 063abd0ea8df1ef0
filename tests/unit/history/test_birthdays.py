"""Birthdays as windows: the latest that has begun, with what a window can have beside."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.errors import (
    FutureWindow,
    UnknownBirthday,
    UnknownWindow,
)
from custom_components.encore.history.time_ranges.birthdays import Birthday, Birthdays
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.moments import resolve_moment
from custom_components.encore.history.time_ranges.ranges import Term, resolve_window
from tests.unit.questions.house import at

BERLIN = ZoneInfo("Europe/Berlin")
REPORTED = Birthdays(
    Birthday(5, 3),
    Birthday(7, 15),
    (
        ("Ben", Birthday(2, 29)),
        ("Alva Lind", Birthday(12, 31)),
        ("Cleo 1999", Birthday(1, 1)),
    ),
)


def clock(now: str = "2026-07-15 14:30", reported: Birthdays = REPORTED) -> Clock:
    """Return the clock of the home at a local time."""
    return Clock(at(now), BERLIN, birthdays=reported)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("birthday", "2026-05-03", "2026-05-04"),
        ("my_birthday", "2026-07-15", "2026-07-16"),
        ("My birthday", "2026-07-15", "2026-07-16"),
        ("birthday_2024", "2024-05-03", "2024-05-04"),
        ("my_birthday_2019", "2019-07-15", "2019-07-16"),
        ("birthday_evening", "2026-05-03 18:00", "2026-05-04"),
        ("birthday_2024_night", "2024-05-03 18:00", "2024-05-04 06:00"),
        ("since_birthday", "2026-05-03", "2026-07-15 14:30"),
        ("since_birthday_of_ben", "2026-02-28", "2026-07-15 14:30"),
        ("birthday_20:00-22:00", "2026-05-03 20:00", "2026-05-03 22:00"),
        ("birthday_of_ben", "2026-02-28", "2026-03-01"),
        ("birthday_of_Alva Lind", "2025-12-31", "2026-01-01"),
        ("birthday_of_alva", "2025-12-31", "2026-01-01"),
        ("birthday_of_cleo_1999", "2026-01-01", "2026-01-02"),
        ("birthday_of_ben_20:00-22:00", "2026-02-28 20:00", "2026-02-28 22:00"),
    ],
)
def test_a_birthday_is_a_day(name: str, start: str, end: str) -> None:
    """With its parts, in another year, from then on, and between two hours."""
    window = resolve_window(name, clock()).window
    assert (window.start, window.end) == (at(start), at(end))


def test_a_birthday_is_said_as_the_day_that_it_is() -> None:
    """Whoever asks can tell which day was meant."""
    assert resolve_window("birthday", clock()).term is Term.DAY


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-02-27 23:59", "2025-02-28"),
        ("2026-02-28 00:00", "2026-02-28"),
        ("2026-03-01 00:00", "2026-02-28"),
        ("2028-02-28 12:00", "2027-02-28"),
        ("2028-02-29 00:00", "2028-02-29"),
        ("2028-03-01 12:00", "2028-02-29"),
        ("2029-02-28 12:00", "2029-02-28"),
        ("2029-01-01 12:00", "2028-02-29"),
    ],
)
def test_29_february_is_celebrated_every_year(now: str, day: str) -> None:
    """On the 28th where there is none."""
    window = resolve_window("birthday_of_ben", clock(now)).window
    assert window.start == at(day)


@pytest.mark.parametrize(
    "name", ["birthday", "my_birthday", "since_birthday", "birthday_evening"]
)
def test_a_birthday_that_was_not_set_is_not_guessed(name: str) -> None:
    """It is another error than that of a window that there is not: it says what to do."""
    with pytest.raises(UnknownBirthday):
        resolve_window(name, clock(reported=Birthdays()))
    with pytest.raises(UnknownBirthday):
        resolve_moment("birthday 20:00", clock(reported=Birthdays()))


@pytest.mark.parametrize("name", ["zoe", "be", "lind", "ben_lind", "ben_20:00"])
def test_nobody_else_is_meant_by_a_name(name: str) -> None:
    """Names are not guessed from fragments."""
    with pytest.raises(UnknownBirthday):
        resolve_window(f"birthday_of_{name}", clock())


def test_of_two_of_a_first_name_nobody_is_meant() -> None:
    """Unless they have the same birthday."""
    for other, is_known in ((Birthday(1, 1), False), (Birthday(2, 2), True)):
        reported = Birthdays(
            named=(("Max Lind", Birthday(2, 2)), ("Max Vale", other)),
        )
        assert (reported.of("max") is not None) is is_known
        assert reported.of("Max  lind") == Birthday(2, 2)


def test_a_birthday_of_a_year_to_come_has_not_begun() -> None:
    """As with any other window."""
    with pytest.raises(FutureWindow):
        resolve_window("birthday_2027", clock())
    with pytest.raises(UnknownWindow):
        resolve_window("birthday_0000", clock())


def test_a_moment_may_be_on_a_birthday() -> None:
    """An hour of that day."""
    assert resolve_moment("birthday 20:00", clock()) == at("2026-05-03 20:00")


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.dates(date(1900, 1, 1)))
def test_the_latest_birthday_is_never_more_than_a_year_ago(
    born: date, today: date
) -> None:
    """And never yet to come; it is in the month of birth, and the day of birth where there is one."""
    birthday = Birthday(born.month, born.day)
    latest = birthday.latest(today)
    assert today - timedelta(days=366) < latest <= today
    assert latest.month == born.month
    assert latest.day == born.day or (birthday.text, latest.day) == ("02-29", 28)
    assert Birthday.read(birthday.text) == birthday


@pytest.mark.parametrize("text", ["", "2-3", "02-30", "13-01", "2000-01-01", "x"])
def test_what_is_no_day_is_no_birthday(text: str) -> None:
    """Only a month and a day are read."""
    with pytest.raises(ValueError, match="."):
        Birthday.read(text)
