"""A soundbar on its TV input is PLAYING whether the television is on or not: what arrives there tells."""

import asyncio
from typing import Any, Final

import pytest

from custom_components.encore.history.model import Kind
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator

from .conftest import LIVING_ROOM, AddHousehold, call, state_of, until
from .test_rooms import unloaded

SILENCE: Final = 33554454
"""Silent PCM, as some televisions send it in standby."""


async def test_television_is_played_while_the_television_is_on(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """Where events tell of it."""
    entry = await add_household()
    sonos.press("Living Room", "tv")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    assert state_of(hass, LIVING_ROOM).attributes["source"] == "TV"
    await asyncio.sleep(0.3)
    sonos.press("Living Room", "tv", on=False)
    await until(lambda: state_of(hass, LIVING_ROOM).state == "idle")
    await asyncio.sleep(0.5)
    sonos.press("Living Room", "tv")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    await asyncio.sleep(0.2)
    sonos.press("Living Room", "tv", on=False, signal=SILENCE)
    await until(lambda: state_of(hass, LIVING_ROOM).state == "idle")
    await asyncio.sleep(0.5)
    await call(hass, "media_play", "media_player.kitchen")
    await until(lambda: state_of(hass, "media_player.kitchen").state == "playing")
    # The evening is one play, as after a pause; music ends it.
    sonos.press("Living Room", "radio")
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    played = await unloaded(hass, entry)
    (play,) = [one for one in played if one.item.kind is Kind.TELEVISION]
    assert play.ms_played <= play.ended_at - play.started_at - 400


@pytest.mark.parametrize("on", [{"on": False}, {"on": False, "signal": SILENCE}])
async def test_a_television_that_was_off_all_the_time_is_not_played(
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
    on: dict[str, Any],
) -> None:
    """Where no event tells of it either: the room was never playing, and nothing is recorded."""
    sonos.press("Living Room", "tv", told=False)
    sonos.press("Living Room", "tv", told=False, **on)
    states = set[str]()

    def note() -> bool:
        state = hass.states.get(LIVING_ROOM)
        states.add(state.state if state else "none")
        return state is not None and state.attributes.get("source") == "TV"

    entry = await add_household()
    await until(note)
    await asyncio.sleep(0.2)
    note()
    assert "playing" not in states
    assert state_of(hass, LIVING_ROOM).state == "idle"
    assert await unloaded(hass, entry) == []


@pytest.mark.usefixtures("impatient")
async def test_a_soundbar_that_reports_nothing_by_events_is_asked(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """As long as it is on its TV input, and no longer."""
    entry = await add_household()
    sonos.press("Living Room", "tv", told=False)
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    for _ in range(2):
        sonos.press("Living Room", "tv", told=False, on=False)
        await until(lambda: state_of(hass, LIVING_ROOM).state == "idle")
        sonos.press("Living Room", "tv", told=False)
        await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_speaker_that_does_not_say_what_arrives_is_believed(
    hass: HomeAssistant, add_household: AddHousehold, sonos: SonosSimulator
) -> None:
    """It is PLAYING, and nothing else is known."""
    sonos.press(
        "Living Room", "answer_oddly", action="GetZoneInfo", name="HTAudioIn", value=""
    )
    entry = await add_household()
    sonos.press("Living Room", "tv", told=False, on=True)
    await until(lambda: state_of(hass, LIVING_ROOM).state == "playing")
    await hass.config_entries.async_unload(entry.entry_id)
