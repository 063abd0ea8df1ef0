"""Named time ranges without a number, such as "last_night" or "this_month"."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from ..model import Window
from .local_clock import DAY, Clock, month_ahead

PARTS: Final = {
    "morning": (5, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (18, 30),
}
"""Hours of the parts of a day; a night ends on the next one."""
NIGHT_ENDS: Final = 6
"""The hour."""

_WEEK: Final = timedelta(weeks=1)


def part_of_day(clock: Clock, day: date, part: str) -> Window:
    """Return a part of a day by its name in PARTS."""
    begins, ends = PARTS[part]
    return Window(clock.instant(day, begins), clock.instant(day, ends))


def _day(ahead: int, clock: Clock) -> Window:
    first = clock.today + ahead * DAY
    return clock.span(first, first + DAY)


def _part_of(ahead: int, part: str, clock: Clock) -> Window:
    return part_of_day(clock, clock.today + ahead * DAY, part)


def _this_part_of_night(part: str, clock: Clock) -> Window:
    """Return the part of the night that is under way, or else of the coming one."""
    began = clock.today - DAY if clock.wall.hour < NIGHT_ENDS else clock.today
    return part_of_day(clock, began, part)


def week_ahead(ahead: int, clock: Clock) -> Window:
    """Return the week that is this many weeks after the current one."""
    first = clock.week(clock.today) + ahead * _WEEK
    return clock.span(first, first + _WEEK)


def _weekend(days_since: Callable[[int], int], clock: Clock) -> Window:
    """Return the weekend whose Saturday was this many days ago, by the weekday of today."""
    saturday = clock.today - days_since(clock.today.weekday()) * DAY
    return clock.span(saturday, saturday + 2 * DAY)


def months_ahead(ahead: int, clock: Clock) -> Window:
    """Return the month that is this many months after the current one."""
    return clock.months(month_ahead(clock.today, ahead))


def _year(ahead: int, clock: Clock) -> Window:
    return whole_year(clock, clock.today.year + ahead)


def whole_year(clock: Clock, year: int) -> Window:
    """Return a year by its number. Raises ValueError for one that no calendar has."""
    return clock.months(date(year, 1, 1), 12)


FIXED: Final[dict[str, Callable[[Clock], Window]]] = {
    "today": partial(_day, 0),
    "yesterday": partial(_day, -1),
    "day_before_yesterday": partial(_day, -2),
    "tomorrow": partial(_day, 1),
    "this_morning": partial(_part_of, 0, "morning"),
    "this_afternoon": partial(_part_of, 0, "afternoon"),
    "this_evening": partial(_this_part_of_night, "evening"),
    "tonight": partial(_this_part_of_night, "night"),
    "yesterday_morning": partial(_part_of, -1, "morning"),
    "yesterday_afternoon": partial(_part_of, -1, "afternoon"),
    "yesterday_evening": partial(_part_of, -1, "evening"),
    "last_night": partial(_part_of, -1, "night"),
    "this_week": partial(week_ahead, 0),
    "last_week": partial(week_ahead, -1),
    "next_week": partial(week_ahead, 1),
    "weekend": partial(_weekend, lambda weekday: (weekday - 5) % 7),
    "this_weekend": partial(_weekend, lambda weekday: weekday - 5),
    "last_weekend": partial(_weekend, lambda weekday: weekday + 2),
    "this_month": partial(months_ahead, 0),
    "last_month": partial(months_ahead, -1),
    "next_month": partial(months_ahead, 1),
    "this_year": partial(_year, 0),
    "last_year": partial(_year, -1),
    "next_year": partial(_year, 1),
    "all_time": lambda clock: Window(0, clock.instant(clock.today, 24)),
}

WINDOW_NAMES: Final = tuple(FIXED)
"""The names that stand for themselves; the others are patterns."""

HOLIDAYS: Final = ("christmas", "easter")


def holiday(name: str, year: int) -> tuple[date, date]:
    """Return the first day of a feast in a year, and the first after it. Raises ValueError outside the years that there are.

    Christmas is 24 to 26 December, Easter its Sunday and Monday, as in the western churches.
    """
    if name == "christmas":
        eve = date(year, 12, 24)
        return eve, eve + 3 * DAY
    sunday = easter_sunday(year)
    return sunday, sunday + 2 * DAY


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the anonymous computus (Nature, 1876)."""
    moon = year % 19
    century = year // 100
    shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * moon + 15) % 30
    shift -= (shift // 28) * (1 - (29 // (shift + 1)) * ((21 - moon) // 11))
    leaps = year + year // 4 + shift + 2 - century + century // 4
    days = shift - leaps % 7
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))
