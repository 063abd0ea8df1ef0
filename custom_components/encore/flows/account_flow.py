"""The steps that link a Spotify account once its person has logged in."""

from typing import Any, Final, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_ACCESS_TOKEN
from homeassistant.data_entry_flow import AbortFlow

from ..const import (
    CONF_ACCESS,
    CONF_ACCOUNT_ID,
    CONF_DISPLAY_NAME,
    CONF_KIND,
    CONF_NOT_PREMIUM,
    CONF_PERSON,
    DOMAIN,
    KIND_SPOTIFY,
    spotify_api_url,
)
from ..settings.options import UserInput, filled
from ..spotify.api.playback import Profile
from ..spotify.api.player_calls import SpotifyGateway
from ..spotify.auth.token_encryption import async_get_token_encryption
from ..spotify.errors import (
    NotAllowlisted,
    NotPremium,
    OwnerNotPremium,
    RateLimited,
    SpotifyError,
    TokenRejected,
    Unavailable,
)
from ..spotify.identity import (
    CONF_IDS,
    async_key_of,
    async_save_ids,
    entry_of,
    ids_of,
    unique_id_of,
)
from ..spotify.issues import async_forget_issues
from .login_flow import LoginFlow
from .sharing import person_of_now, sharing_error, sharing_schema

# What the Web API says to the first question after a login. Anybody's profile can be read: a 403 for want of Premium
# is about the owner of the app, whatever its words.
_API_REASONS: Final[dict[type[SpotifyError], str]] = {
    NotAllowlisted: "not_allowlisted",
    NotPremium: "owner_not_premium",
    OwnerNotPremium: "owner_not_premium",
    TokenRejected: "login_refused",
}


class AccountFlow(LoginFlow):
    """The steps of an account."""

    _authorized: dict[str, Any]
    """What the new entry has of the login."""
    _new: Profile | None = None
    _key = ""

    @override
    async def async_oauth_create_entry(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Go on with the sealed token."""
        self._authorized = {**data, CONF_ACCESS: self._access}
        return await self.async_step_profile()

    async def async_step_profile(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask Spotify who logged in; when it does not answer now, the person can try again."""
        try:
            profile = await self._async_profile()
        except RateLimited as err:
            return self._try_again("rate_limited", err)
        except Unavailable as err:
            return self._try_again("cannot_connect", err)
        except SpotifyError as err:
            return self.async_abort(
                reason=_API_REASONS.get(type(err), "spotify_refused"),
                description_placeholders=err.translation_placeholders,
            )
        known = entry_of(self._accounts_meant(), profile)
        await self.async_set_unique_id(
            unique_id_of(profile.keys[0]) if known is None else known.unique_id
        )
        try:
            return await self._async_linked(profile)
        except AbortFlow as err:
            self._login_ended = ("refused", err.reason)
            raise

    def _accounts_meant(self) -> list[ConfigEntry]:
        """Return the accounts that whoever logged in may have: the one whose login is renewed, else any."""
        if self.source == SOURCE_REAUTH:
            return [self._get_reauth_entry()]
        if self.source == SOURCE_RECONFIGURE:
            return [self._get_reconfigure_entry()]
        return self.hass.config_entries.async_entries(DOMAIN)

    async def _async_profile(self) -> Profile:
        seal = await async_get_token_encryption(self.hass)

        async def access_token() -> str:
            return seal.open(self._authorized["token"][CONF_ACCESS_TOKEN])

        gateway = SpotifyGateway(self.hass, access_token, api_url=spotify_api_url())
        try:
            return await gateway.async_profile()
        finally:
            await gateway.async_close()

    def _try_again(self, error: str, err: SpotifyError) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="profile",
            errors={"base": error},
            description_placeholders=err.translation_placeholders,
        )

    async def _async_linked(self, profile: Profile) -> ConfigFlowResult:
        """Keep the login: in a new entry, or in the one that it renews."""
        if self.source in {SOURCE_REAUTH, SOURCE_RECONFIGURE}:
            (entry,) = self._accounts_meant()
            self._abort_if_unique_id_mismatch(
                reason="wrong_account",
                description_placeholders={"account": entry.title},
            )
            async_forget_issues(self.hass, entry)
            async_save_ids(self.hass, entry, profile)
            return self.async_update_reload_and_abort(
                entry,
                data_updates={
                    **self._authorized,
                    CONF_DISPLAY_NAME: profile.display_name,
                    **({} if self._wanted else {CONF_NOT_PREMIUM: False}),
                },
            )
        self._abort_if_unique_id_configured(
            description_placeholders={"account": profile.display_name}
        )
        self._new = profile
        self._key = await async_key_of(self.hass, profile)
        return await self.async_step_sharing()

    async def async_step_sharing(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask whose the new account is, and who may hear of it."""
        assert self._new is not None
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = sharing_error(self.hass, user_input)
            if not errors:
                self._login_ended = ("linked", None)
                return self.async_create_entry(
                    title=self._new.display_name,
                    data={
                        **self._authorized,
                        CONF_KIND: KIND_SPOTIFY,
                        CONF_ACCOUNT_ID: self._key,
                        CONF_IDS: ids_of(self._new),
                        CONF_DISPLAY_NAME: self._new.display_name,
                    },
                    options=user_input,
                )
        values = user_input or {CONF_PERSON: person_of_now(self.hass)}
        words = {"account": self._new.display_name}
        return filled(self, "sharing", sharing_schema(), values, errors, words=words)
