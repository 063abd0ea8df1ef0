"""What an account lets go of when its set-up or its end does not go well."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.errors import Unavailable
from custom_components.encore.spotify.tracking.collector import Collector
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from tests.integration.auth.conftest import Link


@pytest.fixture
async def entry(link: Link) -> MockConfigEntry:
    """Return Alva's account, linked just now."""
    return await link("alva")


@pytest.fixture
def gateways(monkeypatch: pytest.MonkeyPatch) -> list[SpotifyGateway]:
    """Return the gateways that are made."""
    made: list[SpotifyGateway] = []
    prepare = SpotifyGateway._async_client

    async def noted(gateway: SpotifyGateway) -> object:
        if gateway not in made:
            made.append(gateway)
        return await prepare(gateway)

    monkeypatch.setattr(SpotifyGateway, "_async_client", noted)
    return made


async def test_a_failing_stop_still_closes_all_else(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    gateways: list[SpotifyGateway],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full disk, say, keeps neither the connections nor the history open."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    stop = Collector.async_stop

    async def failing(collector: Collector) -> None:
        await stop(collector)
        raise OSError("No space left on device")

    monkeypatch.setattr(Collector, "async_stop", failing)
    assert not await hass.config_entries.async_unload(entry.entry_id)
    for history in hass.config_entries.async_entries("encore"):
        if history is not entry:
            await hass.config_entries.async_unload(history.entry_id)
    # What entities asked first may still be on its way.
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not hass.data[DATA_HISTORY].is_open
    with pytest.raises(Unavailable):
        await gateways[0].async_devices()


async def test_a_history_that_cannot_be_read_at_start_is_tried_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    gateways: list[SpotifyGateway],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A locked or full disk passes; the person reads which of the two is out of reach."""

    async def unreadable(_: Collector) -> None:
        raise StoreUnavailable("database is locked")

    monkeypatch.setattr(Collector, "async_start", unreadable)
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "store_unavailable"
    with pytest.raises(Unavailable):
        await gateways[0].async_devices()
