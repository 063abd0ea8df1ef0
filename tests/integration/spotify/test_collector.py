"""What an account plays is in the history: once, all of it, and only if it may be."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from copy import deepcopy
from dataclasses import replace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.history.errors import StoreFull
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Appended, Play, Source
from custom_components.encore.spotify.api.playback import RecentPage
from custom_components.encore.spotify.errors import Unavailable
from custom_components.encore.spotify.tracking.playback_tracker import PlaybackTracker
from custom_components.encore.spotify.tracking.recently_played_fetch import Fetched
from custom_components.encore.spotify.tracking.recently_played_poller import (
    RecentlyPlayedPoller,
)
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.ledger import Played
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, complaints, plays, set_up

RESPONSIVENESS = "saver"
"""Steps of these tests are those of few looks."""

RECENT = "/v1/me/player/recently-played"


@pytest.fixture
def album(spotify: SpotifySimulator) -> list[Track]:
    """Return a dozen tracks."""
    tracks = spotify.world.catalogue.tracks.values()
    return [track for track in tracks if 180_000 < track.duration_ms < 260_000][:12]


@pytest.fixture
def start(spotify: SpotifySimulator, freezer: FrozenDateTimeFactory) -> int:
    """Return when the test began (UTC ms)."""
    return spotify.clock.now_ms()


async def watch(later: Later, seconds: int, step: int = 5) -> None:
    """Let time pass in small steps, as it does."""
    for _ in range(seconds // step):
        await later(step)


def played(spotify: SpotifySimulator, start: int) -> list[Played]:
    """Return what Alva truly heard since the test began."""
    return list(spotify.world.ledger.played("alva", start))


async def new_plays(hass: HomeAssistant, start: int) -> list[Play]:
    """Return the plays that the history has since the test began."""
    return [play for play in await plays(hass) if play.started_at >= start - 60_000]


def same(found: list[Play], truth: list[Played]) -> None:
    """Hold plays against the ledger: the same items in the same order, at their times, as long as heard."""
    assert [play.item.uri for play in found] == [row.uri for row in truth]
    for play, row in zip(found, truth, strict=True):
        assert abs(play.started_at - row.started_at) < 40_000
        assert abs(play.ended_at - row.ended_at) < 40_000
        assert abs(play.ms_played - row.ms_played) < 40_000


def refuse_page(
    spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Answer one page of recently played, the first or a later one, with a wait of an hour."""
    take, pages = spotify.faults.take, 0

    def at_the_page(method: str, path: str, person: str | None) -> Fault | None:
        nonlocal pages
        pages += path == RECENT
        if path == RECENT and pages == number:
            return Fault(FaultKind.RATE_LIMITED, retry_after=3600)
        return take(method, path, person)

    # The simulator looks for faults only while there are some.
    spotify.faults.add(Fault(FaultKind.STALL, match="/nowhere", times=None))
    monkeypatch.setattr(spotify.faults, "take", at_the_page)


async def test_an_evening_is_remembered_as_it_was(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
) -> None:
    """Played from a phone, with skips, a pause and an episode at the end: seen live and polled, each play once."""
    player = spotify.world.player("alva")
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    await watch(later, 300)
    player.play(context_uri=None, uris=[track.uri for track in album])
    await watch(later, 700)
    player.next()
    await watch(later, 130)
    player.pause()
    await watch(later, 60)
    player.resume()
    await watch(later, 400)
    player.play(uris=[episode.uri])
    await watch(later, 600)
    player.pause()
    await watch(later, 1800)
    found = await new_plays(hass, start)
    same(found, played(spotify, start))
    assert len(found) >= 6
    assert {play.listener.key for play in found} == {
        f"spotify:{alva.data['account_id']}"
    }
    # An idle player is looked at every seven minutes, a playing one when a track is to end:
    # what no look met stands in recently played, which has no episodes.
    assert all({Source.LIVE, Source.POLLED} & play.sources for play in found)
    assert sum(Source.LIVE in play.sources for play in found) >= 3
    assert found[-1].sources == {Source.LIVE}


async def test_a_name_that_was_cut_within_a_character_is_recorded(
    hass: HomeAssistant,
    link: Link,
    spotify: SpotifySimulator,
    later: Later,
    album: list[Track],
    start: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Spotify's JSON may hold half a character, which no store takes."""
    cut = replace(album[0], name="Cut here \ud83d")
    monkeypatch.setitem(spotify.world.catalogue.tracks, cut.id, cut)
    spotify.world.player("alva").play(uris=[cut.uri, album[1].uri])
    await set_up(hass, await link("alva"))
    await watch(later, 300)
    assert "Cut here \ufffd" in [
        play.item.title for play in await new_plays(hass, start)
    ]


def reported_again(row: Played, rows: Sequence[Played], length: int) -> bool:
    """Whether a later row of the same song ends sooner after a row than the song is long (ms): they may be one play."""
    return any(
        other.uri == row.uri and 0 < other.ended_at - row.ended_at < length
        for other in rows
    )


@pytest.mark.parametrize("past_days", [40])
async def test_the_first_link_brings_the_last_30_days(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """All that stands in recently played."""
    known = await plays(hass)
    now = spotify.clock.now_ms()
    rows = [
        row
        for row in spotify.world.ledger.played("alva", now - 29 * 86_400_000)
        if row.kind == "track" and not row.private and (row.synced_at or 0) <= now
    ]
    truth = [row for row in rows if row.ms_played >= 60_000]
    assert len(truth) > 300
    lengths = {
        row.uri: spotify.world.catalogue.playable(row.uri).duration_ms for row in truth
    }
    truth = [row for row in truth if not reported_again(row, rows, lengths[row.uri])]
    ends = {(play.item.uri, play.ended_at // 10_000) for play in known}
    missing = [
        row
        for row in truth
        if not {(row.uri, row.ended_at // 10_000 - back) for back in (0, 1)} & ends
    ]
    assert missing == []


async def test_without_backfill_the_past_is_left_alone(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """But for the one page that stands there now."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"backfill": False})
    await set_up(hass, entry)
    assert spotify.requests.count(endpoint=RECENT) == 1
    assert len(await plays(hass)) <= 50


async def test_a_play_sounds_in_the_area_where_home_assistant_has_a_device_of_that_name(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """However the area is called: a speaker and its namesake at Spotify are one."""
    attic = area_registry.async_create("Attic")
    player = spotify.world.player("alva")
    laptop = player.devices[1]
    namesake = device_registry.async_get_or_create(
        config_entry_id=alva.entry_id,
        identifiers={("test", "laptop")},
        name=laptop.name.upper(),
    )
    device_registry.async_update_device(namesake.id, area_id=attic.id)
    player.play(uris=[track.uri for track in album[:3]], device_id=laptop.id)
    alva.runtime_data.coordinator.async_look_soon()
    await watch(later, 330)
    player.pause()
    await watch(later, 1200)
    found = await new_plays(hass, start)
    assert found
    assert {span.room.key for play in found for span in play.rooms} == {attic.id}


async def test_a_play_sounds_in_the_room_whose_name_its_device_has(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
    area_registry: ar.AreaRegistry,
) -> None:
    """By name or alias, whatever the case; another device sounds in none."""
    study = area_registry.async_create("alva’s LAPTOP")
    area_registry.async_create("Hall", aliases={"Alva’s pixel 9"})
    player = spotify.world.player("alva")
    for place, device in enumerate(player.devices[:2]):
        player.play(
            uris=[track.uri for track in album[3 * place : 3 * place + 3]],
            device_id=device.id,
        )
        alva.runtime_data.coordinator.async_look_soon()
        await watch(later, 330)
    player.pause()
    await watch(later, 1200)
    found = await new_plays(hass, start)
    rooms = [[span.room.name for span in play.rooms] for play in found]
    assert rooms == [["Hall"]] * 2 + [["alva’s LAPTOP"]] * 2
    assert found[-1].rooms[0].room.key == study.id
    assert found[-1].device is not None
    assert found[-1].device.name == "Alva’s laptop"


async def test_a_restart_neither_loses_nor_doubles_the_play_under_way(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
) -> None:
    """Unloaded in the middle of a track, set up again before its end."""
    spotify.world.player("alva").play(uris=[album[0].uri, album[1].uri])
    await watch(later, 330)
    await hass.config_entries.async_unload(alva.entry_id)
    await later(20)
    await set_up(hass, alva)
    await watch(later, 400)
    await watch(later, 300)
    same(await new_plays(hass, start), played(spotify, start))


async def test_a_crash_long_after_a_restart_does_not_repeat_the_play_of_then(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
    hass_storage: dict[str, Any],
) -> None:
    """What was kept aside at the stop was taken up by the start, and is not taken up again."""
    spotify.world.player("alva").play(uris=[track.uri for track in album[:4]])
    await watch(later, 330)
    await hass.config_entries.async_unload(alva.entry_id)
    await later(20)
    await set_up(hass, alva)
    spotify.world.player("alva").next()
    await watch(later, 1200)
    key = f"encore.spotify.{alva.entry_id}"
    at_the_crash = deepcopy(hass_storage[key])
    await hass.config_entries.async_unload(alva.entry_id)
    hass_storage[key] = at_the_crash
    await set_up(hass, alva)
    await watch(later, 60)
    same(await new_plays(hass, start), played(spotify, start))


async def test_a_play_that_ends_during_a_restart_is_stored(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """An episode, which recently played never has."""
    episodes = spotify.world.catalogue.episodes.values()
    episode = next(one for one in episodes if one.duration_ms > 1_000_000)
    spotify.world.player("alva").play(
        uris=[episode.uri], position_ms=episode.duration_ms - 500_000
    )
    alva.runtime_data.async_wake()
    await watch(later, 330)
    await hass.config_entries.async_unload(alva.entry_id)
    await later(600)
    await set_up(hass, alva)
    (play,) = await new_plays(hass, start)
    assert play.item.uri == episode.uri
    assert 300_000 < play.ms_played <= 500_000


async def test_home_assistant_stopping_keeps_the_play_under_way(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    hass_storage: dict[str, Any],
) -> None:
    """Entries are not unloaded then; it is on disk when the stop goes on."""
    spotify.world.player("alva").play(uris=[album[0].uri, album[1].uri])
    alva.runtime_data.async_wake()
    await watch(later, 330)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    stored = hass_storage[f"encore.spotify.{alva.entry_id}"]["data"]
    assert stored["tracker"]["play"]["item"]["uri"] == album[1].uri
    await hass.config_entries.async_unload(alva.entry_id)


async def test_what_was_stored_and_cannot_be_read_does_not_hinder_the_start(
    hass: HomeAssistant, link: Link, later: Later, hass_storage: dict[str, Any]
) -> None:
    """A file of another version, say."""
    entry = await link("alva")
    hass_storage[f"encore.spotify.{entry.entry_id}"] = {
        "version": 1,
        "data": {"tracker": {"play": "odd"}},
    }
    await set_up(hass, entry)
    assert entry.state.name == "LOADED"


async def test_a_removed_account_leaves_nothing_behind(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    hass_storage: dict[str, Any],
) -> None:
    """But its history."""
    key = f"encore.spotify.{alva.entry_id}"
    await hass.config_entries.async_unload(alva.entry_id)
    assert key in hass_storage
    await hass.config_entries.async_remove(alva.entry_id)
    assert key not in hass_storage


async def test_private_sessions_are_not_recorded(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
) -> None:
    """Whatever is played in them."""
    player = spotify.world.player("alva")
    player.private_session(True)
    player.play(uris=[track.uri for track in album[:3]])
    await watch(later, 2700)
    assert len(played(spotify, start)) == 3
    assert await new_plays(hass, start) == []


async def test_switched_off_nothing_is_recorded_or_fetched_later(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
) -> None:
    """The play under way is kept as far as it was heard; what is played meanwhile stays unknown."""
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in album])
    alva.runtime_data.coordinator.async_look_soon()
    await watch(later, 330)
    hass.config_entries.async_update_entry(alva, options={"record": False})
    await hass.config_entries.async_reload(alva.entry_id)
    before = await new_plays(hass, start)
    assert [play.item.uri for play in before] == [album[0].uri, album[1].uri]
    spotify.requests.clear()
    await watch(later, 900)
    assert spotify.requests.count(endpoint=RECENT) == 0
    player.pause()
    await later(1800)
    assert await new_plays(hass, start) == before
    hass.config_entries.async_update_entry(alva, options={"record": True})
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await new_plays(hass, start) == before
    player.play(uris=[album[-1].uri])
    alva.runtime_data.coordinator.async_look_soon()
    await watch(later, 600)
    assert [play.item.uri for play in await new_plays(hass, start)] == [
        album[0].uri,
        album[1].uri,
        album[-1].uri,
    ]


async def test_after_an_outage_recently_played_fills_the_gap(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
) -> None:
    """At once, not only at the next poll."""
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in album])
    await watch(later, 330)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match="/v1/me/player", times=None))
    await watch(later, 600, step=30)
    spotify.faults.clear()
    spotify.requests.clear()
    await watch(later, 430)
    assert spotify.requests.count(endpoint=RECENT) == 1
    player.pause()
    await watch(later, 1800, step=30)
    same(await new_plays(hass, start), played(spotify, start))


@pytest.mark.parametrize("past_days", [40])
async def test_a_429_during_the_backfill_is_waited_out_and_the_rest_fetched(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    spotify: SpotifySimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came before it is kept."""
    entry = await link("alva")
    refuse_page(spotify, monkeypatch, 3)
    await set_up(hass, entry)
    assert 50 <= len(await plays(hass)) <= 100
    for _ in range(12):
        await later(310)
    assert spotify.requests.count(endpoint=RECENT) > 10
    assert len(await plays(hass)) > 300


async def test_a_gap_that_is_half_fetched_at_a_restart_is_fetched_whole(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    freezer: FrozenDateTimeFactory,
    later: Later,
    start: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The newest page alone must not hide that the ones before it are missing."""
    await hass.config_entries.async_unload(alva.entry_id)
    tracks = list(spotify.world.catalogue.tracks.values())[:120]
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    freezer.tick(sum(track.duration_ms for track in tracks) / 1000 + 60)
    spotify.clock.catch_up()
    refuse_page(spotify, monkeypatch, 3)
    await set_up(hass, alva)
    await hass.config_entries.async_unload(alva.entry_id)
    await later(3700)
    await set_up(hass, alva)
    assert [play.item.uri for play in await new_plays(hass, start)] == [
        row.uri for row in played(spotify, start)
    ]


async def test_a_failing_poll_is_tried_again_in_minutes(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Without a line in the log: the player tells of outages."""
    await later(1)
    caplog.clear()
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=RECENT, times=2))
    await later(3785)
    spotify.requests.clear()
    await later(299)
    assert spotify.requests.count(endpoint=RECENT) == 0
    await later(2)
    assert spotify.requests.count(endpoint=RECENT) == 1
    assert complaints(caplog) == []


async def test_while_the_player_does_not_answer_the_list_is_hardly_asked_for(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """It comes at once when the player answers again; two hours of errors of an idle account are few calls."""
    await watch(later, 1800, step=30)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    spotify.requests.clear()
    await watch(later, 7200, step=30)
    assert 1 <= spotify.requests.count(endpoint=RECENT) <= 2
    assert spotify.requests.count() <= 16
    spotify.faults.clear()
    spotify.requests.clear()
    await watch(later, 900, step=30)
    assert spotify.requests.count(endpoint=RECENT) == 1


async def test_rows_that_cannot_be_read_are_counted_and_reported_once(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Something new in the list, fetch after fetch; all other rows are used."""
    gateway = alva.runtime_data.gateway
    read = gateway.async_recently_played

    async def strange(*, before: int | None = None) -> RecentPage:
        page: RecentPage = await read(before=before)
        return replace(page, plays=page.plays[1:], unread=("no track",))

    monkeypatch.setattr(
        type(gateway), "async_recently_played", lambda _self, **asked: strange(**asked)
    )
    caplog.clear()
    for _ in range(2):
        fetched = await alva.runtime_data.collector.async_sync()
        assert fetched.counts() == {"rows": 49, "new": 0, "unread": 1}
    assert complaints(caplog) == [
        "Recently played has rows with no track; its other rows are used"
    ]


async def test_a_fetch_that_somebody_asked_for_and_that_fails_ends_no_polls(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The poll that was due meanwhile waited for it, and has no other turn."""
    polls = alva.runtime_data.collector._polls
    release = asyncio.Event()
    fetch = polls._async_fetch_now

    async def slow(*args: Any, **kwargs: Any) -> Fetched:
        await release.wait()
        fetched: Fetched = await fetch(*args, **kwargs)
        return fetched

    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=RECENT, times=3))
    with monkeypatch.context() as slowed:
        slowed.setattr(polls, "_async_fetch_now", slow)
        asked = hass.async_create_task(polls.async_ask())
        await asyncio.sleep(0)
        polls.poll()
        await asyncio.sleep(0)
        release.set()
        with pytest.raises(Unavailable):
            await asked
    polls_since = spotify.requests.count(endpoint=RECENT)
    await watch(later, 900, step=30)
    assert spotify.requests.count(endpoint=RECENT) > polls_since


async def test_plays_that_cannot_be_stored_wait_until_they_can(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    start: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A full disk, told once, and again when there is room."""

    def full(history: History, observations: object) -> Future[Appended]:
        failed: Future[Appended] = Future()
        failed.set_exception(StoreFull("disk full"))
        return failed

    caplog.clear()
    with monkeypatch.context() as broken:
        broken.setattr(History, "append", full)
        spotify.world.player("alva").play(uris=[track.uri for track in album[:3]])
        await watch(later, 900)
    assert len(complaints(caplog)) == 1
    await watch(later, 900)
    same(await new_plays(hass, start), played(spotify, start))
    assert len(complaints(caplog)) == 2


async def test_the_listener_is_called_like_the_chosen_person(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    entity_registry: er.EntityRegistry,
) -> None:
    """From the registry at start, else from the state, else by the account's own name."""
    entry = await link("alva")
    await set_up(hass, entry)
    assert entry.runtime_data.listener.name == "Alva Lindqvist"
    hass.states.async_set("person.guest", "home", {"friendly_name": "Our guest"})
    registered = entity_registry.async_get_or_create(
        "person", "person", "1", original_name="Mum"
    )
    for person, name in (
        ("person.guest", "Our guest"),
        (registered.entity_id, "Mum"),
        ("person.gone", "Alva Lindqvist"),
    ):
        hass.config_entries.async_update_entry(entry, options={"person": person})
        await hass.config_entries.async_reload(entry.entry_id)
        assert entry.runtime_data.listener.name == name


async def test_a_play_that_is_over_stays_known_while_recently_played_is_awaited(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    album: list[Track],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is active until the history has it, so that no session ends for a moment between the two."""
    collector = alva.runtime_data.collector
    spotify.world.player("alva").play(uris=[album[0].uri])
    alva.runtime_data.coordinator.async_look_soon()
    await watch(later, 60)
    monkeypatch.setattr(PlaybackTracker, "wonders", lambda _self, _look: True)
    monkeypatch.setattr(
        RecentlyPlayedPoller, "wonders_in", lambda _self, _moment: 7_000
    )
    awaited = 0
    for _ in range(album[0].duration_ms // 1000):
        await later(1)
        awaited += bool(collector._waiting)
        active = collector.active_plays(spotify.clock.now_ms())
        known = [play.item.title for play in (*active, *await plays(hass))]
        assert album[0].name in known
    assert awaited
    assert album[0].name not in [play.item.title for play in active]
