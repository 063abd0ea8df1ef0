"""What the tests of the commands share: accounts in a house, and a way to give commands."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.spotify import playback_transfer
from custom_components.encore.spotify.auth.scopes import (
    FOLLOWING,
    LIBRARY,
    PLAYLISTS,
    POSITION_READ,
    TOP_READ,
)
from homeassistant.core import Context, HomeAssistant
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)
from tests.integration.running import async_act
from tests.integration.spotify.conftest import set_up

type Act = Callable[..., Awaitable[dict[str, Any]]]

LISTENER = "Alva Lindqvist"
ALL_MORE = (*LIBRARY, *FOLLOWING, *PLAYLISTS, TOP_READ, POSITION_READ)
"""What is granted beyond the link."""


@pytest.fixture(autouse=True)
def looks_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between the looks after a transfer."""
    monkeypatch.setattr(playback_transfer, "LOOKS_AFTER_S", (0, 0, 0))


@pytest.fixture
def act(hass: HomeAssistant) -> Act:
    """Return a way to call one of our actions or tools and have its response."""

    return partial(async_act, hass)


@pytest.fixture
async def alva(hass: HomeAssistant, link: Link) -> MockConfigEntry:  # noqa: F811 - a fixture
    """Return Alva's account, set up."""
    return await set_up(hass, await link("alva"))


@pytest.fixture
async def ben(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    link: Link,  # noqa: F811 - a fixture
) -> MockConfigEntry:
    """Return Ben's account, set up beside Alva's."""
    return await set_up(hass, await link("ben"))


@pytest.fixture
async def granted(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
) -> MockConfigEntry:
    """Return Alva's account, set up, with everything granted that a person may be asked for."""
    return await set_up(hass, await link("alva", more=ALL_MORE))


@pytest.fixture
def as_admin(hass_admin_user: MockUser) -> Context:
    """Return the context of an administrator, who may change libraries."""
    return Context(user_id=hass_admin_user.id)


@pytest.fixture
def tracks(spotify: SpotifySimulator) -> list[Track]:
    """Return some tracks of at least three minutes."""
    all_tracks = spotify.world.catalogue.tracks.values()
    return [track for track in all_tracks if track.duration_ms > 180_000][:10]


@pytest.fixture
def player(spotify: SpotifySimulator) -> Player:
    """Return Alva's player, as she holds it in her hands."""
    return spotify.world.player("alva")
