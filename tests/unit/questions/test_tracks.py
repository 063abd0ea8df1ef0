"""What of an answer can be played: the questions that declare to hold tracks do, and no others."""

import inspect

import pytest

from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.answer import Answer
from custom_components.encore.questions.base.question import Question, WindowQuestion


def answer_of(question: type[Question[object, Answer]]) -> type[Answer]:
    """Return the class of a question's answers, as its method says."""
    method = getattr(question, WindowQuestion.answer_within.__name__, question.answer)
    answer: type[Answer] = inspect.signature(method).return_annotation
    assert issubclass(answer, Answer)
    return answer


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_holds_tracks_as_it_declares(
    question: Question[object, Answer],
) -> None:
    """A playlist is offered for these alone, so an answer without tracks must not be among them."""
    tells = answer_of(type(question)).tracks is not Answer.tracks
    assert tells is question.holds_tracks


def test_what_people_ask_for_as_a_playlist_holds_tracks() -> None:
    """Tops, plays, discoveries, forgotten favourites, this day of other years."""
    held = {question.key for question in QUESTIONS if question.holds_tracks}
    assert held >= {
        "top",
        "plays",
        "discoveries",
        "forgotten_favourites",
        "on_this_day",
    }
