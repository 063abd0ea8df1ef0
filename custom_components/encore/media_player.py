"""Media players of Spotify accounts and Sonos rooms."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, final, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.browse_media import (
    BrowseMedia,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import (
    ATTR_MEDIA_EXTRA,
    MediaPlayerEnqueue,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import CONF_KIND, CONF_RESPONSIVENESS, KIND_SONOS
from .entities.base_entities import SpotifyAccountEntity
from .entities.player_features import features
from .entities.room_player import async_add_room_players
from .errors import translated
from .history.model import Item, Kind
from .media.account_browser import AccountBrowser
from .media.account_playback import AccountPlayback
from .media.account_search import async_search
from .spotify.api.playback import ConnectDevice, Playback
from .spotify.api.player_calls import SpotifyGateway
from .spotify.device_choice import usable
from .spotify.errors import RestrictedDevice
from .spotify.playback_transfer import async_transfer
from .spotify.tracking.player_coordinator import PlayerCoordinator

# A person's commands are carried out in the order they were given.
PARALLEL_UPDATES = 1

_UNKNOWN: Final = Playback(seen_at=0)

_AS_EXPECTED_MS: Final = 2_000
"""A position this near the one that was expected is the same one."""

_REPEAT: Final = {
    "off": RepeatMode.OFF,
    "track": RepeatMode.ONE,
    "context": RepeatMode.ALL,
}
_REPEAT_AT_SPOTIFY: Final = {mode: word for word, mode in _REPEAT.items()}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the player of an account, or those of a household's rooms."""
    if entry.data[CONF_KIND] == KIND_SONOS:
        async_add_room_players(entry, async_add_entities)
        return
    async_add_entities([SpotifyPlayer(entry.runtime_data.coordinator)])


@final
class SpotifyPlayer(SpotifyAccountEntity, MediaPlayerEntity):
    """One account's player. Its sources are the Spotify Connect devices."""

    _attr_name = None
    _attr_translation_key = "player"

    def __init__(self, coordinator: PlayerCoordinator) -> None:
        """Name the player after its account."""
        super().__init__(coordinator)
        self._attr_unique_id = self._account_id
        self._counted_from = self._playback

        self._read()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show a new look; a position that is as expected need not be written again."""
        if not _counts_on(self._counted_from, self._playback):
            self._counted_from = self._playback
        self._read()
        super()._handle_coordinator_update()

    @callback
    def _read(self) -> None:
        """Take over what was seen of the player. Home Assistant counts positions, lengths and volumes in its own units."""
        coordinator, playback = self.coordinator, self._playback
        item, device = playback.item, playback.device
        self._attr_supported_features = features(
            None if coordinator.waits else playback,
            controllable=coordinator.controllable,
        )
        self._attr_state = _state(playback) if not coordinator.waits else None
        artists = ", ".join(item.artists) or None if item else None
        is_speech = item is not None and item.kind is not Kind.TRACK
        self._attr_media_content_id = item.uri if item else None
        self._attr_media_content_type = _content_type(item)
        self._attr_media_title = item.title or None if item else None
        self._attr_media_artist = artists
        self._attr_media_album_name = item.album or None if item else None
        # The show of an episode, or the book of a chapter.
        self._attr_media_series_title = artists if is_speech else None
        self._attr_media_image_url = item.image_url if item else None
        self._attr_media_duration = _seconds(item.duration_ms if item else None)
        # By our own clock: Spotify's `timestamp` is another one.
        counted_from = self._counted_from
        position = _seconds(counted_from.progress_ms if item else None)
        self._attr_media_position = position
        self._attr_media_position_updated_at = (
            dt_util.utc_from_timestamp(counted_from.seen_at / 1000)
            if position is not None
            else None
        )
        volume = device.volume_percent if device else None
        self._attr_volume_level = None if volume is None else volume / 100
        self._attr_shuffle = playback.shuffle
        self._attr_repeat = _REPEAT.get(playback.repeat or "")
        self._attr_source = device.name if device else None
        self._attr_source_list = self._device_names

    @property
    def _playback(self) -> Playback:
        return _UNKNOWN if self.coordinator.waits else self.coordinator.data

    @property
    @override
    def available(self) -> bool:
        """Whether it can be commanded: Home Assistant says nothing to who commands an unavailable player.

        During a pause that Spotify wants, and after a look or two that failed, a command is tried, or refused in words.
        """
        return not self.coordinator.out

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """How often it is looked at now, which is seldom while calls to Spotify run short."""
        pacing = self.coordinator.config_entry.runtime_data.responsiveness
        return {CONF_RESPONSIVENESS: pacing.effective.value}

    @property
    def _device_names(self) -> list[str]:
        """The devices that can be chosen, in an order that stays."""
        return sorted({device.name for device in self._selectable})

    @property
    def _selectable(self) -> list[ConnectDevice]:
        return usable(self.coordinator.devices)

    @override
    async def async_media_play(self) -> None:
        """Resume, on some device if none is active."""
        await self._async_command(self.coordinator.async_play)

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_command(self._gateway.async_pause)

    @override
    async def async_media_next_track(self) -> None:
        """Skip to the next."""
        await self._async_command(self._gateway.async_next)

    @override
    async def async_media_previous_track(self) -> None:
        """Go back."""
        await self._async_command(self._gateway.async_previous)

    @override
    async def async_media_seek(self, position: float) -> None:
        """Go to a position in seconds."""
        await self._async_command(self._gateway.async_seek, round(position * 1000))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume of the device, 0 to 1."""
        await self._async_command(self._gateway.async_set_volume, round(volume * 100))

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_command(self._gateway.async_set_shuffle, shuffle)

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Choose what is played again at its end."""
        word = _REPEAT_AT_SPOTIFY[repeat]
        await self._async_command(self._gateway.async_set_repeat, word)

    @override
    async def async_select_source(self, source: str) -> None:
        """Move the playback to a device, one that came lately too."""
        await self._async_command(self._async_transfer, source)

    async def _async_transfer(self, source: str) -> None:
        """Move the playback. Raises TransferIgnored when Spotify accepts that and does nothing."""
        if (device := self._called(source)) is None:
            await self.coordinator.async_find_devices()
            device = self._called(source)
        if device is None:
            if any(each.name == source for each in self.coordinator.devices):
                raise RestrictedDevice
            names = ", ".join(self._device_names) or "–"
            raise translated(
                ServiceValidationError, "unknown_source", source=source, sources=names
            )
        await async_transfer(self._gateway, device)

    def _called(self, source: str) -> ConnectDevice | None:
        return next((each for each in self._selectable if each.name == source), None)

    @override
    async def async_play_media(
        self,
        media_type: MediaType | str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None = None,
        announce: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Play or queue what a URI, a share link, a list of these or a folder of Encore's own names.

        Spotify's queue cannot be emptied: `play` and `replace` both play at once, and what was queued by hand stays
        behind it; `next` and `add` both put behind what is queued by then.
        """
        context = self._context or Context()
        account = self.coordinator.config_entry.runtime_data
        playback = AccountPlayback(self.hass, account, context)
        extra = kwargs.get(ATTR_MEDIA_EXTRA) or {}
        await self._async_command(
            playback.async_play, media_type, media_id, enqueue, extra
        )

    @override
    async def async_browse_media(
        self,
        media_content_type: MediaType | str | None = None,
        media_content_id: str | None = None,
    ) -> BrowseMedia:
        """Show lists of plays, and what the account keeps at Spotify."""
        context = await self._async_reader()
        account = self.coordinator.config_entry.runtime_data
        browser = AccountBrowser(self.hass, account, context)
        return await browser.async_browse(media_content_id)

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        """Find what was played and saved, then what Spotify has."""
        context = await self._async_reader()
        account = self.coordinator.config_entry.runtime_data
        return await async_search(self.hass, account, context, query)

    @property
    def _gateway(self) -> SpotifyGateway:
        return self.coordinator.gateway

    async def _async_command[**P](
        self,
        command: Callable[P, Coroutine[Any, Any, None]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Carry out a command, if the caller may give any. Raises Unauthorized and SpotifyError."""
        async with self._audited(does=command.__name__):
            await self.coordinator.async_command(command(*args, **kwargs))


def _state(playback: Playback) -> MediaPlayerState:
    if playback.idle:
        return MediaPlayerState.IDLE
    return MediaPlayerState.PLAYING if playback.playing else MediaPlayerState.PAUSED


def _content_type(item: Item | None) -> MediaType | None:
    if item is None:
        return None
    return MediaType.MUSIC if item.kind is Kind.TRACK else MediaType.PODCAST


def _seconds(ms: int | None) -> int | None:
    return None if ms is None else round(ms / 1000)


def _counts_on(before: Playback, now: Playback) -> bool:
    """Whether the position of a look follows from that of an earlier one by the clock alone."""
    if before.item != now.item or before.playing != now.playing:
        return False
    if before.progress_ms is None or now.progress_ms is None:
        return before.progress_ms is now.progress_ms
    passed = now.seen_at - before.seen_at if now.playing else 0
    expected = before.progress_ms + passed
    return abs(now.progress_ms - expected) <= _AS_EXPECTED_MS
