"""Train the reader of sentences: write `sentences/reader/LANGUAGE.npz` for each language."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
import random
import sys
import time
from typing import TYPE_CHECKING, Any, Final
import warnings

import numpy as np
from rapidfuzz import fuzz

from custom_components.encore.language.reader.details import (
    DETAILS,
    NOTHING,
    ONE,
    WHO,
    parameters_of,
)
from custom_components.encore.language.reader.features import (
    SIZE,
    of_sentence,
    of_words,
    word_of,
)
from custom_components.encore.language.reader.masking import Masked, masker_of
from custom_components.encore.language.reader.model import (
    FOLDER,
    Linear,
    Model,
    packed,
    read_model,
)
from custom_components.encore.language.reader.reading import NAME, NONE, THING, Reader
from custom_components.encore.language.reader.slot_finder import Kind
from custom_components.encore.language.reader.tokens import Tokens, folded, joined

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

from .reader_examples import (
    AGAIN,
    Example,
    Talk,
    foreign_examples,
    grammar_examples,
    ordinary_examples,
    played_examples,
    spoken_examples,
    thing_names,
)

LANGUAGES: Final = ("en", "de", "nl", "fr", "es")
SEED: Final = 7
OTHER_NAMES: Final = {"bank": 3, "grammar": 0}
"""How often a sentence is learned with another name in place of its own, by source."""
VARIED: Final = {"bank": 2, "grammar": 1, "ordinary": 1, "home assistant": 0}
"""How often a sentence is learned as others would say it, by source."""
WEIGHTS: Final = {
    "bank": 4.0,
    "grammar": 1.0,
    "ordinary": 2.0,
    "home assistant": 1.0,
    "elsewhere": 1.0,
}
_ALIKE: Final = 70
"""How much (percent) words are like a name that they may be a mishearing of."""
_NAMED: Final = ("thing", "text", "name")
_AGREEMENT: Final = 0.995
"""Which share of sentences another machine's training has to read alike."""
_FEWEST: Final = 4
"""Examples of a value that is learned."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An example with its slots masked, and where the name stands in it."""

    example: Example
    masked: Masked
    place: tuple[int, int] | None
    misheard: bool = False

    @property
    def meaning(self) -> str:
        """What is learned: the key, with the question of whose answer it is about."""
        meaning, values = self.example.meaning, self.example.values
        if meaning in {"make_playlist", "play_it"} and "question" in values:
            return f"{meaning}/{values['question']}"
        return meaning

    @property
    def asked(self) -> Mapping[str, Any]:
        """The values of the question."""
        values = self.example.values
        return {
            **values.get("asked", {}),
            **{
                name: each
                for name, each in values.items()
                if name not in {"asked", "question"}
            },
        }


def main() -> None:
    """Write the files, or compare them with what would be written."""
    parser = argparse.ArgumentParser(prog="script/train-reader", description=__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail where what is written reads a sentence otherwise",
    )
    arguments = parser.parse_args()
    differing = 0
    for language in arguments.languages:
        begun = time.perf_counter()
        examples = prepared(examples_of(language), language)
        model = train(language, examples)
        took = f"in {time.perf_counter() - begun:.0f} s"
        path = FOLDER / f"{language}.npz"
        if arguments.check:
            same = agreement(model, read_model(path), examples)
            differing += same < _AGREEMENT
            print(
                f"{language}: {100 * same:.2f} % of all sentences are read alike, {took}"
            )
        else:
            path.write_bytes(packed(model))
            print(f"{language}: {path.stat().st_size / 1024:.0f} KiB {took}")
    sys.exit(differing > 0)


def agreement(one: Model, other: Model, examples: Sequence[Prepared]) -> float:
    """Return which share of sentences mean the same to two models."""
    same = sum(
        _likeliest(one, each.masked.tokens) == _likeliest(other, each.masked.tokens)
        for each in examples
    )
    return same / len(examples)


def _likeliest(model: Model, tokens: Tokens) -> str:
    chances, _ = model.meanings(tokens)
    return max(chances, key=lambda each: chances[each])


def examples_of(language: str) -> list[Example]:
    """Return all sentences from which the reader of a language learns."""
    spoken = spoken_examples(language)
    names = spoken[0].names
    return [
        *spoken,
        *grammar_examples(language, names),
        *foreign_examples(language, names),
        *played_examples(language, names),
        *ordinary_examples(language, names),
    ]


def prepared(examples: Iterable[Example], language: str) -> list[Prepared]:
    """Return examples with their slots masked, each also with other names in place of its own."""
    chance = random.Random(SEED)
    names = thing_names(language)
    return [
        each
        for example in examples
        for each in _prepared(example, language, names, chance)
    ]


def _prepared(
    example: Example, language: str, names: Sequence[str], chance: random.Random
) -> Iterator[Prepared]:
    masker = masker_of(language)
    is_name = _is_name(example)
    masked = masker.masked(example.text, example.names, is_name)
    name = _name_of(example)
    if name is None:
        yield Prepared(example, masked, None)
        return
    place, misheard = _place_of(masked, name)
    if place is None:
        return
    yield Prepared(example, masked, place, misheard)
    said = masked.said(*place)
    for other in chance.sample(names, OTHER_NAMES.get(example.source, 0)):
        if said not in example.text:
            continue
        other = other.lower() if chance.random() < 0.8 else other
        text = example.text.replace(said, other, 1)
        changed = replace(example, text=text, things=frozenset({other.casefold()}))
        masked = masker.masked(text, example.names, _is_name(changed))
        place, _ = _place_of(masked, other)
        if place is not None:
            yield Prepared(changed, masked, place)


def _is_name(example: Example) -> Any:
    return lambda text: text.casefold() in example.things


def _name_of(example: Example) -> str | None:
    values = {**example.values.get("asked", {}), **example.values}
    name = next((values[each] for each in _NAMED if values.get(each)), None)
    return name if isinstance(name, str) else None


def _place_of(masked: Masked, name: str) -> tuple[tuple[int, int] | None, bool]:
    """Return which words are a name, or else those that are most like it."""
    tokens = masked.tokens
    wanted = folded(name).replace(" ", "")
    best, found = 0.0, None
    for first in range(len(tokens)):
        for after in range(first + 1, min(first + 8, len(tokens)) + 1):
            if any(token.is_slot for token in tokens[first:after]):
                break
            said = folded(masked.said(first, after)).replace(" ", "")
            if said == wanted:
                return (first, after), False
            alike = fuzz.ratio(said, wanted)
            if alike > best:
                best, found = alike, (first, after)
    return (found, True) if best >= _ALIKE else (None, True)


def train(language: str, examples: Sequence[Prepared]) -> Model:
    """Return what is learned from examples."""
    naming = _train_naming(examples)
    half = Model(
        Linear(
            (),
            np.zeros((SIZE, 0), np.int8),
            np.zeros(0, np.float32),
            np.zeros(0, np.float32),
        ),
        {},
        naming,
        frozenset(),
        frozenset(),
    )
    reader = Reader(masker_of(language), half)
    chance = random.Random(SEED)
    talk = Talk(language)
    sentences = [
        (said, each)
        for each in examples
        for tokens in _variants(each, reader, chance)
        for said in (
            tokens,
            *(talk.varied(tokens, chance) for _ in range(VARIED[each.example.source])),
        )
    ]
    masker = masker_of(language)
    for each in examples:
        if each.meaning == NONE or (
            each.example.source == "grammar" and chance.random() < 0.5
        ):
            continue
        place = each.place
        tokens = each.masked.with_name(*place, NAME) if place else each.masked.tokens
        other = talk.elsewhere(tokens, chance)
        if other is not None and not masker.listening.search(joined(other)):
            nobody = replace(
                each,
                example=replace(
                    each.example, meaning=NONE, values={}, source="elsewhere"
                ),
                place=None,
            )
            sentences.append((other, nobody))
    vocabulary = _vocabulary(examples)
    rows = _rows([tokens for tokens, _ in sentences], vocabulary)
    weights = np.array([WEIGHTS[each.example.source] for _, each in sentences])
    meanings = np.array([each.meaning for _, each in sentences])
    meaning = _fitted(rows, meanings, weights, strength=20, steps=60)
    details = {
        name: linear
        for name in DETAILS
        if (linear := _train_detail(name, rows, sentences, weights)) is not None
    }
    return Model(meaning, details, naming, vocabulary, _ours(examples))


def _vocabulary(examples: Iterable[Prepared]) -> frozenset[str]:
    """Return the words that were met in more than one sentence, names apart."""
    counted: Counter[str] = Counter()
    for each in examples:
        first, after = each.place or (0, 0)
        tokens = (*each.masked.tokens[:first], *each.masked.tokens[after:])
        if each.example.source != "home assistant":
            counted.update({word_of(token) for token in tokens})
    return frozenset(word for word, times in counted.items() if times > 1)


def _ours(examples: Iterable[Prepared]) -> frozenset[str]:
    """Return the words of sentences that are ours, names apart."""
    return frozenset(
        word_of(token)
        for each in examples
        if each.meaning != NONE
        for number, token in enumerate(each.masked.tokens)
        if each.place is None or not each.place[0] <= number < each.place[1]
    )


def _variants(
    each: Prepared, reader: Reader, chance: random.Random
) -> Iterator[Tokens]:
    """Yield the words to learn from: a name that there is, one that there is not, and what may be taken for one."""
    masked = each.masked
    if each.place is not None:
        yield masked.with_name(*each.place, THING)
        if chance.random() < 0.5:
            yield masked.with_name(*each.place, NAME)
        return
    yield masked.tokens
    if place := reader.name_in(masked):
        yield masked.with_name(*place, NAME)


def _train_naming(examples: Sequence[Prepared]) -> Linear:
    columns, labels, weights = [], [], []
    for each in examples:
        features = of_words(each.masked.tokens)
        first, after = each.place or (0, 0)
        weight = 0.3 if each.example.source == "home assistant" else 1.0
        for number, token in enumerate(each.masked.tokens):
            if token.is_slot:
                continue
            columns.append(features[number])
            labels.append(first <= number < after)
            weights.append(weight)
    ends = np.cumsum([0, *map(len, columns)])
    rows = _matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(columns), ends),
        shape=(len(columns), SIZE),
    )
    model = _model(rows, labels, weights, strength=1, steps=60)
    return Linear.of((NAME,), model.coef_.T.astype(np.float32), model.intercept_)


def _matrix(parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> Any:
    """Return a sparse matrix of values, their columns, and where each row ends."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  as scikit-learn, below

    return csr_matrix(parts, shape=shape)


def _rows(sentences: Sequence[Tokens], vocabulary: frozenset[str]) -> Any:
    features = [of_sentence(tokens, vocabulary) for tokens in sentences]
    ends = np.cumsum([0, *(len(places) for places, _ in features)])
    return _matrix(
        (
            np.concatenate([values for _, values in features]),
            np.concatenate([places for places, _ in features]),
            ends,
        ),
        shape=(len(features), SIZE),
    )


def _fitted(
    rows: Any, labels: Any, weights: Any, *, strength: float, steps: int
) -> Linear:
    model = _model(rows, labels, weights, strength=strength, steps=steps)
    coefficients, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.hstack([-coefficients, coefficients]) / 2
        bias = np.array([-bias[0], bias[0]]) / 2
    return Linear.of(
        [str(each) for each in model.classes_], coefficients.astype(np.float32), bias
    )


def _model(
    rows: Any, labels: Any, weights: Any, *, strength: float, steps: int
) -> LogisticRegression:
    """Return a model after so many steps; the stronger, the closer it comes to what it learns from."""
    # 90 MB, which each process that collects the tests would take.
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=strength, max_iter=steps, tol=1e-3)
    with warnings.catch_warnings():
        # So many steps are enough, whether or not the last ones still change anything.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(rows, labels, weights)


def _train_detail(
    name: str, rows: Any, sentences: Sequence[tuple[Tokens, Prepared]], weights: Any
) -> Linear | None:
    labels = [_detail(name, each) for _, each in sentences]
    counted = Counter(label for label in labels if label is not None)
    kept = {label for label, times in counted.items() if times >= _FEWEST}
    places = [number for number, label in enumerate(labels) if label in kept]
    if len(kept) < 2:
        return None
    chosen = np.array([labels[number] for number in places])
    return _fitted(rows[places], chosen, weights[places], strength=10, steps=30)


def _detail(name: str, each: Prepared) -> str | None:
    """Return what a sentence says of a detail; None where it teaches nothing of it."""
    key, _, question = each.meaning.partition("/")
    asked = each.asked
    if key == NONE:
        return None
    parameters = parameters_of(question if question and question != "it" else key)
    timed = each.masked.of(Kind.WHEN, Kind.AT, Kind.AGO, Kind.HOURS, Kind.DAY)
    match name:
        case "listener":
            return _listener(key, asked)
        case _ if name == ONE:
            if "limit" not in parameters or key == AGAIN:
                return None
            return "1" if asked.get("limit") == 1 else NOTHING
        case "moment":
            if key not in {"playing_at", "play_again", "leave_out"} or timed:
                return None
            return str(asked.get("moment", NOTHING))
        case "window":
            if key == AGAIN or "window" not in parameters or timed:
                return None
            return str(asked.get("window", NOTHING))
        case "step" | "rank":
            if key == AGAIN or name in parameters or key in {"heatmap", "play_it"}:
                return str(asked.get(name, NOTHING))
            return None
        case _:
            if key != AGAIN and name not in parameters:
                return None
            return str(asked.get(name, NOTHING))


def _listener(key: str, asked: Mapping[str, Any]) -> str | None:
    listener = asked.get("listener", asked.get("heard_by"))
    if listener is None:
        return (
            None if key in {"make_playlist", "pause", "resume", "play_it"} else NOTHING
        )
    several = listener if isinstance(listener, list | tuple) else (listener,)
    if "me" in several:
        return "me" if len(several) == 1 else WHO
    return "everyone" if "everyone" in several else WHO


if __name__ == "__main__":
    main()
