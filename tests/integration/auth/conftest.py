"""What the tests of linking share: an app's credentials, a browser, and accounts that were linked before."""

from collections.abc import Awaitable, Callable, Collection
import time

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.auth.oauth_session import (
    EncryptedSession,
    async_open_session,
)
from custom_components.encore.spotify.auth.scopes import SCOPES
from custom_components.encore.spotify.auth.token import authorized_token
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.spotify import DEMO_CLIENT_ID, SpotifySimulator
from tests.integration.auth.browser import FRONTEND, Browser

type Link = Callable[..., Awaitable[MockConfigEntry]]
type OpenSession = Callable[[MockConfigEntry], Awaitable[EncryptedSession]]


async def give_credentials(hass: HomeAssistant) -> None:
    """Give Encore the client id of the simulated app, with a secret that is none."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "application_credentials", {})
    await async_import_client_credential(
        hass, DOMAIN, ClientCredential(DEMO_CLIENT_ID, "any text", "Our app"), "encore"
    )


async def link_account(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    person: str,
    access: str = "control",
    more: Collection[str] = (),
) -> MockConfigEntry:
    """Return an account that was linked just now, with `more` scopes than its access needs; it is not set up yet."""
    who = spotify.world.people[person]
    answer = spotify.accounts.authorize(person, (*SCOPES[access], *more))
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=who.display_name,
        unique_id=f"spotify:{who.account_id}",
        data={
            "kind": "spotify",
            "auth_implementation": "encore",
            "token": {
                **authorized_token(await async_get_token_encryption(hass), answer),
                "expires_at": time.time() + 3600,
            },
            "account_id": who.account_id,
            "spotify_ids": {"account_id": who.account_id, "id": who.id},
            "display_name": who.display_name,
            "access": access,
        },
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
async def credentials(hass: HomeAssistant) -> None:
    """Let Encore have credentials."""
    await give_credentials(hass)


@pytest.fixture
async def browser(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    credentials: None,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> Browser:
    """Sit a person down in front of Home Assistant."""
    # Before the web server serves: it takes no new views afterwards.
    for domain in ("config", "media_player", "person", DOMAIN):
        assert await async_setup_component(hass, domain, {})
    return Browser(await hass_client(), await hass_client_no_auth(), FRONTEND)


@pytest.fixture
def link(hass: HomeAssistant, spotify: SpotifySimulator, credentials: None) -> Link:
    """Return a way to have an account that was linked just now."""

    async def link(
        person: str = "alva", access: str = "control", more: Collection[str] = ()
    ) -> MockConfigEntry:
        return await link_account(hass, spotify, person, access, more)

    return link


@pytest.fixture
def open_session(hass: HomeAssistant) -> OpenSession:
    """Return a way to open the session of an account without the rest of its set-up."""

    async def open_session(entry: MockConfigEntry) -> EncryptedSession:
        return await async_open_session(hass, entry)

    return open_session
