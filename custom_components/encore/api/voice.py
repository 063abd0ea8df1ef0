"""The Assist interface: takes sentences about listening and answers in speech.

Home Assistant lets no integration ship sentences. Its sentence triggers do, but run before everything else, in one pool
for all languages, and cannot give a sentence back. So only sentences that begin in closed ways are taken. Those of them that
surely ask Encore are answered; with any other, Home Assistant's intents or the agent that was asked are tried first.
Once a voice assistant uses Encore's conversation agent, no sentence is taken: a trigger would be tried before that agent, and
again where it hands a sentence on.

What follows a question ("and last week") could follow anything, also what a language model was asked. It belongs to the
conversation agent, which knows what was asked here.
"""

from asyncio import Lock
from contextlib import ExitStack
from functools import partial
from typing import Final

from hassil.recognize import RecognizeResult

from homeassistant.components.conversation import (
    HOME_ASSISTANT_AGENT,
    async_handle_intents,
)
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.components.conversation.models import ConversationInput
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, MATCH_ALL
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback

from ..access.account_listener import async_listener
from ..access.visibility import hidden_listeners
from ..language.grammar import triggers
from ..language.sentence_files import grammars
from ..language.speech import say_phrase, warm_up
from ..language.understanding import guessed, prepare, understood_at_once
from ..listeners.linked_listeners import visible_accounts
from ..listeners.listener_groups import visible_groups
from ..questions.naming.names import spoken_forms
from ..runtime.signals import async_listen_entries
from ..runtime.supervision import async_attempt
from ..settings.history_entry import async_history_entry
from ..settings.voice_assistants import async_assistants_with_encore
from .conversations import async_conversations, async_hand_on, speech_of
from .spoken_requests import SpokenRequest, async_note_unrecognized, async_read_request

_ASSIST_PIPELINE: Final = "assist_pipeline"

_FALLBACK: Final = "en"


async def async_register_sentences(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Take sentences about listening from now on, until the returned function is called."""
    interface = AssistInterface(hass)
    await interface.async_open()
    return interface.close


class AssistInterface:
    """Keeps the sentences registered that name the listeners of now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the interface; it is closed."""
        self._hass = hass
        self._names: tuple[str, ...] = ()
        self._understood: frozenset[str] = frozenset()
        self._read: frozenset[str] = frozenset()
        self._reading = Lock()
        self._groups: tuple[str, ...] = ()
        self._languages: frozenset[str] = frozenset()
        self._for_agent = False
        """Whether a voice assistant uses Encore's agent, to which sentences are left."""
        self._following = ExitStack()
        self._language_of: dict[str, str] = {}
        """By template."""
        self._unregister: CALLBACK_TYPE | None = None
        self._closed = False
        self._conversations = async_conversations(hass)

    async def async_open(self) -> None:
        """Register the sentences of the languages that are spoken, and follow these and the accounts that come and go."""
        hass = self._hass
        self._understood = await hass.async_add_executor_job(grammars)
        await self._async_read_grammars()
        self._register()
        self._following.callback(async_listen_entries(hass, self._may_have_changed))
        self._following.callback(
            async_follow_spoken_languages(hass, self._may_have_changed)
        )

    @callback
    def close(self) -> None:
        """Leave all sentences to Home Assistant again."""
        self._closed = True
        self._following.close()
        self._leave()

    @callback
    def _may_have_changed(self) -> None:
        """Register anew what is listened for, if it is not what it was."""
        listened_for = self._names, self._groups, self._languages, self._for_agent
        spoken = self._spoken_languages()
        if listened_for == (*self._known(), spoken, self._is_for_agent()):
            return
        if spoken <= self._read:
            self._register()
        else:
            what = "Encore reads a grammar"
            self._hass.async_create_task(
                async_attempt(self._hass, what, self._async_read_and_register), what
            )

    async def _async_read_and_register(self) -> None:
        """Listen for a language that was not read before."""
        await self._async_read_grammars()
        if not self._closed:
            self._register()

    async def _async_read_grammars(self) -> None:
        """Read the grammars of the languages that are spoken, each once: the event loop needs the triggers of them."""
        async with self._reading:
            unread = self._spoken_languages() - self._read
            await self._hass.async_add_executor_job(_read_grammars, unread)
            self._read |= unread

    def _spoken_languages(self) -> frozenset[str]:
        return async_spoken_languages(self._hass, self._understood)

    def _is_for_agent(self) -> bool:
        entry = async_history_entry(self._hass)
        return entry is not None and bool(
            async_assistants_with_encore(self._hass, entry)
        )

    def _known(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which listeners and which groups sentences may begin with.

        Who takes them is the same for everybody, so that it tells of nobody who is private.
        """
        hass = self._hass
        shared = visible_accounts(hass, None)
        groups = visible_groups(hass, hidden_listeners(hass, None))
        return (
            tuple(async_listener(hass, entry).name for entry in shared),
            tuple(group.name for group in groups),
        )

    def _group_names(self, language: str) -> list[str]:
        """Return whom sentences of a language may begin with, as they are heard."""
        groups = (
            form for name in self._groups for form in spoken_forms(name, language)
        )
        return [*self._names, *groups]

    @callback
    def _register(self) -> None:
        """Take what is asked in the languages that are spoken, or nothing where it is left to the agent.

        It is one trigger: Home Assistant would run two that take the same sentence both.
        """
        self._leave()
        self._names, self._groups = self._known()
        self._languages = self._spoken_languages() & self._read
        self._for_agent = self._is_for_agent()
        if self._for_agent:
            return
        self._language_of = {
            template.strip(): language
            for language in sorted(self._languages)
            for template in triggers(language, self._group_names(language))
        }
        self._unregister = get_agent_manager(self._hass).register_trigger(
            list(self._language_of), self._async_answer
        )

    def _leave(self) -> None:
        if self._unregister:
            self._unregister()
            self._unregister = None

    def _languages_of(
        self, sentence: ConversationInput, match: RecognizeResult
    ) -> tuple[str, ...]:
        """Return in which languages a sentence may be said, the likeliest one last: it is the one that helps."""
        template = match.intent_sentence.text if match.intent_sentence else None
        taken_as = self._language_of.get(
            (template or "").strip(), self._hass.config.language
        )
        said_in = sentence.language.partition("-")[0]
        if said_in not in self._languages:
            return (taken_as,)
        return tuple(dict.fromkeys((said_in, taken_as)))

    async def _async_answer(
        self, sentence: ConversationInput, match: RecognizeResult
    ) -> str:
        """Answer a sentence that a trigger took; never with nothing, which would be said as “Done”. Raises only what the agent that was asked raises."""
        languages = self._languages_of(sentence, match)
        read = partial(
            async_read_request,
            self._hass,
            sentence,
            languages,
            self._conversations.previous(),
        )
        request = await read(understood_at_once)
        if not request.is_read:
            if (elsewhere := await self._async_elsewhere(sentence)) is not None:
                return elsewhere
            request = await read(guessed)
        speech = await self._async_speech(request)
        self._conversations.said(speech)
        return speech

    async def _async_speech(self, request: SpokenRequest) -> str:
        if not request.is_read:
            await async_note_unrecognized(request)
            return await self._hass.async_add_executor_job(
                say_phrase, "help", request.query_context
            )
        return await self._conversations.async_reply(request)

    async def _async_elsewhere(self, sentence: ConversationInput) -> str | None:
        """Return what Home Assistant's intents say to a sentence that is not surely Encore's, or the agent that was asked; None if neither has words for it."""
        hass, chat_log = self._hass, current_chat_log.get()
        if sentence.agent_id != HOME_ASSISTANT_AGENT:
            # In a conversation of its own: in this one stands the trigger's call, which has no result yet.
            result = await async_hand_on(hass, sentence, sentence.agent_id, None)
            return speech_of(result.response) or None
        if chat_log is None:
            return None
        response = await async_handle_intents(hass, sentence, chat_log)
        return (response and speech_of(response)) or None


def _read_grammars(languages: frozenset[str]) -> None:
    """Read of languages what the first question would wait for.

    The event loop needs the triggers, and somebody who asks the grammar and the words of an answer.
    """
    for language in languages:
        triggers(language, ())
        prepare(language)
    warm_up(languages)


@callback
def async_spoken_languages(
    hass: HomeAssistant, understood: frozenset[str]
) -> frozenset[str]:
    """Return those of the understood languages that the home or one of its voice assistants speaks.

    All of them where there are no voice assistants, for then each sentence comes with a language of its own; English
    where none is understood.
    """
    if _ASSIST_PIPELINE not in hass.config.components:
        return understood
    # Home Assistant asks for its libraries only where somebody has voice assistants.
    from homeassistant.components.assist_pipeline import async_get_pipelines  # noqa: PLC0415

    spoken = {hass.config.language}
    for pipeline in async_get_pipelines(hass):
        spoken |= {pipeline.language, pipeline.conversation_language} - {MATCH_ALL}
    return understood & {each.partition("-")[0] for each in spoken} or frozenset(
        {_FALLBACK}
    )


@callback
def async_follow_spoken_languages(
    hass: HomeAssistant, changed: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call `changed` whenever the home or a voice assistant may speak another language; return what ends it."""

    @callback
    def updated(_event: Event) -> None:
        changed()

    async def pipeline_changed(*_change: object) -> None:
        changed()

    with ExitStack() as ending:
        ending.callback(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, updated))
        if _ASSIST_PIPELINE in hass.config.components:
            from homeassistant.components.assist_pipeline.pipeline import (  # noqa: PLC0415
                KEY_ASSIST_PIPELINE,
            )

            pipelines = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
            ending.callback(pipelines.async_add_listener(pipeline_changed))
        return ending.pop_all().close
