"""A sentence with its slots masked: each is one word in angle brackets, wherever it stood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
import re
from typing import Any, Final

import yaml

from ..intents import grammar_of
from ..sentence_files import read_grammar
from ..understood import Names
from .model import FOLDER
from .slot_finder import Found, Kind, NameMatcher, SlotFinder
from .spoken_numbers import with_numbers
from .templates import TemplateReader, trie
from .tokens import Token, Tokens, folded, joined, original, span_of, tokens_of

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST_NAME: Final = 8
"""Words of a name."""

_LONGEST_AGAIN: Final = 3
"""Words that are begun with twice; within a sentence, so many may belong there twice."""
_SHORT: Final = 4
"""Words of a sentence that may be a time alone."""

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

    def said(self, first: int, after: int) -> str:
        """Return what was said where some words stand."""
        return original(self.text, self.tokens[first:after])


class Masker:
    """Normalizes the sentences of a language and masks their slots."""

    def __init__(self, language: str) -> None:
        """Read the grammar and the words of a language. Reads the disk."""
        self.language = language
        self.reader = TemplateReader(grammar_of(language), language)
        self.finder = SlotFinder(self.reader)
        path = FOLDER / f"{language}.yaml"
        words: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
        self._contractions = {
            folded(word): tuple(folded(said).split())
            for word, said in words["contractions"].items()
        }
        self._fillers = self._any_of(words["fillers"])
        grammar = read_grammar(language)
        self._openings = self._any_of([*words["openings"], *grammar["openings"]])
        self._endings = self._any_of([*words["endings"], *grammar["endings"]])
        self._corrections = self._any_of(words["corrections"])
        self._and = frozenset(words["and"])
        self.going_on = frozenset(words["going_on"])
        """Words with which something goes on from what was said before."""
        self._beside = self._and | frozenset(words["or"])
        self.listening = self._any_of(words["listening"])
        """Words that are said of listening and hardly of anything else."""
        self._this_time = self.reader.templates("this_time")
        self._called = self._any_of(words["called"])
        self._ends_a_name = frozenset(words["ends_a_name"])
        self._one = frozenset(words["one"])
        self._article = frozenset(self.reader.phrases("one"))
        self._units = {
            word: unit
            for word, unit in self.reader.phrases("unit").items()
            if unit in {"minute", "hour", "day"}
        }
        self._before_one = frozenset(words["before_one"])
        self.weakly_listening = self._any_of(words["weakly_listening"])
        """Words that are said of listening, and of much else."""
        self._plain = self._any_of(words["plain"])
        """Words that look like a time and are none."""
        self.me = frozenset(words["me"])
        """How somebody speaks of himself."""
        self.until = frozenset(words["until"])
        """Words before the end of a time that lies ahead."""
        self._same_before = self._any_of(self.reader.phrases("same_before"))
        self.generic = frozenset(
            word
            for each in words["generic"]
            for word in self.reader.normalized(each).split()
        )
        """Words that name nothing by themselves."""

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
        tokens = self._words(text)
        tokens, slots = self._slots(text, tokens, matcher, is_name, clock)
        for _ in range(3):
            corrected = self._corrected(text, tokens, slots)
            if corrected is None:
                break
            tokens, slots = self._slots(text, corrected, matcher, is_name, clock)
        slots = [slot for slot in slots if not self._is_alone(slot, slots, tokens)]
        return self._masked(text, tokens, self._people(tokens, slots))

    def speaks_of_himself(self, masked: Masked) -> tuple[bool, bool]:
        """Return whether the asker speaks of himself, and whether he does so beside somebody who is named."""
        words = [token.text for token in masked.tokens]
        asker = {number for number, word in enumerate(words) if word in self.me}
        beside = any(
            near in asker
            and 0 <= between < len(words)
            and words[between] in self._beside
            for slot in masked.of(Kind.WHO)
            for near, between in (
                (slot.first - 2, slot.first - 1),
                (slot.after + 1, slot.after),
            )
        )
        return bool(asker), beside

    def this_time(self, masked: Masked) -> bool:
        """Whether this hour is meant: "at this time yesterday"."""
        words = joined(masked.tokens)
        return any(True for each in self._this_time for _ in each.found(words))

    def called(self, masked: Masked) -> str | None:
        """Return what something new shall be called: the words after "called"."""
        words = joined(masked.tokens)
        if not (found := self._called.search(words)) or found.end() == len(words):
            return None
        _, first = span_of(masked.tokens, *found.span())
        after = first
        while (
            after < min(len(masked.tokens), first + 4)
            and not masked.tokens[after].is_slot
            and (after == first or masked.tokens[after].text not in self._ends_a_name)
        ):
            after += 1
        return masked.said(first, after) or None

    def kind_in(self, masked: Masked) -> str | None:
        """Return the kind of what was heard that is named, such as podcasts."""
        return next(iter(self._in_words(masked, "kind_word", "on_kind")), None)

    def type_in(self, masked: Masked, place: tuple[int, int] | None) -> str | None:
        """Return what a name is said to be: right before it, or anywhere where there is no name."""
        if place is None:
            return next(iter(self._in_words(masked, "type")), None)
        before = [
            token.text for token in masked.tokens[max(place[0] - 4, 0) : place[0]]
        ]
        for length in range(len(before), 0, -1):
            words = " ".join(before[-length:])
            for name in ("made", "by_artist", "of_artist", "made_by", "type"):
                if found := self.reader.phrases(name).get(words):
                    return str(found)
        return None

    def _in_words(self, masked: Masked, *lists: str) -> Iterator[str]:
        words = joined(masked.tokens)
        for name in lists:
            for phrase, value in self.reader.phrases(name).items():
                if phrase in words and re.search(
                    rf"(?<!\S){re.escape(phrase)}(?!\S)", words
                ):
                    yield str(value)

    def lasting(self, masked: Masked) -> str | None:
        """Return how long something shall last: "for the next two hours" is 2_hours."""
        words = [token.text for token in masked.tokens]
        for number, word in enumerate(words):
            unit = self._units.get(word)
            for before in words[max(number - 2, 0) : number] if unit else ():
                count = (
                    "1" if before in self._one or before in self._article else before
                )
                if count.isdigit():
                    return f"{count}_{unit}s"
        return None

    def same_before(self, words: str) -> bool:
        """Whether the time range before one is named without its name, as in "than last"."""
        return self._same_before.search(words) is not None

    def _words(self, text: str) -> Tokens:
        """Return the words of a sentence without what means nothing."""
        tokens = tokens_of(text, self._contractions)
        tokens = _without(tokens, self._fillers)
        before = None
        while before != tokens:
            before = tokens
            tokens = _without_edge(tokens, self._openings, at_end=False)
            tokens = _without_edge(tokens, self._endings, at_end=True)
        return _once(self._with_one(with_numbers(tokens, self.language)))

    def _with_one(self, tokens: Tokens) -> Tokens:
        """Return the words with a number in place of "one" where a clock time is."""
        return tuple(
            replace(token, text="1")
            if token.text in self._one
            and number
            and tokens[number - 1].text in self._before_one
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
        marked, mentions = matcher.marked(tokens)
        plain = [
            span_of(marked, *found.span())
            for found in self._plain.finditer(joined(marked))
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

    def _corrected(
        self, text: str, tokens: Tokens, slots: list[Found]
    ) -> Tokens | None:
        """Return the words without what was taken back; None where nothing was."""
        words = joined(tokens)
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
            kept = (*tokens[: earlier.first], *tokens[later.first :])
        elif after - first == 1:
            # A mere "no" or "wait" may mean something else.
            return None
        elif len(tokens) - after >= 6:
            kept = tokens[after:]
        else:
            kept = (*tokens[:first], *tokens[after:])
        return self._unmarked(text, kept)

    def _is_alone(self, slot: Found, slots: list[Found], tokens: Tokens) -> bool:
        """Whether a word such as "night" is no time, because nothing says so."""
        if slot.kind is not Kind.PART or " " in slot.text or len(tokens) <= _SHORT:
            return False
        if any(
            other.kind is Kind.WHEN and slot.first in {other.after, other.first - 1}
            for other in slots
        ):
            return False
        return slot.first == 0 or tokens[slot.first - 1].text not in self.until

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

    def _any_of(self, phrases: Iterable[str]) -> re.Pattern[str]:
        words = {joined(tokens_of(each, {})) for each in phrases}
        numbered = {self.reader.normalized(each) for each in phrases}
        return re.compile(rf"(?<!\S)(?:{trie(sorted(words | numbered))})(?!\S)")


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
        )
    return known[key]


def _several(listener: Any) -> tuple[str, ...]:
    return listener if isinstance(listener, tuple) else (listener,)


def _alike(one: Found, other: Found) -> bool:
    times = {Kind.WHEN, Kind.AT, Kind.AGO, Kind.HOURS, Kind.DAY, Kind.PART}
    return one.kind is other.kind or {one.kind, other.kind} <= times


def _is_in_a_name(text: str, tokens: Tokens, slot: Found, is_name: IsName) -> bool:
    """Whether a slot is part of the name of something that was heard."""
    for length in range(slot.after - slot.first + 1, LONGEST_NAME + 1):
        for first in range(max(slot.after - length, 0), slot.first + 1):
            after = first + length
            if after <= len(tokens) and is_name(original(text, tokens[first:after])):
                return True
    return False


def _once(tokens: Tokens) -> Tokens:
    """Return the words without those that are said twice in a row."""
    result: list[Token] = []
    for token in tokens:
        result.append(token)
        for length in (1, 2, 3):
            first, second = result[-2 * length : -length], result[-length:]
            if length == _LONGEST_AGAIN and len(result) > 2 * length:
                continue
            if len(first) == length and [each.text for each in first] == [
                each.text for each in second
            ]:
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
