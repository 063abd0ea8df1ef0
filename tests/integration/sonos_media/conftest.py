"""What the tests of media in rooms share: speakers that are Connect devices of the simulated Spotify, and a linked account."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.spotify import playback_transfer
from homeassistant.core import HomeAssistant
from simulator.clock import SimulatedClock
from simulator.sonos import SonosSimulator
from simulator.sonos.speaker import Speaker
from simulator.sonos.transport import Transport
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from simulator.spotify.world import SpotifyWorld
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)
from tests.integration.sonos.conftest import (
    AddHousehold,
    add_household,  # noqa: F401 - a fixture
    addresses,  # noqa: F401 - a fixture
    household,  # noqa: F401 - a fixture
    impatient,  # noqa: F401 - a fixture
    sonos,  # noqa: F401 - a fixture
)


@pytest.fixture(autouse=True)
def looks_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between the looks after a transfer."""
    monkeypatch.setattr(playback_transfer, "LOOKS_AFTER_S", (0, 0, 0))


@pytest.fixture
def clock(spotify: SpotifySimulator) -> SimulatedClock:
    """Return the clock of both simulators."""
    return spotify.clock


@pytest.fixture
def world(spotify: SpotifySimulator) -> SpotifyWorld:
    """Return the Spotify that the speakers belong to."""
    return spotify.world


@pytest.fixture
async def alva(
    hass: HomeAssistant,
    sonos: SonosSimulator,  # noqa: F811 - a fixture
    link: Link,  # noqa: F811 - a fixture
) -> AsyncGenerator[MockConfigEntry]:
    """Return Alva's account, set up, which sees the speakers."""
    entry = await link("alva")
    await hass.config_entries.async_setup(entry.entry_id)
    # Not its background tasks: a household that is set up has some that never end.
    await hass.async_block_till_done()
    yield entry
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
def player(spotify: SpotifySimulator) -> Player:
    """Return Alva's player, as she holds it in her hands."""
    return spotify.world.player("alva")


@pytest.fixture
def tracks(spotify: SpotifySimulator) -> list[Track]:
    """Return some tracks of at least three minutes."""
    all_tracks = spotify.world.catalogue.tracks.values()
    return [track for track in all_tracks if track.duration_ms > 180_000][:10]


@pytest.fixture
def kitchen(sonos: SonosSimulator) -> Speaker:  # noqa: F811 - a fixture
    """Return the speaker in the kitchen."""
    return sonos.speaker("Kitchen")


def on(transport: Transport) -> str | None:
    """Return the title of what a transport has on."""
    return transport.track.title if transport.track else None


def queue(transport: Transport) -> list[str]:
    """Return the titles in a queue."""
    return [track.title for track in transport.queue.tracks]


async def play(hass: HomeAssistant, entity_id: str, media: str, **more: Any) -> None:
    """Let a player play something, as an action does."""
    await hass.services.async_call(
        "media_player",
        "play_media",
        {
            "entity_id": entity_id,
            "media_content_id": media,
            "media_content_type": "music",
            **more,
        },
        blocking=True,
    )


__all__ = ["AddHousehold", "on", "play", "queue"]
