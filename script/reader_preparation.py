"""Sentences with their slots masked, and where the name stands in them: what the reader learns from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
import random
from typing import Any, Final

from rapidfuzz import fuzz

from custom_components.encore.language.reader.masked import Masked
from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.name_finder import THING
from custom_components.encore.language.reader.tokens import folded

from .reader_examples import Example, ordinary_examples, spoken_examples, thing_names
from .reader_grammar import foreign_examples, grammar_examples, played_examples

SEED: Final = 7
OTHER_NAMES: Final = {"bank": 3, "spoken": 3, "grammar": 0}
"""How often a sentence is learned with another name in place of its own, by source."""
_ALIKE: Final = 70
"""How much (percent) words are like a name that they may be a mishearing of."""
_NAMED: Final = ("thing", "text", "name")


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An example with its slots masked, and where the name stands in it."""

    example: Example
    masked: Masked
    place: tuple[int, int] | None
    misheard: bool = False
    written: str = ""
    """The sentence as it was written, with the name that it had; empty where it has that."""

    @property
    def meaning(self) -> str:
        """What is learned: the key, with the question of whose answer it is about."""
        meaning, values = self.example.meaning, self.example.values
        if meaning in {"make_playlist", "play_it"} and "question" in values:
            return f"{meaning}/{values['question']}"
        return meaning

    @property
    def asked(self) -> Mapping[str, Any]:
        """The values of the question."""
        values = self.example.values
        return {
            **values.get("asked", {}),
            **{
                name: each
                for name, each in values.items()
                if name not in {"asked", "question"}
            },
        }


def examples_of(language: str) -> list[Example]:
    """Return all sentences from which the reader of a language learns."""
    spoken = spoken_examples(language)
    names = spoken[0].names
    return [
        *spoken,
        *grammar_examples(language, names),
        *foreign_examples(language, names),
        *played_examples(language, names),
        *ordinary_examples(language, names),
    ]


def prepared(examples: Iterable[Example], language: str) -> list[Prepared]:
    """Return examples with their slots masked, each also with other names in place of its own."""
    chance = random.Random(SEED)
    names = thing_names(language)
    return [
        each
        for example in examples
        for each in _prepared(example, language, names, chance)
    ]


def _prepared(
    example: Example, language: str, names: Sequence[str], chance: random.Random
) -> Iterator[Prepared]:
    masker = masker_of(language)
    masked = masker.masked(example.text, example.names, example.is_name)
    if not (said_names := _names_of(example)):
        yield Prepared(example, masked, None)
        return
    name, *others = said_names
    masked = _with_other_names(masked, others)
    place, misheard = _place_of(masked, name)
    if place is None:
        return
    yield Prepared(example, masked, place, misheard)
    said = masked.said(*place)
    for other in chance.sample(names, OTHER_NAMES.get(example.source, 0)):
        if said not in example.text:
            continue
        other = other.lower() if chance.random() < 0.8 else other
        text = example.text.replace(said, other, 1)
        changed = replace(example, text=text, things=frozenset({other.casefold()}))
        masked = masker.masked(text, example.names, changed.is_name)
        place, _ = _place_of(masked, other)
        if place is not None:
            yield Prepared(changed, masked, place, written=example.text)


def _names_of(example: Example) -> list[str]:
    values = {**example.values.get("asked", {}), **example.values}
    named: str | Sequence[str] = next(
        (values[each] for each in _NAMED if values.get(each)), ()
    )
    return [named] if isinstance(named, str) else list(named)


def _with_other_names(masked: Masked, others: Sequence[str]) -> Masked:
    """Return a sentence with the mark of a name in place of each but one."""
    for other in others:
        place, _ = _place_of(masked, other)
        if place is not None:
            masked = replace(masked, tokens=masked.with_name(*place, THING))
    return masked


def _place_of(masked: Masked, name: str) -> tuple[tuple[int, int] | None, bool]:
    """Return which words are a name, or else those that are most like it."""
    tokens = masked.tokens
    wanted = folded(name).replace(" ", "")
    best, found = 0.0, None
    for first in range(len(tokens)):
        for after in range(first + 1, min(first + 8, len(tokens)) + 1):
            if any(token.is_slot for token in tokens[first:after]):
                break
            said = folded(masked.said(first, after)).replace(" ", "")
            if said == wanted:
                return (first, after), False
            alike = fuzz.ratio(said, wanted)
            if alike > best:
                best, found = alike, (first, after)
    return (found, True) if best >= _ALIKE else (None, True)
