"""The media player of a Sonos room."""

import hashlib
from typing import Final, final, override

from homeassistant.components.media_player.const import (
    DOMAIN as MEDIA_PLAYER_DOMAIN,
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature as Feature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util, slugify

from ..const import CONF_KIND, DOMAIN, KIND_SONOS
from ..sonos.errors import NotASonosRoom, OtherHousehold
from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Kind, NowPlaying, Playback, Repeat, Source, Transport, Zone
from ..sonos.playback.controls import Controls
from .room_media import RoomMediaEntity
from .room_sources import BY_ITSELF, async_select, source_names, source_of

_NONE: Final = Feature(0)

_ALWAYS: Final = (
    Feature.GROUPING
    | Feature.PLAY
    | Feature.PAUSE
    | Feature.STOP
    | Feature.PLAY_MEDIA
    | Feature.MEDIA_ENQUEUE
    | Feature.MEDIA_ANNOUNCE
    | Feature.BROWSE_MEDIA
    | Feature.SEARCH_MEDIA
    | Feature.CLEAR_PLAYLIST
)
"""What cannot be paused, such as the TV, is stopped."""

_VOLUME: Final = Feature.VOLUME_MUTE | Feature.VOLUME_SET | Feature.VOLUME_STEP

_IN_A_LIST: Final = (
    Feature.NEXT_TRACK
    | Feature.PREVIOUS_TRACK
    | Feature.SEEK
    | Feature.SHUFFLE_SET
    | Feature.REPEAT_SET
)

_BY_ACTION: Final = {
    "Next": Feature.NEXT_TRACK,
    "Previous": Feature.PREVIOUS_TRACK,
    "X_DLNA_SeekTime": Feature.SEEK,
}
"""What the transport says that it allows (`CurrentTransportActions`)."""


_STATES: Final = {
    Transport.PLAYING: MediaPlayerState.PLAYING,
    Transport.TRANSITIONING: MediaPlayerState.BUFFERING,
    Transport.PAUSED: MediaPlayerState.PAUSED,
    Transport.STOPPED: MediaPlayerState.IDLE,
}

_SILENCE: Final = NowPlaying(Kind.OTHER, Source.SERVICE, uri="")
_STEP_PERCENT: Final = 2


@callback
def async_add_room_players(
    entry: SonosConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a player for each room there is, and for each that comes."""
    household = entry.runtime_data

    def add(zone: Zone) -> None:
        async_add_entities([RoomPlayer(household, zone.uid)])

    entry.async_on_unload(household.async_follow_zones(add))


@final
class RoomPlayer(RoomMediaEntity):
    """One room. What plays is its group's, volume its own."""

    _attr_name = None
    _attr_translation_key = "room"
    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_volume_step = _STEP_PERCENT / 100

    def __init__(self, household: Household, uid: str) -> None:
        """Name the player after its room."""
        super().__init__(household, uid)
        self._attr_unique_id = uid
        # Else it were `kitchen_kitchen`: the device has the name of its area.
        self.entity_id = f"{MEDIA_PLAYER_DOMAIN}.{slugify(self.zone.name)}"
        self._controls = Controls(household, uid)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the room, and wait for no other: a speaker's own commands come in order already."""
        await super().async_added_to_hass()
        self.parallel_updates = None

    @override
    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        """Another room's line-in is a source here too, for as long as that room is there."""
        came_or_went = before is None or before.available != after.available
        return super()._is_news(before, after) or came_or_went

    @override
    def _read(self) -> None:
        """Take over what the group plays and how the room sounds. Home Assistant counts positions and volumes in its own units."""
        playback, sounding = self.zone.playback, self.zone.sounding
        self._attr_source = source_of(self.household, self.zone)
        self._attr_source_list = source_names(self.household, self.zone)
        self._attr_supported_features = features(
            self.zone, has_sources=bool(self._attr_source_list)
        )
        # With nothing loaded it is idle, though Sonos calls it paused.
        self._attr_state = (
            _STATES[playback.transport] if sounding else MediaPlayerState.IDLE
        )
        self._attr_media_content_type = _content_type(sounding)
        self._attr_media_playlist = _playlist(playback)
        position = playback.position
        self._attr_media_position = position.ms // 1000 if position else None
        self._attr_media_position_updated_at = (
            dt_util.utc_from_timestamp(position.at / 1000) if position else None
        )
        volume = self.zone.sound.volume
        self._attr_volume_level = None if volume is None else volume / 100
        self._attr_is_volume_muted = self.zone.sound.muted
        self._attr_shuffle = playback.shuffle
        self._attr_repeat = RepeatMode(playback.repeat.value)
        # Its place in the queue, the first is 1; nothing while the queue is not what plays.
        queue = {
            "queue_position": playback.queue_position,
            "queue_size": playback.queue_length or None,
        }
        self._attr_extra_state_attributes = {
            name: value for name, value in queue.items() if value is not None
        }
        self._read_sounding(sounding or _SILENCE)

    def _read_sounding(self, sounding: NowPlaying) -> None:
        # The Spotify URI where there is one, so that it is the same thing everywhere.
        self._attr_media_content_id = sounding.spotify_uri or sounding.uri or None
        # Of a station that does not report its songs, the station.
        self._attr_media_title = (
            sounding.title or sounding.station or BY_ITSELF.get(sounding.source)
        )
        self._attr_media_artist = sounding.artist
        self._attr_media_album_name = sounding.album
        # Written as Home Assistant's own Sonos does.
        station = filter(None, (sounding.station, sounding.show))
        self._attr_media_channel = " • ".join(station) or None
        self._attr_media_image_url = art = sounding.art
        # Browsers cannot fetch those that speakers serve: they go through Home Assistant.
        self._attr_media_image_remotely_accessible = (art or "").startswith("https://")
        # A station has one address for the covers of all its songs.
        shown = hashlib.sha256(f"{art} {sounding.title}".encode()).hexdigest()
        self._attr_media_image_hash = shown[:16] if art else None
        duration_ms = sounding.duration_ms
        self._attr_media_duration = None if duration_ms is None else duration_ms // 1000

    @property
    @override
    def group_members(self) -> list[str]:
        """The players of the group, its coordinator first."""
        registry = er.async_get(self.hass)
        found = (
            registry.async_get_entity_id(MEDIA_PLAYER_DOMAIN, DOMAIN, uid)
            for uid in self.zone.members
        )
        return [entity_id for entity_id in found if entity_id is not None]

    @override
    async def async_media_play(self) -> None:
        """Play."""
        await self._async_command(self._controls.async_play())

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_command(self._controls.async_pause())

    @override
    async def async_media_stop(self) -> None:
        """Stop."""
        await self._async_command(self._controls.async_stop())

    @override
    async def async_media_next_track(self) -> None:
        """Skip to the next."""
        await self._async_command(self._controls.async_next())

    @override
    async def async_media_previous_track(self) -> None:
        """Go back."""
        await self._async_command(self._controls.async_previous())

    @override
    async def async_media_seek(self, position: float) -> None:
        """Go to a position in seconds."""
        await self._async_command(self._controls.async_seek(round(position * 1000)))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume of the room, 0 to 1."""
        await self._async_command(self._controls.async_set_volume(round(volume * 100)))

    @override
    async def async_volume_up(self) -> None:
        """Turn it up a little: from what it is, however often a knob says so before the room has told."""
        await self._async_command(self._controls.async_turn_volume(_STEP_PERCENT))

    @override
    async def async_volume_down(self) -> None:
        """Turn it down a little."""
        await self._async_command(self._controls.async_turn_volume(-_STEP_PERCENT))

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Silence the room, or not."""
        await self._async_command(self._controls.async_set_muted(mute))

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_command(self._controls.async_set_mode(shuffle=shuffle))

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Choose what is played again at its end."""
        wanted = Repeat(repeat.value)
        await self._async_command(self._controls.async_set_mode(repeat=wanted))

    @override
    async def async_select_source(self, source: str) -> None:
        """Play an input, a favourite or a playlist."""
        await self._async_command(
            async_select(self.household, self.zone, self._controls, source)
        )

    @override
    async def async_join_players(self, group_members: list[str]) -> None:
        """Let other rooms join this one, which leads the group from then on. Raises SonosError."""
        others = [_uid_of(self.hass, self.household, name) for name in group_members]
        await self._async_command(self.household.grouping.async_join(self.uid, others))

    @override
    async def async_unjoin_player(self) -> None:
        """Let this room play alone."""
        await self._async_command(self.household.grouping.async_unjoin([self.uid]))


def _content_type(sounding: NowPlaying | None) -> MediaType | None:
    """Return whether music is loaded, or speech; None for nothing, and for inputs."""
    if sounding is None or sounding.kind in {Kind.TV, Kind.LINE_IN}:
        return None
    return MediaType.PODCAST if sounding.kind is Kind.EPISODE else MediaType.MUSIC


def _playlist(playback: Playback) -> str | None:
    """Return the playlist or album that is played from."""
    container, sounding = playback.container, playback.sounding
    is_radio = sounding is not None and sounding.kind is Kind.RADIO
    return container.title if container and not is_radio else None


def _uid_of(hass: HomeAssistant, household: Household, entity_id: str) -> str:
    """Return the uid of a player's speaker. Raises NotASonosRoom and OtherHousehold."""
    registered = er.async_get(hass).async_get(entity_id)
    entry = (
        hass.config_entries.async_get_entry(registered.config_entry_id)
        if registered and registered.config_entry_id
        else None
    )
    if (
        registered is None
        or entry is None
        or entry.domain != DOMAIN
        or entry.data[CONF_KIND] != KIND_SONOS
    ):
        raise NotASonosRoom(entity=entity_id)
    if entry is not household.entry:
        raise OtherHousehold(entity=entity_id)
    return registered.unique_id


def features(zone: Zone, *, has_sources: bool) -> Feature:
    """Return what can be offered of a room as it is now; a volume that is fixed (a line-out) cannot be set here."""
    offered = _ALWAYS | _of_what_sounds(zone.playback)
    if not zone.sound.volume_fixed:
        offered |= _VOLUME
    return offered | Feature.SELECT_SOURCE if has_sources else offered


def _of_what_sounds(playback: Playback) -> Feature:
    """Return what depends on what is loaded: nothing of it for inputs, all of it for a queue or a Connect session."""
    sounding = playback.sounding
    if sounding is None or playback.queue_position is not None:
        return _IN_A_LIST
    if sounding.kind in {Kind.TV, Kind.LINE_IN}:
        return _NONE
    if sounding.source is Source.SPOTIFY_CONNECT:
        return _IN_A_LIST
    offered = _NONE
    for action, feature in _BY_ACTION.items():
        if action in playback.actions:
            offered |= feature
    return offered & ~Feature.SEEK if sounding.kind is Kind.RADIO else offered
