"""Supported features of an account's media player."""

from typing import Final

from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature as Feature,
)

from ..spotify.api.playback import Playback

_NONE: Final = Feature(0)
_ANYWHERE: Final = (
    Feature.SELECT_SOURCE
    | Feature.PLAY_MEDIA
    | Feature.MEDIA_ENQUEUE
    | Feature.BROWSE_MEDIA
    | Feature.SEARCH_MEDIA
)
_ON_A_DEVICE: Final = (
    Feature.PLAY
    | Feature.PAUSE
    | Feature.NEXT_TRACK
    | Feature.PREVIOUS_TRACK
    | Feature.SEEK
    | Feature.SHUFFLE_SET
    | Feature.REPEAT_SET
)
_VOLUME: Final = Feature.VOLUME_SET | Feature.VOLUME_STEP

_DISALLOWED: Final = {
    "seeking": Feature.SEEK,
    "skipping_next": Feature.NEXT_TRACK,
    "skipping_prev": Feature.PREVIOUS_TRACK,
    "toggling_shuffle": Feature.SHUFFLE_SET,
    "transferring_playback": Feature.SELECT_SOURCE,
    "interrupting_playback": Feature.PLAY_MEDIA | Feature.MEDIA_ENQUEUE,
}
"""What is not offered while Spotify disallows it."""
_REPEATS: Final = frozenset({"toggling_repeat_context", "toggling_repeat_track"})


def features(playback: Playback | None, *, controllable: bool) -> Feature:
    """Return what can be offered of a player as it was seen; nothing of an account that cannot be controlled.

    Of one that nobody may look at now, everything: who tries is told until when.
    """
    if not controllable:
        return _NONE
    if playback is None:
        return _ANYWHERE | _ON_A_DEVICE | _VOLUME
    if (device := playback.device) is None:
        return _ANYWHERE | Feature.PLAY
    if device.restricted:
        return Feature.SELECT_SOURCE
    offered = (_ANYWHERE | _ON_A_DEVICE) & ~_disallowed(playback)
    return offered | _VOLUME if device.supports_volume else offered


def _disallowed(playback: Playback) -> Feature:
    """Return what Spotify would refuse in the present state of the player.

    While it plays, it also disallows to resume, and while it is paused to pause: that is no news.
    """
    disallowed = _NONE
    for action in playback.disallowed:
        disallowed |= _DISALLOWED.get(action, _NONE)
    if playback.disallowed >= _REPEATS:
        disallowed |= Feature.REPEAT_SET
    if playback.playing and "pausing" in playback.disallowed:
        disallowed |= Feature.PAUSE
    if not playback.playing and "resuming" in playback.disallowed:
        disallowed |= Feature.PLAY
    return disallowed
