"""Named time ranges without a number, such as "last_night" or "this_month"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from ..model import Window
from .local_clock import DAY, Clock, month_starting

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


def _days(ahead: int, length: int = 1) -> Callable[[Clock], Window]:
    def resolve(clock: Clock) -> Window:
        first = clock.today + ahead * DAY
        return clock.span(first, first + length * DAY)

    return resolve


def _part_of(ahead: int, part: str) -> Callable[[Clock], Window]:
    return lambda clock: part_of_day(clock, clock.today + ahead * DAY, part)


def _this_part_of_night(part: str) -> Callable[[Clock], Window]:
    """Return the part of the night that is under way, or else of the coming one."""

    def resolve(clock: Clock) -> Window:
        began = clock.today - DAY if clock.wall.hour < NIGHT_ENDS else clock.today
        return part_of_day(clock, began, part)

    return resolve


def week_ahead(ahead: int) -> Callable[[Clock], Window]:
    """Return what finds the week that is so many ahead of the one under way."""

    def resolve(clock: Clock) -> Window:
        first = clock.week(clock.today) + ahead * _WEEK
        return clock.span(first, first + _WEEK)

    return resolve


def _weekend(clock: Clock, saturday_of: Callable[[date], date]) -> Window:
    saturday = saturday_of(clock.today)
    return clock.span(saturday, saturday + 2 * DAY)


def _latest_saturday(today: date) -> date:
    return today - ((today.weekday() - 5) % 7) * DAY


def _this_saturday(today: date) -> date:
    return today + (5 - today.weekday()) * DAY


def _last_saturday(today: date) -> date:
    return today - (today.weekday() + 2) * DAY


def month_ahead(ahead: int) -> Callable[[Clock], Window]:
    """Return what finds the month that is so many ahead of the one under way."""

    def resolve(clock: Clock) -> Window:
        months = clock.today.year * 12 + clock.today.month - 1 + ahead
        first = date(months // 12, months % 12 + 1, 1)
        return clock.span(*month_starting(first))

    return resolve


def _years(ahead: int) -> Callable[[Clock], Window]:
    return lambda clock: whole_year(clock, clock.today.year + ahead)


def whole_year(clock: Clock, year: int) -> Window:
    """Return a year by its number. Raises ValueError for one that no calendar has."""
    return clock.span(date(year, 1, 1), date(year + 1, 1, 1))


def _all_time(clock: Clock) -> Window:
    return Window(0, clock.instant(clock.today, 24))


FIXED: Final[dict[str, Callable[[Clock], Window]]] = {
    "today": _days(0),
    "yesterday": _days(-1),
    "day_before_yesterday": _days(-2),
    "tomorrow": _days(1),
    "this_morning": _part_of(0, "morning"),
    "this_afternoon": _part_of(0, "afternoon"),
    "this_evening": _this_part_of_night("evening"),
    "tonight": _this_part_of_night("night"),
    "yesterday_morning": _part_of(-1, "morning"),
    "yesterday_afternoon": _part_of(-1, "afternoon"),
    "yesterday_evening": _part_of(-1, "evening"),
    "last_night": _part_of(-1, "night"),
    "this_week": week_ahead(0),
    "last_week": week_ahead(-1),
    "next_week": week_ahead(1),
    "weekend": lambda clock: _weekend(clock, _latest_saturday),
    "this_weekend": lambda clock: _weekend(clock, _this_saturday),
    "last_weekend": lambda clock: _weekend(clock, _last_saturday),
    "this_month": month_ahead(0),
    "last_month": month_ahead(-1),
    "next_month": month_ahead(1),
    "this_year": _years(0),
    "last_year": _years(-1),
    "next_year": _years(1),
    "all_time": _all_time,
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
