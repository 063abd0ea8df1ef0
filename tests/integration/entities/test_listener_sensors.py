"""What the sensors of a listener show, when it changes, and what is never shown."""

from collections import Counter
import logging

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_capture_events,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.audit import EVENT_AUDITED
from custom_components.encore.entities.entity_answers import async_get_answers
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.history import History
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from tests.integration.auth.conftest import Link
from tests.integration.persons import add_person, change_sharing, requested_by
from tests.integration.spotify.conftest import set_up

from .conftest import KITCHEN, Record, Shown, Until, listener_of, played, song

KEYS = ("listening_time_today", "plays_today", "top_artist", "streak", "last_play")


def of(entry: MockConfigEntry, key: str) -> str:
    """Return the unique id of a sensor of an account."""
    return f"{entry.data['account_id']}_{key}"


async def test_before_the_first_play_there_is_nothing(
    alva: MockConfigEntry, shown: Shown
) -> None:
    """No time, no plays, no streak; no artist and no last play, which is no fault."""
    states = {key: shown(of(alva, key)).state for key in KEYS}
    assert states == {
        "listening_time_today": "0",
        "plays_today": "0",
        "top_artist": STATE_UNKNOWN,
        "streak": "0",
        "last_play": STATE_UNKNOWN,
    }


async def test_they_show_what_the_questions_answer(
    hass: HomeAssistant, alva: MockConfigEntry, record_plays: Record, shown: Shown
) -> None:
    """As soon as a play is stored; today begins at midnight, and the week on Monday."""
    who = listener_of(alva)
    await record_plays(
        played(who, song("Glass", "The Harbours"), "2026-07-12 23:00"),
        played(who, song("Glass", "The Harbours"), "2026-07-13 09:00"),
        played(who, song("Glass", "The Harbours"), "2026-07-13 09:10"),
        played(who, song("Ember"), "2026-07-14 23:50"),
        played(who, song("Ember"), "2026-07-15 09:00"),
        played(who, song("Moth"), "2026-07-15 09:10", seconds=29),
        played(who, song("Fern"), "2026-07-15 10:00", seconds=100, room=KITCHEN),
    )
    time = shown(of(alva, "listening_time_today"))
    assert (time.state, time.attributes["unit_of_measurement"]) == ("5", "min")
    assert time.attributes["last_reset"] == "2026-07-15T00:00:00+02:00"
    assert shown(of(alva, "plays_today")).state == "2"
    top = shown(of(alva, "top_artist"))
    assert top.name == "Alva Lindqvist Top artist this week"
    assert (top.state, top.attributes["play_count"]) == ("Kite Season", 3)
    assert [one["name"] for one in top.attributes["top"]] == [
        "Kite Season",
        "The Harbours",
    ]
    streak = shown(of(alva, "streak"))
    assert (streak.state, streak.attributes["since"]) == ("4", "2026-07-12")
    last = shown(of(alva, "last_play"))
    assert last.state == "2026-07-15T08:01:40+00:00"
    reported = {"title": "Fern", "artists": ["Kite Season"], "rooms": ["Kitchen"]}
    assert reported.items() <= last.attributes.items()
    answer = await hass.services.async_call(
        DOMAIN,
        "get_listening_time",
        {"listener": "Alva Lindqvist", "time_range": "today"},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    assert answer["total"] == {"play_count": 2, "minutes": 5}


async def test_a_day_begins_again_at_midnight(
    alva: MockConfigEntry, record_plays: Record, shown: Shown, until: Until
) -> None:
    """Not before; what is summed up says from when on. A streak lasts until a day is over without a play."""
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    await until("2026-07-15 23:59:58")
    assert shown(of(alva, "plays_today")).state == "1"
    await until("2026-07-16 00:00:01")
    plays = shown(of(alva, "plays_today"))
    assert plays.state == "0"
    assert plays.attributes["last_reset"] == "2026-07-16T00:00:00+02:00"
    assert shown(of(alva, "streak")).state == "1"
    await until("2026-07-17 00:00:01")
    assert shown(of(alva, "streak")).state == "0"
    assert shown(of(alva, "last_play")).state == "2026-07-15T09:03:20+00:00"


async def test_the_day_that_has_25_hours_is_as_long(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
) -> None:
    """Summer time ends on 25 October 2026; midnight is an hour later than 24 hours after the one before."""
    await until("2026-10-25 00:00:01")
    await record_plays(played(listener_of(alva), song("Ember"), "2026-10-25 00:10"))
    await until("2026-10-25 23:30:00")
    assert shown(of(alva, "plays_today")).state == "1"
    await until("2026-10-26 00:00:01")
    assert shown(of(alva, "plays_today")).state == "0"


async def test_a_listener_elsewhere_has_days_of_their_own(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
) -> None:
    """In New York it is midnight when it is six in Berlin."""
    hass.config_entries.async_update_entry(
        alva, options={**alva.options, "time_zone": "America/New_York"}
    )
    await hass.config_entries.async_reload(alva.entry_id)
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    await until("2026-07-16 05:59:00")
    assert shown(of(alva, "plays_today")).state == "1"
    await until("2026-07-16 06:00:01")
    plays = shown(of(alva, "plays_today"))
    assert plays.state == "0"
    assert plays.attributes["last_reset"] == "2026-07-16T00:00:00-04:00"


async def test_the_top_artist_can_be_of_another_window(
    hass: HomeAssistant, alva: MockConfigEntry, record_plays: Record, shown: Shown
) -> None:
    """As chosen in the account's options; the sensor is the same, and its name tells."""
    who = listener_of(alva)
    await record_plays(
        played(who, song("Glass", "The Harbours"), "2026-07-02 09:00"),
        played(who, song("Glass", "The Harbours"), "2026-07-02 09:10"),
        played(who, song("Ember"), "2026-07-15 09:00"),
    )
    assert shown(of(alva, "top_artist")).state == "Kite Season"
    entity_id = shown(of(alva, "top_artist")).entity_id
    form = await hass.config_entries.options.async_init(alva.entry_id)
    await hass.config_entries.options.async_configure(
        form["flow_id"], {"privacy": "household", "top_window": "this_month"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    top = shown(of(alva, "top_artist"))
    assert (top.state, top.entity_id) == ("The Harbours", entity_id)
    assert top.name == "Alva Lindqvist Top artist this month"


async def test_names_may_be_long_and_strange(
    alva: MockConfigEntry, record_plays: Record, shown: Shown
) -> None:
    """A state has 255 characters; what is in attributes stays whole, and nothing is read as HTML or a template."""
    name = "<b>{{ 1 }}</b> \u05d0\u05d1 🎵" + "x" * 300
    await record_plays(played(listener_of(alva), song(name, name), "2026-07-15 09:00"))
    assert shown(of(alva, "top_artist")).state == name[:255]
    assert shown(of(alva, "last_play")).attributes["title"] == name


async def test_they_are_unavailable_while_the_history_is(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """That is logged once; they come back by themselves."""
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    with monkeypatch.context() as broken:

        def ask(*args: object, **named: object) -> None:
            raise StoreUnavailable("the disk is away")

        broken.setattr(History, "ask", ask)
        for minute in (10, 20, 30):
            await until(f"2026-07-15 12:{minute}:00")
            async_get_answers(hass).async_ask_again()
            await until(f"2026-07-15 12:{minute}:30")
        assert {shown(of(alva, key)).state for key in KEYS} == {STATE_UNAVAILABLE}
    await until("2026-07-15 12:40:00")
    assert shown(of(alva, "plays_today")).state == "1"
    logged = [
        record.levelno
        for record in caplog.records
        if "what entities show" in record.getMessage()
        and record.levelno > logging.DEBUG
    ]
    assert logged == [logging.ERROR, logging.INFO]


async def test_many_plays_in_a_moment_are_asked_about_once(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    shown: Shown,
    until: Until,
    asked: list[str],
) -> None:
    """At once, and then at most every ten seconds; each question once for all that show its answer."""
    await until("2026-07-15 12:01:00")
    asked.clear()
    for minute in range(10):
        play = played(
            listener_of(alva), song(f"No {minute}"), f"2026-07-15 11:0{minute}"
        )
        await hass.data[DATA_HISTORY].async_append([play])
        await hass.async_block_till_done(wait_background_tasks=True)
    await until("2026-07-15 12:01:11")
    about_alva = Counter(asked)
    assert all(1 <= about_alva[each] <= 2 for each in ("plays", "streaks", "top"))
    assert shown(of(alva, "plays_today")).state == "10"


async def test_nothing_is_asked_while_nothing_happens(
    alva: MockConfigEntry, until: Until, asked: list[str]
) -> None:
    """Also what nobody shows is not asked."""
    await until("2026-07-15 12:01:00")
    asked.clear()
    for minute in range(2, 50, 3):
        await until(f"2026-07-15 12:{minute:02}:00")
    assert asked == []


async def test_what_is_disabled_is_not_asked(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    asked: list[str],
) -> None:
    """A home that wants one sensor pays for one question."""
    entities = er.async_get(hass)
    for key in KEYS:
        if key != "streak":
            entities.async_update_entity(
                shown(of(alva, key)).entity_id,
                disabled_by=er.RegistryEntryDisabler.USER,
            )
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    asked.clear()
    await record_plays(played(listener_of(alva), song("Moth"), "2026-07-15 11:10"))
    assert set(asked) == {"streaks"}


async def test_what_entities_ask_is_on_no_record(
    hass: HomeAssistant, alva: MockConfigEntry, record_plays: Record, until: Until
) -> None:
    """Nobody asked."""
    events = async_capture_events(hass, EVENT_AUDITED)
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    await until("2026-07-15 12:05:00")
    assert events == []


async def test_automations_that_may_not_ask_take_nothing_from_the_sensors(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
) -> None:
    """They are shown because the household shares, not because automations are trusted."""
    (history,) = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    hass.config_entries.async_update_entry(history, options={"trust_house": "student"})
    await until("2026-07-15 12:05:00")
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    assert shown(of(alva, "plays_today")).state == "1"


async def test_they_go_when_the_listener_turns_private(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    asked: list[str],
    hass_admin_user: MockUser,
) -> None:
    """And come back when they share again; between that nothing is asked for them."""
    await add_person(hass, "alva", hass_admin_user)
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    for privacy, there in (("private", False), ("household", True)):
        with requested_by(hass_admin_user):
            await change_sharing(
                hass, alva, {"person": "person.alva", "privacy": privacy}
            )
        await hass.async_block_till_done(wait_background_tasks=True)
        found = [
            entity.unique_id
            for entity in er.async_get(hass).entities.values()
            if entity.unique_id.startswith(alva.data["account_id"])
        ]
        assert bool(found) is there
        assert ("Kite Season" in str(hass.states.async_all())) is there
        asked.clear()
        await record_plays(played(listener_of(alva), song(privacy), "2026-07-15 11:10"))
        assert bool(asked) is there


async def test_they_go_with_the_account(
    hass: HomeAssistant, alva: MockConfigEntry, record_plays: Record, asked: list[str]
) -> None:
    """Nothing asks for what nobody shows."""
    await record_plays(played(listener_of(alva), song("Ember"), "2026-07-15 11:00"))
    await hass.config_entries.async_remove(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    asked.clear()
    assert "Ember" not in str(hass.states.async_all())
    await record_plays(played(listener_of(alva), song("Fern"), "2026-07-15 11:10"))
    assert asked == []


async def test_the_end_of_the_login_is_reported_to_who_wants_it(
    hass: HomeAssistant, alva: MockConfigEntry, shown: Shown
) -> None:
    """The sensor is disabled until somebody enables it: there is a notice two weeks before, too."""
    entities = er.async_get(hass)
    unique_id = of(alva, "login_end")
    entity_id = entities.async_get_entity_id("sensor", DOMAIN, unique_id)
    assert entity_id is not None
    assert hass.states.get(entity_id) is None
    entities.async_update_entity(entity_id, disabled_by=None)
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(unique_id).state.startswith("2027-01-1")


async def test_a_button_fetches_what_was_played(
    hass: HomeAssistant, alva: MockConfigEntry, shown: Shown
) -> None:
    """On behalf of whoever presses it, which is noted."""
    events = async_capture_events(hass, EVENT_AUDITED)
    button = shown(of(alva, "sync_now")).entity_id
    await hass.services.async_call(
        "button", "press", {"entity_id": button}, blocking=True
    )
    assert [event.data["request"] for event in events] == ["sync_now"]
    assert shown(of(alva, "sync_now")).state == "2026-07-15T10:00:00+00:00"


async def test_the_button_says_why_nothing_was_fetched(
    hass: HomeAssistant, alva: MockConfigEntry, shown: Shown, link: Link
) -> None:
    """Who may not command may not press."""
    (history,) = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    hass.config_entries.async_update_entry(history, options={"trust_house": "intern"})
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call(
            "button",
            "press",
            {"entity_id": shown(of(alva, "sync_now")).entity_id},
            blocking=True,
        )


async def test_they_are_named_in_the_language_of_the_home(
    hass: HomeAssistant, alva: MockConfigEntry, link: Link, shown: Shown
) -> None:
    """Who changes the language keeps the ids; what is linked in a German home has German ones."""
    english = shown(of(alva, "plays_today"))
    await hass.config.async_update(language="de")
    await hass.config_entries.async_reload(alva.entry_id)
    ben = await link("ben")
    hass.config_entries.async_update_entry(
        ben, options={"privacy": "household"}, minor_version=2
    )
    await set_up(hass, ben)
    saved, new = shown(of(alva, "plays_today")), shown(of(ben, "plays_today"))
    assert saved.entity_id == english.entity_id
    assert (english.name, saved.name) == (
        "Alva Lindqvist Plays today",
        "Alva Lindqvist Wiedergaben heute",
    )
    assert new.entity_id.endswith("_wiedergaben_heute")


async def test_they_go_also_where_the_account_is_not_set_up(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """Nothing sets an account up that is disabled, or whose Spotify is out of reach."""
    await hass.config_entries.async_unload(alva.entry_id)
    entities = er.async_get(hass)
    assert er.async_entries_for_config_entry(entities, alva.entry_id)
    hass.config_entries.async_update_entry(alva, options={"privacy": "private"})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not er.async_entries_for_config_entry(entities, alva.entry_id)
    devices = dr.async_get(hass)
    assert not dr.async_entries_for_config_entry(devices, alva.entry_id)
    assert alva.data["display_name"] not in str(hass.states.async_all())
