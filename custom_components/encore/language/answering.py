"""From a question by its key to its answer in data and speech."""

from collections.abc import Mapping

from ..history.queries.history_queries import HistoryQueries
from ..questions.all_questions import QUESTIONS
from ..questions.answer import Answer, Answered
from ..questions.naming.listener_choice import asking_about
from ..questions.parameters import read
from ..questions.query_context import QueryContext
from .speech import say


def answer_question(
    queries: HistoryQueries,
    key: str,
    values: Mapping[str, object],
    query_context: QueryContext,
) -> Answered:
    """Return the answer to the question `key` with the values that an interface was given.

    Raises QuestionError and InvalidWindow for what cannot be answered.
    """
    question = QUESTIONS[key]
    asked = read(question.declares, values)
    query_context = asking_about(queries, asked, query_context)
    answer: Answer = question.answer(queries, asked, query_context)
    speech = say(key, answer, query_context)
    return Answered({**answer.as_data(), "speech": speech}, speech, answer.tracks)
