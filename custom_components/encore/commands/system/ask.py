"""The command that reads a sentence as people say it, and answers or carries out what it asks."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any, Final, override

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import Interface
from ...questions.base.parameters import Described, Form, Parameters
from ..accounts import own_listener_of
from ..parameters import ACCOUNT

LONGEST_SENTENCE: Final = 10_000
"""Characters; what nobody says is read as nothing, and not refused."""

TEXT: Final = Described(
    Form.TEXT,
    "What you want to know or do, in your own words.",
    "Which artists did I listen to most last month?",
    longest=LONGEST_SENTENCE,
)
LANGUAGE: Final = Described(
    Form.TEXT,
    "The language of the text, such as en or de. Default: Home Assistant's language.",
    "en",
)


class AskParameters(Parameters):
    """A sentence, its language, and who says it."""

    text: Annotated[str, TEXT]
    language: Annotated[str | None, LANGUAGE] = None
    listener: Annotated[str | None, ACCOUNT] = None


class AskResult(Result, kw_only=True):
    """What a sentence was understood as, and the answer to it."""

    operation: str | None
    """The question or command; None where nothing was understood, or where it was asked back."""
    parameters: dict[str, Any]
    """What it was asked with."""
    answer: dict[str, Any] | None
    """The data of its answer or result, as its own action returns them."""
    language: str
    """The one in which the sentence was understood, and is answered."""
    speech: str


type AnswersSentences = Callable[[RequestContext, str], Awaitable[AskResult]]
"""Answers a sentence in the language of the query context, or in English. Raises as the question or command that it asks."""

DATA_ANSWERS_SENTENCES: Final = HassKey[AnswersSentences](f"{DOMAIN}_answers_sentences")


class Ask(SupervisedCommand[AskParameters, AskResult]):
    """Whatever can be asked of Encore by voice."""

    description = "Answers a question or carries out a request in your own words: everything that Encore understands by voice. Returns what was understood, the answer as data, and the answer in words."
    interfaces = frozenset({Interface.ACTION, Interface.TOOL, Interface.WEBSOCKET})

    @override
    async def async_run(
        self, asked: AskParameters, context: RequestContext
    ) -> AskResult:
        query_context = context.query_context
        if asked.language is not None:
            query_context = replace(query_context, language=asked.language)
        if asked.listener is not None:
            me = own_listener_of(context, asked.listener)
            query_context = replace(query_context, me=(me,))
        answers = context.hass.data[DATA_ANSWERS_SENTENCES]
        return await answers(replace(context, query_context=query_context), asked.text)
