"""What a name stands for among what was heard, saved, and found at Spotify."""

import pytest

from custom_components.encore.spotify.api.items import SpotifyThing
from custom_components.encore.spotify.library.search_ranking import (
    Candidate,
    Closeness,
    FoundIn,
    in_order,
    most_likely,
)


def played(kind: str, name: str, by: str = "") -> Candidate:
    """Return something of the history."""
    return Candidate(kind, name, by, None, FoundIn.HISTORY)


def thing(kind: str, name: str, by: str = "") -> SpotifyThing:
    """Return something that Spotify found."""
    return SpotifyThing(kind, f"spotify:{kind}:{name}", name, by)


@pytest.mark.parametrize(
    ("text", "name", "by", "closeness"),
    [
        ("björk", "Bjork", "", Closeness.NAME),
        ("AC/DC", "AC DC", "", Closeness.NAME),
        ("dont stop", "Don’t Stop", "Fleetwood Mac", Closeness.NAME),
        ("river", "River Deep", "", Closeness.WORDS),
        ("river aurora", "The River", "AURORA", Closeness.WORDS),
        ("river by aurora", "The River", "AURORA", Closeness.NEARLY),
        ("MC Harrow", "Harrow/Lindgren Duo", "", Closeness.NEARLY),
        ("the rivers", "The River", "Aurora", Closeness.OTHERWISE),
        ("halo", "Hello", "Adele", Closeness.OTHERWISE),
        ("it", "Let It Be", "The Beatles", Closeness.WORDS),
        ("if", "Let It Be", "The Beatles", Closeness.OTHERWISE),
        ("so if", "Let It Be", "The Beatles", Closeness.OTHERWISE),
    ],
)
def test_a_name_fits_by_its_words(
    text: str, name: str, by: str, closeness: Closeness
) -> None:
    """Whatever their case and accents; the very name fits best, a slip least."""
    assert played("track", name, by).closeness(text) == closeness


@pytest.mark.parametrize(
    ("name", "by", "same"),
    [
        ("greatest hits", "Queen", True),
        ("Greatest Hits", "QUEEN, David Bowie", True),
        ("Greatest Hits", "", True),
        ("Greatest Hits", "ABBA", False),
        ("Greatest Hits II", "Queen", False),
    ],
)
def test_namesakes_of_another_maker_are_another_thing(
    name: str, by: str, same: bool
) -> None:
    """Where both makers are known."""
    assert played("album", "Greatest Hits", "Queen").is_same(thing("album", name, by)) is same  # fmt: skip
    assert not played("track", "Greatest Hits", "Queen").is_same(thing("album", name))


def test_the_very_name_comes_first_and_the_history_before_the_library() -> None:
    """What fits alike stays in the order in which it was given."""
    queen_of = played("track", "Queen of Peace", "Florence")
    queen = played("artist", "Queen")
    saved = Candidate(
        "playlist", "Queen", "Alva", "spotify:playlist:1", FoundIn.LIBRARY
    )
    assert in_order("queen", [queen_of, queen, saved]) == [queen, saved, queen_of]


def test_what_spotify_finds_first_of_a_kind_and_is_called_so_is_meant() -> None:
    """Who asks for Queen means the artist, though a track comes before."""
    found = [
        thing("track", "Bohemian Rhapsody", "Queen"),
        thing("track", "Queen", "Perfume Genius"),
        thing("artist", "Queen"),
        thing("album", "Queen", "Queen"),
    ]
    assert most_likely("queen", found) == found[2]


def test_of_names_that_fit_less_the_first_track_is_meant() -> None:
    """Else whatever there is; nothing for nothing."""
    album, track = thing("album", "Rivers", "A"), thing("track", "River Deep", "B")
    assert most_likely("river", [album, track]) == track
    assert most_likely("river", [album]) == album
    assert most_likely("river", []) is None
