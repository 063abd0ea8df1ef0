"""Finds the slots of a sentence, wherever they stand: times, rooms, listeners."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
import re
from typing import Any, Final

from ...questions.naming.names import bare
from .templates import Template, TemplateReader
from .tokens import Token, Tokens, joined, span_of

_LONGEST_NAME: Final = 6
"""Words of a listener's or room's name."""
_LONG_NAME: Final = 5
"""Letters of a name that may be heard in pieces."""
_LOOSE: Final = "0 0"
_BARE_NUMBER: Final = re.compile(r"\d+(?: \d+)?")
_MENTION: Final = re.compile(r"<(who|room|device)(\d)>")
_MOST_MENTIONS: Final = 10
_MOST_LOOKS: Final = 3
_TOP: Final = "top"
"""Before a number that is how many are asked for, and so no day of a month, in all languages."""
_TAKEN: Final = "<.>"
"""In place of a word that a slot has."""


class Kind(StrEnum):
    """What a slot stands for; of two that are as long, the first is taken."""

    AGO = "ago"
    """A moment some minutes or hours ago."""
    AT = "at"
    """A clock time."""
    HOURS = "hours"
    """From one hour to another."""
    WHEN = "when"
    """A time range."""
    DAY = "day"
    """This day of other years."""
    PART = "part"
    """A part of a day that was named elsewhere."""
    EARLIER = "earlier"
    """The time range before the one that was spoken of."""
    ROOM = "room"
    DEVICE = "device"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Found:
    """A slot: which words it takes, and what they mean."""

    kind: Kind
    first: int
    after: int
    slots: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    """The words."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: of which kind, and who or what is meant."""

    kind: Kind
    meant: str


_MENTIONED: Final = (
    (Kind.WHO, "listener"),
    (Kind.ROOM, "room"),
    (Kind.DEVICE, "device"),
)
"""Kinds of names, and the slot that one by itself is."""


class NameMatcher:
    """Finds the names of listeners, rooms and devices."""

    def __init__(
        self,
        reader: TemplateReader,
        names: Iterable[tuple[Kind, Iterable[tuple[str, str]]]],
        endings: Iterable[str] = (),
    ) -> None:
        """Take pairs of what is said and what is meant, by kind; the names of listeners may have the endings."""
        self._meant: dict[tuple[str, ...], Mention] = {}
        for kind, pairs in names:
            for said, meant in pairs:
                for form in (said, bare(said)):
                    words = tuple(reader.normalized(form).split())
                    if words:
                        self._meant.setdefault(words, Mention(kind, meant))
        self._meant |= {
            ended: mention
            for words, mention in self._meant.items()
            if mention.kind is Kind.WHO
            for ending in endings
            if (ended := (*words[:-1], words[-1] + ending)) not in self._meant
        }

    def marked(
        self, tokens: Tokens, no_names: Container[int] = ()
    ) -> tuple[Tokens, list[Mention]]:
        """Return the words with a mark for each name, and what the marks mean; some words are no names."""
        result: list[Token] = []
        mentions: list[Mention] = []
        at = 0
        while at < len(tokens):
            length, mention, owns = self._at(tokens, at)
            if mention is None or len(mentions) == _MOST_MENTIONS or at in no_names:
                result.append(tokens[at])
                at += 1
                continue
            mark = f"<{mention.kind}{len(mentions)}>"
            start, end = tokens[at].start, tokens[at + length - 1].end
            result.append(Token(mark, mark, start, end))
            if owns:
                result.append(Token("'s", "'s", end, end))
            mentions.append(mention)
            at += length
        return tuple(result), mentions

    def _at(self, tokens: Tokens, at: int) -> tuple[int, Mention | None, bool]:
        """Return how many words a name has that begins here, who is meant, and whether it is a genitive."""
        for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            words = tuple(token.text for token in tokens[at : at + length])
            if mention := self._meant.get(words) or self._in_pieces(words):
                return length, mention, False
            if words[-1].endswith("s") and len(words[-1]) > 2:
                owner = self._meant.get((*words[:-1], words[-1][:-1]))
                if owner and owner.kind is Kind.WHO:
                    return length, owner, True
        return 0, None, False

    def _in_pieces(self, words: tuple[str, ...]) -> Mention | None:
        """Return who or what is meant by a name of one word that was heard as several: "kit chen"."""
        whole = "".join(words)
        return self._meant.get((whole,)) if len(whole) >= _LONG_NAME else None


class SlotFinder:
    """Finds the slots of one language, by the rules of its grammar."""

    def __init__(self, reader: TemplateReader, until: Container[str]) -> None:
        """Make expressions of the rules; `until` are phrases after which a number is a clock time."""
        self._until = until
        clock = ("clock", "clock_by_itself")
        self._templates: list[tuple[Kind, list[Template]]] = [
            (Kind.AGO, reader.templates("moment", without=("at", "day_named"))),
            (Kind.AT, reader.templates("at", split=clock)),
            (Kind.HOURS, reader.templates("hours")),
            (Kind.DAY, reader.templates("this_day") + reader.templates("on_day")),
            (
                Kind.WHEN,
                reader.templates("when", ("hours",), ("day_named", "weekday_named")),
            ),
            (Kind.PART, reader.templates("when_part")),
            (Kind.ROOM, reader.templates("where", without=("on_kind", "any_device"))),
        ]
        self._clock = reader.templates("clock", split=clock)
        """Clock times as they are where the day stands beside them."""
        self._earlier = reader.phrases("earlier")
        self._units = frozenset(reader.phrases("unit"))

    def found(
        self, tokens: Tokens, mentions: list[Mention], *, clock: bool = False
    ) -> list[Found]:
        """Return the slots in the order of the sentence; none overlaps another.

        With `clock`, a number by itself is a clock time.
        """
        chosen: list[Found] = []
        order = list(Kind)
        for _ in range(_MOST_LOOKS):
            blocked = _without_words(tokens, chosen)
            every = [
                each
                for each in self._candidates(blocked, joined(blocked))
                if not _is_of_a_list(each, tokens)
            ]
            whens = [each for each in (*every, *chosen) if each.kind is Kind.WHEN]
            candidates = [
                each
                for each in every
                if _means_something(each)
                or (
                    each.kind is Kind.AT
                    and (
                        clock
                        or _beside(each, whens, len(tokens))
                        or self._ends_something(each, tokens)
                    )
                )
            ]
            candidates.sort(
                key=lambda each: (each.first - each.after, order.index(each.kind))
            )
            taken: set[int] = set()
            overlapped = False
            for each in candidates:
                words = set(range(each.first, each.after))
                if not words & taken:
                    taken |= words
                    chosen.append(each)
                elif not words <= taken:
                    overlapped = True
            # What is left of a slot that others took words of may be one by itself.
            if not overlapped:
                break
        taken = {at for each in chosen for at in range(each.first, each.after)}
        chosen += [
            Found(kind, number, number + 1, {name: token.text}, token.text)
            for number, token in enumerate(tokens)
            for kind, name in _MENTIONED
            if token.text.startswith(f"<{kind}") and number not in taken
        ]
        return sorted(
            (_meant(each, mentions) for each in chosen), key=lambda each: each.first
        )

    def _ends_something(self, clock: Found, tokens: Tokens) -> bool:
        """Whether a number is a clock time because something lasts until then: "until nine"."""
        after = tokens[clock.after].text if clock.after < len(tokens) else ""
        before = (tokens[max(clock.first - count, 0) : clock.first] for count in (1, 2))
        return after not in self._units and any(
            joined(words) in self._until for words in before
        )

    def _candidates(self, tokens: Tokens, text: str) -> Iterator[Found]:
        for kind, templates in self._templates:
            for template in templates:
                for start, end, slots in template.found(text):
                    first, after = span_of(tokens, start, end)
                    yield _dated(Found(kind, first, after, slots, text[start:end]))
        for template in self._clock:
            for start, end, slots in template.found(text):
                first, after = span_of(tokens, start, end)
                # Only a number: what else it needs is looked at there.
                yield Found(Kind.AT, first, after, slots, _LOOSE)
        for phrase, value in self._earlier.items():
            for start in _places(phrase, text):
                first, after = span_of(tokens, start, start + len(phrase))
                yield Found(Kind.EARLIER, first, after, {"earlier": value}, phrase)


def _is_of_a_list(found: Found, tokens: Tokens) -> bool:
    """Whether the number that a time begins with is how many are asked for: "top five of June"."""
    return (
        found.text[:1].isdecimal()
        and found.first > 0
        and tokens[found.first - 1].text == _TOP
    )


def _dated(found: Found) -> Found:
    """Return a day of one year, which is said as the days of other years are, as a time range."""
    slots = dict(found.slots)
    if found.kind is not Kind.DAY or not {"date", "day"} & slots.keys():
        return found
    if slots.get("window") == "last_year":
        slots["of_window"] = slots.pop("window")
    elif "year" not in slots:
        return found
    if "date" in slots:
        slots["window"] = slots.pop("date")
    return replace(found, kind=Kind.WHEN, slots=slots)


def _without_words(tokens: Tokens, slots: Iterable[Found]) -> Tokens:
    """Return as many words, those of some slots taken out."""
    taken = {at for slot in slots for at in range(slot.first, slot.after)}
    return tuple(
        replace(token, text=_TAKEN) if number in taken else token
        for number, token in enumerate(tokens)
    )


def _places(phrase: str, text: str) -> Iterator[int]:
    if phrase in text:
        for found in re.finditer(rf"(?<!\S){re.escape(phrase)}(?!\S)", text):
            yield found.start()


def _means_something(found: Found) -> bool:
    """Whether it is a slot indeed: a number by itself is no clock time, and a rule may have words alone."""
    if found.kind is Kind.AT:
        return not _BARE_NUMBER.fullmatch(found.text)
    return bool(found.slots) or found.kind is Kind.DAY


def _beside(clock: Found, whens: list[Found], length: int) -> bool:
    """Whether a number is a clock time because the day stands beside it: "seven thirty yesterday evening"."""
    beside = any(
        clock.after == when.first or when.after == clock.first
        for when in whens
        if _is_of_a_day(when)
    )
    whole = " " in clock.text or clock.first == 0 or clock.after == length
    return beside and whole


def _is_of_a_day(when: Found) -> bool:
    window = str(when.slots.get("window", ""))
    return (
        "weekday" in when.slots
        or "day" in when.slots
        or window.startswith(("yesterday", "today", "tonight", "last_night"))
        or (
            window.startswith("this_")
            and window.endswith(("morning", "afternoon", "evening"))
        )
    )


def _meant(found: Found, mentions: list[Mention]) -> Found:
    """Return a slot with what its marks mean, and with the kind of what is mentioned."""
    slots = dict(found.slots)
    kind = found.kind
    for name, value in found.slots.items():
        if isinstance(value, str) and (mark := _MENTION.fullmatch(value)):
            mention = mentions[int(mark[2])]
            owned = name == "birthday_of"
            slots[name] = mention.meant.lower() if owned else mention.meant
            if mention.kind is Kind.DEVICE:
                kind = Kind.DEVICE
    return Found(kind, found.first, found.after, slots, found.text)
