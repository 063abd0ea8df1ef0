"""Nights in which the calendar does something odd: clocks are set, a leap day begins, a year ends. Time goes on, and things happen once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
import logging
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_socket

from benchmarks._day_home import Home, pointed_at
from benchmarks._day_time import VirtualTimeLoop, run_in_virtual_time, until
from custom_components.encore.const import DOMAIN
from homeassistant.components.recorder.statistics import (
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import area_registry as ar, entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from simulator.clock import SimulatedClock
from simulator.sonos import HOME, SonosSimulator, moved_to
from simulator.spotify import SpotifySimulator
from tests.loopback import own_network

CALENDAR: Final = "calendar.alva_lindqvist_listening"
HOUR_MS: Final = 3_600_000
TODAY: Final = "sensor.alva_lindqvist_listening_time_today"
KITCHEN: Final = "media_player.kitchen"
BEDROOM: Final = "media_player.bedroom"
BEFORE: Final = timedelta(minutes=50)
"""How long before what is odd about a night it begins."""
SITTINGS: Final = ((33, 35), (48, 51))
"""From when until when there is music, in minutes from the beginning of the night."""
LASTS: Final = timedelta(minutes=165)
AT_ONCE: Final = 4_000
"""How often the event loop may have something to do within a second."""

NIGHTS: Final = {
    "clocks are set back in Berlin": ("Europe/Berlin", "2026-10-25T03:00+02:00"),
    "clocks are set forward in Berlin": ("Europe/Berlin", "2027-03-28T02:00+01:00"),
    "clocks are set back by half an hour": (
        "Australia/Lord_Howe",
        "2027-04-04T02:00+11:00",
    ),
    "a leap day begins": ("Europe/Berlin", "2028-02-29T00:00+01:00"),
    "a leap day is over": ("America/St_Johns", "2028-03-01T00:00-03:30"),
    "a year begins": ("Europe/Berlin", "2027-01-01T00:00+01:00"),
}


class Standstill:
    """Ends the night where the event loop is busy and time does not go on."""

    def __init__(self) -> None:
        """Watch the running loop, and the task that runs in it now."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert isinstance(loop, VirtualTimeLoop) and task is not None
        self._loop, self._task = loop, task
        self._second, self._rounds, self.most = 0, 0, 0
        self._round = loop._run_once  # type: ignore[attr-defined]
        loop._run_once = self._watched  # type: ignore[attr-defined]

    def _watched(self) -> None:
        if self._second != (second := int(self._loop.time())):
            self._second, self._rounds = second, 0
        if not self._loop.waits_for_threads:
            self._rounds += 1
        self.most = max(self.most, self._rounds)
        if self._rounds == AT_ONCE:
            self._task.cancel(f"time stands still at {dt_util.now()}")
        self._round()


@pytest.fixture(autouse=True)
def time_zone_is_given_back() -> Iterator[None]:
    """Leave the time zone to other tests as it was."""
    before = dt_util.get_default_time_zone()
    yield
    dt_util.set_default_time_zone(before)


@pytest.fixture
def network(loopback: None) -> Iterator[str]:
    """Allow connections to a network of this process's own, and return it."""
    network = own_network(3)
    pytest_socket.socket_allow_hosts(
        ["127.0.0.1", "::1", *(f"{network}.{last}" for last in range(1, 60))],
        allow_unix_socket=True,
    )
    yield network
    pytest_socket.socket_allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def nobody_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the sentences, which wait for nothing and take seconds to read."""

    async def none(_hass: HomeAssistant) -> CALLBACK_TYPE:
        return lambda: None

    monkeypatch.setattr(
        "custom_components.encore.setup.interfaces.async_register_sentences", none
    )


@pytest.mark.parametrize("night", NIGHTS)
def test_time_goes_on(
    night: str, network: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody listens through the moment, in a home with an account, an observed player and a Sonos speaker."""
    zone, moment = NIGHTS[night]
    odd = datetime.fromisoformat(moment)
    begins = (odd - BEFORE).astimezone(dt_util.UTC)
    with caplog.at_level(logging.WARNING):
        lived = run_in_virtual_time(lambda: _live(tmp_path, network, zone, odd), begins)
    assert lived == ["off", "on", "off"]
    assert [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR and DOMAIN in record.name
    ] == []


async def _live(folder: Path, network: str, zone: str, odd: datetime) -> list[str]:
    """Live a night, and return what the calendar showed."""
    spotify = SpotifySimulator(7, SimulatedClock(), past_days=1)
    spotify.world.recent_places = 0
    places = moved_to(network, [one for one in HOME if one.name == "Bedroom"])
    sonos = SonosSimulator(spotify.clock, spotify.world, places=places)
    home = Home(folder, spotify, beside=("recorder",))
    async with AsyncExitStack() as opened:
        await spotify.start()
        opened.push_async_callback(spotify.stop)
        await sonos.start()
        opened.push_async_callback(sonos.stop)
        opened.enter_context(pointed_at(spotify))
        await home.start()
        opened.push_async_callback(home.stop)
        return await _night(home, spotify, sonos, zone, odd)


async def _night(
    home: Home,
    spotify: SpotifySimulator,
    sonos: SonosSimulator,
    zone: str,
    odd: datetime,
) -> list[str]:
    hass = home.hass
    await _furnish(home, sonos, zone)
    states, bedroom = ["off"], ["idle"]

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        seen = states if event.data["entity_id"] == CALENDAR else bedroom
        if state is not None and state.state != seen[-1]:
            seen.append(state.state)

    async_track_state_change_event(hass, [CALENDAR, BEDROOM], changed)
    standstill = Standstill()
    begins = odd - BEFORE
    tracks = [*spotify.world.catalogue.tracks.values()][:20]
    for start, end in SITTINGS:
        await _until(spotify, begins + timedelta(minutes=start))
        spotify.world.player("alva").play(uris=[track.uri for track in tracks])
        _sounds(hass, tracks[0].name)
        sonos.press("Bedroom", "spotify", uri=tracks[-1].uri)
        sonos.press("Bedroom", "sleep", secs=7_200)
        await _until(spotify, begins + timedelta(minutes=end))
        spotify.world.player("alva").pause()
        hass.states.async_set(KITCHEN, "idle")
        sonos.press("Bedroom", "pause")
    await _until(spotify, begins + LASTS)
    assert standstill.most > 10
    midnight = dt_util.start_of_local_day().isoformat()
    today = hass.states.get(TODAY)
    assert today is not None and today.attributes["last_reset"] == midnight
    sounded = [state for state in bedroom if state != "idle"]
    assert sounded == ["playing", "paused", "playing", "paused"]
    await _check_statistics(home)
    return states


async def _check_statistics(home: Home) -> None:
    """Hold the recorder's plays of Alva in each hour of UTC against the history's."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualTimeLoop)
    with loop.held():
        await get_instance(home.hass).async_block_till_done()
        rows = await get_instance(home.hass).async_add_executor_job(
            _rows_of_plays, home.hass
        )
    assert rows == Counter(
        play.started_at // HOUR_MS * HOUR_MS
        for play in await home.plays()
        if play.listener.key == home.entry("alva").unique_id
    )


def _rows_of_plays(hass: HomeAssistant) -> dict[int, float | None]:
    """Return the hours (UTC ms) in which a listener played something, and how many plays there were."""
    (listener,) = (
        each["statistic_id"]
        for each in list_statistic_ids(hass)
        if each["statistic_id"].startswith("encore:listener_")
        and each["statistic_id"].endswith("_plays")
    )
    rows = statistics_during_period(
        hass, dt_util.utc_from_timestamp(0), None, {listener}, "hour", None, {"state"}
    )
    return {
        round(row["start"] * 1000): row["state"]
        for row in rows[listener]
        if row["state"]
    }


async def _furnish(home: Home, sonos: SonosSimulator, zone: str) -> None:
    """Give the home Alva's account, a kitchen whose player is observed, and a Sonos speaker in the bedroom."""
    hass = home.hass
    await hass.config.async_set_time_zone(zone)
    area = ar.async_get(hass).async_create("Kitchen")
    entities = er.async_get(hass)
    entities.async_get_or_create(
        "media_player", "cast", "kitchen", suggested_object_id="kitchen"
    )
    entities.async_update_entity(KITCHEN, area_id=area.id)
    await home.link(("alva",))
    household = sonos.household.id
    hosts = [one.address for one in sonos.household.speakers]
    data = {"kind": "sonos", "household_id": household, "hosts": hosts}
    await home.add(f"sonos:{household}", "Sonos", data)
    (history,) = (
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    )
    hass.config_entries.async_update_entry(history, options={"players": [KITCHEN]})
    await hass.config_entries.async_reload(history.entry_id)
    await hass.async_block_till_done()


def _sounds(hass: HomeAssistant, title: str) -> None:
    """Let the kitchen's player show something that is not the account's."""
    shown: dict[str, Any] = {
        "media_content_type": "music",
        "media_title": f"{title} at home",
        "media_artist": "Somebody Else",
        "media_duration": 3_600,
        "media_position": 0,
        "media_position_updated_at": dt_util.utcnow(),
    }
    hass.states.async_set(KITCHEN, "playing", shown)


async def _until(spotify: SpotifySimulator, moment: datetime) -> None:
    """Let time pass until a moment."""
    await until(round(moment.timestamp() * 1000), spotify.clock.now_ms)
