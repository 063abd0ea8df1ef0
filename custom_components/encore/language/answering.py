"""Answers a question, and renders the answer as data and speech."""

from dataclasses import replace

from ..history.queries.history_queries import HistoryQueries
from ..questions.answer import Answer, Answered
from ..questions.naming.listener_choice import asking_about
from ..questions.query_context import QueryContext
from ..questions.registry import Question
from .speech import say


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


def render_answer(key: str, answer: Answer, query_context: QueryContext) -> Answered:
    """Return an answer to the question `key` as data for JSON, and the sentence that says it, in the asker's language.

    Takes long for many plays, and reads the disk for the first sentence of a language: not for the event loop.
    """
    by_its_clock = replace(query_context, clock=answer.scope.clock)
    speech = say(key, answer, by_its_clock)
    return Answered({**answer.as_data(), "speech": speech}, speech, answer.tracks)
