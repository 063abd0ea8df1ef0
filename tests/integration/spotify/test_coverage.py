"""When an account is recorded, and why not, is in the history: over restarts, crashes, outages and pauses."""

from copy import deepcopy
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.access.policy import async_caller
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.model import Source, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.recording_coverage import (
    Coverage,
    Covered,
    GapReason,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, complaints, set_up
from tests.integration.spotify.test_collector import RECENT, watch

RESPONSIVENESS = "saver"
"""Steps of these tests are those of few looks."""

MINUTE = 60_000
HOUR = 60 * MINUTE
PLAYER = "/v1/me/player"


@pytest.fixture
def start(spotify: SpotifySimulator, freezer: FrozenDateTimeFactory) -> int:
    """Return when the test began (UTC ms), a second later than the clocks' roundings."""
    return spotify.clock.now_ms() + 1000


async def known(hass: HomeAssistant) -> Coverage:
    """Return what is known until now: by the history and, as at a door, by the accounts."""
    query_context = async_query_context(hass, await async_caller(hass, Context()))
    noted = await noted_in(hass)
    return Coverage(
        (*noted.recorded, *query_context.recorded),
        (*noted.unrecorded, *query_context.unrecorded),
    )


async def noted_in(hass: HomeAssistant) -> Coverage:
    """Return what the history has by now."""
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.coverage(), hidden=NOBODY_HIDDEN
    )


async def since(hass: HomeAssistant, spotify: SpotifySimulator, start: int) -> Covered:
    """Return the coverage from a moment until now."""
    now = spotify.clock.now_ms()
    return (await known(hass)).within(Window(start, now), now)


def reasons(covered: Covered) -> list[GapReason]:
    """Return the reasons of the gaps."""
    return [gap.reason for gap in covered.gaps]


@pytest.mark.parametrize("past_days", [40])
async def test_a_linked_account_is_recorded_from_the_first_play_it_lists(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """Recently played reaches back, the player is watched from now on; it is noted minutes later."""
    await watch(later, 900, step=30)
    assert (await since(hass, spotify, start - 29 * 24 * HOUR)).complete
    noted = (await noted_in(hass)).by_source()
    ((first, last),) = noted[Source.LIVE]
    assert first <= start
    assert last >= start + 5 * MINUTE
    ((listed, _),) = noted[Source.POLLED]
    assert listed < start - 29 * 24 * HOUR


async def test_a_restart_leaves_no_gap(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """What nobody watched for hours is in recently played; the player's own stretches stay apart."""
    await watch(later, 600, step=30)
    await hass.config_entries.async_unload(alva.entry_id)
    await later(3 * 3600)
    await set_up(hass, alva)
    await watch(later, 600, step=30)
    assert (await since(hass, spotify, start)).complete
    await hass.config_entries.async_unload(alva.entry_id)
    await set_up(hass, alva)
    noted = await noted_in(hass)
    assert len(noted.by_source()[Source.LIVE]) == 2
    assert len(noted.by_source()[Source.POLLED]) == 1
    (gap,) = (
        noted.of(sources=[Source.LIVE])
        .within(Window(start, spotify.clock.now_ms()), spotify.clock.now_ms())
        .gaps
    )
    assert gap.reason is GapReason.RESTARTED
    assert abs(gap.length - 3 * HOUR) < MINUTE


async def test_after_a_restart_that_cannot_be_filled_there_is_a_gap(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """While recently played does not answer; it is gone as soon as it does."""
    await watch(later, 600, step=30)
    await hass.config_entries.async_unload(alva.entry_id)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=RECENT, times=None))
    await later(3 * 3600)
    await set_up(hass, alva)
    covered = await since(hass, spotify, start)
    assert reasons(covered) == [GapReason.RESTARTED]
    assert abs(covered.gaps[0].length - 3 * HOUR) < MINUTE
    spotify.faults.clear()
    await watch(later, 600, step=30)
    assert (await since(hass, spotify, start)).complete


async def test_a_crash_loses_what_was_not_noted_yet_and_no_more(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Less than ten minutes of looks."""
    await watch(later, 1500, step=30)
    ((_, last),) = (await noted_in(hass)).by_source()[Source.LIVE]
    assert spotify.clock.now_ms() - last < 10 * MINUTE


async def test_an_outage_is_a_gap_with_its_reason_until_recently_played_fills_it(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """While it lasts, it is known already."""
    await watch(later, 600, step=30)
    for path in (PLAYER, RECENT):
        spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=path, times=None))
    await watch(later, 3600, step=60)
    covered = await since(hass, spotify, start)
    assert reasons(covered) == [GapReason.OUT_OF_REACH]
    assert 30 * MINUTE < covered.gaps[0].length <= HOUR + 5 * MINUTE
    spotify.faults.clear()
    # By then it is looked every quarter of an hour.
    await watch(later, 960, step=30)
    assert (await since(hass, spotify, start)).complete


async def test_a_long_wait_is_a_gap_of_its_own_reason(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """Spotify asked for it."""
    await watch(later, 600, step=30)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, match=PLAYER, retry_after=7200))
    await watch(later, 3600, step=60)
    assert reasons(await since(hass, spotify, start)) == [GapReason.RATE_LIMITED]


async def test_a_pause_is_a_gap_that_recently_played_does_not_fill(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
    hass_storage: dict[str, Any],
) -> None:
    """From when recording was switched off to when it was switched on, over restarts of Home Assistant."""
    await watch(later, 600, step=30)
    hass.config_entries.async_update_entry(
        alva, options={**alva.options, "record": False}
    )
    await hass.config_entries.async_reload(alva.entry_id)
    await later(3600)
    await hass.config_entries.async_reload(alva.entry_id)
    await later(3600)
    covered = await since(hass, spotify, start)
    assert reasons(covered) == [GapReason.PAUSED]
    hass.config_entries.async_update_entry(
        alva, options={**alva.options, "record": True}
    )
    await hass.config_entries.async_reload(alva.entry_id)
    await watch(later, 600, step=30)
    covered = await since(hass, spotify, start)
    assert reasons(covered) == [GapReason.PAUSED]
    assert abs(covered.gaps[0].length - 2 * HOUR) < MINUTE


async def test_a_private_session_is_a_gap(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
) -> None:
    """As long as it was seen to be one."""
    player = spotify.world.player("alva")
    track = next(iter(spotify.world.catalogue.tracks.values()))
    await watch(later, 600, step=30)
    player.private_session(True)
    player.play(uris=[track.uri] * 20)
    await watch(later, 1800, step=30)
    player.private_session(False)
    await watch(later, 1800, step=30)
    covered = await since(hass, spotify, start)
    assert reasons(covered) == [GapReason.PRIVATE]
    assert 20 * MINUTE < covered.gaps[0].length < 40 * MINUTE


async def test_more_than_is_listed_is_an_overflow(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    freezer: FrozenDateTimeFactory,
    start: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The list ends after 50 plays, as Spotify's does, and 120 were played while nobody watched."""
    gateway = type(alva.runtime_data.gateway)
    await hass.config_entries.async_unload(alva.entry_id)
    read = gateway.async_recently_played

    async def one_page(self: Any, **where: int | None) -> Any:
        page = await read(self, **where)
        return type(page)(page.plays, page.rows, None)

    monkeypatch.setattr(gateway, "async_recently_played", one_page)
    tracks = list(spotify.world.catalogue.tracks.values())[:120]
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    freezer.tick(sum(track.duration_ms for track in tracks) / 1000 + 60)
    spotify.clock.catch_up()
    await set_up(hass, alva)
    covered = await since(hass, spotify, start)
    assert GapReason.OVERFLOW in reasons(covered)
    assert covered.gaps[-1].end < spotify.clock.now_ms() - HOUR


async def test_what_cannot_be_noted_is_noted_later(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    start: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Without a line in the log: the plays tell of a store that fails."""
    memory = hass.data[DATA_HISTORY]

    async def full(*intervals: object) -> None:
        raise StoreUnavailable("disk full")

    caplog.clear()
    with monkeypatch.context() as broken:
        broken.setattr(memory, "async_note", full)
        await watch(later, 1800, step=30)
        assert (await since(hass, spotify, start)).complete
    await watch(later, 600, step=30)
    window = Window(start, spotify.clock.now_ms() - 10 * MINUTE)
    assert (await noted_in(hass)).within(window, window.end).complete
    assert complaints(caplog) == []


async def test_a_pause_of_an_earlier_version_begins_when_it_is_first_met(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    spotify: SpotifySimulator,
    hass_storage: dict[str, Any],
) -> None:
    """Nobody had noted since when."""
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"record": False})
    stored = {"version": 1, "data": {"paused": True}}
    hass_storage[f"encore.spotify.{entry.entry_id}"] = deepcopy(stored)
    await set_up(hass, entry)
    start = spotify.clock.now_ms() + 1000
    await later(3600)
    await hass.config_entries.async_reload(entry.entry_id)
    assert reasons(await since(hass, spotify, start)) == [GapReason.PAUSED]
