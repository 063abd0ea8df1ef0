"""Feasts are on the days that the calendar has them on."""

from datetime import date

import pytest

from custom_components.encore.history.time_ranges.local_clock import DAY
from custom_components.encore.history.time_ranges.named_ranges import (
    easter_sunday,
    holiday,
)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, date(1818, 3, 22)),
        (1954, date(1954, 4, 18)),
        (1981, date(1981, 4, 19)),
        (2008, date(2008, 3, 23)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_when_the_calendar_has_it(year: int, sunday: date) -> None:
    """Among them the earliest and the latest that there can be, and both exceptions of the rule."""
    assert easter_sunday(year) == sunday


def test_a_feast_is_some_days() -> None:
    """Christmas has three, Easter two."""
    assert holiday("christmas", 2025) == (date(2025, 12, 24), date(2025, 12, 27))
    first, after = holiday("easter", 2026)
    assert after - first == 2 * DAY
