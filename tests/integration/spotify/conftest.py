"""What the tests of the Spotify part share: accounts in a house, and a clock that both worlds follow."""

from collections.abc import Awaitable, Callable, Collection
import logging
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.const import spotify_api_url
from custom_components.encore.history.model import Play, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify import playback_transfer
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.auth.scopes import SCOPES
from homeassistant.core import HomeAssistant
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)

type Later = Callable[[float], Awaitable[None]]
type OpenGateway = Callable[..., SpotifyGateway]

ALVA = "media_player.alva_lindqvist"


NOW: Final = "2026-06-17T12:00:00+00:00"
"""When tests begin: what the simulated listeners played until then depends on the day and the hour."""


@pytest.fixture(autouse=True)
def clock_stands_still(request: pytest.FixtureRequest) -> None:
    """Stop the clock before the simulator takes its time from it, for tests that move it; at a time of their own, or `NOW`."""
    if "later" in request.fixturenames:
        freezer: FrozenDateTimeFactory = request.getfixturevalue("freezer")
        if request.node.get_closest_marker("freeze_time") is None:
            freezer.move_to(NOW)


@pytest.fixture(autouse=True)
def transfers_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between the looks after a transfer."""
    monkeypatch.setattr(playback_transfer, "LOOKS_AFTER_S", (0, 0, 0))


@pytest.fixture
def later(
    hass: HomeAssistant, spotify: SpotifySimulator, freezer: FrozenDateTimeFactory
) -> Later:
    """Return a way to let seconds pass, in the home and at Spotify."""

    async def later(seconds: float) -> None:
        freezer.tick(seconds)
        spotify.clock.catch_up()
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return later


@pytest.fixture
def open_gateway(hass: HomeAssistant, spotify: SpotifySimulator) -> OpenGateway:
    """Return a way to open a gateway on a person's account, without an entry."""

    def open_gateway(
        person: str = "alva", access: str = "control", more: Collection[str] = ()
    ) -> SpotifyGateway:
        answer = spotify.accounts.authorize(person, (*SCOPES[access], *more))

        async def token() -> str:
            return str(answer["access_token"])

        return SpotifyGateway(hass, token, api_url=spotify_api_url())

    return open_gateway


@pytest.fixture
async def alva(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
    later: Later,
    request: pytest.FixtureRequest,
) -> MockConfigEntry:
    """Return Alva's account, set up, on a clock that stands still; as responsive as the module's `RESPONSIVENESS` says."""
    entry = await link("alva")
    if chosen := getattr(request.module, "RESPONSIVENESS", None):
        hass.config_entries.async_update_entry(
            entry, options={"responsiveness": chosen}
        )
    return await set_up(hass, entry)


@pytest.fixture
def tracks(spotify: SpotifySimulator) -> list[Track]:
    """Return some tracks of at least three minutes."""
    all_tracks = spotify.world.catalogue.tracks.values()
    return [track for track in all_tracks if track.duration_ms > 180_000][:10]


@pytest.fixture
async def browse(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Return a way to open a folder of Alva's media browser, the root without one."""

    async def browse(folder: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = await _opened(hass, hass_ws_client, folder)
        assert answer["success"], answer
        result: dict[str, Any] = answer["result"]
        return result

    return browse


@pytest.fixture
async def refused(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Return a way to open a folder that cannot be, and see what is said."""

    async def refused(folder: dict[str, Any]) -> dict[str, Any]:
        answer = await _opened(hass, hass_ws_client, folder)
        assert not answer["success"], answer
        error: dict[str, Any] = answer["error"]
        return error

    return refused


async def _opened(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    folder: dict[str, Any] | None,
) -> dict[str, Any]:
    client = await hass_ws_client(hass)
    which = {
        name: folder[name]
        for name in ("media_content_type", "media_content_id")
        if folder
    }
    await client.send_json_auto_id(
        {"type": "media_player/browse_media", "entity_id": ALVA, **which}
    )
    answer: dict[str, Any] = await client.receive_json()
    await client.close()
    return answer


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """Set an entry up and let all that follows happen."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


async def plays(hass: HomeAssistant) -> list[Play]:
    """Return every play in the history, oldest first, however short."""
    ever = Window(0, 2**53)
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.plays(ever, min_ms=0, newest_first=False),
        hidden=NOBODY_HIDDEN,
    )


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged as a warning or worse."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING
        # A step of the clock looks to asyncio like a slow callback.
        and record.name != "asyncio"
        and "which has not been tested by Home Assistant" not in record.getMessage()
    ]
