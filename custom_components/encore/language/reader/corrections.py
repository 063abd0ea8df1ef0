"""Leaves out of a sentence what its speaker took back: "on Friday, no wait, on Saturday"."""

from collections.abc import Sequence
from itertools import pairwise
import re
from typing import Final

from .slot_finder import Found, Kind
from .tokens import Tokens, joined, span_of

_NUMBER_AFTER: Final = 3
"""Words after a correction among which the number is that is meant."""
_BEGUN_AGAIN: Final = 3
"""Words before a correction of which the first may be said again after it."""
_DENIED: Final = 2
"""Words between what is denied and what is said instead."""


class Corrections:
    """Finds what was corrected or denied, by the slots before and after the words that say so."""

    def __init__(self, corrections: re.Pattern[str], denials: re.Pattern[str]) -> None:
        """Take the words with which something is taken back, and those with which it is denied."""
        self._corrections = corrections
        self._denials = denials

    def kept(self, tokens: Tokens, slots: Sequence[Found]) -> Tokens | None:
        """Return the words without what was taken back; None where nothing was."""
        words = joined(tokens)
        if (kept := self._undenied(tokens, words, slots)) is not None:
            return kept
        found = self._corrections.search(words, pos=1)
        if found is None or found.end() == len(words):
            return None
        first, after = span_of(tokens, *found.span())
        later = next((slot for slot in slots if slot.first >= after), None)
        earlier = next(
            (
                slot
                for slot in reversed(slots)
                if later and slot.after <= first and _alike(slot, later)
            ),
            None,
        )
        if earlier and later and later.first - after <= 2:
            return (
                *tokens[: earlier.first],
                *tokens[later.first : later.after],
                *tokens[earlier.after : first],
                *tokens[later.after :],
            )
        if later and later.kind is Kind.EARLIER and later.first - after <= 2:
            return (*tokens[:first], *tokens[after:])
        if number := _number_after(tokens, first, after):
            return (*tokens[: first - 1], *tokens[number:])
        again = _begun_again(tokens, first, after)
        if again is not None and (later or all(slot.after <= again for slot in slots)):
            return (*tokens[:again], *tokens[after:])
        if after - first == 1:
            # A mere "no" or "wait" may mean something else.
            return None
        if len(tokens) - after >= 6:
            return tokens[after:]
        return (*tokens[:first], *tokens[after:])

    def _undenied(
        self, tokens: Tokens, words: str, slots: Sequence[Found]
    ) -> Tokens | None:
        """Return the words without what was denied beside something of its kind: "it wasn't Saturday, it was Sunday", "Saturday, not Sunday"."""
        for found in self._denials.finditer(words):
            first, after = span_of(tokens, *found.span())
            takes_back = self._corrections.fullmatch(found[0])
            for meant, denied in pairwise(slots):
                if (
                    not takes_back
                    and meant.after == first
                    and denied.first - after <= _DENIED
                    and _alike(denied, meant)
                ):
                    return (*tokens[:first], *tokens[denied.after :])
            for denied, meant in pairwise(slots):
                if (
                    denied.first == after
                    and meant.first - denied.after <= _DENIED
                    and _alike(denied, meant)
                    # A day right beside an hour is when that hour is: "not at four, at five yesterday".
                    and (denied.kind is meant.kind or meant.first > denied.after)
                ):
                    return (*tokens[:first], *tokens[meant.first :])
        return None


def _number_after(tokens: Tokens, first: int, after: int) -> int | None:
    """Return which number stands in place of the one before a correction, if any does: "top ten, no, five"."""
    if not tokens[first - 1].text.isdecimal():
        return None
    return next(
        (
            number
            for number in range(after, min(after + _NUMBER_AFTER, len(tokens)))
            if tokens[number].text.isdecimal()
        ),
        None,
    )


def _alike(one: Found, other: Found) -> bool:
    times = {Kind.WHEN, Kind.AT, Kind.AGO, Kind.HOURS, Kind.DAY, Kind.PART}
    return one.kind is other.kind or {one.kind, other.kind} <= times


def _begun_again(tokens: Tokens, first: int, after: int) -> int | None:
    """Return from where on is said otherwise what stands before a correction: "per day, no, per week"."""
    return next(
        (
            number
            for number in range(first - 1, max(first - _BEGUN_AGAIN, 0) - 1, -1)
            if tokens[number].text == tokens[after].text
        ),
        None,
    )
