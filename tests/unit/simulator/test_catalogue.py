"""The invented catalogue: big enough, shaped like Spotify's, the same for the same seed."""

import re

import pytest

from simulator.spotify.errors import UnknownThing
from simulator.spotify.invention import invent_catalogue
from simulator.spotify.music import (
    Album,
    Audiobook,
    Chapter,
    Episode,
    Kind,
    Show,
    Track,
)

CATALOGUE = invent_catalogue(7)


def test_same_seed_invents_the_same() -> None:
    """Two inventions of one seed agree; another seed gives other ids."""
    again = invent_catalogue.__wrapped__(7)
    assert again.tracks == CATALOGUE.tracks
    assert again.popular_by_artist == CATALOGUE.popular_by_artist
    assert invent_catalogue(8).tracks.keys().isdisjoint(CATALOGUE.tracks)


def test_catalogue_is_as_large_as_a_taste_needs() -> None:
    """A few thousand tracks of some four hundred artists, with shows and books."""
    assert 4_000 <= len(CATALOGUE.tracks) <= 9_000
    assert 400 <= len(CATALOGUE.artists) <= 500
    assert len(CATALOGUE.shows) >= 20
    assert len(CATALOGUE.audiobooks) >= 10


def test_ids_and_codes_look_like_spotifys() -> None:
    """Ids are 22 characters of base62, ISRCs and UPCs have their form."""
    for track in CATALOGUE.tracks.values():
        assert re.fullmatch(r"[0-9A-Za-z]{22}", track.id)
        assert re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}\d{7}", track.isrc)
        assert track.duration_ms > 30_000
    assert all(
        re.fullmatch(r"\d{13}", album.upc) for album in CATALOGUE.albums.values()
    )
    assert all(
        re.fullmatch(r"\d{4}(-\d\d-\d\d)?", album.release_date)
        for album in CATALOGUE.albums.values()
    )


def test_some_recordings_are_released_twice() -> None:
    """About a tenth of the URIs share their ISRC with another release."""
    twice = [
        tracks
        for tracks in CATALOGUE.releases_by_isrc.values()
        if len({track.album.id for track in tracks}) > 1
    ]
    share = sum(map(len, twice)) / len(CATALOGUE.tracks)
    assert 0.05 < share < 0.25
    first, second = twice[0][:2]
    assert first.name == second.name
    assert first.uri != second.uri


def test_albums_tracks_and_artists_belong_together() -> None:
    """Every track is on its album at its number, by the album's artist."""
    for album in CATALOGUE.albums.values():
        for number, track in enumerate(CATALOGUE.tracks_of(album), start=1):
            assert track.album is album
            assert track.track_number == number
            assert track.artists[0] is album.artists[0]


def test_uris_lead_to_their_things() -> None:
    """A book's URI looks like a show's, a chapter's like an episode's, and each finds its own."""
    for shelf, kind in (
        (CATALOGUE.tracks, Track),
        (CATALOGUE.albums, Album),
        (CATALOGUE.shows, Show),
        (CATALOGUE.episodes, Episode),
        (CATALOGUE.audiobooks, Audiobook),
        (CATALOGUE.chapters, Chapter),
    ):
        thing = next(iter(shelf.values()))
        assert isinstance(thing, kind)
        assert CATALOGUE.thing(thing.uri) is thing
    for uri in ("spotify:track:nothing", "spotify:", "", "track", "spotify:planet:22"):
        with pytest.raises(UnknownThing):
            CATALOGUE.thing(uri)
    with pytest.raises(UnknownThing):
        CATALOGUE.playable(next(iter(CATALOGUE.albums.values())).uri)


def test_search_forgives_case_and_diacritics() -> None:
    """`sodermalm` would find Södermalm: letters without marks find those with them."""
    track = next(
        track for track in CATALOGUE.tracks.values() if "Årstider" in track.artist_names
    )
    found = CATALOGUE.search(f"arstider {track.name}", [Kind.TRACK])[Kind.TRACK]
    assert track in found


def test_search_puts_the_exact_name_first() -> None:
    """Who types a whole name gets it at the top."""
    artist = next(iter(CATALOGUE.artists.values()))
    assert (
        CATALOGUE.search(artist.name.upper(), [Kind.ARTIST])[Kind.ARTIST][0] == artist
    )


def test_search_filters_by_field() -> None:
    """`artist:` and `isrc:` narrow it; a filter that a kind does not have finds nothing of it."""
    track = next(iter(CATALOGUE.tracks.values()))
    by_code = CATALOGUE.search(f"isrc:{track.isrc}", [Kind.TRACK, Kind.SHOW])
    assert set(by_code[Kind.TRACK]) == set(CATALOGUE.releases_of(track.isrc))
    assert by_code[Kind.SHOW] == []
    by_artist = CATALOGUE.search(f'artist:"{track.artist_names[0]}"', [Kind.ALBUM])[
        Kind.ALBUM
    ]
    assert track.album in by_artist


def test_search_for_nothing_finds_nothing() -> None:
    """Blank and unmatched queries give empty lists."""
    assert CATALOGUE.search("  ", [Kind.TRACK]) == {Kind.TRACK: []}
    assert CATALOGUE.search("zzzzqqq", [Kind.TRACK]) == {Kind.TRACK: []}
