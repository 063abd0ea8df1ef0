"""An account's player is looked at when something can have changed, and not while Spotify asks for a pause."""

import asyncio
from collections import Counter
from dataclasses import replace
import logging

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.api.playback import Playback
from custom_components.encore.spotify.errors import (
    OwnerNotPremium,
    RateLimited,
    Unavailable,
)
from custom_components.encore.spotify.issues import async_issues_of
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import ALVA, Later, complaints, set_up
from tests.integration.spotify.playing import call

LOOK = "/v1/me/player"
RESPONSIVENESS = "saver"


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


def asked(spotify: SpotifySimulator) -> Counter[str]:
    """Return how often each endpoint was asked on Alva's behalf."""
    return Counter(
        one.endpoint for one in spotify.requests.asked if one.endpoint != "/api/token"
    )


async def test_an_hour_of_music_takes_few_calls(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """A look for each track, and recently played and devices now and then; far fewer than 40."""
    spotify.requests.clear()
    for _ in range(3600):
        await later(1)
    assert 14 <= looks(spotify) <= 20
    assert sum(asked(spotify).values()) <= 20 + 2 + 2


async def test_an_hour_of_skipping_takes_few_calls(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
) -> None:
    """Each second track is left after 40 seconds: what was on is looked up, but within 40 calls."""
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in album] * 3)
    spotify.requests.clear()
    for second in range(1, 3601):
        await later(1)
        if second % 240 == 40:
            player.next()
    assert 15 <= sum(asked(spotify).values()) <= 40


async def test_an_hour_of_jingles_takes_few_calls(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tracks of half a minute are not looked at one by one for long."""
    gateway = playing.runtime_data.gateway
    see = gateway.async_playback

    async def short() -> Playback:
        seen: Playback = await see()
        assert seen.item is not None
        number = seen.seen_at // 30_000
        item = replace(seen.item, uri=f"spotify:track:{number}", duration_ms=30_000)
        return replace(seen, item=item, progress_ms=seen.seen_at % 30_000)

    monkeypatch.setattr(type(gateway), "async_playback", lambda *_: short())
    spotify.requests.clear()
    for _ in range(3600):
        await later(1)
    assert sum(asked(spotify).values()) <= 40


async def test_an_idle_hour_takes_very_few_calls(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """A look each seven minutes, then each quarter of an hour; recently played once an hour, devices seldom."""
    await later(10)
    for least, most, calls in ((6, 7, 9), (4, 5, 7), (4, 5, 7)):
        spotify.requests.clear()
        for _ in range(720):
            await later(5)
        counted = asked(spotify)
        assert least <= counted[LOOK] <= most
        assert counted[f"{LOOK}/recently-played"] <= 2
        assert sum(counted.values()) <= calls


async def test_a_wake_is_a_look_and_many_are_few(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """A speaker that reports Spotify again and again."""
    await later(60)
    spotify.requests.clear()
    alva.runtime_data.async_wake()
    await later(3)
    assert looks(spotify) == 1
    for _ in range(60):
        alva.runtime_data.async_wake()
        await later(1)
    assert 3 <= looks(spotify) <= 4


async def test_one_answer_that_no_player_is_on_is_not_believed(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A 204 in mid-play: the state stays, and a look soon after decides."""
    gateway = playing.runtime_data.gateway
    see = gateway.async_playback
    strays = 1

    async def stray() -> Playback:
        nonlocal strays
        seen: Playback = await see()
        strays -= 1
        return Playback(seen.seen_at) if strays >= 0 else seen

    monkeypatch.setattr(type(gateway), "async_playback", lambda *_: stray())
    await later(60)
    playing.runtime_data.async_wake()
    await later(3)
    assert strays == 0
    assert state(hass) == "playing"
    assert title(hass) == album[0].name
    await later(22)
    assert state(hass) == "playing"
    strays = 2
    playing.runtime_data.async_wake()
    await later(21)
    await later(22)
    assert state(hass) == "idle"


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

    monkeypatch.setattr(type(gateway), "async_playback", lambda *_: stuck())
    for _ in range(300):
        await later(1)
    assert 4 <= looked <= 6


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

    monkeypatch.setattr(type(gateway), "async_playback", lambda *_: endless())
    for _ in range(150):
        await later(1)
    assert 3 <= looked <= 5


async def test_a_pause_is_looked_at_seldom(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """It shows when the track was to end, and is an idle player from then on."""
    await later(60)
    spotify.world.player("alva").pause()
    spotify.requests.clear()
    for _ in range(130):
        await later(5)
    assert state(hass) == "paused"
    assert 2 <= looks(spotify) <= 3


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
    assert spotify.requests.count(endpoint=f"{LOOK}/devices") == 2
    spotify.faults.clear()
    for _ in range(70):
        await later(30)
    assert [device.name for device in coordinator.devices]


async def test_an_outage_is_reported_once_and_so_is_its_end(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Unavailable, one line; back after minutes, one line."""
    caplog.clear()
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    for _ in range(5):
        await later(61)
    assert state(hass) == "unavailable"
    assert len(complaints(caplog)) == 1
    assert "HTTP 502" in complaints(caplog)[0]
    spotify.faults.clear()
    await later(301)
    assert state(hass) == "playing"
    assert len(complaints(caplog)) == 1


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.SERVER_ERROR,
        FaultKind.CUT_CONNECTION,
        FaultKind.DROPPED,
    ],
)
async def test_a_bad_answer_is_no_silence(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
    kind: FaultKind,
) -> None:
    """Nor is it an outage: what was seen stays, no line is logged, and whoever commands the player is heard."""
    caplog.clear()
    before = title(hass)
    spotify.faults.add(Fault(kind, match=LOOK, times=3))
    playing.runtime_data.async_wake()
    await later(31)
    assert playing.runtime_data.coordinator.failure is not None
    assert (state(hass), title(hass)) == ("playing", before)
    await call(hass, "media_pause")
    spotify.faults.clear()
    await later(61)
    assert state(hass) == "paused"
    assert complaints(caplog) == []


async def test_a_command_after_a_look_that_failed_is_refused_in_words(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Home Assistant passes over an unavailable player without a word: it must not be one so soon."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    playing.runtime_data.async_wake()
    await later(31)
    with pytest.raises(Unavailable, match="HTTP 502"):
        await call(hass, "media_pause")
    assert state(hass) == "playing"


async def test_a_player_is_unavailable_after_three_looks_that_failed(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """And there again with the first look that sees it."""
    coordinator = playing.runtime_data.coordinator
    spotify.faults.add(Fault(FaultKind.DROPPED, times=None))
    shown = []
    for _ in range(3):
        await coordinator.async_refresh()
        shown.append(state(hass))
    assert shown == ["playing", "playing", "unavailable"]
    spotify.faults.clear()
    await later(61)
    await coordinator.async_refresh()
    assert state(hass) == "playing"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FaultKind.HTML_BODY, 200),
        (FaultKind.HTML_BODY, 502),
        (FaultKind.EMPTY_BODY, 200),
        (FaultKind.OTHER_JSON, 200),
        (FaultKind.CUT_JSON, None),
    ],
)
async def test_what_cannot_be_read_leaves_the_state_as_it_was(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
    kind: FaultKind,
    status: int | None,
) -> None:
    """As long as that can be true; it is one line in the log."""
    coordinator = playing.runtime_data.coordinator
    before = coordinator.data
    caplog.clear()
    spotify.faults.add(Fault(kind, match=LOOK, times=None, status=status))
    for _ in range(2):
        await coordinator.async_refresh()
    assert state(hass) == "playing"
    assert coordinator.data.item == before.item
    (line,) = complaints(caplog)
    assert "can’t be read" in line
    spotify.faults.clear()
    await coordinator.async_refresh()
    assert state(hass) == "playing"
    assert len(complaints(caplog)) == 1


async def test_silence_is_not_believed_for_ever_where_nothing_can_be_read(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """Somebody may have begun to play: after twenty minutes nobody knows."""
    assert state(hass) == "idle"
    spotify.faults.add(Fault(FaultKind.OTHER_JSON, match=LOOK, times=None))
    await later(430)
    assert state(hass) == "idle"
    for _ in range(4):
        await later(430)
    assert state(hass) == "unavailable"
    spotify.faults.clear()
    # A silent player is looked at every quarter of an hour by then.
    for _ in range(3):
        await later(310)
    assert state(hass) == "idle"


@pytest.mark.parametrize(
    ("fields", "said", "shown_as"),
    [
        ({"item.type": "hologram"}, "items of the type 'hologram'", "playing"),
        ({"item": None}, "nothing of the track", "playing"),
        ({"item.uri": None, "item.name": None}, "track without a name", "playing"),
        ({"progress_ms": None}, "no position", "playing"),
        ({"item.duration_ms": None}, "no length", "playing"),
        ({"device": None}, "no device", "playing"),
        ({"is_playing": None}, "no word on whether it plays", "paused"),
        (
            {"item.album": None, "item.artists": None, "context": None, "actions": None, "repeat_state": None, "shuffle_state": None},
            None,
            "playing",
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else None,
)  # fmt: skip
async def test_what_is_new_or_missing_in_an_answer_is_one_line_and_the_rest_is_used(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
    fields: dict[str, object],
    said: str | None,
    shown_as: str,
) -> None:
    """However often it comes, and the next true answer is as before."""
    coordinator = playing.runtime_data.coordinator
    before = coordinator.data
    caplog.clear()
    fault = spotify.faults.add(
        Fault(FaultKind.ALTERED, match=LOOK, times=3, fields=fields)
    )
    for _ in range(3):
        await coordinator.async_refresh()
    assert not fault.times
    assert coordinator.last_update_success
    assert state(hass) == shown_as
    assert [said is not None and said in line for line in complaints(caplog)] == (
        [True] if said else []
    )
    await coordinator.async_refresh()
    assert (state(hass), coordinator.data.item) == ("playing", before.item)
    assert len(complaints(caplog)) == (1 if said else 0)


async def test_during_a_long_429_the_state_stays_as_long_as_it_can_be_true(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Until the predicted end; then it is unknown, until the deadline, to the second."""
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
    assert (state(hass), title(hass)) == ("unknown", None)
    for _ in range(11):
        await later(600)
    assert looks(spotify) == 1
    assert state(hass) == "unknown"
    await later(600)
    assert looks(spotify) == 2
    assert state(hass) == "idle" or title(hass)
    assert len(complaints(caplog)) == 1


async def test_a_pause_is_reported_once_for_all_accounts_and_so_is_its_end(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    link: Link,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The quota is one for the home: one line when it is spent, one when Spotify answers again."""
    await set_up(hass, await link("ben"))
    caplog.clear()
    caplog.set_level(logging.INFO)
    spotify.faults.add(Fault(FaultKind.QUOTA_EXCEEDED, retry_after=7200))
    for _ in range(14):
        await later(600)
    reported = [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("custom_components.encore")
        and record.levelno >= logging.INFO
    ]
    (down, why), (up, over) = reported
    assert (down, up) == ("WARNING", "INFO")
    assert why.startswith("The Spotify app’s quota is used up")
    assert over.startswith("Spotify answers again")


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


async def test_a_429_at_start_keeps_no_account_from_starting(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    spotify: SpotifySimulator,
    album: list[Track],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What plays is unknown until its end, no call is made before, and a command is refused with the time."""
    spotify.world.player("alva").play(uris=[track.uri for track in album])
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=3600))
    entry = await set_up(hass, await link("alva"))
    assert state_of(entry) is ConfigEntryState.LOADED
    assert state(hass) == "unknown"
    for _ in range(30):
        await later(100)
    for action in ("media_pause", "media_play"):
        with pytest.raises(RateLimited, match="reached until"):
            await call(hass, action)
    assert spotify.requests.count(endpoint="/v1/*") == 1
    await later(605)
    assert state(hass) == "playing"
    assert len(complaints(caplog)) == 1


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


async def test_a_look_that_an_unload_overtakes_is_not_reported(
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


async def test_an_account_that_is_no_longer_let_in_is_reported(
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
    await later(421)
    assert state(hass) in {"playing", "idle", "paused"}
    assert not issue_registry.async_get_issue(DOMAIN, issue)


async def test_the_lapsed_premium_of_the_apps_owner_is_no_fault_of_the_listener(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A notice says whose it is; for hours Spotify is asked seldom and quietly; then all is as before."""
    notice = f"owner_not_premium_{playing.entry_id}"
    caplog.clear()
    spotify.manners.owner_premium = False
    with pytest.raises(OwnerNotPremium, match="owner of the Spotify app"):
        await call(hass, "media_pause")
    reported = issue_registry.async_get_issue(DOMAIN, notice)
    assert reported is not None
    assert not reported.is_fixable
    await later(31)
    assert state(hass) == "unavailable"
    assert len(complaints(caplog)) == 1
    spotify.requests.clear()
    for _ in range(36):
        await later(600)
    assert 11 <= looks(spotify) <= 13
    assert asked(spotify).total() <= 30
    assert len(complaints(caplog)) == 1
    assert issue_registry.async_get_issue(DOMAIN, notice)
    spotify.manners.owner_premium = True
    await playing.runtime_data.gateway.async_devices()
    assert not issue_registry.async_get_issue(DOMAIN, notice)
    await later(1801)
    shown = hass.states.get(ALVA)
    assert shown is not None
    assert shown.attributes["supported_features"]
    assert not issue_registry.async_get_issue(DOMAIN, f"not_premium_{playing.entry_id}")
    assert not playing.data.get("not_premium")


async def test_an_app_that_is_not_served_is_waited_for_from_the_start_on(
    hass: HomeAssistant,
    link: Link,
    spotify: SpotifySimulator,
    later: Later,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant would try the set-up every minute; what an earlier version took the listener for is forgotten."""
    spotify.manners.owner_premium = False
    entry = await link("alva")
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "not_premium": True}
    )
    await set_up(hass, entry)
    assert state_of(entry) is ConfigEntryState.LOADED
    assert state(hass) == "unavailable"
    assert issue_registry.async_get_issue(DOMAIN, f"owner_not_premium_{entry.entry_id}")
    spotify.requests.clear()
    for _ in range(12):
        await later(300)
    assert looks(spotify) <= 3
    assert len([one for one in complaints(caplog) if "owner" in one]) == 1
    spotify.manners.owner_premium = True
    await later(1801)
    assert state(hass) == "idle"
    assert async_issues_of(hass, entry) == []
    assert entry.runtime_data.coordinator.controllable
