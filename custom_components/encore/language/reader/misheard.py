"""Finds listeners whose names were misheard: "pre a" is Priya."""

from collections.abc import Callable, Container
from typing import Final

from rapidfuzz import fuzz

from ...history.search.phonetics import coarse, sounds_of
from ..understood import Names
from .masked import Masked
from .slot_finder import Found, Kind
from .tokens import Token, folded

_LONGEST: Final = 3
"""Words that one name was taken for."""
_ALIKE: Final = 75
"""How alike (percent) they have to sound."""
_IN_PLACE: Final = -3.5
"""How well a listener's name has to fit what stands around it, where it is barely alike."""
_CLEARLY: Final = 88
"""How alike (percent) they are that hardly mean anything else."""
_CLEARLY_IN_PLACE: Final = -5.0
"""How well such a name has to fit."""
_LETTERS_ALIKE: Final = 51
"""How alike (percent) they have to be written: every short word sounds like some name."""
_SHORTEST: Final = 3
"""Letters of a name that can be misheard."""


def with_misheard_listener(
    masked: Masked,
    names: Names,
    known: Container[str],
    fitting: Callable[[int, int], float],
) -> Masked | None:
    """Return a sentence in which the words that sound most like a listener's name are one; None where none do.

    `known` are words that are said of listening, with none of which such a name begins; `fitting` says of words, by the first
    and the one after the last, how well (log odds) a listener's name fits in their place.
    """
    best, found = float(_ALIKE), None
    for said, meant in names.listeners:
        name = folded(said).replace(" ", "")
        if len(name) < _SHORTEST:
            continue
        for first, token in enumerate(masked.tokens):
            if token.is_slot or token.text in known:
                continue
            for after in range(first + 1, first + 1 + _LONGEST):
                words = masked.tokens[first:after]
                if len(words) < after - first or any(word.is_slot for word in words):
                    break
                alike = _likeness("".join(word.text for word in words), name)
                least = _CLEARLY_IN_PLACE if alike >= _CLEARLY else _IN_PLACE
                if alike > best and fitting(first, after) > least:
                    best, found = alike, (first, after, meant)
    return _with_listener(masked, *found) if found else None


def _likeness(said: str, name: str) -> float:
    one, other = sounds_of([said, name])
    alike = fuzz.ratio(said, name)
    if one and other and alike >= _LETTERS_ALIKE:
        alike = max(alike, fuzz.ratio(coarse(one), coarse(other)) - 5)
    return alike


def _with_listener(masked: Masked, first: int, after: int, meant: str) -> Masked:
    words = masked.tokens[first:after]
    mark = f"<{Kind.WHO}>"
    token = Token(mark, mark, words[0].start, words[-1].end)
    shift = after - first - 1
    moved = [
        slot
        if slot.first < first
        else Found(
            slot.kind, slot.first - shift, slot.after - shift, slot.slots, slot.text
        )
        for slot in masked.slots
    ]
    who = Found(Kind.WHO, first, first + 1, {"listener": meant}, mark)
    return Masked(
        masked.text,
        (*masked.tokens[:first], token, *masked.tokens[after:]),
        tuple(sorted((*moved, who), key=lambda slot: slot.first)),
    )
