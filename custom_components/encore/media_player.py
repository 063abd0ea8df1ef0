"""The player of a Spotify account, wherever it plays."""

from collections.abc import Coroutine
from datetime import datetime
from typing import Any, Final, final, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import (
    MediaPlayerEnqueue,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import CONF_ACCOUNT_ID, DOMAIN
from .entity import SpotifyAccountEntity
from .history.model import Item, Kind
from .spotify.account import SpotifyConfigEntry
from .spotify.coordinator import PlayerCoordinator
from .spotify.gateway import SpotifyGateway
from .spotify.link import Link, read_link
from .spotify.playback import ConnectDevice, Playback

# A person's commands are carried out in the order they were given.
PARALLEL_UPDATES = 1

_ANYWHERE: Final = (
    MediaPlayerEntityFeature.SELECT_SOURCE
    | MediaPlayerEntityFeature.PLAY_MEDIA
    | MediaPlayerEntityFeature.MEDIA_ENQUEUE
)
_ON_A_DEVICE: Final = (
    MediaPlayerEntityFeature.PLAY
    | MediaPlayerEntityFeature.PAUSE
    | MediaPlayerEntityFeature.NEXT_TRACK
    | MediaPlayerEntityFeature.PREVIOUS_TRACK
    | MediaPlayerEntityFeature.SEEK
    | MediaPlayerEntityFeature.SHUFFLE_SET
    | MediaPlayerEntityFeature.REPEAT_SET
)
_VOLUME: Final = (
    MediaPlayerEntityFeature.VOLUME_SET | MediaPlayerEntityFeature.VOLUME_STEP
)

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
    entry: SpotifyConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the player of the account."""
    async_add_entities([SpotifyPlayer(entry.runtime_data.coordinator)])


@final
class SpotifyPlayer(SpotifyAccountEntity, MediaPlayerEntity):
    """One account's player. Its sources are the Spotify Connect devices."""

    _attr_name = None
    _attr_translation_key = "player"

    def __init__(self, coordinator: PlayerCoordinator) -> None:
        """Name the player after its account."""
        super().__init__(coordinator)
        self._attr_unique_id = coordinator.config_entry.data[CONF_ACCOUNT_ID]
        self._counted_from = coordinator.data

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show a new look; a position that is as expected needs not be told again."""
        if not _counts_on(self._counted_from, self._playback):
            self._counted_from = self._playback
        super()._handle_coordinator_update()

    @property
    def _playback(self) -> Playback:
        return self.coordinator.data

    @property
    def _item(self) -> Item | None:
        return self._playback.item

    @property
    def _device(self) -> ConnectDevice | None:
        return self._playback.device

    @property
    @override
    def supported_features(self) -> MediaPlayerEntityFeature:
        """Offer what the account's access and the device that plays allow."""
        if not self.coordinator.controllable:
            return MediaPlayerEntityFeature(0)
        if (device := self._device) is None:
            return _ANYWHERE | MediaPlayerEntityFeature.PLAY
        if device.restricted:
            return MediaPlayerEntityFeature.SELECT_SOURCE
        features = _ANYWHERE | _ON_A_DEVICE
        return features | _VOLUME if device.supports_volume else features

    @property
    @override
    def state(self) -> MediaPlayerState:
        """Whether something plays."""
        if self._playback.idle:
            return MediaPlayerState.IDLE
        if self._playback.playing:
            return MediaPlayerState.PLAYING
        return MediaPlayerState.PAUSED

    @property
    @override
    def media_content_id(self) -> str | None:
        """URI of what is on."""
        return self._item.uri if self._item else None

    @property
    @override
    def media_content_type(self) -> MediaType | None:
        """Whether music is on, or speech."""
        match self._item.kind if self._item else None:
            case None:
                return None
            case Kind.TRACK:
                return MediaType.MUSIC
        return MediaType.PODCAST

    @property
    @override
    def media_title(self) -> str | None:
        """Title of what is on."""
        return self._item.title or None if self._item else None

    @property
    @override
    def media_artist(self) -> str | None:
        """Its artists, or the show."""
        return ", ".join(self._item.artists) or None if self._item else None

    @property
    @override
    def media_album_name(self) -> str | None:
        """Its album, or the show."""
        return self._item.album or None if self._item else None

    @property
    @override
    def media_image_url(self) -> str | None:
        """Its cover."""
        return self._item.image_url if self._item else None

    @property
    @override
    def media_duration(self) -> int | None:
        """Its length in seconds."""
        if self._item is None or self._item.duration_ms is None:
            return None
        return round(self._item.duration_ms / 1000)

    @property
    @override
    def media_position(self) -> int | None:
        """Where it was at `media_position_updated_at`, in seconds."""
        if self._item is None or self._counted_from.progress_ms is None:
            return None
        return round(self._counted_from.progress_ms / 1000)

    @property
    @override
    def media_position_updated_at(self) -> datetime | None:
        """When the player was seen, by our own clock: Spotify's `timestamp` is another one."""
        if self.media_position is None:
            return None
        return dt_util.utc_from_timestamp(self._counted_from.seen_at / 1000)

    @property
    @override
    def volume_level(self) -> float | None:
        """Volume of the device."""
        if self._device is None or self._device.volume_percent is None:
            return None
        return self._device.volume_percent / 100

    @property
    @override
    def shuffle(self) -> bool | None:
        """Whether the order is random."""
        return self._playback.shuffle

    @property
    @override
    def repeat(self) -> RepeatMode | None:
        """What is played again at its end."""
        return _REPEAT.get(self._playback.repeat or "")

    @property
    @override
    def source(self) -> str | None:
        """The device that plays."""
        return self._device.name if self._device else None

    @property
    @override
    def source_list(self) -> list[str]:
        """The devices that can be chosen, in an order that stays."""
        return sorted({device.name for device in self._selectable})

    @property
    def _selectable(self) -> list[ConnectDevice]:
        return [
            device
            for device in self.coordinator.devices
            if device.id is not None and not device.restricted
        ]

    @override
    async def async_media_play(self) -> None:
        """Resume, on some device if none is active."""
        await self._async_command(self.coordinator.async_play())

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_command(self._gateway.async_pause())

    @override
    async def async_media_next_track(self) -> None:
        """Skip to the next."""
        await self._async_command(self._gateway.async_next())

    @override
    async def async_media_previous_track(self) -> None:
        """Go back."""
        await self._async_command(self._gateway.async_previous())

    @override
    async def async_media_seek(self, position: float) -> None:
        """Go to a position in seconds."""
        await self._async_command(self._gateway.async_seek(round(position * 1000)))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume of the device, 0 to 1."""
        await self._async_command(self._gateway.async_set_volume(round(volume * 100)))

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_command(self._gateway.async_set_shuffle(shuffle))

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Choose what is played again at its end."""
        word = _REPEAT_AT_SPOTIFY[repeat]
        await self._async_command(self._gateway.async_set_repeat(word))

    @override
    async def async_select_source(self, source: str) -> None:
        """Move the playback to a device, one that came lately too."""
        await self._async_command(self._async_transfer(source))

    async def _async_transfer(self, source: str) -> None:
        if (device_id := self._id_of(source)) is None:
            await self.coordinator.async_find_devices()
            device_id = self._id_of(source)
        if device_id is None:
            names = ", ".join(self.source_list) or "–"
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_source",
                translation_placeholders={"source": source, "sources": names},
            )
        await self._gateway.async_transfer(device_id)

    def _id_of(self, source: str) -> str | None:
        named = (device.id for device in self._selectable if device.name == source)
        return next(named, None)

    @override
    async def async_play_media(
        self,
        media_type: MediaType | str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None = None,
        announce: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Play or queue what a Spotify URI or share link names."""
        if (link := read_link(media_id)) is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="not_a_spotify_link",
                translation_placeholders={"media_id": media_id},
            )
        if enqueue in {MediaPlayerEnqueue.ADD, MediaPlayerEnqueue.NEXT}:
            await self._async_enqueue(link)
        elif link.is_single:
            await self._async_command(self.coordinator.async_play(uris=[link.uri]))
        else:
            await self._async_command(self.coordinator.async_play(context_uri=link.uri))

    async def _async_enqueue(self, link: Link) -> None:
        """Queue one thing; where nothing is on, it is simply played."""
        if not link.is_single:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="only_singles_are_queued"
            )
        if self._device is None:
            await self._async_command(self.coordinator.async_play(uris=[link.uri]))
        else:
            await self._async_command(self._gateway.async_add_to_queue(link.uri))

    @property
    def _gateway(self) -> SpotifyGateway:
        return self.coordinator.gateway

    async def _async_command(self, command: Coroutine[Any, Any, None]) -> None:
        await self.coordinator.async_command(command)


def _counts_on(before: Playback, now: Playback) -> bool:
    """Whether the position of a look follows from that of an earlier one by the clock alone."""
    if before.item != now.item or before.playing != now.playing:
        return False
    if before.progress_ms is None or now.progress_ms is None:
        return before.progress_ms is now.progress_ms
    passed = now.seen_at - before.seen_at if now.playing else 0
    expected = before.progress_ms + passed
    return abs(now.progress_ms - expected) <= _AS_EXPECTED_MS
