"""Answers a question, and renders answers and results as data and speech."""

from dataclasses import dataclass
from typing import Any

from ..history.queries.history_queries import HistoryQueries
from ..questions.base.answer import Answer
from ..questions.base.operation import Operation
from ..questions.base.query_context import QueryContext
from ..questions.base.question import Question
from ..questions.base.response import data_of
from ..questions.naming.listener_choice import asking_about
from .speech import say, say_done


@dataclass(frozen=True, slots=True)
class Response:
    """What came of a question or command, as interfaces return it."""

    data: dict[str, Any]
    """What JSON can carry, the speech included."""
    speech: str


def answer_question[P, A: Answer](
    queries: HistoryQueries,
    question: Question[P, A],
    asked: P,
    query_context: QueryContext,
) -> A:
    """Return the typed answer to a question, by the clock of the listener that it is about.

    Raises QuestionError and InvalidWindow for what cannot be answered.
    """
    return question.answer(queries, asked, asking_about(queries, asked, query_context))


def render(
    operation: Operation[Any, Any], result: Any, query_context: QueryContext
) -> Response:
    """Return an answer or the result of a command as data, and said in the language of the query context, if it is said.

    Takes long for many plays, and reads the disk for the first sentence of a language: not for the event loop.
    """
    data = data_of(result)
    if not operation.has_speech:
        return Response(data, "")
    if isinstance(operation, Question):
        speech = say(operation.key, result, query_context)
    else:
        speech = say_done(operation.key, result, query_context)
    return Response({**data, "speech": speech}, speech)
