"""Encore gives a house a musical memory: set-up and unload of its kinds of entry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv, discovery_flow
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

from .const import (
    CONF_KIND,
    CONF_PRIVACY,
    DOMAIN,
    KIND_HISTORY,
    KIND_SONOS,
    KIND_SPOTIFY,
)
from .departed import async_ask_what_stays, async_forget_library, async_is_back
from .doors import async_open_doors, async_prepare_doors
from .housekeeping import async_get_housekeeping
from .jobs import DATA_JOBS, Jobs
from .kept_by_name import async_forget_kept
from .listeners import async_read_zone
from .memory import DATA_MEMORY, HouseMemory
from .privacy import (
    Privacy,
    async_departed,
    async_no_longer_departed,
    async_remove_shown,
    is_shown,
)
from .rooms.unwatched import async_note_unwatched, async_note_watched
from .rooms.watching import (
    async_forget_rooms,
    async_stop_watching,
    async_watch_players,
    async_watch_speakers,
)
from .sonos.const import CONF_HOUSEHOLD_ID
from .sonos.entry import async_open_household
from .sonos.household import SonosConfigEntry
from .sonos.issues import async_forget_sonos_issues
from .spotify.account import SpotifyConfigEntry, async_open_account
from .spotify.collector import async_forget_account
from .spotify.enrichment import async_get_enrichment
from .spotify.listener import listener_key
from .spotify.session import async_forget_login
from .watched_folder import async_forget_folder, async_watch_folder

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS: dict[str, list[Platform]] = {
    KIND_HISTORY: [Platform.SWITCH],
    KIND_SPOTIFY: [Platform.MEDIA_PLAYER, Platform.SENSOR, Platform.SWITCH],
    KIND_SONOS: [
        Platform.BINARY_SENSOR,
        Platform.MEDIA_PLAYER,
        Platform.NUMBER,
        Platform.SENSOR,
        Platform.SWITCH,
    ],
}
"""What each kind of entry has entities of."""

_LOADED: HassKey[dict[str, list[Platform]]] = HassKey(f"{DOMAIN}_loaded")
"""What entries have entities of now, by their ids."""


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Prepare what all entries share: the memory, its jobs and the actions."""
    hass.data[DATA_MEMORY] = HouseMemory(hass)
    hass.data[DATA_JOBS] = Jobs(hass)
    hass.data[_LOADED] = {}
    async_prepare_doors(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up an entry by its kind; each holds the store open while it is loaded."""
    memory = hass.data[DATA_MEMORY]
    await memory.async_acquire()
    try:
        await _SETUPS[entry.data[CONF_KIND]](hass, entry)
    except BaseException:
        await memory.async_release()
        raise
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Unload an entry; the last one to go closes the store."""
    memory = hass.data[DATA_MEMORY]
    if not await _async_unload_platforms(hass, entry):
        return False
    try:
        await _async_close(hass, entry)
    finally:
        await memory.async_release()
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Keep an account as open to the household as it was before that could be chosen."""
    if entry.version > 1:
        return False
    if entry.minor_version < 2:
        options = dict(entry.options)
        if entry.data[CONF_KIND] == KIND_SPOTIFY:
            options.setdefault(CONF_PRIVACY, Privacy.HOUSEHOLD.value)
        hass.config_entries.async_update_entry(entry, options=options, minor_version=2)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget the login of an account that is removed, and what was kept of it; ask whether its history stays."""
    await async_forget_rooms(hass, entry)
    if entry.data[CONF_KIND] == KIND_SONOS:
        async_forget_sonos_issues(hass, entry)
        await async_forget_kept(hass, entry.data[CONF_HOUSEHOLD_ID])
    elif entry.data[CONF_KIND] == KIND_SPOTIFY:
        await async_forget_login(hass, entry)
        await async_forget_account(hass, entry)
        await async_forget_folder(hass, entry)
        await async_forget_library(hass, entry)
        async_departed(hass, entry)
        await async_ask_what_stays(hass, entry)


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


async def _async_setup_history(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Open the doors, and begin the work that belongs to no account."""
    entry.async_on_unload(await async_open_doors(hass))
    entry.async_on_unload(async_get_housekeeping(hass).async_start(entry))
    async_get_enrichment(hass).async_start(entry)
    async with _async_platforms(hass, entry):
        await async_watch_players(hass, entry)


async def _async_setup_spotify(hass: HomeAssistant, entry: SpotifyConfigEntry) -> None:
    """Connect an account."""
    _ensure_history(hass)
    async_is_back(hass, entry)
    async_no_longer_departed(hass, listener_key(entry))
    await async_read_zone(hass, entry)
    entry.runtime_data = await async_open_account(hass, entry)
    async with _async_platforms(hass, entry):
        async_watch_folder(hass, entry)


async def _async_setup_sonos(hass: HomeAssistant, entry: SonosConfigEntry) -> None:
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
        await _async_load_platforms(hass, entry)
        try:
            yield
        except BaseException:
            await _async_unload_platforms(hass, entry)
            raise
    except BaseException:
        await _async_close(hass, entry)
        raise


async def _async_load_platforms(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Set up what an entry has entities of; an account that is not shared with the household has none, any more."""
    kind = entry.data[CONF_KIND]
    if kind == KIND_SPOTIFY and not is_shown(entry):
        async_remove_shown(hass, entry)
        return
    # What is chosen by the time it is unloaded may be another.
    hass.data[_LOADED][entry.entry_id] = PLATFORMS[kind]
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS[kind])


async def _async_unload_platforms(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Remove an entry's entities, and return whether that was possible."""
    loaded = hass.data[_LOADED].get(entry.entry_id, [])
    if not await hass.config_entries.async_unload_platforms(entry, loaded):
        return False
    hass.data[_LOADED].pop(entry.entry_id, None)
    return True


async def _async_close(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """End what an entry does besides its entities."""
    try:
        await async_stop_watching(hass, entry)
    finally:
        if entry.data[CONF_KIND] == KIND_HISTORY:
            await async_get_enrichment(hass).async_stop()
        else:
            await entry.runtime_data.async_close()


_SETUPS = {
    KIND_HISTORY: _async_setup_history,
    KIND_SPOTIFY: _async_setup_spotify,
    KIND_SONOS: _async_setup_sonos,
}


def _ensure_history(hass: HomeAssistant) -> None:
    """See to it that the house has a History entry, disabled or not."""
    if not any(
        entry.data[CONF_KIND] == KIND_HISTORY
        for entry in hass.config_entries.async_entries(DOMAIN)
    ):
        discovery_flow.async_create_flow(
            hass, DOMAIN, context={"source": SOURCE_SYSTEM}, data={}
        )
