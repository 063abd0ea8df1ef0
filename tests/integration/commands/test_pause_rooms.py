"""Pausing the recording of rooms: who may, for whom, and where it is shown."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.history.model import Room, RoomSpan
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import area_registry as ar
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.persons import add_person

from .conftest import LISTENER, Act
from .test_play import DAY_MS, played_once


@pytest.fixture
async def kitchen(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> Room:
    """Return a room in which Alva has heard something."""
    area = ar.async_get(hass).async_create("Kitchen")
    room, now = Room(f"area:{area.id}", area.name), spotify.clock.now_ms()
    once = played_once(alva.runtime_data.listener, tracks[0], now - DAY_MS)
    span = RoomSpan(room, once.started_at, once.ended_at)
    await hass.data[DATA_HISTORY].async_append([once.__replace__(rooms=(span,))])
    return room


async def test_a_paused_room_is_shown_until_it_is_resumed(
    kitchen: Room, act: Act
) -> None:
    """With its name, for everyone, beside the accounts, whose recording is on."""
    await act("pause_recording", room="kitchen")
    status = await act("get_sync_status")
    assert [each["recording"] for each in status["accounts"]] == [True]
    [paused] = status["paused_rooms"]
    assert (paused["room"], paused["listener"], paused["until"]) == ("Kitchen", None, None)  # fmt: skip
    assert status["speech"].endswith("Recording is paused in the Kitchen.")
    again = await act("pause_recording", room="kitchen")
    assert again["speech"] == "Recording was already paused in the Kitchen."
    assert (await act("resume_recording", room="kitchen"))["changed"]
    assert (await act("get_sync_status"))["paused_rooms"] == []
    assert not (await act("resume_recording", room="kitchen"))["changed"]


async def test_who_may_pause_for_himself_alone_pauses_for_himself(
    hass: HomeAssistant, alva: MockConfigEntry, kitchen: Room, act: Act
) -> None:
    """And cannot end what was paused for everyone."""
    user = MockUser(name="Alva", groups=[])
    user.add_to_hass(hass)
    await add_person(hass, "alva", user, "Alva")
    hass.config_entries.async_update_entry(alva, options={"person": "person.alva"})
    herself = Context(user_id=user.id)
    with pytest.raises(Unauthorized):
        await act("pause_recording", herself, room="kitchen", listener="everyone")
    said = await act("pause_recording", herself, room="kitchen")
    assert said["speech"].startswith("Recording is paused for Alva")
    assert (await act("resume_recording", herself, room="kitchen"))["changed"]
    await act("pause_recording", room="kitchen")
    with pytest.raises(Unauthorized):
        await act("resume_recording", herself, room="kitchen")


async def test_a_room_that_nobody_knows_is_refused_with_those_there_are(
    kitchen: Room, act: Act
) -> None:
    """By name."""
    with pytest.raises(ServiceValidationError, match="Kitchen"):
        await act("pause_recording", room="Orangery")
    assert (await act("get_sync_status"))["paused_rooms"] == []


async def test_one_listener_is_named(kitchen: Room, act: Act) -> None:
    """Whose plays alone are not recorded there."""
    said = await act("pause_recording", room="kitchen", listener=LISTENER, duration="2_hours")  # fmt: skip
    assert said["speech"].startswith(f"Recording is paused for {LISTENER} in the Kitchen until ")  # fmt: skip
    [paused] = (await act("get_sync_status"))["paused_rooms"]
    assert paused["listener"] == LISTENER
