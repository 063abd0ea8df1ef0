"""The diagnostics download holds what helps, and nothing that is nobody else's business."""

import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.encore.access.account_listener import async_listener
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.spotify import DEMO_CLIENT_ID, SpotifySimulator
from tests.integration.auth.conftest import Link
from tests.integration.auth.tokens import shift


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, set up and playing, with a person chosen."""
    for domain in ("diagnostics", "media_player"):
        assert await async_setup_component(hass, domain, {})
    entry = await link("alva")
    hass.config_entries.async_update_entry(
        entry, options={"person": "person.alva_lindqvist"}
    )
    shift(hass, entry, 0)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def download(
    hass_client: ClientSessionGenerator, entry: Any
) -> tuple[str, dict[str, Any]]:
    """Press the button; returns the file as it is and its part about the entry."""
    client = await hass_client()
    response = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    assert response.status == 200
    text = await response.text()
    return text, json.loads(text)["data"]


async def test_an_account_shows_its_state_and_no_secret(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """No token, sealed or not, no account, no name, no client id."""
    alva = spotify.world.people["alva"]
    text, data = await download(hass_client, entry)
    assert len(spotify.accounts.issued) >= 4
    private = [
        *spotify.accounts.issued,
        entry.data["token"]["access_token"],
        entry.data["token"]["refresh_token"],
        alva.account_id,
        alva.id,
        "lindqvist",
        DEMO_CLIENT_ID,
    ]
    for secret in private:
        assert secret.casefold() not in text.casefold()
    assert data["state"] == "loaded"
    assert data["token"]["rotation"] == 1
    assert "user-modify-playback-state" in data["token"]["scope"]
    assert data["issues"] == []
    assert data["spotify_wants_a_pause_until"] is None
    assert data["player"]["answers"] is True
    assert data["player"]["last_failure"] is None


async def test_whom_somebody_shares_with_and_whom_the_home_trusts_is_not_in_it(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """Nor whose history stayed, nor what is called after somebody."""
    hass.config_entries.async_update_entry(
        entry,
        options={
            "privacy": "people",
            "shared_with": ["person.zebedee"],
            "satellites": ["assist_satellite.zebedee"],
            "import_folder": "/media/zebedee",
            "play_on_device": "Zebedee's phone",
        },
    )
    [history] = [
        one
        for one in hass.config_entries.async_entries(DOMAIN)
        if one.data["kind"] == "history"
    ]
    hass.config_entries.async_update_entry(
        history,
        data={**history.data, "departed": {"spotify:zebedee": ["zebedee's id"]}},
        options={
            "players": ["media_player.zebedee"],
            "trusted_as_student": ["user:zebedee"],
        },
    )
    for one in (entry, history):
        text, _ = await download(hass_client, one)
        assert "zebedee" not in text.casefold()


async def test_an_account_that_is_not_loaded_has_diagnostics_too(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """That is when they are wanted most."""
    await hass.config_entries.async_unload(entry.entry_id)
    _, data = await download(hass_client, entry)
    assert data["state"] == "not_loaded"
    assert data["player"] is None


async def test_when_a_private_listener_listens_is_not_in_it(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """Who listens is looked at more often; an account that the household shares tells how often it is."""
    shared = {"person": "person.alva_lindqvist", "privacy": "household"}
    hass.config_entries.async_update_entry(entry, options=shared)
    await hass.async_block_till_done()
    _, data = await download(hass_client, entry)
    assert data["player"]["interval"]
    assert data["token"]["expires_at"] > 0
    hass.config_entries.async_update_entry(
        entry, options={**shared, "privacy": "private"}
    )
    await hass.async_block_till_done()
    _, data = await download(hass_client, entry)
    assert data["player"] == {
        "responsiveness": {"chosen": "balanced"},
        "answers": True,
        "last_failure": None,
    }
    assert data["token"].keys() == {"authorized_at", "expires_in", "scope"}
    assert data["entry"]["modified_at"] == "**REDACTED**"


async def test_the_history_counts_nobody_who_is_hidden(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """What a private listener played changes no number of it."""
    private = {"person": "person.alva_lindqvist", "privacy": "private"}
    hass.config_entries.async_update_entry(entry, options=private)
    await hass.async_block_till_done(wait_background_tasks=True)
    (history,) = (
        one
        for one in hass.config_entries.async_entries(DOMAIN)
        if one.data["kind"] == "history"
    )
    _, before = await download(hass_client, history)
    alva = async_listener(hass, entry)
    await hass.data[DATA_HISTORY].async_append(
        [
            Observation(Source.EXPORT, alva, item, 1_000, 61_000, 60_000)
            for number in range(3)
            for item in [
                Item(
                    f"spotify:track:{number:022}", Kind.TRACK, f"Song {number}", ("A",)
                )
            ]
        ]
    )
    _, after = await download(hass_client, history)
    assert after["history"] == before["history"]
    assert after["history"]["looked_up"] == {"wanted": 0, "found": 0, "not_found": 0}


async def test_the_history_shows_its_size_and_nobody(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counts, or why there are none, and no listener, room or play."""
    (history,) = (
        one
        for one in hass.config_entries.async_entries(DOMAIN)
        if one.data["kind"] == "history"
    )
    alva = Listener("spotify:x", "Alva Lindqvist")
    item = Item("spotify:track:1", Kind.TRACK, "Lindqvist's song", ("Somebody",))
    await hass.data[DATA_HISTORY].async_append(
        [Observation(Source.LIVE, alva, item, 1_000, 61_000, 60_000)]
    )
    text, data = await download(hass_client, history)
    assert data["history"]["listeners"] >= 1
    assert data["history"]["recorded_from"] == 1_000
    assert data["history"]["bytes"] > 0
    assert "lindqvist" not in text.casefold()

    def fail(_: HistoryQueries) -> list[Listener]:
        raise StoreUnavailable("database is locked, says Lindqvist's disk")

    monkeypatch.setattr(HistoryQueries, "listeners", fail)
    text, data = await download(hass_client, history)
    assert data["history"]["failure"] == "StoreUnavailable"
    assert "lindqvist" not in text.casefold()

    # The History entry may be reading its grammars still.
    await hass.async_block_till_done(wait_background_tasks=True)
    for one in hass.config_entries.async_entries(DOMAIN):
        await hass.config_entries.async_unload(one.entry_id)
    assert not hass.data[DATA_HISTORY].is_open
    _, data = await download(hass_client, history)
    assert data["history"] is None
