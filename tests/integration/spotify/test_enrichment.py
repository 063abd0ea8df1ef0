"""What no source told of tracks is looked up at Spotify: slowly, within an allowance, and where nothing is in the way."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from sqlalchemy import Connection
from yarl import URL

from custom_components.encore.const import DOMAIN, spotify_api_url
from custom_components.encore.diagnostics import async_get_config_entry_diagnostics
from custom_components.encore.history.database.bulk import run
from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import Item, Kind, Observation, Play, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.job_records import Job, JobKind, JobState
from custom_components.encore.listeners.enrichment import DAY_S, NOTHING_S
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from custom_components.encore.spotify.account import SpotifyAccount
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.budget.call_counts import Usage
from custom_components.encore.spotify.budget.circuit_breaker import (
    FAILURES,
    BreakerState,
)
from custom_components.encore.spotify.call_purpose import Purpose
from custom_components.encore.spotify.errors import Unavailable
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from simulator.spotify import SpotifySimulator
from simulator.spotify.faults import Fault, FaultKind
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link

from .conftest import Later, plays, set_up

HOUR_S = 3600
A_DAY = 24
"""Calls a day: one an hour."""
AGO_MS = 10 * 365 * 86_400_000
GONE = Item("spotify:track:0000000000000000000000", Kind.TRACK, "Gone", ("Nobody",))

type AppendPlay = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
def at_night(freezer: FrozenDateTimeFactory) -> None:
    """Begin at half past four in the home: the home was tidied up, and most of the day lies ahead."""
    day = dt_util.start_of_local_day(dt_util.now().date() - timedelta(days=1))
    freezer.move_to(dt_util.as_utc(day) + timedelta(hours=4, minutes=30))


@pytest.fixture
async def home(hass: HomeAssistant, link: Link, later: Later) -> MockConfigEntry:
    """Return the History entry of a home with Alva's account, which may look up 24 things a day."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id="history",
        data={"kind": "history"},
        options={"metadata_calls_per_day": A_DAY},
    )
    entry.add_to_hass(hass)
    account = await link("alva")
    # What was played before would be some calls in the hour that these tests begin with.
    hass.config_entries.async_update_entry(account, options={"backfill": False})
    await set_up(hass, account)
    return entry


@pytest.fixture
def played(hass: HomeAssistant, home: MockConfigEntry) -> AppendPlay:
    """Return a way to have an export tell that Alva played something some years ago, so many times."""

    async def played(
        item: Item,
        times: int = 1,
        source: Source = Source.EXPORT,
        *,
        pictured: bool = True,
    ) -> None:
        now = round(dt_util.utcnow().timestamp()) * 1000 - AGO_MS
        reported = [
            Observation(
                source,
                account_of(hass).listener,
                item,
                started_at=now + number * 600_000,
                ended_at=now + number * 600_000 + 60_000,
                ms_played=60_000,
            )
            for number in range(times)
        ]
        memory = hass.data[DATA_HISTORY]
        await memory.async_append(reported)
        if pictured:
            await memory.async_write(lambda connection, _: picture_all(connection))

    return played


def picture_all(connection: Connection) -> None:
    """Know a picture of every artist, so that Spotify is asked of tracks and episodes alone."""
    run(connection, "INSERT INTO artist_picture SELECT id, 0, 'https://i.scdn.co/a' FROM artist WHERE true ON CONFLICT DO NOTHING")  # fmt: skip


def account_of(hass: HomeAssistant) -> SpotifyAccount:
    """Return Alva's account."""
    [entry] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "spotify"
    ]
    account: SpotifyAccount = entry.runtime_data
    return account


def bare(track: Track) -> Item:
    """Return a track as an export tells of it."""
    return Item(track.uri, Kind.TRACK, track.name, track.artist_names[:1], track.album_name)  # fmt: skip


def names_of(track: Track) -> Item:
    """Return a track of which only names are known."""
    artist = track.artist_names[0]
    uri = local_uri(Kind.TRACK, artist, track.name, "")
    return Item(uri, Kind.TRACK, track.name, (artist,))


def asked(spotify: SpotifySimulator) -> list[str]:
    """Return what was looked up, in order."""
    return [
        one.path.rpartition("/")[2]
        for one in spotify.requests.asked
        if one.endpoint in {"/v1/tracks/{id}", "/v1/episodes/{id}", "/v1/search"}
    ]


async def jobs(hass: HomeAssistant) -> list[Job]:
    """Return the records of looking things up, the newest first."""
    found = await hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.jobs(100, hidden=NOBODY_HIDDEN)
    )
    return [job for job in found if job.work.kind is JobKind.ENRICHMENT]


async def old_plays(hass: HomeAssistant) -> list[Play]:
    """Return the plays of some years ago."""
    before = round(dt_util.utcnow().timestamp() * 1000) - AGO_MS // 2
    return [play for play in await plays(hass) if play.started_at < before]


async def test_what_an_export_left_out_is_looked_up_once_what_was_played_most_first(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """One call an hour and never sooner; then there is nothing more to ask."""
    for times, track in enumerate(tracks[:3], start=1):
        await played(bare(track), times)
    await later(HOUR_S - 10)
    assert asked(spotify) == []
    await later(11)
    assert asked(spotify) == [tracks[2].id]
    [job] = await jobs(hass)
    assert (job.state, job.rows, job.work.about) == (
        JobState.RUNNING,
        1,
        dt_util.now().date().isoformat(),
    )
    for _ in range(6):
        await later(HOUR_S)
    assert asked(spotify) == [tracks[2].id, tracks[1].id, tracks[0].id]
    known = {play.item.uri: play.item for play in await old_plays(hass)}
    for track in tracks[:3]:
        item = known[track.uri]
        assert (item.duration_ms, item.isrc) == (track.duration_ms, track.isrc)
        assert item.image_url and item.artists == track.artist_names
    assert len(await old_plays(hass)) == 6
    [job] = await jobs(hass)
    assert (job.state, job.percent, job.retries) == (JobState.DONE, 100, 0)
    assert job.counts == {"calls": 3, "found": 3, "resolved": 0, "not_found": 0}
    purposes = account_of(hass).allowance.today
    assert purposes[Purpose.METADATA] == 3


async def test_artists_get_pictures_who_was_played_most_first(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Of exactly their name, once, from the same allowance; an artist that nobody knows has none."""
    known = spotify.world.catalogue.artists[tracks[0].artists[0].id]
    loved = Item("spotify:local:a", Kind.TRACK, "Tape", (known.name,))
    obscure = Item("spotify:local:b", Kind.TRACK, "Demo", ("Nobody At All",))
    await played(names_of(tracks[1]), 0)
    await played(loved, 2, pictured=False)
    await played(obscure, 1, pictured=False)
    for _ in range(6):
        await later(HOUR_S)
    searched = [one for one in spotify.requests.asked if one.endpoint == "/v1/search"]
    assert [dict(parse_qsl(one.query))["q"] for one in searched] == [
        known.name,
        "Nobody At All",
    ]
    pictures = await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.pictures([known.name, "Nobody At All"]),
        hidden=NOBODY_HIDDEN,
    )
    assert list(pictures) == [known.name]
    assert pictures[known.name].startswith("http")
    [job] = await jobs(hass)
    assert job.counts == {"calls": 2, "found": 1, "resolved": 0, "not_found": 1}


async def test_an_episode_is_looked_up_too(
    hass: HomeAssistant, played: AppendPlay, spotify: SpotifySimulator, later: Later
) -> None:
    """With the cover of its show."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    await played(
        Item(episode.uri, Kind.EPISODE, episode.name, (episode.show.name,)), times=2
    )
    await later(HOUR_S + 1)
    play, _ = await old_plays(hass)
    assert (play.item.duration_ms, play.item.artists) == (
        episode.duration_ms,
        (episode.show.name,),
    )
    assert play.item.image_url


async def test_names_become_their_track_and_no_play_comes_or_goes(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """By one search; the plays show the real track, each when it was."""
    track = tracks[0]
    await played(names_of(track), 5, Source.ACCOUNT_DATA)
    before, everything = await old_plays(hass), len(await plays(hass))
    await later(HOUR_S + 1)
    assert asked(spotify) == ["search"]
    after = await old_plays(hass)
    [shown] = {play.item.uri for play in after}
    real = spotify.world.catalogue.tracks[shown.rpartition(":")[2]]
    assert (real.name, real.artist_names[0]) == (track.name, track.artist_names[0])
    assert [(play.id, play.started_at, play.ms_played) for play in after] == [
        (play.id, play.started_at, play.ms_played) for play in before
    ]
    assert len(await plays(hass)) == everything
    await later(HOUR_S + 1)
    [job] = await jobs(hass)
    assert job.counts == {"calls": 1, "found": 1, "resolved": 1, "not_found": 0}


async def test_names_of_another_length_are_left_alone(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Whatever it was, it was not one that Spotify has; it is not looked for again soon."""
    item = replace(names_of(tracks[0]), duration_ms=tracks[0].duration_ms + 60_000)
    await played(item, 2, Source.PLAYER)
    for _ in range(3):
        await later(HOUR_S + 1)
    assert asked(spotify) == ["search"]
    assert {play.item for play in await old_plays(hass)} == {item}
    [job] = await jobs(hass)
    assert job.counts["not_found"] == 1


async def test_what_spotify_does_not_know_is_not_asked_of_again(
    hass: HomeAssistant,
    home: MockConfigEntry,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Not the next day, and not after a restart; what was played less has its turn."""
    await played(GONE, 3)
    await played(bare(tracks[0]))
    for _ in range(3):
        await later(HOUR_S + 1)
    assert await hass.config_entries.async_reload(home.entry_id)
    for _ in range(26):
        await later(HOUR_S + 1)
    assert asked(spotify) == [GONE.uri.rpartition(":")[2], tracks[0].id]
    [job] = await jobs(hass)
    assert job.counts == {"calls": 2, "found": 1, "resolved": 0, "not_found": 1}
    reported = await async_get_config_entry_diagnostics(hass, home)
    assert reported["history"]["looked_up"] == {"wanted": 0, "found": 1, "not_found": 1}


async def test_the_allowance_of_a_day_outlives_restarts_and_changes(
    hass: HomeAssistant,
    home: MockConfigEntry,
    played: AppendPlay,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """What was asked before counts; tomorrow there is a new one."""
    for track in list(spotify.world.catalogue.tracks.values())[:40]:
        await played(bare(track))
    for _ in range(3):
        await later(HOUR_S + 1)
    assert len(asked(spotify)) == 3
    hass.config_entries.async_update_entry(home, options={"metadata_calls_per_day": 4})
    assert await hass.config_entries.async_reload(home.entry_id)
    for _ in range(2):
        await later(DAY_S / 4 + 1)
    assert len(asked(spotify)) == 4
    newest, before = await jobs(hass)
    assert (before.state, before.rows) == (JobState.DONE, 3)
    assert (newest.state, newest.rows, newest.retries) == (JobState.DONE, 1, 0)
    for _ in range(4):
        await later(DAY_S / 4 + 1)
    assert 4 < len(asked(spotify)) <= 8
    first, *_ = await jobs(hass)
    assert first.work.about != newest.work.about


async def test_nothing_is_looked_up_where_the_allowance_is_nothing(
    hass: HomeAssistant,
    home: MockConfigEntry,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """0 switches it off."""
    hass.config_entries.async_update_entry(home, options={"metadata_calls_per_day": 0})
    assert await hass.config_entries.async_reload(home.entry_id)
    await played(bare(tracks[0]))
    for _ in range(4):
        await later(DAY_S / 2)
    assert (asked(spotify), await jobs(hass)) == ([], [])


@pytest.mark.parametrize("kind", [FaultKind.RATE_LIMITED, FaultKind.QUOTA_EXCEEDED])
async def test_a_pause_that_spotify_asks_for_ends_it_until_then(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
    kind: FaultKind,
) -> None:
    """The record says why; after the pause it goes on, no faster than before."""
    for track in tracks[:4]:
        await played(bare(track))
    spotify.faults.add(Fault(kind, "/v1/tracks/*", retry_after=6 * HOUR_S))
    await later(HOUR_S + 1)
    assert len(asked(spotify)) == 1
    [job] = await jobs(hass)
    assert job.state is JobState.FAILED and job.error
    for _ in range(6):
        await later(HOUR_S)
    assert len(asked(spotify)) == 1
    await later(HOUR_S)
    assert len(asked(spotify)) == 2
    newest, _ = await jobs(hass)
    assert (newest.state, newest.retries) == (JobState.RUNNING, 1)


async def test_a_call_that_fails_is_not_repeated_at_once(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """It waits an hour, and what failed has its turn another time."""
    await played(bare(tracks[0]))
    spotify.faults.add(Fault(FaultKind.NOT_ALLOWLISTED, "/v1/tracks/*"))
    await later(HOUR_S + 1)
    await later(NOTHING_S - 10)
    assert len(asked(spotify)) == 1
    await later(HOUR_S)
    await later(HOUR_S)
    newest, before = await jobs(hass)
    assert (before.state, newest.state) == (JobState.FAILED, JobState.DONE)
    assert newest.counts["found"] == 1


async def test_nothing_is_asked_while_a_pause_is_on_or_failures_keep_calls_off(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Whoever met them; there is no record of what was not begun."""
    await played(bare(tracks[0]))
    budget = await async_get_budget(hass)
    now = round(dt_util.utcnow().timestamp() * 1000)
    await budget.deadline.async_refused(now, 2 * HOUR_S, None)
    await later(HOUR_S + 1)
    assert (asked(spotify), await jobs(hass)) == ([], [])
    await later(2 * HOUR_S - 10)
    assert asked(spotify) == []
    breaker = budget.breaker(URL(spotify_api_url()).host or "")
    for _ in range(FAILURES):
        with suppress(Unavailable), breaker.trial():
            raise Unavailable("gone")
    assert breaker.state is BreakerState.OPEN
    await later(15)
    assert (asked(spotify), await jobs(hass)) == ([], [])


async def test_nothing_is_asked_while_an_import_runs(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However long it takes; afterwards there is no burst."""
    for track in tracks[:5]:
        await played(bare(track))
    with monkeypatch.context() as importing:
        importing.setattr(HistoryService, "at_work", True)
        for _ in range(4):
            await later(HOUR_S + 1)
        assert asked(spotify) == []
    await later(HOUR_S + 1)
    assert len(asked(spotify)) == 1


async def test_an_account_that_was_called_often_in_the_hour_is_left_alone(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Ten calls an hour are enough for somebody who plays nothing, whatever they were for."""
    await played(bare(tracks[0]))
    await later(HOUR_S - 10)
    account_of(hass).allowance.count(Purpose.PLAYER, 10)
    await later(11)
    assert asked(spotify) == []
    for _ in range(3):
        await later(HOUR_S + 1)
    assert asked(spotify) == [tracks[0].id]


async def test_a_silent_account_has_one_call_an_hour_to_spare_and_a_playing_one_four(
    hass: HomeAssistant,
    home: MockConfigEntry,
    played: AppendPlay,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """However many a day the home may make."""
    for track in list(spotify.world.catalogue.tracks.values())[:40]:
        await played(bare(track))
    options = {"metadata_calls_per_day": 288}
    hass.config_entries.async_update_entry(home, options=options)
    assert await hass.config_entries.async_reload(home.entry_id)
    for _ in range(3 * 12):
        await later(HOUR_S / 12)
    assert 2 <= len(asked(spotify)) <= 3
    long = max(
        spotify.world.catalogue.tracks.values(), key=lambda each: each.duration_ms
    )
    spotify.world.player("alva").play(uris=[long.uri] * 30)
    account_of(hass).coordinator.async_look_soon()
    before = len(asked(spotify))
    for _ in range(2 * 12):
        await later(HOUR_S / 12)
    assert 6 <= len(asked(spotify)) - before <= 8


async def test_nothing_is_looked_up_in_an_hour_in_which_spotify_failed(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Whatever was asked, and though it answers again: what cannot wait comes first."""
    await played(bare(tracks[0]))
    await later(HOUR_S - 100)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/me/player", times=2))
    await account_of(hass).coordinator.async_refresh()
    spotify.faults.clear()
    await account_of(hass).coordinator.async_refresh()
    assert account_of(hass).coordinator.last_update_success
    await later(101)
    assert asked(spotify) == []
    await later(HOUR_S)
    assert asked(spotify) == [tracks[0].id]


async def test_a_restart_gives_no_new_hour(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Calls from before it are in the history by the hour, and are taken to be as late as they can be."""
    await played(bare(tracks[0]))
    account, now = account_of(hass), round(dt_util.utcnow().timestamp() * 1000)
    account.allowance.count(Purpose.PLAYER, 10)
    budget = await async_get_budget(hass)
    await budget.usage.async_save()
    again = Usage(hass)
    await again.async_load()
    made = again.within_an_hour(account.listener.key, now)
    assert sum(each.calls for each in made) >= 10
    assert {each.at for each in made} == {now}
    assert again.within_an_hour(account.listener.key, now + HOUR_S * 1000) == ()


async def test_a_cancelled_job_rests_until_tomorrow(
    hass: HomeAssistant,
    hass_admin_user: MockUser,
    home: MockConfigEntry,
    played: AppendPlay,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Also when Home Assistant is started again meanwhile."""
    for track in list(spotify.world.catalogue.tracks.values())[:9]:
        await played(bare(track))
    await later(HOUR_S + 1)
    [job] = await jobs(hass)

    async def cancel() -> None:
        await hass.services.async_call(
            DOMAIN,
            "cancel_job",
            {"job": job.id},
            blocking=True,
            context=Context(user_id=hass_admin_user.id),
        )

    await cancel()
    await hass.async_block_till_done(wait_background_tasks=True)
    [job] = await jobs(hass)
    assert (job.state, job.counts["calls"]) == (JobState.CANCELLED, 1)
    with pytest.raises(ServiceValidationError):
        await cancel()
    await later(HOUR_S + 1)
    assert await hass.config_entries.async_reload(home.entry_id)
    for _ in range(4):
        await later(HOUR_S + 1)
    assert len(asked(spotify)) == 1
    for _ in range(20):
        await later(HOUR_S + 1)
    assert len(asked(spotify)) > 1


async def test_the_record_is_complete_when_home_assistant_stops(
    hass: HomeAssistant,
    played: AppendPlay,
    tracks: list[Track],
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """What was done is done; it does not count as failed at the next start."""
    for track in tracks[:5]:
        await played(bare(track))
    await later(HOUR_S + 1)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done(wait_background_tasks=True)
    [job] = await jobs(hass)
    assert (job.state, job.rows) == (JobState.DONE, 1)
    await later(HOUR_S + 1)
    assert len(asked(spotify)) == 1
