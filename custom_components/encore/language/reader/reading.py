"""From a sentence to what it asks, commands, or leaves open; nothing where it is nobody's or somebody else's."""

from dataclasses import dataclass, replace
import math
from typing import Final

from ..follow_up import Asked
from ..understood import AskBack, Names, Understood
from .details import lacks, takes_a_name, values_said
from .dialogue import AGAIN, about_of, followed_by
from .features import OTHER, given, grouped_words, word_of
from .masked import IsName, Masked
from .masking import Masker, masker_of
from .misheard import with_misheard_listener
from .model import Model, model_of
from .name_finder import NAME, THING, NameFinder
from .said import Said
from .slot_finder import Kind
from .sureness import LEAST_CHANCE, NONE, Signs, sureness
from .times import OF_TIME
from .tokens import LONGEST_SENTENCE, Tokens, joined, original, tokens_of
from .weighing import (
    FOLLOWS,
    Reading,
    changes,
    evidence_of,
    ranked_meanings,
    without_following,
)

_COMMAND: Final = 0.7
"""How much surer (log odds) a command that changes something must be than a question."""
_FOLLOWING: Final = 3.0
"""How much surer it is that something short goes on from what was asked before."""
_CLOSE: Final = 0.5
"""How near (share) the second likeliest has to come to be asked back."""
_HALF: Final = 0.5
_LIKELY_OTHERS: Final = 0.75
"""From which chance (share) on that a sentence is about something else the grammar's reading of it doesn't count."""
_STRANGER: Final = -1.8
"""How well (log odds) a word has to fit in a listener's place to be the name of somebody who is not known."""
_SHORT: Final = 4
"""Words and slots of what hardly says more than the slot."""
_AGAIN: Final = frozenset({"play_again", "play_it", "play_it/plays"})
"""What is asked for with words such as "once more"."""
_GOES_ON: Final = 5
"""Words of what goes on from something before."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a sentence."""

    decided: Understood | AskBack | None
    """What it surely means, or what is asked back."""
    of_stranger: str | None = None
    """What is likely asked of somebody who is not known."""
    is_likely_ours: bool = False
    """Whether it is likely about what was played; without a word of listening, a name that nothing has may be a game's."""


class Reader:
    """Reads the sentences of one language."""

    def __init__(self, masker: Masker, model: Model) -> None:
        """Take what finds slots, and what was learned."""
        self._masker = masker
        self._words = masker.words
        self._model = model
        self._names = NameFinder(masker.words, model.naming, model.ours)
        self._no_names = model.ours | masker.words.generic

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
        if not masked.of(Kind.WHO):
            starts, ends = self._model.who_scores(masked.tokens)
            place = reading.said.place
            named = (
                self._names.beside(masked, place, is_name)
                if reading.signs.known
                else []
            )
            heard = with_misheard_listener(
                masked,
                names,
                self._no_names,
                lambda first, after: (
                    -math.inf
                    if any(first < end and after > start for start, end in named)
                    else starts[first] + ends[after]
                ),
            )
            if heard is not None:
                return self._reading(heard, is_name, follows=follows)
            first, after = place
            stranger = any(
                self._names.is_strange(token) and starts[at] + ends[at + 1] > _STRANGER
                for at, token in enumerate(masked.tokens)
                if not first <= at < after
            )
            return replace(reading, stranger=stranger)
        return reading

    def _reading(
        self, masked: Masked, is_name: IsName | None, *, follows: bool
    ) -> Reading:
        place = self._names.name_in(masked, is_name)
        if place and self._is_again(masked, *place):
            place = None
        known = False
        tokens: Tokens = masked.tokens
        places: list[tuple[int, int]] = []
        if place:
            known = is_name is None or is_name(masked.said(*place))
            if known and is_name is not None:
                place = self._names.with_artist(masked, *place, is_name)
            places = self._names.beside(masked, place, is_name)
            tokens = masked.with_names(places, THING if known else NAME)
        chances, features = self._model.meanings(tokens)
        words = joined(masked.tokens)
        reading = Reading(
            chances if follows else without_following(chances),
            Said(
                masked,
                masked.said(*place) if place else None,
                place or (0, 0),
                tuple(masked.said(*each) for each in places),
                {},
                self._words.until,
                self._words.between,
                self._words.relative,
                self._words.same_before(words),
                self._words.this_time(masked),
                self._words.called_at(masked),
                self._words.kind_in(tokens if known else masked.tokens),
                self._words.type_in(masked, place),
                self._words.lasting(masked),
                self._words.speaks_of_all(masked),
                *self._words.speaks_of_himself(masked),
                self._words.owner(masked),
                self._words.heard_at(masked),
                self._words.was_somebody(masked),
                self._words.number_of(tokens),
                known,
                self._words.type_with(masked, place),
            ),
            self._signs(tokens, joined(masked.tokens), bool(place), known),
            self._words.left_over(tokens),
            {} if follows else self._model.margins.named_scores(features),
            features,
            self._words.details_in(joined(tokens)),
            NONE,
            {},
            False,
            self._names.scores(masked.tokens),
            None if place else self._names.instead(masked, is_name),
            self._model.said_together,
        )
        ranked = ranked_meanings(reading)
        return self._detailed(reading, ranked[0][0]) if ranked else reading

    def _detailed(self, reading: Reading, meaning: str) -> Reading:
        """Return it with the details that are said if it means something."""
        if reading.meaning == meaning:
            return reading
        features = given(reading.features, meaning)
        likeliest = {
            name: max(linear.chances(features).items(), key=lambda each: each[1])
            for name, linear in self._model.details.items()
        }
        details = {name: value for name, (value, _) in likeliest.items()}
        doubts = {
            name: -math.log(max(chance, LEAST_CHANCE))
            for name, (_, chance) in likeliest.items()
            if name not in reading.said_alone
        }
        said = replace(reading.said, details=details | dict(reading.said_alone))
        return replace(reading, meaning=meaning, doubts=doubts, said=said)

    def _is_again(self, masked: Masked, first: int, after: int) -> bool:
        """Whether a name such as "Once more" is none, because something shall be played again."""
        if not self._words.again.fullmatch(joined(masked.tokens[first:after])):
            return False
        chances, _ = self._model.meanings(masked.tokens)
        return max(chances, key=chances.__getitem__) in _AGAIN

    def _signs(self, tokens: Tokens, words: str, named: bool, known: bool) -> Signs:
        grouped = grouped_words(
            [word_of(token) for token in tokens], self._model.groups
        )
        return Signs(
            listening=self._words.listening.search(words) is not None,
            weakly=self._words.weakly_listening.search(words) is not None,
            known=named and known,
            unknown=named and not known,
            strange=sum(map(self._names.is_strange, tokens)),
            other=sum(each[0] == OTHER for each in grouped),
            slots=sum(token.is_slot for token in tokens),
            words=len(tokens),
        )

    def read(
        self,
        sentence: str,
        names: Names,
        previous: Understood | None = None,
        is_name: IsName | None = None,
    ) -> Read:
        """Return what a sentence asks or commands, by itself or after what was understood before.

        `is_name` says whether something that was heard has a name; without it any may.
        """
        if not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
            return Read(None)
        about = about_of(previous) if previous else None
        reading = self.reading(sentence, names, is_name, about)
        signs = reading.signs
        return replace(
            self.decided(reading, about),
            is_likely_ours=reading.chances.get(NONE, 0.0) < _LIKELY_OTHERS
            and (signs.listening or not signs.unknown),
        )

    def is_strange(self, name: str, sentence: str) -> bool:
        """Whether a name in a sentence may be a title: no article is before it, and neither questions nor ordinary talk had its first word."""
        words, said = (
            [each.text for each in tokens_of(text, {})] for text in (name, sentence)
        )
        return any(
            said[at : at + len(words)] == words
            and said[at] not in self._model.vocabulary
            and (at == 0 or said[at - 1] not in self._words.before_noun)
            for at in range(len(said) - len(words) + 1)
        )

    def decided(self, reading: Reading, about: Asked | None) -> Read:
        """Return what is meant, what is asked back, or nothing."""
        if about is not None and self._only_slots(reading):
            return Read(self.understood(AGAIN, reading, about))
        ranked = ranked_meanings(reading)
        if not ranked:
            return Read(None)
        (first, chance), *others = ranked
        meant = self.understood(first, reading, about)
        if reading.stranger:
            is_ours = reading.chances.get(NONE, 0.0) < _HALF
            return Read(None, first.partition("/")[0] if is_ours else None)
        if meant is None:
            return Read(None)
        enough = _COMMAND * changes(first)
        if about is not None and len(reading.said.masked.tokens) <= _GOES_ON:
            enough -= _FOLLOWING
        if sureness(evidence_of(reading, ranked, meant)) >= enough:
            return Read(meant)
        if others and others[0][1] > _CLOSE * chance:
            (second, beside), *rest = others
            together = [(first, chance + beside), *rest]
            if sureness(evidence_of(reading, together, meant)) >= enough:
                other = self.understood(second, reading, about)
                if other and meant.question != other.question:
                    return Read(AskBack(meant, other))
        return Read(None)

    def _only_slots(self, reading: Reading) -> bool:
        """Whether there is nothing but a slot and a word before it: "and yesterday"."""
        tokens = reading.said.masked.tokens
        words = [token.text for token in tokens if not token.is_slot]
        return len(words) < len(tokens) <= _SHORT and all(
            word in self._words.going_on for word in words
        )

    def understood(
        self, meaning: str, reading: Reading, about: Asked | None
    ) -> Understood | None:
        """Return a meaning with the values that are said; None where one is missing that it needs."""
        key, _, question = meaning.partition("/")
        reading = self._detailed(reading, meaning)
        said = reading.said
        if not takes_a_name(question or key) and key not in ("make_playlist", AGAIN):
            said = replace(said, name=None, place=(0, 0))
        if (
            said.name
            and not reading.signs.known
            and not reading.signs.listening
            and key in _OF_LISTENING
        ):
            return None
        if said.name and not reading.signs.known and key not in _OF_ANYTHING:
            return None
        if meaning == "play_again" and about and not said.masked.of(Kind.AT, Kind.AGO):
            meaning = "play_it"
        if meaning in FOLLOWS:
            if about is None:
                return None
            asked = followed_by(meaning, said, about)
            return Understood(*asked) if asked else None
        values = values_said(meaning, said)
        instead = reading.instead or (
            _word_of_a_slot(said) if key == "search" else None
        )
        if lacks(key, values) and takes_a_name(key) and instead:
            masked = said.masked.without(*instead)
            name = said.masked.said(*instead)
            if not reading.instead:
                name = self._without_generic(name)
            values = values_said(
                meaning,
                replace(
                    said,
                    masked=masked,
                    name=name,
                    place=instead,
                    type_with=self._words.type_with(masked, instead),
                ),
            )
        return None if lacks(key, values) else Understood(key, values)

    def _without_generic(self, said: str) -> str:
        """Return what was said without generic words at its beginning."""
        tokens = tokens_of(said, {})
        while tokens and tokens[0].text in self._words.generic:
            tokens = tokens[1:]
        return original(said, tokens)


def _word_of_a_slot(said: Said) -> tuple[int, int] | None:
    """Return which words are looked for that look like a time or a room: "find Saturday in my history"."""
    slots = said.masked.of(*OF_TIME, Kind.PART, Kind.ROOM)
    return (slots[0].first, slots[0].after) if len(slots) == 1 else None


_OF_LISTENING: Final = frozenset({"count", "when_heard"})
"""What may be asked of many things, and is ours where there is the thing, or a word of listening."""
_OF_ANYTHING: Final = frozenset(
    {"count", "when_heard", "search", "make_playlist", "leave_out", AGAIN}
)
"""What is asked of things that may be misheard, or not there; elsewhere a name that nothing has is hardly one."""
_READERS: Final[dict[str, Reader]] = {}


def reader_of(language: str) -> Reader | None:
    """Return the reader of a language; None where nothing was learned of it."""
    if language not in _READERS:
        model = model_of(language)
        if model is None:
            return None
        _READERS[language] = Reader(masker_of(language), model)
    return _READERS[language]
