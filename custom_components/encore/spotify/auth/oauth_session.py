"""The OAuth session of an account: the only place where its tokens are decrypted.

A refresh may retire the old refresh token the moment Spotify answers, so it must not be lost half-way: it runs in one task
of its own that all callers share, that no caller's cancellation reaches, and that Home Assistant waits for when it stops.
"""

import asyncio
from functools import partial
import time
from typing import Final, cast, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_ACCESS_TOKEN
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryError,
    OAuth2TokenRequestConnectionError,
    OAuth2TokenRequestReauthError,
)
from homeassistant.helpers.config_entry_oauth2_flow import (
    AbstractOAuth2Implementation,
    OAuth2Session,
    async_get_config_entry_implementation,
)
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...errors import translated
from ..errors import ClientGone
from ..issues import async_forget_issues
from .login_end import async_watch_authorization
from .permission_flow import async_start_lost_login
from .token import EXPIRES_AT, EXPIRES_IN, GRANT, Token
from .token_encryption import (
    KeyUnusable,
    TokenEncryption,
    TokensUnreadable,
    async_get_token_encryption,
)
from .token_journal import TokenJournal, async_get_journal

REFRESH_AHEAD_S: Final = 300
CLOCK_SLACK_S: Final = 60
_ENDED: Final = {
    "invalid_client": ClientGone.key,
    "unauthorized_client": ClientGone.key,
}
"""What a refused refresh means beside the end of the login (RFC 6749 section 5.2)."""

# By grant, because a reload in the middle of a refresh makes a second session on the same refresh token.
DATA_REFRESHES: HassKey[dict[str, asyncio.Task[None]]] = HassKey(
    f"{DOMAIN}_token_refreshes"
)


class EncryptedSession(OAuth2Session):
    """An account's token, sealed in the entry, refreshed five minutes ahead, opened for the gateway alone."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        implementation: AbstractOAuth2Implementation,
        seal: TokenEncryption,
        journal: TokenJournal,
    ) -> None:
        """Prepare a session on the token of `entry`, or on the journal's where that is newer."""
        super().__init__(hass, entry, implementation)
        self._seal = seal
        self._journal = journal
        self._refreshes = hass.data.setdefault(DATA_REFRESHES, {})
        self._unanswered: str | None = None
        self._lost_grant: str | None = None
        self._lost_reason = "login_expired"
        self._save(journal.newest(self.token))
        async_watch_authorization(hass, entry)

    @property
    @override
    def valid_token(self) -> bool:
        """Whether the token can be used for five more minutes.

        One that claims to last longer than it was issued for was issued while the clock was ahead of today's: nobody
        knows its end.
        """
        left = cast("float", self.token[EXPIRES_AT]) - time.time()
        lifetime = cast("int", self.token[EXPIRES_IN])
        return REFRESH_AHEAD_S < left <= lifetime + CLOCK_SLACK_S

    async def async_access_token(self, *, refused: str | None = None) -> str:
        """Return an access token, in clear, that is good for five more minutes.

        `refused` is the one that Spotify just answered with a 401: it is replaced before its time.

        Raises ConfigEntryAuthFailed when the person has to log in again (the flow for that has been started), and
        Home Assistant's OAuth2TokenRequestBaseError, a ConfigEntryNotReady, when trying later may help.
        """
        await self.async_ensure_token_valid()
        token = self._opened()
        if token == refused:
            await self._async_refreshed()
            token = self._opened()
        return token

    @override
    async def async_ensure_token_valid(self) -> None:
        """Refresh the token if it is about to expire; raises as `async_access_token`."""
        if not self.valid_token:
            await self._async_refreshed()

    async def async_finish(self) -> None:
        """Wait until a refresh that is under way is safe on disk, whatever came of it."""
        if refreshing := self._refreshes.get(self.token[GRANT]):
            await asyncio.wait((refreshing,))

    async def _async_refreshed(self) -> None:
        """Wait for the refresh under way, or start one; cancelling the caller leaves it alone."""
        grant = self.token[GRANT]
        if (refreshing := self._refreshes.get(grant)) is None:
            refreshing = self.hass.async_create_task(
                self._async_refresh(), f"{DOMAIN} token refresh", eager_start=False
            )
            self._refreshes[grant] = refreshing
            refreshing.add_done_callback(partial(self._refresh_ended, grant))
        await asyncio.wait((refreshing,))
        refreshing.result()

    @callback
    def _refresh_ended(self, grant: str, refreshing: asyncio.Task[None]) -> None:
        del self._refreshes[grant]
        if not refreshing.cancelled():
            # Checked here because every caller may have been cancelled.
            refreshing.exception()

    async def _async_refresh(self) -> None:
        """Fetch the next token, and store it unless the person logged in again meanwhile."""
        before = self._journal.newest(self.token)
        if before[GRANT] == self._lost_grant:
            raise self._login_needed(before, self._lost_reason)
        try:
            renewed = await self.implementation.async_refresh_token(before)
        except OAuth2TokenRequestReauthError as err:
            if not self._is_replaced(before):
                lost = self._unanswered == before[GRANT]
                reason = "login_lost" if lost else "login_expired"
                reason = _ENDED.get(self._refusal or "", reason)
                raise self._login_needed(before, reason) from err
        except OAuth2TokenRequestConnectionError:
            if getattr(self.implementation, "unanswered", False):
                # The next token may have been in the answer. With the old one it can be tried again, and is.
                self._unanswered = before[GRANT]
            raise
        except TokensUnreadable as err:
            raise self._login_needed(before, "seal_broken") from err
        else:
            if self._is_replaced(before):
                await self._journal.async_forget(renewed)
                return
            self._save(renewed)
            async_watch_authorization(self.hass, self.config_entry)

    @property
    def _refusal(self) -> str | None:
        """Why the last token request was refused, in the words of the accounts service."""
        return getattr(self.implementation, "refusal", None)

    def _is_replaced(self, before: Token) -> bool:
        """Whether the person logged in again or removed the account meanwhile: the old login matters no more."""
        entry = self.hass.config_entries.async_get_entry(self.config_entry.entry_id)
        return entry is None or entry.data["token"][GRANT] != before[GRANT]

    def _save(self, token: Token) -> None:
        """Let the config entry hold this token; Home Assistant saves it a second later."""
        if token is not self.token:
            self.hass.config_entries.async_update_entry(
                self.config_entry, data={**self.config_entry.data, "token": token}
            )

    def _opened(self) -> str:
        try:
            return self._seal.open(self.token[CONF_ACCESS_TOKEN])
        except TokensUnreadable as err:
            raise self._login_needed(self.token, "seal_broken") from err

    def _login_needed(self, token: Token, reason: str) -> ConfigEntryAuthFailed:
        """Ask the person to log in again, unless they are being asked, and return what to raise.

        Who logged in as somebody else, or closed the dialog, is asked again.
        """
        if self._lost_grant != token[GRANT]:
            self._lost_grant, self._lost_reason = token[GRANT], reason
        async_start_lost_login(self.hass, self.config_entry)
        return translated(ConfigEntryAuthFailed, reason)


async def async_open_session(
    hass: HomeAssistant, entry: ConfigEntry
) -> EncryptedSession:
    """Return the session of an account with a token that is valid and can be opened.

    Raises ConfigEntryError when the key cannot be used, and else as `SealedSession.async_access_token`.
    """
    implementation = await async_get_config_entry_implementation(hass, entry)
    try:
        seal = await async_get_token_encryption(hass)
        journal = await async_get_journal(hass)
    except KeyUnusable as err:
        raise translated(ConfigEntryError, "key_unusable", source=err.source) from err
    session = EncryptedSession(hass, entry, implementation, seal, journal)
    entry.async_on_unload(
        hass.async_add_shutdown_job(
            HassJob(session.async_finish, f"{DOMAIN} token refresh")
        )
    )
    await session.async_access_token()
    return session


async def async_forget_login(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete what is stored of an account outside its entry, because the entry was removed."""
    async_forget_issues(hass, entry)
    try:
        journal = await async_get_journal(hass)
    except KeyUnusable:
        return
    await journal.async_forget(entry.data["token"])
