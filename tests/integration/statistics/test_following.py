"""Statistics follow the history: what listeners and rooms have, under which names, and what becomes of corrections."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.encore.history.model import Listener, Room, Source
from custom_components.encore.runtime.jobs import DATA_JOBS, EVENT_JOB
from custom_components.encore.statistics import statistic_rows as module
from custom_components.encore.statistics.statistic_rows import Measure, Of, Statistic
from homeassistant.components.recorder.statistics import valid_statistic_id
from homeassistant.core import Event, callback
from homeassistant.helpers.recorder import get_instance
from tests.unit.questions.house import (
    ALVA,
    BATHROOM,
    BEN,
    EMBER,
    KITCHEN,
    NEWS,
    PAST,
    at,
    heard,
)

from .conftest import HOUR_S, Home

ALVAS = "encore:listener_alva_minutes"
ALVAS_PLAYS = "encore:listener_alva_plays"
BENS = "encore:listener_ben_minutes"
KITCHENS = "encore:room_kitchen_minutes"
KITCHENS_PLAYS = "encore:room_kitchen_plays"


def hour(text: str) -> int:
    """Return a local time in Berlin as seconds."""
    return at(text) // 1000


async def test_every_listener_and_room_has_minutes_and_plays(home: Home) -> None:
    """Under the names that people know; who heard nothing has none."""
    await home.hear(*PAST)
    assert await home.names() == {
        "encore:listener_alva_minutes": "Alva: listening time",
        "encore:listener_alva_plays": "Alva: plays",
        "encore:listener_ben_minutes": "Ben: listening time",
        "encore:listener_ben_plays": "Ben: plays",
        "encore:room_kitchen_minutes": "Kitchen: listening time",
        "encore:room_kitchen_plays": "Kitchen: plays",
        "encore:room_study_minutes": "Alva's study: listening time",
        "encore:room_study_plays": "Alva's study: plays",
    }


async def test_a_play_counts_in_the_hour_in_which_it_began(home: Home) -> None:
    """All of its minutes do, as in the windows of questions; what was passed over does not count."""
    await home.hear(*PAST)
    assert await home.rows(KITCHENS) == [
        (hour("2026-07-14 07:00"), 15.0, 15.0),
        # The first of these sounded until 20:01.
        (hour("2026-07-14 19:00"), pytest.approx(200 / 60), pytest.approx(15 + 10 / 3)),
        (hour("2026-07-14 20:00"), pytest.approx(400 / 60), pytest.approx(25)),
    ]
    plays = await home.rows(KITCHENS_PLAYS)
    assert [row[1:] for row in plays] == [(1, 1), (1, 2), (2, 4)]
    alvas = await home.rows(ALVAS_PLAYS)
    assert hour("2026-07-14 22:00") not in [row[0] for row in alvas]


async def test_a_play_is_written_soon_after_it_ended(home: Home) -> None:
    """And nothing that was there is written twice."""
    await home.hear(*PAST)
    before = await home.rows(ALVAS)
    await home.hear(heard(ALVA, EMBER, "2026-07-15 14:20", room=KITCHEN))
    after = await home.rows(ALVAS)
    assert after[:-1] == before[:-1]
    assert after[-1] == (
        hour("2026-07-15 14:00"),
        pytest.approx(400 / 60),
        pytest.approx(before[-1][2] + 200 / 60),
    )
    assert (await home.rows(KITCHENS))[-1][0] == hour("2026-07-15 14:00")


async def test_nothing_is_counted_twice_after_a_restart(home: Home) -> None:
    """What is written is read back before anything more is."""
    await home.hear(*PAST)
    before = {each: await home.rows(each) for each in await home.names()}
    await home.restart()
    assert {each: await home.rows(each) for each in before} == before
    await home.hear(heard(BEN, EMBER, "2026-07-10 10:00"))
    bens = await home.rows(BENS)
    assert [row[1] for row in bens] == [pytest.approx(200 / 60)] * 4
    assert bens[-1][2] == pytest.approx(800 / 60)


async def test_what_was_changed_behind_our_back_is_put_right(home: Home) -> None:
    """Somebody cleared a statistic, or adjusted a sum, in the developer tools: at once, or in the night."""
    await home.hear(*PAST)
    before = {each: await home.rows(each) for each in (ALVAS, KITCHENS)}
    recorder = get_instance(home.hass)
    recorder.async_clear_statistics([ALVAS])
    await home.followed()
    await home.follow()
    assert await home.rows(ALVAS) == before[ALVAS]
    moment = datetime.fromtimestamp(hour("2026-07-14 19:00"), UTC)
    recorder.async_adjust_statistics(KITCHENS, moment, 100.0, "min")
    await home.followed()
    assert await home.rows(KITCHENS) != before[KITCHENS]
    home.freezer.move_to("2026-07-16T02:07:00+00:00")
    await home.soon()
    assert await home.rows(KITCHENS) == before[KITCHENS]


async def test_a_forgotten_hour_is_zero_and_the_sums_follow(home: Home) -> None:
    """A single row cannot be taken away."""
    await home.hear(*PAST)
    before = await home.rows(KITCHENS)
    await home.tell(
        "delete_plays", start_time="2026-07-14T07:00", end_time="2026-07-14T08:00"
    )
    await home.soon()
    assert await home.rows(KITCHENS) == [
        (before[0][0], 0, 0),
        *(
            (start, state, pytest.approx(total - 15))
            for start, state, total in before[1:]
        ),
    ]


async def test_who_was_forgotten_altogether_has_no_statistics(home: Home) -> None:
    """Not even the hours in which there was something."""
    await home.hear(*PAST)
    await home.tell("delete_plays", listener="Ben")
    await home.soon()
    names = await home.names()
    assert BENS not in names and ALVAS in names


@pytest.mark.parametrize("adjusted", [0, 24])
async def test_few_hours_of_many_rows_are_adjusted(
    home: Home, monkeypatch: pytest.MonkeyPatch, adjusted: int
) -> None:
    """The sums are those that rows written anew would have."""
    monkeypatch.setattr(module, "ADJUSTED", adjusted)
    monkeypatch.setattr(module, "AT_ONCE", 5)
    monkeypatch.setattr(module, "PART", 5)
    days = [heard(BEN, EMBER, f"2026-06-{day:02} 10:00") for day in range(1, 31)]
    await home.hear(*days)
    await home.hear(
        heard(BEN, EMBER, "2026-06-02 10:30"), heard(BEN, NEWS, "2026-06-04 12:00")
    )
    await home.tell(
        "delete_plays", start_time="2026-06-05T00:00", end_time="2026-06-06T00:00"
    )
    await home.soon()
    total = 0.0
    rows = await home.rows(BENS)
    assert len(rows) == 31
    for _, state, grown in rows:
        total += state
        assert grown == pytest.approx(total)
    assert total == pytest.approx((30 * 200 + 200) / 60)
    # Read back, they are right to the millisecond: nothing more is written.
    await home.restart()
    assert await home.rows(BENS) == rows


async def test_much_is_a_job_that_can_be_cancelled(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It rests then until the night, in which it goes on where it was."""
    monkeypatch.setattr(
        "custom_components.encore.statistics.hourly_statistics.AT_ONCE", 5
    )
    monkeypatch.setattr(module, "AT_ONCE", 5)
    monkeypatch.setattr(module, "PART", 5)
    days = [heard(BEN, EMBER, f"2026-06-{day:02} 10:00") for day in range(1, 31)]

    @callback
    def begun(event: Event[Any]) -> None:
        home.hass.data[DATA_JOBS].cancel(event.data["job"])

    cancel = home.hass.bus.async_listen(EVENT_JOB, begun)
    await home.hear(*days)
    cancel()
    (job,) = (await home.tell("get_jobs"))["jobs"]
    assert (job["kind"], job["state"]) == ("statistics", "cancelled")
    assert len(await home.rows(BENS)) < 30
    await home.hear(heard(BEN, EMBER, "2026-07-15 10:00"))
    assert len(await home.rows(BENS)) < 30
    home.freezer.move_to("2026-07-16T02:07:00+00:00")
    await home.soon()
    job, _ = (await home.tell("get_jobs"))["jobs"]
    assert (job["state"], job["rows"] > 30) == ("done", True)
    rows = await home.rows(BENS)
    assert len(rows) == 31
    assert rows[-1][2] == pytest.approx(31 * 200 / 60)


async def test_another_name_is_taken_over(home: Home) -> None:
    """Also that of another language; the id stays."""
    await home.hear(*PAST)
    home.hass.config.language = "de"
    await home.follow()
    names = await home.names()
    assert names[BENS] == "Ben: Hörzeit"
    assert names["encore:room_kitchen_plays"] == "Kitchen: Wiedergaben"
    assert names.keys() == (await home.names()).keys()


async def test_who_or_what_gets_another_name_keeps_what_was_written(
    home: Home,
) -> None:
    """A listener when they are called so, a room with the next play in it; the ids and the rows stay."""
    await home.hear(*PAST)
    before = {each: await home.rows(each) for each in (BENS, KITCHENS)}
    ben = home.accounts["ben"]
    home.hass.config_entries.async_update_entry(
        ben, data={**ben.data, "display_name": "Benjamin <b>B.</b> 🎷"}
    )
    await home.follow()
    assert (await home.names())[BENS] == "Benjamin <b>B.</b> 🎷: listening time"
    cookhouse = replace(KITCHEN, name="Cookhouse")
    await home.hear(heard(ALVA, EMBER, "2026-07-15 14:20", room=cookhouse))
    names = await home.names()
    assert names[KITCHENS] == "Cookhouse: listening time"
    assert len(names) == 8
    assert await home.rows(BENS) == before[BENS]
    assert (await home.rows(KITCHENS))[:-1] == before[KITCHENS]


async def test_what_a_restart_interrupts_goes_on_afterwards(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From what is written by then: no hour is twice in the sums, and none is missing."""
    for each in (module, "custom_components.encore.statistics.hourly_statistics"):
        target = each if isinstance(each, str) else each.__name__
        monkeypatch.setattr(f"{target}.AT_ONCE", 5)
    monkeypatch.setattr(module, "PART", 5)
    days = [heard(BEN, EMBER, f"2026-06-{day:02} 10:00") for day in range(1, 31)]
    unload = home.hass.config_entries.async_unload

    @callback
    def begun(event: Event[Any]) -> None:
        if event.data["state"] == "running":
            home.hass.async_create_task(unload(home.history.entry_id))

    cancel = home.hass.bus.async_listen(EVENT_JOB, begun)
    await home.hear(*days)
    cancel()
    written = await home.rows(BENS)
    assert 0 < len(written) < 30
    assert await home.hass.config_entries.async_setup(home.history.entry_id)
    await home.soon()
    rows = await home.rows(BENS)
    assert rows[: len(written)] == written
    assert [row[1] for row in rows] == [pytest.approx(200 / 60)] * 30
    assert rows[-1][2] == pytest.approx(30 * 200 / 60)
    kinds = [
        (job["kind"], job["state"]) for job in (await home.tell("get_jobs"))["jobs"]
    ]
    assert kinds == [("statistics", "done"), ("statistics", "cancelled")]


async def test_nothing_is_written_while_the_recorder_migrates(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is done within the hour after."""
    migrates = [True]
    monkeypatch.setattr(
        "custom_components.encore.statistics.hourly_statistics.async_migration_in_progress",
        lambda hass: migrates[0],
    )
    await home.hear(*PAST)
    assert await home.names() == {}
    migrates[0] = False
    home.freezer.move_to("2026-07-15T13:07:00+00:00")
    await home.soon()
    assert BENS in await home.names()


@pytest.mark.parametrize(
    "key",
    ["Ada", "area:küche", "RINCON_7828CA0A11E401400", "__", "日本", "a__b", "x" * 300],
)
def test_every_key_makes_a_legal_id_of_its_own(key: str) -> None:
    """Whatever a room or an account is called."""
    statistic = Statistic(Of.ROOM, key, Measure.PLAYS)
    other = replace(statistic, key=f"{key}!")
    assert valid_statistic_id(statistic.id) and len(statistic.id) <= 255
    assert statistic.id != other.id


async def test_a_room_is_as_it_is_played_by_who_shares(home: Home) -> None:
    """A private listener has no statistics, and what they heard is in no room's."""
    await home.hear(*PAST, heard(BEN, EMBER, "2026-07-14 12:00", room=KITCHEN))
    assert len(await home.rows(KITCHENS)) == 4
    await home.share("ben", "private")
    names = await home.names()
    assert BENS not in names and KITCHENS in names
    # Not even as an hour of nothing.
    assert [row[0] for row in await home.rows(KITCHENS)] == [
        hour("2026-07-14 07:00"),
        hour("2026-07-14 19:00"),
        hour("2026-07-14 20:00"),
    ]
    await home.hear(heard(BEN, EMBER, "2026-07-15 12:00", room=BATHROOM))
    assert not any("bathroom" in each or "ben" in each for each in await home.names())
    await home.share("ben", "household")
    assert len(await home.rows(BENS)) == 5
    assert len(await home.rows(KITCHENS)) == 4


async def test_what_a_room_played_and_a_private_listener_claims_later_leaves_no_trace(
    home: Home,
) -> None:
    """A speaker's play is anybody's until the account tells whose it was."""
    await home.share("ben", "private")
    den = Room("den", "Den")
    theirs = heard(BEN, EMBER, "2026-07-15 12:00", room=den)
    speaker = replace(
        theirs, source=Source.SONOS, listener=Listener("household", "House")
    )
    await home.hear(speaker, heard(ALVA, EMBER, "2026-07-15 09:00", room=den))
    assert len(await home.rows("encore:room_den_plays")) == 2
    await home.hear(replace(theirs, rooms=()))
    assert len(await home.rows("encore:room_den_plays")) == 1


async def test_an_account_that_is_gone_has_no_statistics(home: Home) -> None:
    """Its history may stay; rooms keep what it heard where it was shared."""
    await home.hear(*PAST, heard(BEN, EMBER, "2026-07-14 12:00", room=KITCHEN))
    rows = await home.rows(KITCHENS)
    await home.hass.config_entries.async_remove(home.accounts["ben"].entry_id)
    await home.followed()
    assert BENS not in await home.names()
    assert await home.rows(KITCHENS) == rows


async def test_a_private_account_is_cleared_while_the_history_is_not_loaded(
    home: Home,
) -> None:
    """And with Encore's last entry goes everything."""
    await home.hear(*PAST)
    await home.hass.config_entries.async_unload(home.history.entry_id)
    await home.share("ben", "private")
    names = await home.names()
    assert BENS not in names and KITCHENS not in names and ALVAS in names
    await home.hass.config_entries.async_remove(home.history.entry_id)
    await home.followed()
    assert await home.names() == {}
    home.history.add_to_hass(home.hass)
    assert await home.hass.config_entries.async_setup(home.history.entry_id)
    await home.soon()
    assert BENS not in await home.names() and KITCHENS in await home.names()


async def test_what_was_played_before_the_recorder_listened_is_backfilled(
    home: Home,
) -> None:
    """At the first start with this version, or with a new recorder."""
    await home.hear(*PAST)
    before = {each: await home.rows(each) for each in await home.names()}
    get_instance(home.hass).async_clear_statistics(list(before))
    await home.followed()
    await home.restart()
    assert {each: await home.rows(each) for each in before} == before


async def test_the_hour_is_looked_through_whatever_was_said(home: Home) -> None:
    """A change that nobody told of is found seven minutes past."""
    await home.hear(*PAST)
    get_instance(home.hass).async_clear_statistics([BENS])
    await home.followed()
    home.freezer.tick(timedelta(seconds=HOUR_S))
    home.freezer.move_to("2026-07-15T14:07:00+00:00")
    await home.soon()
    assert BENS in await home.names()
