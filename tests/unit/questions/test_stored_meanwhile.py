"""What is stored while a question is answered: columns have it by then, the question's own look at the store does not."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.encore.history.model import Listener, Room
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.language.answering import Response
from custom_components.encore.language.sentence_files import languages
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import QuestionError

from .house import ALVA, EMBER, GLASS, answered, heard, history_of, query_context
from .own_tests import NEEDED

STRANGER = Listener("spotify:dora", "Dora")
ATTIC = Room("attic", "Attic")
OF_ALL = {"window": "last_30_days"}
ASKED: dict[str, dict[str, object]] = {
    "playing_at": {"moment": "now"},
    "count": {"thing": "Ember"},
    "when_heard": {"thing": "Ember"},
    "search": {"text": "Glass"},
    "year": {"year": 2026},
    **{key: {**OF_ALL, **needed} for key, needed in NEEDED.items()},
}


@pytest.mark.parametrize("question", [each.key for each in QUESTIONS])
@pytest.mark.parametrize("per", ["listener", "room"])
def test_a_question_is_answered_beside_plays_that_arrive(
    tmp_path: Path, question: str, per: str
) -> None:
    """A new track, album, artist, listener and room, more often heard than all else."""
    values = ASKED.get(question, OF_ALL)
    if question == "sessions":
        values = {**values, "per": per}
    elif per == "room":
        pytest.skip("only sessions are of rooms")
    arriving = [
        heard(STRANGER, GLASS, f"2026-07-14 10:{minute}", room=ATTIC)
        for minute in range(10, 40, 5)
    ]
    with history_of(tmp_path, [heard(ALVA, EMBER, "2026-07-14 09:00")]) as history:

        def ask(queries: HistoryQueries) -> Response:
            queries.listeners()  # From here on the question sees one state of the store.
            history.append(arriving).result()
            return answered(queries, question, values, query_context())

        assert history.ask(ask, hidden=NOBODY_HIDDEN).result().speech


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("question", [each.key for each in QUESTIONS])
def test_a_question_is_answered_beside_the_first_plays_of_all(
    tmp_path: Path, question: str, language: str
) -> None:
    """Since when there is anything is not known yet, and what is counted is there."""
    values = ASKED.get(question, OF_ALL)
    arriving = [
        heard(ALVA, EMBER, f"2026-07-14 10:{minute}", room=ATTIC)
        for minute in range(10, 40, 5)
    ]
    with history_of(tmp_path, []) as history:

        def ask(queries: HistoryQueries) -> Response:
            queries.listeners()
            history.append(arriving).result()
            asked = replace(query_context(), language=language)
            return answered(queries, question, values, asked)

        with suppress(QuestionError):
            assert history.ask(ask, hidden=NOBODY_HIDDEN).result().speech
