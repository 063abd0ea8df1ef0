"""An account's player is looked at when something can have changed, and not while Spotify asks for a pause."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.playback import Playback
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import ALVA, Later, complaints, set_up

LOOK = "/v1/me/player"


@pytest.fixture
def album(spotify: SpotifySimulator) -> list[Track]:
    """Return tracks that last a little more than an hour."""
    tracks = spotify.world.catalogue.tracks.values()
    return [track for track in tracks if 180_000 < track.duration_ms < 260_000][:20]


@pytest.fixture
async def playing(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
) -> MockConfigEntry:
    """Return Alva's account while the album plays, seen from its start."""
    spotify.world.player("alva").play(uris=[track.uri for track in album])
    alva.runtime_data.coordinator.async_look_soon()
    await later(1)
    return alva


def state(hass: HomeAssistant) -> str:
    """Return the state of Alva's player."""
    shown = hass.states.get(ALVA)
    assert shown is not None
    return shown.state


def state_of(entry: MockConfigEntry) -> ConfigEntryState:
    """Return the state of an entry, which mypy would take to stay what it was."""
    return entry.state


def title(hass: HomeAssistant) -> str | None:
    """Return what is on."""
    shown = hass.states.get(ALVA)
    assert shown is not None
    return shown.attributes.get("media_title")


def looks(spotify: SpotifySimulator) -> int:
    """Return how often Alva's player was looked at."""
    return spotify.requests.count(person="alva", method="GET", endpoint=LOOK)


async def test_a_new_track_shows_within_seconds(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
) -> None:
    """The look is at the predicted end and a moment."""
    left = album[0].duration_ms / 1000 - 1
    while left > 30:
        await later(30)
        left -= 30
    assert title(hass) == album[0].name
    await later(left + 3)
    assert title(hass) == album[1].name


async def test_an_hour_of_music_takes_few_calls(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """At most a look each half a minute and one for each track; no more than that."""
    spotify.requests.clear()
    for _ in range(3600):
        await later(1)
    assert looks(spotify) <= 120 + 20
    assert spotify.requests.count(endpoint="/v1/*") <= 120 + 20 + 4 + 3


async def test_an_idle_hour_takes_very_few_calls(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """A look each five minutes, devices each quarter, recently played twice or thrice."""
    await later(10)
    spotify.requests.clear()
    for _ in range(720):
        await later(5)
    asked = Counter(
        one.endpoint for one in spotify.requests.asked if one.endpoint != "/api/token"
    )
    assert 11 <= asked[LOOK] <= 12
    assert asked[f"{LOOK}/devices"] <= 4
    assert 2 <= asked[f"{LOOK}/recently-played"] <= 3
    assert set(asked) == {LOOK, f"{LOOK}/devices", f"{LOOK}/recently-played"}


async def test_a_player_that_is_stuck_is_not_asked_all_the_time(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that claims to play the last half second of a track for ever."""
    gateway = playing.runtime_data.gateway
    see, looked = gateway.async_playback, 0

    async def stuck() -> Playback:
        nonlocal looked
        looked += 1
        seen: Playback = await see()
        assert seen.item is not None
        assert seen.item.duration_ms is not None
        return replace(seen, progress_ms=seen.item.duration_ms - 500)

    monkeypatch.setattr(type(gateway), "async_playback", lambda _self: stuck())
    for _ in range(300):
        await later(1)
    assert 9 <= looked <= 15


async def test_a_track_that_outlasts_its_length_is_not_asked_for_all_the_time(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file of the listener's own with a length of nothing, say: its position goes on."""
    gateway = playing.runtime_data.gateway
    see, looked = gateway.async_playback, 0

    async def endless() -> Playback:
        nonlocal looked
        looked += 1
        seen: Playback = await see()
        assert seen.item is not None
        return replace(seen, item=replace(seen.item, duration_ms=0))

    monkeypatch.setattr(type(gateway), "async_playback", lambda _self: endless())
    for _ in range(150):
        await later(1)
    assert 4 <= looked <= 8


async def test_a_pause_is_watched_for_its_end_ever_more_seldom(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Most pauses are short; one that lasts is an idle player."""
    await later(60)
    spotify.world.player("alva").pause()
    spotify.requests.clear()
    for _ in range(130):
        await later(5)
    assert state(hass) == "paused"
    assert 4 <= looks(spotify) <= 7


async def test_an_unknown_device_is_looked_up_once(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Even if the list of devices does not have it, or fails."""
    coordinator = playing.runtime_data.coordinator
    spotify.faults.add(
        Fault(FaultKind.SERVER_ERROR, match=f"{LOOK}/devices", times=None)
    )
    player = spotify.world.player("alva")
    coordinator.devices = ()
    player.transfer(player.devices[1].id)
    spotify.requests.clear()
    for _ in range(4):
        await later(30)
    assert state(hass) == "playing"
    assert spotify.requests.count(endpoint=f"{LOOK}/devices") == 3
    spotify.faults.clear()
    for _ in range(30):
        await later(30)
    assert [device.name for device in coordinator.devices]


async def test_an_outage_is_told_once_and_so_is_its_end(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Unavailable, one line; back after a minute, one line."""
    caplog.clear()
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    for _ in range(5):
        await later(61)
    assert state(hass) == "unavailable"
    assert len(complaints(caplog)) == 1
    assert "HTTP 502" in complaints(caplog)[0]
    spotify.faults.clear()
    await later(61)
    assert state(hass) == "playing"
    assert len(complaints(caplog)) == 1


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.HTML_BODY,
        FaultKind.CUT_JSON,
        FaultKind.CUT_CONNECTION,
        FaultKind.DROPPED,
    ],
)
async def test_a_bad_answer_is_no_silence(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    kind: FaultKind,
) -> None:
    """What plays is unknown then, not nothing."""
    spotify.faults.add(Fault(kind, match=LOOK, times=3))
    await later(31)
    assert state(hass) == "unavailable"
    spotify.faults.clear()
    await later(61)
    assert state(hass) == "playing"


async def test_during_a_long_429_the_state_stays_as_long_as_it_can_be_true(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Until the predicted end; then nobody knows, until the deadline, to the second."""
    caplog.clear()
    spotify.requests.clear()
    spotify.faults.add(Fault(FaultKind.QUOTA_EXCEEDED, retry_after=7200))
    await later(31)
    position = hass.states.get(ALVA)
    assert position is not None
    assert position.state == "playing"
    assert position.attributes["media_position"] == 1
    await later(album[0].duration_ms / 1000 - 40)
    assert state(hass) == "playing"
    await later(15)
    assert state(hass) == "unavailable"
    for _ in range(11):
        await later(600)
    assert looks(spotify) == 1
    assert state(hass) == "unavailable"
    await later(600)
    assert looks(spotify) == 2
    assert state(hass) == "idle" or title(hass)
    assert len(complaints(caplog)) == 2


async def test_a_short_429_is_not_noticed(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A few seconds of the rolling limit."""
    caplog.clear()
    spotify.requests.clear()
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, match=LOOK, retry_after=20))
    await later(31)
    assert state(hass) == "playing"
    await later(10)
    assert looks(spotify) == 1
    await later(12)
    assert looks(spotify) == 2
    assert complaints(caplog) == []


async def test_a_429_at_start_keeps_the_entry_waiting(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """It retries, without a call before the deadline."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=3600))
    entry = await set_up(hass, await link("alva"))
    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    asked = spotify.requests.count(endpoint="/v1/*")
    for _ in range(30):
        await later(100)
    assert spotify.requests.count(endpoint="/v1/*") == asked == 1
    # Home Assistant tries every ten minutes by then.
    for _ in range(14):
        await later(100)
    assert state_of(entry) is ConfigEntryState.LOADED


async def test_an_outage_at_start_is_retried(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """Until Spotify is back."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    entry = await set_up(hass, await link("alva"))
    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert "HTTP 502" in str(entry.reason)
    spotify.faults.clear()
    await later(100)
    assert state_of(entry) is ConfigEntryState.LOADED


async def test_a_token_that_ends_before_its_time_is_renewed(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Nobody has to log in for that."""
    spotify.accounts.expire_access("alva")
    await later(31)
    assert state(hass) == "playing"
    assert not hass.config_entries.flow.async_progress()


async def test_a_look_that_an_unload_overtakes_is_not_told(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A reload in the middle of a look is no fault of anybody's."""
    coordinator = playing.runtime_data.coordinator
    gateway = coordinator.gateway
    waiting, gate = asyncio.Event(), asyncio.Event()
    token = gateway._token

    async def late_token() -> str:
        waiting.set()
        await gate.wait()
        return str(await token())

    monkeypatch.setattr(gateway, "_token", late_token)
    look = hass.async_create_task(coordinator.async_refresh())
    await waiting.wait()
    assert await hass.config_entries.async_unload(playing.entry_id)
    gate.set()
    await look
    assert not complaints(caplog)


async def test_a_revoked_login_asks_for_a_new_one(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Once, and nothing more is asked of Spotify."""
    spotify.accounts.revoke("alva")
    await later(31)
    assert state(hass) == "unavailable"
    flows = hass.config_entries.flow.async_progress()
    assert [flow["context"]["source"] for flow in flows] == ["reauth"]
    spotify.requests.clear()
    for _ in range(6):
        await later(100)
    assert looks(spotify) == 0


async def test_an_account_that_is_no_longer_let_in_is_told(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    issue_registry: ir.IssueRegistry,
) -> None:
    """An issue says what the app's owner has to do, and goes by itself."""
    issue = f"not_allowlisted_{playing.entry_id}"
    spotify.faults.add(Fault(FaultKind.NOT_ALLOWLISTED, times=None))
    await later(31)
    assert state(hass) == "unavailable"
    assert issue_registry.async_get_issue(DOMAIN, issue)
    spotify.faults.clear()
    await later(301)
    assert state(hass) in {"playing", "idle", "paused"}
    assert not issue_registry.async_get_issue(DOMAIN, issue)


async def test_a_refused_account_is_asked_seldom(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """The owner of the app lost Premium: waiting is all that helps."""
    spotify.faults.add(Fault(FaultKind.NOT_PREMIUM, times=None))
    await later(31)
    assert state(hass) == "unavailable"
    spotify.requests.clear()
    for _ in range(5):
        await later(60)
    assert looks(spotify) <= 1
