"""The position of a track: what events report, and what a poll adds."""

from dataclasses import replace
from typing import Final

from .model import Kind, NowPlaying, Playback, Position, Transport

_AS_EXPECTED_MS: Final = 1_500
"""Sonos counts whole seconds; a position this near the expected one is the same."""
_WITHOUT_END: Final = frozenset({Kind.RADIO, Kind.TV, Kind.LINE_IN})


def has_position(playback: Playback) -> bool:
    """Whether there is a position at all: in something that ends, and is not stopped."""
    return (
        playback.sounding is not None
        and playback.sounding.kind not in _WITHOUT_END
        and playback.transport is not Transport.STOPPED
    )


def carried_over(before: Playback | None, now: Playback, at: int) -> Playback:
    """Return what plays now (at `at`, UTC ms) with the position that follows from what played before.

    How far another track is nobody knows: it began now, or was taken over in its middle from the coordinator before.
    """
    if not has_position(now) or before is None:
        return replace(now, position=None)
    if not same_track(before.sounding, now.sounding):
        return replace(now, position=None)
    if (ms := expected_ms(before, at)) is None or before.transport is now.transport:
        return replace(now, position=before.position)
    return replace(now, position=Position(ms, at))


def with_position(playback: Playback, ms: int | None, at: int) -> Playback:
    """Return what plays with the position that a speaker reported at `at`; a few seconds in Connect may lie behind the end."""
    playback = replace(playback, position_polled=False)
    if ms is None or not has_position(playback):
        return replace(playback, position=None)
    duration_ms = playback.sounding.duration_ms if playback.sounding else None
    if duration_ms:
        ms = min(ms, duration_ms)
    expected = expected_ms(playback, at)
    if expected is not None and abs(expected - ms) <= _AS_EXPECTED_MS:
        return playback
    return replace(playback, position=Position(ms, at))


def expected_ms(playback: Playback, at: int) -> int | None:
    """Return where a track is at a moment by the clock alone; None where that is unknown."""
    if playback.position is None:
        return None
    ms = playback.position.ms
    if playback.transport is Transport.PLAYING:
        ms += max(0, at - playback.position.at)
    duration_ms = playback.sounding.duration_ms if playback.sounding else None
    return min(ms, duration_ms) if duration_ms else ms


def same_track(one: NowPlaying | None, other: NowPlaying | None) -> bool:
    """Whether two reports are of the same track; in a Connect session only the Spotify URI decides."""
    if one is None or other is None:
        return one is other
    return (one.uri, one.spotify_uri, one.title) == (
        other.uri,
        other.spotify_uri,
        other.title,
    )
