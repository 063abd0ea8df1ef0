"""The official MCP client, let loose on the house: what it finds, what it is told, and what it may not do."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
from typing import Any

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.types import CallToolResult, TextContent
import pytest
import pytest_asyncio

from custom_components.encore.access.policy import AccessLevel
from custom_components.encore.api.operations import OPERATIONS
from custom_components.encore.questions.all_questions import QUESTIONS
from demo.api import HomeAssistantApi
from demo.errors import Refused
from demo.home import Home
from demo.link import DOMAIN, FLOW, OPTIONS_FLOW, entries
from demo.onboarding import Owner, sign_in

from .conftest import allow_loopback
from .evening import Account, shown, two_tracks, until_loaded
from .waiting import until

ASSIST, OWN = "assist", DOMAIN
PROMISED = {
    "get_taste",
    "get_top",
    "get_heatmap",
    "get_repeat_rate",
    "get_coverage",
    "get_spotify_top",
    "search",
    "get_sync_status",
    "get_latest_jobs",
}
ANYTHING: dict[str, dict[str, Any]] = {
    "get_spotify_top": {"of": "tracks"},
    "get_top": {"of": "artists", "time_range": "all_time"},
}
"""What some are asked with; all others with the examples of what they need."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A user who is no administrator, and their token."""

    id: str
    token: str


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def visitor(home: Home) -> Visitor:
    """Set up Home Assistant's MCP server, and let somebody in who is no administrator."""
    allow_loopback()
    flow = await home.api.post(FLOW, {"handler": "mcp_server"})
    done = await home.api.post(f"{FLOW}/{flow['flow_id']}", {})
    assert done["type"] == "create_entry"
    guest = Owner("Guest", "guest", "a guest's password")
    async with home.api.socket() as socket:
        created = await socket.command(
            "config/auth/create", name=guest.name, group_ids=["system-users"]
        )
        await socket.command(
            "config/auth_provider/homeassistant/create",
            user_id=created["user"]["id"],
            username=guest.username,
            password=guest.password,
        )
    return Visitor(created["user"]["id"], await sign_in(home.url, guest))


@asynccontextmanager
async def client(
    home: Home, api: str, token: str | None
) -> AsyncGenerator[ClientSession]:
    """Connect the official client to one of the home's APIs."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        create_mcp_http_client(headers=headers) as http,
        streamable_http_client(f"{home.url}/api/mcp/{api}", http_client=http) as (
            read,
            write,
            _,
        ),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


async def ours(session: ClientSession) -> set[str]:
    """Return the names of our tools, without the prefix."""
    listed = await session.list_tools()
    prefix = f"{DOMAIN}__"
    return {
        tool.name.removeprefix(prefix)
        for tool in listed.tools
        if tool.name.startswith(prefix)
    }


def reported(result: CallToolResult) -> dict[str, Any]:
    """Return what a tool answered."""
    [content] = result.content
    assert isinstance(content, TextContent)
    answer: dict[str, Any] = json.loads(content.text)
    return answer


async def trust(home: Home, **chosen: object) -> None:
    """Choose how far callers are trusted, as an administrator does in the options of History."""
    [history] = [
        one for one in await entries(home.api) if one["title"] == "Listening history"
    ]
    flow = await home.api.post(OPTIONS_FLOW, {"handler": history["entry_id"]})
    step = f"{OPTIONS_FLOW}/{flow['flow_id']}"
    await home.api.post(step, {"next_step_id": "trust"})
    done = await home.api.post(step, chosen)
    assert done["type"] == "create_entry"
    # The history is loaded anew, and understands no sentence meanwhile.
    await until_loaded(home)


async def test_the_official_client_lists_and_calls_every_tool(
    home: Home, alva: Account, visitor: Visitor
) -> None:
    """Each is described, and answers with a sentence, or says in words what is missing in this home."""
    may = {
        key
        for key, offered in OPERATIONS.items()
        if offered.access_level <= AccessLevel.INTERN
    }
    async with client(home, OWN, home.token) as session:
        assert await ours(session) == may
        assert may >= PROMISED
        refused: dict[str, str] = {}
        for tool in (await session.list_tools()).tools:
            assert tool.annotations and tool.annotations.readOnlyHint
            assert tool.description and tool.inputSchema["type"] == "object"
            key = tool.name.removeprefix(f"{DOMAIN}__")
            values = ANYTHING.get(key) or {
                each.public_name: each.described.example
                for each in OPERATIONS[key].parameters
                if each.required
            }
            result = await session.call_tool(tool.name, values)
            answer = reported(result)
            if result.isError:
                refused[key] = answer["error"]
            else:
                assert answer["speech"], key
    # There is no Sonos in this home, the account granted no more than it needs, and the examples name what is not there.
    assert refused.keys() & {question.name for question in QUESTIONS} <= {"get_play_count", "get_first_and_last_play"}  # fmt: skip
    assert all(len(words) > 10 for words in refused.values())
    needed = PROMISED - {"get_spotify_top"}
    assert not needed & refused.keys()


async def test_it_gets_what_an_automation_gets(
    home: Home, alva: Account, visitor: Visitor
) -> None:
    """In the same words."""
    values = {"of": "artists", "time_range": "last_month", "limit": 3}
    answer = await home.api.act("encore.get_top", values, answer=True)
    for api in (OWN, ASSIST):
        async with client(home, api, home.token) as session:
            result = await session.call_tool("encore__get_top", values)
        assert not result.isError
        assert reported(result)["speech"] == answer["speech"]
        assert reported(result)["top"] == answer["top"]
    over_http = await home.api.post("/api/encore/ask/get_top", values)
    assert over_http == answer


async def test_what_is_wrong_is_an_error_in_words(
    home: Home, alva: Account, visitor: Visitor
) -> None:
    """And the session goes on."""
    async with client(home, OWN, home.token) as session:
        result = await session.call_tool("encore__get_top", {"time_range": "31 June"})
        assert result.isError
        assert "31 June" in reported(result)["error"]
        result = await session.call_tool("encore__get_plays", {"limit": "x" * 10_000})
        assert result.isError
        result = await session.call_tool("encore__get_plays", {})
        assert not result.isError


async def test_an_intern_can_not_pause(
    home: Home, alva: Account, visitor: Visitor
) -> None:
    """Neither by our tools nor by Home Assistant's own on our players, though whoever speaks through it may."""
    await home.api.command(
        "homeassistant/expose_entity",
        assistants=["conversation"],
        entity_ids=[alva.player],
        should_expose=True,
    )
    track, _ = await two_tracks(home, alva.person)
    player = {"entity_id": alva.player}
    await home.api.act(
        "media_player.play_media",
        {**player, "media_content_type": "music", "media_content_id": track["uri"]},
    )
    await shown(home, alva, track)
    async with client(home, ASSIST, home.token) as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
        assert "media_player__HassMediaPause" in names
        assert f"{DOMAIN}__pause" not in names
        for tool in ("media_player__HassMediaPause", f"{DOMAIN}__pause"):
            assert (await session.call_tool(tool, {})).isError
    async with client(home, OWN, home.token) as session:
        may_not = {
            key
            for key in OPERATIONS
            if OPERATIONS[key].access_level > AccessLevel.INTERN
        }
        assert not may_not & await ours(session)
        assert (await session.call_tool(f"{DOMAIN}__transfer", {"device": "x"})).isError
    now = await home.truth.ask("GET", "state", params={"person": alva.person})
    assert now["is_playing"]
    await trust(home, trust_language_model="supervised")
    try:
        async with client(home, ASSIST, home.token) as session:
            result = await session.call_tool("media_player__HassMediaPause", {})
            assert not result.isError
            assert {"play_media", "transfer_playback", "add_to_queue"} <= await ours(
                session
            )
    finally:
        await trust(home, trust_language_model="intern")

    async def paused() -> bool:
        """Home Assistant's tool waits a fifth of a second for the player, then leaves it to itself."""
        now = await home.truth.ask("GET", "state", params={"person": alva.person})
        return not now["is_playing"]

    await until(paused, what="a pause of Alva's music")


async def test_a_student_gets_nothing(
    home: Home, alva: Account, visitor: Visitor
) -> None:
    """No tool, no answer, by no address."""
    async with client(home, ASSIST, visitor.token) as session:
        assert await ours(session) >= PROMISED
    await trust(home, trusted_as_student=[f"user:{visitor.id}"])
    try:
        async with client(home, ASSIST, visitor.token) as session:
            assert await ours(session) == set()
            for key in PROMISED:
                assert (await session.call_tool(f"{DOMAIN}__{key}", {})).isError
        async with HomeAssistantApi(home.url, visitor.token) as guest:
            for question in QUESTIONS:
                with pytest.raises(Refused) as refused:
                    await guest.post(f"/api/encore/ask/{question.name}", {})
                assert refused.value.status == 403
    finally:
        await trust(home, trusted_as_student=[])


async def test_without_a_token_there_is_no_client(home: Home, visitor: Visitor) -> None:
    """Nor with one that is none."""
    with pytest.RaisesGroup(pytest.RaisesExc(Exception, match="401"), flatten_subgroups=True):  # fmt: skip
        async with client(home, OWN, "no token"):
            pass
