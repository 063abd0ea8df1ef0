"""Clients that ask and never read: over HTTP, over a WebSocket, and inside the house. Everybody else is answered."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
import json
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientError, ClientSession

from benchmarks._faults_home import Home, home, unforeseen
from benchmarks._faults_kills import ALWAYS, LISTENER, observation
from benchmarks._faults_trials import PRIVATE, Row, Trial, listening, stalled_ms
from benchmarks._heartbeat import Heartbeat
from custom_components.encore.api.http import ASK_URL
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Listener
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from tests.unit.questions.house import ALVA

ASKED: Final = 400
"""How often such a client asks; the answers are some 20 MB, more than the buffers of a connection."""
SHARED: Final = 200
RECORDED: Final = 5
"""How many plays are recorded meanwhile."""
FIRST: Final = 10_000
PATIENCE_S: Final = 60
QUESTION: Final = {"time_range": "all_time", "limit": 100}

type Client = Callable[[Home], Awaitable[None]]


async def _http(home: Home) -> None:
    """Ask again and again on one connection, and read nothing of it."""
    url = home.server.make_url(ASK_URL)
    body = json.dumps(QUESTION).encode()
    request = (
        f"POST {url.path}/get_plays HTTP/1.1\r\nHost: {url.host}\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: Bearer {home.interfaces.token}\r\n\r\n"
    ).encode() + body
    _, writer = await asyncio.open_connection(url.host, url.port, limit=1)
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(2):
            for _ in range(ASKED):
                writer.write(request)
                await writer.drain()
    await _others_are_answered(home)
    writer.transport.abort()


async def _websocket(home: Home) -> None:
    """Ask again and again over a WebSocket, follow a question, and read nothing after the login."""
    url = home.server.make_url("/api/websocket")
    async with ClientSession() as session:
        socket = await session.ws_connect(url)
        await socket.receive()
        await socket.send_json({"type": "auth", "access_token": home.interfaces.token})
        await socket.receive()
        about: dict[str, Any] = {"question": "get_plays", "parameters": QUESTION}
        with suppress(TimeoutError, ClientError):
            async with asyncio.timeout(2):
                for number in range(1, ASKED):
                    kind = "subscribe" if number % 20 == 0 else "ask"
                    about |= {"id": number, "type": f"{DOMAIN}/{kind}"}
                    await socket.send_json(about)
        await _others_are_answered(home)
        response = socket._response  # noqa: SLF001  a client that is gone says no goodbye
        response.close()


async def _inside(home: Home) -> None:
    """Ask inside the home, and take no answer."""
    memory = home.hass.data[DATA_HISTORY]
    asked = [
        asyncio.ensure_future(
            memory.async_ask(
                lambda queries: queries.plays(ALWAYS, limit=1_000), hidden=NOBODY_HIDDEN
            )
        )
        for _ in range(ASKED)
    ]
    await _others_are_answered(home)
    for one in asked[::2]:
        one.cancel()


async def _others_are_answered(home: Home) -> None:
    answer = json.loads(await home.http("get_plays", QUESTION))
    if not answer["plays"]:
        raise RuntimeError("Somebody else is told of no play")


CLIENTS: Final[tuple[Client, ...]] = (_http, _websocket, _inside)


async def _tried(home: Home, number: int) -> Trial:
    """Let a client ask and not read, while plays are recorded."""
    trial, memory = Trial(), home.hass.data[DATA_HISTORY]
    first = FIRST + number * RECORDED
    numbers = range(first, first + RECORDED)
    with listening() as said:
        try:
            async with asyncio.timeout(PATIENCE_S):
                recording = asyncio.gather(
                    *(memory.async_append([observation(one)]) for one in numbers)
                )
                await CLIENTS[number % len(CLIENTS)](home)
                await recording
                plays = await memory.async_ask(
                    lambda queries: queries.plays(
                        ALWAYS, limit=100_000, listeners=(LISTENER.key,)
                    ),
                    hidden=NOBODY_HIDDEN,
                )
        except (TimeoutError, OSError, RuntimeError) as err:
            trial.must(
                False, f"{CLIENTS[number % 3].__name__}: {type(err).__name__}: {err}"
            )
            return trial
    found = Counter((play.item.uri,) for play in plays)
    expected = Counter((observation(one).item.uri,) for one in numbers)
    trial.lost = (expected - found).total()
    trial.doubled = sum(times - 1 for times in found.values())
    trial.leaked = said.leaked(PRIVATE)
    return trial


async def _never_reading(folder: Path, trials: int) -> Row:
    row = Row("clients that never read")
    async with home(folder) as asked:
        shared = Listener(ALVA.key, ALVA.name)
        past = [observation(-number, listener=shared) for number in range(1, SHARED)]
        await asked.hass.data[DATA_HISTORY].async_append(past)
        with unforeseen() as errors, Heartbeat() as heart:
            for number in range(trials):
                trial = await _tried(asked, number)
                for text in errors:
                    trial.must(False, text[-300:])
                errors.clear()
                row.count(trial)
        row.stall_ms = stalled_ms(heart)
    return row


def never_reading(folder: Path, trials: int) -> list[Row]:
    """Let so many clients ask and not read; a stall is how late the event loop was."""
    return [asyncio.run(_never_reading(folder, trials))]
