"""Finds the few templates of a grammar that a sentence may match, and what of them, before hassil matches them.

hassil tries each alternative of each template in each place. Here they are walked over the letters and digits of a sentence
alone: what is found is at which positions a part can end, once for each rule and position. Too much may be found, because words
are not known, and never too little.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Final

from hassil import Intents
from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.intents import Intent, RangeSlotList, SlotList, TextSlotList
from unicode_rbnf import RbnfEngine

from .intents import ANSWERED, MAKES_OF_ANSWER, intents_of

_KEY: Final = 3
"""Letters by which words are looked up."""
_MOST_WORDS: Final = 100
"""More ways to say something are not written out."""


@dataclass(slots=True)
class _Text:
    """A sentence that is looked at."""

    letters: str
    lists: Mapping[str, SlotList]
    """What may be mentioned now."""
    found: dict[tuple[str, int], int] = field(default_factory=dict)
    """Ends of rules and lists, by name and where they begin."""
    words: dict[str, _Ends] = field(default_factory=dict)
    """What finds the words of a list."""


type _Ends = Callable[[_Text, int], int]
"""Returns at which positions a part that begins at one can end, as bits."""
type _Part = _Ends | frozenset[str]
"""What finds a part, or all ways to say it."""


class Candidates:
    """The templates of a part of a grammar."""

    def __init__(self, intents: Intents, language: str) -> None:
        """Take a grammar."""
        self._intents = intents
        self._language = language
        self._rules: dict[str, _Part] = {}
        self._lists: dict[str, _Ends] = {}
        self._parts: dict[int, _Ends] = {}
        """What finds a part of the grammar, by its identity."""
        self.templates = [
            (intent.name, data, each.expression)
            for intent in intents.intents.values()
            for data in intent.data
            for each in data.sentences
        ]
        """Each with the intent that it is of."""
        for _, _, template in self.templates:
            self._ends(template)

    def of(self, text: str, lists: Mapping[str, SlotList]) -> Intents:
        """Return the grammar with what alone a sentence may match; `lists` are what may be mentioned."""
        looked = _Text(_letters(text), lists)
        whole = 1 << len(looked.letters)
        found: dict[str, Intent] = {}
        for name, data, template in self.templates:
            if self._ends(template)(looked, 0) & whole:
                alone = replace(data, sentence_texts=[])
                # Not to be parsed: what hassil would remember of its texts.
                vars(alone)["sentences"] = [
                    Sentence(self._matching(template, looked, 1, whole))
                ]
                found.setdefault(name, Intent(name)).data.append(alone)
        return replace(self._intents, intents=found)

    def without(self, intent: str) -> Candidates:
        """Return the templates of all other intents; what was prepared is shared."""
        others = copy(self)
        others.templates = [each for each in self.templates if each[0] != intent]
        return others

    def _matching(
        self, part: Expression, text: _Text, starts: int, ends: int
    ) -> Expression:
        """Return a part without the alternatives that lead from none of some positions to one of others."""
        match part:
            case Alternative():
                return Alternative(
                    items=[
                        self._matching(each, text, starts, ends)
                        for each in part.items
                        if self._reached(each, text, starts) & ends
                    ],
                    is_optional=part.is_optional,
                )
            case Sequence():
                reached = [starts]
                for each in part.items:
                    reached.append(self._reached(each, text, reached[-1]))
                items: list[Expression] = []
                for each, before in zip(
                    reversed(part.items), reversed(reached[:-1]), strict=True
                ):
                    finder = self._ends(each)
                    leading = 0
                    for start in _positions(before):
                        if finder(text, start) & ends:
                            leading |= 1 << start
                    items.append(self._matching(each, text, leading, ends))
                    ends = leading
                return Sequence(items=items[::-1])
            case RuleReference():
                rule = self._intents.expansion_rules[part.rule_name]
                return self._matching(rule.expression, text, starts, ends)
            case _:
                return part

    def _reached(self, part: Expression, text: _Text, starts: int) -> int:
        return _reached(self._ends(part), text, starts)

    def _ends(self, part: Expression) -> _Ends:
        if id(part) not in self._parts:
            self._parts[id(part)] = _finder(self._part(part))
        return self._parts[id(part)]

    def _part(self, part: Expression) -> _Part:
        match part:
            case TextChunk():
                return frozenset({_letters(part.text)})
            case Alternative():
                return _any_of([self._part(each) for each in part.items])
            case Sequence():
                return _one_after_another([self._part(each) for each in part.items])
            case RuleReference():
                return self._rule(part.rule_name)
            case ListReference():
                return self._list(part.list_name)
            case _:
                return _anything

    def _rule(self, name: str) -> _Part:
        if name not in self._rules:
            inner = self._part(self._intents.expansion_rules[name].expression)
            self._rules[name] = (
                inner if isinstance(inner, frozenset) else _once(name, inner)
            )
        return self._rules[name]

    def _list(self, name: str) -> _Ends:
        if name not in self._lists:
            own = self._intents.slot_lists.get(name)
            self._lists[name] = _once(f"{{{name}}}", self._mentioned(name, own))
        return self._lists[name]

    def _mentioned(self, name: str, own: SlotList | None) -> _Ends:
        inner = None if own is None else self._values(own)

        def ends(text: _Text, at: int) -> int:
            if name not in text.lists:
                return (inner or _anything)(text, at)
            if name not in text.words:
                text.words[name] = self._values(text.lists[name])
            return text.words[name](text, at)

        return ends

    def _values(self, values: SlotList) -> _Ends:
        if isinstance(values, TextSlotList):
            return _finder(
                _any_of([self._part(value.text_in) for value in values.values])
            )
        if isinstance(values, RangeSlotList):
            return _number(values, self._language)
        return _anything


@cache
def candidates_of(
    language: str, part: str = "intents", instead_of: str | None = None
) -> Candidates:
    """Return the templates of a part of a grammar, as `intents_of` has them. Reads the disk once."""
    if part == ANSWERED:
        every = candidates_of(language, "intents", instead_of)
        return every.without(MAKES_OF_ANSWER)
    return Candidates(intents_of(language, part, instead_of), language)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _anything(text: _Text, at: int) -> int:
    """Return all positions after one."""
    return (1 << len(text.letters) + 1) - (2 << at)


def _finder(part: _Part) -> _Ends:
    if not isinstance(part, frozenset):
        return part
    by_start: dict[str, tuple[str, ...]] = {}
    for word in part:
        start = word[:_KEY]
        by_start[start] = (*by_start.get(start, ()), word)
    lengths = sorted({len(start) for start in by_start})

    def ends(text: _Text, at: int) -> int:
        letters, found = text.letters, 0
        for length in lengths:
            for word in by_start.get(letters[at : at + length], ()):
                if letters.startswith(word, at):
                    found |= 1 << at + len(word)
        return found

    return ends


def _any_of(parts: Iterable[_Part]) -> _Part:
    words: set[str] = set()
    others: list[_Ends] = []
    for part in parts:
        if isinstance(part, frozenset):
            words |= part
        else:
            others.append(part)
    if not others:
        return frozenset(words)
    finders = (_finder(frozenset(words)), *others) if words else tuple(others)

    def ends(text: _Text, at: int) -> int:
        found = 0
        for finder in finders:
            found |= finder(text, at)
        return found

    return ends


def _one_after_another(parts: Iterable[_Part]) -> _Part:
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            isinstance(part, frozenset)
            and isinstance(last, frozenset)
            and len(part) * len(last) <= _MOST_WORDS
        ):
            joined[-1] = frozenset(map("".join, product(last, part)))
        else:
            joined.append(part)
    if len(joined) == 1:
        return joined[0]
    finders = tuple(map(_finder, joined))

    def ends(text: _Text, at: int) -> int:
        reached = 1 << at
        for finder in finders:
            reached = _reached(finder, text, reached)
            if not reached:
                return 0
        return reached

    return ends


def _reached(finder: _Ends, text: _Text, starts: int) -> int:
    """Return at which positions a part can end that begins at one of some."""
    found = 0
    for start in _positions(starts):
        found |= finder(text, start)
    return found


def _positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _once(name: str, inner: _Ends) -> _Ends:
    """Return what finds a part, and remembers it while one sentence is looked at."""

    def ends(text: _Text, at: int) -> int:
        found = text.found.get((name, at))
        if found is None:
            found = text.found[name, at] = inner(text, at)
        return found

    return ends


def _number(values: RangeSlotList, language: str) -> _Ends:
    in_words = _finder(_number_words(language, values.start, values.stop))

    def ends(text: _Text, at: int) -> int:
        found, after = in_words(text, at), at
        while after < len(text.letters) and text.letters[after].isdecimal():
            after += 1
            found |= 1 << after
        return found

    return ends


@cache
def _number_words(language: str, first: int, last: int) -> frozenset[str]:
    engine = RbnfEngine.for_language(language)
    return frozenset(
        _letters(words)
        for number in range(first, last + 1)
        for words in engine.format_number(number).text_by_ruleset.values()
    )
