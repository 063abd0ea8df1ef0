"""What speakers play is remembered: once for each group, with the rooms over time."""

import asyncio
from typing import Any
from unittest.mock import AsyncMock

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import HOUSEHOLD, Play, Source, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.recording_coverage import GapReason
from custom_components.encore.players.collector import RoomCollector
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, LIVING_ROOM, AddHousehold, call, state_of, until


async def plays(hass: HomeAssistant) -> list[Play]:
    """Return what the history has, the earliest first."""
    return await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.plays(
            Window(0, 1 << 50), newest_first=False, min_ms=0, television=True
        ),
        hidden=NOBODY_HIDDEN,
    )


async def unloaded(hass: HomeAssistant, entry: MockConfigEntry) -> list[Play]:
    """Unload the household, load it without its speakers’ music, and return what was heard."""
    async with hass.data[DATA_HISTORY].async_held():
        await hass.config_entries.async_unload(entry.entry_id)
        return await plays(hass)


async def playing_now(hass: HomeAssistant, room: str) -> list[dict[str, Any]]:
    """Return what plays in a room now; a speaker tells of it a moment after it began."""
    async with asyncio.timeout(8):
        while not (
            reported := await answer(hass, "get_played_at", moment="now", room=room)
        )["plays"]:
            await asyncio.sleep(0.02)
    found: list[dict[str, Any]] = reported["plays"]
    return found


async def silent_now(hass: HomeAssistant, room: str) -> None:
    """Wait until nothing plays in a room; of one that led others, that is known once it is known who leads them now."""
    async with asyncio.timeout(20):
        while (await answer(hass, "get_played_at", moment="now", room=room))["plays"]:
            await asyncio.sleep(0.02)


async def stored(hass: HomeAssistant) -> list[Play]:
    """Return what the history has once it has something: it is written a moment after a track ended."""
    async with asyncio.timeout(8):
        while not (found := await plays(hass)):
            await asyncio.sleep(0.02)
    return found


async def answer(hass: HomeAssistant, question: str, **asked: Any) -> dict[str, Any]:
    """Ask a question by its action."""
    said = await hass.services.async_call(
        DOMAIN, question, asked, blocking=True, return_response=True
    )
    assert said is not None
    return dict(said)


async def test_a_group_that_changes_is_one_play_with_its_rooms(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """The bedroom joins in mid-track and leaves, somebody skips: one play for each track."""
    entry = await add_household()
    await call(hass, "media_play", KITCHEN)
    await playing_now(hass, "Kitchen")
    await asyncio.sleep(0.4)
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    now = await playing_now(hass, "Bedroom")
    assert [(play["title"], play["in_progress"]) for play in now] == [("Song 1", True)]
    await asyncio.sleep(0.4)
    await call(hass, "unjoin", BEDROOM)
    await silent_now(hass, "Bedroom")
    await asyncio.sleep(0.4)
    await call(hass, "media_next_track", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).attributes["media_title"] == "Song 2")
    await stored(hass)
    (play,) = await unloaded(hass, entry)
    assert (play.item.title, play.listener.key) == ("Song 1", HOUSEHOLD)
    assert play.sources == {Source.SONOS}
    assert play.item.artists == ("Band 1",)
    played = {span.room.name: span for span in play.rooms}
    assert set(played) == {"Kitchen", "Bedroom"}
    assert played["Kitchen"].start == play.started_at
    assert played["Kitchen"].end == play.ended_at
    assert play.started_at < played["Bedroom"].start < played["Bedroom"].end
    assert played["Bedroom"].end < play.ended_at


async def test_a_restart_in_mid_track_is_no_play(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """The household is unloaded and loaded while it plays on."""
    entry = await add_household()
    await call(hass, "media_play", KITCHEN)
    await playing_now(hass, "Kitchen")
    await asyncio.sleep(0.3)
    async with hass.data[DATA_HISTORY].async_held():
        await hass.config_entries.async_unload(entry.entry_id)
        assert await plays(hass) == []
        await asyncio.sleep(1)
        await hass.config_entries.async_setup(entry.entry_id)
        await until(lambda: state_of(hass, KITCHEN).state == "playing")
        await call(hass, "media_next_track", KITCHEN)
        await until(
            lambda: state_of(hass, KITCHEN).attributes["media_title"] == "Song 2"
        )
        (play,) = await stored(hass)
    await hass.config_entries.async_unload(entry.entry_id)
    assert play.item.title == "Song 1"
    assert play.ms_played >= 1_300
    assert play.ms_played == play.ended_at - play.started_at


async def test_why_a_household_could_not_be_watched_is_reported(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Home Assistant ran all the time: first no speaker answered, then all refused."""
    for speaker in sonos.household.speakers:
        speaker.faults.away_for(600_000)
    entry = await add_household()
    memory = hass.data[DATA_HISTORY]

    async def gaps() -> list[tuple[GapReason, int, int]]:
        known = await memory.async_ask(
            lambda queries: queries.coverage([HOUSEHOLD]), hidden=NOBODY_HIDDEN
        )
        reported = [(one.reason, one.start, one.end) for one in known.unrecorded]
        return sorted(reported, key=lambda one: one[1])

    async with memory.async_held():
        await hass.config_entries.async_reload(entry.entry_id)
        ((reason, since, until_then),) = await gaps()
        assert reason is GapReason.OUT_OF_REACH
        for speaker in sonos.household.speakers:
            speaker.faults.away_for(0)
            speaker.faults.upnp_enabled = False
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.config_entries.async_reload(entry.entry_id)
        for speaker in sonos.household.speakers:
            speaker.faults.upnp_enabled = True
        await hass.config_entries.async_reload(entry.entry_id)
        assert entry.state is ConfigEntryState.LOADED
        reported = await gaps()
        await hass.config_entries.async_unload(entry.entry_id)
    away = [one for one in reported if one[0] is GapReason.OUT_OF_REACH]
    refused = [one for one in reported if one[0] is GapReason.REFUSED]
    assert {one[0] for one in reported} == {GapReason.OUT_OF_REACH, GapReason.REFUSED}
    assert away[0][1] == since
    assert away[-1][2] >= until_then
    assert refused[0][1] == away[-1][2]


async def test_rooms_that_cannot_be_watched_leave_nothing_of_their_household(
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was kept cannot be read from a disk that fails; when it can again, the household is set up as ever."""
    with monkeypatch.context() as broken:
        broken.setattr(RoomCollector, "async_start", AsyncMock(side_effect=OSError))
        entry = await add_household()
        assert state_of(hass, KITCHEN).state == "unavailable"
        assert not any(one.subscriptions for one in sonos.household.speakers)
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_room_is_the_area_of_its_player(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Whatever the speaker is called."""
    entry = await add_household()
    salon = ar.async_get(hass).async_create("Salon")
    entity = er.async_get(hass).async_get(LIVING_ROOM)
    assert entity is not None
    assert entity.device_id is not None
    dr.async_get(hass).async_update_device(entity.device_id, area_id=salon.id)
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await call(hass, "join", KITCHEN, group_members=[LIVING_ROOM])
    assert [play["title"] for play in await playing_now(hass, "Salon")] == ["Song 1"]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_nothing_is_recorded_of_a_room_while_its_recording_is_paused(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Not what is on now either; what begins after it is resumed is recorded again."""
    entry = await add_household()

    async def skipped_to(title: str) -> None:
        await call(hass, "media_next_track", KITCHEN)
        await until(lambda: state_of(hass, KITCHEN).attributes["media_title"] == title)
        await asyncio.sleep(1.2)

    said = await answer(hass, "pause_recording", room=["Kitchen"], duration="2_hours")
    assert said["speech"].startswith("Recording is paused in the Kitchen until ")
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await asyncio.sleep(1.2)
    await silent_now(hass, "Kitchen")
    await skipped_to("Song 2")
    said = await answer(hass, "resume_recording", room="kitchen")
    assert said["speech"] == "Recording is on again in the Kitchen."
    await skipped_to("Song 3")
    await playing_now(hass, "Kitchen")
    await skipped_to("Song 4")
    assert {play.item.title for play in await stored(hass)} == {"Song 3"}
    assert {play.item.title for play in await unloaded(hass, entry)} <= {"Song 3", "Song 4"}  # fmt: skip
