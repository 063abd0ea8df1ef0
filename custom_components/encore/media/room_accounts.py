"""Chooses the Spotify account that is browsed and played from in a room."""

from dataclasses import dataclass
from typing import Final

from homeassistant.components.media_player.browse_media import BrowseMedia
from homeassistant.core import Context, HomeAssistant, callback

from ..access.visibility import hidden_listeners
from ..commands.errors import AccountNotReady, NoAccountConnected
from ..const import CONF_ACCOUNT_ID
from ..listeners.linked_listeners import listeners_of_user, loaded_accounts
from ..spotify.account import SpotifyAccount
from ..spotify.api.share_links import read_link
from .account_browser import FOLDER

_ACCOUNT: Final = f"{FOLDER}account/"


@dataclass(frozen=True, slots=True)
class InAccount:
    """A name of media within an account."""

    account_id: str | None
    media_id: str


@callback
def read_account(media_id: str) -> InAccount:
    """Return the account that a name of media mentions, if any, and the name within it."""
    if not media_id.startswith(_ACCOUNT):
        return InAccount(None, media_id)
    account_id, _, inside = media_id.removeprefix(_ACCOUNT).partition("/")
    return InAccount(account_id, inside)


@callback
def is_spotify(media_id: str) -> bool:
    """Whether a name of media is a folder of an account, or a thing of Spotify's."""
    return media_id.startswith(FOLDER) or read_link(media_id) is not None


@callback
def account_id_of(account: SpotifyAccount) -> str:
    """Return the id that Spotify has for an account."""
    return str(account.coordinator.config_entry.data[CONF_ACCOUNT_ID])


@callback
def accounts_told(hass: HomeAssistant, context: Context) -> list[SpotifyAccount]:
    """Return the accounts that are connected, and of which whoever calls may know."""
    withheld = hidden_listeners(hass, context.user_id)
    return [
        account
        for account in loaded_accounts(hass)
        if account.listener.key not in withheld
    ]


@callback
def account_for(
    hass: HomeAssistant, context: Context, account_id: str | None
) -> SpotifyAccount:
    """Return the account of an id; without one that of whoever calls, else the first that is connected.

    Raises AccountNotReady and NoAccountConnected.
    """
    accounts = accounts_told(hass, context)
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
    """Return what an account shows to whoever calls, with the account in the names where they know of several."""
    if len(accounts_told(hass, context)) > 1:
        for each in (shown, *(shown.children or ())):
            each.media_content_id = (
                f"{_ACCOUNT}{account_id_of(account)}/{each.media_content_id}"
            )
    return shown
