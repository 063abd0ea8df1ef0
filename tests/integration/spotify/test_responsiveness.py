"""How soon a player shows what is changed elsewhere, what else makes it look, and what it does when calls run short."""

from collections.abc import Callable

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.spotify.issues import async_issues_of
from custom_components.encore.spotify.tracking.open_pages import async_get_views
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, plays, set_up
from tests.integration.spotify.playing import shown

LOOK = "/v1/me/player"
MINUTE = 60


@pytest.fixture(autouse=True)
async def home_zone(hass: HomeAssistant) -> None:
    """Let it be day: nothing is known of the listener yet, and waking hours are taken to be usual."""
    await hass.config.async_set_time_zone("UTC")


@pytest.fixture
def daytime(hass: HomeAssistant, freezer, spotify: SpotifySimulator) -> None:  # type: ignore[no-untyped-def]
    """Let it be noon."""
    freezer.move_to("2026-11-24T12:00:30+00:00")
    spotify.clock.catch_up()


async def wait_for(later: Later, so: Callable[[], bool], most: int) -> int:
    """Let seconds pass until something is so; return how many, or fail after `most`."""
    for second in range(1, most + 1):
        await later(1)
        if so():
            return second
    raise AssertionError(f"not within {most} s")


def looks(spotify: SpotifySimulator) -> int:
    """Return how often Alva's player was looked at."""
    return spotify.requests.count(person="alva", method="GET", endpoint=LOOK)


async def passed(later: Later, seconds: int, step: int = 5) -> None:
    """Let time pass, some seconds at once."""
    for begun in range(0, seconds, step):
        await later(min(step, seconds - begun))


def title(hass: HomeAssistant) -> object:
    """Return what the player shows."""
    return shown(hass).attributes.get("media_title")


@pytest.fixture
async def playing(
    hass: HomeAssistant,
    daytime: None,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> MockConfigEntry:
    """Return Alva's account while it plays, as was seen."""
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    await wait_for(later, lambda: shown(hass).state == "playing", MINUTE)
    return alva


async def test_a_start_on_the_phone_shows_within_a_minute(
    hass: HomeAssistant,
    daytime: None,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """In an hour in which somebody is awake, of an account that nobody knows yet."""
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    await wait_for(later, lambda: shown(hass).state == "playing", MINUTE)
    assert title(hass) == tracks[0].name


async def test_a_skip_and_a_pause_on_the_phone_show_within_a_minute(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Neither waits for the end of the track."""
    spotify.world.player("alva").next()
    await wait_for(later, lambda: title(hass) == tracks[1].name, MINUTE)
    spotify.world.player("alva").pause()
    await wait_for(later, lambda: shown(hass).state == "paused", MINUTE)


async def test_the_end_of_a_track_shows_within_seconds(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """A look is due just after it, whatever looks there were before."""
    state = spotify.world.player("alva").state
    assert state is not None
    left = (state.item.duration_ms - state.progress_ms) // 1000
    await passed(later, left - 1)
    assert title(hass) == tracks[0].name
    await wait_for(later, lambda: title(hass) == tracks[1].name, 5)


@pytest.mark.parametrize(
    ("chosen", "least", "most"),
    [("live", 38, 48), ("balanced", 20, 30)],
)
async def test_twenty_minutes_of_music_take_as_many_calls_as_was_chosen(
    hass: HomeAssistant,
    daytime: None,
    link: Link,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    chosen: str,
    least: int,
    most: int,
) -> None:
    """All calls of the account are counted; what Saver takes in an hour is held in `test_watching`."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"responsiveness": chosen})
    await set_up(hass, entry)
    spotify.world.player("alva").play(uris=[track.uri for track in tracks] * 3)
    await passed(later, 2 * MINUTE)
    spotify.requests.clear()
    await passed(later, 20 * MINUTE)
    calls = sum(
        one.endpoint.startswith("/v1/") and one.person == "alva"
        for one in spotify.requests.asked
    )
    assert least <= calls <= most


async def test_a_connect_device_that_reports_makes_the_account_look(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Its own entity is called as the device, in whatever integration."""
    player = spotify.world.player("alva")
    device = player.active_device
    assert device is not None
    entity = "media_player.somewhere"
    named = {"friendly_name": device.name.upper()}
    hass.states.async_set(entity, "playing", {**named, "media_title": tracks[0].name})
    await passed(later, 25)
    player.next()
    hass.states.async_set(entity, "playing", {**named, "media_title": tracks[1].name})
    await wait_for(later, lambda: title(hass) == tracks[1].name, 25)


async def test_a_phone_that_reports_makes_the_account_look(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    daytime: None,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """The companion app's sensor has the media session of Spotify's app among others; nobody is asked for those."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"responsiveness": "saver"})
    await set_up(hass, entry)
    await passed(later, 90)
    sensor = "sensor.pixel_media_session"
    hass.states.async_set(sensor, "Paused", {"title_com.other": "A"})
    before = looks(spotify)
    hass.states.async_set(sensor, "B", {"title_com.other": "B"})
    await passed(later, 5)
    assert looks(spotify) == before
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    session = {
        "title_com.spotify.music": tracks[0].name,
        "playback_state_com.spotify.music": "Playing",
    }
    hass.states.async_set(sensor, tracks[0].name, session)
    await wait_for(later, lambda: title(hass) == tracks[0].name, 5)


async def test_somebody_elses_phone_wakes_nobody(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    daytime: None,
    spotify: SpotifySimulator,
) -> None:
    """Where it is known whose it is."""
    users = [await hass.auth.async_create_user(name) for name in ("Alva", "Ben")]
    people = [
        {"id": user.name, "name": user.name, "user_id": user.id} for user in users
    ]
    assert await async_setup_component(hass, "person", {"person": people})
    entries = {}
    for name in ("alva", "ben"):
        entry = entries[name] = await link(name)
        options = {"responsiveness": "saver", "person": f"person.{name}"}
        hass.config_entries.async_update_entry(entry, options=options)
        await set_up(hass, entry)
    phone = MockConfigEntry(domain="mobile_app", data={"user_id": users[1].id})
    phone.add_to_hass(hass)
    sensor = er.async_get(hass).async_get_or_create(
        "sensor",
        "mobile_app",
        "1",
        config_entry=phone,
        suggested_object_id="p_media_session",
    )
    await passed(later, 30)
    hass.states.async_set(sensor.entity_id, "Paused", {})
    spotify.requests.clear()
    session = {"playback_state_com.spotify.music": "Playing"}
    hass.states.async_set(sensor.entity_id, "A song", session)
    await passed(later, 5)
    assert looks(spotify) == 0
    assert spotify.requests.count(person="ben", method="GET", endpoint=LOOK) == 1


async def test_reports_that_nothing_comes_of_are_believed_ever_more_seldom(
    hass: HomeAssistant,
    daytime: None,
    link: Link,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """A box that reports Spotify all the time, of an account that is not linked."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"responsiveness": "saver"})
    await set_up(hass, entry)
    entity = "media_player.box"
    spotify.requests.clear()
    for number in range(720):
        attributes = {"app_name": "Spotify", "media_title": f"{number}"}
        hass.states.async_set(entity, "playing", attributes)
        await later(5)
    assert 8 <= looks(spotify) <= 30


async def test_an_open_card_is_followed_every_ten_seconds(
    hass: HomeAssistant,
    daytime: None,
    link: Link,
    hass_ws_client: WebSocketGenerator,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """At once when it is opened, and until it is closed."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"responsiveness": "saver"})
    await set_up(hass, entry)
    await passed(later, 60)
    client = await hass_ws_client(hass)
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    await client.send_json_auto_id(
        {
            "type": "encore/subscribe",
            "question": "get_played_at",
            "parameters": {"moment": "now"},
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    await wait_for(later, lambda: title(hass) == tracks[0].name, 2)
    spotify.world.player("alva").next()
    await wait_for(later, lambda: title(hass) == tracks[1].name, 12)
    await client.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": answer["id"]}
    )
    while (await client.receive_json())["type"] != "result":
        pass
    await passed(later, 12)
    spotify.requests.clear()
    await passed(later, 60)
    assert looks(spotify) == 0


async def test_a_card_on_a_wall_costs_no_more_than_live(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """After ten minutes it is followed every 30 s while something plays, and as ever while nothing does."""
    views = async_get_views(hass)
    close = views.open([playing.runtime_data.listener.key])
    await passed(later, 5 * MINUTE)
    spotify.requests.clear()
    await passed(later, MINUTE)
    assert 4 <= looks(spotify) <= 7
    await passed(later, 5 * MINUTE)
    spotify.requests.clear()
    await passed(later, 3 * MINUTE)
    assert 5 <= looks(spotify) <= 8
    spotify.world.player("alva").pause()
    await passed(later, MINUTE)
    spotify.requests.clear()
    await passed(later, 3 * MINUTE)
    assert looks(spotify) <= 4
    close()


async def test_when_spotify_refuses_more_calls_the_account_saves_them_and_says_so(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """For a day after the pause; over restarts too."""
    assert shown(hass).attributes["responsiveness"] == "balanced"
    assert async_issues_of(hass, playing) == []
    spotify.faults.add(
        Fault(FaultKind.QUOTA_EXCEEDED, match="/v1/*", retry_after=1_800)
    )
    await passed(later, 60)
    await later(1_800)
    await passed(later, 10)
    assert shown(hass).attributes["responsiveness"] == "saver"
    assert async_issues_of(hass, playing) == ["calls_saved"]
    spotify.requests.clear()
    await passed(later, 10 * MINUTE)
    assert looks(spotify) <= 5
    await hass.config_entries.async_reload(playing.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(hass).attributes["responsiveness"] == "saver"
    await later(86_400)
    await passed(later, 5)
    assert shown(hass).attributes["responsiveness"] == "balanced"
    assert async_issues_of(hass, playing) == []


async def test_most_of_the_calls_that_the_account_may_make_are_made_as_saver_makes_them(
    hass: HomeAssistant,
    daytime: None,
    link: Link,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """At 80 % of its day."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"daily_calls": 40})
    await set_up(hass, entry)
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    assert shown(hass).attributes["responsiveness"] == "balanced"
    await passed(later, 40 * MINUTE)
    assert shown(hass).attributes["responsiveness"] == "saver"
    assert async_issues_of(hass, entry) == ["budget_nearly_spent"]


async def test_another_choice_in_the_middle_of_a_track_loses_nothing_of_it(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """The page of options sets the account up anew; the play under way goes on."""
    await passed(later, 40)
    account = playing.runtime_data
    form = await hass.config_entries.options.async_init(playing.entry_id)
    chosen = {"responsiveness": "live"}
    await hass.config_entries.options.async_configure(form["flow_id"], chosen)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert playing.state is ConfigEntryState.LOADED
    assert playing.runtime_data is not account
    assert shown(hass).attributes["responsiveness"] == "live"
    await passed(later, tracks[0].duration_ms // 1000 + 40)
    reported = [each for each in await plays(hass) if each.item.uri == tracks[0].uri]
    assert len(reported) == 1
    assert abs(reported[0].ms_played - tracks[0].duration_ms) < 2_000
