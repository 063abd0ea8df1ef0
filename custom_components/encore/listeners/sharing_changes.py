"""Signals when a listener starts or stops sharing."""

from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..access.account_listener import listener_key
from ..access.visibility import async_remove_shown, hidden_listeners
from ..const import DOMAIN
from ..runtime.signals import Signal, async_listen_entries
from .linked_listeners import account_entries

_WITHDRAWN: Final = Signal[()](f"{DOMAIN}_withdrawn")
"""Somebody shares with the household no more."""
async_listen_withdrawn = _WITHDRAWN.async_listen


@callback
def async_follow_sharing(hass: HomeAssistant) -> None:
    """Remove what Home Assistant shows of an account as soon as it is not shared, loaded or not, and signal it.

    Options may change while Spotify is out of reach, or the account disabled: nothing is set up again then.
    """
    hidden = hidden_listeners(hass, None)

    @callback
    def changed() -> None:
        nonlocal hidden
        before, hidden = hidden, hidden_listeners(hass, None)
        if not (withdrawn := hidden - before):
            return
        for account in account_entries(hass):
            if listener_key(account) in withdrawn:
                async_remove_shown(hass, account)
        _WITHDRAWN.async_send(hass)

    async_listen_entries(hass, changed)
