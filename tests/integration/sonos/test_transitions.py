"""A skip or a seek is no start: who waits for a room to play is told once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from custom_components.encore.sonos import speaker_state
from custom_components.encore.sonos.household import Household
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator

from .conftest import KITCHEN, call, state_of, until


@pytest.fixture
async def states(hass: HomeAssistant, household: Household) -> list[str]:
    """Return the states that the kitchen's player comes to have after it was found idle."""
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    seen: list[str] = []

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        assert old is not None and new is not None
        if old.state != new.state:
            seen.append(new.state)

    async_track_state_change_event(hass, KITCHEN, changed)
    return seen


def shows(hass: HomeAssistant, name: str, value: object) -> Callable[[], bool]:
    """Return whether the kitchen shows something."""
    return lambda: state_of(hass, KITCHEN).attributes.get(name) == value


async def test_an_automation_that_waits_for_music_runs_once(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, states: list[str]
) -> None:
    """Skipping, going back and seeking, at the speaker and here, it plays throughout."""
    ran: list[dict[str, Any]] = []
    hass.services.async_register("test", "ran", lambda call: ran.append(call.data))
    trigger = {"trigger": "state", "entity_id": KITCHEN, "to": "playing"}
    rule = {
        "alias": "Music",
        "triggers": [trigger],
        "actions": [{"action": "test.ran"}],
    }
    assert await async_setup_component(hass, "automation", {"automation": [rule]})
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    settled = sonos.speaker("Kitchen").transport
    for press, title in (("skip", "Song 2"), ("skip", "Song 3"), ("back", "Song 2")):
        sonos.press("Kitchen", press)
        assert settled.state == "TRANSITIONING"
        await until(shows(hass, "media_title", title))
        await until(lambda: settled.state == "PLAYING")
    await call(hass, "media_seek", KITCHEN, seek_position=40)
    await until(shows(hass, "media_position", 40))
    await until(lambda: settled.state == "PLAYING")
    await call(hass, "media_pause", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "paused")
    await hass.async_block_till_done()
    assert states == ["playing", "paused"]
    assert len(ran) == 1


async def test_a_start_that_takes_long_is_shown(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    states: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And a skip that does; how long is long is Home Assistant's to wait."""
    monkeypatch.setattr(speaker_state, "TRANSITION_SHOWN_AFTER_S", 0.2)
    sonos.press("Kitchen", "take_long", secs=1)
    sonos.press("Kitchen", "play")
    await until(lambda: states == ["buffering", "playing"])
    sonos.press("Kitchen", "skip")
    await until(lambda: states == ["buffering", "playing"] * 2)


async def test_a_start_that_fails_at_once_is_no_news(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, states: list[str]
) -> None:
    """It is idle, and stays so."""
    sonos.press("Kitchen", "take_long", secs=60)
    sonos.press("Kitchen", "play")
    uid = sonos.speaker("Kitchen").uid
    await until(lambda: household.zones[uid].playback.sounds)
    sonos.press("Kitchen", "stop")
    await until(lambda: not household.zones[uid].playback.sounds)
    sonos.press("Kitchen", "volume", volume=61)
    await until(partial(shows(hass, "volume_level", 0.61)))
    assert states == []
