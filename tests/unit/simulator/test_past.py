"""The invented past: years of plausible listening that reach up to now."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify.invention import invent_catalogue
from simulator.spotify.past import SILENCE_MS, invent_past, invented_days
from simulator.spotify.people import HOME_TIME_ZONE, household
from simulator.spotify.world import SpotifyWorld

from .conftest import NOW_MS

CATALOGUE = invent_catalogue(7)
PEOPLE = tuple(household(7))


@pytest.mark.parametrize("key", PEOPLE)
def test_nothing_overlaps_and_nothing_sounds_longer_than_it_took(key: str) -> None:
    """One person hears one thing at a time, and at most for its length."""
    played = invent_past(key, CATALOGUE, NOW_MS)
    assert all(
        earlier.ended_at <= later.started_at for earlier, later in pairwise(played)
    )
    for row in played:
        item = CATALOGUE.playable(row.uri)
        assert 0 < row.ms_played <= min(row.ended_at - row.started_at, item.duration_ms)
        assert row.skipped or row.ms_played >= 30_000
        assert (row.title, row.artists, row.kind) == (
            item.name,
            item.artist_names,
            item.kind.value,
        )


@pytest.mark.parametrize("key", ["alva", "ben"])
def test_years_of_premium_listening_are_long(key: str) -> None:
    """At least 40,000 rows over more than four years, with about a fifth of skips and some talk."""
    played = invent_past(key, CATALOGUE, NOW_MS)
    kinds = Counter(row.kind for row in played)
    assert len(played) >= 40_000
    assert played[-1].ended_at - played[0].started_at > 4 * 365 * 86_400_000
    assert 0.12 < sum(row.skipped for row in played) / len(played) < 0.28
    assert kinds["episode"] > 300
    assert 0 < sum(row.private for row in played) < len(played) * 0.05
    assert 0 < sum(row.offline for row in played) < len(played) * 0.1
    assert all((row.synced_at is not None) == row.offline for row in played)


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_last_night_was_musical_at_whatever_hour_one_starts(hour: int) -> None:
    """Alva and Ben heard something in the evening before, and were silent for some minutes before now."""
    now = datetime(
        2026, 3, 29, hour, 12, tzinfo=ZoneInfo(HOME_TIME_ZONE)
    )  # the day that has 23 hours
    evening = (now if hour >= 5 else now - timedelta(days=1)).replace(
        hour=18, minute=0
    ) - timedelta(days=1)
    start = int(evening.timestamp() * 1000)
    for key in ("alva", "ben"):
        played = invent_past(key, CATALOGUE, int(now.timestamp() * 1000), 10)
        last_night = [
            row for row in played if start <= row.started_at < start + 11 * 3_600_000
        ]
        assert len([row for row in last_night if row.ms_played >= 30_000]) >= 2
        assert played[-1].ended_at <= now.timestamp() * 1000 - SILENCE_MS


def test_same_seed_lives_the_same_life() -> None:
    """A past depends on the seed, the person and the moment alone."""
    first = invent_past("alva", CATALOGUE, NOW_MS, 60)
    invented_days.cache_clear()
    assert invent_past("alva", CATALOGUE, NOW_MS, 60) == first
    assert invent_past("ben", CATALOGUE, NOW_MS, 60) != first


def test_shorter_past_is_the_end_of_a_longer_one() -> None:
    """Tests may ask for a few days and get what they would have got."""
    assert (
        invent_past("alva", CATALOGUE, NOW_MS, 90)[-200:]
        == invent_past("alva", CATALOGUE, NOW_MS, 30)[-200:]
    )


def test_past_ends_where_the_world_began(clock: SimulatedClock) -> None:
    """A past that is asked for late still ends before the simulator started."""
    world = SpotifyWorld(7, clock, past_days=20)
    clock.advance(5 * 86_400_000)
    assert world.ledger.played("alva")[-1].ended_at <= NOW_MS - SILENCE_MS


def test_habits_show_in_the_hours() -> None:
    """Mornings have podcasts and nights are quiet."""
    zone = ZoneInfo(HOME_TIME_ZONE)
    played = invent_past("alva", CATALOGUE, NOW_MS)
    hours = Counter(
        datetime.fromtimestamp(row.started_at / 1000, UTC).astimezone(zone).hour
        for row in played
    )
    podcasts = Counter(
        datetime.fromtimestamp(row.started_at / 1000, zone).hour
        for row in played
        if row.kind == "episode"
    )
    assert podcasts.most_common(1)[0][0] in (6, 7)
    assert hours[20] + hours[21] > 20 * (hours[3] + hours[4])
