"""The last question of each conversation, for follow-ups; dropped when Home Assistant ends the conversation.

It is dropped, too, when another agent answers in it, which then understands what follows, and after two minutes.
"""

from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Final

from homeassistant.components.conversation import async_converse
from homeassistant.components.conversation.chat_log import async_subscribe_chat_logs
from homeassistant.components.conversation.const import (
    HOME_ASSISTANT_AGENT,
    ChatLogEventType,
)
from homeassistant.components.conversation.models import (
    ConversationInput,
    ConversationResult,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.chat_session import current_session
from homeassistant.helpers.intent import IntentResponse
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..language.understood import AskBack, Understood
from .spoken_requests import SpokenRequest, async_reply

FOLLOWED_S: Final = 120
"""How long after a question the next sentence may go on from it (seconds)."""


@dataclass(slots=True)
class _Conversation:
    """What was asked last (or asked back) and when (monotonic seconds), and what Encore said last."""

    asked: Understood | AskBack
    at: float
    said: str = ""


class Conversations:
    """The conversations in which something was asked, of the agent or by a sentence trigger."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, _Conversation] = {}

    @callback
    def async_follow(self, hass: HomeAssistant) -> CALLBACK_TYPE:
        """Notice when another agent answers, until the returned function is called."""
        return async_subscribe_chat_logs(hass, self._logged)

    @callback
    def previous(self) -> Understood | AskBack | None:
        """Return what was asked last, or asked back, in the current conversation, within two minutes."""
        conversation = self._current()
        if conversation is None or monotonic() - conversation.at > FOLLOWED_S:
            return None
        return conversation.asked

    @callback
    def keep(self, asked: Understood | AskBack) -> None:
        """Keep what was asked, or asked back, until the current conversation ends."""
        session = current_session.get()
        if session is None:
            return
        key = session.conversation_id
        if key not in self._known:
            session.async_on_cleanup(partial(self._drop, key))
        self._known[key] = _Conversation(asked, monotonic())

    @callback
    def said(self, speech: str) -> None:
        """Know what Encore says in the current conversation as its own."""
        if conversation := self._current():
            conversation.said = speech

    async def async_reply(self, request: SpokenRequest) -> str:
        """Answer or run what was understood, note it, and return what is said. Never raises."""
        reply = await async_reply(request)
        if reply.followed is not None:
            self.keep(reply.followed)
        return reply.speech

    def _current(self) -> _Conversation | None:
        session = current_session.get()
        return self._known.get(session.conversation_id) if session else None

    @callback
    def _logged(self, key: str, event: ChatLogEventType, data: dict[str, Any]) -> None:
        """Leave a conversation to another agent that answers in it; Home Assistant's own does not understand follow-ups."""
        conversation = self._known.get(key)
        if conversation is None or event is not ChatLogEventType.CONTENT_ADDED:
            return
        content = data["content"]
        if (
            content["role"] == "assistant"
            and content["agent_id"] != HOME_ASSISTANT_AGENT
            and content.get("content") not in {None, conversation.said}
        ):
            self._drop(key)

    def _drop(self, key: str) -> None:
        self._known.pop(key, None)


async def async_hand_on(
    hass: HomeAssistant,
    sentence: ConversationInput,
    agent_id: str | None,
    conversation_id: str | None,
) -> ConversationResult:
    """Return what another agent makes of a sentence."""
    return await async_converse(
        hass,
        text=sentence.text,
        conversation_id=conversation_id,
        context=sentence.context,
        language=sentence.language,
        agent_id=agent_id,
        device_id=sentence.device_id,
        satellite_id=sentence.satellite_id,
        extra_system_prompt=sentence.extra_system_prompt,
    )


def speech_of(response: IntentResponse) -> str:
    """Return the words of a response, none where there are none."""
    return response.speech.get("plain", {}).get("speech") or ""


DATA_CONVERSATIONS: HassKey[Conversations] = HassKey(f"{DOMAIN}_conversations")


@callback
def async_conversations(hass: HomeAssistant) -> Conversations:
    """Return the conversations of Home Assistant."""
    return hass.data.setdefault(DATA_CONVERSATIONS, Conversations())
