"""What the sensors of the history and of its rooms show."""

import asyncio
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.entities.entity_answers import EVERY_S, async_get_answers
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.model import Room, Source
from custom_components.encore.history.records.deletion_rules import Rule, Why
from custom_components.encore.history.records.recording_coverage import Recorded
from custom_components.encore.history.records.recordings import note
from custom_components.encore.players.collector import HOUSEHOLD_LISTENER
from custom_components.encore.runtime.signals import async_signal_changed
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
from tests.integration.persons import add_person, change_sharing

from .conftest import Record, Shown, Until, at, listener_of, played, song

BATH = Room("media_player.bath", "Bath")
TIME = "room_{}_listening_time_today"
LAST = "room_{}_last_play"


def of_rooms(hass: HomeAssistant) -> set[str]:
    """Return the unique ids of what the history's device shows of rooms."""
    return {
        entity.unique_id
        for entity in er.async_get(hass).entities.values()
        if entity.platform == DOMAIN and entity.unique_id.startswith("room_")
    }


@pytest.fixture
def kitchen(hass: HomeAssistant) -> Room:
    """Return the kitchen, an area."""
    area = ar.async_get(hass).async_create("Kitchen")
    return Room(area.id, area.name)


async def test_the_history_reports_how_much_it_has(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
) -> None:
    """How many plays, in how much room, and how much of the last 30 days was recorded."""
    who = listener_of(alva)
    assert shown("history_plays").state == "0"
    recorded = Recorded(
        who, Source.LIVE, at("2026-06-15 12:00"), at("2026-06-30 12:00")
    )
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: note(connection, ingest.registers, [recorded])
    )
    await record_plays(
        played(who, song("Ember"), "2019-01-01 09:00"),
        played(who, song("Moth"), "2026-07-15 09:00", seconds=10),
        played(who, song("Fern"), "2026-07-15 10:00"),
    )
    assert shown("history_plays").state == "2"
    coverage = shown("history_coverage")
    assert 49.9 <= float(coverage.state) <= 50.1
    assert coverage.attributes["unit_of_measurement"] == "%"
    size = shown("history_store_size")
    assert (size.state, size.attributes["device_class"]) == ("1", "data_size")


async def test_calls_of_the_home_are_reported_to_who_wants_them(
    hass: HomeAssistant, alva: MockConfigEntry, shown: Shown, until: Until
) -> None:
    """Since midnight; the sensor is disabled until somebody enables it."""
    entities = er.async_get(hass)
    entity_id = entities.async_get_entity_id("sensor", DOMAIN, "history_calls")
    assert entity_id is not None
    assert hass.states.get(entity_id) is None
    of_account = f"{alva.data['account_id']}_api_calls"
    account_id = entities.async_get_entity_id("sensor", DOMAIN, of_account)
    assert account_id is not None
    assert hass.states.get(account_id) is None
    for disabled in (entity_id, account_id):
        entities.async_update_entity(disabled, disabled_by=None)
    for entry in hass.config_entries.async_entries(DOMAIN):
        await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    account = shown(of_account)
    calls = shown("history_calls")
    assert int(calls.state) == int(account.state) > 0
    await until("2026-07-16 00:00:01")
    assert shown("history_calls").attributes["last_reset"] == (
        "2026-07-16T00:00:00+02:00"
    )


async def test_a_room_appears_with_its_first_play(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
    kitchen: Room,
) -> None:
    """Whoever it was that listened; its day ends at midnight."""
    assert of_rooms(hass) == set()
    await record_plays(
        played(listener_of(alva), song("Ember"), "2026-07-15 09:00", room=kitchen),
        played(
            HOUSEHOLD_LISTENER,
            song("Moth"),
            "2026-07-15 10:00",
            room=kitchen,
            seconds=600,
        ),
    )
    time = shown(TIME.format("kitchen"))
    assert time.name == "Listening history Kitchen listening time today"
    assert time.state == "13"
    last = shown(LAST.format("kitchen"))
    assert last.state == "2026-07-15T08:10:00+00:00"
    assert last.attributes["title"] == "Moth"
    await until("2026-07-16 00:00:01")
    assert shown(TIME.format("kitchen")).state == "0"
    assert shown(LAST.format("kitchen")).attributes["title"] == "Moth"


async def test_rooms_of_one_name_are_not_confused(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    kitchen: Room,
) -> None:
    """An area keeps its id when another takes its old name."""
    areas = ar.async_get(hass)
    areas.async_update(kitchen.key, name="Scullery")
    other = areas.async_create("Kitchen")
    assert other.id != kitchen.key
    await record_plays(
        played(HOUSEHOLD_LISTENER, song("Ember"), "2026-07-15 09:00", room=kitchen),
        played(
            HOUSEHOLD_LISTENER,
            song("Moth"),
            "2026-07-15 10:00",
            room=Room(other.id, "Kitchen"),
        ),
    )
    for key, name, title in (
        (kitchen.key, "Scullery", "Ember"),
        (other.id, "Kitchen", "Moth"),
    ):
        last = shown(LAST.format(key))
        assert last.name == f"Listening history {name} last play"
        assert last.attributes["title"] == title


async def test_a_room_goes_with_its_area_and_with_its_plays(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
    kitchen: Room,
) -> None:
    """Nothing stale is left; a room that is called otherwise keeps its sensors."""
    hass.states.async_set(BATH.key, "idle", {"friendly_name": "Bath"})
    await record_plays(
        played(HOUSEHOLD_LISTENER, song("Ember"), "2026-07-15 09:00", room=kitchen),
        played(HOUSEHOLD_LISTENER, song("Moth"), "2026-07-15 10:00", room=BATH),
    )
    both = {one.format(room.key) for one in (TIME, LAST) for room in (kitchen, BATH)}
    assert of_rooms(hass) == both
    entities = er.async_get(hass)
    unique_id = LAST.format(kitchen.key)
    entity_id = entities.async_get_entity_id("sensor", DOMAIN, unique_id)
    ar.async_get(hass).async_update(kitchen.key, name="Scullery")
    await until("2026-07-15 12:05:00")
    assert of_rooms(hass) == both
    assert entities.async_get_entity_id("sensor", DOMAIN, unique_id) == entity_id
    assert shown(unique_id).name == "Listening history Scullery last play"
    ar.async_get(hass).async_delete(kitchen.key)
    await until("2026-07-15 12:10:00")
    assert of_rooms(hass) == {one.format(BATH.key) for one in (TIME, LAST)}
    asked = ForgetRequest(
        Rule(end=at("2026-07-15 12:00")), at("2026-07-15 12:10"), why=Why.ASKED
    )
    await hass.data[DATA_HISTORY].async_run(lambda history: history.forget(asked))
    await until("2026-07-15 13:30:00")
    assert of_rooms(hass) == set()


async def test_a_room_does_not_show_what_a_private_listener_played(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    record_plays: Record,
    shown: Shown,
    until: Until,
    kitchen: Room,
    hass_admin_user: MockUser,
) -> None:
    """Neither the play, nor that there was one; a room where nobody else was heard is not there."""
    await add_person(hass, "alva", hass_admin_user)
    who = listener_of(alva)
    hass.states.async_set(BATH.key, "idle", {"friendly_name": "Bath"})
    await record_plays(
        played(HOUSEHOLD_LISTENER, song("Ember"), "2026-07-15 09:00", room=kitchen),
        played(who, song("Secret", "Hidden Few"), "2026-07-15 10:00", room=kitchen),
        played(who, song("Secret", "Hidden Few"), "2026-07-15 10:10", room=BATH),
    )
    assert shown(LAST.format("kitchen")).attributes["title"] == "Secret"
    assert shown("history_plays").state == "3"
    await change_sharing(hass, alva, {"person": "person.alva", "privacy": "private"})
    await until("2026-07-15 12:05:00")
    last = shown(LAST.format("kitchen"))
    assert (last.attributes["title"], last.state) == (
        "Ember",
        "2026-07-15T07:03:20+00:00",
    )
    assert shown(TIME.format("kitchen")).state == "3"
    assert of_rooms(hass) == {one.format("kitchen") for one in (TIME, LAST)}
    assert shown("history_plays").state == "1"
    await record_plays(played(who, song("Secret"), "2026-07-15 11:00", room=kitchen))
    reported = str(hass.states.async_all())
    assert "Secret" not in reported
    assert "Hidden Few" not in reported
    assert "Alva" not in reported.replace("person.alva", "")


async def test_coverage_does_not_tell_of_a_private_listener(
    hass: HomeAssistant, alva: MockConfigEntry, until: Until, hass_admin_user: MockUser
) -> None:
    """Neither in an entity nor in an answer, also not of what is not noted in the history yet."""
    await add_person(hass, "alva", hass_admin_user)
    await change_sharing(hass, alva, {"person": "person.alva", "privacy": "private"})
    await until("2026-07-15 12:05:00")
    await until("2026-07-15 12:06:00")
    answer = await hass.services.async_call(
        DOMAIN,
        "get_coverage",
        {"time_range": "today"},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    reported: dict[str, Any] = dict(answer)
    assert reported["by_listener"] == []
    assert reported["coverage"] == 0


async def test_a_restart_leaves_nothing_stale(
    hass: HomeAssistant, alva: MockConfigEntry, record_plays: Record, kitchen: Room
) -> None:
    """What was removed while the history was not loaded goes when it is."""
    await record_plays(
        played(HOUSEHOLD_LISTENER, song("Ember"), "2026-07-15 09:00", room=kitchen)
    )
    assert len(of_rooms(hass)) == 2
    (history,) = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    await hass.config_entries.async_unload(history.entry_id)
    ar.async_get(hass).async_delete(kitchen.key)
    assert len(of_rooms(hass)) == 2
    await hass.config_entries.async_setup(history.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert of_rooms(hass) == set()


async def test_a_stop_does_not_wait_for_answers(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant stops at once while entities and the list of rooms are asked for, and has nothing to complain of."""
    never = asyncio.Event()

    async def unanswered(*_asked: Any) -> None:
        await never.wait()

    monkeypatch.setattr(
        "custom_components.encore.entities.entity_answers.async_ask", unanswered
    )
    monkeypatch.setattr(hass.data[DATA_HISTORY], "async_ask", unanswered)
    answers = async_get_answers(hass)
    answers.async_ask_again()
    async_signal_changed(hass)
    freezer.tick(EVERY_S + 1)
    async_fire_time_changed(hass)
    for _ in range(20):
        await asyncio.sleep(0)
    # A timeout would wait for a clock that stands still.
    waited_for = [repr(task) for task in hass._tasks]
    assert not [name for name in waited_for if "entity_answers" in name]
    assert not [name for name in waited_for if "room_history" in name]
    await hass.async_stop()
    assert "was still running" not in caplog.text
