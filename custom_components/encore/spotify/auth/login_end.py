"""When Spotify ends the login of an account, and the warning before."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ...runtime.moments import now_ms
from ..issues import ISSUE_LOGIN_ENDS, async_report, async_withdraw
from .permission_flow import is_login_lost
from .token import AUTHORIZED_AT

DAY_MS: Final = 86_400_000
# Since 2026-07-20 a login ends six months after it was made, however often it was refreshed.
LOGIN_LASTS_MS: Final = 181 * DAY_MS
WARNED_BEFORE_MS: Final = 14 * DAY_MS


@callback
def login_ends_at(entry: ConfigEntry) -> int:
    """Return when Spotify ends the login of an account (UTC ms); without a stored day of the login, its entry's is used."""
    began_at = entry.data["token"].get(AUTHORIZED_AT)
    if began_at is None:
        began_at = round(entry.created_at.timestamp() * 1000)
    return int(began_at) + LOGIN_LASTS_MS


@callback
def async_watch_authorization(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Warn two weeks before Spotify ends the login; take the warning back once it was renewed."""
    ends_at = login_ends_at(entry)
    if now_ms() < ends_at - WARNED_BEFORE_MS:
        async_withdraw(hass, entry, ISSUE_LOGIN_ENDS)
    elif not is_login_lost(hass, entry):
        # Else the person was asked already.
        day = dt_util.as_local(dt_util.utc_from_timestamp(ends_at / 1000)).date()
        async_report(hass, entry, ISSUE_LOGIN_ENDS, day=day.isoformat())
