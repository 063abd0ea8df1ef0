"""The history of a removed account: stays until its person decides."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..access.account_listener import async_listener
from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError
from ..history.queries.visible_plays import NOBODY_HIDDEN
from ..history.records.deletion_rules import Rule
from ..history.records.saved_library import drop_library
from ..runtime.issues import async_raise_issue
from ..runtime.store.history_service import DATA_HISTORY

ISSUE_ACCOUNT_REMOVED: Final = "account_removed"
ATTR_LISTENER: Final = "listener"


async def async_forget_library(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete the stored library of a removed account: it is Spotify's, and not history."""
    listener = async_listener(hass, entry)
    history = hass.data[DATA_HISTORY]
    try:
        async with history.async_held():
            await history.async_store(drop_library, listener)
    except HistoryError as err:
        LOGGER.debug("The stored library of a removed account stays for now: %s", err)


async def async_ask_what_stays(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Raise the question whether the history of a removed account stays, if it has any."""
    listener = async_listener(hass, entry)
    rule = Rule(listener=listener.key)
    history = hass.data[DATA_HISTORY]
    try:
        async with history.async_held():
            played = await history.async_look_up(
                lambda queries: queries.forgettable(rule, hidden=NOBODY_HIDDEN)
            )
    except HistoryError as err:
        LOGGER.debug("The history cannot be asked what it has of an account: %s", err)
        return
    if not played.plays:
        return
    async_raise_issue(
        hass,
        _issue_id(listener.key),
        ISSUE_ACCOUNT_REMOVED,
        fix={ATTR_LISTENER: listener.key},
        # Readers of the repairs page need not know how much it was.
        account=entry.title,
    )


@callback
def async_is_back(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back the question about an account that is linked again."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(async_listener(hass, entry).key))


def _issue_id(listener: str) -> str:
    return f"{ISSUE_ACCOUNT_REMOVED}_{listener}"
