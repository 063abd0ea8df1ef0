"""What docs/voice.md says can be asked is understood."""

from pathlib import Path
import re
from typing import Final

import pytest

from custom_components.encore.language.grammar import understand
from custom_components.encore.language.understood import Names, Understood
from custom_components.encore.questions.all_questions import QUESTIONS

from .own_tests import OWN_TESTS
from .sentence_pool import LISTENERS, Hearing

PAGE: Final = (Path(__file__).parents[3] / "docs" / "voice.md").read_text()
ASK: Final = PAGE[PAGE.index("\n## Ask") :]
TABLE, AFTER = ASK.split("And go on in the same conversation:")
SENTENCES: Final = re.findall("“(.+?)”", TABLE)
FOLLOWING: Final = re.findall("“(.+?)”", AFTER)
NAMES: Final = Names(
    listeners=tuple((name, name) for name in LISTENERS),
    rooms=(
        ("Kitchen", "Kitchen"),
        ("Living Room", "Living Room"),
        ("Bathroom", "Bathroom"),
    ),
)


def test_there_are_thirty_things_to_ask_about_everything() -> None:
    """Each question is among them, but for those that have files of their own: docs/questions.md has them."""
    assert len(set(SENTENCES)) >= 30
    assert len(FOLLOWING) == 4
    asked = {_understood(sentence).question for sentence in SENTENCES}
    assert {question.key for question in QUESTIONS} - OWN_TESTS.keys() <= asked


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_thing_to_ask_is_listened_for(sentence: str) -> None:
    """Home Assistant hands it to us."""
    assert Hearing("en", LISTENERS).ours(sentence)


@pytest.mark.parametrize("sentence", FOLLOWING)
def test_what_follows_is_understood(sentence: str) -> None:
    """After a question."""
    before = _understood("What did we listen to last night?")
    assert understand(sentence, "en", NAMES, before) is not None


def _understood(sentence: str) -> Understood:
    understood = understand(sentence, "en", NAMES)
    assert understood is not None, sentence
    return understood
