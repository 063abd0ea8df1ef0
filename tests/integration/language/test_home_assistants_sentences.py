"""What Home Assistant's own intents take is left to them."""

import pytest

from custom_components.encore.language.sentence_files import grammars
from tests.unit.questions.sentence_pool import (
    Hearing,
    exemptions,
    home_assistants_sentences,
)


@pytest.mark.parametrize("language", sorted(grammars()))
def test_home_assistants_own_sentences_are_left_alone(language: str) -> None:
    """None of the sentences of Home Assistant's own intents is caught, whatever names fill them."""
    hearing = Hearing(language, ["Alva", "Ben"])
    sentences = home_assistants_sentences(language)
    assert len(sentences) > 5_000
    caught = {sentence for sentence in sentences if hearing.ours(sentence)}
    assert caught == exemptions(language)
