"""Diagnostics without tokens, accounts and names.

Whoever reads it may be anybody, so it has of listeners what the household sees: counts are without the listeners who
don't share with it, and of their accounts it has nothing that shows when they listen.
"""

from dataclasses import asdict
from functools import partial
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_UNIQUE_ID
from homeassistant.core import HomeAssistant

from .access.policy import AccessLevel, exceptions_option
from .access.visibility import CONF_REMOVED_ACCOUNTS, hidden_listeners, is_visible
from .const import (
    CONF_ACCOUNT_ID,
    CONF_BIRTHDAY,
    CONF_DB_URL,
    CONF_DISPLAY_NAME,
    CONF_FOLDER,
    CONF_GROUPS,
    CONF_KIND,
    CONF_PERSON,
    CONF_PLAY_ON_DEVICE,
    CONF_PLAYERS,
    CONF_SATELLITES,
    CONF_SHARED_WITH,
    KIND_HISTORY,
    KIND_SONOS,
    KIND_SPOTIFY,
)
from .history.database.size import in_whole_megabytes
from .history.errors import HistoryError
from .history.queries.history_queries import HistoryQueries
from .history.queries.operational_queries import OperationalQueries
from .runtime.store.history_service import DATA_HISTORY
from .sonos.const import CONF_HOSTS, CONF_HOUSEHOLD_ID, CONF_LISTENER_ADDRESS
from .sonos.household import Household
from .sonos.speaker import Link
from .spotify.auth.token import AUTHORIZED_AT, EXPIRES_AT, EXPIRES_IN, ROTATION
from .spotify.budget import async_get_budget
from .spotify.identity import CONF_IDS
from .spotify.issues import async_issues_of

# The name of an entity, a device or a folder may be a person's, and the name of an app's credentials can be anything.
TO_REDACT: Final = {
    "auth_implementation",
    CONF_ACCOUNT_ID,
    CONF_BIRTHDAY,
    CONF_DB_URL,
    CONF_REMOVED_ACCOUNTS,
    CONF_DISPLAY_NAME,
    CONF_FOLDER,
    CONF_GROUPS,
    CONF_HOSTS,
    CONF_HOUSEHOLD_ID,
    CONF_IDS,
    CONF_LISTENER_ADDRESS,
    CONF_PERSON,
    CONF_PLAY_ON_DEVICE,
    CONF_PLAYERS,
    CONF_SATELLITES,
    CONF_SHARED_WITH,
    CONF_UNIQUE_ID,
    *(exceptions_option(access_level) for access_level in AccessLevel),
    "title",
    "token",
}
TOKEN_FIELDS: Final = (AUTHORIZED_AT, EXPIRES_AT, EXPIRES_IN, ROTATION, "scope")
TOKEN_FIELDS_OF_PRIVATE: Final = (AUTHORIZED_AT, EXPIRES_IN, "scope")
"""Without what shows when an account was last called, and how often."""

CHANGED_AT: Final = "modified_at"
"""Of an entry: it changes with each refreshed token."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    """Return what is known about an entry, by its kind."""
    about = {
        KIND_HISTORY: _async_about_history,
        KIND_SONOS: _async_about_household,
        KIND_SPOTIFY: _async_about_account,
    }[entry.data[CONF_KIND]]
    private = entry.data[CONF_KIND] == KIND_SPOTIFY and not is_visible(entry)
    to_redact = TO_REDACT | {CHANGED_AT} if private else TO_REDACT
    return {
        "entry": async_redact_data(entry.as_dict(), to_redact),
        "state": entry.state.value,
        **await about(hass, entry),
    }


async def _async_about_account(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    budget = await async_get_budget(hass)
    token = entry.data["token"]
    fields = TOKEN_FIELDS if is_visible(entry) else TOKEN_FIELDS_OF_PRIVATE
    return {
        "token": {name: token.get(name) for name in fields},
        "issues": async_issues_of(hass, entry),
        "spotify_wants_a_pause_until": budget.deadline.until,
        "spotify_wants_more_than_a_day": budget.deadline.capped,
        "player": _about_player(entry),
    }


def _about_player(entry: ConfigEntry) -> dict[str, Any] | None:
    if entry.state is not ConfigEntryState.LOADED:
        return None
    coordinator, pacing = (
        entry.runtime_data.coordinator,
        entry.runtime_data.responsiveness,
    )
    failure = coordinator.failure
    works = {
        "answers": failure is None,
        "last_failure": type(failure).__name__ if failure else None,
    }
    if not is_visible(entry):
        # Who listens is looked at more often, and uses more calls.
        return {"responsiveness": {"chosen": pacing.chosen}, **works}
    return {
        "responsiveness": {
            "chosen": pacing.chosen,
            "effective": pacing.effective,
            "calls_short": pacing.short,
            "usual_hours_learned": pacing.usual.learned,
        },
        "interval": str(coordinator.update_interval),
        **works,
    }


async def _async_about_household(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    """Tell how each speaker is heard, and no name, address or title of what plays."""
    if entry.state is not ConfigEntryState.LOADED:
        return {"speakers": None}
    household: Household = entry.runtime_data
    return {
        "listens_on_port": household.listens_on[1],
        "favourites": len(household.favourites.known),
        "groups": sorted(len(group) for group in household.topology.groups),
        "speakers": [
            _about_speaker(household, uid, link) for uid, link in household.links()
        ],
    }


def _about_speaker(household: Household, uid: str, link: Link) -> dict[str, Any]:
    zone, info = household.zones[uid], household.info(uid)
    sounding = zone.sounding
    return {
        "model": info.model if info else None,
        "software": info.software_version if info else None,
        "link": link.value,
        "leads": zone.is_coordinator,
        "hidden": len(zone.hidden),
        "transport": zone.playback.transport.value,
        "kind": sounding.kind.value if sounding else None,
        "source": sounding.source.value if sounding else None,
        "has_spotify_uri": bool(sounding and sounding.spotify_uri),
        "has_position": zone.playback.position is not None,
    }


async def _async_about_history(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, Any]:
    memory = hass.data[DATA_HISTORY]
    if not memory.is_open:
        return {"history": None}
    try:
        hidden = hidden_listeners(hass, None)
        counted = await memory.async_ask(_count, hidden=hidden)
        counted |= await memory.async_look_up(partial(_sizes, hidden))
    except HistoryError as err:
        counted = {"failure": type(err).__name__}
    return {"history": counted}


def _count(queries: HistoryQueries) -> dict[str, Any]:
    return {
        "listeners": len(queries.listeners()),
        "rooms": len(queries.rooms()),
        "devices": len(queries.devices()),
        "recorded_from": queries.recorded_from(),
    }


def _sizes(hidden: frozenset[str], queries: OperationalQueries) -> dict[str, Any]:
    return {
        "looked_up": asdict(queries.lookups(hidden=hidden)),
        "bytes": in_whole_megabytes(queries.store_bytes()),
    }
