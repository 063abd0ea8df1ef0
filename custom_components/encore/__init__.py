"""Encore gives a house a musical memory: set-up and unload of its kinds of entry."""

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, discovery_flow
from homeassistant.helpers.typing import ConfigType

from .assist import async_register_sentences
from .const import CONF_KIND, DOMAIN, KIND_HISTORY
from .departed import async_ask_what_stays, async_is_back
from .housekeeping import async_get_housekeeping
from .jobs import DATA_JOBS, Jobs
from .listeners import async_read_zone
from .memory import DATA_MEMORY, HouseMemory
from .services import async_register_actions
from .spotify.account import SpotifyConfigEntry, async_open_account
from .spotify.collector import async_forget_account
from .spotify.session import async_forget_login
from .watched_folder import async_forget_folder, async_watch_folder

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

SPOTIFY_PLATFORMS = [Platform.MEDIA_PLAYER]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Prepare what all entries share: the memory, its jobs and the actions."""
    hass.data[DATA_MEMORY] = HouseMemory(hass)
    hass.data[DATA_JOBS] = Jobs(hass)
    async_register_actions(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up an entry by its kind; each holds the store open while it is loaded."""
    memory = hass.data[DATA_MEMORY]
    await memory.async_acquire()
    try:
        if entry.data[CONF_KIND] == KIND_HISTORY:
            await _async_setup_history(hass, entry)
        else:
            await _async_setup_spotify(hass, entry)
    except BaseException:
        await memory.async_release()
        raise
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Unload an entry; the last one to go closes the store."""
    memory = hass.data[DATA_MEMORY]
    if entry.data[CONF_KIND] == KIND_HISTORY:
        await memory.async_release()
        return True
    if not await hass.config_entries.async_unload_platforms(entry, SPOTIFY_PLATFORMS):
        return False
    try:
        await entry.runtime_data.async_close()
    finally:
        await memory.async_release()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget the login of an account that is removed, and where it was; ask whether its history stays."""
    if entry.data[CONF_KIND] != KIND_HISTORY:
        await async_forget_login(hass, entry)
        await async_forget_account(hass, entry)
        await async_forget_folder(hass, entry)
        await async_ask_what_stays(hass, entry)


async def _async_setup_history(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Open the doors that belong to no account."""
    entry.async_on_unload(await async_register_sentences(hass))
    entry.async_on_unload(async_get_housekeeping(hass).async_start(entry))


async def _async_setup_spotify(hass: HomeAssistant, entry: SpotifyConfigEntry) -> None:
    """Connect an account, and see to it that the house has a History entry."""
    if not _has_history(hass):
        discovery_flow.async_create_flow(
            hass, DOMAIN, context={"source": SOURCE_SYSTEM}, data={}
        )
    async_is_back(hass, entry)
    await async_read_zone(hass, entry)
    entry.runtime_data = await async_open_account(hass, entry)
    try:
        await hass.config_entries.async_forward_entry_setups(entry, SPOTIFY_PLATFORMS)
    except BaseException:
        await entry.runtime_data.async_close()
        raise
    async_watch_folder(hass, entry)


def _has_history(hass: HomeAssistant) -> bool:
    """Whether the History entry was made, disabled or not."""
    return any(
        entry.data[CONF_KIND] == KIND_HISTORY
        for entry in hass.config_entries.async_entries(DOMAIN)
    )
