"""What Home Assistant's Activity has of questions: those of people and automations, none that a page or card asked for itself."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.audit import EVENT_AUDITED
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .conftest import Home

READS: dict[str, dict[str, Any]] = {
    "get_plays": {"type": "encore/ask", "question": "get_plays"},
    "get_top": {"type": "encore/subscribe", "question": "get_top", "parameters": {"of": "artists"}},
    "get_sync_status": {"type": "encore/command", "command": "get_sync_status"},
    "get_jobs": {"type": "encore/jobs"},
    "get_unrecognized_requests": {
        "type": "encore/command",
        "command": "get_unrecognized_requests",
    },
    "delete_plays": {
        "type": "encore/action",
        "action": "delete_plays",
        "data": {"time_range": "all_time", "listener": "Alva", "preview": True},
    },
}  # fmt: skip
"""What pages of the panel and cards send to show what is answered, by its name in the audit."""


@pytest.fixture
async def socket(
    home: Home, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    """Return the owner's connection, to a home that has an Activity."""
    assert await async_setup_component(home.hass, "logbook", {})
    return await hass_ws_client(home.hass)


async def sent(socket: MockHAClientWebSocket, message: dict[str, Any]) -> Any:
    """Send a message, and return its result, past what is told between."""
    await socket.send_json_auto_id(message)
    answer = await socket.receive_json()
    while answer["type"] != "result":
        answer = await socket.receive_json()
    assert answer["success"], answer
    return answer["result"]


async def activity(home: Home, socket: MockHAClientWebSocket) -> list[str]:
    """Return the lines of Encore in Activity, as its page gets them a second later."""
    await home.followed()
    home.freezer.tick(1)
    since = (dt_util.utcnow() - timedelta(hours=1)).isoformat()
    lines = await sent(socket, {"type": "logbook/get_events", "start_time": since})
    return [line["message"] for line in lines if line.get("domain") == DOMAIN]


async def test_what_pages_and_cards_show_is_counted_and_not_reported(
    home: Home, socket: MockHAClientWebSocket
) -> None:
    """By who asked, what and how often; no event, no line in Activity, and no record each."""
    hass = home.hass
    reported = async_capture_events(hass, EVENT_AUDITED)
    for _ in range(3):
        for message in READS.values():
            await sent(socket, message)
    await sent(socket, {"type": "encore/names"})
    await sent(socket, {"type": "encore/events"})
    assert await activity(home, socket) == []
    assert reported == []
    assert await home.tell("get_audit_log") == {"records": []}
    audit = await home.tell("get_audit_log", reads=True)
    assert [each["request"] for each in audit["records"]] == ["get_audit_log"]
    mine = [each for each in audit["reads"] if each["interface"] == "websocket"]
    assert {each["request"]: each["times"] for each in mine} == dict.fromkeys(READS, 3)
    assert {(each["caller"], each["outcome"], each["private"]) for each in mine} == {
        ("administrator", "done", False)
    }
    assert {each["name"] for each in mine} == {
        (await hass.auth.async_get_user(str(home.administrator.user_id))).name  # type: ignore[union-attr]
    }


async def test_a_dry_run_that_finds_nothing_is_not_reported(
    home: Home, socket: MockHAClientWebSocket
) -> None:
    """The dialog of a replay shows why; the record has it, Activity does not."""
    rehearsed = {
        "type": "encore/command",
        "command": "replay",
        "parameters": {"time_range": "all_time", "preview": True},
    }
    await socket.send_json_auto_id(rehearsed)
    answer = await socket.receive_json()
    assert answer["error"]["code"] == "nothing_to_replay"
    assert await activity(home, socket) == []
    [record] = (await home.tell("get_audit_log"))["records"]
    assert (record["request"], record["outcome"]) == ("replay", "failed")


async def test_what_people_and_automations_ask_is_reported(
    home: Home, socket: MockHAClientWebSocket
) -> None:
    """By hand in Developer tools, which let a script call, and as an action of the home."""
    by_hand = {
        "action": f"{DOMAIN}.get_jobs",
        "response_variable": "told",
    }
    await sent(socket, {"type": "execute_script", "sequence": [by_hand]})
    await home.asked("get_plays")
    assert await activity(home, socket) == [
        "answered “jobs” (administrator, action)",
        "answered “plays” (automation, action)",
    ]


async def test_commands_and_refusals_over_a_connection_are_reported(
    home: Home,
    socket: MockHAClientWebSocket,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Only what reads and may read is quiet; what fails is on record, with why."""
    hass = home.hass
    hass.config_entries.async_update_entry(
        home.history, options={"trust_user": "student"}
    )
    other = await hass_ws_client(hass, hass_read_only_access_token)
    for message in (
        {"type": "encore/ask", "question": "get_plays"},
        {"type": "encore/jobs"},
    ):
        await other.send_json_auto_id(message)
        assert not (await other.receive_json())["success"]
    await sent(socket, {"type": "encore/purge_events"})
    await socket.send_json_auto_id(
        {
            "type": "encore/ask",
            "question": "get_plays",
            "parameters": {"listener": "Zoe"},
        }
    )
    assert not (await socket.receive_json())["success"]
    assert await activity(home, socket) == [
        "denied “plays” (user, panel or card)",
        "denied “jobs” (user, panel or card)",
        "carried out “purge events” (administrator, panel or card)",
    ]
    [failed] = (await home.tell("get_audit_log", outcome="failed"))["records"]
    assert (failed["request"], failed["reason"]) == ("get_plays", "unknown_listener")
