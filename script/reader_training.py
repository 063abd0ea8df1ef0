"""Learns the models of the reader from prepared sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
import random
from typing import TYPE_CHECKING, Any, Final
import warnings
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
    Features,
    Groups,
    of_meaning,
    of_places,
    of_sentence,
    of_words,
    word_of,
)
from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.model import Linear, Model, SaidTogether
from custom_components.encore.language.reader.reading import NAME, THING, Reader
from custom_components.encore.language.reader.said import NOTHING
from custom_components.encore.language.reader.slot_finder import Kind
from custom_components.encore.language.reader.sureness import NONE
from custom_components.encore.language.reader.tokens import Tokens, joined

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

from .reader_examples import AGAIN
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
_STRENGTH: Final = 20.0
_STEPS: Final = 60
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
    reader = Reader(masker, _that_names(naming))
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
    rows = _rows([tokens for tokens, _ in sentences], vocabulary, masker.groups)
    weights = np.array([WEIGHTS[each.example.source] for _, each in sentences])
    meanings = [each.meaning for _, each in sentences]
    meaning = _train_meaning(rows, meanings, weights)
    given_rows = rows + _rows_of_meanings(meanings)
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


def _that_names(naming: Linear, ours: frozenset[str] = frozenset()) -> Model:
    """Return a model that knows names, and nothing else."""
    nothing = Linear((), np.zeros((SIZE, 0), np.int8), *np.zeros((2, 0), np.float32))
    return Model(nothing, nothing, {}, naming, naming, frozenset(), ours, {}, {})


def _train_margins(language: str, examples: Sequence[Prepared]) -> Linear:
    """Return the second opinion: for each meaning how much speaks for it and against all others, of sentences that were written.

    Names stand in them where a model finds some that did not learn from them, as they will in what others say. The rarer a
    feature, the more it counts.
    """
    from sklearn.svm import LinearSVC  # noqa: PLC0415  as scikit-learn, below

    masker = masker_of(language)
    features, meanings = [], []
    for part in range(_PARTS):
        others = [each for each in examples if _part_of(each) != part]
        vocabulary = _vocabulary(others)
        ours = _ours(others, masker.groups)
        reader = Reader(masker, _that_names(_train_naming(others), ours))
        for each in examples:
            if _part_of(each) == part and _is_written(each):
                tokens = reader.named(each.masked, each.example.is_name)
                features.append(of_sentence(tokens, vocabulary, masker.groups))
                meanings.append(each.meaning.partition("/")[0])
    rows = _matrix_of(features)
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
    rows = _matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(columns), ends),
        shape=(len(columns), SIZE),
    )
    model = _model(rows, labels, None, strength=1, steps=60)
    return Linear.of(
        (str(Kind.WHO),), model.coef_.T.astype(np.float32), model.intercept_
    )


def _matrix(parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> Any:
    """Return a sparse matrix of values, their columns, and where each row ends."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  as scikit-learn, below

    return csr_matrix(parts, shape=shape)


def _rows(
    sentences: Sequence[Tokens], vocabulary: frozenset[str], groups: Groups
) -> Any:
    return _matrix_of([of_sentence(each, vocabulary, groups) for each in sentences])


def _matrix_of(features: Sequence[Features]) -> Any:
    ends = np.cumsum([0, *(len(places) for places, _ in features)])
    return _matrix(
        (
            np.concatenate([values for _, values in features]),
            np.concatenate([places for places, _ in features]),
            ends,
        ),
        shape=(len(features), SIZE),
    )


def _rows_of_meanings(meanings: Sequence[str]) -> Any:
    """Return for each sentence the feature that it means what it does."""
    return _matrix(
        (
            np.ones(len(meanings), np.float32),
            np.array([of_meaning(each) for each in meanings], np.int32),
            np.arange(len(meanings) + 1),
        ),
        shape=(len(meanings), SIZE),
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


def _train_meaning(
    rows: Any, meanings: Sequence[str], weights: NDArray[np.float64]
) -> Linear:
    """Return the model of what is asked or commanded.

    The weights of a class are the sum of its own, those of its command and those of its question: "play what we heard" learns
    from what was asked of what was heard, and from what else was played.
    """
    from scipy.optimize import minimize  # noqa: PLC0415  as scikit-learn, below

    classes = sorted(set(meanings))
    parts = sorted({part for each in classes for part in _parts_of(each)})
    shares = np.zeros((len(parts), len(classes)))
    for number, each in enumerate(classes):
        for part in _parts_of(each):
            shares[parts.index(part), number] = 1
    wanted = np.zeros((len(meanings), len(classes)), np.float64)
    places = [classes.index(each) for each in meanings]
    wanted[np.arange(len(meanings)), places] = 1
    met = _met(rows)
    rows = rows[:, met]
    columns, size = rows.T.tocsr(), (len(met) + 1, len(parts))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        theta = flat.reshape(size)
        scores = rows @ (theta[:-1] @ shares).astype(np.float32) + theta[-1] @ shares
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        chances = powers / powers.sum(axis=1, keepdims=True)
        right = np.log(np.maximum(chances[np.arange(len(places)), places], 1e-12))
        slope = (chances - wanted) * weights[:, None]
        of_features = columns @ slope.astype(np.float32)
        gradient = np.vstack([of_features, slope.sum(axis=0)]) @ shares.T
        gradient[:-1] += theta[:-1] / _STRENGTH
        return (
            float(-(weights @ right) + (theta[:-1] ** 2).sum() / 2 / _STRENGTH),
            gradient.ravel(),
        )

    found = minimize(
        loss,
        np.zeros(size[0] * size[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _STEPS, "maxcor": 8},
    )
    theta = found.x.reshape(size)
    learned = np.zeros((SIZE, len(classes)), np.float32)
    learned[met] = theta[:-1] @ shares
    return Linear.of(classes, learned, (theta[-1] @ shares).astype(np.float32))


def _met(rows: Any) -> NDArray[np.int32]:
    """Return the features that occur: nothing is learned of the others."""
    met: NDArray[np.int32] = np.unique(rows.indices)
    return met


def _parts_of(meaning: str) -> list[str]:
    """Return what a class shares its weights with: itself, and if it has two parts, each of them."""
    command, _, question = meaning.partition("/")
    verb = command.partition("_")[0]
    if command == NONE:
        return [f"={meaning}"]
    if verb in {"play", "make"}:
        return [f"={meaning}", f"!{verb}", *([f"?{question}"] if question else ())]
    return [f"={meaning}", f"?{meaning}", "!ask"]


def _model(
    rows: Any, labels: Any, weights: Any, *, strength: float, steps: int
) -> LogisticRegression:
    """Return a model after a number of steps; the stronger, the closer it comes to what it learns from."""
    # 90 MB, which each process that collects the tests would take.
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model, met = LogisticRegression(C=strength, max_iter=steps, tol=1e-3), _met(rows)
    with warnings.catch_warnings():
        # These steps are enough, whether or not the last ones still change anything.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows[:, met], labels, weights)
    learned, model.coef_ = model.coef_, np.zeros((len(model.coef_), SIZE))
    model.coef_[:, met] = learned
    return model


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
    return _fitted(rows[places], chosen, weights[places], strength=3, steps=30)


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
