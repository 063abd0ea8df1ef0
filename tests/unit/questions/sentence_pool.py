"""What Home Assistant hears: its sentence triggers with ours in them, and the sentences of its own intents."""

from collections.abc import Iterable, Iterator, Mapping
import random
from typing import Any, Final

from hassil import Intents, recognize_all
from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    Permutation,
    RuleReference,
    Sequence,
    TextChunk,
)
from hassil.intents import IntentData, RangeSlotList, TextSlotList, WildcardSlotList
from home_assistant_intents import get_intents
import yaml

from custom_components.encore.language.grammar import triggers
from custom_components.encore.language.intents import grammar_of

from .phrasings import FOLDER

NAMES: Final = {
    "en": {
        "name": (
            "ceiling light",
            "front door",
            "living room speaker",
            "TV",
            "the top shelf lamp",
            "music player",
            "Alva",
            "what",
        ),
        "area": ("kitchen", "living room", "Alva's study", "music room"),
        "floor": ("ground floor", "upstairs"),
        "zone": ("home", "work", "the gym", "playing in the kitchen"),
    },
    "de": {
        "name": (
            "Deckenlampe",
            "Haustür",
            "Lautsprecher im Wohnzimmer",
            "Fernseher",
            "Lampe im obersten Regal",
            "Musikanlage",
            "Alva",
            "was",
        ),
        "area": ("Küche", "Wohnzimmer", "Alvas Zimmer", "Musikzimmer"),
        "floor": ("Erdgeschoss", "oben"),
        "zone": ("Zuhause", "Arbeit", "das Fitnessstudio", "Musik in der Küche"),
    },
    "es": {
        "name": (
            "lámpara del techo",
            "puerta principal",
            "altavoz del salón",
            "tele",
            "la lámpara de arriba",
            "reproductor de música",
            "Alva",
            "qué",
        ),
        "area": ("cocina", "salón", "estudio de Alva", "sala de música"),
        "floor": ("planta baja", "arriba"),
        "zone": ("casa", "trabajo", "el gimnasio", "música en la cocina"),
    },
    "fr": {
        "name": (
            "plafonnier",
            "porte d'entrée",
            "enceinte du salon",
            "télé",
            "la lampe du haut",
            "lecteur de musique",
            "Alva",
            "quoi",
        ),
        "area": ("cuisine", "salon", "bureau d'Alva", "salle de musique"),
        "floor": ("rez-de-chaussée", "étage"),
        "zone": ("maison", "travail", "la salle de sport", "musique dans la cuisine"),
    },
    "nl": {
        "name": (
            "plafondlamp",
            "voordeur",
            "speaker in de woonkamer",
            "tv",
            "de lamp op de bovenste plank",
            "muziekspeler",
            "Alva",
            "wat",
        ),
        "area": ("keuken", "woonkamer", "Alva's kamer", "muziekkamer"),
        "floor": ("begane grond", "boven"),
        "zone": ("thuis", "werk", "de sportschool", "muziek in de keuken"),
    },
}
"""What stands for the things and places of a home, by language."""
WORDS: Final = {
    "en": ("milk", "dinner is ready", "the top song", "who was it", "Ember"),
    "de": ("Milch", "das Essen ist fertig", "das beste Lied", "wer war das", "Ember"),
    "es": ("leche", "la cena está lista", "la mejor canción", "quién era", "Ember"),
    "fr": (
        "du lait",
        "le dîner est prêt",
        "la meilleure chanson",
        "qui était-ce",
        "Ember",
    ),
    "nl": ("melk", "het eten is klaar", "het beste nummer", "wie was dat", "Ember"),
}
"""What stands in the place of anything at all, by language."""
LISTENERS: Final = ("Alva", "Ben")
DRAWS: Final = 20
"""How often each template is filled at random."""


class Hearing:
    """The pool of sentence triggers, made as Home Assistant's default agent makes it."""

    def __init__(self, language: str, listeners: Iterable[str]) -> None:
        """Register our sentences with the names of these listeners."""
        self._pool = Intents.from_dict(
            {
                "language": language,
                "intents": {
                    "ours": {"data": [{"sentences": triggers(language, listeners)}]}
                },
            }
        )
        for name in ("rest", "someone"):
            self._pool.slot_lists[name] = WildcardSlotList(name)

    def ours(self, sentence: str) -> bool:
        """Whether a sentence would reach us."""
        return any(True for _ in recognize_all(sentence, self._pool))

    def matches(self, sentence: str) -> list[object]:
        """Return in which ways a sentence would reach us: what stands for each slot."""
        found = recognize_all(sentence, self._pool)
        return [(each.text_chunks_matched, *each.entities_list) for each in found]


def home_assistants_sentences(language: str) -> list[str]:
    """Return thousands of sentences that Home Assistant's own intents accept in a language."""
    data = get_intents(language)
    assert data is not None
    intents = Intents.from_dict(data)
    return _drawn(intents, NAMES[language], WORDS[language])


def encores_sentences(language: str) -> list[str]:
    """Return thousands of sentences that our own grammar understands in a language."""
    names = {
        "listener": LISTENERS,
        "known_listener": LISTENERS,
        "room": NAMES[language]["area"],
    }
    return _drawn(grammar_of(language), names, ("Ember", "Kite Season"))


def _drawn(
    intents: Intents, names: Mapping[str, tuple[str, ...]], words: tuple[str, ...]
) -> list[str]:
    drawn = _Drawing(intents, names, words)
    return sorted(
        {
            " ".join(drawn.sentence(block, sentence.expression).split())
            for intent in intents.intents.values()
            for block in intent.data
            for sentence in block.sentences
            for _ in range(DRAWS)
        }
    )


def exemptions(language: str) -> set[str]:
    """Return those of Home Assistant's own sentences that are ours all the same; a file tells why, where there are any."""
    path = FOLDER / "exemptions" / f"{language}.yaml"
    if not path.exists():
        return set()
    return set(yaml.safe_load(path.read_text(encoding="utf-8")))


class _Drawing:
    """Fills templates at random, the same way each time."""

    def __init__(
        self,
        intents: Intents,
        names: Mapping[str, tuple[str, ...]],
        words: tuple[str, ...],
    ) -> None:
        self._intents = intents
        self._names, self._words = names, words
        self._random = random.Random(7)

    def sentence(self, block: IntentData, expression: Expression) -> str:
        return "".join(self._parts(block, expression))

    def _parts(self, block: IntentData, part: Expression) -> Iterator[str]:
        match part:
            case TextChunk():
                yield part.original_text
            case Alternative():
                yield from self._parts(block, self._random.choice(part.items))
            case Permutation():
                for each in self._random.sample(part.items, len(part.items)):
                    yield from self._parts(block, each)
                    yield " "
            case Sequence():
                for each in part.items:
                    yield from self._parts(block, each)
            case RuleReference():
                rules = {**self._intents.expansion_rules, **block.expansion_rules}
                yield from self._parts(block, rules[part.rule_name].expression)
            case ListReference():
                yield from self._value(block, part.list_name)
            case _:
                raise TypeError(f"What is a {type(part).__name__}?")

    def _value(self, block: IntentData, name: str) -> Iterator[str]:
        values: Any = {**self._intents.slot_lists, **block.slot_lists}.get(name)
        match values:
            case TextSlotList():
                chosen = self._random.choice(values.values)
                yield from self._parts(block, chosen.text_in)
            case RangeSlotList():
                yield str(self._random.choice(range(values.start, values.stop + 1)))
            case _:
                yield self._random.choice(self._names.get(name, self._words))
