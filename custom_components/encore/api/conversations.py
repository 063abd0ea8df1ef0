"""The last question of each conversation, for follow-ups; dropped when Home Assistant ends the conversation.

It is gone, too, when somebody else answers in it who would understand what follows, as a language model does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from homeassistant.components.conversation.chat_log import async_subscribe_chat_logs
from homeassistant.components.conversation.const import (
    HOME_ASSISTANT_AGENT,
    ChatLogEventType,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.chat_session import current_session

from ..language.grammar import Understood


@dataclass(slots=True)
class _Conversation:
    """What was asked last, in which language, and what we said last."""

    language: str
    asked: Understood
    said: str = ""


class Conversations:
    """The conversations in which something was asked."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Begin with none; `changed` is called when the first one begins, and when the last one ends."""
        self._known: dict[str, _Conversation] = {}
        self._changed = changed

    @callback
    def async_follow(self, hass: HomeAssistant) -> CALLBACK_TYPE:
        """Notice when somebody else answers, until the returned function is called."""
        return async_subscribe_chat_logs(hass, self._logged)

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which something was asked."""
        return frozenset(each.language for each in self._known.values())

    @callback
    def before(self) -> Understood | None:
        """Return what was asked last in the conversation that is under way."""
        conversation = self._of_now()
        return conversation.asked if conversation else None

    @callback
    def keep(self, language: str, asked: Understood) -> None:
        """Keep what was asked, until the conversation that is under way ends."""
        session = current_session.get()
        if session is None:
            return
        key, known = session.conversation_id, self.languages
        if key not in self._known:
            session.async_on_cleanup(partial(self._forget, key))
        self._known[key] = _Conversation(language, asked)
        self._tell(known)

    @callback
    def told(self, speech: str) -> None:
        """Know what we say in the conversation that is under way as ours."""
        if conversation := self._of_now():
            conversation.said = speech

    @callback
    def clear(self) -> None:
        """Forget all of it, without a word."""
        self._known.clear()

    def _of_now(self) -> _Conversation | None:
        session = current_session.get()
        return self._known.get(session.conversation_id) if session else None

    @callback
    def _logged(self, key: str, event: ChatLogEventType, data: dict[str, Any]) -> None:
        """Leave a conversation to who answers in it: Home Assistant's own agent would not understand what follows us."""
        conversation = self._known.get(key)
        if conversation is None or event is not ChatLogEventType.CONTENT_ADDED:
            return
        content = data["content"]
        if (
            content["role"] == "assistant"
            and content["agent_id"] != HOME_ASSISTANT_AGENT
            and content["content"] != conversation.said
        ):
            self._forget(key)

    def _forget(self, key: str) -> None:
        known = self.languages
        self._known.pop(key, None)
        self._tell(known)

    def _tell(self, known: frozenset[str]) -> None:
        if self.languages != known:
            self._changed()
