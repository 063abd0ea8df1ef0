"""Every door to a question: each takes the question and what is given, and returns the answer's data, or why there is none."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.api.http import ASK_URL
from custom_components.encore.const import DOMAIN
from custom_components.encore.intent import intent_of
from custom_components.encore.runtime.error_translation import async_translated
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import intent

from .test_tools import called, context_of

type Ask = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True)
class Reply:
    """What came through a door."""

    data: dict[str, Any] | None
    error: str | None = None
    """In words; "not allowed" where the caller may not, which doors say differently."""


NOT_ALLOWED = "not allowed"


@dataclass
class Interfaces:
    """The doors that take a question by its name, for one user."""

    hass: HomeAssistant
    user: MockUser
    token: str
    client: ClientSessionGenerator
    socket: WebSocketGenerator

    @property
    def context(self) -> Context:
        """Return a new context of the user."""
        return Context(user_id=self.user.id)

    def all(self) -> dict[str, Ask]:
        """Return them by their names."""
        return {
            "action": self.action,
            "intent": self.intent,
            "tool": self.tool,
            "http": self.http,
            "websocket": self.websocket,
        }

    async def action(self, question: str, /, **parameters: Any) -> Reply:
        """Ask as a person does in the developer tools."""
        try:
            answer = await self.hass.services.async_call(
                *(DOMAIN, question, parameters),
                blocking=True,
                return_response=True,
                context=self.context,
            )
        except Unauthorized:
            return Reply(None, NOT_ALLOWED)
        except HomeAssistantError as err:
            return Reply(None, await async_translated(self.hass, err))
        return Reply(dict(answer or {}))

    async def intent(self, question: str, /, **parameters: Any) -> Reply:
        """Ask as a custom sentence does."""
        response = await intent.async_handle(
            self.hass,
            "test",
            intent_of(question),
            {
                name: {"value": value, "text": str(value)}
                for name, value in parameters.items()
            },
            context=self.context,
            language="en",
        )
        if response.response_type is intent.IntentResponseType.ERROR:
            return Reply(None, _words(response.speech["plain"]["speech"]))
        data = dict(response.speech_slots)
        assert response.speech["plain"]["speech"] == data["speech"]
        return Reply(data)

    async def tool(self, question: str, /, **parameters: Any) -> Reply:
        """Ask as a language model does."""
        try:
            result = await called(
                *(self.hass, context_of(self.context), question), **parameters
            )
        except HomeAssistantError:
            return Reply(None, NOT_ALLOWED)
        if result.error:
            return Reply(None, _words(str(result.data["error"])))
        return Reply(dict(result.data))

    async def http(self, question: str, /, **parameters: Any) -> Reply:
        """Ask as any program does."""
        client = await self.client(self.token)
        response = await client.post(f"{ASK_URL}/{question}", json=parameters)
        answer = await response.json()
        if response.status != 200:
            assert response.status in {400, 403, 404}
            return Reply(None, _words(answer["message"]))
        return Reply(answer)

    async def websocket(self, question: str, /, **parameters: Any) -> Reply:
        """Ask as the panel does."""
        socket = await self.socket(self.hass, self.token)
        await socket.send_json_auto_id(
            {"type": "encore/ask", "question": question, "parameters": parameters}
        )
        message = await socket.receive_json()
        await socket.close()
        if not message["success"]:
            return Reply(None, _words(message["error"]["message"]))
        return Reply(message["result"])


def _words(said: str) -> str:
    return NOT_ALLOWED if "not allowed" in said else said
