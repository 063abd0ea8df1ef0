"""Matches a Spotify profile to a linked account, though its id may change.

`/me` has an `id`, and since May 2026 an immutable `account_id`, which may be there or not. What was known when the account
was linked (CONF_ACCOUNT_ID) stays its name in history, entities and devices; both ids are stored beside it as they become known.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady

from ..const import CONF_ACCOUNT_ID, CONF_KIND, DOMAIN, KIND_SPOTIFY, LOGGER
from ..history.errors import HistoryError
from ..runtime.store.history_service import DATA_HISTORY
from .api.playback import Profile
from .call_purpose import Priority
from .errors import SpotifyError

if TYPE_CHECKING:
    from .api.player_calls import SpotifyGateway

CONF_IDS: Final = "spotify_ids"
"""In the data of an account's entry: the ids of its person by Spotify's names for them, as far as they were ever reported."""

ACCOUNT_ID: Final = "account_id"
USER_ID: Final = "id"


@callback
def is_of(entry: ConfigEntry, profile: Profile) -> bool:
    """Whether a profile is that of an entry's person."""
    known: Mapping[str, str] = entry.data.get(CONF_IDS, {})
    if ACCOUNT_ID in known and profile.account_id is not None:
        return known[ACCOUNT_ID] == profile.account_id
    if USER_ID in known and profile.user_id is not None:
        return known[USER_ID] == profile.user_id
    # Linked by a version that stored one id, and not its kind.
    return entry.data[CONF_ACCOUNT_ID] in {profile.account_id, profile.user_id}


@callback
def entry_of(entries: Iterable[ConfigEntry], profile: Profile) -> ConfigEntry | None:
    """Return the account among some entries that belongs to a person; None where none does."""
    accounts = (each for each in entries if each.data[CONF_KIND] == KIND_SPOTIFY)
    return next((each for each in accounts if is_of(each, profile)), None)


def unique_id_of(key: str) -> str:
    """Return the unique id of the entry of an account that is known by an id; the key of its listener looks the same."""
    return f"{KIND_SPOTIFY}:{key}"


def ids_of(profile: Profile, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the ids of a person as a profile has them; what it leaves out is as it was `known`."""
    ids = {ACCOUNT_ID: profile.account_id, USER_ID: profile.user_id}
    return {
        **(known or {}),
        **{name: value for name, value in ids.items() if value is not None},
    }


async def async_key_of(hass: HomeAssistant, profile: Profile) -> str:
    """Return by which of a person's ids a new account is to be known: one that the history has already, else the immutable one."""
    known_listeners: frozenset[str] = frozenset()
    if (memory := hass.data.get(DATA_HISTORY)) is not None:
        with suppress(HistoryError, ConfigEntryError, ConfigEntryNotReady):
            async with memory.async_held():
                known_listeners = await memory.async_look_up(
                    lambda queries: queries.listener_keys()
                )
    known = (key for key in profile.keys if unique_id_of(key) in known_listeners)
    return next(known, profile.keys[0])


@callback
def async_save_ids(hass: HomeAssistant, entry: ConfigEntry, profile: Profile) -> None:
    """Store the ids in a profile of an account's own person; the immutable id becomes the entry's, where it is free."""
    ids = ids_of(profile, entry.data.get(CONF_IDS))
    unique_id = unique_id_of(ids.get(ACCOUNT_ID, entry.data[CONF_ACCOUNT_ID]))
    taken = hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, unique_id)
    hass.config_entries.async_update_entry(
        entry,
        data={**entry.data, CONF_IDS: ids},
        unique_id=unique_id if taken in {None, entry} else entry.unique_id,
    )


async def async_learn_ids(
    hass: HomeAssistant, entry: ConfigEntry, gateway: SpotifyGateway
) -> None:
    """Fetch once the ids of an account's person that are not known yet; what fails is tried at the next start."""
    if {ACCOUNT_ID, USER_ID} <= entry.data.get(CONF_IDS, {}).keys():
        return
    try:
        profile = await gateway.async_profile(Priority.ENRICHMENT)
    except SpotifyError as err:
        LOGGER.debug("The ids of %s could not be read: %s", entry.title, err)
        return
    async_save_ids(hass, entry, profile)
