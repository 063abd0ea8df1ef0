"""A sentence with its slots masked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .slot_finder import Found, Kind
from .tokens import Token, Tokens, original

LONGEST_NAME: Final = 8
"""Words of a name."""

type IsName = Callable[[str], bool]
"""Whether something that was heard has this name."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence, its slots, and its words with a mark in place of each slot."""

    text: str
    tokens: Tokens
    slots: tuple[Found, ...]

    def of(self, *kinds: Kind) -> list[Found]:
        """Return the slots of some kinds."""
        return [slot for slot in self.slots if slot.kind in kinds]

    def with_name(self, first: int, after: int, mark: str) -> Tokens:
        """Return the words with a mark in place of a name."""
        name = self.tokens[first:after]
        marked = Token(mark, mark, name[0].start, name[-1].end)
        return (*self.tokens[:first], marked, *self.tokens[after:])

    def with_names(self, places: Sequence[tuple[int, int]], mark: str) -> Tokens:
        """Return the words with a mark in place of each of some names, which are in the order of the sentence."""
        tokens = self.tokens
        for first, after in reversed(places):
            tokens = replace(self, tokens=tokens).with_name(first, after, mark)
        return tokens

    def without(self, first: int, after: int) -> Masked:
        """Return it without the slots within some words."""
        slots = tuple(
            slot for slot in self.slots if not first <= slot.first < slot.after <= after
        )
        return replace(self, slots=slots)

    def said(self, first: int, after: int) -> str:
        """Return what was said where some words stand."""
        return original(self.text, self.tokens[first:after])
