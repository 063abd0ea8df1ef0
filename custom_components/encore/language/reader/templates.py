"""Templates of a grammar as regular expressions, with which its rules are found anywhere in a sentence.

A rule such as `<when>` has optional words, lists and other rules. Each of its alternatives becomes one expression over the
normalized words of a sentence; what its lists mean is known for each group.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
import re
from typing import Any, Final

from hassil import Intents
from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    RuleReference,
    Sequence,
    TextChunk,
)
from hassil.intents import RangeSlotList, TextSlotList
from hassil.sample import sample_expression

from .spoken_numbers import with_numbers
from .tokens import joined, tokens_of

_GAP: Final = " *"
MENTIONS: Final = {
    "known_listener": r"<who\d>",
    "room": r"<room\d>",
    "known_room": r"<room\d>",
    "device": r"<device\d>",
}
"""The lists whose values stand in a sentence as slots already, and these."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a group of an expression means."""

    name: str
    values: Mapping[str, Any] | None
    """By what was said; None for a number and for a slot."""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """One alternative of a rule."""

    pattern: re.Pattern[str]
    slots: tuple[Slot, ...]

    def found(self, text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Yield where it is in normalized words, and the slots that it has there."""
        for match in self.pattern.finditer(text):
            slots = self._slots(match)
            if slots is not None and match.end() > match.start():
                yield match.start(), match.end(), slots

    def _slots(self, match: re.Match[str]) -> dict[str, Any] | None:
        said: dict[str, Any] = {}
        for slot, text in zip(self.slots, match.groups(), strict=True):
            if text is None:
                continue
            if slot.values is not None:
                said[slot.name] = slot.values[text]
            elif slot.most:
                if not slot.least <= int(text) <= slot.most:
                    return None
                said[slot.name] = int(text)
            else:
                said[slot.name] = text
        return said


class TemplateReader:
    """Makes expressions of the rules of one grammar."""

    def __init__(self, intents: Intents, language: str) -> None:
        """Take a grammar."""
        self._intents = intents
        self._language = language
        self._phrases: dict[str, dict[str, Any]] = {}

    def templates(
        self, rule: str, without: Iterable[str] = (), split: Iterable[str] = ()
    ) -> list[Template]:
        """Return the alternatives of a rule, none where there is no such rule.

        What needs one of the rules or lists `without` is left out. Each alternative of the rules `split` is one by itself:
        an expression finds its first branch that fits, and the longest is wanted.
        """
        if rule not in self._intents.expansion_rules:
            return []
        parts = self._alternatives(
            self._intents.expansion_rules[rule].expression, frozenset(split)
        )
        return [
            template
            for part in parts
            if (template := self._template(part, frozenset(without))) is not None
        ]

    def phrases(self, name: str) -> dict[str, Any]:
        """Return what a list of texts means, by normalized words."""
        if name not in self._phrases:
            values = self._intents.slot_lists.get(name)
            found: dict[str, Any] = {}
            if isinstance(values, TextSlotList):
                for value in values.values:
                    said = (
                        [value.text_in.text]
                        if isinstance(value.text_in, TextChunk)
                        else sample_expression(
                            value.text_in,
                            self._intents.slot_lists,
                            self._intents.expansion_rules,
                        )
                    )
                    for each in said:
                        found.setdefault(self.normalized(each), value.value_out)
            found.pop("", None)
            self._phrases[name] = found
        return self._phrases[name]

    def normalized(self, text: str) -> str:
        """Return words as a sentence has them once it is normalized."""
        return joined(with_numbers(tokens_of(text, {}), self._language))

    def _alternatives(
        self, part: Expression, split: frozenset[str]
    ) -> list[Expression]:
        while isinstance(part, Sequence) and len(part.items) == 1:
            part = part.items[0]
        if isinstance(part, Alternative) and not part.is_optional:
            return [
                each for item in part.items for each in self._alternatives(item, split)
            ]
        if isinstance(part, RuleReference):
            rule = self._intents.expansion_rules[part.rule_name]
            return self._alternatives(rule.expression, split)
        if isinstance(part, Sequence):
            for number, item in enumerate(part.items):
                if isinstance(item, RuleReference) and item.rule_name in split:
                    return [
                        Sequence(
                            items=[
                                *part.items[:number],
                                each,
                                *part.items[number + 1 :],
                            ]
                        )
                        for each in self._alternatives(item, split)
                    ]
        return [part]

    def _template(self, part: Expression, without: frozenset[str]) -> Template | None:
        slots: list[Slot] = []
        pattern = self._pattern(part, slots, without)
        if pattern is None or not pattern.strip(_GAP):
            return None
        return Template(re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), tuple(slots))

    def _pattern(
        self, part: Expression, slots: list[Slot], without: frozenset[str]
    ) -> str | None:
        """Return an expression, None for what cannot be; the slots of its groups are added."""
        match part:
            case TextChunk():
                return self._chunk(part.original_text)
            case Alternative():
                items = []
                for each in part.items:
                    added = len(slots)
                    inner = self._pattern(each, slots, without)
                    if inner is None:
                        del slots[added:]
                    else:
                        items.append(inner)
                if not items:
                    return None
                optional = "?" if part.is_optional or "" in items else ""
                some = "|".join(each for each in items if each)
                return f"(?:{some}){optional}" if some else ""
            case Sequence():
                parts = []
                for each in part.items:
                    inner = self._pattern(each, slots, without)
                    if inner is None:
                        return None
                    parts.append(inner)
                return "".join(parts)
            case RuleReference():
                if part.rule_name in without:
                    return None
                rule = self._intents.expansion_rules[part.rule_name]
                return self._pattern(rule.expression, slots, without)
            case ListReference():
                return None if part.list_name in without else self._list(part, slots)
            case _:
                raise TypeError(f"What is a {type(part).__name__}?")

    def _list(self, part: ListReference, slots: list[Slot]) -> str | None:
        if part.list_name in MENTIONS:
            slots.append(Slot(part.slot_name, None))
            return f"({MENTIONS[part.list_name]})"
        values = self._intents.slot_lists.get(part.list_name)
        if isinstance(values, RangeSlotList):
            slots.append(Slot(part.slot_name, None, values.start, values.stop))
            digits = len(str(values.stop))
            return rf"(?<!\d)(\d{{1,{digits}}})(?!\d)"
        phrases = self.phrases(part.list_name)
        if not phrases:
            return None
        slots.append(Slot(part.slot_name, phrases))
        return f"({trie(phrases)})"

    def _chunk(self, text: str) -> str:
        words = self.normalized(text)
        if text == "s":
            # A name with an s at its end has it as a word by itself.
            return rf"(?:{_GAP}')?s"
        if not words:
            sign = text.strip()
            return re.escape(sign.replace(".", ":")) if sign else (_GAP if text else "")
        before = _GAP if text[:1].isspace() or words.startswith("'") else ""
        after = _GAP if text[-1:].isspace() or words.endswith("'") else ""
        return before + _GAP.join(map(re.escape, words.split())) + after


def trie(phrases: Iterable[str]) -> str:
    """Return an expression for any of some phrases, the longest that fits first."""
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for word in phrase.split():
            node = node.setdefault(word, {})
        node[""] = {}
    return _branches(root)


def _branches(node: Mapping[str, Any]) -> str:
    """Return an expression for what may follow; words after which the same may follow share it."""
    words: dict[str, list[str]] = {}
    for word, after in sorted(node.items(), reverse=True):
        if word:
            rest = _branches(after)
            follows = f"(?: {rest}){'?' if '' in after else ''}" if rest else ""
            words.setdefault(follows, []).append(re.escape(word))
    parts = [
        (f"(?:{'|'.join(some)})" if len(some) > 1 else some[0]) + follows
        for follows, some in words.items()
    ]
    return f"(?:{'|'.join(parts)})" if parts else ""
