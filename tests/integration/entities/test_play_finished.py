"""The event of a play that is over: once for each, with all that an automation wants, for everyone who may hear of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.entities.finished_plays import SETTLES_S
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.model import (
    Device,
    Listener,
    Observation,
    RoomSpan,
    Source,
)
from custom_components.encore.history.records.deletion_rules import Rule, Why
from custom_components.encore.players.collector import HOUSEHOLD_LISTENER
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from tests.integration.persons import add_person, change_sharing

from .conftest import BERLIN, KITCHEN, Record, Shown, at, listener_of, played, song

OF_HOUSEHOLD = "history_play_finished"
BEN = Listener("spotify:ben", "Ben")

type Reported = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def over(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Record:
    """Return a way to have plays stored at a moment, and to wait until all who watched them have told."""

    async def over(*observations: Observation) -> None:
        await hass.data[DATA_HISTORY].async_append(observations)
        await hass.async_block_till_done(wait_background_tasks=True)
        freezer.tick(SETTLES_S + 1)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return over


@pytest.fixture
async def reported(
    hass: HomeAssistant, alva: MockConfigEntry, shown: Shown
) -> Reported:
    """Return what the event of Alva, or that of the home, has told since the test began."""
    by_entity: dict[str, list[dict[str, object]]] = {}

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        assert state is not None
        by_entity.setdefault(state.entity_id, []).append(dict(state.attributes))

    unique_ids = (OF_HOUSEHOLD, f"{alva.data['account_id']}_play_finished")
    entity_ids = [shown(unique_id).entity_id for unique_id in unique_ids]
    async_track_state_change_event(hass, entity_ids, changed)
    return lambda unique_id: by_entity.get(shown(unique_id).entity_id, [])


def of(entry: MockConfigEntry) -> str:
    """Return the unique id of the event of an account's listener."""
    return f"{entry.data['account_id']}_play_finished"


async def test_a_play_that_is_over_is_reported_with_all_that_is_known(
    alva: MockConfigEntry, over: Record, reported: Reported, shown: Shown
) -> None:
    """By the listener's event, and by that of the home."""
    assert shown(of(alva)).state == STATE_UNKNOWN
    play = played(
        listener_of(alva),
        song("Ember"),
        "2026-07-15 11:56",
        room=KITCHEN,
        device=Device("1", "Kitchen speaker"),
        context_uri="spotify:playlist:37i9dQZF1DX0",
        skipped=False,
    )
    await over(play)
    for unique_id in (of(alva), OF_HOUSEHOLD):
        (event,) = reported(unique_id)
        assert {
            "event_type": "finished",
            "title": "Ember",
            "artist": "Kite Season",
            "artists": ["Kite Season"],
            "album": "Hollow",
            "kind": "track",
            "uri": "spotify:track:ember",
            "listener": "Alva Lindqvist",
            "rooms": ["Kitchen"],
            "device": "Kitchen speaker",
            "started_at": "2026-07-15T11:56:00+02:00",
            "ended_at": "2026-07-15T11:59:20+02:00",
            "seconds_played": 200,
            "seconds": 200,
            "skipped": False,
            "counts": True,
            "context_uri": "spotify:playlist:37i9dQZF1DX0",
        }.items() <= event.items()
        moment = datetime.fromisoformat(shown(unique_id).state)
        assert moment.astimezone(BERLIN).date().isoformat() == "2026-07-15"


async def test_what_was_cut_short_is_an_event_of_its_own(
    alva: MockConfigEntry, over: Record, reported: Reported
) -> None:
    """What is too short to count is told, and that it does not count."""
    await over(
        played(
            listener_of(alva),
            song("Ember"),
            "2026-07-15 11:59",
            seconds=20,
            skipped=True,
        )
    )
    (event,) = reported(of(alva))
    assert (event["event_type"], event["skipped"], event["counts"]) == (
        "skipped",
        True,
        False,
    )


async def test_a_later_source_reports_nothing_twice(
    alva: MockConfigEntry, over: Record, reported: Reported
) -> None:
    """A speaker tells of what the account told of, and recently played once more."""
    live = played(listener_of(alva), song("Ember"), "2026-07-15 11:56")
    speaker = replace(
        live,
        source=Source.SONOS,
        listener=HOUSEHOLD_LISTENER,
        rooms=(RoomSpan(KITCHEN, live.started_at, live.ended_at),),
    )
    await over(live, speaker)
    (event,) = reported(OF_HOUSEHOLD)
    assert (event["listener"], event["rooms"]) == ("Alva Lindqvist", ["Kitchen"])
    await over(replace(live, source=Source.POLLED))
    await over(replace(speaker, source=Source.PLAYER))
    assert len(reported(OF_HOUSEHOLD)) == len(reported(of(alva))) == 1


async def test_what_is_reported_afterwards_is_no_event(
    alva: MockConfigEntry, over: Record, reported: Reported
) -> None:
    """Recently played, an export, and what is long over."""
    who = listener_of(alva)
    await over(
        played(who, song("Ember"), "2026-07-15 11:50", source=Source.POLLED),
        played(who, song("Moth"), "2026-07-15 11:55", source=Source.EXPORT),
        played(who, song("Fern"), "2026-07-15 09:00"),
    )
    assert reported(of(alva)) == reported(OF_HOUSEHOLD) == []


async def test_a_play_of_somebody_else_is_the_households_alone(
    alva: MockConfigEntry, over: Record, reported: Reported
) -> None:
    """Also one of whom nobody knows whose it is."""
    await over(
        played(BEN, song("Moth"), "2026-07-15 11:50"),
        played(
            HOUSEHOLD_LISTENER, song("Fern"), "2026-07-15 11:55", source=Source.SONOS
        ),
    )
    assert reported(of(alva)) == []
    assert [event["listener"] for event in reported(OF_HOUSEHOLD)] == [
        "Ben",
        "Household",
    ]


async def test_a_private_listener_has_no_event_and_is_in_none(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    over: Record,
    shown: Shown,
    hass_admin_user: MockUser,
) -> None:
    """Nor is what a speaker tells of their play."""
    await add_person(hass, "alva", hass_admin_user)
    await change_sharing(hass, alva, {"person": "person.alva", "privacy": "private"})
    await hass.async_block_till_done(wait_background_tasks=True)
    live = played(listener_of(alva), song("Ember"), "2026-07-15 11:56")
    await over(live, replace(live, source=Source.SONOS, listener=HOUSEHOLD_LISTENER))
    assert shown(OF_HOUSEHOLD).state == STATE_UNKNOWN
    assert "Ember" not in str(hass.states.async_all())
    assert [
        state.entity_id
        for state in hass.states.async_all("event")
        if state.entity_id != shown(OF_HOUSEHOLD).entity_id
    ] == []


async def test_a_restart_takes_up_what_may_still_be_reported(
    hass: HomeAssistant, alva: MockConfigEntry, over: Record, shown: Shown
) -> None:
    """And not what was forgotten while the event was not there."""
    await over(played(listener_of(alva), song("Ember"), "2026-07-15 11:56"))
    before = shown(OF_HOUSEHOLD)
    assert before.attributes["title"] == "Ember"
    (history,) = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    await hass.config_entries.async_reload(history.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(OF_HOUSEHOLD).attributes == before.attributes
    assert shown(OF_HOUSEHOLD).state == before.state
    await hass.config_entries.async_unload(history.entry_id)
    rule = Rule(listener=listener_of(alva).key)
    forget = ForgetRequest(rule, at("2026-07-15 12:01"), why=Why.ASKED)
    await hass.data[DATA_HISTORY].async_run(lambda history: history.forget(forget))
    await hass.config_entries.async_setup(history.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(OF_HOUSEHOLD).state == STATE_UNKNOWN
    assert "title" not in shown(OF_HOUSEHOLD).attributes


async def test_a_restart_shows_nothing_that_cannot_be_asked_for(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    over: Record,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody knows whether it may still be told while the history is not open."""
    await over(played(listener_of(alva), song("Ember"), "2026-07-15 11:56"))
    (history,) = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.data["kind"] == "history"
    ]
    memory = type(hass.data[DATA_HISTORY])
    monkeypatch.setattr(memory, "is_open", property(lambda memory: False))
    await hass.config_entries.async_reload(history.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(OF_HOUSEHOLD).state == STATE_UNKNOWN
    assert "title" not in shown(OF_HOUSEHOLD).attributes
