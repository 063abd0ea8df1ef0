"""More scopes are asked for when a person first wants them, once, and granted by a login."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.call_purpose import Priority, Purpose
from custom_components.encore.spotify.errors import MissingScope
from homeassistant.core import HomeAssistant
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from tests.integration.auth.browser import Browser
from tests.integration.auth.conftest import Link


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link, browser: Browser) -> MockConfigEntry:
    """Return Alva's account, set up, with no more scopes than control needs."""
    entry = await link("alva")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


def questions(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return what the person is asked now."""
    return [dict(flow) for flow in hass.config_entries.flow.async_progress()]


async def saved(
    gateway: SpotifyGateway, priority: Priority = Priority.PERSON
) -> dict[str, Any]:
    """Read the saved tracks."""
    answer: dict[str, Any] = await gateway.async_call(
        lambda client: client.current_user_saved_tracks(limit=5),
        purpose=Purpose.LIBRARY,
        priority=priority,
    )
    return answer


async def test_a_call_is_not_made_without_its_scope(
    hass: HomeAssistant, spotify: SpotifySimulator, entry: MockConfigEntry
) -> None:
    """And the person who wanted it is asked for all that belongs to it."""
    with pytest.raises(MissingScope, match="Alva Lindqvist hasn’t granted"):
        await saved(entry.runtime_data.gateway)
    await hass.async_block_till_done()
    assert spotify.requests.count(endpoint="/v1/me/tracks") == 0
    (question,) = questions(hass)
    assert (question["step_id"], question["context"]["source"]) == ("widen", "reauth")


async def test_granting_it_is_one_login(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    browser: Browser,
) -> None:
    """Then the call works, and what was granted before stays granted."""
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes("user-library-read")
    await hass.async_block_till_done()
    form = await browser.look(questions(hass)[0])
    asked = form["description_placeholders"]["permissions"]
    assert asked == "- Your library: saved music, podcasts, and audiobooks"
    result = await browser.log_in(await browser.submit(form, {}), "alva")
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done()
    gateway = entry.runtime_data.gateway
    await gateway.async_require_scopes("user-library-read", "user-library-modify")
    assert len((await saved(gateway))["items"]) == 5
    granted = set(entry.data["token"]["scope"].split())
    assert {"user-modify-playback-state", "user-library-modify"} <= granted
    with pytest.raises(MissingScope):
        await gateway.async_require_scopes("user-top-read")
    await hass.async_block_till_done()
    form = await browser.look(questions(hass)[0])
    await browser.log_in(await browser.submit(form, {}), "alva")
    await hass.async_block_till_done()
    assert granted < set(entry.data["token"]["scope"].split())


async def test_what_is_wanted_while_the_question_waits_is_granted_by_the_same_login(
    hass: HomeAssistant, entry: MockConfigEntry, browser: Browser
) -> None:
    """And what the person ticks: nobody has to log in for each thing that they do first."""
    gateway = entry.runtime_data.gateway
    for scope in ("user-library-read", "playlist-read-private"):
        with pytest.raises(MissingScope):
            await gateway.async_require_scopes(scope)
        await hass.async_block_till_done()
    form = await browser.look(questions(hass)[0])
    asked = form["description_placeholders"]["permissions"].splitlines()
    assert asked == [
        "- Your library: saved music, podcasts, and audiobooks",
        "- Your playlists",
    ]
    (also,) = form["data_schema"]
    assert also["selector"]["select"]["options"] == ["following", "top", "position"]
    with pytest.raises(MissingScope):
        await gateway.async_require_scopes("user-follow-read")
    page = await browser.submit(form, {"also": ["top"]})
    await browser.log_in(page, "alva")
    await hass.async_block_till_done()
    await entry.runtime_data.gateway.async_require_scopes(
        "user-library-modify",
        "playlist-modify-private",
        "user-follow-modify",
        "user-top-read",
    )
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes(
            "user-read-playback-position"
        )
    await hass.async_block_till_done()
    form = await browser.look(questions(hass)[0])
    asked = form["description_placeholders"]["permissions"]
    assert asked == "- Your playback position in podcasts and audiobooks"
    assert form["data_schema"] == []


async def test_what_is_in_the_way_of_the_login_is_said_before_it(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As at the first login: nobody is sent to Spotify for nothing."""
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes("user-library-read")
    await hass.async_block_till_done()
    form = await browser.look(questions(hass)[0])
    hass.data.pop(f"{DOMAIN}_seal", None)
    monkeypatch.setenv("ENCORE_KEY", "hunter2")
    result = await browser.submit(form, {})
    assert (result["type"], result["reason"]) == ("abort", "key_unusable")


async def test_work_in_the_background_asks_nobody(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Only who wants something is asked to log in for it."""
    with pytest.raises(MissingScope):
        await saved(entry.runtime_data.gateway, Priority.HISTORY)
    await hass.async_block_till_done()
    assert questions(hass) == []


async def test_what_spotify_refuses_all_the_same_is_asked_for_once(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    browser: Browser,
) -> None:
    """Where the new login did not help, a second would not either."""
    spotify.faults.add(Fault(FaultKind.MISSING_SCOPE, match="/v1/me/player/pause", times=None))  # fmt: skip
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_pause()
    await hass.async_block_till_done()
    (question,) = questions(hass)
    form = await browser.look(question)
    await browser.log_in(await browser.submit(form, {}), "alva")
    await hass.async_block_till_done()
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_pause()
    await hass.async_block_till_done()
    assert questions(hass) == []


async def test_what_is_wanted_while_a_login_waits_for_another_reason_is_refused_in_words(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """The login ends soon, and the person was asked to renew it already."""
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes("user-top-read")
    assert len(questions(hass)) == 1
