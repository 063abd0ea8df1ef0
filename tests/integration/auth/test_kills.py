"""What a kill around a refresh leaves: two real Home Assistants on real files, one after the other."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
import shutil
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    async_test_home_assistant,
    flush_store,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.auth.oauth_session import async_open_session
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from custom_components.encore.spotify.auth.token_journal import TokenJournal
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from tests.integration.auth.conftest import give_credentials, link_account
from tests.integration.auth.tokens import logins, refreshes, shift
from tests.integration.settling import until_set_up


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Stay without the shared Home Assistant, whose storage is in memory; each one here finds Encore itself."""


@asynccontextmanager
async def home(folder: Path) -> AsyncGenerator[HomeAssistant]:
    """Start a Home Assistant on a config folder, with the entries that lie there, not yet set up."""
    async with async_test_home_assistant(config_dir=str(folder)) as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS)
        await hass.config_entries.async_initialize()
        await give_credentials(hass)
        try:
            yield hass
        finally:
            await until_set_up(hass)
            for entry in hass.config_entries.async_loaded_entries(DOMAIN):
                await hass.config_entries.async_unload(entry.entry_id)
            await hass.async_stop(force=True)


@asynccontextmanager
async def restarted(folder: Path) -> AsyncGenerator[tuple[HomeAssistant, ConfigEntry]]:
    """Start Home Assistant on what a kill left behind, with all that Encore sets up."""
    async with home(folder) as hass:
        assert await async_setup_component(hass, DOMAIN, {})
        await hass.async_block_till_done()
        (entry,) = (
            entry
            for entry in hass.config_entries.async_entries(DOMAIN)
            if entry.data["kind"] == "spotify"
        )
        yield hass, entry


@pytest.fixture
async def before(
    spotify: SpotifySimulator, tmp_path: Path
) -> AsyncGenerator[tuple[HomeAssistant, ConfigEntry]]:
    """Run the Home Assistant to be killed: Alva's account is saved, its token about to expire."""
    async with home(tmp_path / "config") as hass:
        entry = await link_account(hass, spotify, "alva")
        shift(hass, entry, 0)
        await flush_store(hass.config_entries._store)
        yield hass, entry


def kill(hass: HomeAssistant) -> Awaitable[Path]:
    """Return the config folder as a kill at this very moment would leave it."""
    config = Path(hass.config.config_dir)

    def copy() -> Path:
        left = config.with_name("left")
        shutil.copytree(config, left)
        return left

    return hass.async_add_executor_job(copy)


async def test_a_kill_before_the_entry_is_saved_loses_nothing(
    spotify: SpotifySimulator, before: tuple[HomeAssistant, ConfigEntry]
) -> None:
    """The entry on disk has a dead refresh token; the journal has the living one."""
    hass, entry = before
    await async_open_session(hass, entry)
    left = await kill(hass)
    assert (left / ".storage" / "core.config_entries").exists()
    async with restarted(left) as (again, after):
        assert after.state is ConfigEntryState.LOADED
        assert after.data["token"]["rotation"] == 1
        seal = await async_get_token_encryption(again)
        token = seal.open(after.data["token"]["access_token"])
        assert spotify.accounts.bearer(token).person == "alva"
        shift(again, after, 0)
        assert await after.runtime_data.gateway.async_profile()
    assert refreshes(spotify) == 2


async def test_the_journal_is_written_before_anybody_gets_the_token(
    before: tuple[HomeAssistant, ConfigEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill right after the write, while the entry still knows nothing, loses nothing either."""
    hass, entry = before
    left: list[Path] = []
    record: Callable[..., Awaitable[None]] = TokenJournal.async_record

    async def record_and_kill(journal: TokenJournal, token: dict[str, Any]) -> None:
        await record(journal, token)
        assert entry.data["token"]["rotation"] == 0
        left.append(await kill(hass))

    with monkeypatch.context() as patched:
        patched.setattr(TokenJournal, "async_record", record_and_kill)
        await async_open_session(hass, entry)
    async with restarted(left[0]) as (_, after):
        assert after.data["token"]["rotation"] == 1


async def test_a_kill_after_everything_was_saved_starts_with_the_entry(
    spotify: SpotifySimulator, before: tuple[HomeAssistant, ConfigEntry]
) -> None:
    """Entry and journal agree, and Spotify is asked for nothing."""
    hass, entry = before
    await async_open_session(hass, entry)
    await flush_store(hass.config_entries._store)
    async with restarted(await kill(hass)) as (_, after):
        assert after.state is ConfigEntryState.LOADED
        assert after.data["token"] == entry.data["token"]
    assert refreshes(spotify) == 1


async def test_a_kill_before_the_answer_asks_for_one_login(
    spotify: SpotifySimulator, before: tuple[HomeAssistant, ConfigEntry]
) -> None:
    """Nobody can know the token that was on its way: the person logs in again, and there is no loop."""
    hass, _ = before
    spotify.faults.add(Fault(FaultKind.ANSWER_LOST, match="/api/token"))
    async with restarted(await kill(hass)) as (again, after):
        states = [after.state]
        await again.config_entries.async_reload(after.entry_id)
        await again.async_block_till_done()
        states.append(after.state)
        assert states == [ConfigEntryState.SETUP_RETRY, ConfigEntryState.SETUP_ERROR]
        assert logins(again) == ["reauth_confirm"]
    assert refreshes(spotify) == 2
