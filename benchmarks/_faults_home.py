"""A Home Assistant under attack: hostile strings through every interface, and clients that never read.

It runs in this process, with the test harness of Home Assistant around it. Its accounts are linked and never loaded, as
where Spotify is out of reach. One listener of it is private; whoever else asks may learn neither the name nor a play.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
import json
import logging
from pathlib import Path
import random
from typing import Any, Final

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from aiohttp.test_utils import BaseTestServer, TestServer
import probatio
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_test_home_assistant,
)

from benchmarks._faults_kills import LISTENER, observation
from benchmarks._faults_trials import PRIVATE, Row, Said, Trial, listening, stalled_ms
from benchmarks._heartbeat import Heartbeat
from custom_components.encore.api.http import ASK_URL
from custom_components.encore.api.operations import (
    COMMAND_OPERATIONS,
    OPERATIONS,
    QUESTION_OPERATIONS,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.components import conversation
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, llm
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from tests.integration.api.every_interface import Interfaces, Reply
from tests.integration.api.test_tools import context_of, tools
from tests.integration.persons import add_person
from tests.integration.settling import until_set_up
from tests.unit.questions.house import ALVA, EMBER, GLASS, KITCHEN, heard

PRIVATE_PLAYS: Final = 80
TWINS: Final = {
    "Quillon Zebrawood": "Quollin Zabrewind",
    "Umbrazine": "Ambruzone",
    "spotify:quillon": "spotify:quollin",
    "umbrazine": "ambruzone",
}
"""For each word of the private listener one that was made up; who asks by either is told the same."""

HOSTILE: Final[tuple[Any, ...]] = (
    *("'; DROP TABLE play; --", '" OR 1=1 --', "%' OR '1'='1", "\\", "%", "_%", "*", "[[["),
    *("{{ states | list }}", "{% for a in range(10**9) %}{% endfor %}", "{{ 7*7 }}", "{0.__class__}", "%s%n%x"),
    *("<script>alert(1)</script>", "<b>", "&amp;", "../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1/"),
    *("", " ", "\0", "a\0b", "\n\r\t", "\u202eevil", "\ufeff", "e\u0301" * 300, "\ud800", "🎵" * 200, "ﷺ" * 50),
    *("(a+)+$", "a" * 100_000, "-" * 5_000, "1e999", "NaN", "null", "true", "[]", "{}", "0x10", "١٢٣"),
    *("0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13", "last_99999999999999999999_days", "last_-1_days"),
    *("2026-W99", "yesterday 25:61", "99999999999_minutes_ago", "24 pm", "july 0", "me", "here", "everyone", "Household"),
    *("spotify:track:", "spotify:track:0VjIjW4GlUZAMYd2vXMi3b", "https://open.spotify.com/track/../..", "RINCON_0"),
    *(None, True, False, -1, 0, 10**30, -(10**30), 1.5, 1e308, float("nan"), float("inf"), [], {}, [[]], [None], {"a": {}}),
    *([""] * 3, ["a"] * 10_000, [1, "a", None], {"time_range": "this_week"}, {"__class__": "x"}, [["a"] * 9] * 9),
    *("Quillon Zebrawood", "Umbrazine 3", "Umbrazine band 2", "Umbrazine study", "spotify:quillon"),
)  # fmt: skip
"""What nobody in good faith gives; the last are the name and plays of the private listener."""

SENTENCES: Final = (
    "what did {} listen to last night", "who was the top artist of {} this week", "how often did I hear {}",
    "when did {} first hear {}", "play {} in the {}", "what was playing in the {} yesterday at 8 pm", "{}",
)  # fmt: skip

PATIENCE_S: Final = 60


@dataclass
class Home:
    """A home that is asked over the network and from inside."""

    hass: HomeAssistant
    interfaces: Interfaces
    server: BaseTestServer
    session: ClientSession
    socket: ClientWebSocketResponse | None = None
    asked: int = 0

    async def http(self, question: str, values: Mapping[str, Any]) -> str:
        """Ask over HTTP; return the status and the body as it came."""
        url = self.server.make_url(ASK_URL) / question.replace("/", "%2F")
        body = json.dumps(values)
        headers = {"Authorization": f"Bearer {self.interfaces.token}"}
        async with self.session.post(url, data=body, headers=headers) as response:
            if response.status >= 500:
                raise RuntimeError(f"HTTP {response.status}")
            return await response.text()

    async def websocket(self, kind: str, name: str, values: Mapping[str, Any]) -> str:
        """Ask or command over a WebSocket, which is opened again where Home Assistant closed it."""
        if self.socket is None or self.socket.closed:
            url = self.server.make_url("/api/websocket")
            self.socket = await self.session.ws_connect(url, max_msg_size=0)
            await self.socket.receive()
            await self.socket.send_json(
                {"type": "auth", "access_token": self.interfaces.token}
            )
            await self.socket.receive()
            self.asked = 0
        self.asked += 1
        field = {"ask": "question", "command": "command", "action": "action"}[kind]
        message = {
            "id": self.asked,
            "type": f"{DOMAIN}/{kind}",
            field: name,
            "data" if kind == "action" else "parameters": values,
        }
        await self.socket.send_str(json.dumps(message))
        answer = await self.socket.receive(60)
        if answer.type is not WSMsgType.TEXT:
            await self.socket.close()
            return f"closed: {answer.type.name}"
        reply = json.loads(answer.data)
        if reply.get("error", {}).get("code") == "unknown_error":
            raise RuntimeError(f"WebSocket: {reply['error']['message']}")
        # Its number is another one each time.
        return json.dumps({**reply, "id": 0}, ensure_ascii=False)


@asynccontextmanager
async def home(folder: Path) -> AsyncIterator[Home]:
    """Run a home whose private listener is Quillon Zebrawood; Ben asks, who is no administrator."""
    async with async_test_home_assistant(config_dir=str(folder)) as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS)
        for domain in ("homeassistant", "conversation", "http", "websocket_api"):
            if not await async_setup_component(hass, domain, {}):
                raise RuntimeError(f"{domain} could not be set up")
        group = await hass.auth.async_get_group(GROUP_ID_USER)
        if group is None:
            raise RuntimeError("Home Assistant has no group of users")
        ben = MockUser(name="Ben", groups=[group], is_owner=False).add_to_hass(hass)
        ar.async_get(hass).async_create("Kitchen")
        history = MockConfigEntry(
            domain=DOMAIN,
            title="History",
            unique_id="history",
            data={"kind": "history"},
        )
        history.add_to_hass(hass)
        if not await hass.config_entries.async_setup(history.entry_id):
            raise RuntimeError("The history could not be set up")
        for key, name, privacy in (
            ("alva", "Alva Lind", "household"),
            ("quillon", LISTENER.name, "private"),
        ):
            user = MockUser(name=name, groups=[group], is_owner=False)
            await add_person(hass, key, user.add_to_hass(hass), name)
            entry = MockConfigEntry(
                domain=DOMAIN,
                title=name,
                unique_id=f"spotify:{key}",
                data={"kind": "spotify", "account_id": key, "display_name": name},
                options={"person": f"person.{key}", "privacy": privacy},
            )
            entry.add_to_hass(hass)
            entry.mock_state(hass, entry.state.SETUP_RETRY)
        past = [
            heard(ALVA, item, f"2026-07-{day:02} 20:00", room=KITCHEN)
            for day in range(1, 15)
            for item in (EMBER, GLASS)
        ]
        past += [observation(number) for number in range(PRIVATE_PLAYS)]
        await hass.data[DATA_HISTORY].async_append(past)
        refresh = await hass.auth.async_create_refresh_token(
            ben, "https://example.org/"
        )
        token = hass.auth.async_create_access_token(refresh)
        async with TestServer(hass.http.app) as server, ClientSession() as session:
            interfaces = Interfaces(hass, ben, token, _unused, _unused)
            yield Home(hass, interfaces, server, session)
        await until_set_up(hass)
        await hass.config_entries.async_unload(history.entry_id)
        await hass.async_stop(force=True)


async def _unused(*_arguments: object, **_more: object) -> Any:
    raise RuntimeError(
        "HTTP and WebSocket are asked as they are, and not through the harness"
    )


type Interface = Callable[[Home, str, Mapping[str, Any]], Awaitable[str]]


async def _action(home: Home, name: str, values: Mapping[str, Any]) -> str:
    """Call an action as a person does in the developer tools."""
    services = home.hass.services
    known = services.async_services_for_domain(DOMAIN).get(name)
    answers = known is None or known.supports_response is not SupportsResponse.NONE

    async def call() -> Reply:
        response = await services.async_call(
            *(DOMAIN, name, dict(values)),
            blocking=True,
            return_response=answers,
            context=home.interfaces.context,
        )
        return Reply(dict(response or {}))

    return await _reply(call())


async def _intent(home: Home, name: str, values: Mapping[str, Any]) -> str:
    return await _reply(home.interfaces.intent(name, **values))


async def _tool(home: Home, name: str, values: Mapping[str, Any]) -> str:
    """Call a tool as a language model does."""
    about = context_of(home.interfaces.context)
    instance = await tools(home.hass, DOMAIN, about)

    async def call() -> Reply:
        result = await instance.async_call_tool(
            llm.ToolInput(f"{DOMAIN}__{name}", dict(values))
        )
        return Reply(dict(result.data), str(result.error))

    return await _reply(call())


async def _reply(asked: Awaitable[Reply]) -> str:
    """Return what comes through a door, or the words of the error that Home Assistant raises for its caller."""
    try:
        reply = await asked
    except (HomeAssistantError, probatio.Invalid) as err:
        return f"{type(err).__name__}: {err}"
    return json.dumps([reply.data, reply.error], ensure_ascii=False, default=str)


async def _http(home: Home, name: str, values: Mapping[str, Any]) -> str:
    return await home.http(name, values)


async def _ask(home: Home, name: str, values: Mapping[str, Any]) -> str:
    return await home.websocket("ask", name, values)


async def _command(home: Home, name: str, values: Mapping[str, Any]) -> str:
    return await home.websocket("command", name, values)


async def _page(home: Home, name: str, values: Mapping[str, Any]) -> str:
    return await home.websocket("action", name, values)


async def _sentence(home: Home, name: str, values: Mapping[str, Any]) -> str:
    """Say a sentence of which a part is hostile."""
    words = (str(value) for value in values.values())
    text = name.format(*words) if name in SENTENCES else name
    result = await conversation.async_converse(
        home.hass, text, None, home.interfaces.context, language="en"
    )
    return str(result.response.speech["plain"]["speech"])


INTERFACES: Final[Mapping[str, Interface]] = {
    "action": _action,
    "intent": _intent,
    "tool": _tool,
    "HTTP": _http,
    "WebSocket question": _ask,
    "WebSocket command": _command,
    "WebSocket action": _page,
    "sentence": _sentence,
}


def draw(
    chance: random.Random, interface: str, actions: list[str]
) -> tuple[str, dict[str, Any]]:
    """Return the name of a question or a command, and what it is given, of which some is hostile."""
    if interface == "sentence":
        sentence = chance.choice(SENTENCES)
        return sentence, {str(each): _value(chance) for each in range(3)}
    offered = (
        COMMAND_OPERATIONS if interface == "WebSocket command" else QUESTION_OPERATIONS
    )
    if interface in ("action", "WebSocket action"):
        name = chance.choice(actions)
    elif interface == "tool":
        name = chance.choice([*OPERATIONS])
    else:
        name = chance.choice([*offered])
    parameters = OPERATIONS[name].parameters if name in OPERATIONS else ()
    known = [each.name for each in parameters]
    values: dict[str, Any] = {}
    if chance.random() < 0.7:
        # What comes before it is looked at is in order.
        values = {
            each.name: each.described.example for each in parameters if each.required
        }
    for parameter in chance.sample(known, min(len(known), chance.randrange(1, 4))):
        values[parameter] = _value(chance)
    if chance.random() < 0.1:
        values[_text(chance)] = _value(chance)
    if chance.random() < 0.03 and interface not in ("intent", "tool"):
        name = _text(chance)
    return name, values


def _value(chance: random.Random) -> Any:
    value = chance.choice(HOSTILE)
    if isinstance(value, str) and chance.random() < 0.3:
        place = chance.randrange(len(value) + 1)
        value = value[:place] + chr(chance.randrange(1, 0xD7FF)) + value[place:]
    return [value, chance.choice(HOSTILE)] if chance.random() < 0.1 else value


def _text(chance: random.Random) -> str:
    return str(chance.choice([one for one in HOSTILE if isinstance(one, str) and one]))


def _twin(value: Any) -> Any:
    """Return what was given, with made-up names for those of the private listener."""
    match value:
        case str():
            for word, made_up in TWINS.items():
                value = value.replace(word, made_up)
            return value
        case list():
            return [_twin(each) for each in value]
        case dict():
            return {_twin(name): _twin(each) for name, each in value.items()}
        case _:
            return value


async def _attacked(home: Home, number: int, said: Said) -> Trial:
    trial, chance = Trial(), random.Random(number)
    interfaces = [*INTERFACES]
    interface = interfaces[number % len(interfaces)]
    actions = sorted(home.hass.services.async_services_for_domain(DOMAIN))
    name, values = draw(chance, interface, actions)
    reply = await _through(home, interface, name, values, trial)
    twin = _twin(name), _twin(values)
    if twin == (name, values):
        trial.leaked += any(word in reply for word in PRIVATE)
        trial.leaked += said.leaked(PRIVATE)
    else:
        again = await _through(home, interface, *twin, trial)
        # By whichever name somebody asks: both are as unknown.
        trial.leaked += _twin(reply) != again
    for text in said.texts:
        trial.must("Traceback" not in text, f"{interface} {name}: {text[-300:]}")
    said.texts.clear()
    return trial


async def _through(
    home: Home, interface: str, name: str, values: Mapping[str, Any], trial: Trial
) -> str:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await INTERFACES[interface](home, name, values)
    except Exception as err:  # noqa: BLE001  that there is one is what is looked for
        trial.must(False, f"{interface} {name}: {type(err).__name__}: {err}"[:300])
        return ""


@contextmanager
def unforeseen() -> Iterator[list[str]]:
    """Collect what anybody logs with a traceback through Encore during a block, and what the event loop cannot tell anybody.

    Home Assistant's own server logs one of each client that is gone, and of each line that is too long for it.
    """
    loop = asyncio.get_running_loop()
    with listening("", logging.WARNING, only="custom_components/encore/") as others:
        errors = others.texts
        loop.set_exception_handler(
            lambda _loop, context: errors.append(str(context.get("exception")))
        )
        yield errors
        loop.set_exception_handler(None)


async def _hostile(folder: Path, trials: int) -> Row:
    row = Row("hostile strings")
    async with home(folder) as attacked:
        # Home Assistant reads its own sentences when the first is said.
        for sentence in ("what did Alva listen to last night", "[]"):
            await _sentence(attacked, sentence, {})
        with listening() as said, unforeseen() as errors, Heartbeat() as heart:
            for number in range(trials):
                trial = await _attacked(attacked, number, said)
                for text in errors:
                    trial.must(False, text[-300:])
                errors.clear()
                row.count(trial)
        row.stall_ms = stalled_ms(heart)
    return row


def hostile(folder: Path, trials: int) -> list[Row]:
    """Give hostile strings to each interface in turn, so many in all; a stall is how late the event loop was."""
    return [asyncio.run(_hostile(folder, trials))]
