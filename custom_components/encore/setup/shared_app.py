"""The repair for Home Assistant's own Spotify integration on Encore's app: both use one quota of calls."""

from typing import Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.config_entry_oauth2_flow import (
    ImplementationUnavailableError,
    async_get_implementations,
)
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..const import DOMAIN
from ..runtime.issues import async_raise_issue

CORE_SPOTIFY: Final = "spotify"
ISSUE_SHARED_APP: Final = "shared_app"


@callback
def async_watch_shared_app(hass: HomeAssistant) -> None:
    """Raise the repair while an account of Home Assistant's Spotify integration uses the client id of one of Encore's.

    Both are compared whenever an entry of either changes, for as long as Home Assistant runs.
    """

    async def compare(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain in {DOMAIN, CORE_SPOTIFY}:
            await _async_compare(hass)

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, compare)


async def _async_compare(hass: HomeAssistant) -> None:
    ours = await _async_client_ids(hass, DOMAIN)
    if not ours or ours.isdisjoint(await _async_client_ids(hass, CORE_SPOTIFY)):
        ir.async_delete_issue(hass, DOMAIN, ISSUE_SHARED_APP)
        return
    async_raise_issue(hass, ISSUE_SHARED_APP)


async def _async_client_ids(hass: HomeAssistant, domain: str) -> set[str]:
    """Return the client ids that the enabled entries of an integration log in with."""
    used = {
        entry.data.get("auth_implementation")
        for entry in hass.config_entries.async_entries(domain, include_disabled=False)
    } - {None}
    if not used:
        return set()
    try:
        apps = await async_get_implementations(hass, domain)
    except ImplementationUnavailableError:
        return set()
    return {
        client_id
        for key, app in apps.items()
        if key in used and (client_id := getattr(app, "client_id", None))
    }
