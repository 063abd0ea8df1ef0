"""From a sentence to what it asks, commands, or leaves open; nothing where it is nobody's or somebody else's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..follow_up import Asked
from ..understood import AskBack, Names, Understood
from .details import (
    LISTENER,
    NOTHING,
    WHO,
    Said,
    needs_a_name,
    takes_a_name,
    values_said,
)
from .dialogue import AGAIN, about_of, followed_by
from .features import word_of
from .masking import LONGEST_NAME, IsName, Masked, Masker, masker_of
from .misheard import with_misheard_listener
from .model import Model, model_of
from .slot_finder import Kind
from .tokens import LONGEST_SENTENCE, Tokens, joined

NONE: Final = "none"
"""The meaning of a sentence that is not ours."""
THING, NAME = "<thing>", "<name>"
"""What stands in place of a name that there is, and of one that there is not."""
_SURE: Final = 0.35
"""How likely a question must be to be answered."""
_SURE_COMMAND: Final = 0.45
"""The same of a command that changes something."""
_CLOSE: Final = 0.8
"""How near (share) the second likeliest may come before it is asked back."""
_KNOWN: Final = 4.0
"""How much more likely a name is that there is."""
_GENERIC: Final = 2
"""So many generic words are no name, even if there is one of it."""
_SHORT: Final = 4
"""Words and slots of what hardly says more than the slot."""
_GOES_ON: Final = 5
"""Words of what goes on from something before."""
_FOLLOWS: Final = frozenset({AGAIN, "play_it", "make_playlist/it"})
"""What only follows something."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence may mean, before it is decided on."""

    chances: Mapping[str, float]
    """How likely each question or command is, and that it is none."""
    said: Said
    known: bool
    """Whether there is something of the name that was said."""
    listening: bool
    """Whether it has a word of listening."""
    weakly: bool
    """Whether it has a word that is said of listening, and of much else."""
    strange: int
    """How many words it has that were met in no sentence that is ours."""


def read(
    sentence: str,
    language: str,
    names: Names,
    previous: Understood | None = None,
    is_name: IsName | None = None,
) -> Understood | AskBack | None:
    """Return what a sentence asks or commands, by itself or after what was understood before.

    `is_name` says whether something that was heard has a name; without it any may. None for a sentence that is handed on,
    and for a language that was not learned. Reads the disk once for a language.
    """
    reader = reader_of(language)
    if reader is None or not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
        return None
    about = about_of(previous) if previous else None
    reading = reader.reading(sentence, names, is_name, about)
    return reader.decided(reading, about)


class Reader:
    """Reads the sentences of one language."""

    def __init__(self, masker: Masker, model: Model) -> None:
        """Take what finds slots, and what was learned."""
        self._masker = masker
        self._model = model

    def reading(
        self,
        sentence: str,
        names: Names,
        is_name: IsName | None = None,
        about: Asked | None = None,
    ) -> Reading:
        """Return what a sentence may mean, by itself or after what it may be about."""
        follows = about is not None
        clock = about is not None and "moment" in about[1]
        masked = self._masker.masked(sentence, names, is_name, clock=clock)
        reading = self._reading(masked, is_name, follows=follows)
        learned = reading.said.details.get(LISTENER)
        if (
            learned == WHO or (learned == NOTHING and reading.strange)
        ) and not masked.of(Kind.WHO):
            heard = with_misheard_listener(masked, names, self._model.ours)
            if heard is not None:
                return self._reading(heard, is_name, follows=follows)
        return reading

    def _reading(
        self, masked: Masked, is_name: IsName | None, *, follows: bool
    ) -> Reading:
        place = self.name_in(masked, is_name)
        known = False
        tokens: Tokens = masked.tokens
        if place:
            said = masked.said(*place)
            known = is_name is None or is_name(said)
            tokens = masked.with_name(*place, THING if known else NAME)
        chances, features = self._model.meanings(tokens)
        details = {
            name: max(found.items(), key=lambda each: each[1])[0]
            for name, linear in self._model.details.items()
            if (found := linear.chances(features))
        }
        words = joined(masked.tokens)
        return Reading(
            chances if follows else _without_following(chances),
            Said(
                masked,
                masked.said(*place) if place else None,
                place or (0, 0),
                details,
                self._masker.until,
                self._masker.same_before(words),
                self._masker.this_time(masked),
                self._masker.called(masked),
                self._masker.kind_in(masked),
                self._masker.type_in(masked, place),
                self._masker.lasting(masked),
                *self._masker.speaks_of_himself(masked),
            ),
            known,
            self._masker.listening.search(words) is not None,
            self._masker.weakly_listening.search(words) is not None,
            sum(
                not token.is_slot and word_of(token) not in self._model.ours
                for token in tokens
            ),
        )

    def name_in(
        self, masked: Masked, is_name: IsName | None = None
    ) -> tuple[int, int] | None:
        """Return which words are the name of something that was heard, if any are."""
        scores = self._model.name_scores(masked.tokens)
        best, found = 0.0, None
        for first in range(len(scores)):
            total = 0.0
            for after in range(first + 1, min(first + LONGEST_NAME, len(scores)) + 1):
                token = masked.tokens[after - 1]
                if token.is_slot:
                    break
                total += scores[after - 1]
                worth = total
                if is_name is not None and is_name(masked.said(first, after)):
                    worth = max(total, 0.0) + _KNOWN * (after - first)
                if worth > best and not self._is_generic(masked.tokens[first:after]):
                    best, found = worth, (first, after)
        return found

    def _is_generic(self, tokens: Tokens) -> bool:
        return len(tokens) <= _GENERIC and all(
            token.text in self._masker.generic for token in tokens
        )

    def decided(
        self, reading: Reading, about: Asked | None
    ) -> Understood | AskBack | None:
        """Return what is meant, what is asked back, or None."""
        if about is not None and self._only_slots(reading):
            return self._understood(AGAIN, reading, about)
        chances = _of_ours(reading)
        ours = 1 - reading.chances.get(NONE, 0.0)
        nobody = reading.chances.get(NONE, 0.0) * _doubt(reading)
        if about is not None and len(reading.said.masked.tokens) <= _GOES_ON:
            nobody *= 0.25
        if ours < nobody or not chances:
            return None
        first, second, *_ = (
            *sorted(chances.items(), key=lambda each: -each[1]),
            ("", 0.0),
        )
        if first[1] < _SURE or (_changes(first[0]) and first[1] < _SURE_COMMAND):
            return None
        understood = self._understood(first[0], reading, about)
        if understood and second[1] > _CLOSE * first[1] and first[1] < 2 * _SURE:
            other = self._understood(second[0], reading, about)
            if other and other.question != understood.question:
                return AskBack(understood, other)
        return understood

    def _only_slots(self, reading: Reading) -> bool:
        """Whether there is nothing but a slot and a word before it: "and yesterday"."""
        tokens = reading.said.masked.tokens
        words = [token.text for token in tokens if not token.is_slot]
        return len(words) < len(tokens) <= _SHORT and all(
            word in self._masker.going_on for word in words
        )

    def _understood(
        self, meaning: str, reading: Reading, about: Asked | None
    ) -> Understood | None:
        key, _, question = meaning.partition("/")
        said = reading.said
        if not takes_a_name(question or key) and key not in ("make_playlist", AGAIN):
            said = replace(said, name=None, place=(0, 0))
        if (
            said.name
            and not reading.known
            and not reading.listening
            and key in _OF_LISTENING
        ):
            return None
        if meaning == "play_again" and about and not said.masked.of(Kind.AT, Kind.AGO):
            meaning = "play_it"
        if meaning in _FOLLOWS:
            if about is None:
                return None
            asked = followed_by(meaning, said, about)
            return Understood(*asked) if asked else None
        return Understood(key, values_said(meaning, said))


_OF_LISTENING: Final = frozenset({"count", "when_heard"})
"""What may be asked of many things, and is ours where there is the thing, or a word of listening."""
_COMMAND_KEYS: Final = frozenset(
    {
        "play_again",
        "play_it",
        "play_forgotten",
        "play_for_now",
        "make_playlist",
        "pause",
        "resume",
        "leave_out",
    }
)


def _without_following(chances: Mapping[str, float]) -> dict[str, float]:
    """Return the chances where nothing was asked before: what only follows something is none of ours."""
    alone = {each: chance for each, chance in chances.items() if each not in _FOLLOWS}
    alone[NONE] = 1 - sum(chance for each, chance in alone.items() if each != NONE)
    return alone


def _changes(meaning: str) -> bool:
    """Whether something is commanded, and not asked."""
    return meaning.partition("/")[0] in _COMMAND_KEYS


def _of_ours(reading: Reading) -> dict[str, float]:
    """Return the chances among what is ours; a question about a name needs one."""
    chances = {
        meaning: chance
        * (
            1
            if reading.said.name or not needs_a_name(meaning.partition("/")[0])
            else 0.1
        )
        for meaning, chance in reading.chances.items()
        if meaning != NONE
    }
    total = sum(chances.values()) or 1.0
    return {each: chance / total for each, chance in chances.items()}


def _doubt(reading: Reading) -> float:
    """Return how much more it counts that a sentence may be nobody's.

    One without a word of listening or the name of something heard is hardly ours, the less the more words it has that were
    never said of listening.
    """
    named = reading.known and reading.said.name is not None
    if reading.listening or (named and reading.weakly):
        return 0.6
    if reading.weakly or named:
        return 1.2 + 0.6 * reading.strange
    return 5.0 + 5.0 * reading.strange


_READERS: Final[dict[str, Reader]] = {}


def reader_of(language: str) -> Reader | None:
    """Return the reader of a language; None where nothing was learned of it."""
    if language not in _READERS:
        model = model_of(language)
        if model is None:
            return None
        _READERS[language] = Reader(masker_of(language), model)
    return _READERS[language]
