"""What ends a login and what does not: refusals, outages, lost answers, keys and time."""

from datetime import timedelta
from pathlib import Path
import time
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.application_credentials import EncryptedImplementation
from custom_components.encore.const import DOMAIN, spotify_api_url
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.auth.token_encryption import KEY_FILE
from custom_components.encore.spotify.budget.call_budget import DATA_BUDGET
from custom_components.encore.spotify.errors import (
    ClientGone,
    RateLimited,
    SpotifyDown,
    Unavailable,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryError,
    ConfigEntryNotReady,
    OAuth2TokenRequestConnectionError,
    OAuth2TokenRequestReauthError,
    OAuth2TokenRequestTransientError,
)
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import DEMO_CLIENT_ID, Fault, FaultKind, SpotifySimulator
from tests.integration.auth.conftest import Link, OpenSession
from tests.integration.auth.tokens import (
    TOKEN_PATH,
    log_in_again,
    logins,
    refreshes,
    shift,
)


@pytest.fixture
async def entry(link: Link) -> MockConfigEntry:
    """Return Alva's account, linked just now."""
    return await link("alva")


@pytest.mark.parametrize("end", ["revoked", "six months"])
async def test_a_login_that_ended_is_asked_for_once(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    end: str,
) -> None:
    """Spotify is asked once, the person is asked once, and later callers are told without another request."""
    session = await open_session(entry)
    if end == "revoked":
        spotify.accounts.revoke("alva")
    else:
        spotify.accounts.age_authorization("alva", 183)
    shift(hass, entry, 0)
    for _ in range(3):
        with pytest.raises(ConfigEntryAuthFailed) as caught:
            await session.async_access_token()
        assert caught.value.translation_key == "login_expired"
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]
    assert refreshes(spotify) == 1


async def test_who_closed_the_question_is_asked_again_when_the_login_is_needed(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """As after a login as somebody else: an error that says "log in again" has to lead somewhere."""
    session = await open_session(entry)
    spotify.accounts.revoke("alva")
    shift(hass, entry, 0)
    with pytest.raises(ConfigEntryAuthFailed):
        await session.async_access_token()
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    hass.config_entries.flow.async_abort(flow["flow_id"])
    assert logins(hass) == []
    with pytest.raises(ConfigEntryAuthFailed):
        await session.async_access_token()
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]
    assert refreshes(spotify) == 1


async def test_an_app_that_is_gone_from_spotify_is_distinguished_from_an_ended_login(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """Another login would not help; what does is said, each time."""
    session = await open_session(entry)
    del spotify.accounts._apps[DEMO_CLIENT_ID]
    shift(hass, entry, 0)
    for _ in range(2):
        with pytest.raises(ConfigEntryAuthFailed) as caught:
            await session.async_access_token()
        assert caught.value.translation_key == "client_gone"
    gateway = SpotifyGateway(
        hass, session.async_access_token, api_url=spotify_api_url()
    )
    with pytest.raises(ClientGone):
        await gateway.async_playback()
    await gateway.async_close()
    assert refreshes(spotify) == 1


@pytest.mark.parametrize(
    "kind", [FaultKind.ANSWER_LOST, FaultKind.CUT_JSON, FaultKind.CUT_CONNECTION]
)
async def test_a_lost_answer_leads_to_a_new_login(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    kind: FaultKind,
) -> None:
    """Spotify rotated and the answer never came: first it looks like an outage, then like an ended login."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    spotify.faults.add(Fault(kind, match=TOKEN_PATH))
    with pytest.raises(OAuth2TokenRequestConnectionError):
        await session.async_access_token()
    assert logins(hass) == []
    with pytest.raises(ConfigEntryAuthFailed) as caught:
        await session.async_access_token()
    assert caught.value.translation_key == "login_lost"
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]


async def test_a_pause_that_the_token_endpoint_asks_for_is_honored(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """To its end, over a restart, and whoever wants something is told until when."""
    session = await open_session(entry)
    gateway = SpotifyGateway(
        hass, session.async_access_token, api_url=spotify_api_url()
    )
    shift(hass, entry, 0)
    spotify.faults.add(
        Fault(FaultKind.RATE_LIMITED, match=TOKEN_PATH, retry_after=7200)
    )
    with pytest.raises(ConfigEntryNotReady):
        await session.async_access_token()
    until = round(time.time() + 7200) * 1000
    for _ in range(2):
        with pytest.raises(RateLimited) as caught:
            await gateway.async_pause()
        assert caught.value.until == pytest.approx(until, abs=2000)
        # As the next start of Home Assistant finds it.
        del hass.data[DATA_BUDGET]
    assert refreshes(spotify) == 1
    assert spotify.requests.count(endpoint="/v1/*") == 0
    assert logins(hass) == []
    freezer.tick(7201)
    assert await session.async_access_token()
    await gateway.async_close()


async def test_a_token_endpoint_that_fails_is_left_alone_for_a_minute(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """After three failures in a row, as the Web API is; then one request shows whether it is back."""
    session = await open_session(entry)
    gateway = SpotifyGateway(
        hass, session.async_access_token, api_url=spotify_api_url()
    )
    shift(hass, entry, 0)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=TOKEN_PATH, times=None))
    for _ in range(3):
        with pytest.raises(OAuth2TokenRequestTransientError):
            await session.async_access_token()
    for _ in range(3):
        with pytest.raises(SpotifyDown):
            await gateway.async_playback()
    assert refreshes(spotify) == 3
    freezer.tick(61)
    with pytest.raises(Unavailable):
        await gateway.async_playback()
    with pytest.raises(SpotifyDown):
        await gateway.async_playback()
    assert refreshes(spotify) == 4
    spotify.faults.clear()
    freezer.tick(61)
    assert await session.async_access_token()
    assert logins(hass) == []
    await gateway.async_close()


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Fault(FaultKind.SERVER_ERROR), OAuth2TokenRequestTransientError),
        (Fault(FaultKind.HTML_BODY), OAuth2TokenRequestTransientError),
        (Fault(FaultKind.HTML_BODY, status=200), OAuth2TokenRequestConnectionError),
        (Fault(FaultKind.HTML_BODY, status=403), OAuth2TokenRequestConnectionError),
        (Fault(FaultKind.HTML_BODY, status=400), OAuth2TokenRequestConnectionError),
        (Fault(FaultKind.STRING_ERROR), OAuth2TokenRequestConnectionError),
        (Fault(FaultKind.DROPPED), OAuth2TokenRequestConnectionError),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
async def test_an_outage_is_no_reason_to_log_in_again(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    fault: Fault,
    raised: type[Exception],
) -> None:
    """Whatever else goes wrong may go right later, as it does here."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    spotify.faults.add(Fault(fault.kind, match=TOKEN_PATH, status=fault.status))
    with pytest.raises(ConfigEntryNotReady) as caught:
        await session.async_access_token()
    assert type(caught.value) is raised
    assert not isinstance(caught.value, OAuth2TokenRequestReauthError)
    assert logins(hass) == []
    token = await session.async_access_token()
    assert spotify.accounts.bearer(token).person == "alva"


@pytest.mark.parametrize("answer", [["no", "object"], {}, {"access_token": None}])
async def test_an_answer_without_a_token_is_an_outage(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
    answer: Any,
) -> None:
    """The token that there is stays as it was."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    monkeypatch.setattr(spotify.accounts, "refresh", lambda *_: answer)
    with pytest.raises(OAuth2TokenRequestConnectionError):
        await session.async_access_token()
    assert entry.data["token"]["rotation"] == 0


async def test_a_redirect_gets_no_token(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """Whatever stands between us and Spotify must not send a refresh token on to where it likes."""
    followed: list[str] = []

    async def lead_away(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{request.url.origin()}/elsewhere")

    async def elsewhere(request: web.Request) -> web.Response:
        followed.append(await request.text())
        return web.json_response({})

    portal = web.Application()
    portal.router.add_post(TOKEN_PATH, lead_away)
    portal.router.add_post("/elsewhere", elsewhere)
    session = await open_session(entry)
    shift(hass, entry, 0)
    async with TestServer(portal, host="127.0.0.1") as server:
        assert isinstance(session.implementation, EncryptedImplementation)
        session.implementation.token_url = str(server.make_url(TOKEN_PATH))
        with pytest.raises(OAuth2TokenRequestConnectionError):
            await session.async_access_token()
    assert followed == []
    assert logins(hass) == []


async def test_no_answer_in_time_is_an_outage(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A token endpoint that keeps silent is given up, with the old token kept."""
    monkeypatch.setattr(
        "custom_components.encore.application_credentials.ANSWER_WITHIN_S", 0
    )
    session = await open_session(entry)
    shift(hass, entry, 0)
    with pytest.raises(OAuth2TokenRequestConnectionError):
        await session.async_access_token()
    assert entry.data["token"]["rotation"] == 0


async def test_a_lost_key_leads_to_a_new_login(
    hass: HomeAssistant,
    config_folder: Path,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """Tokens that nobody can open are as good as none: the person logs in, once."""
    forget_seal(hass)
    await hass.async_add_executor_job((config_folder / KEY_FILE).unlink)
    for _ in range(2):
        with pytest.raises(ConfigEntryAuthFailed) as caught:
            await open_session(entry)
        assert caught.value.translation_key == "seal_broken"
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]


async def test_a_wrong_key_is_noticed_by_a_refresh_too(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With an expired access token it is the refresh token that cannot be opened; Spotify is not asked."""
    forget_seal(hass)
    monkeypatch.setenv("ENCORE_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    shift(hass, entry, 0)
    with pytest.raises(ConfigEntryAuthFailed) as caught:
        await open_session(entry)
    assert caught.value.translation_key == "seal_broken"
    assert refreshes(spotify) == 0


async def test_a_key_that_is_none_stops_the_account_and_says_so(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A login would not help, so none is asked for."""
    forget_seal(hass)
    monkeypatch.setenv("ENCORE_KEY", "hunter2")
    with pytest.raises(ConfigEntryError) as caught:
        await open_session(entry)
    assert caught.value.translation_key == "key_unusable"
    assert caught.value.translation_placeholders == {"source": "ENCORE_KEY"}
    assert logins(hass) == []


async def test_the_end_of_a_login_is_announced_and_taken_back(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Two weeks before Spotify ends a login there is a notice, and a new login removes it."""
    issue_id = f"login_ends_{entry.entry_id}"
    old = entry.data["token"]
    for days, announced in ((166, False), (168, True)):
        aged = {**old, "authorized_at": old["authorized_at"] - days * 86_400_000}
        log_in_again(hass, entry, aged)
        await open_session(entry)
        issue = issue_registry.async_get_issue(DOMAIN, issue_id)
        assert (issue is not None) is announced
    log_in_again(hass, entry, old)
    await open_session(entry)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_a_login_whose_day_is_unknown_is_as_old_as_its_entry(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    issue_registry: ir.IssueRegistry,
) -> None:
    """An entry of a version that did not keep it."""
    issue_id = f"login_ends_{entry.entry_id}"
    undated = {
        key: value
        for key, value in entry.data["token"].items()
        if key != "authorized_at"
    }
    log_in_again(hass, entry, undated)
    await open_session(entry)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    object.__setattr__(entry, "created_at", entry.created_at - timedelta(days=170))
    await open_session(entry)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None


def forget_seal(hass: HomeAssistant) -> None:
    """Forget the key, as a restart does."""
    for name in (f"{DOMAIN}_seal", f"{DOMAIN}_journal"):
        hass.data.pop(name, None)
