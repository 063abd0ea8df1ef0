"""Encore gives a house a musical memory: set-up and unload of its kinds of entry."""

from functools import partial
from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.helpers.typing import ConfigType

from .access.visibility import Sharing
from .api.event_log import async_open_event_log
from .api.frontend import async_serve_front_end
from .api.uploads.uploads import DATA_UPLOADS, Uploads
from .const import (
    CONF_KIND,
    CONF_NOT_PREMIUM,
    CONF_PRIVACY,
    DOMAIN,
    KIND_HISTORY,
    KIND_SONOS,
    KIND_SPOTIFY,
)
from .entities.entity_platforms import async_unload_platforms
from .history.database.private_files import close_files
from .listeners.sharing_changes import async_follow_sharing
from .players.playback_signals import async_follow_playback_signals
from .runtime.jobs import DATA_JOBS, Jobs
from .runtime.store.history_service import DATA_HISTORY, HistoryService
from .settings.history_entry import async_history_options, async_history_title
from .setup.entries import async_close_entry, async_forget_entry, async_open_entry
from .setup.interfaces import async_prepare_interfaces
from .setup.persistent_issues import async_restore_issues
from .setup.shared_app import async_watch_shared_app
from .spotify.api.device_approval import async_get_device_approval
from .spotify.budget import async_get_budget

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Prepare what all entries share: the memory, its jobs and the actions."""
    await hass.async_add_executor_job(_close_storage, hass.config.path(STORAGE_DIR))
    await async_restore_issues(hass)
    hass.data[DATA_HISTORY] = HistoryService(hass)
    hass.data[DATA_JOBS] = Jobs(hass)
    hass.data[DATA_UPLOADS] = Uploads(hass)
    await hass.data[DATA_UPLOADS].async_open()
    options = partial(async_history_options, hass)
    (await async_get_budget(hass)).options = options
    async_get_device_approval(hass).options = options
    async_prepare_interfaces(hass)
    async_open_event_log(hass)
    async_follow_sharing(hass)
    async_watch_shared_app(hass)
    async_follow_playback_signals(hass)
    await async_serve_front_end(hass)
    return True


def _close_storage(folder: str) -> None:
    """Let only the owner read what is kept in Home Assistant's storage, also what earlier versions wrote."""
    close_files(Path(folder).glob(f"{DOMAIN}.*"))


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up an entry by its kind; each holds the store open while it is loaded."""
    memory = hass.data[DATA_HISTORY]
    await memory.async_acquire()
    try:
        await async_open_entry(hass, entry)
    except BaseException:
        await memory.async_release()
        raise
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Unload an entry; the last one to go closes the store."""
    memory = hass.data[DATA_HISTORY]
    if not await async_unload_platforms(hass, entry):
        return False
    try:
        await async_close_entry(hass, entry)
    finally:
        await memory.async_release()
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Bring an entry of an earlier version to this one; return False for one of a newer Encore.

    Before minor version 2, every account was shared with the household. Before 3, the lapsed Premium of the app's owner
    was kept as if it were the listener's. Before 4, the listening history was called History, as Home Assistant's own is.
    """
    if entry.version > 1:
        return False
    if entry.minor_version < 2:
        options = dict(entry.options)
        if entry.data[CONF_KIND] == KIND_SPOTIFY:
            options.setdefault(CONF_PRIVACY, Sharing.HOUSEHOLD.value)
        hass.config_entries.async_update_entry(entry, options=options, minor_version=2)
    if entry.minor_version < 3:
        kept = {
            key: value for key, value in entry.data.items() if key != CONF_NOT_PREMIUM
        }
        hass.config_entries.async_update_entry(entry, data=kept, minor_version=3)
    if entry.minor_version < 4:
        title = entry.title
        if entry.data[CONF_KIND] == KIND_HISTORY and title == "History":
            title = await async_history_title(hass)
        hass.config_entries.async_update_entry(entry, title=title, minor_version=4)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget what was kept for an entry that is removed; ask whether the history of an account stays."""
    await async_forget_entry(hass, entry)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: ConfigEntry, device: DeviceEntry
) -> bool:
    """Let a speaker be removed that is gone from its household; everything else comes back by itself."""
    if entry.data[CONF_KIND] != KIND_SONOS:
        return False
    household = entry.runtime_data
    return not any(
        domain == DOMAIN and (name == household.id or household.has(name))
        for domain, name in device.identifiers
    )
