"""The WebSocket door: questions, commands, and answers that are followed as they change."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.api import websocket
from custom_components.encore.api.operations import async_answered_question
from custom_components.encore.dispatch.audit import EVENT_AUDITED, async_get_audit
from custom_components.encore.runtime.jobs import DATA_JOBS
from custom_components.encore.runtime.signals import _CHANGED, async_listen_changed
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import DATA_DISPATCHER
from tests.unit.questions.house import BEN, EMBER, heard

from .test_history_options import choose

PLAYS = {"type": "encore/subscribe", "question": "get_plays", "parameters": {"time_range": "today"}}  # fmt: skip
LATER = heard(BEN, EMBER, "2026-07-15 13:00")


@pytest.fixture
async def socket(
    hass: HomeAssistant, house: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    """Return the owner's way in."""
    return await hass_ws_client(hass)


async def sent(
    socket: MockHAClientWebSocket, message: dict[str, Any]
) -> dict[str, Any]:
    """Send a message and return the answer."""
    await socket.send_json_auto_id(message)
    answer: dict[str, Any] = await socket.receive_json()
    return answer


async def a_moment_later(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let pass what a change waits for."""
    await hass.async_block_till_done()
    freezer.tick(timedelta(seconds=websocket.EVERY_S + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def test_a_command_is_carried_out(socket: MockHAClientWebSocket) -> None:
    """And what came of it returned."""
    answer = await sent(
        socket,
        {"type": "encore/command", "command": "get_latest_jobs", "parameters": {}},
    )
    assert answer["success"]
    assert answer["result"] == {
        "jobs": [],
        "speech": "There were no background tasks recently.",
    }


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "encore/ask", "question": "nothing"}, "unknown_question"),
        ({"type": "encore/command", "command": "nothing"}, "unknown_command"),
        ({"type": "encore/command", "command": "transfer_playback"}, "bad_parameter"),
        ({"type": "encore/subscribe", "question": "nothing"}, "unknown_question"),
        ({"type": "encore/ask", "question": "get_plays", "parameters": {"limit": "x"}}, "bad_parameter"),
        ({"type": "encore/ask", "question": "get_plays", "parameters": []}, "invalid_format"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said(
    socket: MockHAClientWebSocket, message: dict[str, Any], code: str
) -> None:
    """By a key, and in words."""
    answer = await sent(socket, message)
    assert not answer["success"]
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]


async def test_an_intern_can_not_command(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """But ask."""
    await choose(hass, house, "trust", {"trust_user": "intern"})
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    command = {"type": "encore/command", "command": "pause_recording", "parameters": {}}
    answer = await sent(socket, command)
    assert answer["error"] == {
        "code": "not_allowed_to_do",
        "message": "I’m not allowed to do that for you.",
    }
    answer = await sent(socket, {"type": "encore/ask", "question": "get_plays"})
    assert answer["success"]


async def test_an_answer_is_followed_as_the_history_grows(
    hass: HomeAssistant, socket: MockHAClientWebSocket, freezer: FrozenDateTimeFactory
) -> None:
    """First as it is, then as it becomes; what changes nothing of it is not told."""
    assert (await sent(socket, PLAYS))["success"]
    first = (await socket.receive_json())["event"]
    memory = hass.data[DATA_HISTORY]
    await memory.async_append([LATER])
    await a_moment_later(hass, freezer)
    second = (await socket.receive_json())["event"]
    assert second["total"]["play_count"] == first["total"]["play_count"] + 1
    await memory.async_append([heard(BEN, EMBER, "2025-07-15 13:00")])
    await a_moment_later(hass, freezer)
    answer = await sent(socket, {"type": "encore/ask", "question": "get_plays"})
    assert answer["type"] == "result"


async def test_many_changes_are_one_answer(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An import does not ask the same thing a thousand times; and following is noted once."""
    await sent(socket, PLAYS)
    await socket.receive_json()
    changes: list[None] = []
    stop = async_listen_changed(hass, lambda: changes.append(None))
    memory = hass.data[DATA_HISTORY]
    noted = async_get_audit(hass).unstored._waiting
    before = [record.what for record in noted if record.door == "websocket"]
    for minute in range(5):
        await memory.async_append([heard(BEN, EMBER, f"2026-07-15 0{minute}:00")])
    await a_moment_later(hass, freezer)
    stop()
    assert len(changes) == 5
    reported = (await socket.receive_json())["event"]
    answer = await sent(socket, {"type": "encore/ask", **{k: PLAYS[k] for k in ("question", "parameters")}})  # fmt: skip
    assert answer["type"] == "result"
    assert answer["result"] == reported
    noted = async_get_audit(hass).unstored._waiting
    assert [record.what for record in noted if record.door == "websocket"] == [
        *before,
        "get_plays",
    ]


async def test_who_becomes_private_is_no_longer_followed(
    hass: HomeAssistant,
    accounts: dict[str, MockConfigEntry],
    socket: MockHAClientWebSocket,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Whoever follows is told so in the words in which they would be refused now."""
    message = {**PLAYS, "parameters": {"time_range": "this_week", "listener": "Ben"}}
    await sent(socket, message)
    assert (await socket.receive_json())["event"]["total"]["play_count"] == 3
    options = {**accounts["ben"].options, "privacy": "private"}
    hass.config_entries.async_update_entry(accounts["ben"], options=options)
    await a_moment_later(hass, freezer)
    event = (await socket.receive_json())["event"]
    assert event["error"] == "unknown_listener"
    assert event.keys() == {"error", "message"}


async def test_following_ends(
    hass: HomeAssistant, socket: MockHAClientWebSocket, freezer: FrozenDateTimeFactory
) -> None:
    """When the client says so; with a question that is asked for already, too."""
    subscribed = await sent(socket, PLAYS)
    await socket.receive_json()
    await hass.data[DATA_HISTORY].async_append([LATER])
    await hass.async_block_till_done()
    ended = await sent(
        socket, {"type": "unsubscribe_events", "subscription": subscribed["id"]}
    )
    assert ended["success"]
    await a_moment_later(hass, freezer)
    answer = await sent(socket, {"type": "encore/ask", "question": "get_plays"})
    assert answer["type"] == "result"


class Held:
    """Answers that are found, and not told before they are let go."""

    def __init__(self) -> None:
        """Hold all of them."""
        self.found = 0
        self.let_go = asyncio.Event()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Hold what is answered."""
    held = Held()

    async def slowly(*parameters: Any) -> dict[str, Any]:
        answer = await async_answered_question(*parameters)
        held.found += 1
        await held.let_go.wait()
        return answer

    monkeypatch.setattr(
        "custom_components.encore.api.websocket.async_answered_question", slowly
    )
    return held


async def test_nothing_follows_for_who_hung_up_before_the_first_answer(
    hass: HomeAssistant, socket: MockHAClientWebSocket, held: Held
) -> None:
    """A phone that leaves a page at once leaves nothing behind that asks for ever."""
    before = followers(hass)
    await socket.send_json_auto_id(PLAYS)
    await until(lambda: followers(hass) > before)
    await socket.close()
    await until(lambda: followers(hass) == before)
    held.let_go.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert followers(hass) == before


async def test_nothing_follows_for_who_ended_it_before_the_first_answer(
    hass: HomeAssistant, socket: MockHAClientWebSocket, held: Held
) -> None:
    """A card that is taken away while it loads."""
    before = followers(hass)
    await socket.send_json_auto_id(PLAYS)
    await until(lambda: followers(hass) > before)
    ended = await sent(socket, {"type": "unsubscribe_events", "subscription": 1})
    assert ended["success"], ended
    held.let_go.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert followers(hass) == before
    assert (await socket.receive_json())["type"] == "result"
    answer = await sent(socket, {"type": "encore/ask", "question": "get_plays"})
    assert answer["type"] == "result"


async def test_what_cannot_be_answered_is_not_followed(
    hass: HomeAssistant, socket: MockHAClientWebSocket
) -> None:
    """However often it is tried."""
    before = followers(hass)
    for _ in range(3):
        answer = await sent(socket, {"type": "encore/subscribe", "question": "nothing"})
        assert not answer["success"]
    assert followers(hass) == before


async def test_what_changes_while_an_answer_is_on_its_way_is_reported_after_it(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    held: Held,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Never before it, and never is an older answer the last."""
    await socket.send_json_auto_id(PLAYS)
    await until(lambda: held.found == 1)
    await hass.data[DATA_HISTORY].async_append([LATER])
    await a_moment_later(hass, freezer)
    held.let_go.set()
    assert (await socket.receive_json())["type"] == "result"
    first = (await socket.receive_json())["event"]
    await a_moment_later(hass, freezer)
    second = (await socket.receive_json())["event"]
    assert second["total"]["play_count"] == first["total"]["play_count"] + 1


def followers(hass: HomeAssistant) -> int:
    """Return how many are told that the history changed."""
    return len(hass.data[DATA_DISPATCHER].get(_CHANGED, {}))


async def until(true: Callable[[], bool]) -> None:
    """Let everything go on until something is true; the clock of the tests stands still."""
    while not true():
        await asyncio.sleep(0)


async def test_jobs_are_followed_without_the_event(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    freezer: FrozenDateTimeFactory,
) -> None:
    """As the action tells them: at once, and again once one is over; what is asked again leaves no record."""
    audited = async_capture_events(hass, EVENT_AUDITED)
    assert (await sent(socket, {"type": "encore/jobs", "limit": 5}))["success"]
    first = await socket.receive_json()
    assert first["event"] == {"jobs": []}
    await hass.data[DATA_JOBS].async_rebuild()
    await a_moment_later(hass, freezer)
    reported = await socket.receive_json()
    [job] = reported["event"]["jobs"]
    assert (job["kind"], job["state"], job["percent"]) == ("rebuild", "done", 100)
    assert [each.data["interface"] for each in audited] in ([], ["websocket"])
    refused = await sent(socket, {"type": "encore/jobs", "kind": "dance"})
    assert refused["error"]["code"] == "bad_parameter"


async def test_jobs_are_followed_without_their_files(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """By who is no administrator: names of files are nobody else's business."""
    await hass.data[DATA_JOBS].async_rebuild()
    await hass.async_block_till_done(wait_background_tasks=True)
    mine, theirs = [
        await hass_ws_client(hass, *token)
        for token in ((), (hass_read_only_access_token,))
    ]
    jobs = []
    for socket in (mine, theirs):
        assert (await sent(socket, {"type": "encore/jobs"}))["success"]
        jobs.append((await socket.receive_json())["event"]["jobs"])
    [job], [known] = jobs
    assert job.pop("files") == []
    assert known == job
