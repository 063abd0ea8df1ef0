"""Linking an account as a stranger does it, over HTTP from the first click to the entry."""

import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.encore.application_credentials import (
    async_get_description_placeholders,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.service_info.ssdp import SsdpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from simulator.spotify import SpotifySimulator
from tests.integration.auth.browser import Browser, entries, logins


@pytest.mark.parametrize(
    ("access", "controls"), [("history", False), ("control", True)]
)
async def test_a_person_links_an_account(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    access: str,
    controls: bool,
) -> None:
    """The entry knows whose it is, holds sealed tokens, and asked for no more than was chosen."""
    result = await browser.link("alva", access)
    assert result["type"] == "create_entry"
    (entry,) = entries(hass, "spotify")
    alva = spotify.world.people["alva"]
    assert entry.title == "Alva Lindqvist"
    assert entry.unique_id == f"spotify:{alva.account_id}"
    assert entry.data["account_id"] == alva.account_id
    assert entry.data["access"] == access
    assert entry.state is ConfigEntryState.LOADED
    token = (await async_get_token_encryption(hass)).open(
        entry.data["token"]["access_token"]
    )
    bearer = spotify.accounts.bearer(token)
    assert bearer.person == "alva"
    assert ("user-modify-playback-state" in bearer.scopes) is controls


async def test_the_first_account_brings_the_history(
    hass: HomeAssistant, browser: Browser
) -> None:
    """The home has one History entry, however many accounts there are."""
    await browser.link("alva")
    await browser.link("ben")
    (history,) = entries(hass, "history")
    assert (history.title, history.unique_id) == ("Listening history", "history")
    assert history.state is ConfigEntryState.LOADED
    assert {entry.title for entry in entries(hass, "spotify")} == {
        "Alva Lindqvist",
        "Ben Okafor",
    }


async def test_the_history_is_made_once(hass: HomeAssistant, credentials: None) -> None:
    """Two accounts that are set up together may both ask for it."""
    for expected in ("create_entry", "abort"):
        result = await hass.config_entries.flow.async_init(
            DOMAIN, context={"source": "system"}, data={}
        )
        assert result["type"] == expected


async def test_the_same_account_twice_is_refused(
    hass: HomeAssistant, browser: Browser
) -> None:
    """The second time it is said whose account is linked already."""
    await browser.link("alva")
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "already_configured")
    assert result["description_placeholders"] == {"account": "Alva Lindqvist"}
    assert len(entries(hass, "spotify")) == 1
    assert await logins(hass) == [("refused", "already_configured"), ("linked", None)]


async def test_the_exact_redirect_uri_is_shown(browser: Browser) -> None:
    """Without My Home Assistant it follows the address in the browser, and is what Spotify gets."""
    form = await browser.begin()
    shown = form["description_placeholders"]["redirect_uri"]
    assert shown == "http://127.0.0.1:8123/auth/external/callback"
    flow = await browser.submit(form, {"access": "history"})
    assert URL(flow["url"]).query["redirect_uri"] == shown


async def test_the_redirect_uri_of_my_is_shown_where_it_is_used(
    hass: HomeAssistant, browser: Browser
) -> None:
    """With My Home Assistant it is always the same."""
    hass.config.components.add("my")
    form = await browser.begin()
    shown = form["description_placeholders"]["redirect_uri"]
    assert shown == "https://my.home-assistant.io/redirect/oauth"
    flow = await browser.submit(form, {"access": "history"})
    assert URL(flow["url"]).query["redirect_uri"] == shown


async def test_an_address_that_spotify_refuses_is_said_beforehand(
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    browser: Browser,
) -> None:
    """Nobody is sent to Spotify to be told INVALID_CLIENT there."""
    local = Browser(
        await hass_client(),
        await hass_client_no_auth(),
        "http://homeassistant.local:8123",
    )
    result = await local.begin()
    assert (result["type"], result["reason"]) == ("abort", "redirect_refused")
    assert result["description_placeholders"] == {
        "redirect_uri": "http://homeassistant.local:8123/auth/external/callback"
    }


async def test_the_secret_is_never_sent(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser
) -> None:
    """The simulated Spotify refuses a wrong secret, and the stored one is wrong."""
    result = await browser.link("alva")
    assert result["type"] == "create_entry"


async def test_the_person_says_who_they_are_each_time(browser: Browser) -> None:
    """Else Spotify would link whoever used the browser last."""
    flow = await browser.submit(await browser.begin(), {"access": "history"})
    assert URL(flow["url"]).query["show_dialog"] == "true"


async def test_what_is_found_on_the_network_begins_no_login(
    hass: HomeAssistant, credentials: None
) -> None:
    """The base class of OAuth flows would begin one."""
    found = {
        "ssdp": SsdpServiceInfo("usn", "st", {}),
        "zeroconf": ZeroconfServiceInfo(
            ip_address=None,  # type: ignore[arg-type]  # nobody looks at it
            ip_addresses=[],
            port=1400,
            hostname="sonos.local.",
            type="_sonos._tcp.local.",
            name="sonos",
            properties={},
        ),
    }
    for source, info in found.items():
        result = await hass.config_entries.flow.async_init(
            DOMAIN, context={"source": source}, data=info
        )
        assert (result["type"], result["reason"]) == ("abort", "not_sonos")


@pytest.mark.parametrize(
    ("origin", "internal_url", "my", "expected"),
    [
        ("http://127.0.0.1:8123", None, False, "http://127.0.0.1:8123"),
        (None, "https://home.example.org", False, "https://home.example.org"),
        (None, "http://192.168.1.10:8123", False, "https://…"),
        ("http://127.0.0.1:8123", None, True, "https://my.home-assistant.io"),
    ],
)
async def test_the_credentials_dialog_says_what_to_register(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_access_token: str,
    browser: Browser,
    origin: str | None,
    internal_url: str | None,
    my: bool,
    expected: str,
) -> None:
    """The redirect URI by My Home Assistant, the browser or the settings, and none that Spotify refuses."""
    if internal_url:
        await hass.config.async_update(internal_url=internal_url)
    if my:
        hass.config.components.add("my")
    client = await hass_client_no_auth()
    async with client.ws_connect(
        "/api/websocket", headers={"Origin": origin} if origin else None
    ) as socket:
        await socket.receive_json()
        await socket.send_json({"type": "auth", "access_token": hass_access_token})
        await socket.receive_json()
        await socket.send_json({"id": 1, "type": "application_credentials/config"})
        answer = (await socket.receive_json())["result"]["integrations"][DOMAIN]
    placeholders = answer["description_placeholders"]
    path = "/redirect/oauth" if my else "/auth/external/callback"
    assert placeholders["redirect_uri"] == expected + path
    assert placeholders["dashboard_url"] == "https://developer.spotify.com/dashboard"


async def test_the_credentials_dialog_invents_no_address(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Home Assistant knows no address of itself, there is no redirect URI to show."""
    hass.config.api = None
    placeholders = await async_get_description_placeholders(hass)
    assert placeholders["redirect_uri"] == "https://…/auth/external/callback"
