"""Words of a language that say something of a sentence, wherever they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
import re
from typing import Any, Final

import yaml

from .masked import Masked
from .model import FOLDER
from .slot_finder import Kind
from .templates import TemplateReader, trie
from .tokens import Tokens, joined, span_of, tokens_of

_BEFORE_CALLED: Final = 5
"""More words stand before what something is called where it is said first what it is made of."""
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TIME_LISTS: Final = (
    "unit",
    "month",
    "weekday",
    "season",
    "part",
    "time",
    "feast",
    "night_unit",
    "offset",
    "no_range",
)
"""Lists of a grammar whose words are said of times."""

_OWNED: Final = (1, 2)
"""How many words before a listener one stands that says whose he is: "my Ben", "my daughter Alva"."""
_LONGEST_FEW: Final = 3
"""Words that say a number, such as "a couple of"."""


@cache
def read_words(language: str) -> dict[str, Any]:
    """Return what the reader needs to know of a language beside its grammar and what it learned. Reads the disk once."""
    path = FOLDER / f"{language}.yaml"
    words: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    return words


def phrase_pattern(reader: TemplateReader, phrases: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for any of some phrases, within normalized words."""
    written = list(phrases)
    words = {joined(tokens_of(each, {})) for each in written}
    numbered = {reader.normalized(each) for each in written}
    return re.compile(rf"(?<!\S)(?:{trie(sorted(words | numbered))})(?!\S)")


class SpokenWords:
    """What single words of a sentence say."""

    def __init__(self, language: str, reader: TemplateReader) -> None:
        """Read the words of a language. Reads the disk once."""
        self.reader = reader
        words = read_words(language)
        self.between = frozenset({*words["and"], *words["until"]})
        """Words between two clock times that are the ends of a time range."""
        self.relative = frozenset(words.get("relative", ()))
        """Words with which a clause begins that says what is meant."""
        self._we = frozenset(words["we"])
        self._sounded = frozenset(words.get("sounded", ()))
        self._heard_from = frozenset(words.get("heard_from", ()))
        self._it_was = frozenset(map(self.reader.normalized, words["it_was"]))
        self.going_on = frozenset(words["going_on"])
        """Words with which something goes on from what was said before."""
        self.beside = frozenset({*words["and"], *words["or"]})
        """Words between what is named together or compared."""
        self.by = frozenset(words["by"])
        """Words between a title and its artist."""
        self.listening = self._any_of(words["listening"])
        """Words that are said of listening and hardly of anything else."""
        self._mine = frozenset(words["mine"])
        self._ours = frozenset(words["ours"])
        self._of_one = self._any_of(chain.from_iterable(words["alike_one"]))
        self._of_many = self._any_of(chain.from_iterable(words["alike_many"]))
        self._of_times = frozenset(
            phrase
            for name in _TIME_LISTS
            for phrase, value in self.reader.phrases(name).items()
            if value not in {"minute", "hour"}
        )
        self._kinds = {
            self.reader.normalized(said): kind for said, kind in words["kinds"].items()
        }
        self._this_time = self.reader.templates("this_time")
        self.again = self._any_of(words["again"])
        """Words that say that something shall be once more; something may be called so, too."""
        self._called = self._any_of(words["called"])
        self._ends_a_name = frozenset(words["ends_a_name"])
        self._one = frozenset(words["one"])
        self._article = frozenset(self.reader.phrases("one"))
        self._few = self.reader.phrases("few")
        self.before_noun = frozenset(
            self.reader.normalized(each) for each in words["before_noun"]
        )
        """Articles and the like."""
        self._next = frozenset(self.reader.normalized(each) for each in words["next"])
        self._units = {
            word: unit
            for word, unit in self.reader.phrases("unit").items()
            if unit in {"minute", "hour", "day", "week", "month"}
        }
        self._before_name: dict[str, str] = {
            self.reader.normalized(said): of
            for of, phrases in words["before_name"].items()
            for said in phrases
        }
        self._says = {
            name: {value: self._any_of(said) for value, said in values.items()}
            for name, values in words["says"].items()
        }
        self.weakly_listening = self._any_of(words["weakly_listening"])
        """Words that are said of listening, and of much else."""
        self.plain = self._any_of(words["plain"])
        """Words that look like a time and are none."""
        self._me_in_verbs = frozenset(words.get("me_in_verbs", ()))
        self._maybe_me_in_verbs = frozenset(words.get("maybe_me_in_verbs", ()))
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

    def speaks_of_himself(self, masked: Masked) -> tuple[bool, bool, bool]:
        """Return whether the asker speaks of himself, whether beside somebody who is named, and whether a verb says so."""
        words = [token.text for token in masked.tokens]
        people = masked.of(Kind.WHO)
        asker = {
            number
            for number, token in enumerate(masked.tokens)
            if token.text in self.me
            and not (
                token.exact in self._mine
                and any(slot.first - number in _OWNED for slot in people)
            )
        }
        beside = any(
            near in asker
            and 0 <= between < len(words)
            and words[between] in self.beside
            for slot in people
            for near, between in (
                (slot.first - 2, slot.first - 1),
                (slot.after + 1, slot.after),
            )
        ) or any(
            slot.first - 1 in asker and isinstance(slot.slots["listener"], tuple)
            for slot in people
        )
        verbs = {token.exact for token in masked.tokens}
        by_me = not verbs.isdisjoint(self._me_in_verbs)
        maybe = not verbs.isdisjoint(self._maybe_me_in_verbs)
        return bool(asker) or by_me or maybe, beside, by_me

    def owner(self, masked: Masked) -> str | None:
        """Return whose what is asked about is said to be: mine or ours, which a room or a person is not."""
        tokens = masked.tokens
        not_asked_about = {slot.first for slot in masked.of(Kind.ROOM, Kind.WHO)}
        for number, token in enumerate(tokens):
            if number + 1 not in not_asked_about:
                if token.exact in self._mine:
                    return "me"
                if token.exact in self._ours:
                    return "everyone"
        own = self._mine.intersection(
            word for each in masked.of(Kind.DEVICE) for word in each.text.split()
        )
        return "me" if own else None

    def heard_at(self, masked: Masked) -> frozenset[int]:
        """Return which words are places in which something was heard: before its verb, or after "from the"."""
        words = [token.text for token in masked.tokens]
        return frozenset(
            each.first
            for each in masked.of(Kind.ROOM, Kind.DEVICE)
            if not self._sounded.isdisjoint(words[each.after : each.after + 1])
            or not self._heard_from.isdisjoint(
                words[max(each.first - 2, 0) : each.first]
            )
        )

    def was_somebody(self, masked: Masked) -> bool:
        """Whether the listener who is named is who it was that listened: "that was Priya"."""
        words = [token.text for token in masked.tokens]
        return any(
            " ".join(words[max(first - length, 0) : first]) in self._it_was
            for each in masked.of(Kind.WHO)
            for first in (
                each.first,
                each.first - (words[each.first - 1] in self.before_noun),
            )
            for length in (1, 2, 3)
        )

    def speaks_of_all(self, masked: Masked) -> bool:
        """Whether the asker speaks of all of the house."""
        return any(
            token.exact in self._we or token.text in self._we for token in masked.tokens
        )

    def number_of(self, tokens: Tokens) -> int | None:
        """Return one where one song or the like is named, more where some are, None where neither or both are."""
        words = joined(tokens)
        one, many = self._of_one.search(words), self._of_many.search(words)
        return (1 if one else 2) if bool(one) != bool(many) else None

    def left_over(self, tokens: Tokens) -> int:
        """Return how many numbers and words of times are in no slot: something may be meant by them that was not found."""
        plain = {
            number
            for found in self.plain.finditer(joined(tokens))
            for number in range(*span_of(tokens, *found.span()))
        }
        return sum(
            token.text in self._of_times or token.text[0].isdigit()
            for number, token in enumerate(tokens)
            if number not in plain
        )

    def this_time(self, masked: Masked) -> bool:
        """Whether this hour is meant: "at this time yesterday"."""
        words = joined(masked.tokens)
        return any(True for each in self._this_time for _ in each.found(words))

    def called_at(self, masked: Masked) -> tuple[int, int] | None:
        """Return which words say what something new shall be called: those after "called"; it may be called like a time."""
        words = joined(masked.tokens)
        if not (found := self._called.search(words)) or found.end() == len(words):
            return None
        before, first = span_of(masked.tokens, *found.span())
        # What it is made of is said already, so that the name goes on to the end.
        is_last = before > _BEFORE_CALLED
        after = first
        while after < min(len(masked.tokens), first + 4) and (
            after == first
            or not (
                masked.tokens[after].is_slot
                or (masked.tokens[after].exact in self._ends_a_name and not is_last)
            )
        ):
            after += 1
        return first, after

    def kind_in(self, tokens: Tokens) -> str | None:
        """Return the kind of what was heard that is named, such as podcasts."""
        return next(
            chain(
                self._in_words(tokens, self.reader.phrases("kind_word")),
                self._in_words(tokens, self.reader.phrases("on_kind")),
                self._in_words(tokens, self._kinds),
            ),
            None,
        )

    def type_in(self, masked: Masked, place: tuple[int, int] | None) -> str | None:
        """Return what a name is said to be: right before it, or anywhere where there is no name."""
        if place is None:
            return next(
                self._in_words(masked.tokens, self.reader.phrases("type")), None
            )
        before = [
            token.text for token in masked.tokens[max(place[0] - 4, 0) : place[0]]
        ]
        if before and self._called.fullmatch(before[-1]):
            return self._type_called(before[:-1])
        for length in range(len(before), 0, -1):
            words = " ".join(before[-length:])
            for name in ("made", "by_artist", "of_artist", "made_by", "type"):
                if found := self.reader.phrases(name).get(words):
                    return str(found)
            if words in self._before_name:
                return self._before_name[words]
        return None

    def type_with(self, masked: Masked, place: tuple[int, int] | None) -> str | None:
        """Return what it is whose title has the words of a name: "songs with night"."""
        if (
            place is None
            or place[0] < 2
            or masked.tokens[place[0] - 1].exact not in self._ends_a_name
        ):
            return None
        return self._type_called([masked.tokens[place[0] - 2].text])

    def _type_called(self, before: Sequence[str]) -> str | None:
        """Return what it is that is called so: "artists called Kite"."""
        word = before[-1] if before else ""
        found = self.reader.phrases("types").get(word)
        return str(found or self.reader.phrases("type").get(word) or "") or None

    def _in_words(self, tokens: Tokens, phrases: Mapping[str, Any]) -> Iterator[str]:
        words = joined(tokens)
        for phrase, value in phrases.items():
            if phrase in words and re.search(
                rf"(?<!\S){re.escape(phrase)}(?!\S)", words
            ):
                yield str(value)

    def lasting(self, masked: Masked) -> str | None:
        """Return how long something shall last: "for the next two hours" is 2_hours.

        Some hours may look like a clock time: "pendant trois heures".
        """
        for slot in masked.of(Kind.AT):
            hours, _, of = slot.text.partition(" ")
            front = masked.tokens[slot.first - 1].text if slot.first else ""
            if hours.isdigit() and of in self._units and front not in self.until:
                return f"{hours}_{self._units[of]}s"
        words = [token.text for token in masked.tokens]
        for number, word in enumerate(words):
            unit = self._units.get(word)
            if unit and number and words[number - 1] in self._next:
                return f"1_{unit}s"
            for length in range(min(_LONGEST_FEW, number), 0, -1) if unit else ():
                if few := self._few.get(" ".join(words[number - length : number])):
                    return f"{few}_{unit}s"
            for before in words[max(number - 2, 0) : number] if unit else ():
                count = (
                    "1" if before in self._one or before in self._article else before
                )
                if count.isdigit():
                    ends = {each.text for each in masked.tokens[: number - 1][-1:]}
                    return None if ends & self.until else f"{count}_{unit}s"
        return None

    def details_in(self, words: str) -> dict[str, str]:
        """Return the details that words say by themselves: those of which one value is said."""
        found = {
            name: [value for value, said in values.items() if said.search(words)]
            for name, values in self._says.items()
        }
        return {name: values[0] for name, values in found.items() if len(values) == 1}

    def same_before(self, words: str) -> bool:
        """Whether the time range before one is named without its name, as in "than last"."""
        return self._same_before.search(words) is not None

    def _any_of(self, phrases: Iterable[str]) -> re.Pattern[str]:
        return phrase_pattern(self.reader, phrases)
