"""Templates are matched sooner in tests than by hassil itself, and alike."""

from collections.abc import Iterator
import random
from typing import Final

from hassil import Intents, recognize_all
from hassil.intents import SlotList, TextSlotList
from home_assistant_intents import get_intents
import pytest

from custom_components.encore.language.grammar import understand
from custom_components.encore.language.sentence_files import grammars
from tests.matching import match_as_hassil_does, match_sooner
from tests.unit.questions.phrasings import BANKS
from tests.unit.questions.sentence_pool import (
    LISTENERS,
    NAMES,
    Hearing,
    encores_sentences,
    home_assistants_sentences,
)

DRAWN: Final = 6
"""Sentences of each sort."""
STRANGE: Final = (
    *("", " ", "-", "_ -", "what-", "-what did I hear", "what did-we hear-yesterday"),
    *("WHAT did I hear", "what’s on", "whatdidihear", "Straße STRASSE ſo", "İ ı"),
)

type Found = tuple[list[object], object, list[object]]


@pytest.fixture
def as_before() -> Iterator[None]:
    """Match as all other tests, whatever comes."""
    yield
    match_sooner()


class Everything:
    """Whatever is found in sentences of a language."""

    def __init__(self, language: str) -> None:
        """Parse our triggers and Home Assistant's intents."""
        self._language = language
        self._triggers = Hearing(language, LISTENERS)
        data = get_intents(language)
        assert data is not None
        self._intents = Intents.from_dict(data)
        self._lists: dict[str, SlotList] = {
            name: TextSlotList.from_strings(values, name=name, allow_template=False)
            for name, values in NAMES[language].items()
        }

    def found(self, sentence: str) -> Found:
        """Return each match of our triggers, what our grammar makes of it, and each match of Home Assistant's intents."""
        intended = recognize_all(sentence, self._intents, slot_lists=self._lists)
        return (
            self._triggers.matches(sentence),
            understand(sentence, self._language, BANKS[self._language].names),
            [
                (each.intent.name, each.text_chunks_matched, *each.entities_list)
                for each in intended
            ],
        )


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("language", sorted(grammars()))
def test_what_is_matched_sooner_is_matched_alike(language: str) -> None:
    """Every match is found, in the same order, with the same names, and nothing else."""
    bank, chance = BANKS[language], random.Random(3)
    sentences = [
        *STRANGE,
        *chance.sample(home_assistants_sentences(language), DRAWN),
        *chance.sample(encores_sentences(language), DRAWN),
        *(each.sentence for each in chance.sample(bank.phrasings, DRAWN)),
        *chance.sample(bank.not_ours, DRAWN),
    ]
    everything = Everything(language)
    match_sooner()
    sooner = [everything.found(each) for each in sentences]
    match_as_hassil_does()
    hassils = [everything.found(each) for each in sentences]
    assert sooner == hassils
    for found in zip(*hassils, strict=True):
        assert DRAWN / 2 <= sum(map(bool, found)) <= len(sentences) - DRAWN
