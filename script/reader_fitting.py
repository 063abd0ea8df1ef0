"""Fits linear models to the features of sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
import warnings

import numpy as np
from numpy.typing import NDArray

from custom_components.encore.language.reader.features import (
    SIZE,
    Features,
    Groups,
    of_meaning,
    of_sentence,
)
from custom_components.encore.language.reader.model import Linear
from custom_components.encore.language.reader.sureness import NONE
from custom_components.encore.language.reader.tokens import Tokens

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

_STRENGTH: Final = 20.0
_STEPS: Final = 60


def matrix(parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> Any:
    """Return a sparse matrix of values, their columns, and where each row ends."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  as scikit-learn, below

    return csr_matrix(parts, shape=shape)


def matrix_of(features: Sequence[Features]) -> Any:
    """Return a sparse matrix with a row for each sentence."""
    ends = np.cumsum([0, *(len(places) for places, _ in features)])
    return matrix(
        (
            np.concatenate([values for _, values in features]),
            np.concatenate([places for places, _ in features]),
            ends,
        ),
        shape=(len(features), SIZE),
    )


def rows_of(
    sentences: Sequence[Tokens], vocabulary: frozenset[str], groups: Groups
) -> Any:
    """Return a sparse matrix with the features of each sentence."""
    return matrix_of([of_sentence(each, vocabulary, groups) for each in sentences])


def rows_of_meanings(meanings: Sequence[str]) -> Any:
    """Return for each sentence the feature that it means what it does."""
    return matrix(
        (
            np.ones(len(meanings), np.float32),
            np.array([of_meaning(each) for each in meanings], np.int32),
            np.arange(len(meanings) + 1),
        ),
        shape=(len(meanings), SIZE),
    )


def fitted(
    rows: Any, labels: Any, weights: Any, *, strength: float, steps: int
) -> Linear:
    """Return the model of labels as it is stored, with a column for each."""
    model = logistic(rows, labels, weights, strength=strength, steps=steps)
    coefficients, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.hstack([-coefficients, coefficients]) / 2
        bias = np.array([-bias[0], bias[0]]) / 2
    return Linear.of(
        [str(each) for each in model.classes_], coefficients.astype(np.float32), bias
    )


def fitted_meaning(
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


def logistic(
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
