"""Each way in which linking an account may fail, and what the person is told."""

import asyncio
from typing import Any

import pytest

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.budget.circuit_breaker import FAILURES
from custom_components.encore.spotify.errors import SpotifyDown, Unavailable
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.core import HomeAssistant
from simulator.spotify import DEMO_CLIENT_ID, Fault, FaultKind, SpotifySimulator
from tests.integration.auth.browser import Browser, entries, logins


async def test_a_person_says_no(hass: HomeAssistant, browser: Browser) -> None:
    """A denial ends the flow with a sentence of its own."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    response = await browser.come_back(await browser.decide(flow, "alva", "deny"))
    assert response.status == 200
    result = await browser.look(flow)
    assert (result["type"], result["reason"]) == ("abort", "access_denied")
    assert entries(hass, "spotify") == []
    assert await logins(hass) == [("refused", "access_denied")]


async def test_another_error_on_the_way_back_is_passed_on(browser: Browser) -> None:
    """What else Spotify may say there is told in Home Assistant's own words."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    back = await browser.decide(flow, "alva", "deny")
    await browser.come_back(back.update_query(error="server_error"))
    result = await browser.look(flow)
    assert (result["type"], result["reason"]) == ("abort", "user_rejected_authorize")


async def test_a_code_works_once(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser
) -> None:
    """A code that was redeemed elsewhere is refused, and the person is told to start again."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    back = await browser.decide(flow, "alva")
    spotify.accounts._codes[back.query["code"]].used = True
    await browser.come_back(back)
    result = await browser.look(flow)
    assert (result["type"], result["reason"]) == ("abort", "code_refused")
    assert entries(hass, "spotify") == []
    assert await logins(hass) == [("refused", "code_refused")]


async def test_a_callback_that_comes_twice_links_once(
    hass: HomeAssistant, browser: Browser
) -> None:
    """A reloaded tab before the dialog goes on does no harm."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    back = await browser.decide(flow, "alva")
    responses = await asyncio.gather(browser.come_back(back), browser.come_back(back))
    assert [response.status for response in responses] == [200, 200]
    await browser.submit(await browser.look(flow), {})
    await hass.async_block_till_done()
    assert len(entries(hass, "spotify")) == 1


async def test_a_callback_with_a_forged_state_is_refused(
    hass: HomeAssistant, browser: Browser
) -> None:
    """The flow waits on, unharmed."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    back = await browser.decide(flow, "alva")
    response = await browser.come_back(back.update_query(state="forged"))
    assert response.status == 400
    result = await browser.log_in(flow, "alva")
    assert result["type"] == "create_entry"


async def test_what_cannot_be_a_client_id_is_not_taken_to_spotify(
    hass: HomeAssistant, browser: Browser
) -> None:
    """Such as the app's name: the dialog quotes it, and says where to copy the right one."""
    await async_import_client_credential(
        hass, DOMAIN, ClientCredential("Encore at home", "x", "Wrong"), "wrong"
    )
    form = await browser.submit(await browser.begin(), {"access": "control"})
    result = await browser.submit(form, {"implementation": "wrong"})
    assert (result["type"], result["reason"]) == ("abort", "client_malformed")
    assert result["description_placeholders"] == {"client_id": "Encore at home"}


async def test_a_client_id_that_spotify_does_not_know_ends_on_its_page(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser
) -> None:
    """Spotify says so itself; the dialog waits and can be closed."""
    await async_import_client_credential(
        hass, DOMAIN, ClientCredential("0" * 32, "x", "Wrong"), "wrong"
    )
    form = await browser.submit(await browser.begin(), {"access": "control"})
    assert form["step_id"] == "pick_implementation"
    flow = await browser.submit(form, {"implementation": "wrong"})
    with pytest.raises(AssertionError, match="INVALID_CLIENT"):
        await browser.decide(flow, "alva")
    assert (await browser.look(flow))["type"] == "external"


async def test_an_app_that_was_deleted_meanwhile_is_named(
    spotify: SpotifySimulator, browser: Browser
) -> None:
    """The token endpoint no longer knows the client id."""
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    back = await browser.decide(flow, "alva")
    del spotify.accounts._apps[DEMO_CLIENT_ID]
    await browser.come_back(back)
    result = await browser.look(flow)
    assert (result["type"], result["reason"]) == ("abort", "client_unknown")


async def test_a_person_outside_the_allowlist_learns_whom_to_ask(
    hass: HomeAssistant, browser: Browser
) -> None:
    """Such a person can log in, and then gets a 403 for everything."""
    result = await browser.link("dara")
    assert (result["type"], result["reason"]) == ("abort", "not_allowlisted")
    assert entries(hass, "spotify") == []


async def test_an_app_whose_owner_lost_premium_is_named(
    spotify: SpotifySimulator, browser: Browser
) -> None:
    """A profile is free to read, so a 403 for want of Premium is about the owner, whatever its words."""
    spotify.manners.owner_premium = False
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "owner_not_premium")
    spotify.manners.owner_premium = True
    spotify.faults.add(Fault(FaultKind.NOT_PREMIUM, match="/v1/me"))
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "owner_not_premium")


async def test_a_token_that_the_web_api_refuses_ends_the_flow(
    spotify: SpotifySimulator, browser: Browser
) -> None:
    """The same token is not tried for ever."""
    spotify.faults.add(Fault(FaultKind.UNAUTHORIZED, match="/v1/me", times=None))
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "login_refused")


async def test_a_refusal_without_a_name_ends_the_flow(
    spotify: SpotifySimulator, browser: Browser
) -> None:
    """Whatever Spotify comes to say next year is no traceback."""
    spotify.faults.add(Fault(FaultKind.STRING_ERROR, match="/v1/me"))
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "spotify_refused")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(FaultKind.DROPPED, times=9), "cannot_connect"),
        (Fault(FaultKind.SERVER_ERROR, times=9), "cannot_connect"),
        (Fault(FaultKind.CUT_JSON, times=9), "cannot_connect"),
        (Fault(FaultKind.RATE_LIMITED, retry_after=1), "rate_limited"),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
async def test_an_outage_after_the_login_can_be_waited_out(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    fault: Fault,
    error: str,
) -> None:
    """The login is kept, and sending the page again goes on where it stopped."""
    fault.match = "/v1/me"
    spotify.faults.add(fault)
    form = await browser.link("alva")
    assert (form["step_id"], form["errors"]) == ("profile", {"base": error})
    spotify.faults.clear()
    while (result := await browser.submit(form, {}))["type"] == "form":
        await asyncio.sleep(0.1)
    assert result["type"] == "create_entry"


@pytest.mark.parametrize(
    "kind",
    [FaultKind.SERVER_ERROR, FaultKind.DROPPED, FaultKind.CUT_JSON],
)
async def test_an_outage_of_the_token_endpoint_ends_the_flow(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser, kind: FaultKind
) -> None:
    """A code may be spent by then, so the person starts again."""
    spotify.faults.add(Fault(kind, match="/api/token"))
    result = await browser.link("alva")
    assert (result["type"], result["reason"]) == ("abort", "oauth_failed")
    assert entries(hass, "spotify") == []


async def test_a_login_does_not_wait_where_tokens_failed_before(
    hass: HomeAssistant, spotify: SpotifySimulator, browser: Browser
) -> None:
    """A code is worth nothing a minute later; that it is taken shows that tokens are given again."""
    breaker = (await async_get_budget(hass)).token_breaker
    for _ in range(FAILURES):
        with pytest.raises(Unavailable), breaker.trial():
            raise Unavailable("no answer")
    with pytest.raises(SpotifyDown):
        breaker.check()
    result = await browser.link("alva")
    assert result["type"] == "create_entry"
    breaker.check()


@pytest.mark.parametrize("wanting", ["access_token", "refresh_token", "expires_in"])
async def test_a_token_answer_that_lacks_something_shows_no_secret(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    wanting: str,
) -> None:
    """Home Assistant logs a token that it finds invalid: it gets to see a sealed one."""
    redeem = spotify.accounts.redeem

    def redeem_in_part(*args: Any) -> dict[str, Any]:
        return {**redeem(*args), wanting: None}

    monkeypatch.setattr(spotify.accounts, "redeem", redeem_in_part)
    caplog.set_level("DEBUG")
    result = await browser.link("alva")
    assert result["type"] == "abort"
    assert result["reason"] == (
        "oauth_error" if wanting == "expires_in" else "oauth_failed"
    )
    assert ("Invalid token" in caplog.text) is (wanting == "expires_in")
    for secret in spotify.accounts.issued:
        if secret not in spotify.accounts._codes:
            assert secret not in caplog.text


async def test_without_credentials_the_person_is_asked_for_them(
    hass: HomeAssistant, browser: Browser
) -> None:
    """Home Assistant's front end then opens its dialog."""
    hass.data["application_credentials"].data.clear()
    result = await browser.begin()
    assert (result["type"], result["reason"]) == ("abort", "missing_credentials")


async def test_a_key_that_is_none_is_said_before_the_login(
    hass: HomeAssistant, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a seal no token may be fetched."""
    hass.data.pop(f"{DOMAIN}_seal", None)
    monkeypatch.setenv("ENCORE_KEY", "hunter2")
    result = await browser.begin()
    assert (result["type"], result["reason"]) == ("abort", "key_unusable")
    assert result["description_placeholders"] == {"source": "ENCORE_KEY"}
