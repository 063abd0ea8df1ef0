"""Worlds whose time stands still unless a test moves it."""

from datetime import UTC, datetime

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify.music import Album
from simulator.spotify.world import SpotifyWorld

NOW_MS = int(datetime(2026, 11, 20, 20, 30, tzinfo=UTC).timestamp() * 1000)
"""A Friday evening at home, 21:30 in Amsterdam."""


@pytest.fixture
def clock() -> SimulatedClock:
    """Return a clock that stands still."""
    return SimulatedClock(speed=0, start_ms=NOW_MS)


@pytest.fixture
def world(clock: SimulatedClock) -> SpotifyWorld:
    """Return a world in which nobody has heard anything yet."""
    return SpotifyWorld(7, clock, past_days=0)


@pytest.fixture
def lived_world(clock: SimulatedClock) -> SpotifyWorld:
    """Return a world with everyone's whole past."""
    return SpotifyWorld(7, clock)


@pytest.fixture
def album(world: SpotifyWorld) -> Album:
    """Return an album with at least six tracks."""
    return next(
        album for album in world.catalogue.albums.values() if len(album.track_ids) >= 6
    )
