"""The session of an account: when it refreshes, what it survives, and when it asks for a new login."""

import asyncio
from collections.abc import Callable
from pathlib import Path
import time
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.seal import KEY_FILE, async_get_seal
from custom_components.encore.spotify.token import authorized_token
from homeassistant.config_entries import ConfigEntry
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
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.grants import App
from tests.integration.auth.conftest import Link, OpenSession

TOKEN_PATH = "/api/token"


@pytest.fixture
async def entry(link: Link) -> MockConfigEntry:
    """Return Alva's account, linked just now."""
    return await link("alva")


def shift(hass: HomeAssistant, entry: ConfigEntry, left_s: float) -> None:
    """Let the access token have this many seconds left."""
    token = {**entry.data["token"], "expires_at": time.time() + left_s}
    hass.config_entries.async_update_entry(entry, data={**entry.data, "token": token})


def refreshes(spotify: SpotifySimulator) -> int:
    """Return how often the token endpoint was asked."""
    return spotify.requests.count(endpoint=TOKEN_PATH)


def logins(hass: HomeAssistant) -> list[str]:
    """Return the flows that wait for a person to log in again."""
    return [
        flow["step_id"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == "reauth"
    ]


def when_rotated(
    spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]
) -> None:
    """Do something the moment Spotify has retired the old refresh token, before its answer leaves."""
    monkeypatch.setattr(spotify.accounts, "_saved", act)


def when_asked(
    spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]
) -> None:
    """Do something the moment Spotify is asked for a token, before it decides."""
    check_client = spotify.accounts.check_client

    def act_first(*args: Any) -> App:
        act()
        return check_client(*args)

    monkeypatch.setattr(spotify.accounts, "check_client", act_first)


def log_in_again(
    hass: HomeAssistant, entry: MockConfigEntry, token: dict[str, Any]
) -> None:
    """Replace the token as a finished login does."""
    hass.config_entries.async_update_entry(entry, data={**entry.data, "token": token})


async def test_a_fresh_token_is_handed_out_without_asking(
    spotify: SpotifySimulator, entry: MockConfigEntry, open_session: OpenSession
) -> None:
    """The gateway gets the token in clear, and Spotify is left alone."""
    session = await open_session(entry)
    token = await session.async_access_token()
    assert spotify.accounts.bearer(token).person == "alva"
    assert refreshes(spotify) == 0


@pytest.mark.parametrize(
    "left_s", [299, 0, -86_400 * 90, 86_400], ids=["soon", "now", "long ago", "absurd"]
)
async def test_a_token_is_refreshed_five_minutes_ahead(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    left_s: float,
) -> None:
    """So it is when the expiry is far behind, or so far ahead that the clock must have been wrong."""
    shift(hass, entry, left_s)
    session = await open_session(entry)
    assert refreshes(spotify) == 1
    token = await session.async_access_token()
    assert spotify.accounts.bearer(token).person == "alva"
    assert entry.data["token"]["rotation"] == 1
    assert 3500 < entry.data["token"]["expires_at"] - time.time() <= 3600
    await session.async_access_token()
    assert refreshes(spotify) == 1


async def test_a_token_that_spotify_refused_is_replaced_before_its_time(
    spotify: SpotifySimulator, entry: MockConfigEntry, open_session: OpenSession
) -> None:
    """A 401 to a token that should be good leads to one refresh, however many callers got it."""
    session = await open_session(entry)
    token = await session.async_access_token()
    spotify.accounts.expire_access("alva")
    renewed = await asyncio.gather(
        *(session.async_access_token(refused=token) for _ in range(5))
    )
    assert len(set(renewed)) == 1
    assert renewed[0] != token
    assert refreshes(spotify) == 1


async def test_concurrent_callers_share_one_refresh(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
) -> None:
    """Ten callers and a second session, as a reload makes one, are one request and one token."""
    session, another = await open_session(entry), await open_session(entry)
    shift(hass, entry, 0)
    tokens = await asyncio.gather(
        *(session.async_access_token() for _ in range(10)),
        *(another.async_access_token() for _ in range(10)),
    )
    assert len(set(tokens)) == 1
    assert refreshes(spotify) == 1


async def test_a_cancelled_caller_does_not_lose_the_rotated_token(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cancelled between Spotify's rotation and its answer, the refresh goes on to its end."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    caller = hass.async_create_task(session.async_access_token())
    when_rotated(spotify, monkeypatch, caller.cancel)
    with pytest.raises(asyncio.CancelledError):
        await caller
    await session.async_settle()
    assert entry.data["token"]["rotation"] == 1
    token = await session.async_access_token()
    assert spotify.accounts.bearer(token).person == "alva"
    assert refreshes(spotify) == 1


async def test_a_failure_that_nobody_waits_for_is_quiet(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """When all callers went away, a refused refresh still asks for a login, and logs no error."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    spotify.accounts.revoke("alva")
    caller = hass.async_create_task(session.async_access_token())
    when_asked(spotify, monkeypatch, caller.cancel)
    with pytest.raises(asyncio.CancelledError):
        await caller
    await session.async_settle()
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_home_assistant_waits_for_a_refresh_when_it_stops(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stop in the middle of a refresh leaves the rotated token in the entry."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    stopping: list[asyncio.Task[None]] = []
    when_rotated(
        spotify,
        monkeypatch,
        lambda: stopping.append(asyncio.create_task(hass.async_stop(force=True))),
    )
    caller = asyncio.create_task(session.async_access_token())
    await caller
    await stopping[0]
    assert entry.data["token"]["rotation"] == 1


async def test_a_refresh_is_dropped_when_the_person_logged_in_meanwhile(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token of the new login stays, and callers get it."""
    session = await open_session(entry)
    new = {
        **authorized_token(
            await async_get_seal(hass), spotify.accounts.authorize("alva", ())
        ),
        "expires_at": time.time() + 3600,
    }
    shift(hass, entry, 0)
    when_rotated(spotify, monkeypatch, lambda: log_in_again(hass, entry, new))
    token = await session.async_access_token()
    assert entry.data["token"] == new
    assert token == (await async_get_seal(hass)).open(new["access_token"])


async def test_a_refusal_of_the_old_login_is_nothing_after_a_new_one(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A person who just logged in is not asked to do it again."""
    session = await open_session(entry)
    seal = await async_get_seal(hass)
    spotify.accounts.revoke("alva")
    new = {
        **authorized_token(seal, spotify.accounts.authorize("alva", ())),
        "expires_at": time.time() + 3600,
    }
    shift(hass, entry, 0)
    when_asked(spotify, monkeypatch, lambda: log_in_again(hass, entry, new))
    token = await session.async_access_token()
    assert token == seal.open(new["access_token"])
    assert logins(hass) == []


async def test_an_account_removed_during_its_refresh_stays_removed(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its last token goes nowhere, and nothing is raised."""
    session = await open_session(entry)
    shift(hass, entry, 0)
    when_rotated(
        spotify,
        monkeypatch,
        lambda: hass.config_entries._entries.pop(entry.entry_id, None),
    )
    await session.async_ensure_token_valid()
    assert entry.data["token"]["rotation"] == 0


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
    with pytest.raises(ConfigEntryAuthFailed):
        await session.async_access_token()
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Fault(FaultKind.SERVER_ERROR), OAuth2TokenRequestTransientError),
        (Fault(FaultKind.RATE_LIMITED), OAuth2TokenRequestTransientError),
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
    spotify.faults.add(
        Fault(fault.kind, match=TOKEN_PATH, status=fault.status, retry_after=1)
    )
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


async def test_tokens_lie_sealed(
    hass: HomeAssistant,
    config_folder: Path,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Entry, journal and log at debug level hold ciphertext only."""
    caplog.set_level("DEBUG")
    session = await open_session(entry)
    shift(hass, entry, 0)
    await session.async_access_token()
    spotify.accounts.revoke("alva")
    shift(hass, entry, 0)
    with pytest.raises(ConfigEntryAuthFailed):
        await session.async_access_token()
    journal = config_folder / ".storage" / "encore.tokens"
    lying = await hass.async_add_executor_job(journal.read_text)
    for secret in spotify.accounts.issued:
        assert secret not in str(entry.as_dict())
        assert secret not in lying
        assert secret not in caplog.text


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


def forget_seal(hass: HomeAssistant) -> None:
    """Forget the key, as a restart does."""
    for name in (f"{DOMAIN}_seal", f"{DOMAIN}_journal"):
        hass.data.pop(name, None)
