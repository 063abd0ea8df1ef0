"""Constants that several modules use."""

from functools import cache
from ipaddress import ip_address
import logging
import os
from typing import Final

from yarl import URL

DOMAIN: Final = "encore"
LOGGER: Final = logging.getLogger(__package__)

CONF_KIND: Final = "kind"
CONF_DB_URL: Final = "db_url"
CONF_STORE_MADE: Final = "store_made"
CONF_ACCESS: Final = "access"
CONF_NOT_PREMIUM: Final = "not_premium"
CONF_ACCOUNT_ID: Final = "account_id"
CONF_DISPLAY_NAME: Final = "display_name"
CONF_PERSON: Final = "person"
CONF_BACKFILL: Final = "backfill"
CONF_RECORD: Final = "record"
CONF_CALLS_A_MINUTE: Final = "calls_per_minute"
CONF_CALLS_A_DAY: Final = "calls_per_day"
CONF_PRIVATE: Final = "record_private"
CONF_PRIVACY: Final = "privacy"
CONF_SHARED_WITH: Final = "shared_with"
CONF_SATELLITES: Final = "satellites"
CONF_BIRTHDAY: Final = "birthday"
CONF_TIME_ZONE: Final = "time_zone"
CONF_FOLDER: Final = "import_folder"
CONF_DAILY_CALLS: Final = "daily_calls"
CONF_RESPONSIVENESS: Final = "responsiveness"
CONF_GROUPS: Final = "listener_groups"
CONF_PLAYERS: Final = "players"
CONF_REPLAY_VOLUME: Final = "replay_volume"
CONF_RECORD_ROOMS: Final = "record_rooms"
CONF_PLAY_ON: Final = "play_on"
CONF_PLAY_ON_DEVICE: Final = "play_on_device"

KIND_HISTORY: Final = "history"
KIND_SONOS: Final = "sonos"
KIND_SPOTIFY: Final = "spotify"

ACCESS_HISTORY: Final = "history"
ACCESS_CONTROL: Final = "control"

ENV_ACCOUNTS_URL: Final = "ENCORE_SPOTIFY_ACCOUNTS_URL"
ENV_API_URL: Final = "ENCORE_SPOTIFY_API_URL"
ENV_KEY: Final = "ENCORE_KEY"

SPOTIFY_ACCOUNTS_URL: Final = "https://accounts.spotify.com"
SPOTIFY_API_URL: Final = "https://api.spotify.com/v1/"


def spotify_accounts_url() -> str:
    """Return the base address of Spotify's accounts service, without a trailing slash."""
    return _overridden(ENV_ACCOUNTS_URL, SPOTIFY_ACCOUNTS_URL).rstrip("/")


def spotify_api_url() -> str:
    """Return the base address of Spotify's Web API, with a trailing slash."""
    return _overridden(ENV_API_URL, SPOTIFY_API_URL).rstrip("/") + "/"


def _overridden(variable: str, default: str) -> str:
    """Return the address in the environment if it stays on this machine, else the default.

    Tokens are sent there, so an address that leaves the machine is refused.
    """
    override = os.environ.get(variable)
    return override if override and _stays_here(variable, override) else default


@cache
def _stays_here(variable: str, override: str) -> bool:
    """Whether an address names this machine; one that does not is logged once."""
    try:
        loopback = ip_address(URL(override).host or "").is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        LOGGER.error(
            "%s is ignored: it may only name a loopback address such as http://127.0.0.1:9090",
            variable,
        )
    return loopback
