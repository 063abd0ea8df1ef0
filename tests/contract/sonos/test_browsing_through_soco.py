"""What the household keeps to play, browsed and searched with SoCo."""

from soco import SoCo
from soco.data_structures import DidlObject

from simulator.spotify.world import SpotifyWorld

from .conftest import reported


def titles(found: list[DidlObject]) -> list[str]:
    """Return the titles of what was found."""
    return [one.title for one in found]


async def test_the_library_is_filed_by_artist_album_genre_and_composer(
    kitchen: SoCo,
) -> None:
    """Each way down ends with tracks, which can be put into the queue with their container."""
    library = kitchen.music_library

    def browse() -> tuple[list[str], ...]:
        genre = library.get_genres()[0]
        artist = library.browse(genre)[0]
        album = library.browse(artist)[0]
        composer = library.get_composers()[0]
        return (
            titles(library.get_genres()),
            titles(library.browse(genre)),
            titles(library.browse(artist)),
            titles(library.browse(album)),
            titles(library.browse(composer)),
            titles(library.get_playlists()),
        )

    assert await reported(browse) == (
        ["Folk", "Jazz"],
        ["Band 10", "Band 12", "Band 2", "Band 4", "Band 6", "Band 8"],
        ["Album 1"],
        ["Song 10"],
        ["Album 0", "Album 1", "Album 2"],
        ["Evening", "Kitchen party"],
    )


async def test_the_library_is_searched(kitchen: SoCo) -> None:
    """By a part of a title at any level, and by artist, album and title together."""
    library = kitchen.music_library

    def search() -> tuple[list[str], ...]:
        return (
            titles(library.get_tracks(search_term="song 1")),
            titles(library.get_albums(search_term="um 2")),
            titles(library.get_artists(search_term="nobody")),
            titles(library.search_track("Band 3")),
            titles(library.search_track("Band 3", "Album 0", "song")),
        )

    assert await reported(search) == (
        ["Song 1", "Song 10", "Song 11", "Song 12"],
        ["Album 2"],
        [],
        ["Song 3"],
        ["Song 3"],
    )


async def test_albums_and_playlists_are_enqueued_whole(kitchen: SoCo) -> None:
    """A container of the library, an imported playlist and a favourite album stand for their tracks."""

    def enqueue(item: DidlObject) -> list[str]:
        kitchen.clear_queue()
        kitchen.add_to_queue(item)
        return titles(kitchen.get_queue())

    library = kitchen.music_library
    album = await reported(lambda: library.get_albums()[1])
    assert await reported(enqueue, album) == ["Song 1", "Song 4", "Song 7", "Song 10"]
    playlist = await reported(lambda: library.get_playlists()[0])
    assert await reported(enqueue, playlist) == ["Song 4", "Song 1", "Song 8"]


async def test_a_favourite_of_spotify_plays_an_album_of_it(
    kitchen: SoCo, world: SpotifyWorld
) -> None:
    """Its reference is enqueued as the app does."""
    favourite = (await reported(kitchen.music_library.get_sonos_favorites))[0]
    await reported(kitchen.clear_queue)
    await reported(kitchen.add_to_queue, favourite.reference)
    albums = world.catalogue.albums.values()
    album = next(one for one in albums if len(one.track_ids) > 2)
    queued = await reported(lambda: titles(kitchen.get_queue()))
    assert queued == [track.name for track in world.catalogue.tracks_of(album)]


async def test_pages_of_the_queue_tell_how_long_it_is(kitchen: SoCo) -> None:
    """A page has what was asked for, and its number in the whole."""

    def page() -> tuple[list[str], int]:
        found = kitchen.get_queue(start=1, max_items=2)
        return titles(found), found.total_matches

    assert await reported(page) == (["Song 2", "Song 3"], 4)


async def test_radio_stations_are_listed(kitchen: SoCo) -> None:
    """As TuneIn's favourites are."""
    stations = await reported(kitchen.music_library.get_favorite_radio_stations)
    assert titles(stations) == ["Harbour FM", "Night Waves", "Number Station"]
