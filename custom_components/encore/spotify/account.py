"""One linked Spotify account while its entry is loaded."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import entity_registry as er

from ..const import (
    CONF_ACCOUNT_ID,
    CONF_DISPLAY_NAME,
    CONF_PERSON,
    DOMAIN,
    KIND_SPOTIFY,
    spotify_api_url,
)
from ..history.errors import HistoryError
from ..history.model import Listener
from .collector import Collector
from .coordinator import PlayerCoordinator
from .gateway import SpotifyGateway
from .rooms import async_room_of_device
from .session import SealedSession, async_open_session

type SpotifyConfigEntry = ConfigEntry[SpotifyAccount]


@dataclass(frozen=True, slots=True)
class SpotifyAccount:
    """What the platforms and doors need of an account."""

    listener: Listener
    gateway: SpotifyGateway
    coordinator: PlayerCoordinator
    collector: Collector

    async def async_close(self) -> None:
        """Stop collecting and close the connections, whichever of it fails; nothing that was seen is lost."""
        async with AsyncExitStack() as closing:
            closing.push_async_callback(self.gateway.async_close)
            closing.push_async_callback(self.coordinator.async_shutdown)
            await self.collector.async_stop()


async def async_open_account(
    hass: HomeAssistant, entry: SpotifyConfigEntry
) -> SpotifyAccount:
    """Connect an account, look at its player once, and begin to collect.

    Raises ConfigEntryNotReady, ConfigEntryAuthFailed or ConfigEntryError.
    """
    gateway = _gateway(hass, await async_open_session(hass, entry))
    async with AsyncExitStack() as undoing:
        undoing.push_async_callback(gateway.async_close)
        coordinator = PlayerCoordinator(hass, entry, gateway)
        await coordinator.async_config_entry_first_refresh()
        listener = async_listener(hass, entry)
        collector = Collector(
            hass, listener, coordinator, partial(async_room_of_device, hass)
        )
        try:
            await collector.async_start()
        except HistoryError as err:
            raise ConfigEntryNotReady(
                translation_domain=DOMAIN, translation_key="store_unavailable"
            ) from err
        undoing.pop_all()
    return SpotifyAccount(listener, gateway, coordinator, collector)


@callback
def async_listener(hass: HomeAssistant, entry: ConfigEntry) -> Listener:
    """Return who listens on an account, by the name of the person chosen for it."""
    return Listener(
        f"{KIND_SPOTIFY}:{entry.data[CONF_ACCOUNT_ID]}",
        _name_of(hass, entry.options.get(CONF_PERSON)) or entry.data[CONF_DISPLAY_NAME],
    )


def _name_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return a person's name; at start the registry knows it before there is a state."""
    if person is None:
        return None
    if registered := er.async_get(hass).async_get(person):
        return registered.name or registered.original_name
    state = hass.states.get(person)
    return state.name if state else None


def _gateway(hass: HomeAssistant, session: SealedSession) -> SpotifyGateway:
    async def renewed(refused: str) -> str:
        return await session.async_access_token(refused=refused)

    return SpotifyGateway(
        hass, session.async_access_token, api_url=spotify_api_url(), renew=renewed
    )
