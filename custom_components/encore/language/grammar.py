"""From a sentence to a question or command with its slots, by the grammar of a language.

`sentences/<language>.yaml` is a hassil grammar whose intents are named by the keys of questions and commands;
`questions.slots` says what its slots mean, and `questions.triggers` which sentences are ours at all.

`openings` and `endings` are left out. What stands before one of the `question_words` is moved to the end, where the
sentences have it. A `thing` may be any words: where a sentence can be read in several ways, `Understood.meant`
chooses by what there is. An `answer` is a question of its own, of which a playlist is made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
import re
from typing import Any, Final

from hassil import RecognizeResult, recognize_all
from hassil.intents import SlotList, TextSlotList, WildcardSlotList
from hassil.util import remove_punctuation

from ..questions.naming.names import bare
from .accents import either_way
from .candidates import candidates_of
from .follow_up import AGAIN_NAMED, Asked, followed, following
from .intents import ANSWERED, MAKES_OF_ANSWER
from .sentence_files import DEFAULT_LANGUAGE, english_instead, read_grammar
from .slots import SEVERAL, values_of
from .triggers import listened_for
from .understood import Names, Understood

_WILDCARDS: Final = ("text", "thing", "answer", "name")
_GUESSED: Final = ((), ("listener", "room"), ("any_device",))
"""What may be anything, added in turn until a sentence is understood: names that nothing has."""
_LONGEST_SENTENCE: Final = 300
"""Characters; nobody asks at greater length, and matching takes longer with each."""
_LONGEST_FRONT: Final = 8
"""Words before a question."""
_MOST_READINGS: Final = 12
"""Of so many ways to read a sentence, the least guessed ones, one is meant."""


def triggers(language: str, listeners: Iterable[str]) -> tuple[str, ...]:
    """Return the templates of the sentences that are ours, with the listeners' names in them.

    Those that a language lacks are in English. Reads the disk once.
    """
    return _triggers(language, tuple(listeners))


@lru_cache(maxsize=16)
def _triggers(language: str, listeners: tuple[str, ...]) -> tuple[str, ...]:
    own = listened_for(read_grammar(language), listeners)
    instead = english_instead(language)
    return (*own, *(listened_for(instead, listeners) if instead else ()))


def understand(
    text: str, language: str, names: Names, before: Understood | None = None
) -> Understood | None:
    """Return what a sentence asks, by itself or after what was understood before; None where it is not understood.

    Reads the disk once for a language. A name that nothing has is understood too, for the question
    to say so. What a language has no sentences for is understood in English.
    """
    if len(text) > _LONGEST_SENTENCE:
        return None
    if understood := _understood(text, language, names, before):
        return understood
    if english_instead(language) is None:
        return None
    english = _Hearing(DEFAULT_LANGUAGE, names, instead_of=language)
    return english.understood(_plain(text, DEFAULT_LANGUAGE))


def understand_exactly(
    text: str, language: str, names: Names, before: Understood | None = None
) -> Understood | None:
    """Return what a sentence asks where no listener, room or device in it has to be guessed, else None. Reads the disk once."""
    if len(text) > _LONGEST_SENTENCE:
        return None
    hearing, plain = _Hearing(language, names), _plain(text, language)
    about = followed(before.question, before.values) if before else None
    return (about and hearing.follows(plain, about)) or hearing.understood(
        plain, guessed=_GUESSED[:1]
    )


def _understood(
    text: str, language: str, names: Names, before: Understood | None
) -> Understood | None:
    hearing, plain = _Hearing(language, names), _plain(text, language)
    about = followed(before.question, before.values) if before else None
    if about is None:
        return hearing.understood(plain)
    return (
        hearing.follows(plain, about)
        or hearing.understood(plain)
        or hearing.follows(plain, about, guessing=True)
    )


class _Hearing:
    """A language, with what may be mentioned; `instead_of` another one, what that lacks."""

    def __init__(
        self, language: str, names: Names, instead_of: str | None = None
    ) -> None:
        self._language = language
        self._instead_of = instead_of
        self._lists: dict[str, SlotList] = {
            "listener": _slot_list("listener", _bare(names.listeners)),
            "known_listener": _slot_list("known_listener", _bare(names.listeners)),
            "room": _slot_list("room", _bare(names.rooms)),
            "known_room": _slot_list("known_room", _bare(names.rooms)),
            "device": _slot_list("device", names.devices),
            "any_device": _slot_list("any_device", ()),
            **{name: WildcardSlotList(name) for name in _WILDCARDS},
        }

    def understood(
        self,
        text: str,
        part: str = "intents",
        guessed: tuple[tuple[str, ...], ...] = _GUESSED,
    ) -> Understood | None:
        """Return what a sentence asks as it is, or else with what stands before its question at its end."""
        guesses: dict[str, SlotList] = {}
        for lists in guessed:
            guesses |= {name: WildcardSlotList(name) for name in lists}
            for said in _orders(text, self._language):
                if understood := self._recognized(said, self._lists | guesses, part):
                    return understood
        return None

    def follows(
        self, text: str, before: Asked, *, guessing: bool = False
    ) -> Understood | None:
        """Return what a sentence asks after a question; `guessing`, also with names that nothing has."""
        lists = dict(self._lists)
        if guessing:
            lists["room"] = WildcardSlotList("room")
        heard = recognize_all(
            text,
            candidates_of(self._language, "follow_ups", None).of(text, lists),
            slot_lists=lists,
            language=self._language,
        )
        whole = [each for each in heard if _has_whole_words(each, text)]
        for each in sorted(whole, key=_looseness):
            if each.intent.name == AGAIN_NAMED and not guessing:
                continue
            if asked := following(each.intent.name, _slots(each), before):
                return Understood(*asked)
        return None

    def _recognized(
        self, text: str, lists: dict[str, SlotList], part: str
    ) -> Understood | None:
        candidates = candidates_of(self._language, part, self._instead_of)
        heard = recognize_all(
            text,
            candidates.of(text, lists),
            slot_lists=lists,
            language=self._language,
        )
        whole = [each for each in heard if _has_whole_words(each, text)]
        readings = self._readings(sorted(whole, key=_looseness))
        if not readings:
            return None
        best, *others = readings
        return replace(best, instead=tuple(others)) if "thing" in best.values else best

    def _readings(self, heard: Iterable[RecognizeResult]) -> list[Understood]:
        """Return what a sentence was recognized as, each once."""
        readings: list[Understood] = []
        for each in islice(heard, _MOST_READINGS):
            reading = self._reading(each)
            if reading is not None and reading not in readings:
                readings.append(reading)
                if "thing" not in reading.values:
                    break
        return readings

    def _reading(self, heard: RecognizeResult) -> Understood | None:
        slots = _slots(heard)
        values = values_of(heard.intent.name, slots)
        if heard.intent.name == MAKES_OF_ANSWER:
            asked = self.understood(str(slots["answer"]).strip(), ANSWERED)
            if asked is None:
                return None
            values |= {"question": asked.question, "asked": asked.values}
        return Understood(heard.intent.name, values)


def _slots(heard: RecognizeResult) -> dict[str, Any]:
    """Return what the slots were given, and what a sentence has without its being said."""
    said: dict[str, list[Any]] = {}
    for slot in heard.entities_list:
        said.setdefault(slot.name, []).append(slot.value)
    unsaid = {name: slot.value for name, slot in heard.entities.items()}
    return unsaid | {name: _said(name, values) for name, values in said.items()}


def _said(name: str, values: list[Any]) -> Any:
    """Return what a slot was given: the last, or of what may be several all."""
    each_once = tuple(dict.fromkeys(values))
    return each_once if name in SEVERAL and len(each_once) > 1 else values[-1]


def _plain(text: str, language: str) -> str:
    """Return a sentence without what means nothing, at its ends."""
    grammar = read_grammar(language)
    # As hassil will read it: what it makes of a name is looked for in the sentence.
    unpunctuated = remove_punctuation(text.replace("’", "'"))
    plain = " ".join(unpunctuated.split()).strip(" ?!.,")
    before = None
    while plain != before:
        before = plain
        plain = _opening(tuple(grammar["openings"])).sub("", plain)
        plain = _ending(tuple(grammar["endings"])).sub("", plain).strip(" ?!.,")
    return plain


@cache
def _opening(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(phrases)})\b[\s,]+", re.IGNORECASE)


@cache
def _ending(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[\s,]+(?:{_any_of(phrases)})$", re.IGNORECASE)


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def _orders(text: str, language: str) -> Iterator[str]:
    """Return a sentence as it is, and with what stands before its question at its end."""
    yield text
    words = text.split(" ")
    question_words = read_grammar(language)["question_words"]
    asks = next(
        (at for at, word in enumerate(words) if word.casefold() in question_words), 0
    )
    if 0 < asks <= _LONGEST_FRONT:
        yield " ".join((*words[asks:], *words[:asks]))


def _has_whole_words(heard: RecognizeResult, text: str) -> bool:
    """Whether no guessed name ends within a word, as hassil allows: "on my ph" and "one"."""
    plain = text.replace("’", "'")
    return all(
        re.search(rf"(?<!\w){re.escape(slot.text.strip())}(?!\w)", plain, re.IGNORECASE)
        for slot in heard.entities_list
        if slot.is_wildcard
    )


def _looseness(heard: RecognizeResult) -> tuple[int, int, int]:
    """Return how much of a sentence was guessed: names, words that are not literal, letters."""
    guessed = [slot.text for slot in heard.entities_list if slot.is_wildcard]
    return len(guessed), -heard.text_chunks_matched, sum(map(len, guessed))


def _bare(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return the names, and without its article each that begins with one: "des enfants" is of "les enfants"."""
    for heard, meant in values:
        for each in dict.fromkeys((heard, bare(heard))):
            yield each, meant


def _slot_list(name: str, values: Iterable[tuple[str, str]]) -> TextSlotList:
    return TextSlotList.from_tuples(
        (
            (way, meant)
            for heard, meant in values
            if heard.strip()
            for way in either_way([heard])
        ),
        allow_template=False,
        name=name,
    )
