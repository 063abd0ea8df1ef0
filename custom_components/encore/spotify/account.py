"""One linked Spotify account while its entry is loaded."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady

from ..const import spotify_api_url
from ..errors import translated
from ..history.errors import HistoryError
from ..history.model import Listener
from ..runtime.supervision import attend
from .account_jobs import AccountJobs
from .api.device_approval import async_get_device_approval
from .api.player_calls import SpotifyGateway
from .auth.oauth_session import async_open_session
from .auth.permissions import Permission
from .budget import async_get_budget
from .budget.allowance import Allowance
from .device_rooms import async_room_of_device
from .identity import async_learn_ids
from .library.library_refresh import Library
from .tracking.collector import Collector
from .tracking.effective_responsiveness import EffectiveResponsiveness
from .tracking.open_pages import async_listen_opened
from .tracking.player_coordinator import PlayerCoordinator

type SpotifyConfigEntry = ConfigEntry[SpotifyAccount]


@dataclass(frozen=True, slots=True)
class SpotifyAccount:
    """What the platforms and interfaces need of an account."""

    listener: Listener
    gateway: SpotifyGateway
    coordinator: PlayerCoordinator
    collector: Collector
    library: Library
    allowance: Allowance
    responsiveness: EffectiveResponsiveness

    @callback
    def async_wake(self) -> None:
        """Look at the player soon, because something else, such as a speaker, reports that Spotify plays."""
        self.coordinator.async_wake()

    async def async_close(self) -> None:
        """Stop collecting and close the connections, whichever of it fails; nothing that was seen is lost."""
        async with AsyncExitStack() as closing:
            closing.push_async_callback(self.allowance.async_close)
            closing.push_async_callback(self.gateway.async_close)
            closing.push_async_callback(self.coordinator.async_shutdown)
            closing.callback(self.library.stop)
            await self.collector.async_stop()


async def async_open_account(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry,
    listener: Listener,
    jobs: AccountJobs,
    zone: tzinfo | None = None,
) -> SpotifyAccount:
    """Connect an account, look at its player once, and begin to collect; `zone` is the listener's, None for the home's.

    Raises ConfigEntryNotReady, ConfigEntryAuthFailed or ConfigEntryError.
    """
    session = await async_open_session(hass, entry)
    budget = await async_get_budget(hass)
    await budget.usage.async_load()
    allowance = Allowance(hass, entry, listener, budget.usage)
    pacing = EffectiveResponsiveness(hass, entry, budget, allowance, zone)
    allowance.remind()
    await async_get_device_approval(hass).async_load()
    gateway = SpotifyGateway(
        hass,
        session.async_access_token,
        api_url=spotify_api_url(),
        renew=lambda refused: session.async_access_token(refused=refused),
        permission=Permission(hass, entry),
        allowance=allowance,
        approval=async_get_device_approval(hass),
    )
    async with AsyncExitStack() as undoing:
        undoing.push_async_callback(allowance.async_close)
        undoing.push_async_callback(gateway.async_close)
        coordinator = PlayerCoordinator(hass, entry, listener, gateway, pacing.pace)
        await coordinator.async_begin()
        collector = Collector(
            hass, listener, coordinator, partial(async_room_of_device, hass), jobs
        )
        library = Library(hass, entry, listener, gateway, collector, jobs=jobs)
        try:
            await collector.async_start()
            await library.async_start()
        except HistoryError as err:
            raise translated(ConfigEntryNotReady, "store_unavailable") from err
        undoing.pop_all()
    what = f"ids of {entry.title}"
    work = partial(async_learn_ids, hass, entry, gateway)
    attend(hass, what, work, entry)
    entry.async_on_unload(pacing.begin())
    entry.async_on_unload(
        async_listen_opened(hass, listener.key, coordinator.async_viewed)
    )
    return SpotifyAccount(
        listener, gateway, coordinator, collector, library, allowance, pacing
    )
