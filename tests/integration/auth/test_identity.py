"""One person is one account, by whichever of their two ids Spotify names them today."""

from typing import Any

import pytest

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator.spotify import SpotifySimulator
from tests.integration.auth.browser import Browser, entries
from tests.integration.auth.conftest import Link


async def renewed(
    hass: HomeAssistant, browser: Browser, entry: ConfigEntry, person: str
) -> dict[str, Any]:
    """Log in again to an account, as somebody; returns how it ended."""
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = entry.async_get_active_flows(hass, {SOURCE_REAUTH})
    form = await browser.look({"flow_id": flow["flow_id"]})
    page = await browser.submit(form, {"access": "control"})
    result = await browser.log_in(page, person)
    await hass.async_block_till_done()
    return result


@pytest.mark.parametrize("at_first", [True, False])
async def test_an_id_that_comes_or_goes_neither_locks_out_nor_doubles(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser, at_first: bool
) -> None:
    """Linked with `account_id` in the profile or without, then asked the other way round, and back."""
    alva = spotify.world.people["alva"]
    first = alva.account_id if at_first else alva.id
    spotify.manners.account_id = at_first
    await browser.link("alva")
    (entry,) = entries(hass, "spotify")
    assert entry.unique_id == f"spotify:{first}"
    for has_account_id in (not at_first, at_first):
        spotify.manners.account_id = has_account_id
        again = await browser.link("alva")
        assert (again["type"], again["reason"]) == ("abort", "already_configured")
        wrong = await renewed(hass, browser, entry, "ben")
        assert (wrong["type"], wrong["reason"]) == ("abort", "wrong_account")
        right = await renewed(hass, browser, entry, "alva")
        assert (right["type"], right["reason"]) == ("abort", "reauth_successful")
        form = await browser.reconfigure(entry.entry_id)
        page = await browser.submit(form, {"access": "control"})
        changed = await browser.log_in(page, "alva")
        assert changed["reason"] == "reconfigure_successful"
        await hass.async_block_till_done()
    assert entries(hass, "spotify") == [entry]
    # Entities, device and history stay what they were.
    assert entry.data["account_id"] == first
    assert entry.unique_id == f"spotify:{alva.account_id}"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("key", ["account_id", "id"])
async def test_an_account_of_an_earlier_version_learns_both_ids(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    link: Link,
    key: str,
) -> None:
    """It kept one, of either kind; once the other is known, either will do."""
    alva = spotify.world.people["alva"]
    entry = await link("alva")
    known = getattr(alva, key)
    data = {**entry.data, "account_id": known}
    del data["spotify_ids"]
    hass.config_entries.async_update_entry(
        entry, data=data, unique_id=f"spotify:{known}"
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert spotify.requests.count(endpoint="/v1/me") == 1
    assert entry.unique_id == f"spotify:{alva.account_id}"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert spotify.requests.count(endpoint="/v1/me") == 1
    spotify.manners.account_id = False
    result = await renewed(hass, browser, entry, "alva")
    assert result["reason"] == "reauth_successful"
    assert entry.data["account_id"] == known


async def test_two_accounts_of_one_person_from_before_stay_two(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    link: Link,
) -> None:
    """Each goes on, and neither takes the other's place."""
    alva = spotify.world.people["alva"]
    one, other = await link("alva"), await link("alva")
    data = {**other.data, "account_id": alva.id}
    del data["spotify_ids"]
    hass.config_entries.async_update_entry(
        other, data=data, unique_id=f"spotify:{alva.id}"
    )
    for entry in (one, other):
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        result = await renewed(hass, browser, entry, "alva")
        assert result["reason"] == "reauth_successful"
    assert one.unique_id == f"spotify:{alva.account_id}"
    assert other.unique_id == f"spotify:{alva.id}"


async def test_who_is_linked_again_finds_their_history(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser
) -> None:
    """Though the id by which it was kept is not the one that comes first now."""
    spotify.manners.account_id = False
    await browser.link("alva")
    (entry,) = entries(hass, "spotify")
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.config_entries.async_remove(entry.entry_id)
    spotify.manners.account_id = True
    await browser.link("alva")
    (entry,) = entries(hass, "spotify")
    alva = spotify.world.people["alva"]
    assert entry.data["account_id"] == alva.id
    assert entry.unique_id == f"spotify:{alva.account_id}"
