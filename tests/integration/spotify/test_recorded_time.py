"""Recording is paused, resumed and asked for at once: by actions, and by the switch of the account."""

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.history.model import Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.job_records import Job
from custom_components.encore.history.records.recording_coverage import GapReason
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.persons import add_person
from tests.integration.running import async_act as act
from tests.integration.spotify.conftest import Later, set_up
from tests.integration.spotify.test_collector import (
    RECENT,
    album,  # noqa: F401 - a fixture
    new_plays,
    played,
    refuse_page,
    same,
    start,  # noqa: F401 - a fixture
    watch,
)
from tests.integration.spotify.test_coverage import reasons, since
from tests.unit.simulator.test_speakers import Speaker

SWITCH = "switch.alva_lindqvist_recording"


async def turn(hass: HomeAssistant, way: str, context: Context | None = None) -> None:
    """Turn Alva's switch on or off."""
    await hass.services.async_call(
        "switch", f"turn_{way}", {"entity_id": SWITCH}, blocking=True, context=context
    )
    await hass.async_block_till_done(wait_background_tasks=True)


def switch(hass: HomeAssistant) -> str:
    """Return the state of Alva's switch."""
    shown = hass.states.get(SWITCH)
    assert shown is not None
    return shown.state


def records(entry: MockConfigEntry) -> bool:
    """Return what the options say."""
    return bool(entry.options["record"])


async def jobs(hass: HomeAssistant) -> list[Job]:
    """Return the records, the newest first."""
    return list(
        await hass.data[DATA_HISTORY].async_look_up(
            lambda queries: [
                job
                for job in queries.jobs(50, hidden=NOBODY_HIDDEN)
                if job.work.kind in {"sync", "poll"}
            ]
        )
    )


@pytest.mark.parametrize("by", ["action", "switch"])
async def test_a_pause_ends_and_begins_plays_where_it_does(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
    by: str,
) -> None:
    """In the middle of a track, to the second, and without setting the account up anew."""

    async def pause() -> None:
        if by == "switch":
            await turn(hass, "off")
        else:
            answer = await act(hass, "pause_recording")
            assert answer["listener"] == "Alva Lindqvist"
            assert (answer["recording"], answer["changed"]) == (False, True)

    async def resume() -> None:
        if by == "switch":
            await turn(hass, "on")
        else:
            answer = await act(hass, "resume_recording")
            assert (answer["recording"], answer["changed"]) == (True, True)

    account = alva.runtime_data
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in album])
    account.async_wake()
    first = album[0].duration_ms // 1000
    await watch(later, first + 100)
    await pause()
    assert records(alva) is False
    assert switch(hass) == "off"
    paused_at = spotify.clock.now_ms()
    before = await new_plays(hass, start)
    assert [play.item.uri for play in before] == [album[0].uri, album[1].uri]
    assert abs(before[1].ended_at - paused_at) < 2_000
    assert abs(before[1].ms_played - 100_000) < 6_000
    spotify.requests.clear()
    await watch(later, 1000)
    assert spotify.requests.count(endpoint=RECENT) == 0
    assert await new_plays(hass, start) == before
    await resume()
    assert records(alva) is True
    assert switch(hass) == "on"
    resumed_at = spotify.clock.now_ms()
    await watch(later, 4000, step=20)
    after = (await new_plays(hass, start))[2:]
    assert abs(after[0].started_at - resumed_at) < 2_000
    assert [play.item.uri for play in after[:8]] == [
        row.uri for row in played(spotify, start) if row.ended_at > resumed_at
    ][:8]
    assert alva.runtime_data is account
    assert reasons(await since(hass, spotify, start)) == [GapReason.PAUSED]


async def test_what_is_paused_stays_paused_over_a_restart(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
) -> None:
    """And what was played meanwhile is not fetched when it is resumed, nor by any later fetch."""
    await act(hass, "pause_recording")
    spotify.world.player("alva").play(uris=[track.uri for track in album[:3]])
    await watch(later, 400)
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert switch(hass) == "off"
    await watch(later, 400)
    await act(hass, "resume_recording")
    for _ in range(2):
        await watch(later, 3700, step=60)
        await act(hass, "sync_now")
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    found = await new_plays(hass, start)
    assert {play.item.uri for play in found} <= {album[2].uri, album[3].uri}
    again = await act(hass, "resume_recording")
    assert again["changed"] is False
    assert "already" in again["speech"]


async def test_two_pauses_hide_what_was_played_in_both(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
) -> None:
    """And nothing of what was played between them."""
    player = spotify.world.player("alva")
    for place, action in enumerate(
        ("pause_recording", "resume_recording", "pause_recording", "resume_recording")
    ):
        await act(hass, action)
        player.play(uris=[album[place].uri])
        await watch(later, 300)
    await watch(later, 3700, step=60)
    found = await new_plays(hass, start)
    assert [play.item.uri for play in found] == [album[1].uri, album[3].uri]


async def test_plays_before_a_pause_that_nobody_fetched_yet_count(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
    freezer: FrozenDateTimeFactory,
) -> None:
    """They stood in recently played when it was paused."""
    spotify.world.player("alva").play(uris=[album[0].uri])
    freezer.tick(400)
    spotify.clock.catch_up()
    await act(hass, "pause_recording")
    (play,) = await new_plays(hass, start)
    assert play.sources == {Source.POLLED}


async def test_a_user_pauses_their_own_recording_alone(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    later: Later,
    hass_admin_user: MockUser,
    hass_read_only_user: MockUser,
) -> None:
    """Another one's is for administrators; by the action and by the switch."""
    guest = Context(user_id=hass_read_only_user.id)
    hass_read_only_user.mock_policy({"entities": True})
    with pytest.raises(Unauthorized):
        await act(hass, "pause_recording", guest, listener="Alva")
    with pytest.raises(Unauthorized):
        await turn(hass, "off", guest)
    assert switch(hass) == "on"
    await act(hass, "pause_recording", Context(user_id=hass_admin_user.id))
    assert switch(hass) == "off"
    await add_person(hass, "alva", hass_read_only_user)
    hass.config_entries.async_update_entry(
        alva, options={**alva.options, "person": "person.alva"}
    )
    await turn(hass, "on", guest)
    assert switch(hass) == "on"


async def test_the_switch_works_while_spotify_does_not(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
) -> None:
    """What was seen is kept, and nothing is recorded once Spotify answers again."""
    spotify.world.player("alva").play(uris=[album[0].uri])
    alva.runtime_data.async_wake()
    await watch(later, 60)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    await turn(hass, "off")
    assert switch(hass) == "off"
    spotify.faults.clear()
    await watch(later, 1800, step=30)
    assert [play.ms_played < 60_000 for play in await new_plays(hass, start)] in (
        [],
        [True],
    )


async def test_sync_now_fetches_at_once_and_says_what_came(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
    freezer: FrozenDateTimeFactory,
) -> None:
    """New plays, nothing new, and nothing at all while it is paused; each is a job with a record."""
    spotify.world.player("alva").play(uris=[album[0].uri, album[1].uri])
    freezer.tick(600)
    spotify.clock.catch_up()
    answer = await act(hass, "sync_now")
    assert (answer["new"], answer["rows"], answer["recording"]) == (2, 50, True)
    assert answer["speech"] == "Added two new plays for Alva Lindqvist."
    assert (await act(hass, "sync_now"))["new"] == 0
    assert len(await new_plays(hass, start)) == 2
    again, asked, *_ = await jobs(hass)
    assert (again.state, again.work.kind) == ("done", "poll")
    assert (asked.counts, asked.work.listener) == (
        {"rows": 50, "new": 2},
        alva.runtime_data.listener,
    )
    await act(hass, "pause_recording")
    assert (await act(hass, "sync_now"))["recording"] is False


async def test_sync_now_says_why_it_failed(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """And so does its record."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, match=RECENT, retry_after=3600))
    with pytest.raises(HomeAssistantError, match="reached until"):
        await act(hass, "sync_now")
    job, *_ = await jobs(hass)
    assert job.state == "failed"
    assert job.error


@pytest.mark.parametrize("past_days", [40])
async def test_the_first_fetch_is_a_job_and_usual_polls_are_not(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
) -> None:
    """Thirty records a day would hide the others."""
    spotify.world.player("alva").play(uris=[track.uri for track in album])
    await watch(later, 7200, step=30)
    (job,) = await jobs(hass)
    assert (job.work.kind, job.state, job.percent) == ("sync", "done", 100)
    assert job.counts["new"] > 300
    assert job.started_at is not None


async def test_polls_that_fail_are_one_record_and_their_end_is_another(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
) -> None:
    """However long it lasts."""
    await later(1)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=RECENT, times=None))
    await watch(later, 9000, step=60)
    failed, *others = await jobs(hass)
    assert (failed.work.kind, failed.state) == ("poll", "failed")
    assert "502" in (failed.error or "")
    spotify.faults.clear()
    await watch(later, 1900, step=60)
    done, *before = await jobs(hass)
    assert (done.state, done.retries, done.counts) == (
        "done",
        1,
        {"rows": 50, "new": 0},
    )
    assert before == [failed, *others]


@pytest.mark.parametrize("past_days", [40])
async def test_a_backfill_that_a_restart_breaks_off_is_done_again(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    spotify: SpotifySimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came of it does not hide what did not."""
    entry = await link("alva")
    refuse_page(spotify, monkeypatch, 3)
    await set_up(hass, entry)
    await hass.config_entries.async_unload(entry.entry_id)
    await later(3700)
    await set_up(hass, entry)
    done, failed = await jobs(hass)
    assert (failed.state, done.state, done.retries) == ("failed", "done", 1)
    assert done.counts["rows"] > 300


async def test_who_shares_a_speaker_is_recorded_for_what_they_played_themselves(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    link: Link,
    spotify: SpotifySimulator,
    album: list[Track],  # noqa: F811 - a fixture
    later: Later,
    start: int,  # noqa: F811 - a fixture
) -> None:
    """One after the other takes the same Connect device."""
    ben = await set_up(hass, await link("ben"))
    people = {"alva": alva, "ben": ben}
    spotify.world.attach_device(Speaker("Kitchen"))
    for place, person in enumerate(("alva", "ben", "alva")):
        spotify.world.player(person).play(
            uris=[track.uri for track in album[3 * place : 3 * place + 3]],
            device_id="kitchen",
        )
        people[person].runtime_data.async_wake()
        await watch(later, 500, step=10)
    spotify.world.player("alva").pause()
    await watch(later, 4200, step=30)
    found = await new_plays(hass, start)
    for person, entry in people.items():
        key = f"spotify:{entry.data['account_id']}"
        truth = list(spotify.world.ledger.played(person, start))
        same([play for play in found if play.listener.key == key], truth)


async def test_a_pause_ends_in_time(
    hass: HomeAssistant, alva: MockConfigEntry, later: Later
) -> None:
    """Said back in words, changed by the next one, and over when its time is, unless somebody ends it before."""
    answer = await act(hass, "pause_recording", duration="2_hours")
    assert answer["changed"] is True
    assert "Recording is paused for Alva Lindqvist until " in answer["speech"]
    await later(3600)
    assert alva.runtime_data.collector.paused
    answer = await act(hass, "pause_recording", duration="2_hours")
    assert answer["changed"] is True
    await later(5400)
    assert alva.runtime_data.collector.paused
    await later(1860)
    assert not alva.runtime_data.collector.paused
    assert alva.options["record"] is True
    await act(hass, "pause_recording", duration="1_hour")
    await act(hass, "resume_recording")
    await act(hass, "pause_recording")
    await later(7200)
    assert alva.runtime_data.collector.paused


async def test_a_pause_ends_in_time_after_a_restart(
    hass: HomeAssistant, alva: MockConfigEntry, later: Later
) -> None:
    """Its end is stored; one that passed while nothing ran is over at the start."""
    await act(hass, "pause_recording", duration="2_hours")
    await hass.config_entries.async_reload(alva.entry_id)
    assert alva.runtime_data.collector.paused
    await later(7260)
    assert not alva.runtime_data.collector.paused
    await act(hass, "pause_recording", duration="1_hour")
    await hass.config_entries.async_unload(alva.entry_id)
    await later(3660)
    await hass.config_entries.async_setup(alva.entry_id)
    assert not alva.runtime_data.collector.paused
    assert alva.options["record"] is True


@pytest.mark.parametrize(
    ("times", "error"),
    [
        ({"until": "yesterday"}, "yesterday"),
        ({"until": "tomorrow", "duration": "1_hour"}, "until"),
    ],
)
async def test_a_pause_needs_one_time_that_lies_ahead(
    hass: HomeAssistant, alva: MockConfigEntry, times: dict[str, str], error: str
) -> None:
    """Nothing is paused otherwise."""
    with pytest.raises(HomeAssistantError, match=error):
        await act(hass, "pause_recording", None, **times)
    assert not alva.runtime_data.collector.paused
