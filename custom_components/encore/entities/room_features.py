"""Supported features of a room's media player."""

from typing import Final

from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature as Feature,
)

from ..sonos.model import Kind, Playback, Source, Zone

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
