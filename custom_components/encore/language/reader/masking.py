"""A sentence with its slots masked: each is one word in angle brackets, wherever it stood."""

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import cache
import re
from typing import Any, Final

import yaml

from ..intents import grammar_of
from ..sentence_files import read_grammar
from ..understood import Names
from .corrections import Corrections
from .features import GROUP, OTHER, Groups
from .masked import LONGEST_NAME, IsName, Masked
from .slot_finder import Found, Kind, NameMatcher, SlotFinder
from .spoken_numbers import with_numbers
from .spoken_words import SpokenWords, phrase_pattern, read_words
from .templates import TemplateReader
from .tokens import Token, Tokens, folded, joined, original, span_of, tokens_of

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_AGAIN: Final = 3
"""Words that are begun with twice; within a sentence, so many may belong there twice."""
_SUBJECT_BEFORE: Final = 3
"""Words between which a verb and its subject stand."""
_SHORT: Final = 4
"""Words of a sentence that may be a time alone."""


class Masker:
    """Normalizes the sentences of a language and masks their slots."""

    def __init__(self, language: str) -> None:
        """Read the grammar and the words of a language. Reads the disk."""
        self.language = language
        self.reader = TemplateReader(grammar_of(language), language)
        words = read_words(language)
        self.finder = SlotFinder(self.reader, frozenset(words["until"]))
        self._contractions = {
            folded(word): tuple(folded(said).split())
            for word, said in words["contractions"].items()
        }
        self._fillers = self._any_of(words["fillers"])
        grammar = read_grammar(language)
        self._openings = self._any_of([*words["openings"], *grammar["openings"]])
        self._endings = self._any_of([*words["endings"], *grammar["endings"]])
        self._corrections = Corrections(
            self._any_of(words["corrections"]), self._any_of(words["denials"])
        )
        self._said_as = {
            " ".join(self._plain_words(said)): self._plain_words(meant)
            for said, meant in words.get("said_as", {}).items()
        }
        self._said_otherwise = self._any_of(words.get("said_as", ()))
        self.groups = self._groups(
            [*words["alike"], *words["alike_one"], *words["alike_many"]],
            words["other"],
        )
        """Words that mean much the same."""
        self._and = frozenset(words["and"])
        self._verbs: dict[str, str] = words.get("verbs", {})
        self._before_names = frozenset(
            [*words["and"], *words["or"], *words["ends_a_name"]]
        )
        self.words = SpokenWords(language, self.reader)
        """What single words say."""
        self._one = frozenset(words["one"])
        self._before_one = frozenset(words["before_one"])

    def masked(
        self,
        text: str,
        names: Names,
        is_name: IsName | None = None,
        *,
        clock: bool = False,
    ) -> Masked:
        """Return a sentence with its slots masked; one that is part of a name that there is stays.

        With `clock`, a number by itself is a clock time.
        """
        matcher = _matcher(self.language, names)
        tokens = self._words(text, is_name)
        tokens, slots = self._slots(text, tokens, matcher, is_name, clock)
        for _ in range(3):
            kept = self._corrections.kept(tokens, slots)
            if kept is None:
                break
            kept = self._unmarked(text, kept)
            tokens, slots = self._slots(text, kept, matcher, is_name, clock)
        slots = [slot for slot in slots if not self._is_alone(slot, slots, tokens)]
        return self._masked(text, tokens, self._people(tokens, slots))

    def _words(self, text: str, is_name: IsName | None) -> Tokens:
        """Return the words of a sentence without what means nothing, and without what was said twice outside of a name that there is."""
        tokens = tokens_of(text, self._contractions)
        tokens = _without(tokens, self._fillers)
        before = None
        while before != tokens:
            before = tokens
            tokens = _without_edge(tokens, self._openings, at_end=False)
            tokens = _without_edge(tokens, self._endings, at_end=True)
        tokens = self._as_meant(with_numbers(tokens, self.language))
        tokens = self._with_one(tokens)
        return _once(tokens, _in_repeating_names(text, tokens, is_name))

    def _as_meant(self, tokens: Tokens) -> Tokens:
        """Return the words with plain ones in place of phrases such as "a quarter of an hour"."""
        if not self._said_as:
            return tokens
        result: list[Token] = []
        at = 0
        for found in self._said_otherwise.finditer(joined(tokens)):
            first, after = span_of(tokens, *found.span())
            start, end = tokens[first].start, tokens[after - 1].end
            result += tokens[at:first]
            result += (
                Token(word, word, start, end) for word in self._said_as[found[0]]
            )
            at = after
        return (*result, *tokens[at:])

    def _plain_words(self, phrase: str) -> tuple[str, ...]:
        tokens = with_numbers(tokens_of(phrase, self._contractions), self.language)
        return tuple(token.text for token in tokens)

    def _with_one(self, tokens: Tokens) -> Tokens:
        """Return the words with a number in place of "one" where a clock time is."""
        return tuple(
            replace(token, text="1")
            if token.text in self._one
            and number
            and tokens[number - 1].exact in self._before_one
            else token
            for number, token in enumerate(tokens)
        )

    def _slots(
        self,
        text: str,
        tokens: Tokens,
        matcher: NameMatcher,
        is_name: IsName | None,
        clock: bool,
    ) -> tuple[Tokens, list[Found]]:
        marked, mentions = matcher.marked(tokens, self._verbs_in(tokens))
        plain = [
            span_of(marked, *found.span())
            for found in self.words.plain.finditer(joined(marked))
        ]
        slots = [
            slot
            for slot in self.finder.found(marked, mentions, clock=clock)
            if not any(
                slot.first < after and slot.after > first for first, after in plain
            )
        ]
        if is_name is not None:
            slots = [
                slot for slot in slots if not _is_in_a_name(text, marked, slot, is_name)
            ]
        return marked, slots

    def _verbs_in(self, tokens: Tokens) -> frozenset[int]:
        """Return which words are verbs and no name, because their subject stands beside them or shortly before."""
        words = [token.text for token in tokens]
        found = set()
        for number, word in enumerate(words):
            subject = self._verbs.get(word)
            before = words[max(number - _SUBJECT_BEFORE, 0) : number]
            if subject and (
                subject in words[number + 1 : number + 2]
                or (subject in before and self._before_names.isdisjoint(before))
            ):
                found.add(number)
        return frozenset(found)

    def _is_alone(self, slot: Found, slots: list[Found], tokens: Tokens) -> bool:
        """Whether a word such as "night" is no time, because nothing says so."""
        if slot.kind is not Kind.PART or " " in slot.text or len(tokens) <= _SHORT:
            return False
        if any(
            other.kind is Kind.WHEN and slot.first in {other.after, other.first - 1}
            for other in slots
        ):
            return False
        return slot.first == 0 or tokens[slot.first - 1].text not in self.words.until

    def _people(self, tokens: Tokens, slots: list[Found]) -> list[Found]:
        """Return the slots with listeners that are named together as one."""
        result: list[Found] = []
        for slot in slots:
            last = result[-1] if result else None
            between = tokens[last.after : slot.first] if last else ()
            if (
                last is not None
                and last.kind is slot.kind is Kind.WHO
                and [token.text for token in between if token.text not in self._and]
                == []
                and between
            ):
                several = (*_several(last.slots["listener"]), slot.slots["listener"])
                result[-1] = Found(
                    Kind.WHO, last.first, slot.after, {"listener": several}, last.text
                )
            else:
                result.append(slot)
        return result

    def _masked(self, text: str, tokens: Tokens, slots: list[Found]) -> Masked:
        result: list[Token] = []
        moved: list[Found] = []
        at = 0
        for slot in slots:
            result += self._unmarked(text, tokens[at : slot.first])
            mark = f"<{slot.kind}>"
            part = tokens[slot.first : slot.after]
            moved.append(
                Found(slot.kind, len(result), len(result) + 1, slot.slots, slot.text)
            )
            result.append(Token(mark, mark, part[0].start, part[-1].end))
            at = slot.after
        result += self._unmarked(text, tokens[at:])
        return Masked(text, tuple(result), tuple(moved))

    def _unmarked(self, text: str, tokens: Tokens) -> Tokens:
        """Return the words with those that were said in place of the marks of names."""
        result: list[Token] = []
        for token in tokens:
            if token.is_slot:
                said = text[token.start : token.end]
                result += (
                    Token(
                        each.text,
                        each.exact,
                        each.start + token.start,
                        each.end + token.start,
                    )
                    for each in tokens_of(said, self._contractions)
                )
            elif token.start < token.end:
                result.append(token)
        return tuple(result)

    def _groups(self, alike: list[list[str]], other: list[str]) -> Groups:
        groups: dict[str, tuple[str, ...]] = {}
        marks = [f"{GROUP}{number}" for number in range(len(alike))]
        for mark, phrases in zip((*marks, OTHER), (*alike, other), strict=True):
            for phrase in phrases:
                tokens = tokens_of(phrase, self._contractions)
                words = joined(with_numbers(tokens, self.language))
                groups[words] = (*groups.get(words, ()), mark)
        return groups

    def _any_of(self, phrases: Iterable[str]) -> re.Pattern[str]:
        return phrase_pattern(self.reader, phrases)


@cache
def masker_of(language: str) -> Masker:
    """Return the masker of a language; one that is made takes a while. Reads the disk once."""
    return Masker(language)


@cache
def _matcher_cache() -> dict[tuple[str, Names], NameMatcher]:
    return {}


def _matcher(language: str, names: Names) -> NameMatcher:
    """Return what finds names; it is kept while the names stay."""
    known = _matcher_cache()
    key = (language, names)
    if key not in known:
        if len(known) > 32:
            known.clear()
        known[key] = NameMatcher(
            masker_of(language).reader,
            (
                (Kind.ROOM, names.rooms),
                (Kind.WHO, names.listeners),
                (Kind.DEVICE, names.devices),
            ),
            read_words(language).get("name_endings", ()),
        )
    return known[key]


def _several(listener: Any) -> tuple[str, ...]:
    return listener if isinstance(listener, tuple) else (listener,)


def _is_in_a_name(text: str, tokens: Tokens, slot: Found, is_name: IsName) -> bool:
    """Whether a slot, or a part of it, belongs to the name of something that was heard that is longer."""
    for first in range(max(slot.after - LONGEST_NAME, 0), slot.after):
        for after in range(
            max(first, slot.first) + 1, min(first + LONGEST_NAME, len(tokens)) + 1
        ):
            if first >= slot.first and after <= slot.after:
                continue
            if is_name(original(text, tokens[first:after])):
                return True
    return False


def _in_repeating_names(
    text: str, tokens: Tokens, is_name: IsName | None
) -> set[Token]:
    """Return the words of names that there are, and that have words twice: "New York, New York"."""
    if is_name is None:
        return set()
    return {
        token
        for first in range(len(tokens))
        for after in range(first + 2, min(first + LONGEST_NAME, len(tokens)) + 1)
        if len(_once(tokens[first:after], set())) < after - first
        and is_name(original(text, tokens[first:after]))
        for token in tokens[first:after]
    }


def _once(tokens: Tokens, kept: Container[Token]) -> Tokens:
    """Return the words without those that are said twice in a row, but for some."""
    result: list[Token] = []
    for token in tokens:
        result.append(token)
        for length in (1, 2, 3):
            first, second = result[-2 * length : -length], result[-length:]
            if length == _LONGEST_AGAIN and len(result) > 2 * length:
                continue
            if (
                len(first) == length
                and [each.text for each in first] == [each.text for each in second]
                and not all(each in kept for each in second)
            ):
                del result[-length:]
                break
    return tuple(result)


def _without(tokens: Tokens, phrases: re.Pattern[str]) -> Tokens:
    """Return the words without some phrases, wherever they stand."""
    while found := phrases.search(joined(tokens)):
        first, after = span_of(tokens, *found.span())
        tokens = (*tokens[:first], *tokens[after:])
        if not tokens:
            break
    return tokens


def _without_edge(tokens: Tokens, phrases: re.Pattern[str], *, at_end: bool) -> Tokens:
    """Return the words without a phrase at their beginning or end; one that is all there is stays."""
    words = joined(tokens)
    for found in phrases.finditer(words):
        if found.start() == 0 and not at_end and found.end() < len(words):
            return tokens[span_of(tokens, *found.span())[1] :]
        if found.end() == len(words) and at_end and found.start() > 0:
            return tokens[: span_of(tokens, *found.span())[0]]
    return tokens
