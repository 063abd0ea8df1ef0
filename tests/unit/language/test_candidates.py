"""What hassil is given of a grammar for a sentence reads it as the whole grammar does, and is little of it."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from hassil import Intents
from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    RuleReference,
    Sequence,
    TextChunk,
)
from hassil.intents import SlotList
import pytest

from custom_components.encore.language import grammar
from custom_components.encore.language.candidates import Candidates, candidates_of
from custom_components.encore.language.intents import intents_of
from tests.unit.questions.phrasings import FOLDER
from tests.unit.questions.spoken_banks import SpokenBank

from .test_normalization import NAMES

LANGUAGES = ("en", "de", "nl", "fr", "es")
ONE_OF = 60
"""Sentences of a bank of which one is read: by the whole grammar that takes a while."""
ASKED = {
    "en": "what did we play in the kitchen yesterday evening",
    "de": "was haben wir gestern abend in der küche gehört",
    "nl": "wat hebben we gisteravond in de keuken gedraaid",
    "fr": "qu'est-ce qu'on a écouté hier soir dans la cuisine",
    "es": "qué escuchamos anoche en la cocina",
}


class Whole(Candidates):
    """All templates of a part of a grammar, whatever is said."""

    def __init__(self, *of: Any) -> None:
        """Take which part of which grammar."""
        self._all = intents_of(*of)

    @override
    def of(self, text: str, lists: Mapping[str, SlotList]) -> Intents:
        """Return all of them."""
        return self._all


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_read_as_by_the_whole_grammar(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Nothing is lost, and nothing else is understood."""
    bank = SpokenBank(FOLDER / "spoken" / f"{language}.yaml")
    sentences = [each.sentence for each in bank.phrasings[::ONE_OF]]
    sentences.append(ASKED[language])
    read = [grammar.understand_exactly(each, language, NAMES) for each in sentences]
    monkeypatch.setattr(grammar, "candidates_of", Whole)
    whole = [grammar.understand_exactly(each, language, NAMES) for each in sentences]
    assert read == whole
    assert read[-1] is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_hassil_is_given_little(language: str) -> None:
    """No template that cannot be meant, and no alternative that was not said."""
    lists = grammar._Hearing(language, NAMES)._lists
    found = candidates_of(language).of(ASKED[language], lists)
    templates = [
        each.expression
        for intent in found.intents.values()
        for data in intent.data
        for each in data.sentences
    ]
    assert 0 < len(templates) < 10
    for each in templates:
        assert len(list(_leaves(each))) < 150


def _leaves(part: Expression) -> Iterator[Expression]:
    match part:
        case Alternative() | Sequence():
            for each in part.items:
                yield from _leaves(each)
        case TextChunk() | ListReference():
            yield part
        case RuleReference():
            pytest.fail("A rule has alternatives that nobody said.")
