"""The calendar of an account: when its listener listened, as Home Assistant shows it to the household."""

from datetime import datetime, timedelta
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.spotify.conftest import Later, plays, set_up
from tests.integration.spotify.playing import seen

CALENDAR = "calendar.alva_lindqvist_listening"
SILENCES: Final = (5, 20, 60, 240, 10, 0, 120, 30, 600, 5, 15, 45)
"""Seconds between the songs of an evening."""


def shown(hass: HomeAssistant) -> State:
    """Return the state of the calendar."""
    state = hass.states.get(CALENDAR)
    assert state is not None
    return state


async def events(hass: HomeAssistant, days: float = 1) -> list[dict[str, Any]]:
    """Return the events of some days until now, as an automation gets them."""
    now = dt_util.now()
    answer: dict[str, Any] = (
        await hass.services.async_call(
            "calendar",
            "get_events",
            {
                "entity_id": CALENDAR,
                "start_date_time": (now - timedelta(days=days)).isoformat(),
                "end_date_time": now.isoformat(),
            },
            blocking=True,
            return_response=True,
        )
        or {}
    )
    found: list[dict[str, Any]] = answer[CALENDAR]["events"]
    return found


async def play(
    spotify: SpotifySimulator, later: Later, tracks: list[Track], seconds: int
) -> None:
    """Let Alva play tracks for some time."""
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    for _ in range(seconds // 5):
        await later(5)


async def test_it_is_on_while_its_listener_listens(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    tracks: list[Track],
) -> None:
    """From the first song on, and off once it was silent for so long that the session is over; then it has no event."""
    # What was heard before the account was linked may have ended just now.
    await later(3_600)
    assert shown(hass).state == "off"
    await play(spotify, later, tracks, 5)
    await seen(alva, later)
    for _ in range(60):
        await later(10)
    before = shown(hass)
    assert before.state == "on"
    spotify.world.player("alva").pause()
    await seen(alva, later)
    for _ in range(6):
        await later(600)
    assert shown(hass).state == "off"
    await play(spotify, later, tracks[1:], 60)
    await seen(alva, later)
    await later(10)
    on = shown(hass)
    assert on.state == "on"
    assert tracks[1].artists[0].name in on.attributes["message"]
    assert on.attributes["start_time"] > before.attributes["start_time"]
    spotify.world.player("alva").pause()
    await seen(alva, later)
    for _ in range(20):
        await later(60)
    silent = shown(hass)
    assert silent.state == "on"
    assert silent.attributes["start_time"] == on.attributes["start_time"]
    (*_, goes_on) = await events(hass)
    ends = dt_util.parse_datetime(goes_on["end"])
    assert ends and ends > dt_util.now()
    for _ in range(2):
        await later(600)
    off = shown(hass)
    assert off.state == "off"
    assert "start_time" not in off.attributes
    two = await events(hass)
    begun = [dt_util.parse_datetime(each["start"]) for each in two[-2:]]
    assert [each and f"{each:%Y-%m-%d %H:%M:%S}" for each in begun] == [
        state.attributes["start_time"] for state in (before, on)
    ]
    assert silent.attributes["description"] == two[-1]["description"]
    ended = dt_util.parse_datetime(two[-1]["end"])
    assert ended and timedelta(minutes=39) < dt_util.now() - ended


async def test_an_evening_with_pauses_is_one_event(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    tracks: list[Track],
) -> None:
    """Twelve songs with silences of seconds to minutes between them: it goes on once, and off once."""
    await later(3_600)
    states = [shown(hass).state]

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        assert state is not None
        if state.state != states[-1]:
            states.append(state.state)

    async_track_state_change_event(hass, CALENDAR, changed)
    for silence, track in zip(SILENCES, [*tracks, *tracks], strict=False):
        spotify.world.player("alva").play(uris=[track.uri])
        for passed in range(0, track.duration_ms // 1000 + silence, 20):
            await later(20)
            if passed == 0:
                await seen(alva, later)
    assert states == ["off", "on"]
    before = await events(hass)
    for _ in range(8):
        await later(300)
    assert states == ["off", "on", "off"]
    (session,) = await events(hass, days=1 / 12)
    assert session["start"] == before[-1]["start"]


@pytest.fixture(
    params=[
        ("Europe/Berlin", "2026-10-25T00:50:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-04T14:50:00+00:00"),
    ]
)
async def set_back_soon(
    request: pytest.FixtureRequest, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> datetime:
    """Stop the clock ten minutes before it is set back, before the simulator takes its time from it."""
    zone, begins = request.param
    await hass.config.async_set_time_zone(zone)
    freezer.move_to(begins)
    return dt_util.utcnow()


@pytest.fixture
def begun(set_back_soon: datetime, spotify: SpotifySimulator) -> datetime:
    """Return when the listening begins, before which there was none."""
    spotify.world.recent_places = 0
    return set_back_soon


async def test_the_night_in_which_clocks_are_set_back(
    hass: HomeAssistant,
    begun: datetime,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    tracks: list[Track],
) -> None:
    """What is heard before goes on after, and ends once; its events can be read meanwhile."""
    assert shown(hass).state == "off"
    states: list[tuple[datetime, str]] = []

    @callback
    def written(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        assert state is not None
        states.append((state.last_updated, state.state))

    async_track_state_change_event(hass, CALENDAR, written)
    await play(spotify, later, tracks, 5)
    await seen(alva, later)
    for _ in range(60):
        await later(10)
    spotify.world.player("alva").pause()
    await seen(alva, later)
    fell_silent = dt_util.utcnow()
    for _ in range(20):
        (*_, session) = await events(hass)
        start, end = (
            dt_util.parse_datetime(session[each]) for each in ("start", "end")
        )
        assert start and end and abs(start - begun) < timedelta(minutes=1)
        assert end - fell_silent < timedelta(minutes=31)
        assert (shown(hass).state == "on") is (dt_util.utcnow() < end)
        await later(120)
    assert [state for _, state in states].count("off") == 1
    for moment, _ in states:
        assert (
            sum(moment <= other < moment + timedelta(seconds=1) for other, _ in states)
            < 5
        )


async def test_its_events_are_what_the_question_reports(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Of the month that was there when the account was linked; the frontend gets the same over HTTP."""
    now = dt_util.now()
    found = await events(hass, days=40)
    answer: dict[str, Any] = (
        await hass.services.async_call(
            DOMAIN,
            "get_sessions",
            {"listener": "Alva Lindqvist", "time_range": "all_time", "limit": 100},
            blocking=True,
            return_response=True,
        )
        or {}
    )
    assert len(found) == answer["sessions"] > 0
    assert [dt_util.parse_datetime(each["start"]) for each in found] == [
        dt_util.parse_datetime(each["start"]) for each in reversed(answer["latest"])
    ]
    assert all(each["summary"] and each["description"] for each in found)
    client = await hass_client()
    response = await client.get(
        f"/api/calendars/{CALENDAR}",
        params={
            "start": (now - timedelta(days=40)).isoformat(),
            "end": now.isoformat(),
        },
    )
    reported = await response.json()
    assert [each["summary"] for each in reported] == [each["summary"] for each in found]
    assert len({each["uid"] for each in reported}) == len(reported)


async def test_the_words_are_those_of_the_home(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """In its language."""
    hass.config.language = "de"
    (*_, last) = await events(hass, days=40)
    assert "Wiedergabe" in last["description"]


async def test_a_history_that_cannot_be_read_is_said(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    later: Later,
) -> None:
    """Where a range is asked for; the calendar keeps what it had."""
    before = shown(hass)

    async def lost(*_: object, **__: object) -> None:
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patched:
        patched.setattr(HistoryService, "async_ask", lost)
        with pytest.raises(HomeAssistantError) as error:
            await events(hass)
        await later(60)
    assert error.value.translation_key == "history_unavailable"
    assert shown(hass).attributes == before.attributes
    assert await plays(hass) and hass.data[DATA_HISTORY].is_open


async def test_who_does_not_share_has_no_calendar(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """Neither with people, nor with nobody; it is removed, not only unavailable."""
    registry = er.async_get(hass)
    assert registry.async_get(CALENDAR) is not None
    for privacy in ("people", "private"):
        hass.config_entries.async_update_entry(
            alva, options={**alva.options, "privacy": privacy}
        )
        await hass.config_entries.async_unload(alva.entry_id)
        await set_up(hass, alva)
        assert registry.async_get(CALENDAR) is None
        assert hass.states.get(CALENDAR) is None
