"""The door for voice and chat: takes sentences about listening from Assist, and answers them in speech.

Home Assistant lets no integration ship sentences. Its sentence triggers do, but run before everything else, in one pool
for all languages, and cannot hand a sentence back. So only sentences that begin in closed ways are taken; each of
them is then read by our own grammar, and gets an answer in any case.

What follows a question ("and last week") could follow anything, also what a language model was asked. It is taken only
while there is a conversation in which we were asked something.
"""

from collections.abc import Callable, Iterable
from functools import partial

from hassil.recognize import RecognizeResult

from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.conversation.models import ConversationInput
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .ask import async_ask, async_asking, room_of
from .command import async_command
from .const import DOMAIN, LOGGER
from .conversations import Conversations
from .history.errors import HistoryError, InvalidWindow
from .history.model import Device, Listener, Room
from .history.recall import Recall
from .history.told_recall import ToldRecall
from .listeners import told_accounts
from .memory import DATA_MEMORY
from .not_understood import async_not_understood
from .policy import Caller, Door, async_caller
from .questions import QUESTIONS
from .questions.asking import Asking
from .questions.errors import QuestionError
from .questions.following import followed
from .questions.grammar import (
    Names,
    Understood,
    follow_up_triggers,
    grammars,
    triggers,
    understand,
)
from .questions.speech import say_error, say_phrase, warm_up
from .spotify.listener import async_listener
from .translated import async_said

_QUESTIONS = frozenset(question.key for question in QUESTIONS)
"""What is asked; what else is understood is a command."""


async def async_register_sentences(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Take sentences about listening from now on, until the returned function is called."""
    door = AssistDoor(hass)
    await door.async_open()
    return door.close


class AssistDoor:
    """Keeps the sentences registered that name the listeners of now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the door; it is closed."""
        self._hass = hass
        self._names: tuple[str, ...] = ()
        self._languages: frozenset[str] = frozenset()
        self._closing: list[CALLBACK_TYPE] = []
        self._closing_follow_ups: list[CALLBACK_TYPE] = []
        self._conversations = Conversations(self._register_follow_ups)

    async def async_open(self) -> None:
        """Register the sentences of all languages, and follow the accounts that come and go."""
        self._languages = await self._hass.async_add_executor_job(_read_grammars)
        self._register()
        self._unfollow = async_dispatcher_connect(
            self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
        )

    @callback
    def close(self) -> None:
        """Leave all sentences to Home Assistant again."""
        self._unfollow()
        self._conversations.clear()
        self._unregister()

    @callback
    def _entry_changed(self, _change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN and self._names != self._listener_names():
            self._unregister()
            self._register()

    def _listener_names(self) -> tuple[str, ...]:
        """Return whom sentences may begin with: who takes them is the same for everybody, so that it tells of nobody who is private."""
        shared = told_accounts(self._hass, None)
        return tuple(async_listener(self._hass, entry).name for entry in shared)

    def _register(self) -> None:
        self._names = self._listener_names()
        manager = get_agent_manager(self._hass)
        self._closing = [
            manager.register_trigger(
                triggers(language, self._names), partial(self._async_answer, language)
            )
            for language in sorted(self._languages)
        ]
        self._register_follow_ups()

    def _register_follow_ups(self) -> None:
        """Take what follows a question, in the languages in which there was one."""
        self._unregister_follow_ups()
        rooms = [
            name
            for area in ar.async_get(self._hass).async_list_areas()
            for name in (area.name, *area.aliases)
            if isinstance(name, str)
        ]
        manager = get_agent_manager(self._hass)
        self._closing_follow_ups = [
            manager.register_trigger(
                follow_up_triggers(language, self._names, rooms),
                partial(self._async_answer, language),
            )
            for language in sorted(self._conversations.languages)
        ]

    def _unregister(self) -> None:
        self._unregister_follow_ups()
        while self._closing:
            self._closing.pop()()

    def _unregister_follow_ups(self) -> None:
        while self._closing_follow_ups:
            self._closing_follow_ups.pop()()

    async def _async_answer(
        self, language: str, sentence: ConversationInput, _match: RecognizeResult
    ) -> str:
        """Answer a sentence that is ours. Never raises, and never returns nothing, which would be said as “Done”."""
        hass = self._hass
        caller = await async_caller(
            hass, sentence.context, Door.SENTENCE, satellite_id=sentence.satellite_id
        )
        asking = async_asking(
            hass,
            caller,
            language=language,
            here=room_of(hass, sentence.satellite_id, sentence.device_id),
        )
        say: Callable[[], str]
        try:
            return await _async_understood(
                hass, sentence, asking, caller, self._conversations
            )
        except (QuestionError, InvalidWindow) as err:
            say = partial(say_error, err, asking)
        except Unauthorized:
            say = partial(say_phrase, "not_allowed", asking)
        except HistoryError:
            say = partial(say_phrase, "failed", asking)
        except HomeAssistantError as err:
            if err.translation_key:
                return await async_said(hass, err)
            say = partial(say_phrase, "failed", asking)
        except Exception:  # noqa: BLE001  whatever it is, somebody waits for words
            LOGGER.exception("A sentence could not be answered")
            say = partial(say_phrase, "failed", asking)
        return await hass.async_add_executor_job(say)


async def _async_understood(
    hass: HomeAssistant,
    sentence: ConversationInput,
    asking: Asking,
    caller: Caller,
    conversations: Conversations,
) -> str:
    """Return the answer to a sentence, or what may be asked where it is not understood."""
    memory = hass.data[DATA_MEMORY]
    async with memory.async_held():
        devices, listeners, rooms = await memory.async_ask(
            lambda recall: _known(ToldRecall.of(recall, asking.withheld)),
            key=(_known, asking.withheld),
        )
    areas = ar.async_get(hass).async_list_areas()
    names = Names(
        listeners=_pairs(each.name for each in (*asking.listeners, *listeners)),
        rooms=(
            *_pairs(each.name for each in (*asking.rooms, *rooms)),
            *((alias, area.name) for area in areas for alias in area.aliases),
        ),
        devices=_pairs(
            each.name
            for each in (*devices, *(play.device for play in asking.under_way))
            if each is not None
        ),
    )
    understood = await hass.async_add_executor_job(
        understand, sentence.text, asking.language, names, conversations.before()
    )
    if understood is None:
        await async_not_understood(hass).async_keep(sentence.text, asking.language)
        return await hass.async_add_executor_job(say_phrase, "help", asking)
    if understood.instead:
        async with memory.async_held():
            understood = await memory.async_ask(
                partial(_meant, understood, asking.withheld)
            )
    if understood.question in _QUESTIONS:
        answered = await async_ask(
            hass, understood.question, understood.values, asking, caller
        )
        speech = answered.speech
    else:
        done = await async_command(
            hass, understood.question, understood.values, asking, caller
        )
        speech = done.speech
    if followed(understood.question, understood.values):
        conversations.keep(asking.language, understood)
    return speech


def _known(recall: Recall) -> tuple[list[Device], list[Listener], list[Room]]:
    """Return what the history knows by name."""
    return recall.devices(), recall.listeners(), recall.rooms()


def _meant(
    understood: Understood, withheld: frozenset[str], recall: Recall
) -> Understood:
    """Return the reading of a sentence that the history has a name for."""
    return understood.meant(ToldRecall.of(recall, withheld).is_name)


def _pairs(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each name once, as what is heard and what is meant."""
    return tuple((name, name) for name in dict.fromkeys(names))


def _read_grammars() -> frozenset[str]:
    """Return the languages that are understood, and read what the first question would wait for.

    The event loop needs the triggers, and somebody who asks the grammar and the words of an answer.
    """
    for language in grammars():
        triggers(language, ())
        understand("", language, Names(), Understood("plays", {}))
    warm_up()
    return grammars()
