"""Lets a grammar be understood by who leaves the accents out, as in “que escuche ayer”."""

from collections.abc import Iterable, Mapping
import re
from typing import Any, Final
import unicodedata

_WORD: Final = re.compile(r"[^\W\d_]+")
_UNTOUCHED: Final = ("language", "out", "slots", "trigger_names")
"""The parts of a grammar that are not said."""


def without_accents(text: str) -> str:
    """Return a text with the letters alone: “ete” for “été”."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(each for each in parts if not unicodedata.combining(each))
    )


def either_way(texts: Iterable[str]) -> list[str]:
    """Return texts, and those with accents once more without them."""
    return list(
        dict.fromkeys(each for text in texts for each in (text, without_accents(text)))
    )


def said_either_way(grammar: Any) -> Any:
    """Return a grammar, or a part of one, in whose templates each word with accents may be without them."""
    if isinstance(grammar, Mapping):
        return {
            name: part if name in _UNTOUCHED else said_either_way(part)
            for name, part in grammar.items()
        }
    if isinstance(grammar, list):
        return [said_either_way(each) for each in grammar]
    return _WORD.sub(_either, grammar) if isinstance(grammar, str) else grammar


def _either(found: re.Match[str]) -> str:
    word, plain = found[0], without_accents(found[0])
    return word if word == plain else f"({word}|{plain})"
