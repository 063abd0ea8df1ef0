"""Learns the models of the reader from prepared sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
import random
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from custom_components.encore.language.reader.details import (
    DETAILS,
    ONE,
    WHO,
    parameters_of,
)
from custom_components.encore.language.reader.features import (
    OTHER,
    SIZE,
    Groups,
    of_places,
    of_sentence,
    of_words,
    word_of,
)
from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.model import Linear, Model, SaidTogether
from custom_components.encore.language.reader.name_finder import NAME, THING, NameFinder
from custom_components.encore.language.reader.said import NOTHING
from custom_components.encore.language.reader.slot_finder import Kind
from custom_components.encore.language.reader.sureness import NONE
from custom_components.encore.language.reader.tokens import Tokens, joined

from .reader_examples import AGAIN
from .reader_fitting import (
    fitted,
    fitted_meaning,
    logistic,
    matrix,
    matrix_of,
    rows_of,
    rows_of_meanings,
)
from .reader_preparation import SEED, Prepared
from .reader_talk import Talk

VARIED: Final = {
    "bank": 2,
    "spoken": 2,
    "grammar": 1,
    "ordinary": 1,
    "home assistant": 0,
}
"""How often a sentence is learned as others would say it, by source."""
WEIGHTS: Final = {
    "bank": 4.0,
    "spoken": 4.0,
    "grammar": 1.0,
    "ordinary": 2.0,
    "home assistant": 1.0,
    "elsewhere": 0.4,
}
_OF_ANSWERS: Final = frozenset({"make_playlist", "pause", "resume", "play_it"})
"""Commands of which nothing is learned where no listener is meant."""
_PARTS: Final = 3
"""In so many parts sentences are, each of which is read by what was learned from the others."""
_FEWEST: Final = 4
"""Examples of a value that is learned."""


def train(language: str, examples: Sequence[Prepared]) -> Model:
    """Return what is learned from examples."""
    naming = _train_naming(examples)
    masker = masker_of(language)
    names = NameFinder(masker.words, naming, frozenset())
    chance = random.Random(SEED)
    talk = Talk(language)
    sentences = [
        (said, each)
        for each in examples
        for tokens in _variants(each, names, chance)
        for said in (
            tokens,
            *(talk.varied(tokens, chance) for _ in range(VARIED[each.example.source])),
        )
    ]
    for each in examples:
        if each.meaning == NONE or (
            each.example.source == "grammar" and chance.random() < 0.5
        ):
            continue
        place = each.place
        tokens = each.masked.with_name(*place, NAME) if place else each.masked.tokens
        other = talk.elsewhere(tokens, chance)
        if other is not None and not masker.words.listening.search(joined(other)):
            nobody = replace(
                each,
                example=replace(
                    each.example, meaning=NONE, values={}, source="elsewhere"
                ),
                place=None,
            )
            sentences.append((other, nobody))
    vocabulary = _vocabulary(examples)
    margins = _train_margins(language, examples)
    rows = rows_of([tokens for tokens, _ in sentences], vocabulary, masker.groups)
    weights = np.array([WEIGHTS[each.example.source] for _, each in sentences])
    meanings = [each.meaning for _, each in sentences]
    meaning = fitted_meaning(rows, meanings, weights)
    given_rows = rows + rows_of_meanings(meanings)
    details = {
        name: linear
        for name in DETAILS
        if (linear := _train_detail(name, given_rows, sentences, weights)) is not None
    }
    return Model(
        meaning,
        margins,
        details,
        naming,
        _train_who(examples),
        vocabulary,
        _ours(examples, masker.groups),
        masker.groups,
        _said_together(examples),
    )


def _train_margins(language: str, examples: Sequence[Prepared]) -> Linear:
    """Return the second model, which scores each meaning against all others; it is trained with written sentences alone.

    Names in a sentence are masked by a model that was trained without it: it makes the same mistakes as with what people say.
    The rarer a feature is, the more it counts.
    """
    from sklearn.svm import LinearSVC  # noqa: PLC0415  as in reader_fitting

    masker = masker_of(language)
    features, meanings = [], []
    for part in range(_PARTS):
        others = [each for each in examples if _part_of(each) != part]
        vocabulary = _vocabulary(others)
        ours = _ours(others, masker.groups)
        names = NameFinder(masker.words, _train_naming(others), ours)
        for each in examples:
            if _part_of(each) == part and _is_written(each):
                tokens = names.named(each.masked, each.example.is_name)
                features.append(of_sentence(tokens, vocabulary, masker.groups))
                meanings.append(each.meaning.partition("/")[0])
    rows = matrix_of(features)
    met = np.asarray((rows > 0).sum(axis=0)).ravel()
    rarity = np.log((len(features) + 1) / (met + 1)).astype(np.float32)
    rows = rows.multiply(rarity).tocsr()
    mean = float(np.sqrt(rows.multiply(rows).sum(axis=1)).mean())
    model = LinearSVC(C=1.0, random_state=SEED).fit(rows / mean, meanings)
    weights = model.coef_.T * (rarity / mean)[:, None]
    return Linear.of(
        [str(each) for each in model.classes_],
        weights.astype(np.float32),
        model.intercept_,
    )


def _is_written(each: Prepared) -> bool:
    """Whether a sentence stands in a bank as it is, and says all by itself."""
    return (
        each.example.source in {"bank", "spoken", "ordinary"}
        and not each.example.follows
        and not each.written
    )


def _part_of(each: Prepared) -> int:
    return crc32((each.written or each.example.text).encode()) % _PARTS


def _said_together(examples: Iterable[Prepared]) -> SaidTogether:
    """Return in how many sentences that were written which parameters were said of which meaning."""
    written = {
        each.example.text: (each.meaning, frozenset(each.asked))
        for each in examples
        if each.example.source in {"bank", "spoken"}
    }
    counted = Counter(written.values())
    return {
        meaning: {
            names: times for (of, names), times in counted.items() if of == meaning
        }
        for meaning in {meaning for meaning, _ in counted}
    }


def _vocabulary(examples: Iterable[Prepared]) -> frozenset[str]:
    """Return the words that were met in more than one sentence, names apart."""
    counted: Counter[str] = Counter()
    for each in examples:
        first, after = each.place or (0, 0)
        tokens = (*each.masked.tokens[:first], *each.masked.tokens[after:])
        if each.example.source != "home assistant":
            counted.update({word_of(token) for token in tokens})
    return frozenset(word for word, times in counted.items() if times > 1)


def _ours(examples: Iterable[Prepared], groups: Groups) -> frozenset[str]:
    """Return the words of sentences that are ours, names apart, and those that mean much the same."""
    alike = (phrase for phrase, of in groups.items() if of[0] != OTHER)
    return frozenset(word for phrase in alike for word in phrase.split()) | frozenset(
        word_of(token)
        for each in examples
        if each.meaning != NONE
        for number, token in enumerate(each.masked.tokens)
        if each.place is None or not each.place[0] <= number < each.place[1]
    )


def _variants(
    each: Prepared, names: NameFinder, chance: random.Random
) -> Iterator[Tokens]:
    """Yield the words to learn from: a name that there is, one that there is not, and what may be taken for one."""
    masked = each.masked
    if each.place is not None:
        yield masked.with_name(*each.place, THING)
        if chance.random() < 0.5:
            yield masked.with_name(*each.place, NAME)
        return
    yield masked.tokens
    if place := names.name_in(masked):
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
    rows = matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(columns), ends),
        shape=(len(columns), SIZE),
    )
    model = logistic(rows, labels, weights, strength=1, steps=60)
    return Linear.of((NAME,), model.coef_.T.astype(np.float32), model.intercept_)


def _train_who(examples: Sequence[Prepared]) -> Linear:
    """Return the model of the places of listeners' names."""
    columns: list[NDArray[np.int32]] = []
    labels: list[bool] = []
    mark = f"<{Kind.WHO}>"
    for each in examples:
        if each.meaning == NONE:
            continue
        places = of_places(each.masked.tokens)
        for number, token in enumerate(each.masked.tokens):
            if token.is_slot and token.text != mark:
                continue
            columns.append(np.concatenate([places[number][0], places[number + 1][1]]))
            labels.append(token.text == mark)
    ends = np.cumsum([0, *map(len, columns)])
    rows = matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(columns), ends),
        shape=(len(columns), SIZE),
    )
    model = logistic(rows, labels, None, strength=1, steps=60)
    return Linear.of(
        (str(Kind.WHO),), model.coef_.T.astype(np.float32), model.intercept_
    )


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
    return fitted(rows[places], chosen, weights[places], strength=3, steps=30)


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
            if "heard_by" in parameters:
                return None
            said = _listener(asked)
            return None if said == NOTHING and key in _OF_ANSWERS else said
        case "heard_by":
            return _listener(asked) if name in parameters else None
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


def _listener(asked: Mapping[str, Any]) -> str:
    listener = asked.get("listener", asked.get("heard_by"))
    if listener is None:
        return NOTHING
    several = listener if isinstance(listener, list | tuple) else (listener,)
    if "me" in several:
        return "me" if len(several) == 1 else WHO
    return "everyone" if "everyone" in several else WHO
