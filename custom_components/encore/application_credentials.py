"""OAuth at Spotify with a person's own app: PKCE, no client secret, encrypted tokens."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
import json
import time
from typing import Any, Final, override

from aiohttp import ClientConnectorError, ClientError, ClientResponseError

from homeassistant.components.application_credentials import ClientCredential
from homeassistant.const import CONF_ACCESS_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import OAuth2TokenRequestConnectionError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import (
    LocalOAuth2ImplementationWithPkce,
)

from .const import LOGGER, spotify_accounts_url
from .spotify.api.refused_calls import seconds_of
from .spotify.auth.redirect_uri import accepted_by_spotify, redirect_uri
from .spotify.auth.token import EXPIRES_IN, Token, authorized_token, refreshed_token
from .spotify.auth.token_encryption import (
    CONF_REFRESH_TOKEN,
    SECRETS,
    async_get_token_encryption,
)
from .spotify.auth.token_journal import async_get_journal
from .spotify.budget import async_get_budget
from .spotify.budget.retry_after import Deadline
from .spotify.errors import AnswerUnreadable, SpotifyError, TokenRejected, Unavailable

DASHBOARD_URL: Final = "https://developer.spotify.com/dashboard"
UNKNOWN_REDIRECT: Final = "https://…/auth/external/callback"

# A refresh that is given up too early may have retired the old refresh token already.
ANSWER_WITHIN_S: Final = 60

# What the token endpoint itself refuses with (RFC 6749 section 5.2).
REFUSALS: Final = frozenset(
    {
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)


async def async_get_auth_implementation(
    hass: HomeAssistant, auth_domain: str, credential: ClientCredential
) -> EncryptedImplementation:
    """Return OAuth for one Spotify app; the secret that Home Assistant asks for stays unused."""
    return EncryptedImplementation(hass, auth_domain, credential)


async def async_get_description_placeholders(hass: HomeAssistant) -> dict[str, str]:
    """Return what the credentials dialog says about making the app."""
    uri = redirect_uri(hass)
    if uri is None or not accepted_by_spotify(uri):
        uri = UNKNOWN_REDIRECT
    return {"dashboard_url": DASHBOARD_URL, "redirect_uri": uri}


class EncryptedImplementation(LocalOAuth2ImplementationWithPkce):
    """OAuth whose tokens are sealed before Home Assistant checks, merges, logs or stores them."""

    refusal: str | None = None
    """Why the last token request was refused, as RFC 6749 section 5.2 names it."""
    unanswered: bool = False
    """Whether the last token request was sent, and no answer came that can be read: Spotify may have acted on it."""

    def __init__(
        self, hass: HomeAssistant, auth_domain: str, credential: ClientCredential
    ) -> None:
        """Prepare OAuth with an app's client id."""
        accounts = spotify_accounts_url()
        super().__init__(
            hass,
            auth_domain,
            credential.client_id,
            f"{accounts}/authorize",
            f"{accounts}/api/token",
        )
        self._name = credential.name or credential.client_id

    @property
    @override
    def name(self) -> str:
        """Name that tells one app from another."""
        return self._name

    @override
    async def async_resolve_external_data(self, external_data: Any) -> Token:
        """Exchange the code of a login for its first token, sealed."""
        seal = await async_get_token_encryption(self.hass)
        answer = await super().async_resolve_external_data(external_data)
        if not all(answer.get(secret) for secret in SECRETS):
            raise OAuth2TokenRequestConnectionError(domain=self.service_domain)
        return authorized_token(seal, answer)

    @override
    async def _async_refresh_token(self, token: Token) -> Token:
        """Exchange a sealed refresh token for the next token, sealed and safe in the journal.

        Raises SealBroken when the refresh token cannot be opened.
        """
        seal = await async_get_token_encryption(self.hass)
        journal = await async_get_journal(self.hass)
        spent = seal.open(token[CONF_REFRESH_TOKEN])
        answer = await self._token_request(
            {"grant_type": "refresh_token", CONF_REFRESH_TOKEN: spent}
        )
        if not answer.get(CONF_ACCESS_TOKEN):
            raise OAuth2TokenRequestConnectionError(domain=self.service_domain)
        renewed = refreshed_token(seal, token, answer)
        await journal.async_record(renewed)
        return renewed

    @override
    async def _token_request(self, data: dict[str, str]) -> dict[str, Any]:
        """Ask the token endpoint and return its answer; the reason of a refusal is kept in `refusal`.

        Raises what aiohttp raises, which Home Assistant turns into its own errors, and
        OAuth2TokenRequestConnectionError when no answer came in time, when nobody may ask now, or a refusal is not
        Spotify's: a captive portal's page is no reason to ask anybody to log in again.
        """
        self.refusal, self.unanswered = None, False
        budget = await async_get_budget(self.hass)
        by_code = data["grant_type"] == "authorization_code"
        try:
            with budget.token_request(now_or_never=by_code):
                return await self._async_ask(budget.token_deadline, data)
        except SpotifyError as err:
            if isinstance(err.__cause__, ClientResponseError):
                raise err.__cause__ from None
            raise OAuth2TokenRequestConnectionError(domain=self.service_domain) from err

    async def _async_ask(
        self, deadline: Deadline, data: dict[str, str]
    ) -> dict[str, Any]:
        """Ask once. Raises Unavailable, RateLimited, and TokenRejected where Spotify will not give one."""
        form = {**data, "client_id": self.client_id}
        session = async_get_clientsession(self.hass)
        sent_at = round(time.time() * 1000)
        try:
            async with (
                asyncio.timeout(ANSWER_WITHIN_S),
                # A redirect would carry the refresh token to whatever host it names.
                session.post(
                    self.token_url, data=form, allow_redirects=False
                ) as response,
            ):
                answer = _read(await response.read())
        except (TimeoutError, ClientError) as err:
            self.unanswered = not isinstance(err, ClientConnectorError)
            raise Unavailable(type(err).__name__) from err
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait_s = seconds_of(response.headers.get("Retry-After"))
            raise await deadline.async_refused(sent_at, wait_s, None)
        deadline.answered()
        try:
            response.raise_for_status()
        except ClientResponseError as err:
            if answer.get("error") in REFUSALS:
                self.refusal = answer["error"]
                LOGGER.debug("Spotify gave no token: %s", self.refusal)
                raise TokenRejected from err
            # A refusal without Spotify's reason in it comes from something between us.
            refused = err.status < HTTPStatus.INTERNAL_SERVER_ERROR
            raise Unavailable(f"HTTP {err.status}") from None if refused else err
        if not answer:
            self.unanswered = True
            raise AnswerUnreadable("an answer without a token")
        return answer


def _read(body: bytes) -> dict[str, Any]:
    """Return the fields of an answer as far as they can be used; an answer that is not JSON has none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(answer, Mapping):
        return {}
    return {name: value for name, value in answer.items() if _usable(name, value)}


def _usable(name: str, value: object) -> bool:
    if name in {*SECRETS, "error"}:
        return isinstance(value, str)
    if name == EXPIRES_IN:
        return isinstance(value, int)
    return True
