"""Sentences from which the reader learns: the banks of phrasings, what the grammars can say, and ordinary talk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
import random
from typing import Any, Final

from hassil import Intents
from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    Permutation,
    RuleReference,
    Sequence,
    TextChunk,
)
from hassil.intents import IntentData, RangeSlotList, TextSlotList
from home_assistant_intents import get_intents
import yaml

from custom_components.encore.language.intents import ANSWERED, grammar_of, intents_of
from custom_components.encore.language.reader.tokens import Token, Tokens, folded
from custom_components.encore.language.slots import values_of
from custom_components.encore.language.understood import Names

ROOT: Final = Path(__file__).parent.parent
BANKS: Final = ROOT / "tests" / "phrasings"
NAMES: Final = ROOT / "script" / "reader_names.txt"
TALK: Final = ROOT / "script" / "reader_talk.yaml"
NONE: Final = "none"
"""The meaning of a sentence that is not ours."""
AGAIN: Final = "again"
DRAWS: Final = 4
"""How often each template of a grammar is drawn."""
PLAYED: Final = 150
"""Answers that are drawn to be played."""
MOST_OF_OTHERS: Final = 900
"""Sentences that are Home Assistant's own."""
_OF_ANSWERS: Final = (
    "plays",
    "top",
    "discoveries",
    "forgotten_favourites",
    "repeat_rate",
    "on_this_day",
)
_SEVERAL: Final = frozenset({"listener"})
_PEOPLE: Final = (
    "Alva",
    "Ben",
    "Maria",
    "Jonas",
    "Tom",
    "Sophie",
    "Grace",
    "Max",
    "Emma",
    "Luc",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what it means, and which names there are."""

    text: str
    meaning: str
    values: Mapping[str, Any]
    names: Names
    things: frozenset[str] = frozenset()
    """The names of what was heard that it has, in lower case."""
    source: str = "bank"
    follows: bool = False


def bank_examples(path: Path, *, source: str = "bank") -> list[Example]:
    """Return the sentences of a bank, those of its dialogues, and those that are not ours."""
    read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    given = read.get("names", {})
    names = Names(
        **{
            kind: tuple(given.get(kind, {}).items())
            for kind in ("listeners", "rooms", "devices")
        }
    )
    things = frozenset(each.casefold() for each in given.get("things", ()))
    examples = [
        Example(text, key, numbered(values), names, things, source)
        for key, entries in (read.get("phrasings") or {}).items()
        for entry in entries or ()
        for text, values in entry.items()
    ]
    for dialogue in read.get("dialogues") or ():
        before: tuple[str, Mapping[str, Any]] | None = None
        for turn in dialogue:
            for text, (key, values) in turn.items():
                values = numbered(values)
                example = Example(text, key, values, names, things, source)
                if before is not None:
                    example = _following(example, before)
                examples.append(example)
                if key not in {"play_it", "make_playlist"}:
                    before = (key, values)
    examples += [
        Example(text, NONE, {}, names, things, source)
        for text in read.get("not_ours") or ()
    ]
    return examples


def spoken_examples(language: str) -> list[Example]:
    """Return the sentences of the two banks of a language that may be learned from."""
    paths = (BANKS / f"{language}.yaml", BANKS / "spoken" / f"{language}.yaml")
    return [
        each
        for path in paths
        if path.exists()
        for each in bank_examples(
            path, source="spoken" if path.parent.name == "spoken" else "bank"
        )
    ]


def _following(example: Example, before: tuple[str, Mapping[str, Any]]) -> Example:
    """Return a sentence of a dialogue as what it says by itself."""
    key, values = example.meaning, example.values
    if key == "play_it" or (
        key == "make_playlist" and values.get("question") == before[0]
    ):
        said = {name: values[name] for name in ("room", "name") if name in values}
        return replace(
            example,
            meaning=f"{key}/it" if key == "make_playlist" else key,
            values=said,
            follows=True,
        )
    if key != before[0]:
        return example
    new = {
        name: value for name, value in values.items() if before[1].get(name) != value
    }
    return replace(example, meaning=AGAIN, values=new, follows=True)


def numbered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with numbers where a bank's texts stand for some."""
    return {
        name: int(value)
        if name in {"limit", "year", "gap", "at_least", "quiet_days", "rank"}
        else numbered(value)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }


def grammar_examples(language: str, names: Names, seed: int = 7) -> list[Example]:
    """Return sentences that the grammar of a language can say, drawn at random, the same each time."""
    drawing = _Drawing(language, names, random.Random(seed))
    return [
        *drawing.examples("intents"),
        *drawing.examples("follow_ups"),
        *drawing.played(Talk(language).play),
    ]


def played_examples(language: str, names: Names, seed: int = 7) -> list[Example]:
    """Return commands to play something by its name, which are Home Assistant's own."""
    chance = random.Random(seed)
    verbs = Talk(language).play
    texts = {
        chance.choice(verbs).replace("ANSWER", chance.choice(things).lower())
        for things in [thing_names(language)]
        for _ in range(PLAYED if verbs else 0)
    }
    return [
        Example(text, NONE, {}, names, source="home assistant")
        for text in sorted(texts)
    ]


def foreign_examples(language: str, names: Names, seed: int = 7) -> list[Example]:
    """Return sentences that Home Assistant's own intents accept."""
    data = get_intents(language)
    if data is None:
        return []
    drawing = _Drawing(language, names, random.Random(seed))
    texts = drawing.texts(Intents.from_dict(data))
    chosen = random.Random(seed).sample(texts, min(MOST_OF_OTHERS, len(texts)))
    return [Example(text, NONE, {}, names, source="home assistant") for text in chosen]


def ordinary_examples(
    language: str, names: Names, folder: Path = BANKS / "ordinary"
) -> list[Example]:
    """Return ordinary talk that has nothing to do with listening."""
    path = folder / f"{language}.yaml"
    if not path.exists():
        return []
    read = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    texts = read if isinstance(read, list) else list(_texts(read))
    return [Example(text, NONE, {}, names, source="ordinary") for text in texts]


def _texts(read: Any) -> Iterator[str]:
    if isinstance(read, str):
        yield read
    elif isinstance(read, list):
        for each in read:
            yield from _texts(each)
    elif isinstance(read, dict):
        for name, each in read.items():
            if name not in {"language", "names"}:
                yield from _texts(each)


def thing_names(language: str) -> list[str]:
    """Return names of songs, artists, albums and podcasts, with those of a language after those of all."""
    names: list[str] = []
    section = "all"
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = line[2:].strip()
        elif line.strip() and section in {"all", language}:
            names.append(line.strip())
    return names


class Talk:
    """How people of a language vary what they say."""

    def __init__(self, language: str) -> None:
        """Read the words."""
        read = yaml.load(TALK.read_text(encoding="utf-8"), yaml.BaseLoader)[language]
        self.play: list[str] = read["play"]
        self._before = [_words(each) for each in read["before"]]
        self._after = [_words(each) for each in read["after"]]
        self._small = frozenset(read["small"])
        self._elsewhere = {
            tuple(word.text for word in _words(said)): [_words(each) for each in others]
            for said_here, others in read["elsewhere"]
            for said in said_here
        }
        self._same = [[_words(one) for one in each] for each in read["same"]]

    def elsewhere(self, tokens: Tokens, chance: random.Random) -> Tokens | None:
        """Return the words of a sentence with other things in place of those of listening; None where it has none."""
        texts = [word.text for word in tokens]
        result: list[Token] = []
        at, changed = 0, False
        while at < len(texts):
            for length in (2, 1):
                others = self._elsewhere.get(tuple(texts[at : at + length]))
                if others:
                    result += chance.choice(others)
                    at += length
                    changed = True
                    break
            else:
                result.append(tokens[at])
                at += 1
        return tuple(result) if changed else None

    def varied(self, tokens: Tokens, chance: random.Random) -> Tokens:
        """Return the words of a sentence as somebody else would say it."""
        words = list(tokens)
        if chance.random() < 0.6:
            for same in chance.sample(self._same, len(self._same)):
                if changed := _with_other(words, same, chance):
                    words = changed
                    break
        if chance.random() < 0.35:
            words = [
                word
                for word in words
                if word.text not in self._small or chance.random() < 0.5
            ] or words
        slots = [number for number, word in enumerate(words) if word.is_slot]
        if slots and len(words) > 2 and chance.random() < 0.3:
            slot = words.pop(chance.choice(slots))
            words.insert(0 if chance.random() < 0.5 else len(words), slot)
        if self._before and chance.random() < 0.25:
            words = [*chance.choice(self._before), *words]
        if self._after and chance.random() < 0.25:
            words = [*words, *chance.choice(self._after)]
        return tuple(words)


def _words(text: str) -> list[Token]:
    return [Token(folded(word), word, 0, 0) for word in text.split()]


def _with_other(
    words: list[Token], same: list[list[Token]], chance: random.Random
) -> list[Token] | None:
    """Return words with one way of saying something in place of another; None where it is not said."""
    texts = [word.text for word in words]
    for way in sorted(same, key=len, reverse=True):
        said = [word.text for word in way]
        for at in range(len(texts) - len(said) + 1):
            if texts[at : at + len(said)] == said:
                return [*words[:at], *chance.choice(same), *words[at + len(said) :]]
    return None


class _Drawing:
    """Fills the templates of a grammar at random, and notes what its slots were given."""

    def __init__(self, language: str, names: Names, chance: random.Random) -> None:
        self._language = language
        self._names = names
        self._chance = chance
        self._things = thing_names(language)
        self._slots: list[tuple[str, Any]] = []
        self._intents: Intents = grammar_of(language)
        self._block: IntentData | None = None

    def examples(self, part: str) -> list[Example]:
        self._intents = intents_of(self._language, part)
        result = []
        for key, intent in self._intents.intents.items():
            for block in intent.data:
                for sentence in block.sentences:
                    for _ in range(DRAWS if len(block.sentences) > 4 else 2 * DRAWS):
                        example = self._example(key, block, sentence.expression)
                        if example is not None:
                            result.append(
                                replace(example, follows=part == "follow_ups")
                            )
        return list({each.text: each for each in result}.values())

    def played(self, verbs: list[str]) -> list[Example]:
        """Return commands to play what a question is answered with."""
        result = []
        for _ in range(PLAYED if verbs else 0):
            answer = self._answer()
            if answer is None or answer.meaning not in {"plays", "top"}:
                continue
            text = self._chance.choice(verbs).replace("ANSWER", answer.text)
            values = {"question": answer.meaning, "asked": answer.values}
            result.append(
                Example(text, "play_it", values, self._names, source="grammar")
            )
        return result

    def texts(self, intents: Intents) -> list[str]:
        self._intents = intents
        result = set()
        for intent in intents.intents.values():
            for block in intent.data:
                for sentence in block.sentences:
                    for _ in range(2):
                        self._block = block
                        text = "".join(self._parts(sentence.expression))
                        result.add(" ".join(text.split()))
        return sorted(result)

    def _example(self, key: str, block: IntentData, part: Expression) -> Example | None:
        self._slots = []
        self._block = block
        text = " ".join("".join(self._parts(part)).split())
        slots: dict[str, Any] = {
            name: value.value if hasattr(value, "value") else value
            for name, value in (block.slots or {}).items()
        }
        for name, value in self._slots:
            if name in _SEVERAL and name in slots and slots[name] != value:
                slots[name] = (
                    *((slots[name],) if isinstance(slots[name], str) else slots[name]),
                    value,
                )
            else:
                slots[name] = value
        answer = slots.pop("answer", None)
        meaning = AGAIN if key.startswith(AGAIN) else key
        values = values_of("" if meaning == AGAIN else key, slots)
        if key == "make_playlist":
            if answer is None:
                meaning = "make_playlist/it"
            else:
                values |= {"question": answer.meaning, "asked": answer.values}
                text = text.replace("ANSWER", answer.text)
        things = frozenset(
            str(values[name]).casefold() for name in ("thing", "text") if name in values
        )
        return Example(text, meaning, values, self._names, things, "grammar")

    def _answer(self) -> Example | None:
        slots, block, intents = self._slots, self._block, self._intents
        self._intents = intents_of(self._language, ANSWERED)
        key = self._chance.choice(_OF_ANSWERS)
        data = self._chance.choice(self._intents.intents[key].data)
        sentence = self._chance.choice(data.sentences)
        example = self._example(key, data, sentence.expression)
        self._slots, self._block, self._intents = slots, block, intents
        return example

    def _parts(self, part: Expression) -> Iterator[str]:
        match part:
            case TextChunk():
                yield part.original_text
            case Alternative():
                items = part.items
                if part.is_optional and self._chance.random() < 0.4:
                    items = [
                        each
                        for each in items
                        if isinstance(each, TextChunk) and not each.text.strip()
                    ] or items
                yield from self._parts(self._chance.choice(items))
            case Permutation():
                for each in self._chance.sample(part.items, len(part.items)):
                    yield from self._parts(each)
                    yield " "
            case Sequence():
                for each in part.items:
                    yield from self._parts(each)
            case RuleReference():
                rules = {
                    **self._intents.expansion_rules,
                    **(self._block.expansion_rules if self._block else {}),
                }
                yield from self._parts(rules[part.rule_name].expression)
            case ListReference():
                yield from self._value(part)
            case _:
                raise TypeError(f"What is a {type(part).__name__}?")

    def _value(self, part: ListReference) -> Iterator[str]:
        own = self._block.slot_lists if self._block else {}
        values: Any = {**self._intents.slot_lists, **own}.get(part.list_name)
        if isinstance(values, TextSlotList):
            chosen = self._chance.choice(values.values)
            self._slots.append((part.slot_name, chosen.value_out))
            yield from self._parts(chosen.text_in)
        elif isinstance(values, RangeSlotList):
            number = self._chance.choice(range(values.start, values.stop + 1))
            self._slots.append((part.slot_name, number))
            yield str(number)
        else:
            yield self._name(part)

    def _name(self, part: ListReference) -> str:
        match part.list_name:
            case "listener" | "known_listener":
                pairs = self._names.listeners
            case "room" | "known_room" | "area":
                pairs = self._names.rooms
            case "device" | "any_device":
                pairs = self._names.devices
            case "answer":
                example = self._answer()
                assert example is not None
                self._slots.append(("answer", example))
                return "ANSWER"
            case _:
                pairs = ()
        if pairs:
            said, meant = self._chance.choice(pairs)
            self._slots.append((part.slot_name, meant))
            return said
        name = self._chance.choice(self._things)
        self._slots.append((part.slot_name, name))
        return name.lower() if self._chance.random() < 0.7 else name
