"""The switch of the house that pauses what is recorded of its rooms."""

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.encore.const import CONF_PLAYERS, CONF_RECORD_ROOMS
from homeassistant.core import Context
from homeassistant.exceptions import Unauthorized

from .conftest import OTHER, TRACK, Rooms

SWITCH = "switch.listening_history_room_recording"


async def turn(rooms: Rooms, to: str, by: MockUser | None = None) -> None:
    """Turn the switch on or off, on behalf of a user or of an automation."""
    await rooms.hass.services.async_call(
        "switch",
        f"turn_{to}",
        {"entity_id": SWITCH},
        blocking=True,
        context=Context(user_id=by.id if by else None),
    )
    await rooms.hass.async_block_till_done(wait_background_tasks=True)


def shown(rooms: Rooms) -> str:
    """Return the state of the switch."""
    state = rooms.hass.states.get(SWITCH)
    assert state is not None
    return state.state


async def test_an_automation_pauses_the_recording_of_rooms(rooms: Rooms) -> None:
    """What sounded until then counts, nothing of what is played meanwhile; it is a gap; the players stay chosen."""
    players = rooms.entry.options[CONF_PLAYERS]
    assert shown(rooms) == "on"
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    await turn(rooms, "off")
    assert shown(rooms) == "off"
    await rooms.wait(120)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(100)
    (play,) = await rooms.plays()
    assert (play.item.uri, play.ms_played) == (f"spotify:track:{TRACK}", 60_000)
    assert "paused" in str(await rooms.answer("get_coverage", time_range="today"))
    await turn(rooms, "on")
    assert shown(rooms) == "on"
    await rooms.wait(60)
    await rooms.sonos("kitchen", None)
    await rooms.wait(32 * 60)
    uris = [play.item.uri for play in await rooms.plays()]
    assert uris == [f"spotify:track:{TRACK}", f"spotify:track:{OTHER}"]
    assert rooms.entry.options == {CONF_PLAYERS: players, CONF_RECORD_ROOMS: True}


async def test_only_who_may_change_settings_pauses_the_recording_of_rooms(
    rooms: Rooms, hass_admin_user: MockUser, hass_read_only_user: MockUser
) -> None:
    """It concerns everyone in the home."""
    hass_read_only_user.mock_policy({"entities": True})
    with pytest.raises(Unauthorized):
        await turn(rooms, "off", hass_read_only_user)
    assert shown(rooms) == "on"
    await turn(rooms, "off", hass_admin_user)
    assert shown(rooms) == "off"


async def test_a_pause_of_rooms_outlives_a_reload(rooms: Rooms) -> None:
    """It is an option."""
    await turn(rooms, "off")
    assert await rooms.hass.config_entries.async_reload(rooms.entry.entry_id)
    await rooms.hass.async_block_till_done(wait_background_tasks=True)
    assert shown(rooms) == "off"
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(120)
    assert await rooms.plays() == []
