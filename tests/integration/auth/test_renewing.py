"""Logging in again and changing the access of an account that is linked."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.auth.token_encryption import (
    KEY_FILE,
    TokenEncryption,
    async_get_token_encryption,
)
from custom_components.encore.spotify.issues import async_report_not_premium
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import SpotifySimulator
from tests.integration.auth.browser import Browser
from tests.integration.auth.conftest import Link


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link, browser: Browser) -> MockConfigEntry:
    """Return Alva's account, linked and working."""
    entry = await link("alva")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def reauth_of(hass: HomeAssistant, browser: Browser) -> dict[str, Any]:
    """Return the one dialog that asks for a login, as the person opens it."""
    await hass.async_block_till_done()
    (flow,) = (
        flow
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == "reauth"
    )
    return await browser.look({"flow_id": flow["flow_id"]})


def person_of(
    spotify: SpotifySimulator, seal: TokenEncryption, entry: MockConfigEntry
) -> str:
    """Return whose token the entry holds."""
    bearer = spotify.accounts.bearer(seal.open(entry.data["token"]["access_token"]))
    return bearer.person


async def test_a_withdrawn_access_is_asked_for_again(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    entry: MockConfigEntry,
) -> None:
    """The same entry goes on with the new login, and nothing waits any more."""
    spotify.accounts.revoke("alva")
    await hass.config_entries.async_reload(entry.entry_id)
    form = await reauth_of(hass, browser)
    assert form["step_id"] == "reauth_confirm"
    assert form["description_placeholders"]["account"] == "Alva Lindqvist"
    grant = entry.data["token"]["grant"]
    flow = await browser.submit(form, {"access": "control"})
    result = await browser.log_in(flow, "alva")
    assert (result["type"], result["reason"]) == ("abort", "reauth_successful")
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["token"]["grant"] != grant
    assert person_of(spotify, await async_get_token_encryption(hass), entry) == "alva"
    assert list(hass.config_entries.flow.async_progress()) == []


async def test_an_account_moves_to_another_app(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    entry: MockConfigEntry,
) -> None:
    """Home Assistant deletes no credentials in use, so a dead app must be left by choosing a new one."""
    await async_import_client_credential(
        hass,
        DOMAIN,
        ClientCredential("another-app", "any text", "Dead app"),
        "encore_dead",
    )
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "auth_implementation": "encore_dead"}
    )
    spotify.accounts.revoke("alva")
    await hass.config_entries.async_reload(entry.entry_id)
    form = await reauth_of(hass, browser)
    choice = await browser.submit(form, {"access": "control"})
    assert choice["step_id"] == "pick_implementation"
    (field,) = choice["data_schema"]
    assert dict(field["options"]) == {"encore": "Our app", "encore_dead": "Dead app"}
    assert field["description"]["suggested_value"] == "encore_dead"
    flow = await browser.submit(choice, {"implementation": "encore"})
    result = await browser.log_in(flow, "alva")
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["auth_implementation"] == "encore"


async def test_an_account_whose_app_is_gone_takes_the_one_there_is(
    hass: HomeAssistant, browser: Browser, entry: MockConfigEntry
) -> None:
    """As after a restored backup, or credentials that were entered anew."""
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "auth_implementation": "encore_gone"}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    form = await reauth_of(hass, browser)
    flow = await browser.submit(form, {"access": "control"})
    await browser.log_in(flow, "alva")
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["auth_implementation"] == "encore"


async def test_a_lost_key_is_healed_by_one_login(
    hass: HomeAssistant,
    config_folder: Path,
    spotify: SpotifySimulator,
    browser: Browser,
    entry: MockConfigEntry,
) -> None:
    """The new token is sealed with a new key, and the account works on."""
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_add_executor_job((config_folder / KEY_FILE).unlink)
    for name in (f"{DOMAIN}_seal", f"{DOMAIN}_journal"):
        hass.data.pop(name, None)
    await hass.config_entries.async_setup(entry.entry_id)
    form = await reauth_of(hass, browser)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    flow = await browser.submit(form, {"access": "control"})
    await browser.log_in(flow, "alva")
    await hass.async_block_till_done()
    assert person_of(spotify, await async_get_token_encryption(hass), entry) == "alva"
    states = [entry.state]
    assert states == [ConfigEntryState.LOADED]


async def test_logging_in_as_somebody_else_changes_nothing(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    entry: MockConfigEntry,
) -> None:
    """One person's history must not go on with another's plays."""
    before = dict(entry.data)
    entry.async_start_reauth(hass)
    form = await reauth_of(hass, browser)
    flow = await browser.submit(form, {"access": "control"})
    result = await browser.log_in(flow, "ben")
    assert (result["type"], result["reason"]) == ("abort", "wrong_account")
    assert result["description_placeholders"] == {"account": "Alva Lindqvist"}
    assert dict(entry.data) == before


async def test_a_login_again_may_change_the_access(
    hass: HomeAssistant, browser: Browser, entry: MockConfigEntry
) -> None:
    """Who is at it anyway can choose anew."""
    entry.async_start_reauth(hass)
    form = await reauth_of(hass, browser)
    assert form["data_schema"][0]["default"] == "control"
    flow = await browser.submit(form, {"access": "history"})
    await browser.log_in(flow, "alva")
    await hass.async_block_till_done()
    assert entry.data["access"] == "history"


async def test_a_name_given_by_the_person_stays(
    hass: HomeAssistant, browser: Browser, entry: MockConfigEntry
) -> None:
    """A new login does not rename the entry."""
    hass.config_entries.async_update_entry(entry, title="Mum's music")
    entry.async_start_reauth(hass)
    form = await reauth_of(hass, browser)
    await browser.log_in(await browser.submit(form, {"access": "control"}), "alva")
    await hass.async_block_till_done()
    assert entry.title == "Mum's music"


@pytest.mark.parametrize(
    ("before", "after"), [("history", "control"), ("control", "history")]
)
async def test_the_access_can_be_changed(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    entry: MockConfigEntry,
    before: str,
    after: str,
) -> None:
    """Reconfiguring asks Spotify for the scopes of the new choice."""
    hass.config_entries.async_update_entry(entry, data={**entry.data, "access": before})
    form = await browser.reconfigure(entry.entry_id)
    assert (form["type"], form["step_id"]) == ("form", "reconfigure")
    assert form["data_schema"][0]["default"] == before
    flow = await browser.submit(form, {"access": after})
    result = await browser.log_in(flow, "alva")
    assert (result["type"], result["reason"]) == ("abort", "reconfigure_successful")
    await hass.async_block_till_done()
    assert entry.data["access"] == after
    assert ("modify" in entry.data["token"]["scope"]) is (after == "control")
    assert entry.state is ConfigEntryState.LOADED


async def test_reconfiguring_as_somebody_else_changes_nothing(
    browser: Browser, entry: MockConfigEntry
) -> None:
    """The account of an entry is fixed."""
    before = dict(entry.data)
    form = await browser.reconfigure(entry.entry_id)
    flow = await browser.submit(form, {"access": "history"})
    result = await browser.log_in(flow, "ben")
    assert (result["type"], result["reason"]) == ("abort", "wrong_account")
    assert dict(entry.data) == before


async def test_a_key_that_is_none_stops_a_new_login_too(
    hass: HomeAssistant,
    browser: Browser,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody logs in for tokens that cannot be sealed."""
    hass.data.pop(f"{DOMAIN}_seal", None)
    monkeypatch.setenv("ENCORE_KEY", "hunter2")
    form = await browser.reconfigure(entry.entry_id)
    result = await browser.submit(form, {"access": "history"})
    assert (result["type"], result["reason"]) == ("abort", "key_unusable")


async def test_a_new_login_settles_what_was_reported(
    hass: HomeAssistant,
    browser: Browser,
    entry: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """What is still true will be reported again."""
    async_report_not_premium(hass, entry)
    issue_id = f"not_premium_{entry.entry_id}"
    assert issue_registry.async_get_issue(DOMAIN, issue_id)
    form = await browser.reconfigure(entry.entry_id)
    await browser.log_in(await browser.submit(form, {"access": "history"}), "alva")
    await hass.async_block_till_done()
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
