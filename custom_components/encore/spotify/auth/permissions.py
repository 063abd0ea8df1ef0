"""The granted permissions of an account, and the request for more."""

from collections.abc import Collection
from typing import Final, final

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ...const import ACCESS_HISTORY, CONF_ACCESS, DOMAIN
from ..errors import AccessRefused, NotAllowlisted, OwnerNotPremium
from ..issues import (
    ISSUE_NOT_ALLOWLISTED,
    ISSUE_OWNER_NOT_PREMIUM,
    ISSUE_PERMISSION,
    ISSUE_POSITIONS,
    async_report,
    async_withdraw,
)
from .permission_flow import async_start_permission_flow, is_login_lost
from .scopes import CONTROL, EVERY_SCOPE

# By entry and not in the object, because granting reloads the entry: Spotify might refuse again.
_REFUSED: Final[HassKey[dict[str, set[str]]]] = HassKey(f"{DOMAIN}_refused_scopes")


_MISSING: Final[HassKey[dict[str, set[str]]]] = HassKey(f"{DOMAIN}_wanted_scopes")


@callback
def refused_scopes(hass: HomeAssistant, entry: ConfigEntry) -> frozenset[str]:
    """Return the scopes that were wanted since the person was last asked to log in, and are not granted."""
    missing = hass.data.get(_MISSING, {}).get(entry.entry_id, set())
    return frozenset(missing) - (granted_scopes(entry) or frozenset())


def granted_scopes(entry: ConfigEntry) -> frozenset[str] | None:
    """Return the scopes that the person granted; None where the token does not say."""
    scope = entry.data["token"].get("scope")
    return frozenset(scope.split()) if isinstance(scope, str) and scope else None


@final
class Permission:
    """The scopes of one account."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Look at the token of an account's entry."""
        self._hass = hass
        self._entry = entry

    @property
    def account(self) -> str:
        """The account's name, as Home Assistant shows it."""
        return self._entry.title

    @property
    def history_only(self) -> bool:
        """Whether the account is not to be controlled, whatever its token could do."""
        return bool(self._entry.data[CONF_ACCESS] == ACCESS_HISTORY)

    @property
    def granted(self) -> frozenset[str] | None:
        """What the person granted and the entry lets be used; None where that is not known."""
        granted = granted_scopes(self._entry)
        if not self.history_only:
            return granted
        return (EVERY_SCOPE if granted is None else granted) - {CONTROL}

    @callback
    def ask(self, scopes: Collection[str]) -> None:
        """Ask the person to log in once more and grant `scopes` as well.

        Where they are being asked already, the login that follows is about these, too.
        """
        missing = self._hass.data.setdefault(_MISSING, {})
        if not any(self._entry.async_get_active_flows(self._hass, {SOURCE_REAUTH})):
            missing[self._entry.entry_id] = set()
        missing.setdefault(self._entry.entry_id, set()).update(scopes)
        if is_login_lost(self._hass, self._entry):
            return
        async_start_permission_flow(self._hass, self._entry, scopes)
        async_report(self._hass, self._entry, ISSUE_PERMISSION)

    @callback
    def suggest_positions(self) -> None:
        """Show a notice about resume points, where nobody asked for them."""
        async_report(self._hass, self._entry, ISSUE_POSITIONS)

    @callback
    def answered(self) -> None:
        """Take note that Spotify answered a call of the account."""
        async_withdraw(
            self._hass, self._entry, ISSUE_NOT_ALLOWLISTED, ISSUE_OWNER_NOT_PREMIUM
        )

    @callback
    def not_let_in(self, error: AccessRefused) -> None:
        """Report a refusal that is about the app and not about the call; each other one is nothing here."""
        match error:
            case NotAllowlisted():
                async_report(self._hass, self._entry, ISSUE_NOT_ALLOWLISTED)
            case OwnerNotPremium():
                async_report(self._hass, self._entry, ISSUE_OWNER_NOT_PREMIUM)

    @callback
    def refused(self, scopes: Collection[str]) -> None:
        """Take note that Spotify refused a call for want of `scopes`, whatever the token says.

        The person is asked once: where the new login does not help either, another would not.
        """
        refused = self._hass.data.setdefault(_REFUSED, {}).setdefault(
            self._entry.entry_id, set()
        )
        if set(scopes) - refused:
            refused.update(scopes)
            self.ask(scopes)
