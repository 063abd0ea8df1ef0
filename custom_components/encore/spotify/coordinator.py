"""Watches one account's player, no more often than something can have changed."""

from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, final, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..const import ACCESS_CONTROL, CONF_ACCESS, DOMAIN, LOGGER
from ..issues import (
    async_account_answers,
    async_report_not_allowlisted,
    async_report_not_premium,
)
from .errors import (
    AccessRefused,
    GatewayClosed,
    NoActiveDevice,
    NotAllowlisted,
    NotPremium,
    RateLimited,
    SpotifyError,
    TokenRejected,
)
from .gateway import SpotifyGateway
from .playback import ConnectDevice, Playback

if TYPE_CHECKING:
    from datetime import datetime

    from homeassistant.core import CALLBACK_TYPE

    from .account import SpotifyConfigEntry

PLAYING_LOOK: Final = timedelta(seconds=30)
IDLE_LOOK: Final = timedelta(minutes=5)
OUTAGE_LOOK: Final = timedelta(minutes=1)
DEVICES_LOOK_MS: Final = 15 * 60_000

# The coordinator's timer counts from the last whole second, so a second is added to
# the one that a new track needs to show.
AFTER_END: Final = timedelta(seconds=2)
AFTER_PAUSE: Final = timedelta(seconds=1)

AFTER_COMMAND_S: Final = (1, 5)
"""Spotify shows what a command did a moment later, and on some devices not at once."""

SHORT_WAIT_MS: Final = 60_000


@final
class PlayerCoordinator(DataUpdateCoordinator[Playback]):
    """The player as it was last seen, its devices, and the commands to it."""

    config_entry: SpotifyConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: SpotifyConfigEntry, gateway: SpotifyGateway
    ) -> None:
        """Prepare to watch; the first look is `async_config_entry_first_refresh`."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"Spotify of {entry.title}",
            update_interval=IDLE_LOOK,
        )
        self.gateway = gateway
        self.devices: tuple[ConnectDevice, ...] = ()
        self.controllable = entry.data[CONF_ACCESS] == ACCESS_CONTROL
        self._devices_seen_at = 0
        self._last_device_id: str | None = None
        self._silent_since = 0
        self._answered = False
        self._soon: list[CALLBACK_TYPE] = []

    @override
    async def _async_update_data(self) -> Playback:
        """Look at the player, and decide when to look again."""
        try:
            playback = await self.gateway.async_playback()
            await self._async_see_devices(playback)
        except GatewayClosed:
            # Unloaded in mid-look: nobody is left to be told.
            return self.data
        except RateLimited as err:
            return self._last_while_waiting(err)
        except TokenRejected as err:
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN, translation_key=err.translation_key
            ) from err
        except NotAllowlisted as err:
            async_report_not_allowlisted(self.hass, self.config_entry)
            raise self._failed(err, IDLE_LOOK) from err
        except AccessRefused as err:
            raise self._failed(err, IDLE_LOOK) from err
        except SpotifyError as err:
            raise self._failed(err, OUTAGE_LOOK) from err
        self._note_answer(playback)
        self.update_interval = self._next_look(playback)
        return playback

    @override
    async def async_shutdown(self) -> None:
        """Stop watching."""
        self._cancel_soon()
        await super().async_shutdown()

    async def async_command(self, command: Coroutine[Any, Any, None]) -> None:
        """Carry out a command to the player, and look soon at what it did.

        Raises SpotifyError; what it means for the account is dealt with here.
        """
        try:
            await command
        except NotPremium:
            self.controllable = False
            async_report_not_premium(self.hass, self.config_entry)
            self.async_update_listeners()
            raise
        except TokenRejected:
            self.config_entry.async_start_reauth(self.hass)
            raise
        self.async_look_soon()

    async def async_play(
        self, *, uris: list[str] | None = None, context_uri: str | None = None
    ) -> None:
        """Play items or a context, or resume; on some device when none is active.

        The device that was seen last may have gone to rest since, which only Spotify knows.
        """
        if self.data.device is not None:
            with suppress(NoActiveDevice):
                await self.gateway.async_play(uris=uris, context_uri=context_uri)
                return
        device_id = await self._async_device_to_play_on()
        await self.gateway.async_play(
            device_id=device_id, uris=uris, context_uri=context_uri
        )

    @callback
    def async_look_soon(self) -> None:
        """Look again a moment after a command; commands in a row share the looks."""
        self._cancel_soon()
        self._soon = [
            async_call_later(self.hass, delay, self._look) for delay in AFTER_COMMAND_S
        ]

    async def async_find_devices(self) -> None:
        """Ask Spotify which devices there are now."""
        self.devices = await self.gateway.async_devices()
        self._devices_seen_at = _now()

    async def _async_device_to_play_on(self) -> str:
        """Return the id of a device that takes commands; the last one used comes first.

        Raises NoActiveDevice when there is none.
        """
        await self.async_find_devices()
        ids = [
            device.id for device in self.devices if device.id and not device.restricted
        ]
        if not ids:
            raise NoActiveDevice
        return self._last_device_id if self._last_device_id in ids else ids[0]

    async def _async_see_devices(self, playback: Playback) -> None:
        """Ask for the devices seldom, or when another one plays that is not known."""
        if not self.controllable:
            return
        before = self.data.device.name if self.data and self.data.device else None
        now = playback.device.name if playback.device else None
        is_new = now not in {None, before, *(device.name for device in self.devices)}
        if not is_new and _now() - self._devices_seen_at < DEVICES_LOOK_MS:
            return
        try:
            await self.async_find_devices()
        except SpotifyError as err:
            # The player was seen; the devices that were known will do.
            LOGGER.debug("The devices of %s could not be read: %s", self.name, err)

    def _next_look(self, playback: Playback) -> timedelta:
        """Return how long nothing new is to be expected; soon after a pause, a resume is."""
        last: Playback | None = self.data
        if not playback.playing:
            if last is not None and last.playing:
                self._silent_since = playback.seen_at
            silence = timedelta(milliseconds=playback.seen_at - self._silent_since)
            return min(max(silence, PLAYING_LOOK), IDLE_LOOK)
        stuck = (
            last is not None
            and last.item == playback.item
            and (last.progress_ms == playback.progress_ms or last.overdue)
        )
        if playback.ends_at is None or stuck:
            return PLAYING_LOOK
        left = timedelta(milliseconds=max(playback.ends_at - _now(), 0))
        return min(left + AFTER_END, PLAYING_LOOK)

    def _last_while_waiting(self, err: RateLimited) -> Playback:
        """Return the last look for as long as it can be true, though nobody may look again."""
        now = _now()
        last: Playback | None = self.data
        wait = timedelta(milliseconds=max(err.until - now, 0)) + AFTER_PAUSE
        if last is None:
            raise self._failed(err, wait) from err
        if err.until - now <= SHORT_WAIT_MS:
            self.update_interval = wait
        elif last.ends_at is not None and last.ends_at > now:
            left = timedelta(milliseconds=last.ends_at - now)
            self.update_interval = min(wait, left + AFTER_END)
        else:
            raise self._failed(err, wait) from err
        return last

    def _failed(self, err: SpotifyError, look_again: timedelta) -> UpdateFailed:
        self.update_interval = look_again
        return UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        )

    def _note_answer(self, playback: Playback) -> None:
        """Remember what later commands need, and take back what was reported of the account."""
        if playback.device is not None and playback.device.id is not None:
            self._last_device_id = playback.device.id
        if not self._answered or not self.last_update_success:
            async_account_answers(self.hass, self.config_entry)
            self._answered = True

    @callback
    def _look(self, _now: datetime) -> None:
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} - look after a command"
        )

    @callback
    def _cancel_soon(self) -> None:
        for cancel in self._soon:
            cancel()
        self._soon = []


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
