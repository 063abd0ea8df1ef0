"""Sets up, unloads and removes each kind of config entry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import discovery_flow

from ..access.account_listener import async_listener, listener_key
from ..access.visibility import (
    async_forget_removed,
    async_hand_over_removed,
    async_note_removed,
)
from ..api.uploads.watched_folder import async_forget_folder, async_watch_folder
from ..const import CONF_KIND, DOMAIN, KIND_HISTORY, KIND_SONOS, KIND_SPOTIFY
from ..entities.entity_platforms import async_load_platforms, async_unload_platforms
from ..listeners.enrichment import async_get_enrichment
from ..listeners.housekeeping import async_get_housekeeping
from ..listeners.linked_listeners import account_entries, async_read_zone
from ..listeners.removed_accounts import (
    async_ask_what_stays,
    async_forget_library,
    async_is_back,
)
from ..players.tracking_lifecycle import (
    async_forget_rooms,
    async_stop_watching,
    async_watch_players,
    async_watch_speakers,
)
from ..players.untracked_households import async_note_unwatched, async_note_watched
from ..runtime.jobs import DATA_JOBS
from ..runtime.named_storage import async_delete_stored
from ..runtime.store.store_copies import async_start_copies
from ..settings.history_entry import async_history_entry
from ..settings.voice_assistants import async_offer_assistants, async_restore_assistants
from ..sonos.const import CONF_HOUSEHOLD_ID
from ..sonos.entry import async_open_household
from ..sonos.household import SonosConfigEntry
from ..sonos.issues import async_forget_sonos_issues
from ..spotify.account import SpotifyConfigEntry, async_open_account
from ..spotify.api.device_approval import async_get_device_approval
from ..spotify.auth.oauth_session import async_forget_login
from ..spotify.tracking.collector import async_forget_account
from ..statistics.hourly_statistics import async_get_statistics
from .interfaces import async_open_interfaces
from .persistent_issues import async_withdraw_issues


async def async_open_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Set up an entry by its kind; the store is open.

    Raises ConfigEntryNotReady, ConfigEntryAuthFailed or ConfigEntryError, and leaves nothing of it then.
    """
    await _OPENED[entry.data[CONF_KIND]](hass, entry)


async def async_close_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """End what an entry does besides its entities."""
    try:
        await async_stop_watching(hass, entry)
    finally:
        if entry.data[CONF_KIND] == KIND_HISTORY:
            await async_get_enrichment(hass).async_stop()
        else:
            await entry.runtime_data.async_close()


async def async_forget_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete the login of a removed account and what was stored of it; ask whether its history stays.

    With the last entry all repair issues go.
    """
    # Before anything is waited for: the account is not among the entries any more.
    async_hand_over_removed(hass, entry)
    if entry.data[CONF_KIND] == KIND_SPOTIFY:
        async_note_removed(hass, entry)
    async_get_statistics(hass).async_look_again()
    await async_forget_rooms(hass, entry)
    if entry.data[CONF_KIND] == KIND_HISTORY:
        await async_restore_assistants(hass, entry)
    elif entry.data[CONF_KIND] == KIND_SONOS:
        async_forget_sonos_issues(hass, entry)
        await async_delete_stored(hass, entry.data[CONF_HOUSEHOLD_ID])
    elif entry.data[CONF_KIND] == KIND_SPOTIFY:
        await async_forget_login(hass, entry)
        await async_forget_account(hass, entry)
        await async_forget_folder(hass, entry)
        await async_forget_library(hass, entry)
        await async_ask_what_stays(hass, entry)
    if not account_entries(hass):
        async_get_device_approval(hass).async_withdraw()
    if not hass.config_entries.async_entries(DOMAIN):
        async_withdraw_issues(hass)


async def _async_open_history(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Open the interfaces, and begin the work that belongs to no account."""
    entry.async_on_unload(await async_open_interfaces(hass))
    entry.async_on_unload(async_get_housekeeping(hass).async_start(entry))
    entry.async_on_unload(async_start_copies(hass, entry))
    async_get_enrichment(hass).async_start(entry)
    entry.async_on_unload(async_get_statistics(hass).async_start(entry))
    async with _async_platforms(hass, entry):
        await async_watch_players(hass, entry)
    async_offer_assistants(hass, entry)


async def _async_open_spotify(hass: HomeAssistant, entry: SpotifyConfigEntry) -> None:
    """Connect an account."""
    _ensure_history(hass)
    async_is_back(hass, entry)
    async_get_statistics(hass).async_look_again()
    async_forget_removed(hass, listener_key(entry))
    zone = await async_read_zone(hass, entry)
    entry.runtime_data = await async_open_account(
        hass, entry, async_listener(hass, entry), hass.data[DATA_JOBS], zone
    )
    async with _async_platforms(hass, entry):
        async_watch_folder(hass, entry)


async def _async_open_sonos(hass: HomeAssistant, entry: SonosConfigEntry) -> None:
    """Connect a household."""
    _ensure_history(hass)
    try:
        entry.runtime_data = await async_open_household(hass, entry)
    except (ConfigEntryNotReady, ConfigEntryError) as err:
        await async_note_unwatched(hass, entry, err.__cause__)
        raise
    await async_note_watched(hass, entry)
    async with _async_platforms(hass, entry):
        await async_watch_speakers(hass, entry, entry.runtime_data)


@asynccontextmanager
async def _async_platforms(
    hass: HomeAssistant, entry: ConfigEntry
) -> AsyncIterator[None]:
    """Set up an entry's entities; where they, or what follows, cannot be set up, nothing of the entry is left."""
    try:
        await async_load_platforms(hass, entry)
        try:
            yield
        except BaseException:
            await async_unload_platforms(hass, entry)
            raise
    except BaseException:
        await async_close_entry(hass, entry)
        raise


_OPENED = {
    KIND_HISTORY: _async_open_history,
    KIND_SPOTIFY: _async_open_spotify,
    KIND_SONOS: _async_open_sonos,
}


def _ensure_history(hass: HomeAssistant) -> None:
    """Create the History entry unless there is one, disabled or not."""
    if async_history_entry(hass) is None:
        discovery_flow.async_create_flow(
            hass, DOMAIN, context={"source": SOURCE_SYSTEM}, data={}
        )
