"""What players say becomes items: ids where there are any, names else."""

import pytest

from custom_components.encore.history.merge.same_song import is_local, song_keys
from custom_components.encore.history.model import Kind
from custom_components.encore.tracking.playing_items import (
    line_in,
    named,
    on_air,
    spotify_uri_in,
    station,
)

ID = "4iV5W9uYEdYUVa79Axb7Rh"


@pytest.mark.parametrize(
    "text",
    [
        f"spotify:track:{ID}",
        f"x-sonos-spotify:spotify%3atrack%3a{ID}?sid=9&flags=8232&sn=3",
        f"x-sonos-spotify:spotify:track:{ID}?sid=9",
        f"https://open.spotify.com/track/{ID}?si=abc",
        f"https://open.spotify.com/intl-de/track/{ID}",
        f"spotify://track/{ID}",
        f"spotify--Xy12://track/{ID}",
    ],
)
def test_a_track_of_spotify_is_known_in_all_its_forms(text: str) -> None:
    """As Home Assistant's Spotify, Sonos, Cast and Music Assistant write it."""
    assert spotify_uri_in(text) == f"spotify:track:{ID}"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "x-sonos-vli:RINCON_1:2,spotify:abc",
        "library://track/12",
        "spotify:track:short",
    ],
)
def test_what_names_no_track_of_spotify_is_none(text: str | None) -> None:
    """A Connect session is none either."""
    assert spotify_uri_in(text) is None


def test_a_track_with_names_alone_meets_the_real_one_by_them() -> None:
    """The library's own file, whatever its case."""
    file = named("TIDE", "Ilse Vann", "Low", 61_000)
    real = named("Tide", "Ilse Vann", "Low", 61_400, uri=f"spotify:track:{ID}")
    assert file is not None
    assert real is not None
    assert is_local(file.uri)
    assert song_keys(file) == song_keys(real)


def test_an_episode_has_its_show() -> None:
    """By its id, or because the player says so."""
    for item in (
        named("Weather", "Dial", uri="spotify:episode:512ojhOuo1ktJprKbVcKyQ"),
        named("Weather", "Dial", episode=True),
    ):
        assert item is not None
        assert (item.kind, item.artists) == (Kind.EPISODE, ("Dial",))


def test_what_has_no_title_is_nothing() -> None:
    """Unless its id is known."""
    assert named(None, "Ilse Vann") is None
    assert named(None, None, uri=f"spotify:track:{ID}") is not None


def test_a_station_plays_its_track_where_it_reports_one() -> None:
    """Else the station itself; the name is in its URI."""
    item, at = on_air("Rock & Pop", "Tide", "Ilse Vann")
    assert (item.kind, item.title, at) == (Kind.TRACK, "Tide", "radio:Rock%20%26%20Pop")
    assert on_air("Rock & Pop", "News at nine", None)[0] == station("Rock & Pop")
    assert station(None).title == "Radio"
    assert line_in(None).kind is Kind.LINE_IN
