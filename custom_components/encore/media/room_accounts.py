"""Chooses the Spotify account that is browsed and played from in a room."""

from homeassistant.components.media_player.browse_media import BrowseMedia
from homeassistant.core import Context, HomeAssistant, callback

from ..access.visibility import hidden_listeners
from ..commands.errors import AccountNotReady, NoAccountConnected
from ..const import CONF_ACCOUNT_ID
from ..listeners.linked_listeners import listeners_of_user, loaded_accounts
from ..spotify.account import SpotifyAccount
from .media_ids import in_account


@callback
def account_id_of(account: SpotifyAccount) -> str:
    """Return the id that Spotify has for an account."""
    return str(account.coordinator.config_entry.data[CONF_ACCOUNT_ID])


@callback
def browsable_accounts(hass: HomeAssistant, context: Context) -> list[SpotifyAccount]:
    """Return the accounts that are connected and that the caller may see."""
    hidden = hidden_listeners(hass, context.user_id)
    return [
        account
        for account in loaded_accounts(hass)
        if account.listener.key not in hidden
    ]


@callback
def account_for(
    hass: HomeAssistant, context: Context, account_id: str | None
) -> SpotifyAccount:
    """Return the account of an id; without one the caller's own, else the first that is connected.

    Raises AccountNotReady and NoAccountConnected.
    """
    accounts = browsable_accounts(hass, context)
    if account_id is not None:
        for account in accounts:
            if account_id_of(account) == account_id:
                return account
        raise AccountNotReady(name=account_id)
    if not accounts:
        raise NoAccountConnected
    mine = {each.key for each in listeners_of_user(hass, context.user_id)}
    own = [account for account in accounts if account.listener.key in mine]
    return (own or accounts)[0]


@callback
def for_rooms(
    hass: HomeAssistant, context: Context, shown: BrowseMedia, account: SpotifyAccount
) -> BrowseMedia:
    """Return what an account shows to the caller, with the account in the ids where they may see several."""
    if len(browsable_accounts(hass, context)) > 1:
        for each in (shown, *(shown.children or ())):
            each.media_content_id = in_account(
                account_id_of(account), each.media_content_id
            )
    return shown
