"""Finds the names of what was heard in a sentence, known or not."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from .features import of_words, word_of
from .masked import LONGEST_NAME, IsName, Masked
from .model import Linear
from .spoken_words import SpokenWords
from .tokens import Token, Tokens

THING, NAME = "<thing>", "<name>"
"""What stands in place of a name that there is, and of one that there is not."""
_BESIDE: Final = 3
"""Words between two names that stand beside each other."""
_KNOWN: Final = 4.0
"""How much more likely a name is that there is."""
_GENERIC: Final = 2
"""So many generic words are no name, even if there is one of it."""


class NameFinder:
    """Finds names by what was learned of the words in them and around them."""

    def __init__(
        self, words: SpokenWords, naming: Linear, ours: frozenset[str]
    ) -> None:
        """Take the words of a language, how likely a word belongs to a name, and the words of sentences that are ours."""
        self._words = words
        self._naming = naming
        self._ours = ours

    def scores(self, tokens: Tokens) -> list[float]:
        """Return for each word how likely it belongs to a name: above zero, if it does."""
        weights, scale = self._naming.weights[:, 0], float(self._naming.scales[0])
        bias = float(self._naming.bias[0])
        return [
            float(weights[places].sum(dtype=np.int32)) * scale + bias
            for places in of_words(tokens)
        ]

    def is_strange(self, token: Token) -> bool:
        """Whether it was met in no sentence that is ours."""
        return not token.is_slot and word_of(token) not in self._ours

    def _strange(self, tokens: Tokens) -> list[bool]:
        """Return of each word whether it is strange, and may be in a name."""
        return [
            self.is_strange(token) and token.text not in self._words.generic
            for token in tokens
        ]

    def name_in(
        self, masked: Masked, is_name: IsName | None = None
    ) -> tuple[int, int] | None:
        """Return which words are the name of something that was heard, if any are."""
        scores = self.scores(masked.tokens)
        return self._best_name(masked, scores, is_name, 0, len(scores))

    def named(self, masked: Masked, is_name: IsName) -> Tokens:
        """Return the words with a mark in place of each name that is found."""
        place = self.name_in(masked, is_name)
        if place is None:
            return masked.tokens
        mark = THING if is_name(masked.said(*place)) else NAME
        return masked.with_names(self.beside(masked, place, is_name), mark)

    def beside(
        self, masked: Masked, place: tuple[int, int], is_name: IsName | None
    ) -> list[tuple[int, int]]:
        """Return which words are names: one that was found, and those that stand beside it as in "Ember or Glass"."""
        tokens = masked.tokens
        if not any(token.text in self._words.beside for token in tokens):
            return [place]
        first, after = place
        scores = self.scores(tokens)
        found = [place]
        for start, stop in ((0, first), (after, len(tokens))):
            other = self._best_name(masked, scores, is_name, start, stop)
            if other is None:
                continue
            between = (
                tokens[other[1] : first] if stop == first else tokens[after : other[0]]
            )
            if len(between) <= _BESIDE and any(
                token.text in self._words.beside for token in between
            ):
                found.append(other)
        return sorted(found)

    def with_artist(
        self, masked: Masked, first: int, after: int, is_name: IsName
    ) -> tuple[int, int]:
        """Return which words a title takes with its artist, whichever of the two was found: "Ember by Kite Season"."""
        tokens = masked.tokens

        def is_other(start: int, stop: int) -> bool:
            return is_name(masked.said(start, stop)) and not (
                any(token.is_slot for token in tokens[start:stop])
                or self._is_generic(tokens[start:stop])
            )

        if first > 1 and tokens[first - 1].text in self._words.by:
            for start in range(max(first - 1 - LONGEST_NAME, 0), first - 1):
                if is_other(start, first - 1):
                    return start, after
        if tokens[after : after + 1] and tokens[after].text in self._words.by:
            last = min(after + 1 + LONGEST_NAME, len(tokens))
            for stop in range(last, after + 1, -1):
                if is_other(after + 1, stop):
                    return first, stop
        return first, after

    def instead(self, masked: Masked, is_name: IsName | None) -> tuple[int, int] | None:
        """Return which words are a name that looks like none, or else the longest strange ones."""
        tokens = masked.tokens
        if is_name is not None:
            for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
                for first in range(len(tokens) - length + 1):
                    if is_name(masked.said(first, first + length)):
                        return first, first + length
        strange = self._strange(tokens)
        runs = [
            (first, after)
            for first in range(len(tokens))
            for after in range(first + 1, len(tokens) + 1)
            if all(strange[first:after])
        ]
        return max(runs, key=lambda run: run[1] - run[0], default=None)

    def _best_name(
        self,
        masked: Masked,
        scores: Sequence[float],
        is_name: IsName | None,
        start: int,
        stop: int,
    ) -> tuple[int, int] | None:
        """Return which words from one to before another are likeliest a name, if any are."""
        best, found = 0.0, None
        for first in range(start, stop):
            total = 0.0
            for after in range(first + 1, min(first + LONGEST_NAME, stop) + 1):
                token = masked.tokens[after - 1]
                if token.is_slot:
                    break
                total += scores[after - 1]
                worth = total
                if is_name is not None and is_name(masked.said(first, after)):
                    worth = max(total, 0.0) + _KNOWN * (after - first)
                if worth > best and not self._is_generic(masked.tokens[first:after]):
                    best, found = worth, (first, after)
        if found is None or (is_name is not None and is_name(masked.said(*found))):
            return found
        longer = self._with_strange_words(masked.tokens, *found, start, stop)
        return self._without_small_words(masked.tokens, *longer)

    def _with_strange_words(
        self, tokens: Tokens, first: int, after: int, start: int, stop: int
    ) -> tuple[int, int]:
        """Return which words a name takes that there is not, with the strange ones beside it: it may be misheard."""
        strange = self._strange(tokens)
        start, stop = max(start, after - LONGEST_NAME), min(stop, first + LONGEST_NAME)
        while first > start and strange[first - 1]:
            first -= 1
        while after < stop and strange[after]:
            after += 1
        return first, after

    def _without_small_words(
        self, tokens: Tokens, first: int, after: int
    ) -> tuple[int, int]:
        """Return which words a name takes that there is not, without generic ones at its edges."""
        while after - first > 1 and tokens[first].text in self._words.generic:
            first += 1
        while after - first > 1 and tokens[after - 1].text in self._words.generic:
            after -= 1
        return first, after

    def _is_generic(self, tokens: Tokens) -> bool:
        return len(tokens) <= _GENERIC and all(
            token.text in self._words.generic for token in tokens
        )
