"""How far a track is: by the clock, and by what the speaker answers."""

from dataclasses import replace

from custom_components.encore.sonos.model import (
    Kind,
    NowPlaying,
    Playback,
    Position,
    Source,
    Transport,
)
from custom_components.encore.sonos.position import (
    carried_over,
    expected_ms,
    with_position,
)

SONG = NowPlaying(Kind.TRACK, Source.LIBRARY, "x-file-cifs://a", duration_ms=200_000)
OTHER = replace(SONG, uri="x-file-cifs://b")
PLAYING = Playback(Transport.PLAYING, SONG, Position(10_000, 1_000))


def test_how_far_another_track_is_is_not_known_until_it_is_reported() -> None:
    """It began now, or was taken over in its middle from whoever led the group before."""
    now = carried_over(PLAYING, Playback(Transport.PLAYING, OTHER), 5_000)
    assert now.position is None
    later = carried_over(now, Playback(Transport.PAUSED, OTHER), 9_000)
    assert later.position is None


def test_what_was_first_seen_mid_track_has_no_position_yet() -> None:
    """It did not begin when it was seen."""
    assert carried_over(None, Playback(Transport.PLAYING, SONG), 5_000).position is None


def test_a_pause_stays_where_the_track_was() -> None:
    """By the clock."""
    now = carried_over(PLAYING, Playback(Transport.PAUSED, SONG), 4_000)
    assert now.position == Position(13_000, 4_000)


def test_a_report_of_the_same_moves_nothing() -> None:
    """So that repeated events are no news."""
    now = carried_over(PLAYING, Playback(Transport.PLAYING, SONG), 9_000)
    assert now == PLAYING


def test_whole_seconds_are_no_jump() -> None:
    """Sonos counts no finer."""
    assert with_position(PLAYING, 13_000, 5_000) == PLAYING
    assert with_position(PLAYING, 70_000, 5_000).position == Position(70_000, 5_000)


def test_a_position_behind_the_end_is_the_end() -> None:
    """As Connect sessions tell it at times."""
    assert with_position(PLAYING, 203_000, 5_000).position == Position(200_000, 5_000)
    assert expected_ms(PLAYING, 1_000_000) == 200_000


def test_what_has_no_end_has_no_position() -> None:
    """Radio, TV, line-in; and what is stopped."""
    radio = Playback(
        Transport.PLAYING, NowPlaying(Kind.RADIO, Source.RADIO, "x-sonosapi-stream:1")
    )
    assert with_position(radio, 5_000, 1_000).position is None
    stopped = replace(PLAYING, transport=Transport.STOPPED)
    assert with_position(stopped, 5_000, 1_000).position is None
