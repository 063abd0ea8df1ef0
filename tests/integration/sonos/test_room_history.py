"""What the sensors of a Sonos room show of the history."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.entities.entity_answers import EVERY_S
from custom_components.encore.history.model import Observation, Room, RoomSpan, Source
from custom_components.encore.players.collector import HOUSEHOLD_LISTENER
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import dt as dt_util
from tests.integration.entities.conftest import song
from tests.integration.sonos.conftest import AddHousehold, state_of

LAST = "sensor.kitchen_last_play"
TIME = "sensor.kitchen_listening_time_today"


@pytest.fixture
async def home(
    hass: HomeAssistant, add_household: AddHousehold
) -> AsyncGenerator[MockConfigEntry]:
    """Set up the household where it is about noon, and unload it at the end."""
    ahead = 12 - dt_util.utcnow().hour
    await hass.config.async_set_time_zone(f"Etc/GMT{-ahead:+d}")
    entry = await add_household()
    yield entry
    await hass.config_entries.async_unload(entry.entry_id)


def sounded(room: Room, title: str) -> Observation:
    """Return what a speaker told of two minutes of music in a room, until now."""
    now = round(dt_util.utcnow().timestamp() * 1000)
    span = RoomSpan(room, now - 120_000, now)
    return Observation(
        *(Source.SONOS, HOUSEHOLD_LISTENER, song(title), span.start, span.end, 120_000),
        rooms=(span,),
    )


async def record(hass: HomeAssistant, *observations: Observation) -> None:
    """Have plays stored, and let some seconds pass."""
    await hass.data[DATA_HISTORY].async_append(observations)
    await soon(hass)


async def soon(hass: HomeAssistant) -> None:
    """Let some seconds pass, twice: what changes an answer may change the next."""
    for _ in range(2):
        await hass.async_block_till_done()
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=EVERY_S + 1))
        await hass.async_block_till_done()


def shown(hass: HomeAssistant, entity_id: str) -> tuple[State, Any]:
    """Return the state of an entity, and its device."""
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None
    assert entity.device_id is not None
    return state_of(hass, entity_id), dr.async_get(hass).async_get(entity.device_id)


async def until_shown(hass: HomeAssistant, condition: Callable[[], object]) -> None:
    """Let seconds pass until a condition is true: answers come in the background."""
    for _ in range(200):
        if condition():
            return
        await soon(hass)
        await asyncio.sleep(0.02)
    assert condition()


def title(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return which track an entity shows; None while it shows none, or is not there."""
    state = hass.states.get(entity_id)
    return state.attributes.get("title") if state else None


async def test_a_room_shows_what_was_played_in_it_on_its_own_device(
    hass: HomeAssistant,
    home: MockConfigEntry,
) -> None:
    """From the beginning, without a play; nothing of it is on the history's device, too."""
    state, device = shown(hass, LAST)
    assert (state.state, device.name) == (STATE_UNKNOWN, "Kitchen")
    await until_shown(hass, lambda: state_of(hass, TIME).state == "0")
    area = ar.async_get(hass).async_get_area_by_name("Kitchen")
    assert area is not None
    await record(hass, sounded(Room(area.id, area.name), "Ember"))
    await until_shown(hass, lambda: title(hass, LAST) == "Ember")
    await until_shown(hass, lambda: state_of(hass, TIME).state == "2")
    assert state_of(hass, "sensor.bedroom_listening_time_today").state == "0"
    assert not [
        entity.unique_id
        for entity in er.async_get(hass).entities.values()
        if entity.platform == DOMAIN and entity.unique_id.startswith("room_")
    ]


async def test_a_speaker_that_moves_shows_the_room_that_it_is_in(
    hass: HomeAssistant,
    home: MockConfigEntry,
) -> None:
    """What was heard before stays in the room where it was, which is one of the history's now."""
    areas = ar.async_get(hass)
    area = areas.async_get_area_by_name("Kitchen")
    assert area is not None
    attic = areas.async_create("Attic")
    await record(
        hass,
        sounded(Room(area.id, area.name), "Ember"),
        sounded(Room(attic.id, attic.name), "Moth"),
    )
    await until_shown(hass, lambda: title(hass, LAST) == "Ember")
    await until_shown(
        hass, lambda: title(hass, "sensor.listening_history_attic_last_play") == "Moth"
    )
    _, device = shown(hass, LAST)
    dr.async_get(hass).async_update_device(device.id, area_id=attic.id)
    await soon(hass)
    await until_shown(hass, lambda: title(hass, LAST) == "Moth")
    await until_shown(
        hass,
        lambda: hass.states.get("sensor.listening_history_attic_last_play") is None,
    )
    await until_shown(
        hass,
        lambda: title(hass, "sensor.listening_history_kitchen_last_play") == "Ember",
    )
