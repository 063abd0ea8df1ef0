"""The grammars as hassil reads them, each made once."""

from functools import cache
from typing import Final

from hassil import Intents

from .sentence_files import english_instead, read_grammar

ANSWERED: Final = "answered"
"""The part of a grammar that asks for what a playlist can be made of."""
_HASSILS: Final = ("language", "lists", "expansion_rules")
"""The parts of a grammar that are hassil's own."""
MAKES_OF_ANSWER: Final = "make_playlist"
"""The command that makes a playlist of what a question finds."""


def grammar_of(language: str) -> Intents:
    """Return all sentences of a language, which are understood by themselves. Reads the disk once."""
    return intents_of(language, "intents", None)


@cache
def intents_of(
    language: str, part: str = "intents", instead_of: str | None = None
) -> Intents:
    """Return the sentences of a part of a grammar: `intents`, `follow_ups` or ANSWERED. Reads the disk once.

    With `instead_of`, only those that this other language lacks.
    """
    instead = english_instead(instead_of) if instead_of else None
    grammar = instead or read_grammar(language)
    shared = {name: grammar[name] for name in _HASSILS}
    intents = dict(grammar["intents" if part == ANSWERED else part])
    if part == ANSWERED:
        # A playlist of a playlist of … would be looked into for ever.
        intents.pop(MAKES_OF_ANSWER, None)
    return Intents.from_dict({**shared, "intents": intents})
