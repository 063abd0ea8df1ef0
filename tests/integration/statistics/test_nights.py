"""Statistics in nights in which clocks are set, and where a leap day or a year begins: an hour is an hour."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from tests.unit.questions.house import ALVA, EMBER, heard

from .conftest import HOUR_S, Home

PLAYS = "encore:listener_alva_plays"
NIGHTS = {
    "clocks are set back": ("Europe/Berlin", "2026-10-25T03:00+02:00"),
    "clocks are set forward": ("Europe/Berlin", "2027-03-28T02:00+01:00"),
    "clocks are set back by half an hour": (
        "Australia/Lord_Howe",
        "2027-04-04T02:00+11:00",
    ),
    "a leap day begins": ("Europe/Berlin", "2028-02-29T00:00+01:00"),
    "a year begins": ("Europe/Berlin", "2027-01-01T00:00+01:00"),
}


@pytest.mark.parametrize("night", NIGHTS)
async def test_an_odd_night_is_written_hour_by_hour(home: Home, night: str) -> None:
    """Each play in the hour of UTC in which it began, once, whatever the wall clock showed."""
    zone, moment = NIGHTS[night]
    begins = datetime.fromisoformat(moment) - timedelta(minutes=110)
    await home.hass.config.async_set_time_zone(zone)
    expected = Counter[int]()
    for step in range(8):
        start = round(begins.timestamp()) + step * 1_700
        home.freezer.move_to(datetime.fromtimestamp(start + 200, begins.tzinfo))
        play = replace(
            heard(ALVA, EMBER, "2026-01-01 00:00"),
            started_at=start * 1000,
            ended_at=(start + 200) * 1000,
        )
        await home.store(play)
        async_fire_time_changed(home.hass)
        await home.followed()
        expected[start // HOUR_S * HOUR_S] += 1
    home.freezer.tick(HOUR_S)
    async_fire_time_changed(home.hass)
    await home.followed()
    rows = await home.rows(PLAYS)
    assert {start: state for start, state, _ in rows if state} == expected
    assert rows[-1][2] == expected.total()
