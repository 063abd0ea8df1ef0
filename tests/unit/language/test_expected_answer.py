"""Which answer a sentence suggests that is answered with yes or no."""

import pytest

from custom_components.encore.language.expected_answer import expected_answer
from custom_components.encore.questions.base.query_context import Expected

YES, LESS = Expected.YES, Expected.LESS


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "Have I ever listened to Ember?", YES),
        ("en", "hey so did I listen less than last month", LESS),
        ("en", "am I listening to more music this month", YES),
        ("en", "what did I hear", None),
        ("en", "How often have I played it?", None),
        ("en", "last night in the kitchen what was playing", None),
        ("de", "Hab ich Ember schon mal gehört?", YES),
        ("de", "hab ich weniger gehört als letzten Monat", LESS),
        ("de", "Was hab ich gestern gehört?", None),
        ("nl", "Heb ik Ember ooit gehoord?", YES),
        ("nl", "luister ik minder dan vorige maand", LESS),
        ("nl", "Wat heb ik gisteren gehoord?", None),
        ("fr", "Est-ce que j’ai déjà écouté Ember ?", YES),
        ("fr", "est-ce que j'écoute moins que le mois dernier", LESS),
        ("fr", "Qu’est-ce que j’ai écouté hier ?", None),
        ("fr", "j'ai écouté quoi hier", None),
        ("es", "¿He escuchado alguna vez Ember?", YES),
        ("es", "he escuchado menos que el mes pasado", LESS),
        ("es", "¿Qué he escuchado hoy?", None),
    ],
)
def test_what_a_sentence_suggests(
    language: str, sentence: str, expected: Expected | None
) -> None:
    """Where its verb comes first it does; where it asks what, when or how much it does not."""
    assert expected_answer(sentence, language) == expected
