"""The conversation agent: Home Assistant's own intents first, then Encore's reader, then the agent that was there before."""

from collections.abc import Callable
from typing import Final, Literal, final, override

from hassil.recognize import RecognizeResult

from homeassistant.components.conversation import (
    HOME_ASSISTANT_AGENT,
    AssistantContent,
    ChatLog,
    ConversationEntity,
    ConversationEntityFeature,
    ConversationInput,
    ConversationResult,
    async_handle_intents,
)
from homeassistant.components.conversation.agent_manager import async_get_agent
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import MATCH_ALL
from homeassistant.helpers import intent

from ..language.sentence_files import grammars
from ..settings.voice_assistants import async_agent_before
from .conversations import async_conversations, async_hand_on, speech_of
from .spoken_requests import async_note_unrecognized, async_read_request

FREE_TEXT_INTENTS: Final = frozenset({"HassMediaSearchAndPlay"})
"""Intents that match whatever is said after a verb; what Encore's reader is sure of goes before them."""

_FALLBACK_LANGUAGE: Final = "en"


@final
class EncoreConversationAgent(ConversationEntity):
    """Answers about listening, and hands on everything else."""

    _attr_has_entity_name = True
    _attr_translation_key = "encore"
    _attr_supported_features = ConversationEntityFeature.CONTROL

    def __init__(self, entry: ConfigEntry) -> None:
        """Belong to the History entry."""
        self._entry = entry
        self._attr_unique_id = f"{entry.entry_id}_conversation"
        self._understood: frozenset[str] = frozenset()

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Every language: what Encore does not speak is handed on."""
        return MATCH_ALL

    @property
    @override
    def supports_streaming(self) -> bool:
        """Whether the preferred assistant's agent before Encore streams its answers."""
        before = async_get_agent(self.hass, async_agent_before(self.hass, self._entry))
        return isinstance(before, ConversationEntity) and before.supports_streaming

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the conversations, to know when somebody else answers in one."""
        await super().async_added_to_hass()
        self._conversations = async_conversations(self.hass)
        self._understood = await self.hass.async_add_executor_job(grammars)
        self.async_on_remove(self._conversations.async_follow(self.hass))

    @override
    async def _async_handle_message(
        self, user_input: ConversationInput, chat_log: ChatLog
    ) -> ConversationResult:
        """Return the first answer of three: Home Assistant's intents, Encore's, and the agent before."""
        free_text = _FreeText()
        if response := await async_handle_intents(
            self.hass, user_input, chat_log, intent_filter=free_text.hold
        ):
            return _said(user_input, chat_log, HOME_ASSISTANT_AGENT, response)
        if response := await self._async_response(user_input):
            return _said(user_input, chat_log, self.entity_id, response)
        if free_text.held and (
            response := await async_handle_intents(self.hass, user_input, chat_log)
        ):
            return _said(user_input, chat_log, HOME_ASSISTANT_AGENT, response)
        before = async_agent_before(
            self.hass, self._entry, language=user_input.language
        )
        return await async_hand_on(
            self.hass, user_input, before, chat_log.conversation_id
        )

    async def _async_response(
        self, user_input: ConversationInput
    ) -> intent.IntentResponse | None:
        """Return Encore's answer; None where the sentence is nothing of Encore's."""
        said_in = user_input.language.partition("-")[0]
        language = said_in if said_in in self._understood else _FALLBACK_LANGUAGE
        request = await async_read_request(
            self.hass, user_input, (language,), self._conversations.previous()
        )
        if not request.is_read:
            await async_note_unrecognized(request)
            return None
        speech = await self._conversations.async_reply(request)
        self._conversations.said(speech)
        response = intent.IntentResponse(language=user_input.language)
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(speech)
        return response


class _FreeText:
    """Holds back an intent that matched by free text alone, and knows whether there was one."""

    def __init__(self) -> None:
        self.held = False
        self.hold: Callable[[RecognizeResult], bool] = self._hold

    def _hold(self, result: RecognizeResult) -> bool:
        self.held = result.intent.name in FREE_TEXT_INTENTS
        return self.held


def _said(
    user_input: ConversationInput,
    chat_log: ChatLog,
    agent_id: str,
    response: intent.IntentResponse,
) -> ConversationResult:
    """Return a response, and have it in the chat log."""
    chat_log.async_add_assistant_content_without_tools(
        AssistantContent(agent_id=agent_id, content=speech_of(response))
    )
    return ConversationResult(
        response=response,
        conversation_id=chat_log.conversation_id,
        continue_conversation=chat_log.continue_conversation,
    )
