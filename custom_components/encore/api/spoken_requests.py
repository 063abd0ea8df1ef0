"""Reads what somebody said, and answers or runs it, for sentence triggers and the conversation agent alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from homeassistant.components.conversation.models import ConversationInput
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import area_registry as ar

from ..access.policy import Caller, Interface, async_caller
from ..access.visibility import hidden_listeners
from ..commands.system.ask import AskResult
from ..commands.system.not_understood import async_not_understood
from ..const import LOGGER
from ..dispatch.caller_context import async_query_context, room_of
from ..dispatch.dispatcher import async_dispatch, async_render
from ..dispatch.request_context import RequestContext
from ..history.errors import HistoryError, InvalidWindow
from ..history.queries.history_queries import HistoryQueries
from ..language.answering import Response
from ..language.asked_back import replied, say_asked_back
from ..language.expected_answer import expected_answer
from ..language.follow_up import followed
from ..language.reader.masked import IsName
from ..language.sentence_files import DEFAULT_LANGUAGE, grammars
from ..language.speech import say_error, say_phrase
from ..language.understanding import understood_surely
from ..language.understood import AskBack, Names, Understood
from ..questions.base.errors import QuestionError
from ..questions.base.parameters import by_public_name
from ..questions.base.query_context import QueryContext
from ..questions.naming.names import spoken_forms
from ..runtime.error_translation import async_translated
from ..runtime.store.history_service import DATA_HISTORY
from .known_names import async_known
from .operations import SENTENCES


@dataclass(frozen=True, slots=True)
class SpokenRequest:
    """What somebody said, and what was read of it."""

    hass: HomeAssistant
    text: str
    caller: Caller
    query_context: QueryContext
    """In the language in which the sentence was understood; in the likeliest one where it was not."""
    understood: Understood | AskBack | None
    error: Exception | None = None
    """What was raised while it was read; `async_reply` says it."""

    @property
    def is_read(self) -> bool:
        """Whether there is something to reply: what was understood, what is asked back, or why it could not be read."""
        return self.understood is not None or self.error is not None


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a request."""

    speech: str
    followed: Understood | AskBack | None = None
    """What the next sentence of the conversation may go on from, or reply to."""


type Reads = Callable[
    [str, str, Names, Understood | None, IsName], Understood | AskBack | None
]
"""How a sentence is read: from its text, language, names, what was asked before and whether something was played of a name."""


async def async_read_request(
    hass: HomeAssistant,
    sentence: ConversationInput,
    languages: tuple[str, ...],
    previous: Understood | AskBack | None,
    reads: Reads = understood_surely,
) -> SpokenRequest:
    """Return what a sentence asks, read in each of the languages in turn; the last one is the likeliest.

    `previous` is what was asked before it in the same conversation, or asked back.
    """
    caller = await async_caller(
        hass, sentence.context, Interface.SENTENCE, satellite_id=sentence.satellite_id
    )
    query_context = async_query_context(
        hass,
        caller,
        language=languages[-1],
        here=room_of(hass, sentence.satellite_id, sentence.device_id),
    )
    understood: Understood | AskBack | None = None
    error: Exception | None = None
    if isinstance(previous, AskBack):
        reads = _replies(previous, reads)
    try:
        understood, query_context = await _async_understood(
            hass, partial(reads, sentence.text), languages, query_context, previous
        )
        query_context = await _async_expecting(hass, sentence.text, query_context)
    except Exception as err:  # noqa: BLE001  `async_reply` says it, whatever it is
        error = err
    return SpokenRequest(hass, sentence.text, caller, query_context, understood, error)


async def async_note_unrecognized(request: SpokenRequest) -> None:
    """Keep a sentence that nothing was read of, for administrators; not one of a private listener."""
    hidden = hidden_listeners(request.hass, None)
    if not any(me.key in hidden for me in request.query_context.me):
        await async_not_understood(request.hass).async_store_sentence(
            request.text, request.query_context.language
        )


async def async_reply(request: SpokenRequest) -> Reply:
    """Answer or run what was understood, and return what is said, also where that fails. Never raises."""
    hass, query_context = request.hass, request.query_context
    say: Callable[[], str]
    try:
        return await _async_answered(request)
    except (QuestionError, InvalidWindow) as err:
        say = partial(say_error, err, query_context)
    except Unauthorized:
        say = partial(say_phrase, "not_allowed", query_context)
    except HistoryError:
        say = partial(say_phrase, "failed", query_context)
    except HomeAssistantError as err:
        if err.translation_key:
            return Reply(await async_translated(hass, err, query_context.language))
        say = partial(say_phrase, "failed", query_context)
    except Exception:  # noqa: BLE001  whatever it is, somebody waits for words
        LOGGER.exception("A sentence could not be answered")
        say = partial(say_phrase, "failed", query_context)
    return Reply(await hass.async_add_executor_job(say))


async def async_answer_sentence(context: RequestContext, text: str) -> AskResult:
    """Answer a sentence that is written, in the language of the query context or in English; `AnswersSentences`.

    Raises as the question or command that it asks.
    """
    hass, wanted = context.hass, context.query_context.language.partition("-")[0]
    known = await hass.async_add_executor_job(grammars)
    languages = tuple(
        dict.fromkeys(each for each in (wanted, DEFAULT_LANGUAGE) if each in known)
    )
    query_context = replace(context.query_context, language=languages[0])
    understood, query_context = await _async_understood(
        hass, partial(understood_surely, text), languages, query_context, None
    )
    query_context = await _async_expecting(hass, text, query_context)
    request = SpokenRequest(hass, text, context.caller, query_context, understood)
    if isinstance(understood, Understood):
        response = await _async_response(request, understood)
        return AskResult(
            operation=SENTENCES[understood.question].name,
            parameters=by_public_name(understood.values),
            answer=response.data,
            language=query_context.language,
            speech=response.speech,
        )
    if understood is None:
        await async_note_unrecognized(request)
        speech = await hass.async_add_executor_job(say_phrase, "help", query_context)
    else:
        speech = await _async_asked_back(request, understood)
    return AskResult(
        operation=None,
        parameters={},
        answer=None,
        language=query_context.language,
        speech=speech,
    )


async def _async_answered(request: SpokenRequest) -> Reply:
    if request.error is not None:
        raise request.error
    understood = request.understood
    assert understood is not None
    if isinstance(understood, AskBack):
        return Reply(await _async_asked_back(request, understood), understood)
    response = await _async_response(request, understood)
    follows = followed(understood.question, understood.values)
    return Reply(response.speech, understood if follows else None)


async def _async_response(request: SpokenRequest, understood: Understood) -> Response:
    """Run the question or command that a sentence asks. Raises as it does."""
    operation = SENTENCES[understood.question]
    context = RequestContext(request.hass, request.caller, request.query_context)
    result = await async_dispatch(operation, understood.values, context)
    return await async_render(operation, result, context)


async def _async_asked_back(request: SpokenRequest, meanings: AskBack) -> str:
    """Return the words that ask which of two meanings is meant."""
    return await request.hass.async_add_executor_job(
        say_asked_back, meanings, request.query_context.language
    )


async def _async_expecting(
    hass: HomeAssistant, text: str, query_context: QueryContext
) -> QueryContext:
    """Return the query context with the kind of answer, such as yes or no, that a sentence expects."""
    expected = await hass.async_add_executor_job(
        expected_answer, text, query_context.language
    )
    return replace(query_context, expected=expected)


async def _async_understood(
    hass: HomeAssistant,
    reads: Callable[
        [str, Names, Understood | None, IsName], Understood | AskBack | None
    ],
    languages: Iterable[str],
    query_context: QueryContext,
    before: Understood | AskBack | None,
) -> tuple[Understood | AskBack | None, QueryContext]:
    """Return what a sentence asks in the first of the languages in which it asks anything, and who asks it in that."""
    known = await async_known(hass, query_context)
    areas = ar.async_get(hass).async_list_areas()
    names = Names(
        listeners=(
            *_pairs(each.name for each in (*query_context.listeners, *known.listeners)),
            *_groups(query_context),
        ),
        rooms=(
            *_pairs(each.name for each in (*query_context.rooms, *known.rooms)),
            *((alias, area.name) for area in areas for alias in area.aliases),
        ),
        devices=_pairs(
            each.name
            for each in (
                *known.devices,
                *(play.device for play in query_context.under_way),
            )
            if each is not None
        ),
    )
    memory = hass.data[DATA_HISTORY]
    for language in languages:
        read = partial(_read, partial(reads, language, names), before)
        async with memory.async_held():
            understood = await memory.async_ask(read, hidden=query_context.hidden)
        if understood is not None:
            return understood, replace(query_context, language=language)
    return None, query_context


def _replies(asked: AskBack, reads: Reads) -> Reads:
    """Return how a sentence is read after two meanings were asked back: as the one that it takes, or else by itself."""

    def read(
        text: str,
        language: str,
        names: Names,
        before: Understood | None,
        is_name: IsName,
    ) -> Understood | AskBack | None:
        return replied(text, language, asked) or reads(
            text, language, names, before, is_name
        )

    return read


def _read(
    reads: Callable[[Understood | None, IsName], Understood | AskBack | None],
    before: Understood | AskBack | None,
    queries: HistoryQueries,
) -> Understood | AskBack | None:
    """Return what a sentence asks that there is an answer to; after what was asked back, of the likelier meaning."""
    previous = before.first if isinstance(before, AskBack) else before
    understood = reads(previous, queries.is_name)
    if isinstance(understood, AskBack):
        asked = [
            each for each in (understood.first, understood.second) if _is_offered(each)
        ]
        return understood if len(asked) == 2 else next(iter(asked), None)
    return understood if understood and _is_offered(understood) else None


def _is_offered(understood: Understood) -> bool:
    """Whether there is such a question or command, with all that was said: nothing is left out unsaid."""
    operation = SENTENCES.get(understood.question)
    return operation is not None and understood.values.keys() <= {
        parameter.name for parameter in operation.parameters
    }


def _groups(query_context: QueryContext) -> Iterator[tuple[str, str]]:
    """Yield the forms in which groups are heard, and the group that is meant."""
    for group in query_context.groups:
        for form in spoken_forms(group.name, query_context.language):
            yield form, group.name


def _pairs(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each name once, as what is heard and what is meant."""
    return tuple((name, name) for name in dict.fromkeys(names))
