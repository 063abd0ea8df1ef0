"""A play's details over WebSocket: by the id that an answer gave, and to nobody who may not hear of it."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.history.records.audit_log import RequestType
from homeassistant.core import Context, HomeAssistant
from tests.integration.running import async_act as act

from .test_history_options import choose
from .test_visibility import Share, share
from .test_websocket import sent, socket

__all__ = ["share", "socket"]

NO_SUCH = ("1784052060000-00000000", "1-00000000", "", "nothing", "17", "-")


async def ids(hass: HomeAssistant, context: Context, **parameters: Any) -> list[str]:
    """Return the ids of plays that an action answers with, the newest first."""
    answer = await act(
        hass, "get_plays", context, time_range="this_week", limit=100, **parameters
    )
    return [play["id"] for play in answer["plays"]]


def details(play_id: str) -> dict[str, Any]:
    """Return the message that asks for a play."""
    return {"type": "encore/play", "play": play_id}


async def test_a_play_is_reported_with_its_rooms_and_observations(
    hass: HomeAssistant, socket: MockHAClientWebSocket, as_alva: Context
) -> None:
    """To the millisecond, in the home's time."""
    [newest, *_] = await ids(hass, as_alva, room="Kitchen")
    reported = (await sent(socket, details(newest)))["result"]
    assert (reported["id"], reported["title"], reported["listener"]) == (
        newest,
        "River Light",
        "Alva Lind",
    )
    assert reported["rooms"] == [
        {
            "room": "Kitchen",
            "from": "2026-07-14T20:06:00.000+02:00",
            "to": "2026-07-14T20:09:20.000+02:00",
        }
    ]
    assert (reported["ms_played"], reported["duration_ms"]) == (200_000, 200_000)
    [one] = reported["observations"]
    assert (one["source"], one["certainty"], one["device"]) == (
        "live",
        "watched",
        "Phone",
    )
    assert (
        one["started_at"] == reported["started_at"] == "2026-07-14T20:06:00.000+02:00"
    )
    assert {"item", "times", "length", "rooms", "listener", "device"} == set(
        one["contributed"]
    )


@pytest.mark.parametrize("play_id", NO_SUCH)
async def test_what_is_no_play_is_not_found(
    socket: MockHAClientWebSocket, play_id: str
) -> None:
    """Said by a key, and in words."""
    answer = await sent(socket, details(play_id))
    assert answer["error"] == {
        "code": "unknown_play",
        "message": "This play doesn’t exist or was deleted.",
    }


async def test_a_private_play_is_as_one_that_never_was(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    share: Share,
    as_ben: Context,
    ben: Any,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """To an administrator, too; and a play that is told still is."""
    share("ben", "private")
    [private, *_] = await ids(hass, as_ben, listener="Ben")
    never = await sent(socket, details(NO_SUCH[0]))
    reported = await sent(socket, details(private))
    assert reported["error"] == never["error"]
    share("ben", "household")
    assert (await sent(socket, details(private)))["success"]


async def test_a_play_that_was_forgotten_is_gone(
    hass: HomeAssistant, socket: MockHAClientWebSocket, as_alva: Context
) -> None:
    """Until it is brought back."""
    [newest, *_] = await ids(hass, as_alva, room="Kitchen")
    forgotten = await act(hass, "delete_plays", as_alva, room="Kitchen")
    assert (await sent(socket, details(newest)))["error"]["code"] == "unknown_play"
    await act(hass, "undo_deletion", as_alva, id=forgotten["undo_id"])
    assert (await sent(socket, details(newest)))["success"]


async def test_it_is_noted_as_a_question(
    hass: HomeAssistant, socket: MockHAClientWebSocket, as_alva: Context
) -> None:
    """With the id that was asked for."""
    await sent(socket, details("nothing"))
    [record] = [
        one
        for one in (await act(hass, "get_audit_log", as_alva))["records"]
        if one["request"] == "play_details"
    ]
    assert record["type"] == RequestType.QUESTION
    assert (record["parameters"], record["reason"]) == (
        {"play": "nothing"},
        "unknown_play",
    )


async def test_a_student_gets_no_answer(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Not even whether there is such a play."""
    await choose(hass, house, "trust", {"trust_user": "student"})
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    [newest, *_] = await ids(hass, as_alva)
    for play_id in (newest, *NO_SUCH):
        answer = await sent(socket, details(play_id))
        assert answer["error"]["code"] == "not_allowed"
