"""An account's library is refreshed every four hours, with few calls, and tells of episodes that nobody watched."""

from collections.abc import Sequence

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import HistoryError
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.model import Kind, Observation, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.job_records import Job, JobKind, JobState
from custom_components.encore.history.records.podcast_progress import (
    Episode,
    KnownEpisode,
    KnownShow,
    Show,
)
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
    SectionState,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.account import SpotifyAccount
from custom_components.encore.spotify.errors import RateLimited
from custom_components.encore.spotify.library import library_refresh as library_module
from custom_components.encore.spotify.library.library_refresh import EVERY_S, Library
from custom_components.encore.spotify.library.podcast_refresh import next_pages
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import SpotifySimulator
from simulator.spotify.faults import Fault, FaultKind
from simulator.spotify.people import ResumePoint
from tests.integration.auth.conftest import Link

from .conftest import Later, plays, set_up
from .test_library_reader import READS

ANY_TIME_S = 1.0


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin right after the start."""
    monkeypatch.setattr(library_module, "SOON_S", (ANY_TIME_S, ANY_TIME_S))


@pytest.fixture
async def account(hass: HomeAssistant, link: Link, later: Later) -> MockConfigEntry:
    """Return Alva's account with access to the library, refreshed once."""
    entry = await set_up(hass, await link("alva", more=READS))
    await later(2)
    return entry


def library_of(entry: MockConfigEntry) -> Library:
    """Return the library of an account."""
    account: SpotifyAccount = entry.runtime_data
    return account.library


def key_of(entry: MockConfigEntry) -> str:
    """Return the key of an account's listener."""
    account: SpotifyAccount = entry.runtime_data
    return account.listener.key


async def states(
    hass: HomeAssistant, entry: MockConfigEntry
) -> dict[LibrarySection, SectionState]:
    """Return how well the shelves are known."""
    key = key_of(entry)
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.library.states(key), hidden=NOBODY_HIDDEN
    )


async def section(
    hass: HomeAssistant, entry: MockConfigEntry, section: LibrarySection
) -> list[SavedItem]:
    """Return what is kept of a section."""
    key = key_of(entry)
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.library.items(key, section), hidden=NOBODY_HIDDEN
    )


async def refreshes(hass: HomeAssistant) -> list[Job]:
    """Return the records of refreshes, the newest first."""
    found = await hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.jobs(100, hidden=NOBODY_HIDDEN)
    )
    return [job for job in found if job.work.kind is JobKind.LIBRARY]


def calls(spotify: SpotifySimulator) -> int:
    """Return how often the library, shows and playlists were asked for."""
    endpoints = ("/v1/me/tracks", "/v1/me/albums", "/v1/me/following", "/v1/me/playlists", "/v1/me/shows", "/v1/me/episodes", "/v1/me/audiobooks", "/v1/shows*", "/v1/audiobooks*")  # fmt: skip
    return sum(spotify.requests.count(endpoint=each) for each in endpoints)


async def test_a_library_is_read_after_the_start_and_recorded_as_a_job(
    hass: HomeAssistant, account: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """All shelves, and the episodes of all shows and books."""
    there = spotify.world.library("alva")
    for each in LibrarySection:
        stored = await section(hass, account, each)
        assert [item.uri.rpartition(":")[2] for item in stored] == list(getattr(there, each))  # fmt: skip
    assert {state.complete for state in (await states(hass, account)).values()} == {
        True
    }
    [job] = await refreshes(hass)
    assert (job.state, job.percent) == (JobState.DONE, 100)
    assert job.work.listener is not None and job.work.listener.name == "Alva Lindqvist"
    counts = dict(job.counts)
    assert counts.pop("episodes") > 8 * 5
    assert counts == {"shelves": 7, "changed": 7, "shows": 8, "observed": 0}


async def test_the_next_refresh_of_what_did_not_change_takes_a_call_for_each_part(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Four hours later, and not before; seven shelves and eight shows."""
    spotify.requests.clear()
    await later(EVERY_S - 60)
    assert calls(spotify) == 0
    await later(61)
    assert calls(spotify) == 7 + 8
    newest, _ = await refreshes(hass)
    assert newest.counts["changed"] == 0


async def test_what_was_saved_elsewhere_is_there_after_the_next_refresh(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """And what was removed is gone."""
    there = spotify.world.library("alva")
    track = next(t for t in spotify.world.catalogue.tracks.values() if t.id not in there.tracks)  # fmt: skip
    there.save(track.uri, spotify.clock.now_ms())
    removed = next(iter(there.albums))
    there.remove(f"spotify:album:{removed}")
    await later(EVERY_S + 1)
    first, *_ = await section(hass, account, LibrarySection.TRACKS)
    assert (first.uri, first.name) == (track.uri, track.name)
    albums = await section(hass, account, LibrarySection.ALBUMS)
    assert f"spotify:album:{removed}" not in {album.uri for album in albums}


async def test_a_restart_does_not_read_again_what_is_fresh(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """It is due when it would have been."""
    await later(EVERY_S - 600)
    assert await hass.config_entries.async_unload(account.entry_id)
    spotify.requests.clear()
    await set_up(hass, account)
    await later(300)
    assert calls(spotify) == 0
    await later(330)
    assert calls(spotify) > 0


async def test_without_access_nothing_is_read(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """As an account is linked at first; what was granted later is read then."""
    entry = await set_up(hass, await link("alva"))
    await later(2)
    await later(EVERY_S)
    assert calls(spotify) == 0
    assert await refreshes(hass) == []
    assert library_of(entry).sections == ()


async def test_only_what_was_granted_is_read(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """Playlists alone."""
    entry = await set_up(hass, await link("alva", more=["playlist-read-private"]))
    await later(2)
    assert set(await states(hass, entry)) == {LibrarySection.PLAYLISTS}
    assert spotify.requests.count(endpoint="/v1/me/tracks") == 0


async def test_a_refresh_without_resume_points_makes_nobody_log_in_and_says_what_it_lacks(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    issue_registry: ir.IssueRegistry,
) -> None:
    """By a notice that stays ignored, and in the record of the job; what can be read is read."""
    entry = await set_up(hass, await link("alva", more=["user-library-read"]))
    issue_id = f"resume_points_unknown_{entry.entry_id}"
    await later(2)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None
    issue_registry.async_ignore(DOMAIN, issue_id, True)
    await hass.config_entries.async_reload(entry.entry_id)
    await later(EVERY_S + 1)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.dismissed_version is not None
    assert not list(entry.async_get_active_flows(hass, {"reauth"}))
    jobs = await refreshes(hass)
    assert {job.state for job in jobs} == {JobState.DONE}
    assert len(jobs) == 2
    counts = dict(jobs[0].counts)
    assert counts["without_resume_points"] == counts["episodes"] > 0


async def test_a_refresh_that_fails_is_recorded_and_tried_again(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Half an hour later; what was known before still answers."""
    before = await section(hass, account, LibrarySection.TRACKS)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/me/tracks", times=None))
    await later(EVERY_S + 1)
    newest, *_ = await refreshes(hass)
    assert newest.state is JobState.FAILED
    assert newest.error
    assert await section(hass, account, LibrarySection.TRACKS) == before
    spotify.faults.clear()
    await later(library_module.RETRY_S + 1)
    newest, *_ = await refreshes(hass)
    assert (newest.state, newest.retries) == (JobState.DONE, 1)


async def test_an_episode_played_while_nobody_watched_is_in_the_history(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """As one play of its show, found in the resume point; the next look does not tell it again."""
    there = spotify.world.library("alva")
    show = spotify.world.catalogue.shows[next(iter(there.shows))]
    episode = spotify.world.catalogue.episodes[show.episode_ids[2]]
    before = await plays(hass)
    there.resume_points[episode.id] = ResumePoint(600_000, fully_played=False)
    await later(EVERY_S + 1)
    await later(EVERY_S + 1)
    [play] = [each for each in await plays(hass) if each not in before and each.item.kind is Kind.EPISODE]  # fmt: skip
    assert (play.item.uri, play.item.artists) == (episode.uri, (show.name,))
    assert play.ms_played == 600_000
    assert play.sources == {Source.POLLED}
    _, second, _ = await refreshes(hass)
    assert second.counts["observed"] == 1


async def test_what_a_resume_point_reports_is_not_lost_where_it_cannot_be_stored(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until its play is stored, the resume point counts as where it was; then it is told once."""
    there = spotify.world.library("alva")
    show = spotify.world.catalogue.shows[next(iter(there.shows))]
    episode = spotify.world.catalogue.episodes[show.episode_ids[2]]
    there.resume_points[episode.id] = ResumePoint(600_000, fully_played=False)

    def fail(self: Ingest, reported: Sequence[Observation]) -> None:
        raise HistoryError("The process ends here")

    with monkeypatch.context() as ending:
        ending.setattr(Ingest, "append", fail)
        await later(EVERY_S + 1)
    newest, *_ = await refreshes(hass)
    assert newest.state is JobState.FAILED
    await later(library_module.RETRY_S + 1)
    await later(EVERY_S + 1)
    [play] = [each for each in await plays(hass) if each.item.uri == episode.uri]
    assert play.ms_played == 600_000


async def test_while_recording_is_off_resume_points_tell_no_plays(
    hass: HomeAssistant, link: Link, spotify: SpotifySimulator, later: Later
) -> None:
    """Nor later, when it is on again."""
    entry = await link("alva", more=READS)
    hass.config_entries.async_update_entry(entry, options={"record": False})
    await set_up(hass, entry)
    await later(2)
    there = spotify.world.library("alva")
    show = spotify.world.catalogue.shows[next(iter(there.shows))]
    there.resume_points[show.episode_ids[0]] = ResumePoint(600_000, fully_played=False)
    await later(EVERY_S + 1)
    hass.config_entries.async_update_entry(entry, options={"record": True})
    await hass.config_entries.async_reload(entry.entry_id)
    await later(EVERY_S + 1)
    assert not [each for each in await plays(hass) if each.item.kind is Kind.EPISODE]


async def test_a_wait_that_spotify_asks_for_is_honored_by_the_refresh(
    hass: HomeAssistant,
    account: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """It goes on when the pause is over."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, "/v1/me/albums", retry_after=7200))
    await later(EVERY_S + 1)
    with pytest.raises(RateLimited):
        await library_of(account).async_read(LibrarySection.TRACKS)
    spotify.requests.clear()
    await later(3600)
    assert calls(spotify) == 0
    await later(3700)
    newest, *_ = await refreshes(hass)
    assert newest.state is JobState.DONE


def test_shows_under_way_come_first_then_those_that_waited_longest() -> None:
    """On the page where the episode is; so many at once."""
    shows = [Show(f"spotify:show:{n}", f"Show {n}") for n in range(14)]
    known = [KnownShow(show, 1_000 - n) for n, show in enumerate(shows[:12])]

    deep = KnownEpisode(Episode("spotify:episode:d", "D", position_ms=1), shows[0], 120, 0)  # fmt: skip
    near = KnownEpisode(Episode("spotify:episode:n", "N", position_ms=1), shows[5], 3, 0)  # fmt: skip
    found = next_pages(shows, known, [deep, near, near])
    assert [(each.show.name, each.offset) for each in found] == [
        ("Show 0", 100),
        ("Show 5", 0),
        ("Show 12", 0),
        ("Show 13", 0),
        *((f"Show {n}", 0) for n in (11, 10, 9, 8, 7, 6)),
    ]
