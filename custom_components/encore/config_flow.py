"""Config flows: add a source, log in to Spotify again, change permissions."""

from collections.abc import Callable, Collection, Mapping
import logging
import re
from typing import Any, Final, override

import probatio

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowResult,
    FlowType,
    OptionsFlow,
)
from homeassistant.const import CONF_ACCESS_TOKEN
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow, FlowResultType
from homeassistant.helpers.config_entry_oauth2_flow import async_get_implementations
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.helpers.translation import async_get_translations

from .application_credentials import DASHBOARD_URL, EncryptedImplementation
from .const import (
    ACCESS_CONTROL,
    CONF_ACCESS,
    CONF_ACCOUNT_ID,
    CONF_DISPLAY_NAME,
    CONF_KIND,
    CONF_NOT_PREMIUM,
    CONF_PERSON,
    DOMAIN,
    KIND_HISTORY,
    KIND_SONOS,
    KIND_SPOTIFY,
    LOGGER,
    spotify_api_url,
)
from .flows.options_flow import AccountOptions, HistoryOptions
from .flows.sharing import person_of_now, sharing_error, sharing_schema
from .flows.sonos_flow import HouseholdOptions, SonosFlow
from .flows.store_flow import StoreFlow
from .history.records.logged_events import EventKind
from .runtime.event_log_signals import async_log_event
from .settings.history_entry import async_history_title
from .spotify.api.playback import Profile
from .spotify.api.player_calls import SpotifyGateway
from .spotify.auth.permission_flow import WANTED
from .spotify.auth.permissions import granted_scopes, wanted_meanwhile
from .spotify.auth.redirect_uri import accepted_by_spotify, redirect_uri
from .spotify.auth.scopes import CONTROL, FAMILIES, SCOPES, families_of, wider
from .spotify.auth.token_encryption import KeyUnusable, async_get_token_encryption
from .spotify.errors import (
    NotAllowlisted,
    NotPremium,
    OwnerNotPremium,
    RateLimited,
    SpotifyError,
    TokenRejected,
    Unavailable,
)
from .spotify.identity import (
    CONF_IDS,
    async_key_of,
    async_save_ids,
    entry_of,
    ids_of,
    unique_id_of,
)
from .spotify.issues import async_forget_issues

# What the token endpoint says (RFC 6749 section 5.2), and the reason that the person is told.
_TOKEN_REASONS: Final = {
    "invalid_client": "client_unknown",
    "unauthorized_client": "client_unknown",
    "invalid_grant": "code_refused",
}
# What the Web API says to the first question after a login. Anybody's profile can be read: a 403 for want of Premium
# is about the owner of the app, whatever its words.
_API_REASONS: Final[dict[type[SpotifyError], str]] = {
    NotAllowlisted: "not_allowlisted",
    NotPremium: "owner_not_premium",
    OwnerNotPremium: "owner_not_premium",
    TokenRejected: "login_refused",
}

CONF_ALSO: Final = "also"
_PERMISSION: Final = f"component.{DOMAIN}.selector.permission.options"

CLIENT_ID: Final = re.compile("[0-9a-f]{32}", re.IGNORECASE)

ACCESS_SELECTOR: Final = SelectSelector(
    SelectSelectorConfig(options=list(SCOPES), translation_key=CONF_ACCESS)
)


class EncoreFlow(SonosFlow, StoreFlow, domain=DOMAIN):
    """Sets up what Encore listens to; the History entry comes with the first of it."""

    DOMAIN = DOMAIN
    VERSION = 1
    MINOR_VERSION = 4

    def __init__(self) -> None:
        """Begin with full access chosen."""
        super().__init__()
        self._access = ACCESS_CONTROL
        self._granted: frozenset[str] = frozenset()
        self._wanted: list[str] = []
        self._authorized: dict[str, Any] = {}
        self._new: Profile | None = None
        self._key = ""
        self._is_login = False
        self._login_ended: tuple[str, str | None] = ("abandoned", None)

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the options of an entry of its kind."""
        kinds: dict[str, type[OptionsFlow]] = {
            KIND_HISTORY: HistoryOptions,
            KIND_SONOS: HouseholdOptions,
            KIND_SPOTIFY: AccountOptions,
        }
        return kinds[config_entry.data[CONF_KIND]]()

    @property
    @override
    def logger(self) -> logging.Logger:
        """Return Encore's logger."""
        return LOGGER

    @property
    @override
    def extra_authorize_data(self) -> dict[str, str]:
        """Ask for what the chosen access needs, and let the person say who they are each time."""
        scopes = wider(self._access, self._granted, self._wanted)
        return {"scope": " ".join(scopes), "show_dialog": "true"}

    # What a person can add.

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what to add."""
        return self.async_show_menu(step_id="user", menu_options=["spotify", "sonos"])

    async def async_step_spotify(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what to register at Spotify, and ask what Encore may do with the account."""
        self._is_login = True
        apps = await async_get_implementations(self.hass, DOMAIN)
        if not apps:
            return self.async_abort(reason="missing_credentials")
        if obstacle := await self._async_obstacle():
            return obstacle
        if user_input is not None:
            self._access = user_input[CONF_ACCESS]
            return await self.async_step_pick_implementation()
        return self.async_show_form(
            step_id="spotify",
            data_schema=_access_schema(self._access),
            description_placeholders={
                "dashboard_url": DASHBOARD_URL,
                "redirect_uri": redirect_uri(self.hass) or "",
                "client_id": ", ".join(
                    app.client_id
                    for app in apps.values()
                    if isinstance(app, EncryptedImplementation)
                ),
            },
        )

    # What comes without a person.

    async def async_step_system(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Make the History entry, once."""
        await self.async_set_unique_id(KIND_HISTORY)
        self._abort_if_unique_id_configured(error="history_exists")
        return self.async_create_entry(
            title=await async_history_title(self.hass), data={CONF_KIND: KIND_HISTORY}
        )

    # How a login ends.

    @callback
    @override
    def async_abort(
        self,
        *,
        reason: str,
        description_placeholders: Mapping[str, str] | None = None,
        translation_domain: str | None = None,
        next_flow: tuple[FlowType, str] | None = None,
    ) -> ConfigFlowResult:
        """End without an entry; the event log is told why, and not whose login it was."""
        renewed = reason.endswith("_successful")
        self._login_ended = ("linked" if renewed else "refused", reason)
        return super().async_abort(
            reason=reason,
            description_placeholders=description_placeholders,
            translation_domain=translation_domain,
            next_flow=next_flow,
        )

    @callback
    @override
    def async_remove(self) -> None:
        """Tell the event log how a login ended, once nothing follows any more."""
        super().async_remove()
        if self._is_login:
            what, reason = self._login_ended
            async_log_event(self.hass, EventKind.LINK, what, detail=reason)

    # What becomes of an account.

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin a new login because the old one ended, or does not include what is wanted now."""
        self._is_login = True
        self._access = entry_data[CONF_ACCESS]
        self._granted = granted_scopes(self._get_reauth_entry()) or frozenset()
        if wanted := entry_data.get(WANTED):
            self._wanted = wanted
            return await self.async_step_widen()
        return await self.async_step_reauth_confirm()

    async def async_step_widen(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what more is wanted and what else could be, then send the person to Spotify."""
        entry = self._get_reauth_entry()
        self._wanted = sorted({*self._wanted, *wanted_meanwhile(self.hass, entry)})
        if user_input is None:
            families = families_of(self._wanted)
            texts = await async_get_translations(
                self.hass, self.hass.config.language, "selector", {DOMAIN}
            )
            return self.async_show_form(
                step_id="widen",
                data_schema=_more_schema({*families, *families_of(self._granted)}),
                description_placeholders={
                    "account": entry.title,
                    "permissions": "\n".join(
                        f"- {texts[f'{_PERMISSION}.{each}']}" for each in families
                    ),
                },
            )
        for family in user_input.get(CONF_ALSO, []):
            self._wanted.append(FAMILIES[family][0])
        if obstacle := await self._async_obstacle():
            return obstacle
        if CONTROL in self._wanted:
            self._access = ACCESS_CONTROL
        return await self._async_choose_app(entry.data["auth_implementation"])

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person log in again, with the same access or another."""
        return await self._async_renew(
            "reauth_confirm", self._get_reauth_entry, user_input
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person change what Encore may do, where the history is, or where a speaker is."""
        data = self._get_reconfigure_entry().data
        if data[CONF_KIND] == KIND_HISTORY:
            return await self.async_step_store()
        if data[CONF_KIND] == KIND_SONOS:
            return await self.async_step_household()
        self._is_login = True
        self._access = data[CONF_ACCESS]
        self._granted = granted_scopes(self._get_reconfigure_entry()) or frozenset()
        return await self._async_renew(
            "reconfigure", self._get_reconfigure_entry, user_input
        )

    async def _async_renew(
        self,
        step_id: str,
        entry: Callable[[], ConfigEntry],
        user_input: dict[str, Any] | None,
    ) -> ConfigFlowResult:
        """Ask for the access, then send the person to Spotify."""
        if user_input is None:
            return self.async_show_form(
                step_id=step_id,
                data_schema=_access_schema(self._access),
                description_placeholders={"account": entry().title},
            )
        if obstacle := await self._async_obstacle():
            return obstacle
        self._access = user_input[CONF_ACCESS]
        return await self._async_choose_app(entry().data["auth_implementation"])

    async def _async_choose_app(self, used: str) -> ConfigFlowResult:
        """Take the only app, or let the person choose: the one used so far may be dead at Spotify."""
        apps = await async_get_implementations(self.hass, DOMAIN)
        page = await self.async_step_pick_implementation()
        if used in apps and (schema := page.get("data_schema")) is not None:
            page["data_schema"] = self.add_suggested_values_to_schema(
                schema, {"implementation": used}
            )
        return page

    @override
    async def async_step_auth(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Send the person to Spotify, unless Spotify would show an error there for a client id that cannot be one."""
        app = self.flow_impl
        if isinstance(app, EncryptedImplementation) and not CLIENT_ID.fullmatch(
            app.client_id
        ):
            return self.async_abort(
                reason="client_malformed",
                description_placeholders={"client_id": app.client_id},
            )
        return await super().async_step_auth(user_input)

    # What Spotify says.

    @override
    async def async_step_authorize_rejected(
        self, data: None = None
    ) -> ConfigFlowResult:
        """Tell a person who said no from a request that Spotify would not take."""
        if self.external_data["error"] == "access_denied":
            return self.async_abort(reason="access_denied")
        return await super().async_step_authorize_rejected(data)

    @override
    async def async_step_creation(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Exchange the code for a token, and say why when Spotify will not."""
        result = await super().async_step_creation(user_input)
        if result["type"] is FlowResultType.ABORT and isinstance(
            self.flow_impl, EncryptedImplementation
        ):
            if reason := _TOKEN_REASONS.get(self.flow_impl.refusal or ""):
                return self.async_abort(
                    reason=reason,
                    description_placeholders={"client_id": self.flow_impl.client_id},
                )
        return result

    @override
    async def async_oauth_create_entry(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Go on with the sealed token."""
        self._authorized = {**data, CONF_ACCESS: self._access}
        return await self.async_step_profile()

    async def async_step_profile(
        self, user_input: dict[str, Any] | None = None
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
        self, user_input: dict[str, Any] | None = None
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
        return self.async_show_form(
            step_id="sharing",
            data_schema=self.add_suggested_values_to_schema(
                sharing_schema(), user_input or {CONF_PERSON: person_of_now(self.hass)}
            ),
            errors=errors,
            description_placeholders={"account": self._new.display_name},
        )

    async def _async_obstacle(self) -> ConfigFlowResult | None:
        """Return what is in the way of a login before anybody is sent to Spotify."""
        try:
            await async_get_token_encryption(self.hass)
        except KeyUnusable as err:
            return self.async_abort(
                reason="key_unusable", description_placeholders={"source": err.source}
            )
        uri = redirect_uri(self.hass)
        if uri is not None and not accepted_by_spotify(uri):
            return self.async_abort(
                reason="redirect_refused",
                description_placeholders={"redirect_uri": uri},
            )
        return None


def _more_schema(without: Collection[str]) -> probatio.Schema:
    """Return the choice of permissions that could be asked for in the same login."""
    others = [family for family in FAMILIES if family not in without]
    if not others:
        return probatio.Schema({})
    selector = SelectSelector(
        SelectSelectorConfig(
            options=others,
            multiple=True,
            mode=SelectSelectorMode.LIST,
            translation_key="permission",
        )
    )
    return probatio.Schema({probatio.Optional(CONF_ALSO, default=list): selector})


def _access_schema(chosen: str) -> probatio.Schema:
    return probatio.Schema(
        {probatio.Required(CONF_ACCESS, default=chosen): ACCESS_SELECTOR}
    )
