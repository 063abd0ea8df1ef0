"""Where two meanings are close, somebody is asked which, and goes on from the reply."""

import pytest

from custom_components.encore.language.asked_back import replied, say_asked_back
from custom_components.encore.language.reader.model import model_of
from custom_components.encore.language.reader.spoken_words import read_words
from custom_components.encore.language.understood import AskBack, Understood

COUNT = Understood("count", {"listener": "me", "thing": "ember"})
WHEN = Understood("when_heard", {"listener": "me", "thing": "ember"})
EITHER = AskBack(COUNT, WHEN)
LANGUAGES = ("en", "de", "nl", "fr", "es")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Do you mean how often or when it was played?"),
        ("de", "Meinst du wie oft oder wann es gehört wurde?"),
        ("nl", "Bedoel je hoe vaak of wanneer het gedraaid is?"),
        ("fr", "Tu veux dire combien de fois ou quand ça a été écouté ?"),
        ("es", "¿Te refieres a cuántas veces o a cuándo se escuchó?"),
    ],
)
def test_both_meanings_are_named(language: str, question: str) -> None:
    """In words that can be repeated."""
    assert say_asked_back(EITHER, language) == question


@pytest.mark.parametrize(
    ("language", "reply", "meant"),
    [
        ("en", "The first one.", COUNT),
        ("en", "the latter", WHEN),
        ("en", "how often", COUNT),
        ("en", "when I played it", WHEN),
        ("de", "das erste", COUNT),
        ("de", "wie oft", COUNT),
        ("de", "wann", WHEN),
        ("nl", "het tweede", WHEN),
        ("nl", "hoe vaak", COUNT),
        ("fr", "la première", COUNT),
        ("fr", "quand", WHEN),
        ("es", "lo segundo", WHEN),
        ("es", "cuántas veces", COUNT),
    ],
)
def test_a_reply_takes_one(language: str, reply: str, meant: Understood) -> None:
    """By its place, or in its words."""
    assert replied(reply, language, EITHER) == meant


@pytest.mark.parametrize(
    "reply",
    ["", "never mind", "turn on the kitchen light", "what did we hear on sunday then"],
)
def test_something_else_takes_neither(reply: str) -> None:
    """It is a sentence of its own."""
    assert replied(reply, "en", EITHER) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_learned_can_be_asked_back(language: str) -> None:
    """Each question and command that the reader knows has words."""
    model = model_of(language)
    assert model is not None
    learned = {each.partition("/")[0] for each in model.meaning.classes}
    assert learned - {"none", "again"} <= read_words(language)["meanings"].keys()
