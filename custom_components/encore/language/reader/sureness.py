"""How sure it is that a sentence means what is the likeliest, from what speaks for it and against it.

The weights and what is sure enough were found by `script/train-reader --calibrate`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
import json
import math
from typing import Any, Final

from .model import FOLDER

NONE: Final = "none"
"""The meaning of a sentence that is not ours."""
CALIBRATED: Final = FOLDER / "sureness.json"
_MOST: Final = 3
"""Words of a kind beyond which one more says nothing more."""
LEAST_CHANCE: Final = 1e-4


LEAST_MARGIN: Final = -1.5
"""The score of a meaning that the second model doesn't know."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Scores of the second model: above 0 for what is likely, below for what is not."""

    none: float
    """Of a sentence that is not ours."""
    meaning: float
    """Of the likeliest meaning."""
    others: float
    """The highest of the other meanings."""


USUAL: Final = Margins(none=-0.9, meaning=0.3, others=-0.7)
"""Typical scores of a sentence that is ours and read rightly."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a sentence has, beside its likeliest meanings."""

    listening: bool
    """Whether it has a word of listening."""
    weakly: bool
    """Whether it has a word that is said of listening, and of much else."""
    known: bool
    """Whether it has the name of something that was heard."""
    unknown: bool
    """Whether it has a name of which there is nothing."""
    strange: int
    """How many words it has that were met in no sentence that is ours."""
    other: int
    """How many words it has of things that have nothing to do with listening."""
    slots: int
    words: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a meaning with its values accounts for all that a sentence says."""

    doubt: float
    """How unlikely (natural log, above 0) the details are that were learned, together."""
    worst: float
    """The same, of the unlikeliest."""
    weakest_name: float
    """How well (log odds) the least fitting word of the name fits; 0 without a name."""
    strongest_other: float
    """How well the word fits that is most like a name and belongs to none."""
    left_over: int
    """How many numbers and words of times have no place in it."""
    unused_times: bool
    """Whether a time is said, and none is in the values."""
    several_times: bool
    """Whether several times are said, and one is in the values."""
    unused_place: bool
    unused_listener: bool
    stranger: bool
    unusual: float
    """How rarely (natural log, above 0) just these parameters are said of the meaning."""
    often: float
    """How often (natural log) the meaning was met."""
    values: int
    """How many parameters are said."""


def evidence(
    chances: Mapping[str, float],
    ours: Sequence[float],
    margins: Margins,
    signs: Signs,
    fit: Fit,
    *,
    changes: bool,
) -> list[float]:
    """Return what speaks for the likeliest meaning and against it, as numbers.

    `chances` are of all meanings, `ours` those of the likeliest of ours in descending order, `changes` says whether it is a
    command.
    """
    first, second = (*ours, LEAST_CHANCE, LEAST_CHANCE)[:2]
    strange, other = min(signs.strange, _MOST), min(signs.other, _MOST)
    nothing = not signs.listening and not signs.known
    return [
        _log_odds(chances.get(NONE, 0.0)),
        _log_odds(first),
        math.log(max(first, LEAST_CHANCE) / max(second, LEAST_CHANCE)),
        margins.none,
        margins.meaning,
        margins.meaning - margins.others,
        float(margins.meaning >= margins.others),
        *map(float, (signs.listening, signs.weakly, signs.known, signs.unknown)),
        float(strange),
        float(other),
        float(changes),
        float(signs.slots > 0),
        signs.words / 10,
        float(nothing),
        float(nothing) * strange,
        float(nothing and not signs.weakly),
        float(signs.listening) * other,
        -fit.doubt,
        -fit.worst,
        fit.weakest_name,
        -fit.strongest_other,
        float(fit.left_over),
        float(fit.unused_times),
        float(fit.several_times),
        float(fit.unused_place),
        float(fit.unused_listener),
        float(fit.stranger),
        -fit.unusual,
        fit.often,
        float(fit.values),
    ]


def sureness(numbers: Sequence[float]) -> float:
    """Return how much surer (log odds) than needed it is, from `evidence`, that a sentence is ours and means its likeliest meaning.

    These are two decisions: what is surely ours may be read wrong, and what is read in one way only may be nobody's.
    """
    return min(_beyond(each, numbers) for each in _calibrated().values())


def _beyond(decision: Mapping[str, Any], numbers: Sequence[float]) -> float:
    weights: list[float] = decision["weights"]
    odds = math.sumprod(weights, numbers) + float(decision["bias"])
    return odds - float(decision["enough"])


@cache
def _calibrated() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(CALIBRATED.read_text(encoding="utf-8"))
    return read


def _log_odds(chance: float) -> float:
    return math.log(max(chance, LEAST_CHANCE) / max(1 - chance, LEAST_CHANCE))
