"""Linear models of one language, read from a file and applied with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
import io
import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..sentence_files import SENTENCES
from .features import Features, Groups, of_places, of_sentence
from .tokens import Token

FOLDER: Final = SENTENCES / "reader"
_FILE: Final = "{}.npz"
_STEPS: Final = 127
"""Of a weight, each side of zero: one byte is enough."""

_LEAST: Final = 5
"""Steps below which a weight is nothing."""

type Weights = NDArray[np.float32]
type SaidTogether = Mapping[str, Mapping[frozenset[str], int]]
"""By meaning, in how many sentences which parameters were said."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A linear model: a column of weights for each class."""

    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    """By feature and class, in steps."""
    scales: Weights
    """How much a step is, by class."""
    bias: Weights

    @classmethod
    def of(cls, classes: Sequence[str], weights: Weights, bias: Weights) -> Linear:
        """Return the model with its weights in steps; what is nearly nothing is nothing."""
        largest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
        scales = (largest / _STEPS).astype(np.float32)
        steps = np.rint(weights / scales)
        steps = np.where(np.abs(steps) < _LEAST, 0, steps).astype(np.int8)
        return cls(tuple(classes), steps, scales, bias.astype(np.float32))

    def scores(self, features: Features) -> Weights:
        """Return the score of each class."""
        places, values = features
        total: Weights = values @ self.weights[places].astype(np.float32)
        return total * self.scales + self.bias

    def named_scores(self, features: Features) -> dict[str, float]:
        """Return the score of each class by its name."""
        return dict(zip(self.classes, self.scores(features).tolist(), strict=True))

    def chances(self, features: Features) -> dict[str, float]:
        """Return how likely each class is; together they are 1."""
        scores = self.scores(features)
        powers = np.exp(scores - scores.max())
        return dict(zip(self.classes, (powers / powers.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned of a language."""

    meaning: Linear
    """Which question or command a sentence is, or neither."""
    margins: Linear
    """Scores each question or command, and none, against all others: the second model."""
    details: Mapping[str, Linear]
    """For parameters that take one of a few values: which of them is said, given what a sentence means."""
    naming: Linear
    """How likely a word belongs to the name of something heard: one column."""
    who: Linear
    """How likely a listener's name stands between what is before and after it: one column."""
    vocabulary: frozenset[str]
    """Words that were met more than once."""
    ours: frozenset[str]
    """Words that were met in sentences that are ours."""
    groups: Groups
    """Words that mean much the same."""
    said_together: SaidTogether

    def who_scores(self, tokens: Sequence[Token]) -> tuple[list[float], list[float]]:
        """Return for each place between words how likely a listener's name begins there, and how likely one ends there."""
        starts, ends = [], []
        for before, after in of_places(tokens):
            starts.append(self._who_score(before))
            ends.append(self._who_score(after) - float(self.who.bias[0]))
        return starts, ends

    def _who_score(self, places: NDArray[np.int32]) -> float:
        weights = self.who.weights[places, 0].sum(dtype=np.int32)
        return float(weights) * float(self.who.scales[0]) + float(self.who.bias[0])

    def meanings(self, tokens: Sequence[Token]) -> tuple[dict[str, float], Features]:
        """Return how likely each question and command is, and the features of the sentence."""
        features = of_sentence(tokens, self.vocabulary, self.groups)
        return self.meaning.chances(features), features


@cache
def model_of(language: str) -> Model | None:
    """Return what was learned of a language, None where nothing was. Reads the disk once."""
    path = FOLDER / _FILE.format(language)
    return read_model(path) if path.exists() else None


def read_model(path: Path) -> Model:
    """Read a file that `script/train-reader` wrote."""
    with np.load(io.BytesIO(path.read_bytes())) as file:
        parts = dict(file)
    classes: dict[str, list[str]] = json.loads(bytes(parts.pop("classes")).decode())
    vocabulary, ours = (
        frozenset(bytes(parts.pop(name)).decode().split("\n"))
        for name in ("vocabulary", "ours")
    )
    groups = {
        words: tuple(of)
        for words, of in json.loads(bytes(parts.pop("groups")).decode()).items()
    }
    said_together = {
        meaning: {frozenset(names.split()): times for names, times in counted.items()}
        for meaning, counted in json.loads(
            bytes(parts.pop("said_together")).decode()
        ).items()
    }
    linear = {
        name: Linear(
            tuple(each),
            parts[f"{name}.weights"],
            parts[f"{name}.scales"],
            parts[f"{name}.bias"],
        )
        for name, each in classes.items()
    }
    return Model(
        linear.pop("meaning"),
        linear.pop("margins"),
        linear,
        linear.pop("naming"),
        linear.pop("who"),
        vocabulary,
        ours,
        groups,
        said_together,
    )
