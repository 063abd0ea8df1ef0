"""What a grammar understands is what Home Assistant listens for."""

import sys
from typing import Final

import pytest

from custom_components.encore.language.sentence_files import grammars
from tests.unit.questions.sentence_pool import LISTENERS, Hearing, encores_sentences

SHARE: Final = 0.92
"""Which share of a grammar's sentences is listened for; of those that it understands and nobody says, some are not."""
REACHED: Final = {"de": 0.68, "es": 0.71, "fr": 0.72}
"""Where less is by now: French agrees, inverts and elides, German orders its words freely, and what is drawn nobody says.

Spanish agrees, too, and “poner”, of which are many of its sentences, is not listened for wherever it may mean something else.
"""


@pytest.mark.parametrize("language", sorted(grammars()))
def test_what_is_understood_is_listened_for(language: str) -> None:
    """Sentences drawn from a grammar reach us; `pytest -rP` prints those that don't."""
    hearing = Hearing(language, LISTENERS)
    drawn = encores_sentences(language)
    missed = [sentence for sentence in drawn if not hearing.ours(sentence)]
    sys.stdout.write("\n".join(missed))
    assert 1 - len(missed) / len(drawn) >= REACHED.get(language, SHARE)
