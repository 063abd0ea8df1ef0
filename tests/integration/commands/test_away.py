"""What answers while Spotify is out of reach: the history, and the library that is kept beside it, each with its age."""

from itertools import islice

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
    SectionState,
    store_section,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.errors import RateLimited
from custom_components.encore.spotify.library import section_changes
from homeassistant.core import HomeAssistant
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.people import Library

from .conftest import LISTENER, Act
from .test_play import record_plays


@pytest.fixture
def library(spotify: SpotifySimulator) -> Library:
    """Return Alva's library at Spotify."""
    return spotify.world.library("alva")


@pytest.fixture
async def saved(
    freezer: FrozenDateTimeFactory, granted: MockConfigEntry, spotify: SpotifySimulator
) -> MockConfigEntry:
    """Return Alva's account, whose library was read three hours ago; Spotify wants a pause now."""
    await granted.runtime_data.library.async_read(*LibrarySection)
    freezer.tick(3 * 3600)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    return granted


async def fill(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    section: LibrarySection,
    items: list[SavedItem],
) -> None:
    """Keep a library as a long-time listener has one."""
    listener = entry.runtime_data.listener
    state = SectionState(section, len(items), len(items), 1_000_000)
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: store_section(
            connection, ingest.registers, listener, state, items
        )
    )


async def test_a_search_finds_what_is_saved_and_says_what_was_not_asked(
    hass: HomeAssistant, saved: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Marked with its source and its age, among ten thousand songs."""
    await fill(
        hass,
        saved,
        LibrarySection.TRACKS,
        [
            SavedItem(f"spotify:track:{n:022}", f"Song {n}", f"Band {n % 700}")
            for n in range(10_000)
        ],
    )
    show = next(iter(spotify.world.catalogue.shows[each] for each in spotify.world.library("alva").shows))  # fmt: skip
    answer = await act("search", text=show.name)
    (found,) = (each for each in answer["found"] if each["type"] == "show")
    assert (found["source"], found["uri"], found["name"]) == ("library", show.uri, show.name)  # fmt: skip
    assert answer["library"]["asked"] is True
    assert answer["library"]["complete"] is True
    assert answer["spotify"]["answered"] is False
    assert answer["speech"].startswith(f"Saved are the show “{show.name}” and ")
    assert "Spotify couldn’t be searched: " in answer["speech"]
    answer = await act("search", text="song 9876")
    assert [each["uri"] for each in answer["found"]] == [f"spotify:track:{9876:022}"]


async def test_what_was_played_and_saved_stands_once_and_first(
    hass: HomeAssistant, saved: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """The history knows artists by name alone; the library tells by which URI they are played."""
    catalogue, library = spotify.world.catalogue, spotify.world.library("alva")
    artist = catalogue.artists[next(iter(library.artists))]
    track = next(each for each in catalogue.tracks.values() if each.artists[0] is artist)  # fmt: skip
    await record_plays(hass, spotify, saved.runtime_data.listener, track)
    answer = await act("search", text=artist.name, type="artist")
    assert [(each["source"], each["uri"]) for each in answer["found"]] == [
        ("history", artist.uri)
    ]


async def test_the_library_can_be_asked_alone(
    saved: MockConfigEntry, act: Act, spotify: SpotifySimulator, library: Library
) -> None:
    """Nothing else is asked; what is not there is said."""
    album = spotify.world.catalogue.albums[next(iter(library.albums))]
    answer = await act("search", text=album.name, where="library", listener="me")
    assert album.uri in {each["uri"] for each in answer["found"]}
    assert {each["source"] for each in answer["found"]} == {"library"}
    assert (answer["spotify"]["asked"], answer["library"]["minutes_old"]) == (False, 180)  # fmt: skip
    assert answer["speech"].endswith("As of 3 hours ago.")
    answer = await act("search", text="qzxvw kjhgf", where="library")
    assert answer["speech"] == "Nothing saved is called “qzxvw kjhgf”."
    answer = await act("search", text=album.name, time_range="all_time")
    assert answer["library"]["asked"] is False


async def test_whose_library_is_searched_can_be_said(
    saved: MockConfigEntry, ben: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Ben's was never read, which the answer tells."""
    show = spotify.world.catalogue.shows[next(iter(spotify.world.library("alva").shows))]  # fmt: skip
    found = await act(
        "search", text=show.name, type="show", where="library", listener="alva"
    )
    assert [each["uri"] for each in found["found"]] == [show.uri]
    found = await act(
        "search", text=show.name, type="show", where="library", listener="ben"
    )
    assert (found["found"], found["library"]["complete"]) == ([], False)
    assert found["library"]["known_since"] is None
    for whose in (["ben", "alva"], "everyone"):
        found = await act(
            "search", text=show.name, type="show", where="library", listener=whose
        )
        assert [each["uri"] for each in found["found"]] == [show.uri], whose


async def test_who_is_followed_is_reported_from_the_stored_library(
    saved: MockConfigEntry, act: Act, spotify: SpotifySimulator, library: Library
) -> None:
    """With its age."""
    answer = await act("get_followed_artists")
    artists = spotify.world.catalogue.artists
    followed = [artists[each].uri for each in library.artists]
    assert [each["uri"] for each in answer["artists"]] == followed
    assert (answer["more"], answer["minutes_old"]) == (False, 180)
    assert answer["speech"].endswith(" As of 3 hours ago.")
    answer = await act("get_followed_artists", limit=3)
    assert [each["uri"] for each in answer["artists"]] == followed[:3]
    assert answer["more"] is True


async def test_of_a_library_that_was_never_read_the_failure_is_reported(
    granted: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """With the time when it will work."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    for action in ("get_followed_artists", "get_playlists", "get_shows"):
        with pytest.raises(RateLimited):
            await act(action)


async def test_what_was_read_in_part_answers_in_part(
    granted: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long section takes several goes, of which the first may be the last before Spotify is away."""
    monkeypatch.setattr(section_changes, "MOST_PAGES", 1)
    world = spotify.world
    for number in range(60):
        made = world.playlists.create(world.people["alva"].id, "Alva", f"Mix {number}")
        world.library("alva").save(made.uri, number)
    library = granted.runtime_data.library
    await library.async_read(LibrarySection.PLAYLISTS, LibrarySection.SHOWS)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    answer = await act("get_playlists")
    assert (len(answer["playlists"]), answer["complete"]) == (50, False)
    answer = await act("get_shows")
    assert {each["type"] for each in answer["shows"]} == {"podcast"}
    for action in ("get_playlists", "get_shows"):
        with pytest.raises(RateLimited):
            await act(action, refresh=True)


async def test_episodes_that_are_known_answer_though_more_were_asked_for(
    granted: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """A page of them was read; the next cannot be."""
    catalogue = spotify.world.catalogue
    show = max(catalogue.shows.values(), key=lambda each: len(catalogue.episodes_of(each)))  # fmt: skip
    assert len(catalogue.episodes_of(show)) > 50
    await act("get_episodes", show=show.uri, limit=10)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, times=None, retry_after=7200))
    answer = await act("get_episodes", show=show.uri, limit=200)
    titles = [each.name for each in islice(catalogue.episodes_of(show), 50)]
    assert [each["title"] for each in answer["episodes"]] == titles
    assert answer["listener"] == LISTENER
