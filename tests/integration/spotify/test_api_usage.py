"""Calls are counted, told and held against a daily budget; what is in their way is said at once."""

import asyncio
from datetime import timedelta
from typing import Any
from unittest.mock import PropertyMock

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    get_system_health_info,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.budget.call_budget import DATA_BUDGET
from custom_components.encore.spotify.budget.circuit_breaker import FAILURES
from custom_components.encore.spotify.call_purpose import Priority, Purpose
from custom_components.encore.spotify.errors import (
    BudgetSpent,
    MissingScope,
    QuotaExceeded,
    RateLimited,
    SpotifyDown,
    TooManyCalls,
    Unavailable,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.running import async_act
from tests.integration.spotify.conftest import (
    ALVA,
    Later,
    OpenGateway,
    complaints,
    set_up,
)
from tests.integration.spotify.playing import call, shown

SENSOR = "sensor.alva_lindqvist_spotify_api_calls_today"
PLAYER = "/v1/me/player"
HALF_OF_A_PERSONS_WAIT_S = 5
"""What waits in the budget's queue is still waiting then."""


@pytest.fixture(autouse=True)
def enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enable the sensor of calls, which is disabled by default."""
    enabled = PropertyMock(return_value=True)
    monkeypatch.setattr(Entity, "entity_registry_enabled_default", enabled)


def gateway_of(entry: MockConfigEntry) -> SpotifyGateway:
    """Return the way to Spotify of an account that is set up."""
    gateway: SpotifyGateway = entry.runtime_data.gateway
    return gateway


async def usage(hass: HomeAssistant, **data: Any) -> dict[str, Any]:
    """Ask how often Spotify was called."""
    return await async_act(hass, "get_api_usage", **data)


async def call_queue(hass: HomeAssistant) -> None:
    """Ask what plays next, which is a call each time."""
    await hass.services.async_call(
        DOMAIN, "get_queue", {}, blocking=True, return_response=True
    )


async def with_budget(
    hass: HomeAssistant, entry: MockConfigEntry, calls: int
) -> MockConfigEntry:
    """Give an account a daily budget that leaves so many calls."""
    made = sum(entry.runtime_data.allowance.today.values())
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, "daily_calls": made + calls}
    )
    return entry


async def test_what_is_counted_is_what_spotify_was_asked(
    hass: HomeAssistant, spotify: SpotifySimulator, alva: MockConfigEntry, later: Later
) -> None:
    """By the sensor and the action, repetitions after a fault included."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=PLAYER, times=1))
    await gateway_of(alva).async_playback()
    asked = spotify.requests.count(endpoint="/v1/*")
    state = hass.states.get(SENSOR)
    assert state is not None
    assert int(state.state) == asked
    assert sum(state.attributes["by_purpose"].values()) == asked
    breakers = state.attributes["breakers"]
    assert {name: each["state"] for name, each in breakers.items()} == {
        "127.0.0.1": "closed",
        "tokens": "closed",
    }
    answer = await usage(hass)
    (account,) = answer["accounts"]
    assert account["calls_today"] == asked == sum(account["by_hour"].values())
    assert account["by_purpose"] == state.attributes["by_purpose"]
    assert account["by_purpose"]["player"] >= 3
    assert answer["last_24_hours"] == asked
    assert answer["paused_until"] is None


@pytest.mark.parametrize(
    ("header", "hours"),
    [
        ("315360000", 24),
        ("9" * 400, 24),
        ("Fri, 31 Dec 2094 23:59:59 GMT", 24),
        ("85771", 85_771 / 3600),
        ("-315360000", 1 / 3600),
        ("NaN", 1 / 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1 / 3600),
    ],
    ids=["years", "digits", "date", "a day", "negative", "no number", "past"],
)
async def test_a_wait_that_spotify_cannot_mean_is_a_day_and_reported(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    header: str,
    hours: float,
) -> None:
    """To who runs into it, by the action and the sensor; then the home goes on by itself."""
    capped = hours == 24
    spotify.faults.add(
        Fault(FaultKind.RATE_LIMITED, "/v1/me/player/queue", retry_after=header)
    )
    words = "tries again at" if capped else "reached until"
    with pytest.raises(RateLimited, match=words):
        await call_queue(hass)
    answer = await usage(hass)
    until = dt_util.parse_datetime(answer["paused_until"])
    assert until is not None
    assert abs((until - dt_util.utcnow()).total_seconds() - hours * 3600) <= 2
    state = hass.states.get(SENSOR)
    assert state is not None
    assert state.attributes["pause_capped"] is answer["pause_capped"] is capped
    await later(hours * 3600 + 1)
    await call_queue(hass)
    assert (await usage(hass))["pause_capped"] is False


async def test_what_was_never_called_is_not_reported(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """A command that lacked a permission asked Spotify nothing."""
    with pytest.raises(MissingScope):
        await hass.services.async_call(
            DOMAIN, "get_playlists", {}, blocking=True, return_response=True
        )
    (account,) = (await usage(hass))["accounts"]
    assert account["by_purpose"]
    assert all(account["by_purpose"].values())
    state = hass.states.get(SENSOR)
    assert state is not None
    assert all(state.attributes["by_purpose"].values())


async def test_counts_outlive_a_restart(
    hass: HomeAssistant, spotify: SpotifySimulator, alva: MockConfigEntry, later: Later
) -> None:
    """They come from the history, not only from memory."""
    await hass.config_entries.async_unload(alva.entry_id)
    del hass.data[DATA_BUDGET]
    await set_up(hass, alva)
    asked = spotify.requests.count(endpoint="/v1/*")
    (account,) = (await usage(hass))["accounts"]
    assert account["calls_today"] == asked
    assert sum(alva.runtime_data.allowance.today.values()) == asked


async def test_a_new_day_begins_with_none(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Days are the home's; the days before can be asked for."""
    before = int(hass.states.get(SENSOR).state)  # type: ignore[union-attr]
    midnight = dt_util.start_of_local_day() + timedelta(days=1)
    await later((midnight - dt_util.utcnow()).total_seconds() + 1)
    now = int(hass.states.get(SENSOR).state)  # type: ignore[union-attr]
    assert now < before
    (account,) = (await usage(hass, days=2))["accounts"]
    assert [day["calls"] for day in account["days"]][0] >= before
    assert account["calls_today"] == now


async def test_at_80_percent_the_person_is_informed_and_at_the_end_background_paused(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    issue_registry: ir.IssueRegistry,
) -> None:
    """What people ask for goes on, and at midnight all does."""
    reported = async_capture_events(hass, "encore_api_budget")
    await with_budget(hass, alva, 4)
    allowance, gateway = alva.runtime_data.allowance, gateway_of(alva)
    issue_id = f"budget_nearly_spent_{alva.entry_id}"
    while not allowance.spent:
        await gateway.async_playback()
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None
    assert [event.data["spent"] for event in reported] in ([False, True], [True])
    assert reported[-1].data["calls"] == reported[-1].data["budget"] == allowance.budget
    asked = spotify.requests.count(endpoint="/v1/*")
    with pytest.raises(BudgetSpent) as caught:
        await gateway.async_playback()
    tomorrow = dt_util.start_of_local_day() + timedelta(days=1)
    assert caught.value.until == tomorrow.timestamp() * 1000
    assert spotify.requests.count(endpoint="/v1/*") == asked
    await gateway.async_devices(Priority.PERSON)
    assert spotify.requests.count(endpoint="/v1/*") == asked + 1
    (account,) = (await usage(hass))["accounts"]
    assert account["background_paused"] is True
    await later((tomorrow - dt_util.utcnow()).total_seconds() + 5)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    await gateway.async_playback()


async def test_who_spent_the_days_calls_is_obeyed_all_the_same_after_a_restart_too(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    tracks: list[Track],
    issue_registry: ir.IssueRegistry,
) -> None:
    """Nobody looks at the player by the clock any more; it is commanded, and looked at for who commanded it."""
    # The calls are those of a day, which is not to end meanwhile.
    await hass.config.async_set_time_zone(f"Etc/GMT{dt_util.utcnow().hour - 12:+}")
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in tracks])
    reported = async_capture_events(hass, "encore_api_budget")
    await with_budget(hass, alva, 0)
    issue_registry.async_delete(DOMAIN, f"budget_nearly_spent_{alva.entry_id}")
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue_registry.async_get_issue(
        DOMAIN, f"budget_nearly_spent_{alva.entry_id}"
    )
    assert reported == []
    assert shown(hass).state == "unknown"
    asked = spotify.requests.count(endpoint="/v1/*")
    await later(900)
    assert spotify.requests.count(endpoint="/v1/*") == asked
    await call(hass, "media_pause")
    assert player.state is not None
    assert not player.state.is_playing
    await later(1.5)
    assert shown(hass).state == "paused"


async def test_the_home_may_have_a_limit_of_24_hours(
    hass: HomeAssistant, spotify: SpotifySimulator, alva: MockConfigEntry, later: Later
) -> None:
    """Then background work of all accounts rests until there is room."""
    history = next(
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    )
    hass.config_entries.async_update_entry(history, options={"calls_per_day": 1})
    with pytest.raises(BudgetSpent) as caught:
        await gateway_of(alva).async_playback()
    now = dt_util.utcnow().timestamp() * 1000
    assert now + 22 * 3_600_000 < caught.value.until <= now + 24 * 3_600_000
    await gateway_of(alva).async_playback(Priority.PERSON)


async def test_the_home_calls_no_more_often_in_a_minute_than_it_chose(
    hass: HomeAssistant, spotify: SpotifySimulator, alva: MockConfigEntry, later: Later
) -> None:
    """A person who would wait too long for room is told at once when there is some."""
    history = next(
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    )
    hass.config_entries.async_update_entry(history, options={"calls_per_minute": 10})
    await later(31)
    made = (await usage(hass))["last_30_seconds"]
    spotify.requests.clear()
    for _ in range(5 - made):
        await call_queue(hass)
    with pytest.raises(TooManyCalls, match="limit is reached. Try again at"):
        await call_queue(hass)
    assert made + spotify.requests.count(endpoint="/v1/*") == 5
    assert (await usage(hass))["calls_per_minute"] == 10
    await later(31)
    await call_queue(hass)


@pytest.mark.parametrize(
    ("kind", "error"),
    [(FaultKind.RATE_LIMITED, RateLimited), (FaultKind.QUOTA_EXCEEDED, QuotaExceeded)],
)
async def test_a_person_is_refused_at_once_while_spotify_wants_a_pause(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    alva: MockConfigEntry,
    later: Later,
    kind: FaultKind,
    error: type[RateLimited],
) -> None:
    """With the time when it will work again, before a person's patience is over, and after a restart too."""
    track = next(iter(spotify.world.catalogue.tracks.values()))
    spotify.world.player("alva").play(uris=[track.uri])
    spotify.faults.add(Fault(kind, match=f"{PLAYER}/recently-played", retry_after=21_600))  # fmt: skip
    while spotify.faults.waiting:
        await later(120)
    asked = spotify.requests.count(endpoint="/v1/*")
    for _ in range(2):
        # The track is over since, and nobody could look: what plays is unknown.
        await later(1800)
        assert shown(hass).state == "unknown"
        with pytest.raises(error) as caught:
            async with asyncio.timeout(HALF_OF_A_PERSONS_WAIT_S):
                await hass.services.async_call(
                    "media_player", "media_pause", {"entity_id": ALVA}, blocking=True
                )
        until = dt_util.as_local(dt_util.utc_from_timestamp(caught.value.until / 1000))
        placeholders = caught.value.translation_placeholders or {}
        assert placeholders["until"] == until.strftime("%Y-%m-%d %H:%M:%S")
        # As the next start of Home Assistant finds it.
        del hass.data[DATA_BUDGET]
    assert spotify.requests.count(endpoint="/v1/*") == asked


async def test_what_is_stored_is_given_while_spotify_cannot_be_asked_and_says_so(
    hass: HomeAssistant,
    open_gateway: OpenGateway,
    spotify: SpotifySimulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Fresh from the cache, then anew, then old because nothing better is to be had."""
    gateway = open_gateway()

    async def read() -> tuple[bool, int]:
        found = await gateway.async_read(
            lambda client: client.devices(),
            purpose=Purpose.DEVICES,
            priority=Priority.PERSON,
            key="devices",
        )
        assert found.value["devices"]
        return found.from_cache, found.as_of

    fresh, first = await read()
    assert fresh is False
    assert await read() == (True, first)
    freezer.tick(60)
    assert (await read())[0] is False
    spotify.faults.add(Fault(FaultKind.QUOTA_EXCEEDED, retry_after=3600))
    freezer.tick(60)
    second = (await read())[1]
    assert second > first
    assert await read() == (True, second)
    with pytest.raises(QuotaExceeded):
        await gateway.async_playback()


async def test_a_change_makes_what_is_stored_old(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Even where nobody says so: what was sent tells it."""
    gateway = open_gateway()

    async def read() -> bool:
        found = await gateway.async_read(
            lambda client: client.devices(),
            purpose=Purpose.DEVICES,
            priority=Priority.PERSON,
            key="devices",
        )
        return found.from_cache

    assert await read() is False
    assert await read() is True
    device = (await gateway.async_devices())[0]
    await gateway.async_transfer(str(device.id))
    assert await read() is False


async def test_three_failures_in_a_row_leave_spotify_alone_for_a_minute(
    hass: HomeAssistant,
    open_gateway: OpenGateway,
    spotify: SpotifySimulator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """For every account; then one probe is made, and one success is enough."""
    alva, ben = open_gateway("alva"), open_gateway("ben")
    fault = Fault(FaultKind.SERVER_ERROR, times=None, status=503)
    spotify.faults.add(fault)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await alva.async_playback()
    asked = spotify.requests.count(endpoint="/v1/*")
    with pytest.raises(SpotifyDown) as caught:
        await ben.async_pause()
    assert caught.value.until == round(dt_util.utcnow().timestamp() * 1000) + 60_000
    assert spotify.requests.count(endpoint="/v1/*") == asked
    freezer.tick(61)
    with pytest.raises(Unavailable):
        await ben.async_playback()
    with pytest.raises(SpotifyDown):
        await alva.async_playback()
    freezer.tick(61)
    spotify.faults.clear()
    assert (await alva.async_playback()).idle
    assert (await ben.async_playback()).idle
    assert complaints(caplog) == []


async def test_system_health_reports_how_it_stands(
    hass: HomeAssistant, spotify: SpotifySimulator, alva: MockConfigEntry, later: Later
) -> None:
    """Accounts, tokens, pause, breaker and store; no name, no address."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, DOMAIN)
    assert info["accounts"] == "1 loaded"
    assert info["tokens"] == "1 valid"
    assert info["store"] == "sqlite"
    assert (info["store_state"], info["spotify_pause_until"]) == ("open", "none")
    assert info["breaker"] == "none"
    assert info["calls_last_24_hours"] == spotify.requests.count(endpoint="/v1/*")
    spotify.faults.add(Fault(FaultKind.DROPPED, times=None))
    for _ in range(3):
        with pytest.raises(Unavailable):
            await gateway_of(alva).async_playback()
    info = await get_system_health_info(hass, DOMAIN)
    assert info["breaker"] == "127.0.0.1: open"
    tokens = (await async_get_budget(hass)).token_breaker
    for _ in range(FAILURES):
        with pytest.raises(Unavailable), tokens.trial():
            raise Unavailable("no answer")
    info = await get_system_health_info(hass, DOMAIN)
    assert info["breaker"] == "127.0.0.1: open, tokens: open"
    await (await async_get_budget(hass)).deadline.async_refused(0, 7200, None)
    info = await get_system_health_info(hass, DOMAIN)
    until = dt_util.parse_datetime(info["spotify_pause_until"])
    assert until is not None
    assert until > dt_util.utcnow()
    assert until.utcoffset() == dt_util.as_local(until).utcoffset()
    assert "lva" not in str(info)
