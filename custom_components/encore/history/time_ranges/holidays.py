"""Feasts that people name their days by: when they are in a year."""

from datetime import date
from typing import Final

from .local_clock import DAY

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
