"""Podcasts and audiobooks by actions: what is followed, what is new, what is under way, and what is finished."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import UnknownEpisode, UnknownShow
from custom_components.encore.spotify.auth.scopes import LIBRARY_READ, POSITION_READ
from custom_components.encore.spotify.errors import MissingScope, Unavailable
from homeassistant.core import HomeAssistant
from simulator.spotify import SpotifySimulator
from simulator.spotify.faults import Fault, FaultKind
from simulator.spotify.music import Show
from simulator.spotify.people import Library, ResumePoint
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import set_up

from .conftest import LISTENER, Act


@pytest.fixture
async def alva(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, which may read the library and resume points."""
    return await set_up(hass, await link("alva", more=(LIBRARY_READ, POSITION_READ)))


@pytest.fixture
def library(alva: MockConfigEntry, spotify: SpotifySimulator) -> Library:
    """Return Alva's library at Spotify."""
    return spotify.world.library("alva")


@pytest.fixture
def show(library: Library, spotify: SpotifySimulator) -> Show:
    """Return a show that Alva follows."""
    return spotify.world.catalogue.shows[next(iter(library.shows))]


def titled(answer: dict[str, Any]) -> list[str]:
    """Return the URIs of an answer's episodes."""
    return [each["uri"] for each in answer["episodes"]]


def uris(show: Show, *places: int) -> list[str]:
    """Return the URIs of a show's episodes at some places."""
    return [f"spotify:episode:{show.episode_ids[place]}" for place in places]


async def test_followed_shows_and_books_are_listed(
    library: Library, act: Act, spotify: SpotifySimulator
) -> None:
    """Asked again, Spotify is not."""
    answer = await act("get_shows")
    assert [each["uri"].rpartition(":")[2] for each in answer["shows"]] == [
        *library.shows,
        *library.audiobooks,
    ]
    assert {each["type"] for each in answer["shows"]} == {"podcast", "audiobook"}
    assert all(each["episodes"] for each in answer["shows"])
    assert f"{LISTENER} has eight shows, such as" in answer["speech"]
    spotify.requests.clear()
    assert (await act("get_shows"))["shows"] == answer["shows"]
    assert spotify.requests.count(endpoint="/v1/me/*") == 0


async def test_episodes_come_with_how_far_they_were_played(
    library: Library, show: Show, act: Act
) -> None:
    """By the name of the show, its link or its URI."""
    first, second = show.episode_ids[:2]
    library.resume_points[first] = ResumePoint(90_000, fully_played=False)
    library.resume_points[second] = ResumePoint(0, fully_played=True)
    answer = await act("get_episodes", show=show.name.upper(), limit=3)
    assert titled(answer) == uris(show, 0, 1, 2)
    one, two, three = answer["episodes"]
    assert (one["position"], one["in_progress"], one["finished"]) == (90, True, False)
    assert one["left"] == one["duration"] - 90
    assert (two["left"], two["in_progress"], two["finished"]) == (0, False, True)
    assert (three["position"], three["in_progress"], three["finished"]) == (
        0,
        False,
        False,
    )
    assert one["show"] == show.name
    assert "which is in progress" in answer["speech"]
    for name in (show.uri, f"https://open.spotify.com/show/{show.id}"):
        assert titled(await act("get_episodes", show=name, limit=3)) == titled(answer)


async def test_more_episodes_than_a_page_are_read_when_they_are_asked_for(
    show: Show, act: Act
) -> None:
    """In their order."""
    many = len(show.episode_ids)
    assert many > 60
    assert len((await act("get_episodes", show=show.name, limit=5))["episodes"]) == 5
    answer = await act("get_episodes", show=show.name, limit=60)
    assert titled(answer) == uris(show, *range(60))


async def test_episodes_that_spotify_counts_and_does_not_have_are_not_looked_for_each_time(
    freezer: FrozenDateTimeFactory, show: Show, act: Act, spotify: SpotifySimulator
) -> None:
    """What was read within the hour answers, and who wants it fresh has it."""
    pages = f"/v1/shows/{show.id}/episodes"
    spotify.faults.add(
        Fault(FaultKind.ALTERED, match=pages, times=None, fields={"items": [None]})
    )
    for _ in range(3):
        assert titled(await act("get_episodes", show=show.name)) == []
    assert spotify.requests.count(endpoint="/v1/shows*") == 1
    await act("get_episodes", show=show.name, refresh=True)
    assert spotify.requests.count(endpoint="/v1/shows*") == 2
    spotify.faults.clear()
    freezer.tick(3601)
    assert titled(await act("get_episodes", show=show.name))


async def test_a_book_is_reported_chapter_by_chapter(
    library: Library, act: Act, spotify: SpotifySimulator
) -> None:
    """The first first."""
    book = spotify.world.catalogue.audiobooks[next(iter(library.audiobooks))]
    answer = await act("get_episodes", show=book.name)
    ids = [uri.rpartition(":")[2] for uri in titled(answer)]
    assert ids == list(book.chapter_ids)[: len(ids)]
    assert {each["kind"] for each in answer["episodes"]} == {"chapter"}


async def test_a_show_that_is_not_followed_is_read_by_its_link(
    library: Library, act: Act, spotify: SpotifySimulator
) -> None:
    """By a name that nobody follows it is not found."""
    other = next(s for s in spotify.world.catalogue.shows.values() if s.id not in library.shows)  # fmt: skip
    answer = await act("get_episodes", show=other.uri, limit=2)
    assert titled(answer) == uris(other, 0, 1)
    with pytest.raises(UnknownShow):
        await act("get_episodes", show="No such show")


async def test_new_episodes_are_those_that_came_out_and_are_not_finished(
    library: Library,
    show: Show,
    act: Act,
    spotify: SpotifySimulator,
) -> None:
    """Since a day, of all shows that are followed."""
    catalogue = spotify.world.catalogue
    newest = catalogue.episodes[show.episode_ids[0]]
    library.resume_points[newest.id] = ResumePoint(0, fully_played=True)
    since = min(
        catalogue.episodes[show.episode_ids[4]].release_date, newest.release_date
    )
    expected = {
        f"spotify:episode:{episode_id}"
        for show_id in library.shows
        for episode_id in catalogue.shows[show_id].episode_ids[:50]
        if catalogue.episodes[episode_id].release_date >= since
        and episode_id != newest.id
    }
    answer = await act("get_episodes", status="new", since=since, limit=500)
    assert set(titled(answer)) == expected
    assert expected
    dates = [each["released"] for each in answer["episodes"]]
    assert dates == sorted(dates, reverse=True)
    assert answer["since"] == since
    nothing = await act("get_episodes", status="new", since="today")
    assert nothing["episodes"] == []
    assert nothing["speech"] == f"No new episodes for {LISTENER} since today."


async def test_what_is_under_way_can_be_gone_on_with(
    library: Library, show: Show, act: Act
) -> None:
    """With how much of it is left."""
    nothing = await act("get_episodes", status="in_progress")
    assert nothing["episodes"] == []
    assert nothing["speech"] == f"{LISTENER} has no episodes in progress."
    library.resume_points[show.episode_ids[3]] = ResumePoint(60_000, fully_played=False)
    answer = await act("get_episodes", status="in_progress", refresh=True)
    assert titled(answer) == uris(show, 3)
    assert f"{LISTENER} can continue with" in answer["speech"]


async def test_while_spotify_is_out_of_reach_what_is_known_answers_and_says_its_age(
    freezer: FrozenDateTimeFactory,
    library: Library,
    show: Show,
    act: Act,
    spotify: SpotifySimulator,
) -> None:
    """Who wants it fresh is told."""
    library.resume_points[show.episode_ids[3]] = ResumePoint(60_000, fully_played=False)
    await act("get_episodes", status="in_progress")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    freezer.tick(3 * 3600)
    answer = await act("get_episodes", status="in_progress")
    assert titled(answer) == uris(show, 3)
    assert answer["minutes_old"] == 180
    assert answer["speech"].endswith("As of 3 hours ago.")
    with pytest.raises(Unavailable):
        await act("get_episodes", status="in_progress", refresh=True)


async def test_a_person_may_say_what_is_finished(
    library: Library, show: Show, act: Act, spotify: SpotifySimulator
) -> None:
    """By its title or link; until more of it is heard."""
    episode = spotify.world.catalogue.episodes[show.episode_ids[3]]
    library.resume_points[episode.id] = ResumePoint(60_000, fully_played=False)
    await act("get_episodes", status="in_progress")
    done = await act("mark_episode", episode=episode.name.lower())
    assert (done["uri"], done["finished"]) == (episode.uri, True)
    assert done["speech"] == f"“{episode.name}” is finished."
    assert titled(await act("get_episodes", status="in_progress")) == []
    link = f"https://open.spotify.com/episode/{episode.id}"
    await act("mark_episode", episode=link, finished=False)
    assert titled(await act("get_episodes", status="in_progress")) == [episode.uri]
    await act("mark_episode", episode=episode.uri)
    library.resume_points[episode.id] = ResumePoint(120_000, fully_played=False)
    assert titled(await act("get_episodes", status="in_progress", refresh=True)) == [
        episode.uri
    ]


async def test_an_episode_that_is_not_known_is_not_marked(show: Show, act: Act) -> None:
    """Nor anything marked in its place."""
    await act("get_episodes", show=show.name)
    with pytest.raises(UnknownEpisode):
        await act("mark_episode", episode="No such episode")


async def test_without_the_permission_the_person_is_asked_for_it(
    hass: HomeAssistant, link: Link, act: Act
) -> None:
    """For the library and the resume points at once."""
    entry = await set_up(hass, await link("ben"))
    with pytest.raises(MissingScope):
        await act("get_episodes", status="in_progress", listener="Ben Okafor")
    [flow] = entry.async_get_active_flows(hass, {"reauth"})
    assert flow["context"]["source"] == "reauth"


async def test_without_resume_points_no_episodes_are_reported_as_never_played(
    hass: HomeAssistant, link: Link, act: Act, spotify: SpotifySimulator
) -> None:
    """The library may be read and they may not: the person is asked before Spotify is."""
    entry = await set_up(hass, await link("ben", more=[LIBRARY_READ]))
    show = next(iter(spotify.world.catalogue.shows.values()))
    for named in (show.uri, f"https://open.spotify.com/show/{show.id}"):
        with pytest.raises(MissingScope):
            await act("get_episodes", show=named)
    assert spotify.requests.count(endpoint="/v1/shows*") == 0
    [flow] = entry.async_get_active_flows(hass, {"reauth"})
    assert flow["handler"] == "encore"
