"""What the player's browser and search show while Spotify is out of reach: the library that is kept, with its age."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.history.records.saved_library import LibrarySection
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.util import dt as dt_util
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.people import Library

from .conftest import ALVA, Later
from .playing import Open
from .test_player_browsing import named, wide  # noqa: F401 - a fixture
from .test_player_search import Search, search, uris  # noqa: F401 - a fixture

FOLDERS = {
    "Playlists": "playlists",
    "Liked Songs": "tracks",
    "Albums": "albums",
    "Artists": "artists",
    "Podcasts": "shows",
    "Your Episodes": "episodes",
    "Audiobooks": "audiobooks",
}


@pytest.fixture
def library(spotify: SpotifySimulator) -> Library:
    """Return Alva's library at Spotify."""
    return spotify.world.library("alva")


@pytest.fixture
async def away(
    hass: HomeAssistant,
    wide: MockConfigEntry,  # noqa: F811 - a fixture
    spotify: SpotifySimulator,
) -> MockConfigEntry:
    """Return Alva's account, whose library was read before Spotify wanted a pause."""
    await hass.config.async_set_time_zone("UTC")
    await wide.runtime_data.library.async_read(*LibrarySection)
    await wide.runtime_data.library.async_read_podcasts()
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    return wide


async def every(browse: Open, folder: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that is in a folder, part by part."""
    found: list[dict[str, Any]] = []
    while True:
        children = (await browse(folder))["children"]
        found += [child for child in children if child["title"] != "Show more"]
        if len(found) == 0 or children[-1]["title"] != "Show more":
            return found
        folder = children[-1]


@pytest.mark.parametrize("title", FOLDERS)
async def test_every_folder_of_the_library_opens_with_its_age(
    away: MockConfigEntry, browse: Open, library: Library, title: str
) -> None:
    """To its end, in Spotify's order, and its things play by their own URIs."""
    folder = named(await browse(), title)
    opened = await browse(folder)
    assert opened["title"] == f"{title} (as of {dt_util.utcnow():%Y-%m-%d %H:%M})"
    found = await every(browse, folder)
    stored = list(getattr(library, FOLDERS[title]))
    assert [each["media_content_id"].rpartition(":")[2] for each in found] == stored
    assert all(each["can_play"] and each["title"] for each in found)


async def test_a_show_opens_with_the_episodes_that_are_stored(
    away: MockConfigEntry, browse: Open, spotify: SpotifySimulator, library: Library
) -> None:
    """And a book with its chapters; an album cannot."""
    show = named(await browse(), "Podcasts")
    opened = await browse((await browse(show))["children"][0])
    first = spotify.world.catalogue.shows[next(iter(library.shows))]
    episodes = spotify.world.catalogue.episodes_of(first)
    assert [child["media_content_id"] for child in opened["children"]][:50] == [
        episode.uri for episode in episodes[:50]
    ]
    assert opened["title"].startswith(f"{first.name} (as of ")
    book = (await browse(named(await browse(), "Audiobooks")))["children"][0]
    opened = await browse(book)
    chapters = spotify.world.catalogue.chapters_of(
        spotify.world.catalogue.audiobooks[next(iter(library.audiobooks))]
    )
    titles = [child["title"] for child in opened["children"]]
    assert titles == [chapter.name for chapter in chapters]


async def test_what_nothing_is_stored_of_says_when_it_will_work(
    away: MockConfigEntry, browse: Open, refused: Open, library: Library
) -> None:
    """Spotify's own top, an album's tracks, and a part that no list has."""
    root = await browse()
    album = (await browse(named(root, "Albums")))["children"][0]
    for nowhere in (
        named(root, "Top tracks on Spotify"),
        album,
        {**named(root, "Artists"), "media_content_id": "encore:artists@nobody"},
    ):
        error = await refused(nowhere)
        assert "rate limit is reached until" in error["message"]


async def test_an_artist_after_whom_spotify_stopped_answering_is_gone_on_from(
    wide: MockConfigEntry,  # noqa: F811 - a fixture
    browse: Open,
    spotify: SpotifySimulator,
    library: Library,
) -> None:
    """A list that was begun at Spotify goes on from the kept library."""
    for artist in list(spotify.world.catalogue.artists.values())[:90]:
        library.save(artist.uri, 0)
    first = await browse(named(await browse(), "Artists"))
    await wide.runtime_data.library.async_read(LibrarySection.ARTISTS)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    *things, more = first["children"]
    rest = await every(browse, more)
    found = [each["media_content_id"].rpartition(":")[2] for each in (*things, *rest)]
    assert found == list(library.artists)


async def test_a_search_finds_what_is_saved_and_reports_that_there_may_be_more(
    away: MockConfigEntry,
    search: Search,  # noqa: F811 - a fixture
    browse: Open,
    spotify: SpotifySimulator,
    library: Library,
) -> None:
    """At once; the last line says why, and leads back to the folders."""
    playlist = spotify.world.playlists_of("alva")[0]
    answer = await search(playlist.name, "playlist")
    *found, reported = answer["result"]["result"]
    assert playlist.uri in {each["media_content_id"] for each in found}
    assert reported["title"].startswith(
        "Some results are missing: Spotify’s rate limit "
    )
    assert (reported["can_play"], reported["can_expand"]) == (False, True)
    assert (await browse(reported))["children"]


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("browse_media", {"media_content_type": "encore", "media_content_id": "encore:liked_songs"}),
        ("search_media", {"search_query": "the", "media_filter_classes": ["album"]}),
    ],
)  # fmt: skip
async def test_actions_show_the_stored_library_too(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    action: str,
    data: dict[str, object],
) -> None:
    """Once a pause is known, without a request to Spotify."""

    async def call() -> Any:
        answer = await hass.services.async_call(
            "media_player",
            action,
            {"entity_id": ALVA, **data},
            blocking=True,
            return_response=True,
        )
        assert answer is not None
        return answer[ALVA]

    await call()
    asked = spotify.requests.count()
    reported = await call()
    assert reported.children if action == "browse_media" else reported.result
    assert spotify.requests.count() == asked


async def test_who_is_gone_sees_nothing(hass: HomeAssistant, away: MockConfigEntry) -> None:  # fmt: skip
    """Neither folders nor what a search finds."""
    for action, data in (("browse_media", {}), ("search_media", {"search_query": "the"})):  # fmt: skip
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                "media_player",
                action,
                {"entity_id": ALVA, **data},
                blocking=True,
                return_response=True,
                context=Context(user_id="gone"),
            )


async def test_soon_after_the_pause_spotify_is_asked_again(
    wide: MockConfigEntry,  # noqa: F811 - a fixture
    browse: Open,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """And the folder has no age any more."""
    await wide.runtime_data.library.async_read(LibrarySection.PLAYLISTS)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=600))
    folder = named(await browse(), "Playlists")
    assert " (as of " in (await browse(folder))["title"]
    await later(700)
    assert (await browse(folder))["title"] == "Playlists"
