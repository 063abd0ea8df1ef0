"""What a person can attach to a bug report: no token, no account, no name."""

from pathlib import Path
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_UNIQUE_ID
from homeassistant.core import HomeAssistant

from .const import (
    CONF_ACCOUNT_ID,
    CONF_DB_URL,
    CONF_DISPLAY_NAME,
    CONF_KIND,
    CONF_PERSON,
    KIND_SPOTIFY,
)
from .history.errors import HistoryError
from .history.recall import Recall
from .issues import async_issues_of
from .memory import DATA_MEMORY, STORE_FILE
from .spotify.budget import async_get_budget
from .spotify.token import AUTHORIZED_AT, EXPIRES_AT, EXPIRES_IN, ROTATION

# An entity id of a person is mostly their name, and the name of an app's credentials can be anything.
TO_REDACT: Final = {
    "auth_implementation",
    CONF_ACCOUNT_ID,
    CONF_DB_URL,
    CONF_DISPLAY_NAME,
    CONF_PERSON,
    CONF_UNIQUE_ID,
    "title",
    "token",
}
TOKEN_FIELDS: Final = (AUTHORIZED_AT, EXPIRES_AT, EXPIRES_IN, ROTATION, "scope")


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    """Return what is known about an entry, by its kind."""
    about = (
        _async_about_account
        if entry.data[CONF_KIND] == KIND_SPOTIFY
        else _async_about_history
    )
    return {
        "entry": async_redact_data(entry.as_dict(), TO_REDACT),
        "state": entry.state.value,
        **await about(hass, entry),
    }


async def _async_about_account(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    budget = await async_get_budget(hass)
    token = entry.data["token"]
    return {
        "token": {name: token.get(name) for name in TOKEN_FIELDS},
        "issues": async_issues_of(hass, entry),
        "spotify_wants_a_pause_until": budget.until,
        "player": _about_player(entry),
    }


def _about_player(entry: ConfigEntry) -> dict[str, Any] | None:
    if entry.state is not ConfigEntryState.LOADED:
        return None
    coordinator = entry.runtime_data.coordinator
    failure = coordinator.last_exception
    return {
        "answers": coordinator.last_update_success,
        "interval": str(coordinator.update_interval),
        "last_failure": type(failure).__name__ if failure else None,
    }


async def _async_about_history(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    memory = hass.data[DATA_MEMORY]
    if not memory.is_open:
        return {"history": None}
    store = Path(hass.config.path(STORE_FILE))
    try:
        counted = await memory.async_ask(_count)
    except HistoryError as err:
        counted = {"failure": type(err).__name__}
    size = await hass.async_add_executor_job(lambda: store.stat().st_size)
    return {"history": {**counted, "bytes": size}}


def _count(recall: Recall) -> dict[str, Any]:
    return {
        "listeners": len(recall.listeners()),
        "rooms": len(recall.rooms()),
        "devices": len(recall.devices()),
        "recorded_from": recall.recorded_from(),
    }
