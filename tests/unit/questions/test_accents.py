"""Who leaves the accents out is understood all the same."""

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.language.accents import (
    either_way,
    said_either_way,
    without_accents,
)
from custom_components.encore.language.grammar import understand
from custom_components.encore.language.understood import Names

from .sentence_pool import Hearing


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("été", "ete"),
        ("Qué canción escuché ayer", "Que cancion escuche ayer"),
        ("François à Noël", "Francois a Noel"),
        ("El Niño", "El Nino"),
        ("what did we hear", "what did we hear"),
    ],
)
def test_letters_stay_without_their_accents(text: str, plain: str) -> None:
    """Accents, and nothing else, are taken from a text."""
    assert without_accents(text) == plain


@given(st.text())
def test_nothing_is_left_to_take(text: str) -> None:
    """What is without accents stays as it is."""
    assert without_accents(without_accents(text)) == without_accents(text)


def test_names_are_given_either_way_once() -> None:
    """A name without accents is not there twice."""
    assert either_way(["José", "Ben"]) == ["José", "Jose", "Ben"]


def test_templates_keep_their_syntax_and_what_they_give_out() -> None:
    """Only what is said is either way: neither what a value means, nor the names of rules and lists."""
    grammar = {
        "language": "fr",
        "lists": {"window": {"values": [{"in": "l'été[s]", "out": "été"}]}},
        "expansion_rules": {"où": "(à|<lieu>|{room})"},
        "intents": {
            "plays": {
                "data": [{"sentences": ["préféré[e] {limit}"], "slots": {"of": "é"}}]
            }
        },
    }
    assert said_either_way(grammar) == {
        "language": "fr",
        "lists": {"window": {"values": [{"in": "l'(été|ete)[s]", "out": "été"}]}},
        "expansion_rules": {"où": "((à|a)|<lieu>|{room})"},
        "intents": {
            "plays": {
                "data": [
                    {
                        "sentences": ["(préféré|prefere)[e] {limit}"],
                        "slots": {"of": "é"},
                    }
                ]
            }
        },
    }


def test_a_name_is_understood_without_its_accents() -> None:
    """Who writes “jose” means José, and is listened for."""
    names = Names(listeners=(("José", "José"),), rooms=(("Salón", "Salón"),))
    sentence = "what did jose listen to in the salon"
    understood = understand(sentence, "en", names)
    assert understood is not None
    assert understood.values == {"listener": "José", "room": "Salón"}
    assert Hearing("en", ["José"]).ours("what did jose play yesterday")
