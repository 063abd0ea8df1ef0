"""Saving, following, and asking what is saved, through Home Assistant against the simulated Spotify."""

from itertools import islice

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.commands.errors import NothingPlays, WrongKind
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.saved_library import LibrarySection
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.api.share_links import NotALink, ShortLink
from custom_components.encore.spotify.errors import (
    MissingScope,
    NotAllowlisted,
    Unavailable,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.people import Library
from simulator.spotify.player import Player
from tests.integration.persons import add_person

from .conftest import LISTENER, Act


@pytest.fixture
def library(spotify: SpotifySimulator) -> Library:
    """Return Alva's library at Spotify."""
    return spotify.world.library("alva")


@pytest.fixture
def unsaved(spotify: SpotifySimulator, library: Library) -> dict[str, str]:
    """Return by kind the URI of a thing that Alva has not saved."""
    catalogue = spotify.world.catalogue
    shelves = {
        "track": (catalogue.tracks, library.tracks),
        "album": (catalogue.albums, library.albums),
        "show": (catalogue.shows, library.shows),
        "episode": (catalogue.episodes, library.episodes),
        "artist": (catalogue.artists, library.artists),
    }
    return {
        kind: f"spotify:{kind}:{next(each for each in there if each not in saved)}"
        for kind, (there, saved) in shelves.items()
    }


async def test_things_of_every_kind_are_saved_reported_and_removed(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    library: Library,
    unsaved: dict[str, str],
) -> None:
    """Tracks, albums, shows and episodes, by URI or share link."""
    track, album, show, episode = (
        unsaved[kind] for kind in ("track", "album", "show", "episode")
    )
    link = f"https://open.spotify.com/intl-de/album/{album.rpartition(':')[2]}?si=1"
    items = [track, link, show, episode]
    uris = [track, album, show, episode]

    answer = await act("check_library", items=items)
    assert answer["all_saved"] is False
    assert answer["items"] == [{"uri": uri, "saved": False} for uri in uris]
    assert answer["speech"] == "No, none of the four is."

    answer = await act("save_to_library", as_admin, items=items)
    assert answer["items"] == uris
    assert all(library.contains(uri) for uri in uris)
    assert answer["speech"] == (
        f"{LISTENER} has saved one track, one album, one show and one episode."
    )

    await act("remove_from_library", as_admin, items=track)
    answer = await act("check_library", items=items)
    assert [each["saved"] for each in answer["items"]] == [False, True, True, True]
    assert answer["speech"] == "Three of four are."


async def test_what_plays_is_meant_where_nothing_is_named(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    library: Library,
    player: Player,
    tracks: list[Track],
) -> None:
    """Save this."""
    track = next(each for each in tracks if not library.contains(each.uri))
    player.play(uris=[track.uri])
    answer = await act("save_to_library", as_admin)
    assert library.contains(track.uri)
    assert answer["playing"]["name"] == track.name
    said = f"“{track.name}” by {', '.join(track.artist_names)}"
    assert answer["speech"] == f"{LISTENER} has saved {said}."
    assert (await act("check_library"))["speech"] == f"{LISTENER} has saved {said}."
    answer = await act("remove_from_library", as_admin)
    assert answer["speech"] == f"{said} is no longer saved by {LISTENER}."
    assert (await act("check_library"))["speech"] == f"{LISTENER} has not saved {said}."


async def test_where_nothing_plays_nothing_is_meant(
    granted: MockConfigEntry, act: Act, as_admin: Context
) -> None:
    """And nothing is guessed from what was played before."""
    with pytest.raises(NothingPlays) as refused:
        await act("save_to_library", as_admin)
    assert refused.value.translation_placeholders == {"name": LISTENER}


async def test_more_than_spotify_takes_at_once_are_saved_in_several_goes(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    spotify: SpotifySimulator,
    library: Library,
) -> None:
    """Forty in a request; a hundred are three requests, and each is named once."""
    catalogue = spotify.world.catalogue
    new = (f"spotify:track:{each}" for each in catalogue.tracks)
    uris = list(islice((uri for uri in new if not library.contains(uri)), 100))
    answer = await act("save_to_library", as_admin, items=[*uris, uris[0]])
    assert answer["items"] == uris
    assert all(library.contains(uri) for uri in uris)
    assert (await act("check_library", items=uris))["all_saved"] is True
    sent = [
        seen for seen in spotify.requests.asked if seen.endpoint == "/v1/me/library"
    ]
    assert len(sent) == 3


async def test_artists_and_playlists_are_followed_and_unfollowed(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    library: Library,
    unsaved: dict[str, str],
) -> None:
    """Since 2026 by the same endpoint as saving."""
    playlist = f"spotify:playlist:{next(iter(library.playlists))}"
    artist = unsaved["artist"]
    answer = await act("save_to_library", as_admin, items=artist)
    assert answer["speech"] == f"{LISTENER} follows one artist now."
    assert library.contains(artist)
    answer = await act("remove_from_library", as_admin, items=[artist, playlist])
    assert not library.contains(artist)
    assert not library.contains(playlist)
    assert answer["speech"] == (
        f"{LISTENER} no longer follows one artist and one playlist."
    )


async def test_the_artists_that_are_followed_are_reported(
    granted: MockConfigEntry, act: Act, spotify: SpotifySimulator, library: Library
) -> None:
    """All of them, or as many as were asked for."""
    answer = await act("get_followed_artists")
    artists = spotify.world.catalogue.artists
    followed = [artists[each].name for each in library.artists]
    assert [each["name"] for each in answer["artists"]] == followed
    assert answer["more"] is False
    assert answer["speech"].startswith(f"{LISTENER} follows 25 artists, among them ")
    answer = await act("get_followed_artists", limit=2)
    assert [each["name"] for each in answer["artists"]] == followed[:2]
    assert answer["more"] is True
    first, second = followed[:2]
    assert answer["speech"] == f"{LISTENER} follows {first} and {second}, and others."


async def test_followed_artists_beyond_a_page_are_reported(
    granted: MockConfigEntry, act: Act, spotify: SpotifySimulator, library: Library
) -> None:
    """Spotify gives fifty at a time."""
    for artist in islice(spotify.world.catalogue.artists.values(), 90):
        library.save(artist.uri, 0)
    assert len(library.artists) >= 90
    answer = await act("get_followed_artists", limit=500)
    assert len(answer["artists"]) == len(library.artists)
    assert answer["more"] is False


@pytest.mark.parametrize(
    ("item", "error"),
    [
        ("Song 2", NotALink),
        ("https://spotify.link/q1w2e3", ShortLink),
        ("spotify:chapter:4iV5W9uYEdYUVa79Axb7Rh", WrongKind),
    ],
)
async def test_what_cannot_be_saved_is_said_before_spotify_is_asked(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    item: str,
    error: type[Exception],
) -> None:
    """With what would do instead."""
    with pytest.raises(error):
        await act("save_to_library", as_admin, items=item)


async def test_an_automation_adds_to_a_library_and_takes_nothing_out(
    granted: MockConfigEntry, act: Act, library: Library, unsaved: dict[str, str]
) -> None:
    """As it makes a new playlist, and deletes none: ADR 0014."""
    await act("save_to_library", items=unsaved["track"])
    await act("save_to_library", items=unsaved["artist"])
    for action, item in (
        ("remove_from_library", "track"),
        ("remove_from_library", "artist"),
    ):
        with pytest.raises(Unauthorized):
            await act(action, items=unsaved[item])
        assert library.contains(unsaved[item])


async def test_a_user_saves_for_themselves_alone(
    hass: HomeAssistant,
    granted: MockConfigEntry,
    act: Act,
    library: Library,
    unsaved: dict[str, str],
) -> None:
    """Somebody else's library is for who may change everything."""
    user = MockUser(name="Alva", is_owner=False)
    user.add_to_hass(hass)
    context = Context(user_id=user.id)
    for action, item in (("save_to_library", "track"), ("save_to_library", "artist")):
        with pytest.raises(Unauthorized):
            await act(action, context, items=unsaved[item])
        assert not library.contains(unsaved[item])
    await add_person(hass, "alva", user)
    hass.config_entries.async_update_entry(granted, options={"person": "person.alva"})
    await hass.async_block_till_done()
    await act("save_to_library", context, items=unsaved["track"])
    assert library.contains(unsaved["track"])
    with pytest.raises(Unauthorized):
        await act("remove_from_library", context, items=unsaved["track"])


async def test_a_saved_book_is_known_by_its_own_uri_without_spotify(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    spotify: SpotifySimulator,
    library: Library,
) -> None:
    """Spotify lists it under one of a show."""
    await granted.runtime_data.library.async_read(LibrarySection.AUDIOBOOKS)
    book, removed = list(library.audiobooks)[:2]
    await act("remove_from_library", as_admin, items=f"spotify:audiobook:{removed}")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    answer = await act("check_library", items=[f"spotify:audiobook:{each}" for each in (book, removed)])  # fmt: skip
    assert [each["saved"] for each in answer["items"]] == [True, False]


async def test_an_account_without_the_permission_is_asked_for_it(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    as_admin: Context,
    unsaved: dict[str, str],
) -> None:
    """The library is not among what is granted at the link: the person is asked when they first want it."""
    with pytest.raises(MissingScope):
        await act("save_to_library", as_admin, items=unsaved["track"])
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"


async def test_what_was_removed_is_gone_from_the_stored_library_at_once(
    hass: HomeAssistant,
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    unsaved: dict[str, str],
) -> None:
    """It answers without Spotify; what was added is read in the background."""
    key = granted.runtime_data.listener.key
    uri = unsaved["album"]

    async def saved() -> set[str]:
        return await hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.library.saved(key, [uri]), hidden=NOBODY_HIDDEN
        )

    await act("save_to_library", as_admin, items=uri)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await saved() == {uri}
    await act("remove_from_library", as_admin, items=uri)
    assert await saved() == set()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.NOT_ALLOWLISTED, NotAllowlisted),
        (FaultKind.SERVER_ERROR, Unavailable),
        (FaultKind.HTML_BODY, Unavailable),
    ],
)
async def test_what_spotify_refuses_is_named(
    granted: MockConfigEntry,
    act: Act,
    as_admin: Context,
    spotify: SpotifySimulator,
    unsaved: dict[str, str],
    kind: FaultKind,
    error: type[Exception],
) -> None:
    """Each refusal in its own words."""
    spotify.faults.add(Fault(kind, "/v1/me/library", times=9))
    with pytest.raises(error):
        await act("save_to_library", as_admin, items=unsaved["track"])


async def test_while_spotify_is_out_of_reach_the_stored_library_reports_what_is_saved(
    freezer: FrozenDateTimeFactory,
    granted: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    library: Library,
) -> None:
    """And how old that is; of what was never read, Spotify's failure is told."""
    await granted.runtime_data.library.async_read(LibrarySection.TRACKS)
    saved = f"spotify:track:{next(iter(library.tracks))}"
    album = f"spotify:album:{next(iter(library.albums))}"
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    freezer.tick(2 * 3600)
    answer = await act(
        "check_library", items=[saved, "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"]
    )
    assert [each["saved"] for each in answer["items"]] == [True, False]
    assert answer["minutes_old"] == 120
    assert answer["speech"] == "One of two is. As of 2 hours ago."
    with pytest.raises(Unavailable):
        await act("check_library", items=album)
