"""Home Assistant's own doors, as a browser uses them: REST and WebSocket."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Self

import aiohttp

from .errors import Refused

type Json = Any
"""What a JSON answer holds; callers know the shape of what they asked for."""


class HomeAssistantApi:
    """A signed-in caller of one Home Assistant."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Take the address without a trailing slash, and a long-lived access token."""
        self.url = url
        self.token = token
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the HTTP session."""
        headers = {"HA-Frontend-Base": self.url}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self._session = aiohttp.ClientSession(headers=headers)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the HTTP session."""
        if self._session:
            await self._session.close()

    async def get(self, path: str, **params: str) -> Json:
        """Return the JSON answer to a GET; raises Refused."""
        return await self._request("GET", path, params=params)

    async def post(
        self, path: str, body: Mapping[str, Any] | None = None, **params: str
    ) -> Json:
        """Return the JSON answer to a POST of JSON; raises Refused."""
        return await self._request("POST", path, json=dict(body or {}), params=params)

    async def submit(self, path: str, form: Mapping[str, str]) -> Json:
        """Return the JSON answer to a POST of a form; raises Refused."""
        return await self._request("POST", path, data=dict(form))

    async def delete(self, path: str) -> Json:
        """Return the JSON answer to a DELETE; raises Refused."""
        return await self._request("DELETE", path)

    async def text(self, path: str) -> str:
        """Return the answer to a GET as text; raises Refused."""
        async with self._http.get(f"{self.url}{path}") as response:
            body = await response.text()
            if response.status >= 400:
                raise Refused(f"GET {path}", response.status, body[:500])
            return body

    async def state(self, entity_id: str) -> Json:
        """Return an entity's state with its attributes."""
        return await self.get(f"/api/states/{entity_id}")

    async def act(
        self,
        action: str,
        data: Mapping[str, Any] | None = None,
        *,
        answer: bool = False,
    ) -> Json:
        """Perform an action (`media_player.play_media`); with `answer`, return its response."""
        domain, name = action.split(".")
        if not answer:
            return await self.post(f"/api/services/{domain}/{name}", data)
        result = await self.post(
            f"/api/services/{domain}/{name}", data, return_response=""
        )
        return result["service_response"]

    async def command(self, kind: str, /, **fields: Any) -> Json:
        """Return the result of one WebSocket command; raises Refused."""
        async with self.socket() as socket:
            return await socket.command(kind, **fields)

    @asynccontextmanager
    async def socket(self) -> AsyncGenerator[Socket]:
        """Open a WebSocket that is signed in."""
        # No limit: a whole registry is one message.
        async with self._http.ws_connect(
            f"{self.url}/api/websocket", max_msg_size=0
        ) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.token})
            answer = await socket.receive_json()
            if answer["type"] != "auth_ok":
                raise Refused("Signing in", answer["type"], answer.get("message", ""))
            yield Socket(socket)

    @property
    def _http(self) -> aiohttp.ClientSession:
        assert self._session is not None, "use it in an `async with`"
        return self._session

    async def _request(self, method: str, path: str, **details: Any) -> Json:
        async with self._http.request(
            method, f"{self.url}{path}", **details
        ) as response:
            if response.status >= 400:
                raise Refused(
                    f"{method} {path}", response.status, (await response.text())[:500]
                )
            return await response.json()


class Socket:
    """One signed-in WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take a connection whose sign-in is done."""
        self._socket = socket
        self._ids = count(1)

    async def command(self, kind: str, /, **fields: Any) -> Json:
        """Return the result of one command, passing over events; raises Refused."""
        number = await self.send(kind, **fields)
        while True:
            message = await self.receive()
            if message["id"] != number or message["type"] != "result":
                continue
            if not message["success"]:
                error = message["error"]
                raise Refused(kind, error["code"], error["message"])
            return message["result"]

    async def send(self, kind: str, /, **fields: Any) -> int:
        """Send a command without waiting for its result; return its number."""
        number = next(self._ids)
        await self._socket.send_json({"id": number, "type": kind, **fields})
        return number

    async def receive(self) -> Json:
        """Return the next message, a result or an event, as it comes."""
        return await self._socket.receive_json()

    async def event(self) -> Json:
        """Wait for the next event of a subscription."""
        while True:
            message = await self.receive()
            if message["type"] == "event":
                return message["event"]
