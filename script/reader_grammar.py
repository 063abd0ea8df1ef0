"""Sentences that the grammars of Encore and of Home Assistant can say, drawn at random."""

from collections.abc import Iterator
from dataclasses import replace
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

from custom_components.encore.language.intents import ANSWERED, grammar_of, intents_of
from custom_components.encore.language.slots import values_of
from custom_components.encore.language.understood import Names

from .reader_examples import AGAIN, NONE, Example, thing_names
from .reader_talk import Talk

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
