"""The session of an account: when it refreshes, what a refresh survives, and that tokens lie sealed."""

import asyncio
from pathlib import Path
import time

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.spotify.auth.token import authorized_token
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from custom_components.encore.spotify.auth.token_journal import async_get_journal
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from simulator.spotify import SpotifySimulator
from simulator.spotify.manners import RefreshAnswer
from tests.integration.auth.conftest import Link, OpenSession
from tests.integration.auth.tokens import (
    log_in_again,
    logins,
    refreshes,
    shift,
    when_asked,
    when_rotated,
)


@pytest.fixture
async def entry(link: Link) -> MockConfigEntry:
    """Return Alva's account, linked just now."""
    return await link("alva")


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


@pytest.mark.parametrize("answers", RefreshAnswer)
async def test_a_refresh_may_bring_a_new_refresh_token_or_none(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    answers: RefreshAnswer,
) -> None:
    """The new one is kept where there is one, else the old one; after a restart, too."""
    spotify.manners.refresh_token = answers
    seal = await async_get_token_encryption(hass)
    first = seal.open(entry.data["token"]["refresh_token"])
    for refreshed in range(1, 4):
        shift(hass, entry, 0)
        session = await open_session(entry)
        token = await session.async_access_token()
        assert spotify.accounts.bearer(token).person == "alva"
        assert refreshes(spotify) == refreshed
    last = seal.open(entry.data["token"]["refresh_token"])
    assert (last == first) is (answers is not RefreshAnswer.ROTATED)
    assert logins(hass) == []


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
    await session.async_finish()
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
    await session.async_finish()
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
            await async_get_token_encryption(hass),
            spotify.accounts.authorize("alva", ()),
        ),
        "expires_at": time.time() + 3600,
    }
    shift(hass, entry, 0)
    when_rotated(spotify, monkeypatch, lambda: log_in_again(hass, entry, new))
    token = await session.async_access_token()
    assert entry.data["token"] == new
    assert token == (await async_get_token_encryption(hass)).open(new["access_token"])


async def test_a_refusal_of_the_old_login_is_nothing_after_a_new_one(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    open_session: OpenSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A person who just logged in is not asked to do it again."""
    session = await open_session(entry)
    seal = await async_get_token_encryption(hass)
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
    assert (await async_get_journal(hass))._tokens == {}


async def test_tokens_lie_encrypted(
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
