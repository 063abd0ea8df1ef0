"""The steps that send a person to Spotify to log in, for the first time or again."""

from collections.abc import Callable, Collection, Mapping
import re
from typing import Any, Final, override

import probatio

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.core import callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.config_entry_oauth2_flow import (
    AbstractOAuth2FlowHandler,
    async_get_implementations,
)
from homeassistant.helpers.translation import async_get_translations

from ..application_credentials import DASHBOARD_URL, EncryptedImplementation
from ..const import ACCESS_CONTROL, CONF_ACCESS, DOMAIN
from ..history.records.logged_events import EventKind
from ..runtime.event_log_signals import async_log_event
from ..settings.options import UserInput, choice
from ..spotify.auth.permission_flow import MISSING_SCOPES
from ..spotify.auth.permissions import granted_scopes, refused_scopes
from ..spotify.auth.redirect_uri import accepted_by_spotify, redirect_uri
from ..spotify.auth.scopes import CONTROL, FAMILIES, SCOPES, families_of, wider
from ..spotify.auth.token_encryption import KeyUnusable, async_get_token_encryption

# What the token endpoint says (RFC 6749 section 5.2), and the reason that the person is told.
_TOKEN_REASONS: Final = {
    "invalid_client": "client_unknown",
    "unauthorized_client": "client_unknown",
    "invalid_grant": "code_refused",
}
CONF_ALSO: Final = "also"
_PERMISSION: Final = f"component.{DOMAIN}.selector.permission.options"

CLIENT_ID: Final = re.compile("[0-9a-f]{32}", re.IGNORECASE)

ACCESS_SELECTOR: Final = choice(list(SCOPES), translation_key=CONF_ACCESS)


class LoginFlow(AbstractOAuth2FlowHandler):
    """The way to a token; what is done with it follows."""

    DOMAIN = DOMAIN

    def __init__(self) -> None:
        """Begin with full access chosen."""
        super().__init__()
        self._access = ACCESS_CONTROL
        self._granted: frozenset[str] = frozenset()
        self._wanted: list[str] = []
        self._is_login = False
        self._login_ended: tuple[str, str | None] = ("abandoned", None)

    @property
    @override
    def extra_authorize_data(self) -> dict[str, str]:
        """Ask for what the chosen access needs, and let the person say who they are each time."""
        scopes = wider(self._access, self._granted, self._wanted)
        return {"scope": " ".join(scopes), "show_dialog": "true"}

    async def async_step_spotify(
        self, user_input: UserInput = None
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

    # How a login ends.

    @callback
    @override
    def async_abort(self, *, reason: str, **more: Any) -> ConfigFlowResult:
        """End without an entry; the event log is told why, and not whose login it was."""
        renewed = reason.endswith("_successful")
        self._login_ended = ("linked" if renewed else "refused", reason)
        return super().async_abort(reason=reason, **more)

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
        if wanted := entry_data.get(MISSING_SCOPES):
            self._wanted = wanted
            return await self.async_step_widen()
        return await self.async_step_reauth_confirm()

    async def async_step_widen(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Say what more is wanted and what else could be, then send the person to Spotify."""
        entry = self._get_reauth_entry()
        self._wanted = sorted({*self._wanted, *refused_scopes(self.hass, entry)})
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
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Let the person log in again, with the same access or another."""
        return await self._async_renew(
            "reauth_confirm", self._get_reauth_entry, user_input
        )

    async def async_step_account(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Let the person change what Encore may do with the account."""
        data = self._get_reconfigure_entry().data
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
    async def async_step_auth(self, user_input: UserInput = None) -> ConfigFlowResult:
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
        self, user_input: UserInput = None
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
    selector = choice(others, "list", multiple=True, translation_key="permission")
    return probatio.Schema({probatio.Optional(CONF_ALSO, default=list): selector})


def _access_schema(chosen: str) -> probatio.Schema:
    return probatio.Schema(
        {probatio.Required(CONF_ACCESS, default=chosen): ACCESS_SELECTOR}
    )
