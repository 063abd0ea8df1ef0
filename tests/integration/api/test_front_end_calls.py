"""Whatever the panel and the cards call is there, takes what it is given, and responds where a response is awaited."""

from collections.abc import Collection, Iterator
from pathlib import Path
import re
from typing import Any, Final

from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.api.operations import (
    ACTIONS,
    COMMAND_OPERATIONS,
    QUESTION_OPERATIONS,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.audit import EVENT_AUDITED
from homeassistant.components.websocket_api.const import DOMAIN as WEBSOCKET_API
from homeassistant.core import HomeAssistant, SupportsResponse
from tests.unit.questions.house import BEN

from .test_websocket import sent

SOURCES: Final = Path(__file__).parents[3] / "frontend" / "src"
HELPERS: Final = ("act", "ask", "command")
"""What `requests.ts` has for a call; each takes `hass`, a name and an object."""
FOLLOWED: Final = re.compile(
    r'\bquestion: "(\w+)"|(?:\bfollowed|#ofWindow)(?:<[^()]*>)?\(\s*"(\w+)"'
)
WEBSOCKET: Final = re.compile(r'\{\s*type: "(encore/\w+)"')
OPENING, CLOSING = "{[(", "}])"


def sources() -> Iterator[tuple[str, str]]:
    """Yield each file's name and text."""
    for path in sorted(SOURCES.rglob("*.ts")):
        yield str(path.relative_to(SOURCES)), path.read_text(encoding="utf-8")


def calls(helper: str) -> Iterator[tuple[str, str, bool, set[str]]]:
    """Yield each call of a helper: where, what by name, whether its answer has a type, and the fields that are written out."""
    call = re.compile(rf"(?<![#.\w]){helper}(<[^()]*>)?\(\s*(?:this\.)?hass,\s*")
    anywhere = re.compile(
        rf"(?<![#.\w]){helper}(?:<[^()]*>)?\((?=\s*(?:this\.)?hass\b)"
    )
    for where, text in sources():
        found = list(call.finditer(text))
        assert len(found) == len(anywhere.findall(text)), (where, helper)
        for one in found:
            rest = text[one.end() :]
            if rest.startswith("name,"):
                continue  # a method's, whose callers are looked at below
            name = re.match(r'(?:\w+\s\?\s"(\w+)"\s:\s)?"(\w+)"\s*(?:,\s*)?', rest)
            assert name, (where, helper, rest[:60])
            for each in filter(None, name.groups()):
                yield where, each, bool(one[1]), fields(rest[name.end() :])


def fields(text: str) -> set[str]:
    """Return the keys of the object that a text begins with, those of a spread left out; empty where it begins with none."""
    if not text.startswith("{"):
        return set()
    depth, keys, at = 0, set[str](), 0
    while at < len(text):
        if depth == 1 and (key := re.match(r"[\s,]*(\w+)(?=\s*[:,}])", text[at:])):
            if text[at - 1] in "{," or text[at] in ",{":
                keys.add(key[1])
                at += key.end()
                continue
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        if depth == 0:
            break
        at += 1
    return keys


def names(schema: Any) -> set[str]:
    """Return the fields of a schema."""
    return {str(key) for key in schema.schema}


def test_fields_are_read() -> None:
    """Of the object itself: not of what is in it, not its values, and not of what is spread into it."""
    text = '{ a: 1, ...(x ? { no: y } : {}), b: { c: [d, e] }, f, "g": h, i: j(k, l), }, z: 1'
    assert fields(text) == {"a", "b", "f", "i"}
    assert fields("text, {a: 1}") == set()


async def test_every_action_that_is_called_is_there(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """With these fields; and whoever reads what it responds gets a response."""
    found = list(calls("act"))
    assert {"cancel_job", "rebuild_history", "delete_plays"} <= {each[1] for each in found}  # fmt: skip
    for where, action, awaits, parameters in found:
        service = hass.services.async_services_for_domain(DOMAIN).get(action)
        assert service, (where, action)
        assert parameters <= {each.public_name for each in ACTIONS[action].parameters}, (where, action)  # fmt: skip
        if awaits:
            assert service.supports_response is not SupportsResponse.NONE, (where, action)  # fmt: skip


def test_every_question_and_command_that_is_called_is_there() -> None:
    """With these parameters."""
    for helper, offered in (
        ("ask", QUESTION_OPERATIONS),
        ("command", COMMAND_OPERATIONS),
    ):
        found = list(calls(helper))
        assert found
        if helper == "command":
            now = dict(sources())["views/now.ts"]
            own = [
                ("views/now.ts", one[1], False, fields(now[one.end() :]))
                for one in re.finditer(r'this\.#command\(\s*"(\w+)"\s*(?:,\s*)?', now)
            ]
            assert any(parameters for *_, parameters in own)
            found += own
        for where, name, _, parameters in found:
            assert name in offered, (where, name)
            known = {each.public_name for each in offered[name].parameters}
            assert parameters <= known, (where, name)
    followed = {
        one[1] or one[2] for _, text in sources() for one in FOLLOWED.finditer(text)
    }
    assert len(followed) > 10
    assert followed <= QUESTION_OPERATIONS.keys()


def test_what_is_spread_into_a_call_is_taken() -> None:
    """What a card plays, and what the panel replays, are objects that are made elsewhere."""
    text = dict(sources())
    (playable,) = re.findall(r"interface Playable \{([^}]*)\}", text["cards/face.ts"])
    doing = text["views/history/doing.ts"]
    asked = doing[doing.index("get #asked(): object") :]
    asked = asked[asked.index("return {") + len("return ") :]
    asked = asked[: asked.index("};") + 1]
    for command, keys in (
        ("play_media", set(re.findall(r"(\w+)\??:", playable))),
        ("replay", fields(asked) | set(re.findall(r"\? \{ (\w+):", asked))),
    ):
        known = {each.public_name for each in COMMAND_OPERATIONS[command].parameters}
        assert len(keys) > 1
        assert keys <= known, command


async def test_every_message_that_is_sent_is_known(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """To Home Assistant, with these keys. Nothing else of Encore's is called, and no event is waited for that only some may hear."""
    sent_messages = {}
    for where, text in sources():
        for one in WEBSOCKET.finditer(text):
            sent_messages[where, one[1]] = fields(text[one.start() :])
        domains = re.findall(r'callService\(\s*"(\w+)"', text)
        assert set(domains) <= {"media_player"}, where
        assert "subscribeEvents" not in text, where
    assert len(sent_messages) > 8
    known: dict[str, tuple[Any, Any]] = hass.data[WEBSOCKET_API]
    for (where, message), parameters in sent_messages.items():
        assert message in known, (where, message)
        schema = known[message][1]
        takes: Collection[str] = names(schema) if schema else {"type", "id"}
        assert parameters <= {*takes, "id"}, (where, message)


async def test_an_action_over_websocket_responds_as_the_registry_says(
    hass: HomeAssistant, house: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """What has no response has an empty one; what is refused says so in the words of the action, without those of an API."""
    socket = await hass_ws_client(hass)
    played = []
    hass.bus.async_listen(EVENT_AUDITED, lambda event: played.append(event.data))

    async def act(action: str, **data: object) -> dict[str, Any]:
        message = {"type": "encore/action", "action": action, "data": data}
        return await sent(socket, message)

    async def command(name: str) -> dict[str, Any]:
        return await sent(socket, {"type": "encore/command", "command": name})

    for name in (
        "clear_unrecognized_requests",
        "get_unrecognized_requests",
        "get_deletions",
    ):
        assert (await act(name))["error"]["code"] == "unknown_command"
    assert (await command("clear_unrecognized_requests"))["result"] == {}
    assert (await command("get_unrecognized_requests"))["result"] == {"sentences": []}
    assert (await command("get_deletions"))["result"] == {"deletions": []}
    done = await act("delete_plays", listener=BEN.name, preview=True)
    assert done["result"]["preview"] is True
    await hass.async_block_till_done()
    assert {each["interface"] for each in played} == {"websocket"}
    refused = await act("cancel_job", job=7)
    assert refused["error"]["code"] == "no_such_job"
    assert not refused["error"]["message"].startswith("Validation error")
    for action, data, code in (
        ("dance", {}, "unknown_command"),
        ("cancel_job", {"job": "seven"}, "bad_parameter"),
        ("cancel_job", {}, "bad_parameter"),
    ):
        assert (await act(action, **data))["error"]["code"] == code, action
